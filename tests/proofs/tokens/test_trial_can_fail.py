"""The judge of the trial, judged: each planted fault is told, so that silence elsewhere means something."""

import logging
from collections.abc import Callable

import pytest

from api.capacities import caller_of
from api.edge.gate import Gate
from api.identity import bearer as wrapper
from api.identity.compact import open_token
from api.identity.identifier import Identifier
from api.identity.refusal import TokenRefused
from api.noting import note
from domain.confidentiality.principal import Principal
from domain.kernel.errors import Absent, Unavailable
from persistence.memory import MemoryStore
from tests.api.identity.attacks import attacks
from tests.api.identity.worlds import HMPPS
from tests.proofs.listening import listening
from tests.proofs.tokens.house import Asked, Authenticate, House, bearer
from tests.proofs.tokens.routes import one_of_each
from tests.proofs.tokens.trial import Trial

_log = logging.getLogger("peer_support.planted")
_ROUTES = [Asked("me", "GET", "/v1/me"), Asked("health", "GET", "/health"), Asked("nowhere", "GET", "/v1/nowhere")]


async def faults(house: House) -> list[str]:
    """What the trial says of a house, over some of the corpus."""
    with listening() as heard:
        trial = Trial(house, heard)
        for attack in attacks(HMPPS):
            if attack.id.startswith(("own-key", "signature", "typ-", "exp-string", "form-two", "payload-")):
                await trial.refuse(attack.id, [bearer(attack.build())], _ROUTES)
    return trial.faults


def _around(change: Callable[[Principal | None, str | None], None]) -> Callable[[Identifier], Authenticate]:
    """A way in that does something besides, with whom it found and with what was sent."""

    def made(identifier: Identifier) -> Authenticate:
        async def authenticate(authorization: str | None) -> Principal:
            try:
                found = (await identifier.identify(authorization))[0]
            except TokenRefused:
                change(None, authorization)
                raise
            change(found, authorization)
            return found

        return authenticate

    return made


async def test_without_a_fault_there_is_silence() -> None:
    """The same trial over the application as it is."""
    assert await faults(House()) == []


async def test_a_token_that_gets_in_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The wrapper believes every signature."""
    monkeypatch.setattr(wrapper, "verify", lambda token, _key: open_token(token).payload)
    assert any("200 instead of 401: own-key, me" in fault for fault in await faults(House()))


async def test_a_refusal_that_says_why_is_told() -> None:
    """One kind of bad token is answered in another way."""

    def told(_found: Principal | None, sent: str | None) -> None:
        if sent is not None and sent.count(".") != 2:
            raise Unavailable

    assert any("503 instead of 401: form-two-segments" in fault for fault in await faults(House(_around(told))))


async def test_another_header_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same status and body, and one header that tells the addresses apart."""
    house = House()
    ask = house.ask

    async def marked(asked: Asked, authorization: list[bytes]):
        answer = await ask(asked, authorization)
        more = ((b"x-route", b"health"),) if asked.target == "/health" else ()
        return type(answer)(answer.status, (*answer.headers, *more), answer.body)

    monkeypatch.setattr(house, "ask", marked)
    assert any("another 401 than the first" in fault for fault in await faults(house))


async def test_a_token_in_a_log_is_told() -> None:
    """Whoever logs what was sent, at whatever level."""
    house = House(_around(lambda _found, sent: _log.debug("refused", extra={"sent": sent})))
    assert any(fault.startswith("logged peer_support.planted DEBUG") for fault in await faults(house))


async def test_a_line_in_the_ledger_is_told() -> None:
    """A stranger fills no ledger."""
    house: House

    def made(identifier: Identifier) -> Authenticate:
        async def authenticate(authorization: str | None) -> Principal:
            try:
                return (await identifier.identify(authorization))[0]
            except TokenRefused:
                await note(house.runtime, await caller_of(house.runtime, HMPPS.principal), None, Absent())
                raise

        return authenticate

    house = House(made)
    assert isinstance(house.runtime.store.inner, MemoryStore)  # type: ignore[attr-defined]
    assert any("something was looked at or written" in fault for fault in await faults(house))


async def test_an_open_address_that_takes_any_token_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """An open answer is no proof that a token is good."""

    async def unjudged(*_arguments: object) -> None:
        return None

    monkeypatch.setattr(Gate, "_no_false_token", unjudged)
    assert any("instead of 401: own-key, health" in fault for fault in await faults(House()))


async def test_a_good_token_that_is_refused_is_told() -> None:
    """Else a house that refuses everybody would pass."""
    house = House()
    house.identifier.revoke_token(HMPPS.profile.issuer, str(HMPPS.payload["jti"]), 2.0**40)
    with listening() as heard:
        trial = Trial(house, heard)
        await trial.admit(HMPPS, one_of_each(house.app))
    assert any(fault.startswith("a good token was refused") for fault in trial.faults)
