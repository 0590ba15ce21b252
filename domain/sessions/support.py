"""What supporters did for somebody, in the codes of their kind of scheme: advice and referrals, tasks, forms,
appointments (S4, F49, F50; domain facts 1.4 to 1.11, 3.8 and 3.10).

One form for all kinds. What it may say follows from the kind's own sheet, and from no list of kinds: what its
supporters may not do, they cannot have done, and the service has no place to write it down. So a kind that is made
tomorrow has its form already.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from typing import Any, Final
from uuid import UUID

from domain.act import Act, Begin
from domain.care import debriefs
from domain.confidentiality.admission import admit
from domain.confidentiality.classification import (
    Classification,
    Content,
    OfStanding,
    Open,
    Participation,
    ParticipationIdentity,
)
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import record
from domain.confidentiality.roles import IN_CUSTODY
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Absent, Failure, Unacceptable
from domain.kernel.ids import ActorId, EnrolmentId, PersonId, SchemeId, SupporterId, SupportRecordId
from domain.kernel.moves import Life, Moves, require
from domain.moving import may_move
from domain.ports import Query
from domain.schemes.acts import scheme_here
from domain.schemes.belonging import OfScheme, drafted, sound, with_
from domain.schemes.made import terms_of
from domain.schemes.record import Scheme
from domain.schemes.sheet import Kind
from domain.schemes.tasks import Task
from domain.schemes.vocabulary import Contact
from domain.sessions import alike, recording
from domain.sessions.codes import FactMark
from domain.sessions.follow_ups import FollowUp, FollowUpBy, FollowUpTask, following, raised
from domain.sessions.support_codes import (
    Advice,
    Agency,
    Appointment,
    DocumentKind,
    Issue,
    IssueOutcome,
    ReferralStanding,
)
from domain.sessions.support_sheet import FORMS, approved_first, not_said


class SupportState(StrEnum):
    """Where a record stands. One that its kind has approved is a draft first; another counts at once."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    APPROVED = "APPROVED"
    RECORDED = "RECORDED"


class ReturnedFor(StrEnum):
    """What is to be put right before it is approved."""

    TASK_NOT_SAID = "TASK_NOT_SAID"
    OUTCOME_NOT_SAID = "OUTCOME_NOT_SAID"
    NAMES_SOMEBODY_ELSE = "NAMES_SOMEBODY_ELSE"
    MORE_THAN_IS_NEEDED = "MORE_THAN_IS_NEEDED"
    WRONG_DAY = "WRONG_DAY"


_S = SupportState
SUPPORT_MOVES: Final[Moves[SupportState]] = {
    _S.DRAFT: frozenset({_S.SUBMITTED}),
    _S.SUBMITTED: frozenset({_S.APPROVED, _S.DRAFT}),
    _S.APPROVED: frozenset(),
    _S.RECORDED: frozenset(),
}
SUPPORT_LIFE: Final = Life(
    "state",
    {
        Verb.KEEP_SUPPORT_RECORD: frozenset({_S.DRAFT}),
        Verb.SUBMIT_SUPPORT_RECORD: frozenset({_S.DRAFT}),
        Verb.APPROVE_SUPPORT_RECORD: frozenset({_S.SUBMITTED}),
        Verb.RETURN_SUPPORT_RECORD: frozenset({_S.SUBMITTED}),
        Verb.CORRECT_SUPPORT_RECORD: frozenset({_S.APPROVED, _S.RECORDED}),
    },
)
"""From where each verb may be done. What is approved is changed by nobody: it is corrected by another version (F53)."""


@record(
    kind="support-record",
    kept="twelve months; its note six",
    existence=Classification.PARTICIPATION,
    parties=("person", "supporter_person"),
    life=SUPPORT_LIFE,
)
class SupportRecord(OfScheme):
    """One time that a supporter helped somebody: what it was about, what was done, and what came of it, in codes."""

    id: Open[SupportRecordId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    closed: Open[bool] = False
    wing: Participation[str | None]
    """Prison and wing, as in a location key."""
    enrolment: Participation[EnrolmentId | None] = None
    """The case that it is part of, where the person is enrolled."""
    person: Participation[PersonId | None] = None
    """Null where a supporter typed it for somebody who is not enrolled: a prisoner never names another (rule 8)."""
    name: ParticipationIdentity[str | None] = None
    supporter: Participation[SupporterId]
    supporter_person: Participation[PersonId]
    held_on: Participation[date]
    minutes: Participation[int | None] = None
    """How long it took, in whole minutes."""
    issue: Participation[Issue | None] = None
    advice: Participation[tuple[Advice, ...]] = ()
    tasks_done: Participation[tuple[Task, ...]] = ()
    documents: Participation[tuple[DocumentKind, ...]] = ()
    """The kinds of paper that he was helped with; never what they say."""
    referred_to: Participation[Agency | None] = None
    referral: Participation[ReferralStanding | None] = None
    appointment: Participation[Appointment | None] = None
    kept: Participation[bool | None] = None
    """Whether that was kept."""
    relapse_support: Participation[bool] = False
    outcome: Participation[IssueOutcome | None] = None
    concern_told_to_staff: Participation[bool] = False
    state: Participation[SupportState] = SupportState.RECORDED
    returned_for: Participation[ReturnedFor | None] = None
    author: Participation[ActorId]
    amended_by: Participation[ActorId | None] = None
    """Who changed it last; null: nobody has."""
    approved_by: Participation[ActorId | None] = None
    corrects: Participation[SupportRecordId | None] = None
    """The record of which this is a new version; null: it corrects none."""
    corrected_by: Participation[SupportRecordId | None] = None
    """The version that holds instead of this one, since that was approved; null: this one holds."""
    note: Content[str | None] = None
    """What to pick up next time: free text, where the kind holds any, and first to be deleted (F72)."""
    words_gone_on: Participation[date | None] = None
    """The day on which its free text was deleted, whether there was any or not; null: it is kept still (F72)."""
    marks: OfStanding[tuple[FactMark, ...]] = ()
    """What is to be talked over: it happened all the same (rule 18)."""
    been = ("held_on",)

    def faults(self) -> Iterator[Failure]:
        """What goes together."""
        if (self.referral is None) is not (self.referred_to is None):
            yield Failure("REFERRAL_GOES_WITH_AGENCY", "/referral")
        if (self.kept is None) is not (self.appointment is None):
            yield Failure("KEPT_GOES_WITH_APPOINTMENT", "/kept")
        if self.outcome is not None and self.issue is None:
            yield Failure("OUTCOME_GOES_WITH_ISSUE", "/outcome")


CHASED_AFTER: Final = timedelta(days=14)
ALONE_EVERY: Final = timedelta(days=28)
"""How often staff ask somebody without his supporter beside him, where social care is given. A default."""


async def record_(
    begin: Begin,
    scheme: UUID,
    *,
    supporter: UUID | None = None,
    enrolment: UUID | None = None,
    identifier: str | None = None,
    name: str | None = None,
    wing: str | None = None,
    follow_up_on: date | None = None,
    another: bool = False,
    **given: Any,
) -> View[SupportRecord]:
    """A supporter helped somebody. He types it himself, of one of his cases or of nobody who is named; staff and
    partner for him. `another`: it is not the one that is there already and looks like it (X25)."""
    async with begin.serially(Verb.KEEP_SUPPORT_RECORD) as act:
        of = await scheme_here(act, scheme)
        kind = await terms_of(act, of)
        himself = act.viewer.role in IN_CUSTODY
        named = [n for n, v in (("identifier", identifier), ("name", name), ("supporter", supporter)) if v is not None]
        if himself and named:
            raise Unacceptable([Failure("UNKNOWN_FIELD", "/" + n) for n in named])
        require((kind.contact in FORMS, "KIND_DOES_NOT_ALLOW"), (of.open, "SCHEME_NOT_OPEN"))
        recording.checked_wing(of, wing)
        state = SupportState.DRAFT if approved_first(kind) else SupportState.RECORDED
        by = {**given, "state": state, "author": ActorId(act.viewer.actor)}
        if not himself:  # before it is said who serves there
            nobody = {"supporter": SupporterId(act.new_id()), "supporter_person": PersonId(act.new_id())}
            act.within_reach(drafted(act, of, SupportRecord, wing=wing, **nobody, **by))
        about = await recording.about(act, of, enrolment, identifier, name, wing)
        helper = await recording.whose(act, of, supporter)
        his = {"supporter": helper.id, "supporter_person": helper.person, "wing": about["wing"] or helper.wing}
        new = drafted(act, of, SupportRecord, **{**about, **his}, **by)
        sound(act, new, *not_said(kind, given))
        admit(new, kind.policy)
        await alike.offered(act, new, ("scheme", "supporter", "held_on"), partial(_alike, new), another)
        new = with_(new, marks=await recording.marks_of(act, helper, given["held_on"]))
        act.keep(new)
        for each in (*await _following(act, kind, new, follow_up_on), *raised(act, new)):
            act.keep_beside(each)
        if new.concern_told_to_staff:
            await debriefs.after_concern(act, helper, act.now)
        return act.disclose(new)


_SAID: Final = (
    *("issue", "advice", "tasks_done", "documents", "referred_to", "referral", "appointment", "kept"),
    *("relapse_support", "outcome"),
)


def _alike(one: SupportRecord, other: SupportRecord) -> bool:
    """The same help, of one supporter and one day. Whoever is named in both, and is another, makes two; of one who is
    named in neither it took as long. One that was corrected since is history; and a worry waits for no question."""
    if other.corrected_by is not None or other.corrects is not None:
        return False
    if one.concern_told_to_staff and not other.concern_told_to_staff:
        return False
    both = one.person is not None and other.person is not None
    known = one.person is not None or other.person is not None
    same = one.person == other.person if both else known or one.minutes == other.minutes
    noted = one.note is None or other.note is None or one.note == other.note
    return same and noted and all(getattr(one, name) == getattr(other, name) for name in _SAID)


async def _following(act: Act, kind: Kind, new: SupportRecord, follow_up_on: date | None) -> list[FollowUp]:
    today, found = local_day(new, act.now), list[FollowUp]()
    if new.concern_told_to_staff:
        found.append(following(act, new, FollowUpTask.HEAR_OF_A_CONCERN, FollowUpBy.STAFF, today))
    if new.referral is ReferralStanding.MADE:
        found.append(following(act, new, FollowUpTask.CHASE_REFERRAL, FollowUpBy.SUPPORTER, today + CHASED_AFTER))
    if follow_up_on is not None:
        found.append(following(act, new, FollowUpTask.MEET_AGAIN, FollowUpBy.SUPPORTER, follow_up_on))
    cared = kind.contact is Contact.TASK_LOG and Classification.HEALTH in kind.holds
    if cared and new.person is not None and not await _asked_alone(act, new):
        alone = FollowUpTask.SEE_WITHOUT_THE_SUPPORTER
        found.append(following(act, new, alone, FollowUpBy.STAFF, today + ALONE_EVERY))
    return found


async def _asked_alone(act: Act, new: SupportRecord) -> bool:
    same: dict[str, Any] = {"scheme": new.scheme, "person": new.person}
    same |= {"what": FollowUpTask.SEE_WITHOUT_THE_SUPPORTER, "outcome": None}
    return bool(await act.known(FollowUp, Query(equal=same, limit=1)))


async def amend(begin: Begin, id: UUID, *, seen: Tag, changes: Mapping[str, Any]) -> View[SupportRecord]:
    """Put a draft right. From then on it has the words of whoever did, too."""
    async with begin(Verb.KEEP_SUPPORT_RECORD) as act:
        act.admit_writes(changes)
        was = await act.fetch(SupportRecord, id, seen=seen)
        require(may_move(act, was))
        kind = await _kind_of(act, was)
        now = with_(was, **changes, amended_by=act.viewer.actor, returned_for=None, words_gone_on=None)
        sound(act, now, *not_said(kind, changes), was=was)
        admit(with_(now, marks=()), kind.policy)
        act.keep(now, was=was)
        return act.disclose(now)


async def _kind_of(act: Act, of: SupportRecord) -> Kind:
    scheme = await act.known_one(Scheme, of.scheme)
    if scheme is None:
        raise Absent
    return await terms_of(act, scheme)
