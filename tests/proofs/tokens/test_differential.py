"""Our wrapper beside PyJWT and joserfc, on tokens made by chance (security.md 9, T7)."""

import base64
import os
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest

from api.identity import bearer, compact, identifier
from api.identity.bearer import Claims
from api.identity.compact import open_token
from domain.kernel.errors import Unidentified
from tests.api.identity import worlds
from tests.api.identity.worlds import WORLDS, World
from tests.proofs.tokens.mutations import mutated
from tests.proofs.tokens.oracles import Oracles, at_now

SEED, A_COMMIT, A_NIGHT = 20_261_123, 3_000, 100_000


@dataclass
class Compared:
    """How the three judged, and where ours stood alone."""

    judged: Counter[str] = field(default_factory=Counter[str])
    alone: list[str] = field(default_factory=list[str])
    otherwise: list[str] = field(default_factory=list[str])
    broken: list[str] = field(default_factory=list[str])

    def __str__(self) -> str:
        told = self.judged
        return (
            f"{told.total()} tokens (ours, PyJWT, joserfc): accepted by all {told['+++']}, by ours and one other "
            f"{told['++-'] + told['+-+']}, by ours alone {told['+--']}, by others only "
            f"{told['-++'] + told['-+-'] + told['--+']}, by none {told['---']}"
        )

    @property
    def accepted(self) -> int:
        """How many ours accepted."""
        return sum(count for judged, count in self.judged.items() if judged[0] == "+")


async def compared(seed: int, number: int, *, until_wrong: bool = False) -> Compared:
    """Judge so many tokens, spread over the issuers; or as many as it takes to find something wrong."""
    found, random = Compared(), Random(seed)
    with at_now():
        for world in WORLDS:
            entry, oracles = worlds.identifier(world), Oracles(world)
            for trail, token in mutated(world, random, number // len(WORLDS)):
                if until_wrong and (found.alone or found.broken):
                    return found
                ours = await _ours(entry, token, found, f"seed {seed}, {world.name}: {trail}: {token!r}")
                # Blanks around a token belong to the header, not to it.
                bare = token.strip(" ")
                theirs = oracles.pyjwt(bare), oracles.joserfc(bare)
                found.judged["".join("-" if claims is None else "+" for claims in (ours, *theirs))] += 1
                if ours is None:
                    continue
                if theirs == (None, None):
                    found.alone.append(f"seed {seed}, {world.name}: {trail}: {token}")
                for claims in theirs:
                    if claims is not None and not _alike(ours, claims, world):
                        found.otherwise.append(f"seed {seed}, {world.name}: {trail}: {token}")
    return found


async def _ours(entry: identifier.Identifier, token: str, found: Compared, told: str) -> Claims | None:
    try:
        return (await entry.identify(f"Bearer {token}"))[1]
    except Unidentified:
        return None
    except Exception as error:  # a refusal of any other sort is a 500
        found.broken.append(f"{type(error).__name__}: {told}")
        return None


def _alike(ours: Claims, theirs: Mapping[str, Any], world: World) -> bool:
    read = (theirs["iss"], theirs[world.profile.id_claim], float(theirs["exp"]))
    return read == (ours.issuer, ours.token_id, ours.expires_at)


def _holds(found: Compared) -> None:
    print(found)
    assert found.broken == []
    assert found.alone == []
    assert found.otherwise == []
    # Enough of both, or the agreement means nothing.
    assert found.accepted > 0.1 * found.judged.total()
    assert found.judged["---"] > 0.3 * found.judged.total()


async def test_ours_never_accepts_alone() -> None:
    """What our wrapper accepts, PyJWT or joserfc in its strictest configuration accepts too, and reads the same in it;
    and whatever is sent, ours answers with claims or with one refusal."""
    _holds(await compared(SEED, A_COMMIT))


@pytest.mark.nightly
async def test_ours_never_accepts_alone_on_many_more() -> None:
    """The same, on other tokens each night; the seed is in every line of a failure."""
    _holds(await compared(int.from_bytes(os.urandom(4), "big"), A_NIGHT))


def _nothing(*_arguments: object) -> None:
    return None


def _lenient(segment: str) -> bytes:
    """As Python decodes by itself: what is foreign is skipped."""
    return base64.urlsafe_b64decode(segment + "====")


LOOSENED: dict[str, tuple[object, str, Callable[..., Any]]] = {
    "a segment may be spelled in many ways": (compact, "decoded", _lenient),
    "no signature is checked": (bearer, "verify", lambda token, _key: open_token(token).payload),
    "no time is looked at": (bearer, "_times", lambda _claims, _profile, now: (now - 1, now + 60)),
    "no audience is asked for": (bearer, "_audience", _nothing),
    "no mark is asked for": (bearer, "_access_token", _nothing),
    "no form is asked for": (bearer, "_registered", _nothing),
}


@pytest.mark.parametrize("rule", LOOSENED)
async def test_a_rule_of_ours_that_sleeps_is_found(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one rule of the wrapper loosened, it accepts what both others refuse."""
    module, name, loosened = LOOSENED[rule]
    monkeypatch.setattr(module, name, loosened)
    found = await compared(SEED, A_COMMIT, until_wrong=True)
    print(f"{rule}: {found}")
    assert found.alone != []


async def test_a_wrapper_that_breaks_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception of another sort than the refusal is told, whatever the others say."""
    monkeypatch.setattr(compact, "decoded", _lenient)
    found = await compared(SEED, 800)
    assert found.broken != []
