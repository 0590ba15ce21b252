"""What a token costs: first seen, seen again, and refused. A measurement, not a test; run from the repository's root:

    python -m tests.bench.verify_token

Goals (security.md 1, performance.md 7 item 4): the strict wrapper costs no more than python-jose alone on the same
token, and a token seen again less than a tenth of one first seen. Measured on a busy two-core machine, RS256: 136 us
for the library alone, 74 first seen, 1.8 seen again; ES256: 157, 116, 1.6. Not called `token`: a script's folder comes
first on Python's path, and the standard library has a module of that name.
"""

import asyncio
import time
from collections.abc import Callable
from statistics import median

from api.identity.bearer import verify_token
from api.identity.compact import open_token
from api.identity.keys import keys_in
from api.identity.refusal import TokenRefused
from tests.api.identity import forge
from tests.api.identity.worlds import HMPPS, KID, NOW, OIDC_ES256, World, identifier

ROUNDS, TIMES = 7, 500


def microseconds(act: Callable[[], object]) -> float:
    """The median of several rounds, each the mean of many calls."""
    rounds: list[float] = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _ in range(TIMES):
            act()
        rounds.append((time.perf_counter() - start) / TIMES * 1e6)
    return median(rounds)


def measure(world: World) -> dict[str, float]:
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
            start = time.perf_counter()
            for _ in range(TIMES):
                await entry.identify(header)
            rounds.append((time.perf_counter() - start) / TIMES * 1e6)
        return median(rounds)

    return {
        "python-jose alone": microseconds(library),
        "first seen": microseconds(lambda: verify_token(open_token(token), world.profile, key, NOW)),
        "seen again": asyncio.run(again()),
        "refused by its signature": microseconds(lambda: refuse(changed)),
        "refused by its form, 8 MB": microseconds(lambda big="e" * 8_000_000: refuse(big)),
    }


def main() -> None:
    """Print the table."""
    for world in (HMPPS, OIDC_ES256):
        print(f"{world.name} ({world.header['alg']}), microseconds")
        for name, cost in measure(world).items():
            print(f"  {name:<28}{cost:9.2f}")


if __name__ == "__main__":
    main()
