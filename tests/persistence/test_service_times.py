"""That no two times of a scheme overlap is said twice: to people, field by field, and to PostgreSQL; and alike."""

import random
from datetime import date, timedelta
from uuid import uuid4

import asyncpg

from domain.schemes.registers.hours import WEEK
from domain.schemes.registers.times import ServiceTime
from tests.persistence import samples
from tests.servers import Urls

_ADD = (
    "insert into service_time (id, version, scheme, jurisdiction, prison, organisation, weekday, band, starts, ends,"
    " valid_from, valid_until) values ($1, 1, $2, 'EW', $3, 'PRISON', $4, 'NIGHT', $5, $6, $7, $8)"
)
_PAIRS = 600


def _drawn(draw: random.Random, prison: str) -> ServiceTime:
    """Near the turn of a week, of minutes or of a day; for days, for weeks, or for ever."""
    starts, ends = (f"{draw.choice((0, 1, 6, 12, 22, 23)):02}:{draw.choice((0, 30, 59)):02}" for _ in range(2))
    first = date(2025, 3, 1) + timedelta(days=draw.randrange(12))
    last = None if draw.random() < 0.3 else first + timedelta(days=draw.randrange(16))
    given = {"valid_from": first, "valid_until": last}
    return samples.service_time(prison, draw.choice((WEEK[0], WEEK[1], WEEK[5], WEEK[6])), starts, ends, **given)


async def test_the_table_refuses_what_the_rules_call_an_overlap_and_nothing_else(ready: Urls) -> None:
    """Of pairs drawn about the turn of a week, each is refused where a minute of some week is in both, and kept where
    none is: nights into Monday, ends that meet, days on which neither is in force, and times that are never on."""
    draw, prison = random.Random(7), samples.new_prison()
    connection = await asyncpg.connect(ready.owner_url)
    said: set[tuple[bool, bool]] = set()
    try:
        await connection.execute("set session_replication_role = replica")
        for _ in range(_PAIRS):
            scheme, pair = uuid4(), [_drawn(draw, prison) for _ in range(2)]
            refused = False
            for one in pair:
                of = (one.id, scheme, prison, one.weekday, one.starts, one.ends, one.valid_from, one.valid_until)
                try:
                    await connection.execute(_ADD, *of)
                except asyncpg.ExclusionViolationError:
                    refused = True
            overlap = pair[0].hours().overlaps(pair[1].hours())
            assert refused is overlap, pair
            said.add((overlap, pair[0].weekday is pair[1].weekday))
    finally:
        await connection.execute("delete from service_time where prison = $1", prison)
        await connection.close()
    assert said == {(True, True), (True, False), (False, True), (False, False)}
