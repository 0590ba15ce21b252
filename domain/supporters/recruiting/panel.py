"""The panel: several people score every answer from 0 to 4, each once and for himself. What was answered is nowhere:
answers name other people."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.disclosure import View
from domain.confidentiality.record import record
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ActorId, PanelScoreId, PersonId, SchemeId, SupporterId
from domain.kernel.moves import require
from domain.ports import Query
from domain.schemes.belonging import OfScheme, drafted, with_
from domain.schemes.made import terms_of
from domain.supporters.record import Standing, Supporter
from domain.supporters.recruiting import application
from domain.supporters.recruiting.questions import catalogue
from domain.supporters.recruiting.vacancies import Vacancy

AT_LEAST: Final = 2
"""How many score an application before anybody says yes to it."""
MOST: Final = 20
"""How many may."""
BEST: Final = 4
"""The best mark of an answer; 0 is the least."""


class Side(StrEnum):
    """For whom a member of the panel speaks."""

    PRISON = "PRISON"
    PARTNER = "PARTNER"


def side_of(role: Role) -> Side:
    """For whom somebody in this role speaks."""
    return Side.PARTNER if role is Role.PARTNER_VOLUNTEER else Side.PRISON


@record(
    kind="panel-score",
    kept="twelve months after the application was turned down or withdrawn; else as long as it",
    parties=("person",),
)
class PanelScore(OfScheme):
    """What one member of the panel gave, question by question. It is given once and never changed."""

    id: Open[PanelScoreId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    supporter: Open[SupporterId]
    person: Operational[PersonId]
    author: Operational[ActorId]
    """Who gave it."""
    side: Operational[Side]
    scores: Operational[tuple[dict[str, Any], ...]]
    given_on: Operational[date]


async def score(begin: Begin, supporter: UUID, *, scores: tuple[dict[str, Any], ...]) -> View[PanelScore]:
    """Score an application: every question once, by somebody who has not scored it. Serially: two who score at once
    both count."""
    async with begin.serially(Verb.GIVE_PANEL_SCORE) as act:
        whose = await act.fetch(Supporter, supporter)
        kept, before = await application.of(act, whose)
        if wrong := list(_faults(scores, await _asked(act, whose, kept))):
            raise Unacceptable(wrong)
        given = await act.known(PanelScore, Query(equal={"supporter": whose.id}, limit=MOST))
        require(
            (whose.standing is Standing.APPLIED, f"STATE_{whose.standing.value}"),
            (all(each.author != act.viewer.actor for each in given), "ALREADY_SCORED"),
            (len(given) < MOST, "PANEL_FULL"),
        )
        new = drafted(
            act,
            whose,
            PanelScore,
            supporter=whose.id,
            person=whose.person,
            author=act.viewer.actor,
            side=side_of(act.viewer.role),
            scores=scores,
            given_on=local_day(whose, act.now),
        )
        act.keep(new)
        panel = (*given, new)
        partners = sum(each.side is Side.PARTNER for each in panel)
        result = application.scored([each.scores for each in panel])
        act.keep_beside(with_(kept, panel=len(panel), panel_of_partner=partners, **result), was=before)
        return act.disclose(new)


async def _asked(act: Act, supporter: Supporter, kept: application.Application) -> tuple[str, ...]:
    """The questions that this applicant was asked: his vacancy's, or all of the kind's."""
    vacancy = None if kept.vacancy is None else await act.known_one(Vacancy, kept.vacancy)
    if vacancy is not None:
        return vacancy.codes()
    return tuple(q.value for q in catalogue(await terms_of(act, supporter)))


def _faults(scores: tuple[dict[str, Any], ...], asked: tuple[str, ...]) -> Iterable[Failure]:
    told = [each["question"] for each in scores]
    for at, (question, each) in enumerate(zip(told, scores, strict=True)):
        if question not in asked:
            yield Failure("QUESTION_UNKNOWN", f"/scores/{at}/question")
        if question in told[:at]:
            yield Failure("TWICE", f"/scores/{at}/question")
        if not 0 <= each["mark"] <= BEST:
            yield Failure("MARK_OUT_OF_RANGE", f"/scores/{at}/mark")
    if set(asked) - set(told):
        yield Failure("QUESTION_LEFT_OUT", "/scores")
