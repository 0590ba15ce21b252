"""Complaints about a scheme, or somebody in it, by anybody and in codes. Who complained is not kept: neither whoever it
is about nor whoever decides it can look it up (rules 7 and 12).

Nothing that the supporters of the scheme can read changes by one. What somebody in custody says with his own token lies
sealed until its week is over, among what was said by single-use codes, and is then told from none of it: the minute at
which it appeared would say who made it.

It is looked into by one person and decided by another who has had no part in it, outside of those who run the scheme.
What may be about a member of staff goes up, past all who might be meant, to the monitoring board, until a second
person has said whom it is about; what is against those who decide stays there (rule 6). Whoever complained has a short
code, by which he asks in person what was answered. A supporter who is taken off meanwhile is told of a general review
(`domain.supporters.suspension`).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.care.incidents import GOES_UP, Against, short_code
from domain.confidentiality.classification import CaseworkCode, Classification, Open, Operational, Security
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import derived, record
from domain.confidentiality.roles import IN_CUSTODY, Role
from domain.confidentiality.verbs import Verb
from domain.feedback.by_code import SaidByCode, letter, monday
from domain.kernel.days import local_day
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ActorId, ComplaintId, SchemeId
from domain.kernel.moves import Life, Moves, move, require
from domain.moving import may_move
from domain.oversight.record import Assignment
from domain.schemes.acts import scheme_here
from domain.schemes.belonging import OfScheme, made, with_

ANSWERED_WITHIN: Final = timedelta(days=28)
"""After so long without a decision it is overdue."""
OF_STAFF: Final = frozenset({Against.WING_STAFF, Against.COORDINATOR, Against.NOT_SAID})
"""It may be about anybody among the staff, and about whoever would read it: until somebody is named it goes up."""
_DECIDERS: Final = frozenset({Role.SAFER_CUSTODY, Role.GOVERNOR})


class ComplaintAbout(StrEnum):
    """What is wrong."""

    NOT_KEPT_PRIVATE = "NOT_KEPT_PRIVATE"
    ASKED_FOR_SOMETHING = "ASKED_FOR_SOMETHING"
    """Goods, favours or messages, for help."""
    TREATED_UNFAIRLY = "TREATED_UNFAIRLY"
    PRESSED = "PRESSED"
    """To use it, to talk, or to stop."""
    TURNED_AWAY = "TURNED_AWAY"
    """Asked, and nobody came or helped."""
    WRONG_ADVICE = "WRONG_ADVICE"
    NOT_CHOSEN_FAIRLY = "NOT_CHOSEN_FAIRLY"
    """For the role, a place or its pay."""
    OTHER_ASK_ME = "OTHER_ASK_ME"
    """To be said in person, and not written here."""


class ComplaintState(StrEnum):
    """Where it stands."""

    RECEIVED = "RECEIVED"
    LOOKED_INTO = "LOOKED_INTO"
    DECIDED = "DECIDED"


_S = ComplaintState
COMPLAINT_MOVES: Final[Moves[ComplaintState]] = {
    _S.RECEIVED: frozenset({_S.LOOKED_INTO}),
    _S.LOOKED_INTO: frozenset({_S.LOOKED_INTO, _S.DECIDED}),
    _S.DECIDED: frozenset({_S.LOOKED_INTO}),
}
"""One that was decided is looked into again, where whoever complained does not take the answer."""
COMPLAINT_LIFE: Final = Life(
    "state", {Verb.LOOK_INTO_COMPLAINT: frozenset(_S), Verb.DECIDE_COMPLAINT: frozenset({_S.LOOKED_INTO})}
)


class ComplaintOutcome(StrEnum):
    """What was found."""

    UPHELD = "UPHELD"
    PART_UPHELD = "PART_UPHELD"
    NOT_UPHELD = "NOT_UPHELD"
    CANNOT_BE_TOLD = "CANNOT_BE_TOLD"


class ComplaintReply(StrEnum):
    """What whoever brings the short code is told, in person. It says nothing of anybody else's case."""

    WE_ARE_SORRY = "WE_ARE_SORRY"
    IT_WAS_PUT_RIGHT = "IT_WAS_PUT_RIGHT"
    RULES_WERE_EXPLAINED = "RULES_WERE_EXPLAINED"
    THE_SCHEME_WAS_CHANGED = "THE_SCHEME_WAS_CHANGED"
    NOTHING_WAS_FOUND = "NOTHING_WAS_FOUND"
    PASSED_TO_SAFER_CUSTODY = "PASSED_TO_SAFER_CUSTODY"
    PASSED_TO_PARTNER = "PASSED_TO_PARTNER"
    ASK_US_IN_PERSON = "ASK_US_IN_PERSON"


class ComplaintFrom(StrEnum):
    """Who complained, as a group."""

    STAFF = "STAFF"
    PARTNER = "PARTNER"
    NOT_SAID = "NOT_SAID"
    """Somebody in custody, or whoever used a single-use code: they are not told apart."""


@record(
    kind="complaint",
    kept="six years after it is decided",
    existence=Classification.CASEWORK,
    judged=("author", "named"),
    life=COMPLAINT_LIFE,
)
class Complaint(OfScheme):
    """One complaint, in codes alone. Whom it is against is a group: who it was, and what happened, is said in
    person."""

    id: Open[ComplaintId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    about: CaseworkCode[ComplaintAbout]
    against: CaseworkCode[Against] = Against.NOT_SAID
    goes_up: Operational[bool]
    """It is against those who would decide it, or may be and nobody is named yet: safer custody and governor do not
    reach it."""
    came_from: CaseworkCode[ComplaintFrom]
    author: Security[ActorId | None] = None
    """The member of staff, or of the partner, who complained: kept so that he does not reach it, and told to nobody who
    decides it. Of people in custody nobody is kept."""
    week_of: CaseworkCode[date]
    """The Monday of the week in which it was made."""
    answer_by: CaseworkCode[date]
    state: Operational[ComplaintState] = ComplaintState.RECEIVED
    named: Operational[ActorId | None] = None
    """The member of staff whom it is about, once that is known: he reads and decides nothing of it."""
    looked_into_by: Operational[ActorId | None] = None
    """Who looked into it last."""
    had_a_part: Operational[tuple[ActorId, ...]] = ()
    """Everybody who ever looked into it or decided it, whoever did so last at the end: none of them decides it, or
    decides it again."""
    outcome: CaseworkCode[ComplaintOutcome | None] = None
    reply: CaseworkCode[tuple[ComplaintReply, ...]] = ()
    decided_by: Operational[ActorId | None] = None
    decided_on: Operational[date | None] = None
    outlives = True

    @derived
    def code(self, now: datetime) -> CaseworkCode[str]:
        """The short code that whoever complained was given."""
        return short_code(self.id)

    @derived
    def overdue(self, now: datetime) -> CaseworkCode[bool]:
        """It waits for its decision, and the day of its answer has passed."""
        return self.state is not ComplaintState.DECIDED and self.answer_by < local_day(self, now)


@dataclass(frozen=True, slots=True)
class ComplaintMade:
    """What whoever complains is given: a code, and nothing else."""

    code: str


async def complain(
    begin: Begin, *, scheme: UUID, about: ComplaintAbout, against: Against = Against.NOT_SAID, id: UUID | None = None
) -> ComplaintMade:
    """Somebody complains. The line in the ledger names nobody, and tells the week. `id`: that of the complaint, where
    it has to be found again from what was sent alone (`again_in_custody`)."""
    async with begin(Verb.COMPLAIN) as act:
        of = await scheme_here(act, scheme)
        if act.viewer.role in IN_CUSTODY:
            id = id or act.new_id()
            said = {"about": about.value, "against": against.value}
            act.post(letter(of, local_day(of, act.now), id, SaidByCode.COMPLAINT, said))
            return ComplaintMade(short_code(id))
        partner = act.viewer.role is Role.PARTNER_VOLUNTEER
        week = monday(local_day(of, act.now))
        complaint = made(
            act,
            of,
            Complaint,
            about=about,
            against=against,
            goes_up=goes_up(against),
            came_from=ComplaintFrom.PARTNER if partner else ComplaintFrom.STAFF,
            author=act.viewer.actor,
            week_of=week,
            answer_by=week + ANSWERED_WITHIN,
        )
        act.keep(complaint)
        return ComplaintMade(short_code(complaint.id))


def goes_up(against: Against) -> bool:
    """Whether what is against these goes past safer custody and governor, as long as nobody is named."""
    return against in GOES_UP | OF_STAFF


async def again(_act: Act, complaint: Complaint) -> ComplaintMade:
    """The same receipt, for the same key."""
    return ComplaintMade(short_code(complaint.id))


async def again_in_custody(begin: Begin, id: UUID) -> ComplaintMade:
    """The same receipt, for the same key, of what lies in the box: by that key alone is it known what its id is."""
    async with begin(Verb.COMPLAIN) as act:
        act.handed_in_before()
        return ComplaintMade(short_code(id))


async def look_into(begin: Begin, id: UUID, *, seen: Tag, named: UUID | None = None) -> View[Complaint]:
    """Take it up, or take it up again; and say which member of staff it is about, by his assignment: from then on he
    reaches it no more. Whoever says so is another person than looked into it last; and once somebody is named, only the
    monitoring board says that it was another."""
    async with begin(Verb.LOOK_INTO_COMPLAINT) as act:
        was = await act.fetch(Complaint, id, seen=seen)
        require(may_move(act, was))
        about = {} if named is None else await _named(act, was, named)
        now = with_(
            was,
            state=move(COMPLAINT_MOVES, was.state, ComplaintState.LOOKED_INTO),
            looked_into_by=act.viewer.actor,
            had_a_part=_with(was, act.viewer.actor),
            outcome=None,
            reply=(),
            decided_by=None,
            decided_on=None,
            **about,
        )
        act.keep(now, was=was)
        return act.disclose(now)


async def _named(act: Act, was: Complaint, named: UUID) -> dict[str, Any]:
    held = await act.known_one(Assignment, named)
    if held is None or held.prison != was.prison:
        raise Unacceptable([Failure("STAFF_UNKNOWN", "/named")])
    another = was.named not in (None, held.holder)
    require(
        (was.looked_into_by not in (None, act.viewer.actor), "SECOND_PERSON_NEEDED"),
        (not another or act.viewer.role is Role.MONITORING_BOARD, "NAMED_ALREADY"),
    )
    holds = {each.role for each in await looking.all_known(act, Assignment, {"holder": held.holder})}
    # It comes down once, when somebody is named for the first time: who was named before does not get it back.
    up = was.goes_up and was.named is not None
    return {"named": held.holder, "goes_up": was.against in GOES_UP or bool(holds & _DECIDERS) or another or up}


def _with(was: Complaint, actor: ActorId) -> tuple[ActorId, ...]:
    return (*(each for each in was.had_a_part if each != actor), actor)


async def decide(
    begin: Begin, id: UUID, *, seen: Tag, outcome: ComplaintOutcome, reply: tuple[ComplaintReply, ...]
) -> View[Complaint]:
    """Say what was found and what is answered: somebody who has had no part in it, now or before it was taken up
    again."""
    async with begin(Verb.DECIDE_COMPLAINT) as act:
        was = await act.fetch(Complaint, id, seen=seen)
        require(may_move(act, was), (act.viewer.actor not in was.had_a_part, "SECOND_PERSON_NEEDED"))
        if len(set(reply)) < len(reply):
            raise Unacceptable([Failure("TWICE", "/reply")])
        to = move(COMPLAINT_MOVES, was.state, ComplaintState.DECIDED)
        actor = act.viewer.actor
        told = {"outcome": outcome, "reply": reply, "decided_by": actor, "had_a_part": _with(was, actor)}
        now = with_(was, state=to, decided_on=local_day(was, act.now), **told)
        act.keep(now, was=was)
        return act.disclose(now)
