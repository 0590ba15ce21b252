"""Tokens and keys of an OpenID provider that nobody here wrote: what it signs is taken, what it signs for others is
not, and its token endpoint gives the service tokens of its own."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from base64 import b64encode
from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote_plus

import httpx
import pytest

from api.identity.configuration import from_environment
from api.identity.identifier import Identifier
from api.identity.refusal import Reason, TokenRefused
from domain.confidentiality.principal import Principal, PrincipalKind
from persistence.prison.asking import CannotBeAsked, Silence
from persistence.prison.sending import Patience, Sending
from persistence.prison.tokens import Tokens
from tests.outside import free_port, npm_package

CLIENT, SECRET = "peer-support-ui-1", "s3cret/+%: & of a client, and of no one else"
OURS = "https://peer-support.example/RS256"
AT_START = 120.0
_PATIENT = Patience(connect=5, read=20, whole=60)


@dataclass(slots=True)
class Provider:
    """Where it listens, and what it is asked for."""

    base: str
    http: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=60))

    def token(self, resource: str = OURS) -> str:
        """An access token for that resource."""
        form = {"grant_type": "client_credentials", "resource": resource, "scope": "read"}
        answer = self.http.post(f"{self.base}/token", data=form, headers={"Authorization": basic(SECRET)})
        assert answer.status_code == 200, answer.text
        return answer.json()["access_token"]

    def keys(self, *names: str) -> None:
        """From now on these: the first signs."""
        assert self.http.post(f"{self.base}/keys/{'+'.join(names)}").status_code == 204


def basic(secret: str) -> str:
    """As RFC 6749, 2.3.1 has it: each form-encoded, then joined."""
    return "Basic " + b64encode(f"{quote_plus(CLIENT)}:{quote_plus(secret)}".encode()).decode()


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    """The provider, in a process of its own."""
    package = npm_package("oidc-provider")
    node = shutil.which("node")
    assert node is not None
    port = free_port()
    script = Path(__file__).with_name("provider.mjs")
    process = subprocess.Popen(
        [node, script, package.parent, str(port), CLIENT, SECRET],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    found = Provider(f"http://127.0.0.1:{port}")
    try:
        until = time.monotonic() + AT_START
        while True:
            assert process.poll() is None, "the provider did not start"
            assert time.monotonic() < until, "the provider did not listen in time"
            with contextlib.suppress(httpx.HTTPError):
                found.http.get(f"{found.base}/.well-known/openid-configuration")
                break
            time.sleep(0.1)
        yield found
    finally:
        found.http.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


@dataclass(slots=True)
class Trusting:
    """A service that trusts the provider, and whose clock can be moved."""

    identifier: Identifier
    provider: Provider
    ahead: float = 0.0

    def clock(self) -> float:
        return time.time() + self.ahead

    async def who(self, token: str) -> Principal:
        principal, _ = await self.identifier.identify(f"Bearer {token}")
        return principal

    async def refused(self, token: str) -> Reason:
        """Why it is."""
        with pytest.raises(TokenRefused) as wrong:
            await self.who(token)
        return wrong.value.reason


def issuers(base: str, *, issuer: str | None = None, algorithms: str = '["RS256", "ES256"]') -> str:
    """The setting `ISSUERS` of an operator who found the provider's own document."""
    found = httpx.get(f"{base}/.well-known/openid-configuration").json()
    return (
        f'[{{"preset": "oidc", "issuer": "{issuer or found["issuer"]}", "jwks_url": "{found["jwks_uri"]}",'
        f' "audiences": ["peer-support"], "kind": "STAFF", "algorithms": {algorithms}}}]'
    )


@contextlib.asynccontextmanager
async def trusting(provider: Provider, settings: str) -> AsyncGenerator[Trusting]:
    """One that was set up so."""
    made: list[Trusting] = []
    identifier = Identifier(from_environment({"ISSUERS": settings}), clock=lambda: made[0].clock())
    made.append(Trusting(identifier, provider))
    try:
        yield made[0]
    finally:
        await identifier.aclose()


@pytest.fixture
async def service(running: Provider) -> AsyncGenerator[Trusting]:
    """As an operator sets it up, the provider at its first keys."""
    running.keys("a")
    async with trusting(running, issuers(running.base)) as found:
        yield found


@pytest.mark.parametrize("algorithm", ["RS256", "ES256"])
async def test_what_it_signs_for_us_is_taken(service: Trusting, algorithm: str) -> None:
    """By client credentials, through its own key set: the client, by its name, and what it may."""
    token = service.provider.token(f"https://peer-support.example/{algorithm}")
    who = await service.who(token)
    assert (who.issuer, who.subject, who.kind) == (service.provider.base, CLIENT, PrincipalKind.CLIENT)
    assert who.authorities == {"SCOPE_read"}


async def test_what_it_signs_for_others_is_refused(service: Trusting) -> None:
    """Another service's token, which anybody to whom it was sent could send on."""
    assert await service.refused(service.provider.token("https://another.example/RS256")) is Reason.AUDIENCE


@pytest.mark.parametrize(
    ("algorithm", "why"),
    [("PS256", Reason.KEY), ("RS512", Reason.KEY), ("HS256", Reason.HEADER)],
)
async def test_an_algorithm_that_was_not_agreed_is_refused(service: Trusting, algorithm: str, why: Reason) -> None:
    """Though its signature is good."""
    assert await service.refused(service.provider.token(f"https://peer-support.example/{algorithm}")) is why


async def test_an_operator_narrows_the_algorithms(running: Provider) -> None:
    """A key of another kind than was agreed is no key, though the issuer publishes it."""
    running.keys("a")
    async with trusting(running, issuers(running.base, algorithms='["RS256"]')) as service:
        assert await service.refused(running.token("https://peer-support.example/ES256")) is Reason.KEY
        assert (await service.who(running.token())).subject == CLIENT


async def test_its_keys_under_another_name_are_nobodys(running: Provider) -> None:
    """`iss` is compared to the letter: a slash at the end is another issuer."""
    running.keys("a")
    async with trusting(running, issuers(running.base, issuer=f"{running.base}/")) as service:
        assert await service.refused(running.token()) is Reason.ISSUER


async def test_what_was_changed_on_its_way_is_refused(service: Trusting) -> None:
    """Another payload under its signature."""
    head, _, signature = service.provider.token().split(".")
    _, payload, _ = service.provider.token("https://another.example/RS256").split(".")
    assert await service.refused(f"{head}.{payload}.{signature}") is Reason.SIGNATURE


async def test_its_keys_change_and_nobody_is_turned_away(service: Trusting) -> None:
    """A new key is found when a token first has it; the old one holds as long as it is published, and then no more,
    though its token has not ended."""
    old = service.provider.token()
    assert (await service.who(old)).subject == CLIENT
    service.provider.keys("b", "a")
    service.ahead += 61
    new = service.provider.token()
    assert (await service.who(new)).subject == CLIENT
    assert (await service.who(old)).subject == CLIENT
    service.provider.keys("b")
    service.ahead += 601
    assert (await service.who(new)).subject == CLIENT
    assert await service.refused(old) is Reason.KEY


async def test_the_service_gets_its_own_tokens_there(running: Provider) -> None:
    """Our client of a token endpoint, with a secret that must be written as RFC 6749 says; and its token is a good
    one."""
    running.keys("a")
    async with httpx.AsyncClient() as http:
        sending = Sending(http, _PATIENT)
        tokens = Tokens(f"{running.base}/token", CLIENT, SECRET, sending=sending, monotonic=time.monotonic)
        token = await tokens()
        assert await tokens() == token, "one that holds is asked for once"
        async with trusting(running, issuers(running.base)) as service:
            assert (await service.who(token)).subject == CLIENT
        wrong = Tokens(f"{running.base}/token", CLIENT, "another", sending=sending, monotonic=time.monotonic)
        with pytest.raises(CannotBeAsked) as refused:
            await wrong()
        assert refused.value.state is Silence.NO_TOKEN
