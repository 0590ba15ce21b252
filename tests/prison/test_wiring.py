"""The prison's systems as an operator sets them: what is not set is not asked, and none of them is needed to serve."""

import asyncio
import json
import logging
from pathlib import Path
from typing import Any

import pytest

from api import health
from api.document import COMPONENTS, UPSTREAMS
from api.settings import Settings, SettingsUnusable, read
from api.wiring import prison
from api.wiring.database import CannotStart
from api.wiring.opening import MARK, opened
from api.wiring.prison import going_round, prison_systems
from api.wiring.secrets import staff_issuers
from domain.confidentiality.principal import Principal, PrincipalKind
from persistence import migrate, stamp
from persistence.keys import generate
from tests.prison.elsewhere import elsewhere, said, silent
from tests.prison.test_search import BY_NUMBER, man
from tests.servers import Urls

SECRET = "a-secret-of-the-service"
CLIENT = {"prison_client_id": "us", "prison_client_secret": SECRET}
ISSUERS = json.dumps(
    [
        {"preset": "hmpps-auth", "issuer": "https://estate.example", "jwks_url": "https://estate.example/keys"},
        {"preset": "oidc", "issuer": "https://other.example", "jwks_url": "https://other.example/keys",
         "audiences": "any", "kind": "STAFF"},
    ]
)  # fmt: skip
ADDRESSES = prison.ADDRESSES


def settings(base: str, *names: str, **further: Any) -> Settings:
    """These systems, all under one address."""
    return Settings(
        **dict.fromkeys(names or ADDRESSES, base), prison_token_url=f"{base}/auth/oauth/token", **CLIENT, **further
    )


async def test_without_an_address_nothing_is_asked_and_nothing_known() -> None:
    """As it has always been: each port says that it does not know."""
    async with prison_systems(Settings()) as found:
        assert await found.records("NOMS", "A1234BC") is None
        assert await found.releases("MDI", ["A1234BC"]) is None
        assert await found.apart("NOMS", ["A1234BC"]) is None
        assert await found.caseloads(Principal("https://estate.example", "X", PrincipalKind.STAFF)) is None
        assert await found.whereabouts(["A1234BC"]) is None
        assert await found.residents("MDI") is None
        assert (found.checks, found.rounds) == ({}, None)


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ({"prison_client_secret": None}, "PRISON_TOKEN_URL, PRISON_CLIENT_ID and PRISON_CLIENT_SECRET"),
        ({"prison_token_url": None}, "PRISON_TOKEN_URL, PRISON_CLIENT_ID and PRISON_CLIENT_SECRET"),
        ({"alerts_url": "http://alerts.example"}, "ALERTS_URL: https"),
        ({"prison_token_url": "http://auth.example/oauth/token"}, "PRISON_TOKEN_URL: https"),
        ({"csip_url": "https://me:canary@csip.example"}, "CSIP_URL: no user"),
        ({"manage_users_url": "file:///etc/passwd"}, "MANAGE_USERS_URL: not a URL"),
    ],
)
async def test_what_would_not_be_safe_does_not_start(wrong: dict[str, Any], line: str) -> None:
    """One line, which names the setting and no value."""
    good = settings("https://x.example").model_dump()
    with pytest.raises(CannotStart, match=f"^{line}") as told:
        async with prison_systems(Settings(**good | wrong)):
            pass
    assert "canary" not in str(told.value)
    assert SECRET not in str(told.value)


def test_the_secret_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not with the settings, and not with what is wrong in them."""
    monkeypatch.setenv("PRISON_CLIENT_SECRET", SECRET)
    assert SECRET not in repr(read())
    monkeypatch.setenv("PRISON_READ_SECONDS", "soon")
    with pytest.raises(SettingsUnusable, match=r"^PRISON_READ_SECONDS: ") as told:
        read()
    assert SECRET not in str(told.value)


async def test_each_is_asked_where_its_address_is_set() -> None:
    """Prisoner Search alone: what it knows is known; the others' ports and facts are not."""
    async with elsewhere() as server:
        server.answers[BY_NUMBER] = said([man()])
        async with prison_systems(settings(server.base, "prisoner_search_url")) as found:
            facts = await found.records("NOMS", "A1234BC")
            assert facts is not None
            assert (facts.csip_open, facts.alerts) == (None, None)
            where = await found.whereabouts(["A1234BC"])
            assert where is not None
            assert await found.releases("MDI", ["A1234BC"]) is not None
            assert await found.apart("NOMS", ["A1234BC"]) is None
            assert await found.caseloads(Principal("https://estate.example", "X", PrincipalKind.STAFF)) is None
            assert list(found.checks) == ["hmppsAuth", "prisonerSearch"]


async def test_caseloads_of_the_estate_s_own_staff_alone() -> None:
    """The same name said by another issuer is another person (rule 8)."""
    both = Settings(issuers=ISSUERS)
    assert staff_issuers(both) == {"https://estate.example"}
    async with elsewhere() as server:
        server.answers["/prisonusers/JO/caseloads"] = said({"active": True, "caseloads": [{"id": "MDI"}]})
        async with prison_systems(settings(server.base), staff_issuers(both)) as found:
            assert await found.caseloads(Principal("https://estate.example", "JO", PrincipalKind.STAFF)) == {"MDI"}
            assert await found.caseloads(Principal("https://other.example", "JO", PrincipalKind.STAFF)) is None


async def test_each_has_its_line_in_health_and_none_is_needed(caplog: pytest.LogCaptureFixture) -> None:
    """By its own ping, without a token. Down or silent, it is listed so, and readiness neither minds nor waits."""
    caplog.set_level(logging.CRITICAL)
    async with elsewhere() as server:
        server.answers["/health/ping"] = said({"status": "UP"})
        server.answers["/auth/health/ping"] = silent
        async with prison_systems(settings(server.base)) as found:
            assert tuple(found.checks) == UPSTREAMS

            async def up() -> bool:
                return True

            checks: dict[str, health.Check] = dict.fromkeys(COMPONENTS, up) | dict(found.checks)
            components = health.Components(
                checks, needed=("db", "ledger"), may_have=UPSTREAMS, monotonic=lambda: 0.0, patience=2.0
            )
            hanging = asyncio.create_task(components.states())
            await asyncio.sleep(0)
            began = asyncio.get_running_loop().time()
            assert await components.is_ready()
            assert asyncio.get_running_loop().time() - began < 1.0
            states = await hanging
    assert {name for name, state in states.items() if state is health.HealthState.DOWN} == {"hmppsAuth"}
    assert server.tokens_given == 0


async def test_rounds_are_made_while_it_is_open(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """At the start and then by the clock; one that fails, whatever of, does not end them; at the end they end."""
    monkeypatch.setattr(prison, "EVERY", 0.01)
    monkeypatch.setattr(prison, "_AFTER_FAILURE", 0.01)
    asked = 0

    async def whom() -> dict[str, list[str]]:
        nonlocal asked
        asked += 1
        if asked == 1:
            raise ConnectionError("host=canary")
        return {"NOMS": ["A1234BC"]}

    async with elsewhere() as server:
        server.answers["/non-associations/involving"] = said([])
        async with prison_systems(settings(server.base, "non_associations_url")) as found:
            async with going_round(found, whom):
                async with asyncio.timeout(5):
                    while len(server.asks("/non-associations/involving")) < 2:  # noqa: ASYNC110
                        await asyncio.sleep(0.01)
                assert await found.apart("NOMS", ["A1234BC"]) is not None
            ended = asked
            await asyncio.sleep(0.05)
            assert asked == ended
    assert "canary" not in caplog.text


@pytest.mark.parametrize(("for_work", "times"), [(False, 1), (True, 2)])
async def test_who_was_told_that_something_has_changed_asks_anew(for_work: bool, times: int) -> None:
    """A worker's second event within the minute is of a second change; a request that is run again asks once."""
    async with elsewhere() as server:
        server.answers[BY_NUMBER] = said([man()])
        async with prison_systems(settings(server.base, "prisoner_search_url"), for_work=for_work) as found:
            for _ in range(2):
                assert await found.records("NOMS", "A1234BC") is not None
            assert len(server.asks(BY_NUMBER)) == times


async def test_a_process_asks_as_it_is_set(database: Urls, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Opened whole, over PostgreSQL: its runtime asks Prisoner Search, and its rounds about nobody where nobody serves.
    A demonstration does not start with the same environment; without it its people are made up, and so is what is
    known."""
    await migrate.upgrade(database.owner_url)
    async with elsewhere() as server:
        server.answers[BY_NUMBER] = said([man()])
        set_so = settings(server.base, database_url=database.app_url, keys=generate(), issuers=ISSUERS, pool_size=2)
        async with opened(set_so) as found:
            where = await found.runtime.whereabouts(["A1234BC"])
            assert where is not None
            assert await found.runtime.releases("MDI", ["A1234BC"]) is not None
            await asyncio.sleep(0.3)
            await stamp.stamp_demonstration(found.engine)
        assert server.asks("/non-associations/involving") == []
        mark = len(server.asked)
        monkeypatch.setenv(MARK, "yes")
        with pytest.raises(CannotStart, match="PRISONER_SEARCH_URL"):
            async with opened(set_so, for_work=True):
                pass
        alone = set_so.model_copy(update={**dict.fromkeys(ADDRESSES), "data": tmp_path})
        async with opened(alone, for_work=True) as found:
            assert await found.runtime.whereabouts(["A1234BC"]) is None
            assert await found.runtime.prison("NOMS", "Z0001ZZ") is not None
        assert len(server.asked) == mark
