"""Awards, for whoever learns and for whoever helps him: a certificate for a manual, a level of mentoring (S3; domain
facts 1.3)."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.classification import Classification, Open, Participation
from domain.confidentiality.disclosure import View
from domain.confidentiality.record import record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Failure, NotNow, Unacceptable
from domain.kernel.ids import ActorId, AwardId, EnrolmentId, PersonId, SchemeId, SupporterId
from domain.kernel.moves import require
from domain.ports import Query
from domain.schemes.belonging import OfScheme, made
from domain.sessions.codes import Programme
from domain.sessions.learning import HIGHEST_MANUAL
from domain.sessions.record import RUNNING, Enrolment
from domain.supporters.record import Supporter


class AwardKind(StrEnum):
    """What is awarded: the first two to a learner, the levels to a mentor."""

    MANUAL = "MANUAL"
    """The check of a manual was passed."""
    PROGRAMME = "PROGRAMME"
    """The checks of all its manuals were."""
    MENTORING_LEVEL_1 = "MENTORING_LEVEL_1"
    MENTORING_LEVEL_2 = "MENTORING_LEVEL_2"


_OF_LEARNERS = frozenset({AwardKind.MANUAL, AwardKind.PROGRAMME})


@record(
    kind="award",
    kept="twelve months after his enrolment or his role ends",
    existence=Classification.PARTICIPATION,
    parties=("person",),
)
class Award(OfScheme):
    """Something that somebody has achieved: it is his."""

    id: Open[AwardId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    """The partner, who awards it."""
    closed: Open[bool] = False
    person: Participation[PersonId]
    enrolment: Participation[EnrolmentId]
    """The enrolment in which it was achieved, by learner or mentor."""
    mentor: Participation[SupporterId | None] = None
    """The mentor whose award it is; null: it is the learner's."""
    what: Participation[AwardKind]
    programme: Participation[Programme | None] = None
    manual: Participation[int | None] = None
    """The manual of which the check was passed; null where the award is of no one manual."""
    awarded_on: Participation[date]
    awarded_by: Participation[ActorId]


async def give(begin: Begin, enrolment: UUID, *, what: AwardKind, manual: int | None = None) -> View[Award]:
    """An award that the record bears out: of a manual whose check was passed, of a programme of which all were, of
    mentoring to the mentor of a learner who passed one, the second level after the first. Each once."""
    async with begin.serially(Verb.GIVE_AWARD) as act:
        of = await act.fetch(Enrolment, enrolment)
        if (what is AwardKind.MANUAL) is (manual is None):
            raise Unacceptable([Failure("MANUAL_GOES_WITH_AWARD", "/manual")])
        mentor, person = (None, of.person) if what in _OF_LEARNERS else await _mentor(act, of)
        passed = set(of.manuals_passed)
        borne_out = {
            AwardKind.MANUAL: manual in passed,
            AwardKind.PROGRAMME: len(passed) == HIGHEST_MANUAL,
            AwardKind.MENTORING_LEVEL_1: bool(passed),
            AwardKind.MENTORING_LEVEL_2: bool(passed),
        }
        award = made(
            act,
            of,
            Award,
            person=person,
            enrolment=of.id,
            mentor=mentor,
            what=what,
            programme=of.programme,
            manual=manual,
            awarded_on=local_day(of, act.now),
            awarded_by=act.viewer.actor,
        )
        first = Query(equal={"person": person, "what": AwardKind.MENTORING_LEVEL_1}, limit=1)
        require(
            (borne_out[what], "CHECK_NOT_PASSED"),
            (what is not AwardKind.MENTORING_LEVEL_2 or bool(await act.known(Award, first)), "LEVEL_1_FIRST"),
            (not await _given(act, award), "ALREADY_AWARDED"),
        )
        act.keep(award)
        return act.disclose(award)


async def _mentor(act: Act, of: Enrolment) -> tuple[SupporterId, PersonId]:
    """Who helped him: his mentor, or, where it has ended, the last one."""
    if of.supporter is not None and of.supporter_person is not None:
        return of.supporter, of.supporter_person
    last = () if of.state in RUNNING else of.earlier_supporters[-1:]
    found = await act.known_one(Supporter, last[0]) if last else None
    if found is None:
        raise NotNow(["NO_MENTOR"])
    return found.id, found.person


async def _given(act: Act, award: Award) -> bool:
    """Whether he has it already, of whatever enrolment."""
    same = {name: getattr(award, name) for name in ("person", "what", "programme", "manual")}
    return bool(await act.known(Award, Query(equal=same, limit=1)))
