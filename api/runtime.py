"""What the routes run on: one value, made once by the wiring and never changed.

Routes and acts see ports only (`Store`, `Clock`, `Ids`); which database or clock stands behind them is the wiring's.
"""

import hashlib
import hmac
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from api import wire
from api.door import Door, NoDoor
from api.keeping import Tended
from api.paging import Cursors
from api.printing.pdf import Press
from api.remembered import Remembered
from api.signing import Signatures
from api.turns import Turns
from domain.confidentiality.disclosure import Tagger, tagger
from domain.confidentiality.principal import Principal, PrincipalKind
from domain.feedback.codes import CodeIds
from domain.kernel.rollout import EVERYWHERE, RollOut
from domain.kernel.whereabouts import Residents, Whereabouts, no_residents, nobody_located
from domain.packs.chronology import UnderHold
from domain.ports import (
    Caseloads,
    Clock,
    Ids,
    KeptApart,
    PrisonRecords,
    Releases,
    Rolls,
    Store,
    no_roll,
    nobody_can_say,
    nothing_known,
)


@dataclass(frozen=True, slots=True)
class Secrets:
    """Keys that the HTTP side needs, each derived for its one use from the service's `KEYS`."""

    tags: bytes
    cursors: bytes
    bodies: bytes
    actors: bytes
    signatures: Mapping[int, bytes] = field(default_factory=lambda: {1: bytes(32)})
    """By version of `KEYS`, newest first. What is made where nothing is signed for anybody needs none of its own."""
    codes: Mapping[int, bytes] = field(default_factory=lambda: {1: bytes(32)})
    """Likewise: of single-use codes."""
    holds: Mapping[int, bytes] = field(default_factory=lambda: {1: bytes(32)})
    """Likewise: of the numbers that are bound to holds."""


async def unasked(prison: str, identifiers: Collection[str]) -> Mapping[str, date | None] | None:
    """No source of release dates is set up: none can be asked for."""
    del prison, identifiers
    return None


@dataclass(frozen=True, slots=True)
class Runtime:
    """Store, clock, ids, tags, cursors, caseloads, the jurisdiction of an issuer's staff, the ids of single-use codes,
    what stands for a number under a hold, what the prison's systems know, whom we remember, the press, whose turn it
    is, when people are to be released, who must be kept apart, how many people were in a prison, where people are, who
    lives in one, which issuers are trusted, in which prisons the service is rolled out, which queues are ours, and
    where tokens are verified."""

    store: Store
    clock: Clock
    ids: Ids
    caseloads: Caseloads
    tag: Tagger
    cursors: Cursors
    body_key: bytes
    actor_key: bytes
    jurisdiction_of: Callable[[str], str]
    signatures: Signatures
    codes: CodeIds
    under_hold: UnderHold
    prison: PrisonRecords = nothing_known
    remembered: Remembered[Any] = field(default_factory=Remembered[Any])
    press: Press = field(default_factory=Press)
    turns: Turns = field(default_factory=Turns)
    releases: Releases = unasked
    apart: KeptApart = nobody_can_say
    rolls: Rolls = no_roll
    whereabouts: Whereabouts = nobody_located
    residents: Residents = no_residents
    issuers: tuple[str, ...] = ()
    rollout: RollOut = EVERYWHERE
    queues: Sequence[Tended] = ()
    door: Door = field(default_factory=NoDoor)

    async def caseload_of(self, principal: Principal) -> frozenset[str] | None:
        """In which prisons a member of staff works now. None for everybody else, and where no source is set up."""
        return await self.caseloads(principal) if principal.kind is PrincipalKind.STAFF else None

    def actor_in_custody(self, principal: Principal) -> UUID:
        """Our id for a prisoner: worked out with our key and kept nowhere. A row that joined it to his number would
        join him, by its transaction, to the first thing he did here; and that is often to ask for a Listener."""
        said = "\x1f".join((principal.issuer, principal.subject, principal.kind)).encode()
        return UUID(bytes=hmac.new(self.actor_key, said, hashlib.sha256).digest()[:16], version=4)

    def selves(self, jurisdiction: str, number: str) -> list[tuple[str, UUID]]:
        """Each issuer of the jurisdiction, with our id for whoever in custody it vouches for by that number."""
        there = [issuer for issuer in self.issuers if self.jurisdiction_of(issuer) == jurisdiction]
        kind = PrincipalKind.IN_CUSTODY
        return [(issuer, self.actor_in_custody(Principal(issuer, number, kind))) for issuer in there]

    def body_hash(self, canonical: bytes) -> bytes:
        """A keyed hash of a body, so that the table of idempotency keys does not tell what was sent."""
        return hmac.digest(self.body_key, canonical, hashlib.sha256)


def runtime(
    store: Store,
    clock: Clock,
    ids: Ids,
    caseloads: Caseloads,
    secrets: Secrets,
    jurisdiction_of: Callable[[str], str],
    prison: PrisonRecords = nothing_known,
    *,
    releases: Releases = unasked,
    apart: KeptApart = nobody_can_say,
    rolls: Rolls = no_roll,
    whereabouts: Whereabouts = nobody_located,
    residents: Residents = no_residents,
    issuers: Iterable[str] = (),
    rollout: RollOut = EVERYWHERE,
    queues: Sequence[Tended] = (),
    door: Door | None = None,
) -> Runtime:
    """Put together from its parts."""
    return Runtime(
        store=store,
        clock=clock,
        ids=ids,
        caseloads=caseloads,
        tag=tagger(secrets.tags, wire.exact),
        cursors=Cursors(secrets.cursors, clock),
        body_key=secrets.bodies,
        actor_key=secrets.actors,
        jurisdiction_of=jurisdiction_of,
        prison=prison,
        signatures=Signatures(secrets.signatures),
        codes=partial(_ids_of, tuple(secrets.codes.values())),
        under_hold=partial(_under_hold, tuple(secrets.holds.values())),
        releases=releases,
        apart=apart,
        rolls=rolls,
        whereabouts=whereabouts,
        residents=residents,
        issuers=tuple(sorted(issuers)),
        rollout=rollout,
        queues=queues,
        door=door or NoDoor(),
    )


def _ids_of(keys: Sequence[bytes], code: str) -> list[UUID]:
    """The ids that the row of a single-use code may have: a keyed hash, so that no code is found by trying them on the
    table."""
    hashes = (hmac.digest(key, code.encode(), hashlib.sha256) for key in keys)
    return [UUID(bytes=each[:16], version=4) for each in hashes]


def _under_hold(keys: Sequence[bytes], hold: UUID, number: str) -> list[str]:
    """What stands for a number under one hold: no two holds have anything in common, and no number is found by trying
    them all on the table."""
    return [hmac.new(key, hold.bytes + number.encode(), hashlib.sha256).hexdigest() for key in keys]
