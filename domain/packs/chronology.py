"""A chronology for the coroner or the ombudsman, of one person after a recorded death (rule 16; domain facts, need 28).

What schemes with an open policy hold of him in the days that the hold is about, each thing in its order of time, with
when it was recorded, and LATE and AFTER_HOLD as they stand for ever. What was corrected stands as it was first, and the
correction beside it. Supporters are letters: the same one within a chronology, another in the next. The key to the
letters is kept nowhere: it needs a court's order, and the scheme's own records.

Of schemes with a closed policy there is what is in the open, and is of no person: requests of the prison that were not
met, with the member of staff who gave the code. Whose they were, and whether he asked at all, is in sealed envelopes
that two people open outside (rule 2). So this is the same for whoever never asked.
"""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.disclosure import View
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.days import zone_of
from domain.kernel.errors import Absent, Failure, NotNow, Unacceptable
from domain.kernel.ids import ActorId, EnvelopeHoldId, JobId
from domain.oversight import jobs
from domain.oversight.record import Job, JobKind, JobState
from domain.packs.happened import MEMBERS, TOLD, Happened, event, instant, within
from domain.people.acts import checked_identifier, known_by
from domain.sessions.conduct import Conduct
from domain.sessions.holding import EnvelopeHold

ASKS: Final = frozenset({Role.OMBUDSMAN_CORONER})
"""Whose it is. Board and governor read the refusals of their prison, with the same marks, in their own list."""
_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


async def start(begin: Begin, *, hold: UUID | None, identifier: str | None) -> View[Job]:
    """Have it made: of whoever has this number, after the death for which this hold is. Whether anything is known of
    him decides nothing here. Raises `Absent`: no such hold in reach."""
    async with begin(Verb.START_JOB) as act:
        if act.viewer.role not in ASKS:
            raise Unacceptable([Failure("JOB_OF_CORONER", "/kind")])
        missing = [Failure("MISSING", f"/{n}") for n, v in (("hold", hold), ("identifier", identifier)) if v is None]
        if missing or hold is None or identifier is None:
            raise Unacceptable(missing)
        of = await act.known_one(EnvelopeHold, hold)
        if of is None or not _in_reach(act, of):
            raise Absent
        who = await known_by(act, of.jurisdiction, checked_identifier(of.jurisdiction, identifier))
        job = Job(
            id=JobId(act.new_id()),
            author=ActorId(act.viewer.actor),
            jurisdiction=of.jurisdiction,
            prison=of.prison,
            kind=JobKind.CHRONOLOGY,
            hold=EnvelopeHoldId(of.id),
            person=None if who is None else who.id,
            made_at=act.now,
        )
        act.keep(job)
        return act.disclose(job)


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
        events = [*await _of_person(act, job, hold), *await _of_prison(act, hold)]
        act.saw(EnvelopeHold, [hold], ("first_day", "last_day", "recorded_at", "recorded_by"))
        events.append(event(Happened.DEATH_RECORDED, hold, hold.recorded_at, hold.recorded_at, by=hold.recorded_by))
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
    return found


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


async def read(begin: Begin, id: UUID) -> Job:
    """One's own chronology; the reading is a line of the ledger. Raises `NotNow`: the job is of another kind, or not
    done."""
    async with begin(Verb.READ_JOB) as act:
        act.mark_closed()
        job = await act.fetch(Job, id)
        if job.kind is not JobKind.CHRONOLOGY or job.state is not JobState.DONE or job.result is None:
            raise NotNow(["NO_CHRONOLOGY"])
        act.disclose(job)
        return job
