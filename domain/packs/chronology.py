"""A chronology for the coroner or the ombudsman, of one person after a recorded death (rule 16; domain facts, need 28).

What schemes with an open policy hold of him in the days that the hold is about, each thing in its order of time, with
when it was recorded, and LATE and AFTER_HOLD as they stand for ever. What was corrected stands as it was first, and the
correction beside it; and beside each thing stand the lines of the ledger that wrote its record, first of all that by
which it was made, which nothing changes. Supporters are letters: the same one within a chronology, another in the next,
and nowhere else than as a letter: who decided or typed something, and by which line, is told of staff alone. The key to
the letters is kept nowhere: it needs a court's order, and the scheme's own records.

A hold tells of nobody, and would open any number to whoever can read one: so the first number that is asked for under
it is bound to it, as a hash, and any other is looked for only once two people have asked for the same.

Of schemes with a closed policy there is what is in the open, and is of no person: requests of the prison that were not
met, with the member of staff who gave the code. Whose they were, and whether he asked at all, is in sealed envelopes
that two people open outside (rule 2). So this is the same for whoever never asked.
"""

import dataclasses
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.disclosure import View
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.days import zone_of
from domain.kernel.errors import Absent, Failure, Refused, Unacceptable
from domain.kernel.ids import ActorId, EnvelopeHoldId, JobId
from domain.oversight import jobs
from domain.oversight.record import Job, JobKind, JobState
from domain.packs.happened import MEMBERS, TOLD, Happened, event, instant, within
from domain.packs.lines import by_staff, versions
from domain.people.acts import checked_identifier, known_by
from domain.sessions.conduct import Conduct
from domain.sessions.holding import EnvelopeHold

ASKS: Final = frozenset({Role.OMBUDSMAN_CORONER})
"""Whose it is. Board and governor read the refusals of their prison, with the same marks, in their own list."""
_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
UnderHold = Callable[[UUID, str], Sequence[str]]
"""What stands for a number under a hold: a keyed hash by each version of the key, the newest first."""


async def start(begin: Begin, under_hold: UnderHold, *, hold: UUID | None, identifier: str | None) -> View[Job]:
    """Have it made: of whoever has this number, after the death for which this hold is. Whether anything is known of
    him decides nothing here, nor does which number was asked for before: that is seen to when the clock moves it on
    (`move_on`). Of another number than the first that was asked for under this hold the job waits until somebody else
    asks for the same, and then both are done. Raises `Absent`: no such hold in reach."""
    async with begin.serially(Verb.START_JOB) as act:
        if act.viewer.role not in ASKS:
            raise Unacceptable([Failure("JOB_OF_CORONER", "/kind")])
        missing = [Failure("MISSING", f"/{n}") for n, v in (("hold", hold), ("identifier", identifier)) if v is None]
        if missing or hold is None or identifier is None:
            raise Unacceptable(missing)
        of = await act.known_one(EnvelopeHold, hold)
        if of is None or not _in_reach(act, of):
            raise Absent
        number = checked_identifier(of.jurisdiction, identifier)
        who = await known_by(act, of.jurisdiction, number)
        hashes = under_hold(of.id, number)
        job = Job(
            id=JobId(act.new_id()),
            author=ActorId(act.viewer.actor),
            jurisdiction=of.jurisdiction,
            prison=of.prison,
            kind=JobKind.CHRONOLOGY,
            hold=EnvelopeHoldId(of.id),
            person=None if who is None else who.id,
            about=await _as_before(act, of, hashes),
            state=JobState.FOR_A_SECOND,
            made_at=act.now,
        )
        act.keep(job)
        return act.disclose(job)


async def _as_before(act: Act, of: EnvelopeHold, hashes: Sequence[str]) -> str:
    """The hash of the number that stands already, by whichever version of our key it was made, or else the newest."""
    asked = await looking.all_known(act, Job, {"kind": JobKind.CHRONOLOGY, "hold": of.id})
    there = {*of.about, *(each.about for each in asked)}
    return next((each for each in hashes if each in there), hashes[0])


async def move_on(begin: Begin) -> int:
    """The clock lets those be made whose number is bound to their hold; each is bound to the first that was asked for,
    and to any for which two people ask. It is no answer to whoever asks, for what he is told then is the same for
    every number. How many move on."""
    async with begin.serially(Verb.TICK) as act:
        state = {"kind": JobKind.CHRONOLOGY, "state": JobState.FOR_A_SECOND}
        waiting = sorted(await looking.all_known(act, Job, state), key=lambda each: (each.made_at, each.id))
        done = 0
        for id in dict.fromkeys(each.hold for each in waiting if each.hold is not None):
            of = await act.known_one(EnvelopeHold, id)
            if of is not None:
                done += _moved_on(act, of, [each for each in waiting if each.hold == id])
        return done


def _moved_on(act: Act, of: EnvelopeHold, waiting: Sequence[Job]) -> int:
    bound = list(of.about or (str(waiting[0].about),))
    for each in waiting:
        others = {other.author for other in waiting if other.about == each.about}
        if len(others) > 1 and each.about not in bound:
            bound.append(str(each.about))
    if tuple(bound) != of.about:
        act.keep_beside(dataclasses.replace(of, about=tuple(bound)), was=of)
    going = [each for each in waiting if each.about in bound]
    for each in going:
        act.keep_beside(dataclasses.replace(each, state=JobState.WAITING), was=each)
    return len(going)


def _in_reach(act: Act, of: EnvelopeHold) -> bool:
    walls, prisons = act.viewer.fact("jurisdictions"), act.viewer.fact("prisons")
    return walls is not None and of.jurisdiction in walls and (prisons is None or of.prison in prisons)


@dataclass(slots=True)
class Letters:
    """Supporters as letters: in the order of a hash with the chronology's own seed, so that nothing of a letter is the
    same in another."""

    seed: bytes
    met: set[UUID] = field(default_factory=set[UUID])

    def told(self) -> dict[str, str]:
        """By id: `Supporter A`, and after Z AA."""
        order = sorted(self.met, key=lambda id: hashlib.sha256(self.seed + id.bytes).digest())
        return {str(id): f"Supporter {_letters(place)}" for place, id in enumerate(order)}


def _letters(place: int) -> str:
    more, at = divmod(place, len(_ALPHABET))
    return (_letters(more - 1) if more else "") + _ALPHABET[at]


async def gathered(begin: Begin, job: Job) -> dict[str, Any]:
    """All of it, in order. Each record that is told of is a sight in the worker's line."""
    async with begin(Verb.TICK) as act:
        hold = None if job.hold is None else await act.known_one(EnvelopeHold, job.hold)
        if hold is None:
            raise Absent
        person, others = await _of_person(act, job, hold), await _of_prison(act, hold)
        act.saw(EnvelopeHold, [hold], ("first_day", "last_day", "recorded_at", "recorded_by"))
        others.append(event(Happened.DEATH_RECORDED, hold, hold.recorded_at, hold.recorded_at, by=hold.recorded_by))
        events = await versions(act, hold, person, others)
        letters = Letters(act.new_id().bytes, {id for each in events for id in each["supporters"]})
        names = letters.told()
        for each in events:
            each["supporters"] = sorted(names[str(id)] for id in each["supporters"])
            each["sha256"] = hashlib.sha256(json.dumps(each, sort_keys=True).encode()).hexdigest()
        events.sort(key=lambda each: (each["at"], each["what"], each["sha256"]))
        await jobs.nearly(act, job)
        whole = hashlib.sha256("".join(each["sha256"] for each in events).encode()).hexdigest()
        return {
            "firstDay": f"{hold.first_day}",
            "lastDay": f"{hold.last_day}",
            "recordedAt": instant(hold.recorded_at),
            "events": events,
            "sha256": whole,
        }


async def _of_person(act: Act, job: Job, hold: EnvelopeHold) -> list[dict[str, Any]]:
    if job.person is None:
        return []
    his = {"person": job.person, "prison": hold.prison}
    found = list[dict[str, Any]]()
    for kind, told in TOLD.items():
        there = [each for each in await looking.all_known(act, kind, his) if not each.closed]
        events = [(each, [e for e in told(each) if within(hold, e)]) for each in there]
        shown = [each for each, of in events if of]
        act.saw(kind, shown, tuple(name for name in kind.shape.fields if name in MEMBERS))
        found += [one for _, of in events for one in of]
    return await by_staff(act, found)


async def _of_prison(act: Act, hold: EnvelopeHold) -> list[dict[str, Any]]:
    rows = [
        each
        for each in await looking.all_known(act, Conduct, {"prison": hold.prison})
        if hold.keeps(each.at.astimezone(zone_of(hold.jurisdiction)).date())
    ]
    act.saw(Conduct, rows, ("wing", "at", "ended", "code", "late", "after_hold", "coded_by", "review", "verdict"))
    return [
        event(
            Happened.LISTENER_REQUEST_NOT_MET,
            each,
            each.at,
            by=each.coded_by,
            late=each.late,
            after=each.after_hold,
            wing=each.wing,
            ended=each.ended,
            code=each.code,
            review=each.review,
            verdict=each.verdict,
        )
        for each in rows
    ]


@dataclass(frozen=True, slots=True)
class Chronology:
    """A chronology, as it was made: its job, its prison, and all that it tells."""

    job: UUID
    prison: str
    told: dict[str, Any]


async def read(begin: Begin, id: UUID) -> Chronology:
    """One's own chronology, of a hold that is still in one's reach; the reading is a line of the ledger. Raises
    `NotNow`: the job is of another kind, not done, or its time has passed; `Refused`: it is not this role's."""
    async with begin(Verb.READ_JOB) as act:
        act.mark_closed()
        job = await jobs.fetched(act, id)
        if act.viewer.role not in ASKS:
            raise Refused
        told = jobs.file_of(act, job, JobKind.CHRONOLOGY, "NO_CHRONOLOGY", "FILE_GONE")
        hold = None if job.hold is None else await act.known_one(EnvelopeHold, job.hold)
        if hold is None or not _in_reach(act, hold):
            raise Absent
        act.disclose(job)
        return Chronology(job.id, hold.prison, told)
