"""A charter's view as a page: headings, labels and texts, in one language. Plain values, so that a template has nothing
to decide and nothing else to show; what is withheld from the viewer is not in the view, and so not on the page."""

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, cast
from uuid import UUID

from api.language import Language
from api.printing.words import label, phrase
from api.texts import spoken
from domain.confidentiality.disclosure import View
from domain.schemes.charter import Charter
from domain.schemes.kinds import KINDS
from domain.schemes.questions import QUESTIONS, Question, Section

Page = dict[str, Any]
_ASKING: Final = frozenset(QUESTIONS[Section.AVAILABILITY].members)
_CODED: Final = frozenset({"training_modules"})
"""Members whose words are codes, though of no closed vocabulary."""


def page_of(view: View[Charter], language: Language, *, runs: bool) -> Page:
    """The page of what this viewer is shown. Of a scheme that does not run now it says so first, and not how to ask:
    nobody shall wait for what does not come (a page hangs on the wing longer than a screen is looked at)."""
    values, shown = view.values, {n for n in view.kind.shape.fields if n not in view.withheld}
    kind = KINDS[values["kind"]].title if values["kind"] in KINDS else spoken.label(values["kind"], Language.ENGLISH)
    sections = [
        _section(asked, values, shown if runs else shown - _ASKING, language)
        for asked in QUESTIONS.values()
        if shown.intersection(asked.members)
    ]
    return {
        "lang": language.value,
        "title": f"{phrase('charter', language)}: {_clean(kind)}, {values['prison']}",
        "notice": "" if runs else phrase("not_running", language),
        "facts": _facts(values, language),
        "sections": sections,
    }


def _facts(values: Mapping[str, Any], language: Language) -> list[Page]:
    told = (
        ("version", values["number"]),
        ("state", values["state"]),
        ("since", values["in_force_from"]),
        ("until", values["in_force_until"]),
    )
    return [_part(phrase(name, language), value, name, language) for name, value in told if value is not None]


def _section(asked: Question, values: Mapping[str, Any], shown: set[str], language: Language) -> Page:
    answered = [m for m in asked.members if m in shown and values[m] not in (None, "", ())]
    return {
        "title": asked.title[language.value],
        "question": asked.asks[language.value],
        "parts": [_part(label(m, language), values[m], m, language) for m in answered],
        "blank": "" if answered else phrase("blank" if shown.intersection(asked.members) else "not_running", language),
    }


def _part(called: str, value: Any, name: str, language: Language) -> Page:
    several = cast(tuple[Any, ...], value) if isinstance(value, tuple) else (value,)
    coded = name in _CODED or isinstance(several[0], StrEnum)
    return {
        "label": called,
        "said": [_said(each, coded, language) for each in several],
        "list": isinstance(value, tuple),
        # In plain English, where the page's own language has no words for it.
        "english": coded and not spoken.says(several[0], language),
    }


def _said(value: Any, coded: bool, language: Language) -> str:
    match value:
        case bool():
            return phrase("yes" if value else "no", language)
        case datetime() | date():
            return f"{value:%Y-%m-%d}"
        case int() | UUID():
            return str(value)
        case _:
            return spoken.label(value, language) if coded else _clean(value)


def _clean(text: str) -> str:
    """Without control characters, which no printer can show; line breaks stay."""
    plain = text.replace("\r\n", "\n").replace("\t", " ")
    return "".join(c for c in plain if c == "\n" or unicodedata.category(c) not in ("Cc", "Cn", "Cs"))
