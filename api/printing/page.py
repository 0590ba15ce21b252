"""A charter's view as a page: headings, labels and texts, in one language. Plain values, so that a template has nothing
to decide and nothing else to show; what is withheld from the viewer is not in the view, and so not on the page."""

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, Final, cast
from uuid import UUID

from api.language import Language
from api.printing.words import label, of_code, phrase
from domain.confidentiality.disclosure import View
from domain.kernel.words import JURISDICTIONS
from domain.schemes.charter import Charter
from domain.schemes.kinds import KINDS
from domain.schemes.questions import QUESTIONS, Question

Page = dict[str, Any]
_CODED: Final = frozenset({"permitted_tasks", "prohibited_tasks", "training_modules"})
"""Members whose words are codes, though of no closed vocabulary."""
_SIGNS: Final[Mapping[str, str]] = {"GBP": "£", "EUR": "€"}


def page_of(view: View[Charter], language: Language) -> Page:
    """The page of what this viewer is shown."""
    values, shown = view.values, {n for n in view.kind.shape.fields if n not in view.withheld}
    kind = KINDS[values["kind"]].title if values["kind"] in KINDS else of_code(values["kind"])
    sections = [
        _section(asked, values, shown, language) for asked in QUESTIONS.values() if shown.intersection(asked.members)
    ]
    return {
        "lang": language.value,
        "title": f"{phrase('charter', language)}: {_clean(kind)}, {values['prison']}",
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
        "parts": [_part(label(m, language), _printed(m, values), m, language) for m in answered],
        "blank": "" if answered else phrase("blank", language),
    }


def _printed(member: str, values: Mapping[str, Any]) -> Any:
    """A member's value; money in the jurisdiction's currency, and no number of pence."""
    if member != "money_minor_units_a_year":
        return values[member]
    currency = JURISDICTIONS[values["jurisdiction"]].currency
    units, minor = divmod(values[member], 100)
    return f"{_SIGNS.get(currency, currency)}{units:,}.{minor:02d}"


def _part(called: str, value: Any, name: str, language: Language) -> Page:
    several = cast(tuple[Any, ...], value) if isinstance(value, tuple) else (value,)
    coded = name in _CODED or isinstance(several[0], Enum)
    return {
        "label": called,
        "said": [_said(each, coded, language) for each in several],
        "list": isinstance(value, tuple),
        # Plain English, whatever the page's own language.
        "english": coded and language is not Language.ENGLISH,
    }


def _said(value: Any, coded: bool, language: Language) -> str:
    match value:
        case bool():
            return phrase("yes" if value else "no", language)
        case datetime() | date():
            return f"{value:%Y-%m-%d}"
        case int() | UUID():
            return str(value)
        case Enum():
            return of_code(value.value)
        case _:
            return of_code(value) if coded else _clean(value)


def _clean(text: str) -> str:
    """Without control characters, which no printer can show; line breaks stay."""
    plain = text.replace("\r\n", "\n").replace("\t", " ")
    return "".join(c for c in plain if c == "\n" or unicodedata.category(c) not in ("Cc", "Cn", "Cs"))
