"""The header, the table of issuers, and what the Identifier owns."""

import asyncio
from dataclasses import replace

import httpx
import pytest

from api.identity.identifier import Identifier, bearer_token
from api.identity.keys import KeyState
from api.identity.refusal import Reason, TokenRefused
from domain.kernel.errors import Unidentified
from tests.api.identity import forge
from tests.api.identity.worlds import HMPPS, LAUNCHPAD, OIDC_ES256, OIDC_RS256, WORLDS, World, identifier, transport


@pytest.mark.parametrize("scheme", ["Bearer ", "bearer ", "BEARER ", "bEaReR ", "Bearer   "])
async def test_the_scheme_is_bearer_in_any_case(scheme: str) -> None:
    """RFC 9110, 11.1: case does not count, and blanks may follow."""
    assert (await identifier(HMPPS).identify(f"{scheme}{HMPPS.token()}"))[0] == HMPPS.principal


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        " ",
        "Bearer",
        "Bearer ",
        "Bearer  ",
        "{}",
        " Bearer {}",
        "Basic {}",
        "Bearer\t{}",
        "Bearer:{}",
        "Token {}",
        "DPoP {}",
        "Bearer{}",
        "Béarer {}",
        "Bearer={}",
        "Bearer,Bearer {}",
    ],
)
async def test_any_other_header_identifies_nobody(header: str | None) -> None:
    """Missing, empty, of another scheme or malformed, around a good token: the one answer."""
    with pytest.raises(Unidentified) as refused:
        await identifier(HMPPS).identify(header and header.format(HMPPS.token()))
    assert isinstance(refused.value, TokenRefused)
    assert refused.value.reason is Reason.AUTHORIZATION
    assert str(refused.value) == "unauthorised"


@pytest.mark.parametrize(
    "header",
    ["Bearer {0} {0}", "Bearer {0}, Bearer {0}", 'Bearer "{0}"', "Bearer token={0}", "Bearer {0};", "Bearer {0}\t"],
)
async def test_more_than_a_token_is_not_a_token(header: str) -> None:
    """Two tokens, quotes, parameters: refused by their form."""
    with pytest.raises(TokenRefused) as refused:
        await identifier(HMPPS).identify(header.format(HMPPS.token()))
    assert refused.value.reason in {Reason.FORM, Reason.ENCODING}


def test_what_is_too_long_is_not_even_hashed() -> None:
    """The longest token is 8 KiB."""
    assert len(bearer_token("Bearer " + "a" * 8192)) == 8192
    with pytest.raises(TokenRefused) as refused:
        bearer_token("Bearer " + "a" * 8193)
    assert refused.value.reason is Reason.FORM


async def test_each_issuer_vouches_for_its_own_tokens_only() -> None:
    """With four issuers in the table, and each one's key at hand, a token of one signed with another's key is refused;
    so is one that names an issuer which is not in the table, and that issuer is not asked."""
    entry = identifier(*WORLDS)
    for world in WORLDS:
        assert (await entry.identify(f"Bearer {world.token()}"))[0] == world.principal
    for world, other in ((HMPPS, LAUNCHPAD), (LAUNCHPAD, HMPPS), (OIDC_RS256, HMPPS)):
        with pytest.raises(TokenRefused) as refused:
            await entry.identify(f"Bearer {forge.sign(world.header, world.payload, other.key)}")
        assert refused.value.reason is Reason.SIGNATURE
    with pytest.raises(TokenRefused) as refused:
        await identifier(HMPPS).identify(f"Bearer {LAUNCHPAD.token()}")
    assert refused.value.reason is Reason.ISSUER


async def test_one_subject_of_two_issuers_or_two_kinds_is_two_principals() -> None:
    """Rule 8: (issuer, subject, kind)."""
    entry = identifier(*WORLDS)
    launchpad = (await entry.identify(f"Bearer {LAUNCHPAD.token()}"))[0]
    kiosk = HMPPS.payload | {
        "client_id": "kiosk-ui-system-1",
        "grant_type": "client_credentials",
        "user_name": LAUNCHPAD.principal.subject,
    }
    through_hmpps = (await entry.identify(f"Bearer {forge.sign(HMPPS.header, kiosk, HMPPS.key)}"))[0]
    assert launchpad.subject == through_hmpps.subject
    assert launchpad.kind is through_hmpps.kind
    assert launchpad != through_hmpps


async def test_readiness_sees_the_age_of_each_issuers_keys() -> None:
    """By issuer, and nothing else."""
    clock = forge.Clock()
    entry = identifier(HMPPS, LAUNCHPAD, clock=clock)
    await entry.identify(f"Bearer {HMPPS.token()}")
    clock.advance(30)
    assert entry.state() == {
        HMPPS.profile.issuer: KeyState(30.0, usable=True),
        LAUNCHPAD.profile.issuer: KeyState(None, usable=False),
    }


async def test_without_keys_nobody_is_identified() -> None:
    """An issuer that cannot be reached makes no exception of another kind."""

    def down(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectTimeout("down", request=request)

    http = httpx.AsyncClient(transport=httpx.MockTransport(down))
    with pytest.raises(TokenRefused) as refused:
        await Identifier([HMPPS.profile], clock=forge.Clock(), http=http).identify(f"Bearer {HMPPS.token()}")
    assert refused.value.reason is Reason.KEY


def test_a_table_that_makes_no_sense_is_refused() -> None:
    """Two profiles for one issuer; a profile whose keys are nowhere."""
    with pytest.raises(ValueError, match="two profiles"):
        Identifier([HMPPS.profile, HMPPS.profile], http=httpx.AsyncClient(transport=transport(HMPPS)))
    with pytest.raises(ValueError, match="keys"):
        Identifier([replace(HMPPS.profile, jwks_url=None)])


@pytest.mark.parametrize("world", [OIDC_ES256, LAUNCHPAD], ids=lambda world: world.name)
async def test_it_closes_its_own_http_client_and_no_other(world: World) -> None:
    """A client that was handed in belongs to who made it."""
    mine = httpx.AsyncClient(transport=transport(world))
    entry = Identifier([world.profile], clock=forge.Clock(), http=mine)
    await entry.identify(f"Bearer {world.token()}")
    await entry.aclose()
    assert not mine.is_closed
    await mine.aclose()
    own = Identifier([world.profile], clock=forge.Clock())
    await own.aclose()
    with pytest.raises(Unidentified):
        await own.identify(f"Bearer {world.token()}")


async def test_this_machine_is_asked_directly_whatever_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """http is allowed to loopback because it does not leave the machine: a proxy would carry it out."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    asked: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        body = HMPPS.keys()
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/keys"
        entry = Identifier([replace(HMPPS.profile, jwks_url=url)], clock=forge.Clock())
        assert (await entry.identify(f"Bearer {HMPPS.token()}"))[0] == HMPPS.principal
        await entry.aclose()
    assert asked[0].startswith(b"GET /keys ")
