"""Recruiting supporters over HTTP: vacancies, applications, and what the panel gives. What becomes of an application:
`applications`."""

from collections.abc import Mapping
from typing import Annotated, Any, cast
from uuid import UUID

from pydantic import BaseModel, Field

from api.described import Shown
from api.routes.register import Register
from api.routes.shapes import (
    Body,
    Code,
    Day,
    Flag,
    Language,
    Nothing,
    ShortText,
    Text,
    Whole,
    amending,
)
from domain.act import Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.verbs import Verb
from domain.supporters.record import Supporter
from domain.supporters.recruiting import panel, vacancies
from domain.supporters.recruiting.application import Application
from domain.supporters.recruiting.panel import BEST, PanelScore
from domain.supporters.recruiting.questions import Question
from domain.supporters.recruiting.vacancies import Vacancy, VacancyState

READERS = (
    "Coordinator, security and partner (recruitment), safer custody (safety), governor, monitoring board and"
    " inspectorate (oversight)"
)


class Advert(Body):
    """What is told of the places in one language. There is at least one that is easy to read."""

    language: Language
    easy_read: Flag
    title: ShortText
    words: Text


class Asked(Shown):
    """One question, as everybody is asked it."""

    code: Annotated[str, Field(max_length=40, description="By which answers are scored.")]
    words: Annotated[str, Field(max_length=1000)]


class Mark(Body):
    """What an answer was worth."""

    question: Annotated[Code, Field(examples=["WHY_THIS_ROLE"])]
    mark: Annotated[Whole, Field(ge=0, le=BEST)]
    """From 0, the least, to 4, the best."""


class Total(Shown):
    """What all of the panel gave for one question."""

    question: Annotated[str, Field(max_length=40, examples=["WHY_THIS_ROLE"])]
    total: Annotated[int, Field(ge=0, le=1000, description="All marks for this question together.")]


_Adverts = Annotated[list[Advert], Field(max_length=20)]
_Marks = Annotated[list[Mark], Field(min_length=1, max_length=30)]


def _plain(value: Any) -> Any:
    """Objects of a list as plain values, as they are kept."""
    if not isinstance(value, tuple):
        return value
    items = cast(tuple[Any, ...], value)
    return tuple(i.model_dump(mode="json", by_alias=True) if isinstance(i, BaseModel) else i for i in items)


class _Plain(Body):
    """A body whose lists of objects are kept as they are sent."""

    def given(self) -> dict[str, Any]:
        """Its members, as they are kept."""
        return {name: _plain(value) for name, value in super().given().items()}


async def _amend(begin: Begin, id: UUID, *, seen: Tag, changes: Mapping[str, Any]) -> View[Vacancy]:
    return await vacancies.amend(begin, id, seen=seen, changes={n: _plain(v) for n, v in changes.items()})


class AddVacancy(_Plain):
    """Places that the scheme looks to fill. Without questions, all of its kind's catalogue are asked."""

    places: Annotated[Whole, Field(ge=1, le=100)]
    closes_on: Day
    waiting_list: Flag = False
    adverts: _Adverts = []
    questions: Annotated[list[Question], Field(max_length=20)] = []
    own_questions: Annotated[list[ShortText], Field(max_length=5)] = []


AmendVacancy = amending("AmendVacancy", "The members to change.", AddVacancy)


class GiveScore(_Plain):
    """A mark from 0 to 4 for every question that the applicant was asked."""

    scores: _Marks


_Several: Any = Annotated[list[Asked], Field(max_length=30)]
VACANCIES = Register(
    Vacancy,
    "vacancies",
    many="vacancies",
    reads=Verb.READ_VACANCY,
    writes=Verb.KEEP_VACANCY,
    tag="recruiting",
    adverts=_Adverts,
    asked=_Several,
)
VACANCIES.lists(
    "Places that the scheme advertises, with the questions that everybody is asked. Whoever is in the prison reads"
    f" those that are published. {READERS} reads the others too.",
    order="closes_on",
    state=(VacancyState, "Only in this state."),
)
VACANCIES.lists_all(
    "Vacancies of every scheme in reach: for people in custody, all that are advertised in their prison.",
    order="closes_on",
    state=(VacancyState, "Only in this state."),
)
VACANCIES.adds(AddVacancy, vacancies.add, "A vacancy, in draft. Coordinator (recruitment).")
VACANCIES.shows("One vacancy.")
VACANCIES.amends(
    AmendVacancy,
    "Change the members sent; the questions no more once it is published. Coordinator. Needs `If-Match`.",
    _amend,
)
VACANCIES.moves(
    "publish",
    Nothing,
    vacancies.publish,
    "Let everybody in the prison read it. Coordinator. Needs `If-Match`.",
    verb=Verb.PUBLISH_VACANCY,
)
VACANCIES.moves(
    "close",
    Nothing,
    vacancies.close,
    "Nobody applies any more, but for its waiting list. Coordinator. Needs `If-Match`.",
    verb=Verb.CLOSE_VACANCY,
)
VACANCIES.moves(
    "withdraw",
    Nothing,
    vacancies.withdraw,
    "Take it down. Coordinator. Needs `If-Match`.",
    verb=Verb.WITHDRAW_VACANCY,
)

TOTALS: Any = Annotated[list[Total], Field(max_length=30)]
APPLICATIONS = Register(
    Application,
    "applications",
    many="applications",
    reads=Verb.READ_APPLICATION,
    tag="recruiting",
    totals=TOTALS,
)
APPLICATIONS.lists(
    f"How applications to the scheme came in, and what became of them. {READERS}.",
    order="applied_on",
    vacancy=(UUID, "Only for this vacancy."),
)
APPLICATIONS.lists_all(
    "Applications in reach: of a person in custody, his own.", supporter=(UUID, "Only of this supporter.")
)
APPLICATIONS.shows("One application, as its reader may see it.")

SCORES = Register(
    PanelScore,
    "scores",
    many="panel scores",
    reads=Verb.READ_PANEL_SCORE,
    tag="recruiting",
    under=Supporter,
    scores=_Marks,
)
SCORES.lists(f"What each member of the panel gave. {READERS}.")
SCORES.adds(
    GiveScore,
    panel.score,
    "Score every answer from 0 to 4, once. Coordinator or partner (recruitment), safer custody (safety).",
    verb=Verb.GIVE_PANEL_SCORE,
)
SCORES.shows("What one member of the panel gave.")


REGISTERS = (VACANCIES, APPLICATIONS, SCORES)
