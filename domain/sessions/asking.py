"""Asking: a request is recorded, whatever is unknown about it. Help never waits for a system (rule 5, DESIGN 7)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.record import columns
from domain.confidentiality.roles import IN_CUSTODY
from domain.confidentiality.verbs import Verb
from domain.kernel.bands import Band, readable_until
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ActorId, PersonId, RequestId, SupporterId
from domain.kernel.words import JURISDICTIONS
from domain.people.record import Person
from domain.ports import Query
from domain.schemes.record import Scheme, SchemeState
from domain.schemes.told import Told, told
from domain.schemes.vocabulary import Stage
from domain.sessions.codes import REFERRALS, Channel, Need, StageOfSentence, Urgency
from domain.sessions.holding import after_hold
from domain.sessions.request import Request, RequestState

LONGEST_NAME: Final = 40
"""No string on a closed-policy record is longer (rule 20)."""
LATE_AFTER: Final = timedelta(minutes=30)
MOST_SCHEMES: Final = 200
"""As many as may be live in one prison."""
AHEAD: Final = timedelta(minutes=5)
"""How far ahead of ours a device's clock may run before its time is refused (rule 18)."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked for ever (rule 16): recorded late, or after a hold about the time before it."""

    late: bool = False
    after_hold: bool = False

    def beside(self, was: Request) -> dict[str, bool]:
        """These, beside what was marked before."""
        return {"late": was.late or self.late, "after_hold": was.after_hold or self.after_hold}


async def happened(
    act: Act, occurred_at: datetime | None, jurisdiction: str, prison: str, request: Request | None = None
) -> tuple[datetime, Marks]:
    """(when it happened, how it is marked). A fact of the past is accepted and marked; a future one is not, nor one
    before the minute of what the request says already."""
    if occurred_at is None:
        return act.now, Marks()
    if occurred_at > act.now + AHEAD:
        raise Unacceptable([Failure("IN_THE_FUTURE", "/occurredAt")])
    if request is not None:
        told = (request.asked_at, request.offered_at, request.accepted_at, request.unlocked_at)
        last = max(at for at in told if at is not None)
        if occurred_at < last.replace(second=0, microsecond=0):
            raise Unacceptable([Failure("BEFORE_IT_BEGAN", "/occurredAt")])
    at = min(occurred_at, act.now)
    return at, Marks(act.now - at > LATE_AFTER, await after_hold(act, jurisdiction, prison, at))


async def ask(begin: Begin, **asked: Any) -> Told[Request]:
    """Someone asks for support, or staff record that he did. Identity is optional, and for a closed-policy scheme kept
    only as LIVE text until the band's end plus two hours.

    Which scheme answers is found by prison and need. Where none is known, the request is treated as closed: the safe
    guess. LIFE_AT_RISK is recorded, never queued, never matched, and needs no identity. Who asks is told what the
    scheme is for, and what its supporters may do and may not (S6).

    The stage of the sentence is left out where the policy is closed, and not refused: who asks cannot know which scheme
    will answer, and nobody's call for help fails over a figure. Under an open policy every stage is kept, one that the
    scheme does not name too: that it is asked for outside of its plan is what its review wants to know.

    Whom he would not have (`not_wanted`) is taken in silence, whoever they are and whether they are supporters or not
    (rule 8): they are not asked for this request, and nobody is told why (rule 11).

    Where the wing that he names is one of another prison than the one in which our records have him, they are taken to
    be behind: he has been moved. His request is there, unverified.
    """
    async with begin(Verb.ASK) as act:
        request, scheme = await recorded(act, **asked)
        act.keep(request)
        return await told(act, request, scheme)


async def recorded(
    act: Act,
    *,
    need: Need,
    channel: Channel,
    urgency: Urgency,
    prison: str | None = None,
    wing: str,
    cell: str | None = None,
    recipient: str | None = None,
    language: str | None = None,
    first_night: bool = False,
    stage_of_sentence: StageOfSentence | None = None,
    not_wanted: Collection[UUID] | None = None,
    occurred_at: datetime | None = None,
    was_answered: bool = False,
) -> tuple[Request, Scheme | None]:
    """What is asked for, as it is recorded, and the scheme that answers; the caller keeps it. `ask` says what of it is
    left out, refused or taken in silence. `was_answered`: supporters were asked, so a scheme that stopped since is the
    one that answered then."""
    act.mark_closed()
    himself = act.viewer.role in IN_CUSTODY
    own = await own_person(act) if himself else None
    if himself and recipient is not None:
        # A prisoner names nobody: not himself (we know), and not another (rule 8).
        raise Unacceptable([Failure("UNKNOWN_FIELD", "/recipient")])
    where = own.prison if own is not None else prison
    if where is None:
        raise Unacceptable([Failure("MISSING", "/prison")])
    if own is not None and prison not in (None, where):
        raise Unacceptable([Failure("UNKNOWN_FIELD", "/prison")])
    jurisdiction = own.jurisdiction if own is not None else _wall(act)
    moved = False
    if "-" in wing and not wing.startswith(f"{where}-"):
        # A wing that nobody knows is taken, and somebody will find it; on one of another prison nobody looks. But where
        # somebody is who asks himself, he knows before our records do: his call is for where he says that he is.
        there = wing.partition("-")[0]
        moved = own is not None and await _serves(act, jurisdiction, there)
        if not moved:
            raise Unacceptable([Failure("WING_OF_ANOTHER_PRISON", "/wing")])
        where = there
    if "OFFERS" not in JURISDICTIONS[jurisdiction].has:
        raise Unacceptable([Failure("KIND_DOES_NOT_ALLOW", "/need")])
    scheme = await _answering(act, jurisdiction, where, need, stage_of_sentence, stopped_too=was_answered)
    closed = scheme is None or scheme.closed
    act.mark_closed(closed)
    if closed and channel in REFERRALS and (recipient is not None or cell is not None):
        # A third person names nobody to a closed-policy scheme: who wants it asks for it himself (rule 31).
        placed = cell if channel is not Channel.PEER_REFERRAL else None  # a supporter gives the place (rule 8)
        named = [Failure("MAY_NOT_BE_HELD", p) for p, v in (("/recipient", recipient), ("/cell", placed)) if v]
        if named:
            raise Unacceptable(named)
    at, marks = await happened(act, occurred_at, jurisdiction, where)
    band, until = lives(act, at, JURISDICTIONS[jurisdiction].time_zone)
    for_self = himself and channel is not Channel.PEER_REFERRAL
    request = Request(
        id=RequestId(act.new_id()),
        scheme=None if scheme is None else scheme.id,
        jurisdiction=jurisdiction,
        prison=where,
        organisation=None if scheme is None else scheme.organisation,
        closed=closed,
        unverified=scheme is None or moved or (own is None and where not in _known(act)),
        wing=wing,
        channel=channel,
        need=need,
        urgency=urgency,
        band=band,
        readable_until=until,
        state=RequestState.LIFE_AT_RISK if urgency is Urgency.LIFE_AT_RISK else RequestState.RECEIVED,
        asked_at=at,
        recorded_at=act.now,
        late=marks.late,
        after_hold=marks.after_hold,
        recipient=_himself(act, own) if for_self else recipient,
        cell=cell,
        person=own.id if for_self and own is not None and not closed else None,
        language=language,
        first_night=first_night,
        stage_of_sentence=None if closed else stage_of_sentence,
        not_wanted=tuple(SupporterId(id) for id in dict.fromkeys(not_wanted or ())),
        author=None if himself else ActorId(act.viewer.actor),
    )
    return request, scheme


def lives(act: Act, at: datetime, zone: str) -> tuple[Band, datetime]:
    """The band in which it was asked, and until when it is read: that band's end and two hours; where they had passed
    when it was typed, those of the band that is now. An hour that is fixed, so that it goes with all others."""
    band, until = readable_until(at, zone)
    return band, until if until > act.now else readable_until(act.now, zone)[1]


async def own_person(act: Act) -> Person | None:
    """The person behind a custody token, or None where our records do not know him yet: he is heard all the same."""
    own = next(iter(act.viewer.fact("persons") or ()), None)
    return None if own is None else await act.known_one(Person, PersonId(UUID(str(own))))


def _himself(act: Act, own: Person | None) -> str:
    said = act.viewer.principal.subject if own is None else f"{own.identifier} {own.name}"
    return said[:LONGEST_NAME]


def _wall(act: Act) -> str:
    return str(next(iter(act.viewer.fact("jurisdictions") or ()), "EW"))


def _known(act: Act) -> frozenset[object]:
    return act.viewer.fact("prisons") or frozenset()


async def _serves(act: Act, jurisdiction: str, prison: str) -> bool:
    """Whether there is such a prison, as far as we know: some scheme runs there."""
    there = {"jurisdiction": jurisdiction, "prison": prison, "open": True}
    return bool(await act.known(Scheme, Query(equal=there, limit=1)))


async def _answering(
    act: Act, jurisdiction: str, prison: str, need: Need, stage: StageOfSentence | None, *, stopped_too: bool
) -> Scheme | None:
    """The open scheme that gives this support here, whatever its kind is called. Of several a closed one: who asks for
    confidence shall not get less. Then one that helps at this stage of a sentence; of closed ones that never decides,
    or which of them answers would tell the stage. Then one for which it is the first thing that it gives.

    What a closed one gives here is given by no open one, not even while the closed one stops for now: whoever asks has
    been told that staff will not hear of it. A plan has told nobody anything yet, and of one that ended no promise is
    left, so neither keeps another from answering. Emotional support is never asked for openly (1.1 of the facts).

    `stopped_too`: one that is suspended answers as if it were open, for it was."""
    here = {"jurisdiction": jurisdiction, "prison": prison}
    found = await act.unread(Scheme, Query(equal={**here, "open": True}, limit=MOST_SCHEMES))
    found = [*found, *await _stopped(act, here)] if stopped_too else found
    said = columns(found, ("support_types", "stage_of_sentence", "closed", "id"))
    there = [
        (not closed, not (closed or _helps_at(stages, stage)), types.index(need), id, at)
        for at, (types, stages, closed, id) in enumerate(zip(*said.values(), strict=True))
        if need in types
    ]
    if not there:
        return None
    chosen = found[min(there)[-1]]
    if chosen.closed:
        return chosen
    kept_closed = any(s.closed and need in s.support_types for s in await _stopped(act, here))
    return None if need is Need.EMOTIONAL or kept_closed else chosen


async def _stopped(act: Act, here: Mapping[str, str]) -> Sequence[Scheme]:
    return await act.known(Scheme, Query(equal={**here, "state": SchemeState.SUSPENDED}, limit=MOST_SCHEMES))


def _helps_at(stages: Collection[Stage], stage: StageOfSentence | None) -> bool:
    return stage is None or bool({Stage.ANY, Stage(stage)} & set(stages))
