"""A charter's view as a page: headings, labels and texts, in one language. Plain values, so that a template has nothing
to decide and nothing else to show; what is withheld from the viewer is not in the view, and so not on the page."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, cast
from uuid import UUID

from api.language import Language
from api.printing.words import clean, day, label, measured, money, phrase
from api.texts import spoken
from domain.confidentiality.disclosure import View
from domain.kernel.words import JURISDICTIONS
from domain.schemes.charter import SIGNATURES, Charter
from domain.schemes.kinds import KINDS
from domain.schemes.measures import MEASURES
from domain.schemes.objective import Objective
from domain.schemes.questions import QUESTIONS, Question, Section
from domain.schemes.record import OWN_ORGANISATION

Page = dict[str, Any]
_ASKING: Final = frozenset(QUESTIONS[Section.AVAILABILITY].members)
_CODED: Final = frozenset({"training_modules"})
"""Members whose words are codes, though of no closed vocabulary."""


def page_of(
    view: View[Charter],
    language: Language,
    scheme: str = "",
    objectives: Sequence[View[Objective]] = (),
    *,
    runs: bool,
) -> Page:
    """The page of what this viewer is shown. `objectives` are those of the plan that he may read; of others he is told
    how many they are. Of a scheme that does not run now it says so first, and not how to ask: nobody shall wait for
    what does not come (a page hangs on the wing longer than a screen is looked at)."""
    values, shown = view.values, {n for n in view.kind.shape.fields if n not in view.withheld}
    kind = KINDS[values["kind"]].title if values["kind"] in KINDS else spoken.label(values["kind"], Language.ENGLISH)
    sections = [
        _section(asked, values, shown if runs else shown - _ASKING, language)
        for asked in QUESTIONS.values()
        if shown.intersection(asked.members)
    ]
    for part in (part for section in sections for part in section["parts"] if part["label"] == _goals(language)):
        part["said"] = [_objective(each.values, language) for each in objectives] or part["said"]
    return {
        "lang": language.value,
        "title": f"{phrase('charter', language)}: {clean(kind)}, {values['prison']}",
        "notice": "" if runs else phrase("not_running", language),
        "facts": _facts(values, scheme, language),
        "sections": sections,
    }


def _goals(language: Language) -> str:
    return label("objectives", language)


def _objective(values: Mapping[str, Any], language: Language) -> str:
    target, due, measure = values["target"], values["due_on"], MEASURES.get(values["measure"])
    said = [clean(values["title"])]
    if target is not None and measure is not None:
        said.append(f"{phrase('target', language)} {measured(target, measure.unit, language)}")
    if due is not None:
        said.append(f"{phrase('due', language)} {day(due, language)}")
    return "; ".join(said)


def _facts(values: Mapping[str, Any], scheme: str, language: Language) -> list[Page]:
    signed = tuple(phrase(kept, language) for kept in SIGNATURES.values() if values.get(kept) is not None)
    partner = values["organisation"]
    told = (
        ("scheme", scheme or None),
        ("partner", None if partner == OWN_ORGANISATION else spoken.label(partner, Language.ENGLISH)),
        ("version", values["number"]),
        ("state", values["state"]),
        ("since", values["in_force_from"]),
        ("until", values["in_force_until"]),
        ("signed", signed or None),
    )
    return [_part(phrase(name, language), value, name, language) for name, value in told if value is not None]


def _section(asked: Question, values: Mapping[str, Any], shown: set[str], language: Language) -> Page:
    answered = [m for m in asked.members if m in shown and values[m] not in (None, "", ())]
    return {
        "title": asked.title[language.value],
        "question": asked.asks[language.value],
        "parts": [_part(label(m, language), _printed(m, values), m, language) for m in answered],
        "blank": "" if answered else phrase("blank" if shown.intersection(asked.members) else "not_running", language),
    }


def _printed(member: str, values: Mapping[str, Any]) -> Any:
    """A member's value; money in the jurisdiction's currency, and no number of pence."""
    if member != "money_minor_units_a_year":
        return values[member]
    return money(values[member], JURISDICTIONS[values["jurisdiction"]].currency)


def _part(called: str, value: Any, name: str, language: Language) -> Page:
    several = cast(tuple[Any, ...], value) if isinstance(value, tuple) else (value,)
    if isinstance(several[0], UUID):
        several = (str(len(several)),)  # nobody reads an id: how many they are
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
            return day(value, language)
        case int():
            return f"{value:,}"
        case _:
            return spoken.label(value, language) if coded else clean(value)
