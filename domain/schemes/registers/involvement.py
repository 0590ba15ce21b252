"""How staff, supporters, people in custody and partners take part in a scheme's development (seed: 'involve staff and
peer supporters and stakeholders in ongoing development'): they meet, they propose, they are answered within 28 days and
with a reason, and what came of it is published as 'you said, we did'. Who came is a number for each group; who said it
is a group.

What everybody in the prison reads has passed two people: whoever wrote the proposal down does not publish it, and those
who do write both halves anew, for a proposal may name somebody in words that no rule finds. They can take it down. What
is taken down is erased: it may be gone *because* it names a man. That it stood, and who took it down, is in the ledger;
the proposal and its answer stay, and it may be told again in other words.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import derived, record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day, overdue
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ActorId, MeetingId, OutcomeId, ProposalId, SchemeId
from domain.kernel.moves import Life, Moves, move, require
from domain.moving import may_move
from domain.schemes import belonging
from domain.schemes.belonging import OfScheme, changed, drafted, made, scheme_to_write, with_
from domain.schemes.registers.answerable import Answerable

TO_ANSWER: Final = timedelta(days=28)
"""How long a proposal may wait for its answer. A default, until the scheme says otherwise."""


class MeetingKind(StrEnum):
    """What sort of meeting."""

    SUPPORTERS = "SUPPORTERS"
    USERS_FORUM = "USERS_FORUM"
    STAFF = "STAFF"
    PARTNER = "PARTNER"
    STEERING_GROUP = "STEERING_GROUP"
    PRISON_COUNCIL = "PRISON_COUNCIL"


class Group(StrEnum):
    """From whom a proposal comes."""

    SUPPORTERS = "SUPPORTERS"
    PEOPLE_IN_CUSTODY = "PEOPLE_IN_CUSTODY"
    STAFF = "STAFF"
    PARTNER = "PARTNER"
    FAMILIES = "FAMILIES"


class ProposalState(StrEnum):
    """Where a proposal stands."""

    PROPOSED = "PROPOSED"
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    IMPLEMENTED = "IMPLEMENTED"


PROPOSAL_MOVES: Final[Moves[ProposalState]] = {
    ProposalState.PROPOSED: frozenset({ProposalState.ACCEPTED, ProposalState.REJECTED}),
    ProposalState.ACCEPTED: frozenset({ProposalState.IMPLEMENTED, ProposalState.REJECTED}),
    ProposalState.REJECTED: frozenset(),
    ProposalState.IMPLEMENTED: frozenset(),
}
PROPOSAL_LIFE: Final = Life(
    "state",
    {
        Verb.ANSWER_PROPOSAL: frozenset({ProposalState.PROPOSED, ProposalState.ACCEPTED}),
        Verb.IMPLEMENT_PROPOSAL: frozenset({ProposalState.ACCEPTED}),
        Verb.PUBLISH_PROPOSAL: frozenset({ProposalState.REJECTED, ProposalState.IMPLEMENTED}),
    },
)


class ProposalAnswer(StrEnum):
    """Yes or no to a proposal."""

    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"


@record(kind="meeting", kept="six years after its scheme closes; it names nobody")
class Meeting(OfScheme):
    """A meeting that was held, and how many came of each group."""

    id: Open[MeetingId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    kind: Operational[MeetingKind]
    held_on: Operational[date]
    staff: Operational[int] = 0
    """How many members of staff came. Heads are counted by group, and nobody is named."""
    supporters: Operational[int] = 0
    """How many supporters came."""
    people_in_custody: Operational[int] = 0
    """How many people in custody came."""
    partners: Operational[int] = 0
    """How many people of partners came."""
    roles: Operational[tuple[Answerable, ...]] = ()
    """The roles that were there."""
    decided: Operational[str | None] = None
    been = ("held_on",)

    def faults(self) -> Iterable[Failure]:
        """Somebody came."""
        if not self.staff + self.supporters + self.people_in_custody + self.partners:
            yield Failure("NOBODY_CAME")


@record(kind="proposal", kept="six years after its scheme closes; it names nobody", life=PROPOSAL_LIFE)
class Proposal(OfScheme):
    """What a group proposes, and how it was answered. `outcome` is what was published of it."""

    id: Open[ProposalId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    from_group: Operational[Group]
    """Whose proposal it is, as a group."""
    said: Operational[str]
    meeting: Operational[MeetingId | None] = None
    """The meeting at which it was made, if it was made at one."""
    state: Operational[ProposalState] = ProposalState.PROPOSED
    proposed_on: Operational[date]
    answered_on: Operational[date | None] = None
    reason: Operational[str | None] = None
    implemented_on: Operational[date | None] = None
    outcome: Operational[OutcomeId | None] = None
    """What everybody reads of it, once that is published."""
    to_answer: Operational[Answerable | None] = None
    """The role that is to answer it; null: it was not said."""
    answered_by: Operational[ActorId | None] = None
    """Who answered it. Null: nobody yet, or it was before this was kept."""
    proposed_by: Operational[ActorId | None] = None
    """Who wrote it down: another publishes what came of it. None: from before this was kept."""

    @derived
    def answer_due_on(self, now: datetime) -> Operational[date]:
        """The last day on which an answer is in time."""
        return self.proposed_on + TO_ANSWER

    @derived
    def overdue(self, now: datetime) -> Operational[bool]:
        """It was not answered in time."""
        return self.state is ProposalState.PROPOSED and overdue(self.answer_due_on(now), self, now)


@record(kind="outcome", kept="until it is taken down, or six years after its scheme closes; it names nobody")
class PublishedOutcome(OfScheme):
    """'You said, we did': what a group proposed and what came of it, for everybody in the prison."""

    id: Open[OutcomeId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    proposal: Operational[ProposalId]
    from_group: Open[Group]
    you_said: Open[str]
    we_did: Open[str]
    published_on: Open[date]


async def met(begin: Begin, scheme: UUID, **given: Any) -> View[Meeting]:
    """A meeting that was held. It is added and never changed."""
    return await belonging.add(begin, Verb.KEEP_MEETING, Meeting, scheme, **given)


async def propose(
    begin: Begin,
    scheme: UUID,
    *,
    from_group: Group,
    said: str,
    meeting: UUID | None = None,
    to_answer: Answerable | None = None,
) -> View[Proposal]:
    """What a group proposes, in its own words, and of whom an answer is asked. The days for it run from today."""
    async with begin(Verb.KEEP_PROPOSAL) as act:
        of = await scheme_to_write(act, scheme, Proposal)
        held = None if meeting is None else await act.known_one(Meeting, meeting)
        if meeting is not None and (held is None or held.scheme != of.id):
            raise Unacceptable([Failure("NOT_OF_THIS_SCHEME", "/meeting")])
        given: dict[str, Any] = {
            "proposed_on": local_day(of, act.now),
            "proposed_by": act.viewer.actor,
            "to_answer": to_answer,
        }
        new = made(act, of, Proposal, from_group=from_group, said=said, meeting=meeting, **given)
        act.keep(new)
        return act.disclose(new)


async def answer(
    begin: Begin, id: UUID, *, seen: Tag, answer: ProposalAnswer, reason: str | None = None
) -> View[Proposal]:
    """Yes or no. A no has a reason; and what was accepted may still turn out not to be possible."""

    def into(act: Act, was: Proposal) -> Proposal:
        if answer is ProposalAnswer.REJECTED and reason is None:
            raise Unacceptable([Failure("REASON_GOES_WITH_NO", "/reason")])
        to = move(PROPOSAL_MOVES, was.state, ProposalState(answer))
        first = was.answered_on or local_day(was, act.now)
        return with_(was, state=to, reason=reason, answered_on=first, answered_by=ActorId(act.viewer.actor))

    return await belonging.change(begin, Verb.ANSWER_PROPOSAL, Proposal, id, seen=seen, into=into)


async def implement(begin: Begin, id: UUID, *, seen: Tag) -> View[Proposal]:
    """It was done."""

    def into(act: Act, was: Proposal) -> Proposal:
        to = move(PROPOSAL_MOVES, was.state, ProposalState.IMPLEMENTED)
        return with_(was, state=to, implemented_on=local_day(was, act.now))

    return await belonging.change(begin, Verb.IMPLEMENT_PROPOSAL, Proposal, id, seen=seen, into=into)


async def publish(begin: Begin, id: UUID, *, seen: Tag, you_said: str, we_did: str) -> View[Proposal]:
    """Tell everybody what came of it, in words chosen for everybody: once it is rejected or done, once, and not by
    whoever wrote it down."""
    async with begin(Verb.PUBLISH_PROPOSAL) as act:
        was = await act.fetch(Proposal, id, seen=seen)
        require(
            may_move(act, was),
            (was.outcome is None, "ALREADY_PUBLISHED"),
            (was.proposed_by != act.viewer.actor, "PUBLISHER_IS_PROPOSER"),
        )
        outcome = drafted(
            act,
            was,
            PublishedOutcome,
            proposal=was.id,
            from_group=was.from_group,
            you_said=you_said,
            we_did=we_did,
            published_on=local_day(was, act.now),
        )
        view = await changed(act, was, with_(was, outcome=outcome.id))
        act.keep_beside(outcome)
        return view


async def unpublish(begin: Begin, id: UUID, *, seen: Tag) -> View[Proposal]:
    """Take down what was published of it, at once and for good; of a closed scheme as well."""
    async with begin(Verb.UNPUBLISH_PROPOSAL) as act:
        was = await act.fetch(Proposal, id, seen=seen)
        told = None if was.outcome is None else await act.known_one(PublishedOutcome, was.outcome)
        require((told is not None, "NOT_PUBLISHED"))
        now = with_(was, outcome=None)
        act.keep(now, was=was)
        if told is not None:
            act.erase(told)
        return act.disclose(now)
