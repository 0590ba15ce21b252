"""The schema goes up, down and up again to the same thing, which is written down, on PostgreSQL 15 and 18."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy.schema import CreateIndex, CreateTable

from domain.care.roster import slot_of
from domain.kernel.bands import Band
from persistence import health, migrate
from persistence.tables import METADATA
from tests import servers
from tests.persistence import samples
from tests.persistence.conftest import copied, opened
from tests.persistence.plain_sql import LINE, OPEN_UP
from tests.persistence.samples import EVERYWHERE, entry, new
from tests.servers import Urls

HERE = Path(__file__).parent
LISTING = (HERE / "catalogue.sql").read_text()
WRITTEN = HERE / "catalogue.txt"


async def listed(url: str) -> list[str]:
    """The catalogue of a database, one line a thing."""
    connection = await asyncpg.connect(url)
    try:
        return [row["line"] for row in await connection.fetch(LISTING)]
    finally:
        await connection.close()


async def test_up_down_and_up_again_is_what_is_written_down(database: Urls) -> None:
    """Tables, columns, checks, exclusions, indexes, triggers, policies, grants and functions: `alembic check` sees only
    the first of these. On purpose changed? Write the listing anew with WRITE_CATALOGUE=1 and read what git shows."""
    empty = await listed(database.owner_url)
    await migrate.upgrade(database.owner_url)
    up = await listed(database.owner_url)
    assert await migrate.current(database.owner_url) == health.newest()
    await migrate.downgrade(database.owner_url)
    left = [line for line in await listed(database.owner_url) if "alembic_version" not in line]
    assert left == empty
    assert await migrate.current(database.owner_url) is None
    await migrate.upgrade(database.owner_url)
    assert await listed(database.owner_url) == up
    if os.environ.get("WRITE_CATALOGUE"):
        WRITTEN.write_text("\n".join(up) + "\n")
    assert up == WRITTEN.read_text().splitlines()


async def test_every_step_can_be_undone_by_itself(database: Urls) -> None:
    """One revision down and up again, from each, ends where it began."""
    await migrate.upgrade(database.owner_url)
    whole = await listed(database.owner_url)
    steps = [step.revision for step in ScriptDirectory.from_config(migrate.configuration()).walk_revisions()]
    for revision in steps:
        await migrate.downgrade(database.owner_url, f"{revision}-1" if revision != "0001" else "base")
    for _ in steps:
        await migrate.upgrade(database.owner_url, "+1")
    assert await listed(database.owner_url) == whole


async def test_the_declared_tables_are_the_migrated_ones(ready: Urls) -> None:
    """What SQLModel declares and what the migrations made are the same, checks, exclusions and indexes included."""
    declared = servers.create_database(ready.version)
    try:
        servers.run_sql(declared, "create type uuidrange as range (subtype = uuid)")
        async with migrate.connected(declared.owner_url) as connection:
            for table in METADATA.sorted_tables:
                await connection.execute(CreateTable(table))
                for index in table.indexes:
                    await connection.execute(CreateIndex(index))
            await connection.commit()
        sorts = ("column ", "constraint ", "index ")
        here, there = [
            [line for line in await listed(url) if line.startswith(sorts) and "alembic_version" not in line]
            for url in (declared.owner_url, ready.owner_url)
        ]
        assert here == there
    finally:
        servers.drop_database(declared)


@contextmanager
def plainly_owned(version: str) -> Iterator[tuple[Urls, str]]:
    """A database whose owner is a plain login, whom row security binds: and that login's address of it."""
    mine = servers.create_database(version)
    try:
        servers.run_sql(
            mine,
            "drop role if exists plain_owner",
            "create role plain_owner login",
            f"alter database {mine.database} owner to plain_owner",
            "alter schema public owner to plain_owner",
        )
        yield mine, mine.owner_url.replace("peer_support_owner@", "plain_owner@")
    finally:
        servers.drop_database(mine)


async def test_an_owner_who_is_no_superuser_can_migrate(database: Urls) -> None:
    """On a database of somebody else's keeping the tables' owner is a plain login."""
    with plainly_owned(database.version) as (_, url):
        await migrate.upgrade(url)
        assert await migrate.current(url) == health.newest()
        connection = await asyncpg.connect(url)
        try:
            # Forced: without a scope even the owner finds nothing, and adds nothing.
            assert await connection.fetchval("select count(*) from ledger") == 0
            with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
                await connection.execute(
                    "insert into duty values (gen_random_uuid(), 1, gen_random_uuid(), 'EW', 'MDI', '{A}', 'AM', now(),"
                    " now())"
                )
        finally:
            await connection.close()
        await migrate.downgrade(url)


async def test_what_stands_in_clear_is_refused_and_left_as_it_is(database: Urls) -> None:
    """A name that an older release kept in clear cannot be sealed without the keys: one line says so, to an owner whom
    row security binds too, and nothing is changed. Emptied, the database takes the step."""
    subject = "insert into {} values (gen_random_uuid(), 1, {})"
    rows = {
        "actor": subject.format("actor", "'issuer', 'jo', 'STAFF', null"),
        "assignment": subject.format(
            "assignment",
            "gen_random_uuid(), 'issuer', 'A0001AA', 'IN_CUSTODY', 'PEER_COORDINATOR', 'EW', 'MDI', null, 'PRISON',"
            " '{}', '2025-01-01', '2025-12-31', null, null, null, false, null, null",
        ),
    }
    with plainly_owned(database.version) as (mine, url):
        for table, row in rows.items():
            await migrate.upgrade(url, "0007")
            servers.run_sql(mine, "set session_replication_role = replica", row)
            before = await listed(url)
            with pytest.raises(migrate.Refused, match=f"the table {table} holds names in clear") as refused:
                await migrate.upgrade(url)
            assert "\n" not in str(refused.value)
            assert (await listed(url), await migrate.current(url)) == (before, "0007")
            assert servers.run_sql(mine, f"select count(*) from {table}").strip() == "1"
            await migrate.downgrade(url)
        await migrate.upgrade(url)
        assert await migrate.current(url) == health.newest()


async def test_schemes_of_before_say_what_their_kinds_said(database: Urls) -> None:
    """Whom an older scheme helps, and when, is filled in as its ready-made kind has it: by an owner whom row security
    binds, and without a line of somebody's doing."""
    row = (
        "insert into scheme (id, version, kind, name, jurisdiction, prison, organisation, scheme, closed, state,"
        " purpose, places, supporters_wanted) select id, 1, kind, kind, 'EW', 'MDI', 'PARTNER', id, false, 'LIVE',"
        " 'A purpose.', '{}', 1 from (select gen_random_uuid() as id, kind from"
        " unnest(array['LISTENERS', 'INSIDERS', 'SHANNON_TRUST']) as kind) as made"
    )
    with plainly_owned(database.version) as (mine, url):
        await migrate.upgrade(url, "0008")
        servers.run_sql(mine, "set session_replication_role = replica", row)
        await migrate.upgrade(url, "0009")
        said = "string_agg(kind || ' ' || support_types::text || ' ' || stage_of_sentence::text, ', ' order by kind)"
        assert servers.run_sql(mine, f"select {said} from scheme").strip() == (
            "INSIDERS {INDUCTION} {INDUCTION,TRANSFER}, LISTENERS {EMOTIONAL} {INDUCTION,ANY},"
            " SHANNON_TRUST {EDUCATION} {ANY}"
        )
        assert servers.run_sql(mine, "select count(*) from scheme where kind_version is null").strip() == "3"
        await migrate.downgrade(url)


async def test_what_is_sealed_goes_with_its_step(ready: Urls) -> None:
    """An older release could not read it. With the assignments goes what was remembered of their holders."""
    mine = copied(ready.version)
    try:
        store = await opened(mine)
        actor = samples.actor()
        await store.settle(entry(), [new(actor), new(samples.assignment("MDI", holder=actor.id))], EVERYWHERE)
        assert await store.mark(actor.id) is not None
        await store.close()
        await migrate.downgrade(mine.owner_url, "0007")
        for table in ("actor", "assignment", "footing"):
            assert servers.run_sql(mine, f"select count(*) from {table}").strip() == "0"
        assert servers.run_sql(mine, "select count(*) from ledger").strip() == "1"
        await migrate.upgrade(mine.owner_url)
    finally:
        servers.drop_database(mine)


SCHEME = (
    "insert into scheme (id, version, kind, name, jurisdiction, prison, organisation, scheme, closed, state, purpose,"
    " places, supporters_wanted, opened_on, paused_for) select id, 1, 'INSIDERS', state, 'EW', 'MDI', 'PRISON', id,"
    " false, state, 'To meet.', '{}', 4, opened, why from (values"
    " (gen_random_uuid(), 'DRAFT', null::date, null), (gen_random_uuid(), 'APPROVED', null, null),"
    " (gen_random_uuid(), 'LIVE', '2025-01-01', null), (gen_random_uuid(), 'PAUSED', '2025-01-01',"
    " 'TOO_FEW_SUPPORTERS'),"
    " (gen_random_uuid(), 'CLOSED', '2025-01-01', null)) as rows (id, state, opened, why)"
)
_STANDS = (
    "select name || ' ' || state || ' ' || open || ' ' || coalesce(live_from::text, '-') || ' '"
    " || coalesce(suspended_for, '-') || ' ' || (suspended_at is not null) || ' ' || (suspension_review_on is not null)"
    " || ' ' || supporters_needed || ' ' || pilot_limit from scheme order by name"
)


async def test_schemes_go_up_down_and_up_with_their_states(database: Urls) -> None:
    """What was paused is suspended, for the reason that was given; downwards a pilot and a scheme at risk are live,
    and a suspended one is paused. To an owner whom row security binds too."""
    with plainly_owned(database.version) as (mine, url):
        await migrate.upgrade(url, "0008")
        servers.run_sql(mine, "set session_replication_role = replica", SCHEME)
        await migrate.upgrade(url)
        up = [
            "APPROVED APPROVED false - - false false 1 4",
            "CLOSED CLOSED false 2025-01-01 - false false 1 4",
            "DRAFT DRAFT false - - false false 1 4",
            "LIVE LIVE true 2025-01-01 - false false 1 4",
            "PAUSED SUSPENDED false 2025-01-01 SUPPORTERS_TOO_FEW true true 1 4",
        ]
        assert servers.run_sql(mine, _STANDS).split("\n")[: len(up)] == up
        servers.run_sql(
            mine,
            "set session_replication_role = replica",
            "update scheme set state = 'AT_RISK', at_risk_for = '{REVIEW_OVERDUE}' where name = 'LIVE'",
            "update scheme set state = 'PILOT', open = true where name = 'APPROVED'",
        )
        await migrate.downgrade(url, "0008")
        down = servers.run_sql(
            mine, "select name || ' ' || state || ' ' || coalesce(paused_for, '-') from scheme order by name"
        )
        stood = [
            "APPROVED LIVE -",
            "CLOSED CLOSED -",
            "DRAFT DRAFT -",
            "LIVE LIVE -",
            "PAUSED PAUSED TOO_FEW_SUPPORTERS",
        ]
        assert down.split("\n")[: len(stood)] == stood
        await migrate.upgrade(url)
        again = servers.run_sql(mine, _STANDS).split("\n")
        assert [line.split()[:2] for line in again[:5]][1:] == [line.split()[:2] for line in up][1:]
        enabled = "select count(*) from pg_trigger where tgrelid = 'scheme'::regclass and tgenabled <> 'O'"
        assert servers.run_sql(mine, enabled).strip() == "0"


_LISTS = (
    *("permitted_tasks", "prohibited_tasks", "needs", "evidence_sources", "outcomes", "endings", "places", "rooms"),
    *("advertised_by", "training_modules", "stakeholders", "objectives", "answers", "written_by"),
)
_CHARTER = (
    "insert into charter (id, version, scheme, kind, jurisdiction, prison, organisation, number, state, money_a_year,"
    f" {', '.join(_LISTS)}) select gen_random_uuid(), 1, gen_random_uuid(), 'INSIDERS', 'EW', 'MDI', 'PRISON', n,"
    f" 'DRAFT', money, {', '.join(['array[]::text[]'] * 11)}, {', '.join(['array[]::uuid[]'] * 3)}"
    " from (values (1, 1800), (2, null)) as rows (n, money)"
)


async def test_a_scheme_at_risk_for_a_reason_of_a_later_release_goes_down_with_what_is_left(database: Urls) -> None:
    """With another reason it is at risk for that one; without, it is live. To an owner whom row security binds too."""
    with plainly_owned(database.version) as (mine, url):
        await migrate.upgrade(url, "0008")
        servers.run_sql(mine, "set session_replication_role = replica", SCHEME)
        await migrate.upgrade(url, "0029")
        at_risk = "update scheme set state = 'AT_RISK', at_risk_since = '2026-01-05', open = true, at_risk_for ="
        servers.run_sql(
            mine,
            "set session_replication_role = replica",
            f"{at_risk} '{{REFUSAL_UNREVIEWED}}' where name = 'LIVE'",
            f"{at_risk} '{{REVIEW_OVERDUE,REFUSAL_UNREVIEWED}}' where name = 'APPROVED'",
        )
        await migrate.downgrade(url, "0028")
        said = "select state || ' ' || at_risk_for::text || ' ' || (at_risk_since is not null) from scheme"
        down = servers.run_sql(mine, f"{said} where name in ('APPROVED', 'LIVE') order by name").split("\n")
        assert down[:2] == ["AT_RISK {REVIEW_OVERDUE} true", "LIVE {} false"]
        await migrate.upgrade(url)


async def test_closed_lines_are_cleared_where_the_owner_is_no_superuser(database: Urls) -> None:
    """As the sealer, whom row security binds as it binds the owner: the line is there again, without its number."""
    with plainly_owned(database.version) as (mine, url):
        await migrate.upgrade(url)
        servers.run_sql(mine, LINE.replace("false)", "true)"))
        clear = ("begin", OPEN_UP, "set local role peer_support_sealer", "select ledger_clear('2100-01-01')", "commit")
        servers.run_sql(mine, ";".join(clear))
        assert servers.run_sql(mine, "select count(*) from ledger where closed and tx is null").strip() == "1"


async def test_what_was_cleared_before_goes_to_another_place_with_the_release(database: Urls) -> None:
    """In the order of the random ids, to an owner whom row security binds too. An empty ledger is not rewritten: it
    would be taken for one that stays empty, and read whole."""
    with plainly_owned(database.version) as (mine, url):
        await migrate.upgrade(url, "0033")
        servers.run_sql(mine, *[LINE.replace("false)", "true)")] * 20)
        await migrate.upgrade(url)
        lying = servers.run_sql(mine, "select id from ledger order by ctid").split()
        assert len(lying) == 20
        assert lying == sorted(lying)
    with plainly_owned(database.version) as (mine, url):
        await migrate.upgrade(url, "0033")
        where = "select relfilenode from pg_class where relname = 'ledger'"
        before = servers.run_sql(mine, where)
        await migrate.upgrade(url)
        assert servers.run_sql(mine, where) == before


async def test_money_goes_up_in_pence_and_down_in_pounds(database: Urls) -> None:
    """What is worth the same is the same; what was not said stays so. To an owner whom row security binds too."""
    with plainly_owned(database.version) as (mine, url):
        await migrate.upgrade(url, "0018")
        servers.run_sql(mine, "set session_replication_role = replica", _CHARTER)
        await migrate.upgrade(url, "0019")
        said = "select number || ' ' || coalesce(money_minor_units_a_year::text, '-') from charter order by number"
        assert servers.run_sql(mine, said).split("\n")[:2] == ["1 180000", "2 -"]
        await migrate.downgrade(url, "0018")
        said = "select number || ' ' || coalesce(money_a_year::text, '-') from charter order by number"
        assert servers.run_sql(mine, said).split("\n")[:2] == ["1 1800", "2 -"]


_SUPPORTERS = (
    "insert into supporter (id, version, scheme, kind, jurisdiction, prison, organisation, person, name, wing,"
    " languages, standing, applied_on, modules_passed, observed_contacts)"
    " select gen_random_uuid(), 1, gen_random_uuid(), 'INSIDERS', 'EW', 'MDI', 'PRISON', gen_random_uuid(), 'x',"
    " 'MDI-A', '{}', standing, '2026-01-05', '{}', 0 from (values ('ACTIVE'), ('REJECTED')) as rows (standing)"
)


async def test_who_was_turned_down_before_has_left_and_later_standings_go_back_to_earlier_ones(database: Urls) -> None:
    """To an owner whom row security binds too, and without an entry: no act changes these rows, the release does."""
    with plainly_owned(database.version) as (mine, url):
        await migrate.upgrade(url, "0021")
        servers.run_sql(mine, "set session_replication_role = replica", _SUPPORTERS)
        await migrate.upgrade(url, "0022")
        said = "select standing || ' ' || (left_on is not null) || ' ' || version from supporter order by standing"
        assert servers.run_sql(mine, said).split("\n")[:2] == ["ACTIVE false 1", "REJECTED true 2"]
        servers.run_sql(
            mine,
            "set session_replication_role = replica",
            "update supporter set standing = 'SUSPENDED' where standing = 'ACTIVE'",
            "update supporter set standing = 'DECEASED', left_for = 'DIED' where standing = 'REJECTED'",
        )
        await migrate.downgrade(url, "0021")
        said = "select standing || ' ' || coalesce(left_for, '-') from supporter order by standing"
        assert servers.run_sql(mine, said).split("\n")[:2] == ["PAUSED -", "STOOD_DOWN -"]
        enabled = "select count(*) from pg_trigger where tgrelid = 'supporter'::regclass and tgenabled <> 'O'"
        assert servers.run_sql(mine, enabled).strip() == "0"


_ROSTERED = (
    "insert into roster_entry (id, version, scheme, jurisdiction, prison, organisation, supporter, name, day, band,"
    " in_force_from, listed, state, load, written_by)"
    " select gen_random_uuid(), 1, s.scheme, 'EW', 'MDI', 'PRISON', coalesce(who, s.id), 'x', '2026-01-05', band,"
    " '2026-01-01'::timestamptz + n * interval '1 day', false, 'PUBLISHED', '{}', gen_random_uuid()"
    " from supporter s, (values (1, 'AM', null), (2, 'AM', null), (3, 'PM', null), (4, 'ED', gen_random_uuid()))"
    " as rows (n, band, who) where s.standing = 'ACTIVE'"
)


async def test_a_rota_that_is_there_gets_its_slots(database: Urls) -> None:
    """The same as the service works out; of two for one man and band the earlier one, and none of somebody unknown."""
    with plainly_owned(database.version) as (mine, url):
        await migrate.upgrade(url, "0024")
        later = _SUPPORTERS.replace(
            "modules_passed, observed_contacts)",
            "modules_passed, observed_contacts, away, agreed_to_be_listed, shadowed_contacts, trained_by, signed_off)",
        ).replace("'{}', 0 from", "'{}', 0, '{}', false, 0, '{}', '{}' from")
        servers.run_sql(mine, "set session_replication_role = replica", later, _ROSTERED)
        await migrate.upgrade(url, "0025")
        person = UUID(servers.run_sql(mine, "select person from supporter where standing = 'ACTIVE'").split("\n")[0])
        said = "select band || ' ' || version || ' ' || coalesce(wing, '-') || ' ' || slot from roster_entry"
        found = servers.run_sql(mine, f"{said} order by in_force_from").strip().split("\n")
        am, again, pm, nobody = (line.split() for line in found)
        assert am == ["AM", "2", "MDI-A", str(slot_of(person, date(2026, 1, 5), Band.AM))]
        assert pm == ["PM", "2", "MDI-A", str(slot_of(person, date(2026, 1, 5), Band.PM))]
        assert again[:3] == ["AM", "2", "MDI-A"]
        assert nobody[:3] == ["ED", "2", "-"]
        assert len({line[3] for line in (am, again, pm, nobody)}) == 4
        await migrate.downgrade(url, "0024")


_ENROLLED = (
    "insert into enrolment (id, version, scheme, jurisdiction, prison, organisation, closed, wing, person, name,"
    " earlier_supporters, state, goal, manual, checks_passed, sessions_a_week, enrolled_on, ended_on)"
    " select gen_random_uuid(), 1, gen_random_uuid(), 'EW', 'MDI', 'SHANNON_TRUST', false, 'MDI-A', gen_random_uuid(),"
    " 'x', '{}', state, 'READ_A_LETTER', 1, 0, 5, '2026-01-05', '2026-03-05'"
    " from (values ('COMPLETED'), ('RELEASED'), ('TRANSFERRED'), ('WITHDRAWN_LEARNER')) as rows (state)"
)


async def test_why_an_enrolment_ended_before_reasons_were_kept_is_not_made_up(database: Urls) -> None:
    """That somebody was released is what its state says; of the others nobody has said why, so none is there."""
    with plainly_owned(database.version) as (mine, url):
        await migrate.upgrade(url, "0029")
        servers.run_sql(mine, "set session_replication_role = replica", _ENROLLED)
        await migrate.upgrade(url, "0030")
        said = "select state || ' ' || coalesce(ended_for, '-') || ' ' || coalesce(wing, '-') from enrolment"
        assert servers.run_sql(mine, f"{said} order by state").strip().split("\n") == [
            "COMPLETED - MDI-A",
            "RELEASED RELEASED -",
            "TRANSFERRED - -",
            "WITHDRAWN_LEARNER - MDI-A",
        ]


@pytest.mark.parametrize("role", ["peer_support_sealer", "peer_support_mixer"])
async def test_without_the_roles_one_line_says_so(database: Urls, role: str) -> None:
    """The migrations grant to roles that somebody has to have made."""
    mine = servers.create_database(database.version)
    try:
        servers.run_sql(mine, f"alter role {role} rename to elsewhere")
        with pytest.raises(RuntimeError, match=f"the role {role} is missing"):
            await migrate.upgrade(mine.owner_url)
        assert await migrate.current(mine.owner_url) is None
    finally:
        servers.run_sql(mine, f"alter role elsewhere rename to {role}")
        servers.drop_database(mine)


async def test_two_at_once_migrate_once(database: Urls) -> None:
    """Two processes that start together both end well: one migrates, the other waits and finds nothing to do."""
    mine = servers.create_database(database.version)
    try:
        program = "import asyncio, sys; from persistence import migrate; asyncio.run(migrate.upgrade(sys.argv[1]))"
        runners = [
            await asyncio.create_subprocess_exec(sys.executable, "-c", program, mine.owner_url, cwd=HERE.parents[1])
            for _ in range(2)
        ]
        assert [await runner.wait() for runner in runners] == [0, 0]
        assert await migrate.current(mine.owner_url) == health.newest()
    finally:
        servers.drop_database(mine)


async def test_a_second_runner_waits_for_as_long_as_the_first_takes(ready: Urls) -> None:
    """Not as long as a migration waits for a busy table. The lock is that of `migrations/env.py`."""
    lock = 0x7065_6D69
    first = await asyncpg.connect(ready.owner_url)
    try:
        await first.execute("select pg_advisory_lock($1)", lock)
        second = asyncio.create_task(migrate.upgrade(ready.owner_url))
        await asyncio.sleep(6)
        assert not second.done()
        await first.execute("select pg_advisory_unlock($1)", lock)
        await second
    finally:
        await first.close()


def test_alembic_of_the_command_line_knows_the_same_history(ready: Urls) -> None:
    """`alembic` finds our history by pyproject.toml, and that the tables are as declared."""
    done = subprocess.run(
        [sys.executable, "-m", "alembic", "check"],
        cwd=HERE.parents[1],
        env={**os.environ, "MIGRATIONS_URL": ready.owner_url},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "No new upgrade operations detected" in done.stdout + done.stderr


def test_history_is_one_line() -> None:
    """No branches; each file's number is its revision; the newest by name is Alembic's head."""
    script = ScriptDirectory.from_config(migrate.configuration())
    assert script.get_heads() == [health.newest()]
    for step in script.walk_revisions():
        assert Path(step.path).name.startswith(f"{step.revision}_")
        assert step.down_revision == (None if step.revision == "0001" else f"{int(step.revision) - 1:04d}")
