"""Evidence for inspectors and monitors, of one prison, or one scheme of it, and a quarter that is over (domain facts,
need 27; rule 19).

What is in it: every refusal and claim as a row, without whoever gave the code; figures that were let out, of requests,
complaints and supervision; how the rota covered each wing by day and night; how people heard of the scheme; and a
sample of the looks at records, drawn by a seed that stands in the pack, so that anybody may draw it again. No content,
and nobody in custody.

The job works out what needs no clearance, and draws the sample. Rows are read when the pack is, by whoever reads it,
under his own grants as they are then: a role that ended reads nothing of them.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.disclosure import View
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.feedback.codes import following, quarter_of
from domain.feedback.counts import CLOSES
from domain.kernel.counts import each_one
from domain.kernel.days import local_day, months_after, zone_of
from domain.kernel.errors import Absent, Failure, Unacceptable
from domain.kernel.ids import ActorId, JobId
from domain.kernel.words import JURISDICTIONS
from domain.metrics.series import ALL
from domain.oversight.control import Lay, let_out, sums_in
from domain.oversight.record import Job, JobKind, LedgerLine
from domain.packs.covering import DAY, NIGHT, CoverKept
from domain.ports import Query
from domain.schemes.acts import scheme_here
from domain.schemes.record import Scheme
from domain.schemes.registers.publicity import Publicity, SpotCheck

READERS: Final = frozenset({Role.MONITORING_BOARD, Role.INSPECTORATE})
"""Who may have it made."""
SAMPLE: Final = 25
"""So many looks are drawn, or as many as there were."""
_LOOKS: Final = ("READ_", "LOOK")


class PackNumber(StrEnum):
    """What is to be said of a number."""

    TOLD = "TOLD"
    TOO_FEW = "TOO_FEW"
    """It is small, or another could be reckoned out of it."""
    NO_RECORDS = "NO_RECORDS"
    """Nothing was recorded: that is neither nought nor a hundred per cent."""
    NOT_CLOSED = "NOT_CLOSED"
    """A month of the quarter was not closed, or its figures were not let out, yet."""


class PackWord(StrEnum):
    """Words of several parts, as they stand in a pack."""

    ALL_DAY = "ALL_DAY"
    SPOT_CHECKS = "SPOT_CHECKS"
    DID_NOT_KNOW = "DID_NOT_KNOW"


async def start(begin: Begin, *, prison: str | None, scheme: UUID | None, quarter: date | None) -> View[Job]:
    """Have it made of the quarter in which a day lies (None: of the last that is told), for a prison or one scheme.
    Raises `Unacceptable`: both or neither were named, the quarter is not over, or the role is not one of those."""
    async with begin(Verb.START_JOB) as act:
        if act.viewer.role not in READERS:
            raise Unacceptable([Failure("JOB_OF_INSPECTORS", "/kind")])
        if (prison is None) is (scheme is None):
            raise Unacceptable([Failure("PRISON_OR_SCHEME", "/prison")])
        of = None if scheme is None else await scheme_here(act, scheme)
        where = prison if of is None else of.prison
        if where is None or not _in_reach(act, where):
            raise Absent
        jurisdiction = _jurisdiction(act) if of is None else of.jurisdiction
        today = act.now.astimezone(zone_of(jurisdiction)).date()
        last = months_after(quarter_of(today - CLOSES), -3)
        asked = last if quarter is None else quarter_of(quarter)
        if asked > last:
            raise Unacceptable([Failure("QUARTER_NOT_TOLD", "/quarter")])
        job = Job(
            id=JobId(act.new_id()),
            author=ActorId(act.viewer.actor),
            jurisdiction=jurisdiction,
            prison=where,
            kind=JobKind.EVIDENCE,
            scheme=None if of is None else of.id,
            quarter=asked,
            made_at=act.now,
        )
        act.keep(job)
        return act.disclose(job)


def _in_reach(act: Act, prison: str) -> bool:
    prisons = act.viewer.fact("prisons")
    return prisons is None or prison in prisons


def _jurisdiction(act: Act) -> str:
    walls = sorted(map(str, act.viewer.fact("jurisdictions") or ()))
    if len(walls) != 1 or walls[0] not in JURISDICTIONS:
        raise Absent
    return walls[0]


# --- what the job works out -------------------------------------------------------------------------------------------


async def gathered(begin: Begin, job: Job) -> dict[str, Any]:
    """Cover, publicity, and which looks were drawn. Nobody is in it; every count has passed disclosure control."""
    async with begin(Verb.TICK) as act:
        first = job.quarter or quarter_of(local_day(job, job.made_at))
        last = following(first) - timedelta(days=1)
        where = {"jurisdiction": job.jurisdiction, "prison": job.prison}
        schemes = await looking.all_known(act, Scheme, where)
        of = [each for each in schemes if job.scheme in (None, each.id)]
        cover = await _cover(act, job, of, first)
        sample = await _drawn(act, job, first)
        return {"numbers": [*cover, *await _publicity(act, of, first, last)], "sampled": sample}


_PARTS: Final[Mapping[str, tuple[str, ...]]] = {"ALL_DAY": (DAY, NIGHT)}
_COVERED: Final[Mapping[str, tuple[str, ...]]] = {"NEEDED": ("COVERED", "SHORT")}


async def _cover(act: Act, job: Job, schemes: Sequence[Scheme], first: date) -> list[dict[str, Any]]:
    """Of bands that needed somebody: in how many everybody was on the rota as published, by wing and by day or night,
    as it was kept when each month was closed. Where nothing was said to be needed there is no record."""
    months = {months_after(first, n) for n in range(3)}
    where = {"jurisdiction": job.jurisdiction, "prison": job.prison}
    kept = [each for each in await looking.all_known(act, CoverKept, where) if each.month in months]
    if {each.month for each in kept} != months:
        return [_not_closed(of) for of in schemes]
    found: list[dict[str, Any]] = []
    for of in schemes:
        counts = Counter[Lay]()
        for each in kept:
            for (wing, part), (needed, filled) in each.numbers().items() if each.scheme == of.id else ():
                counts[wing, part, "COVERED"] += filled
                counts[wing, part, "SHORT"] += needed - filled
        wings = sorted({str(wing) for wing, _, _ in counts}) or [ALL]
        parts, words = (DAY, NIGHT), ("COVERED", "SHORT")
        cells: dict[Lay, int] = {
            (wing, part, word): sum(
                counts[wing, p, w] for p in _PARTS.get(part, (part,)) for w in _COVERED.get(word, (word,))
            )
            for wing in wings
            for part in (*parts, *_PARTS)
            for word in (*words, *_COVERED)
        }
        told = let_out({lie: each_one(n) for lie, n in cells.items()}, sums_in(cells, ({}, _PARTS, _COVERED)))
        for (wing, part, word), n in told.items():
            silent = cells[wing, part, "NEEDED"] == 0
            on = None if wing == ALL else wing
            found.append(_number("COVER", word, n, of=of, wing=on, part=part, silent=silent))
    return found


def _not_closed(of: Scheme) -> dict[str, Any]:
    row = _number("COVER", "NEEDED", None, of=of, part=PackWord.ALL_DAY.value)
    return {**row, "state": PackNumber.NOT_CLOSED.value}


async def _publicity(act: Act, schemes: Sequence[Scheme], first: date, last: date) -> list[dict[str, Any]]:
    """How many things told people of each scheme, and of those who were asked how many knew how to ask."""
    found: list[dict[str, Any]] = []
    for of in schemes:
        shown = [
            each
            for each in await looking.all_known(act, Publicity, {"scheme": of.id})
            if each.shown_from <= last and (each.shown_until or last) >= first
        ]
        checks = [
            each
            for each in await looking.all_known(act, SpotCheck, {"scheme": of.id})
            if first <= each.asked_on <= last
        ]
        asked, knew = sum(each.asked for each in checks), sum(each.knew for each in checks)
        cells: dict[Lay, int] = {("ASKED",): asked, ("KNEW",): knew, (PackWord.DID_NOT_KNOW,): asked - knew}
        sums = sums_in(cells, ({"ASKED": ("KNEW", PackWord.DID_NOT_KNOW)},), alike=True)
        told = let_out({lie: each_one(n) for lie, n in cells.items()}, sums)
        found += [
            _number(PackWord.SPOT_CHECKS.value, str(word), n, of=of, silent=asked == 0) for (word,), n in told.items()
        ]
        items = let_out({"SHOWN": each_one(len(shown))}, [])
        found.append(_number("PUBLICITY", "SHOWN", items["SHOWN"], of=of, silent=not shown))
    return found


def _number(
    section: str,
    word: Any,
    told: int | None,
    *,
    of: Scheme,
    wing: Any = None,
    part: Any = None,
    silent: bool = False,
) -> dict[str, Any]:
    state = PackNumber.NO_RECORDS if silent else PackNumber.TOO_FEW if told is None else PackNumber.TOLD
    return {
        "section": section,
        "scheme": str(of.id),
        "wing": wing,
        "part": part,
        "word": word,
        "told": None if silent else told,
        "state": state.value,
    }


async def _drawn(act: Act, job: Job, first: date) -> list[str]:
    """Looks of staff and partners at records of the prison in the quarter: those whose hash with the seed is least. Of
    whoever is in custody no line is drawn: most name nobody."""
    since, until = span(job.jurisdiction, first)
    query = Query(order="at", after=(since, UUID(int=0)), equal={"prison": job.prison}, limit=looking.PAGE)
    found: list[UUID] = []
    while page := await act.known(LedgerLine, query):
        found += [
            line.id
            for line in page
            if since <= line.at < until and line.actor is not None and line.act.startswith(_LOOKS)
        ]
        if page[-1].at >= until:
            break
        query = Query(order="at", after=(page[-1].at, page[-1].id), equal=query.equal, limit=looking.PAGE)
    return [str(id) for id in drawn(job.id, found)]


def drawn(seed: UUID, among: Sequence[UUID]) -> list[UUID]:
    """The sample: SHA-256 of the seed's and the line's 16 bytes, the least first."""
    return sorted(among, key=lambda id: hashlib.sha256(seed.bytes + id.bytes).digest())[:SAMPLE]


def span(jurisdiction: str, quarter: date) -> tuple[datetime, datetime]:
    """From when until when the quarter is, by the clocks of the jurisdiction."""
    zone = zone_of(jurisdiction)
    begins, ends = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (quarter, following(quarter)))
    return begins, ends
