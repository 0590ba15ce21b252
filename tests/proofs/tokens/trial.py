"""Tokens against routes: each pair must be the one 401, and leave no trace but a line that says nothing of it.

`Trial` sends and compares; what is wrong becomes a sentence in `faults`. So the same judge sits over the application as
it is, where there must be none, and over one with a planted fault, where there must be some.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.confidentiality.principal import PrincipalKind
from tests.api.identity.attacks import attacks
from tests.api.identity.besides import besides
from tests.api.identity.worlds import HMPPS, WORLDS, World
from tests.proofs.listening import Lines
from tests.proofs.tokens.house import Answer, Asked, House, bearer

NO_VALID_TOKEN = "peer_support.security WARNING no valid token {'address': '192.0.2.7'} None"
"""All that a refused token leaves: that there was one, and from where."""
QUIET = {NO_VALID_TOKEN} | {
    f'httpx INFO HTTP Request: GET {world.profile.jwks_url} "HTTP/1.1 200 OK" {{}} None' for world in WORLDS
}
"""Besides, the HTTP client says that keys were fetched, from an address that is configuration and in no token; the
service keeps it quiet (`api.logs`)."""


def refused_tokens(world: World) -> Iterable[tuple[str, bytes]]:
    """(name, header) of everything that one issuer's world offers and must not get in. Built one by one: some are 8 MB
    long."""
    for attack in attacks(world):
        yield f"{world.name}:{attack.id}", bearer(attack.build())
    for one in besides():
        if one.world is world:
            yield f"{world.name}:besides:{one.id}", bearer(one.token)
    for name, claims in for_others(world).items():
        yield f"{world.name}:for another:{name}", bearer(world.token(**claims))


def for_others(world: World) -> dict[str, dict[str, object]]:
    """Tokens of the issuer's own, good in everything but for whom they speak (rule 8 of CONFIDENTIALITY.md)."""
    if world is HMPPS:
        client = {"grant_type": "client_credentials", "auth_source": "none", "user_name": "A0001AA"}
        return {
            "a client that is not listed": {**client, "client_id": "somebody-else", "sub": "somebody-else"},
            "a governor by the kiosk's client": {**client, "client_id": "kiosk-ui-system-1", "user_name": "GOVERNOR"},
            "a man by the staff's client": {**client, "client_id": "peer-support-ui-system-1"},
            "two names": {**client, "client_id": "kiosk-ui-system-1", "username": "A0002AA"},
            "a man on a user's grant": {"user_name": "A0001AA"},
            "a person by no name": {**client, "user_name": None, "sub": "JDOE_GEN"},
        }
    if world.principal.kind is PrincipalKind.IN_CUSTODY:
        return {"an officer": {"sub": "GOVERNOR_GEN"}, "a number written small": {"sub": "a0001aa"}}
    own = {"sub": world.payload["client_id"]}
    return {"a person by its client": {**own, "username": "volunteer-17"}, "a man in custody": {"sub": "A0001AA"}}


def other_headers(world: World) -> list[tuple[str, list[bytes]]]:
    """Around a good token, whatever is not one header with the scheme Bearer and one token."""
    good = world.token().encode()
    values: dict[str, list[bytes]] = {
        "empty": [b""],
        "scheme alone": [b"Bearer"],
        "basic": [b"Basic " + good],
        "dpop": [b"DPoP " + good],
        "bare": [good],
        "two in one": [b"Bearer " + good + b", Bearer " + good],
        "twice": [b"Bearer " + good, b"Bearer " + good],
        "good and bad": [b"Bearer " + good, b"Bearer x"],
        "bad and good": [b"Bearer x", b"Bearer " + good],
        "not latin": [b"Bearer \xff\xfe" + good],
    }
    return list(values.items())


@dataclass
class Trial:
    """One house, the lines that it logs, and what was found wrong."""

    house: House
    heard: Lines
    pairs: int = 0
    faults: list[str] = field(default_factory=list[str])
    model: Answer | None = None

    async def refuse(self, name: str, authorization: list[bytes], routes: Iterable[Asked]) -> None:
        """Every one of these requests is the one 401, and nothing else happens."""
        for asked in routes:
            self.pairs += 1
            before = self.house.written
            answer = await self.house.ask(asked, authorization)
            if self.model is None:
                self.model = answer
            if answer.status != 401:
                self._wrong(f"{answer.status} instead of 401", name, asked)
            elif answer.told != self.model.told:
                self._wrong("another 401 than the first", name, asked)
            if len(answer.request_id) != len(self.model.request_id):
                self._wrong("a request id of another length", name, asked)
            if self.house.written != before:
                self._wrong("something was looked at or written", name, asked)
        for line in self.heard.lines.keys() - QUIET:
            self._wrong(f"logged {line[:300]}", name, None)
            del self.heard.lines[line]

    async def admit(self, world: World, routes: Iterable[Asked], **changed: object) -> None:
        """The issuer's good token is answered otherwise, by every one of these."""
        for asked in routes:
            answer = await self.house.ask(asked, [bearer(world.token(**changed))])
            if answer.status == 401:
                self._wrong("a good token was refused", world.name, asked)
        self.heard.lines.clear()

    def _wrong(self, what: str, name: str, asked: Asked | None) -> None:
        if len(self.faults) < 50:
            self.faults.append(f"{what}: {name}{'' if asked is None else f', {asked}'}")
