"""What is over in microseconds: a decision of the policy, and a token first seen, seen again, or refused.

    python -m tests.bench.moments

Goals: a decision's p99 under 5 us; a token checked in under 60 us and recalled in under 2 (DESIGN 9). The strict
wrapper is to cost no more than python-jose alone on the same token.
"""

import asyncio
from collections.abc import Callable, Sequence
from random import Random
from statistics import median
from time import perf_counter, perf_counter_ns
from types import MappingProxyType
from typing import Final
from uuid import UUID

from api.identity.bearer import verify_token
from api.identity.compact import open_token
from api.identity.keys import keys_in
from api.identity.refusal import TokenRefused
from domain.confidentiality.policy import decide
from domain.confidentiality.principal import Principal
from domain.confidentiality.roles import IMPLICIT, Role
from domain.confidentiality.verbs import Verb
from domain.confidentiality.viewer import Viewer
from domain.kernel.errors import Trouble
from domain.kernel.ids import ActorId, AssignmentId
from tests.api.identity import forge
from tests.api.identity.worlds import HMPPS, KID, NOW, OIDC_ES256, World, identifier

ROUNDS: Final = 7
TIMES: Final = 300
DECISIONS: Final = 50
_JO: Final = ActorId(UUID(int=1, version=4))


def capacities() -> Sequence[tuple[Viewer, ...]]:
    """Everybody who may call with one role: his assignment, and what his kind of principal may do without one."""
    found: list[tuple[Viewer, ...]] = []
    for number, role in enumerate(Role):
        for kind, implicit in IMPLICIT.items():
            jo = Principal("https://issuer.example", "jo", kind)
            facts = MappingProxyType({"prisons": frozenset[object]({"MDI"}), "schemes": None})
            held = Viewer(_JO, jo, role, AssignmentId(UUID(int=number, version=4)), facts)
            found.append((held, Viewer(_JO, jo, implicit, None, facts)))
    return found


def decisions() -> list[float]:
    """Microseconds of each of many decisions: every role with every verb, whatever comes of it."""
    asked = [(held, verb) for held in capacities() for verb in Verb] * DECISIONS
    Random(1).shuffle(asked)
    took: list[float] = []
    for held, verb in asked:
        start = perf_counter_ns()
        try:  # noqa: SIM105 - a context manager would be measured too
            decide(held, verb)
        except Trouble:
            pass
        took.append((perf_counter_ns() - start) / 1000)
    return sorted(took)


def microseconds(act: Callable[[], object]) -> float:
    """The median of several rounds, each the mean of many calls."""
    rounds: list[float] = []
    for _ in range(ROUNDS):
        start = perf_counter()
        for _ in range(TIMES):
            act()
        rounds.append((perf_counter() - start) / TIMES * 1e6)
    return median(rounds)


def tokens(world: World) -> dict[str, float]:
    """Every way that a token can go, for one issuer."""
    from jose import JWTError, jwt

    token, key = world.token(), keys_in(world.keys(), world.profile.algorithms)[KID]
    jwk = forge.jwk(world.key, KID)
    changed = token[:-8] + ("AAAAAAAA" if not token.endswith("AAAAAAAA") else "BBBBBBBB")
    entry = identifier(world)
    header = f"Bearer {token}"
    options = {"verify_aud": False, "verify_exp": False, "verify_nbf": False, "verify_iat": False}

    def library() -> object:
        return jwt.decode(token, jwk, algorithms=[world.header["alg"]], issuer=world.profile.issuer, options=options)

    def refuse(written: str) -> object:
        try:
            return verify_token(open_token(written), world.profile, key, NOW)
        except (TokenRefused, JWTError) as refusal:
            return refusal

    async def again() -> float:
        await entry.identify(header)
        rounds: list[float] = []
        for _ in range(ROUNDS):
            start = perf_counter()
            for _ in range(TIMES):
                await entry.identify(header)
            rounds.append((perf_counter() - start) / TIMES * 1e6)
        return median(rounds)

    return {
        "python-jose alone": microseconds(library),
        "first seen": microseconds(lambda: verify_token(open_token(token), world.profile, key, NOW)),
        "seen again": asyncio.run(again()),
        "refused by its signature": microseconds(lambda: refuse(changed)),
        "refused by its form, 8 MB": microseconds(lambda big="e" * 8_000_000: refuse(big)),
    }


def measured() -> dict[str, float]:
    """Everything in here, by name, in microseconds."""
    found = decisions()
    told = {"decision p50": found[len(found) // 2], "decision p99": found[len(found) * 99 // 100]}
    for world in (HMPPS, OIDC_ES256):
        told |= {f"token {world.header['alg']} {name}": cost for name, cost in tokens(world).items()}
    return told


def main() -> None:
    """Print the table."""
    for name, cost in measured().items():
        print(f"{name:<44}{cost:9.2f} us")


if __name__ == "__main__":
    main()
