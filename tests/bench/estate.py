"""The made-up data: twenty prisons, their coordinators, and the supporters, requests and ledger lines of years.

Everything but ciphertext and today's dates follows from the size alone, so that whoever checks answers in another
process knows what is right without asking. Rows are made by the service's own mapping, so a new field is in them; they
are copied in with one entry of the ledger, so the fences hold here too.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cache
from random import Random
from typing import Any, Final
from uuid import UUID

from api.wire import camel
from domain.confidentiality.disclosure import NEVER
from domain.confidentiality.entry import Entry, Family, Outcome, Sight
from domain.confidentiality.principal import PrincipalKind
from domain.confidentiality.record import Record
from domain.confidentiality.roles import Role
from domain.kernel.ids import ActorId, AssignmentId, CharterId, EntryId, PersonId, RequestId, SchemeId, SupporterId
from domain.oversight.record import Actor, Assignment
from domain.schemes.charter import Charter, CharterState
from domain.schemes.kinds import INSIDERS, LISTENERS, SHANNON_TRUST
from domain.schemes.record import Scheme, SchemeState
from domain.sessions.codes import Band, Channel, Need, Urgency
from domain.sessions.request import Request, RequestState
from domain.supporters.record import Motivation, Standing, Supporter, Verdict
from persistence import driver, migrate
from persistence.cipher import Cipher
from persistence.keys import Keys
from persistence.ledger.line import columns_of
from persistence.mapping import MAPPED
from persistence.tables import LEDGER
from tests.bench.issuer import ISSUER
from tests.bench.written import written

PRISONS: Final = tuple(f"BX{letter}" for letter in "ABCDEFGHIJKLMNOPQRST")
KEYS: Final = "1:YmVuY2hiZW5jaGJlbmNoYmVuY2hiZW5jaGJlbmNoISE="
"""The made-up key of a made-up estate."""
CROWDED: Final = "BXU"
"""One prison more: one scheme, and four hundred supporters whatever the size."""
CROWD: Final = 400
CALLED: Final = tuple(f"BY{letter}" for letter in "ABCDEFGHIJKLMNOPQRST")
"""Twenty more, with a rota of Listeners each and officers who pass calls on (`night`)."""
WAITING: Final = "BXV"
"""And one in which two hundred calls are open."""
_FIRST: Final = ("Sam", "Ali", "Jo", "Max", "Kit", "Ray", "Lee", "Dev")
_LAST: Final = ("Made-Up", "Nobody", "Example", "Placeholder", "Quillfeather")
KINDS: Final = {kind.code: kind for kind in (LISTENERS, INSIDERS, SHANNON_TRUST)}
_SUPPORT: Final = {kind.code: Need(kind.support_types[0]) for kind in KINDS.values()}
_APPLIED: Final = date(2026, 1, 5)
_FAR: Final = date(2099, 1, 5)


_SAFER: Final = "safer"
_OFFICER: Final = "officer"


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything; callers a prison, and officers of each where calls are passed on. None asks so much that
    he would meet his rate: of offers it is eleven an hour."""

    supporters: int = 30_000
    requests: int = 30_000
    lines: int = 30_000
    callers: int = 20
    officers: int = 60


SMALL: Final = Size(supporters=2_000, requests=2_000, lines=2_000, callers=5, officers=1)
"""For the gate, where only the CPU of one process counts."""


@cache
def uid(what: str) -> UUID:
    """The id of whatever the estate calls by that name: as random to look at as ids of ours are."""
    return UUID(int=Random(what).getrandbits(128), version=4)


@cache
def callers(size: Size) -> dict[str, str]:
    """Every caller's subject, with his prison."""
    coordinators = {f"coordinator-{prison}-{n}": prison for prison in PRISONS for n in range(size.callers)}
    officers = {f"{_OFFICER}-{prison}-{n}": prison for prison in CALLED for n in range(size.officers)}
    officers |= {f"{_OFFICER}-{WAITING}-{n}": WAITING for n in range(size.callers)}
    return coordinators | {f"{_SAFER}-{CROWDED}-{n}": CROWDED for n in range(size.callers)} | officers


def prison_of(subject: str) -> str:
    """The prison of a caller."""
    return subject.split("-")[1]


def scheme_of(prison: str, kind: str) -> SchemeId:
    """A prison's scheme of a kind."""
    return SchemeId(uid(f"scheme {prison} {kind}"))


def supporter(number: int) -> Supporter:
    """One supporter, by his number."""
    prison, kinds = PRISONS[number % len(PRISONS)], list(KINDS)
    kind = KINDS[kinds[number // len(PRISONS) % len(kinds)]]
    active = number % 7 != 0
    applied = _APPLIED + timedelta(days=number % 300)
    return Supporter(
        id=SupporterId(uid(f"supporter {number}")),
        version=1,
        scheme=scheme_of(prison, kind.code),
        kind=kind.code,
        jurisdiction="EW",
        prison=prison,
        organisation=kind.partner,
        person=PersonId(uid(f"person {number}")),
        name=f"{_FIRST[number % len(_FIRST)]} {_LAST[number % len(_LAST)]} {chr(65 + number % 26)}",
        wing=f"{prison}-{'ABCD'[number % 4]}",
        languages=("en", "cy") if number % 9 == 0 else ("en",),
        standing=Standing.ACTIVE if active else Standing.IN_TRAINING,
        applied_on=applied,
        motivation=Motivation.GIVE_BACK,
        prison_verdict=Verdict.YES,
        partner_verdict=Verdict.YES,
        modules_passed=kind.modules if active else kind.modules[:1],
        observed_contacts=kind.observed_contacts if active else 0,
        compact_signed_on=applied + timedelta(days=20) if active else None,
        certificate=f"{kind.partner[:3]}-2026-{number:05}" if active else None,
        certified_on=applied + timedelta(days=40) if active else None,
        certificate_expires_on=applied + timedelta(days=1135) if active else None,
        probation_from=applied + timedelta(days=21) if active else None,
        active_from=applied + timedelta(days=60) if active else None,
    )


def crowd() -> list[Supporter]:
    """Four hundred of one scheme. One in seven is in training, one in eleven at court today and one in thirteen has no
    certificate that holds."""
    return [_crowded(number) for number in range(CROWD)]


def _crowded(number: int) -> Supporter:
    one = supporter(number)
    active = one.standing is Standing.ACTIVE
    return replace(
        one,
        id=SupporterId(uid(f"crowd {number}")),
        scheme=scheme_of(CROWDED, LISTENERS.code),
        kind=LISTENERS.code,
        prison=CROWDED,
        organisation=LISTENERS.partner,
        wing=f"{CROWDED}-A",
        away=("2026-01-05/..",) if number % 11 == 0 else (),
        certificate_expires_on=(_APPLIED if number % 13 == 0 else _FAR) if active else None,
    )


def eligible() -> list[dict[str, Any]]:
    """Those of them who could be asked now, as they are shown: worked out by their numbers."""
    able = (n for n in range(CROWD) if n % 7 and n % 11 and n % 13)
    chosen = sorted((_crowded(n) for n in able), key=lambda s: s.id.bytes)
    shown = {"available": True, "trained": True, "certification": "VALID", "notAvailableFor": []}
    return [{"supporter": str(s.id), "name": s.name, "wing": s.wing, **shown} for s in chosen]


@cache
def charter(prison: str, code: str) -> Charter:
    """The plan of a prison's scheme of a kind, being written: every section is answered, none at length."""
    kind = KINDS[code]
    return Charter(
        **written(Charter, uid, _APPLIED)
        | {
            "id": CharterId(uid(f"charter {prison} {code}")),
            "version": 1,
            "scheme": scheme_of(prison, code),
            "kind": code,
            "jurisdiction": "EW",
            "prison": prison,
            "organisation": kind.partner,
            "number": 1,
            "state": CharterState.DRAFT,
        }
    )


def first_of(prison: str, size: Size, many: int) -> list[Supporter]:
    """A prison's first supporters in the order of their ids, as a list shows them."""
    numbers = range(PRISONS.index(prison), size.supporters, len(PRISONS))
    chosen = sorted(numbers, key=lambda n: uid(f"supporter {n}").bytes)[:many]
    return [supporter(n) for n in chosen]


def shown(record: Record) -> dict[str, Any]:
    """A record as the wire shows it to one who sees all of it: every field but what is never shown."""
    names = [name for name in record.shape.fields if name not in NEVER]
    derived = {camel(name): _plain(getattr(record, name)(None)) for name in record.shape.derived}
    return {camel(name): _plain(getattr(record, name)) for name in names} | derived | {"withheld": []}


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case tuple():
            return [_plain(one) for one in value]
        case _:
            return value


def fill(owner_url: str, size: Size) -> None:
    """Make the tables, and fill them."""
    asyncio.run(_fill(owner_url, size, datetime.now(UTC)))


async def _fill(owner_url: str, size: Size, now: datetime) -> None:
    await migrate.upgrade(owner_url)
    cipher = Cipher(Keys.parse(KEYS))
    connection = await driver.connect(owner_url, timeout=5)
    try:
        async with connection.transaction():
            await _copy(connection, LEDGER.name, [_line(now, size, n) for n in range(size.lines)])
            for records in _records(size, now):
                rows = [MAPPED[r.shape.kind].row(r, cipher, 1) for r in records]
                await _copy(connection, MAPPED[records[0].shape.kind].name, rows)
        # As a database is that has been in use: visible to index-only scans, and known to the planner.
        await connection.execute("vacuum (analyze)")
        await connection.execute("checkpoint")
    finally:
        await connection.close()


async def _copy(connection: Any, table: str, rows: Sequence[dict[str, Any]]) -> None:
    columns = list(rows[0])
    await connection.copy_records_to_table(table, records=[tuple(row.values()) for row in rows], columns=columns)


def _records(size: Size, now: datetime) -> Iterator[Sequence[Record]]:
    from tests.bench import night

    alone = (_scheme(prison, LISTENERS.code) for prison in (CROWDED, WAITING, *CALLED))
    yield [*(_scheme(prison, kind) for prison in PRISONS for kind in KINDS), *alone]
    yield [charter(prison, kind) for prison in PRISONS for kind in KINDS]
    yield [actor(subject) for subject in callers(size)]
    yield [assignment(subject, prison, now) for subject, prison in callers(size).items()]
    yield [*(supporter(n) for n in range(size.supporters)), *crowd()]
    yield [_request(n, now) for n in range(size.requests)]
    yield from night.records(now)


def _scheme(prison: str, code: str) -> Scheme:
    kind, id = KINDS[code], scheme_of(prison, code)
    return Scheme(
        id=id,
        kind=code,
        name=kind.title,
        jurisdiction="EW",
        prison=prison,
        organisation=kind.partner,
        scheme=id,
        closed=kind.policy.closed,
        state=SchemeState.LIVE,
        open=True,
        support_types=kind.support_types,
        stage_of_sentence=kind.stage_of_sentence,
        purpose=kind.purpose,
        supporters_wanted=12,
        opened_on=_APPLIED,
        live_from=_APPLIED,
    )


def actor(subject: str) -> Actor:
    return Actor(id=ActorId(uid(f"actor {subject}")), issuer=ISSUER, subject=subject, kind=PrincipalKind.STAFF)


def assignment(subject: str, prison: str, now: datetime) -> Assignment:
    """A coordinator of every scheme of a prison, safer custody, or who runs it tonight: confirmed by two, and at work
    today."""
    roles = {_SAFER: Role.SAFER_CUSTODY, _OFFICER: Role.ORDERLY_OFFICER}
    return Assignment(
        id=AssignmentId(uid(f"assignment {subject}")),
        holder=ActorId(uid(f"actor {subject}")),
        issuer=ISSUER,
        subject=subject,
        principal_kind=PrincipalKind.STAFF,
        role=roles.get(subject.partition("-")[0], Role.COORDINATOR),
        jurisdiction="EW",
        prison=prison,
        organisation="HMPPS",
        starts_on=now.date() - timedelta(days=30),
        ends_on=now.date() + timedelta(days=300),
        proposed_by=ActorId(uid("actor first")),
        proposer_organisation="HMPPS",
        confirmed_by=ActorId(uid("actor second")),
        needs_second=True,
        last_used_on=now.date(),
    )


def _request(number: int, now: datetime) -> Request:
    """A request that is over, and emptied of who it was."""
    prison, kinds = PRISONS[number % len(PRISONS)], list(KINDS)
    kind = KINDS[kinds[number // len(PRISONS) % len(kinds)]]
    asked = now - timedelta(days=1, minutes=number)
    return Request(
        id=RequestId(uid(f"request {number}")),
        scheme=scheme_of(prison, kind.code),
        jurisdiction="EW",
        prison=prison,
        organisation=kind.partner,
        closed=kind.policy.closed,
        wing=f"{prison}-{'ABCD'[number % 4]}",
        channel=Channel.CELL_BELL,
        need=_SUPPORT[kind.code],
        urgency=Urgency.TODAY,
        band=Band.PM,
        readable_until=asked + timedelta(hours=5),
        state=RequestState.COMPLETED,
        asked_at=asked,
        recorded_at=asked,
        ended_at=asked + timedelta(hours=1),
    )


def _line(now: datetime, size: Size, number: int) -> dict[str, Any]:
    """A line of somebody who once read a supporter's record."""
    subjects = list(callers(size).items())
    subject, prison = subjects[number % len(subjects)]
    return columns_of(
        Entry(
            id=EntryId(uid(f"line {number}")),
            at=now - timedelta(minutes=number),
            actor=ActorId(uid(f"actor {subject}")),
            client="bench",
            role=Role.COORDINATOR,
            assignment=AssignmentId(uid(f"assignment {subject}")),
            purpose="RECRUITMENT",
            verb="READ_SUPPORTER",
            family=Family.LOOK,
            rule="coordinator.recruitment.own-scheme",
            outcome=Outcome.DONE,
            code=None,
            prison=prison,
            jurisdiction="EW",
            closed=False,
            sights=(_SIGHT,),
        )
    )


_SIGHT: Final = Sight(
    "supporter", "coordinator.recruitment.own-scheme", (uid("supporter 0"),), 1, ("kind", "name", "standing")
)
