"""What waits on the demonstration's rota: two who would change places and have both said yes, one who would drop his
band, and a proposal that the coordinator asked for, which the worker works out once it runs. Nothing is drawn from the
hat, so that all else stays as it was."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from api.demonstration.hat import Hat
from domain.care.roster import RosterEntry
from domain.care.wish import RotaWish, RotaWishKind, RotaWishState
from domain.confidentiality.record import Record
from domain.kernel.ids import JobId, PersonId, RotaWishId, SupporterId
from domain.oversight.record import Assignment, Job, JobKind
from domain.schemes.record import Scheme
from domain.supporters.record import Supporter


def waiting(
    hat: Hat, scheme: Scheme, supporters: Sequence[Supporter], rota: Sequence[RosterEntry], by: Assignment
) -> Iterator[Record]:
    """Of one scheme, with a rota. `by` runs it."""
    persons = {s.id: s.person for s in supporters}
    to_come = sorted((e for e in rota if e.day > hat.today), key=lambda e: (e.day, e.band, e.id))
    one, other, third = (next(e for e in to_come if e.supporter == who) for who in _first_three(to_come))
    yield from _swapped(hat, one, other, persons)
    yield _wish(hat.ids(), third, persons, wish=RotaWishKind.DROP)
    yield Job(
        id=JobId(hat.ids()),
        author=by.holder,
        jurisdiction=scheme.jurisdiction,
        prison=scheme.prison,
        kind=JobKind.ROTA,
        scheme=scheme.scheme,
        made_at=hat.now,
    )


def _first_three(rota: Sequence[RosterEntry]) -> list[SupporterId]:
    return list(dict.fromkeys(entry.supporter for entry in rota))[:3]


def _swapped(
    hat: Hat, one: RosterEntry, other: RosterEntry, persons: Mapping[SupporterId, PersonId]
) -> Iterator[Record]:
    ids = (hat.ids(), hat.ids())
    same: dict[str, Any] = {
        "wish": RotaWishKind.SWAP,
        "day": one.day,
        "band": one.band,
        "for_day": other.day,
        "for_band": other.band,
        "state": RotaWishState.AGREED,
    }
    yield _wish(ids[0], one, persons, **same, other=other.supporter, side=RotaWishId(ids[1]))
    yield _wish(ids[1], other, persons, **same, other=one.supporter, side=RotaWishId(ids[0]), asked_of_him=True)


def _wish(id: UUID, of: RosterEntry, persons: Mapping[SupporterId, PersonId], **told: Any) -> RotaWish:
    said: dict[str, Any] = {"day": of.day, "band": of.band, **told}
    place = {name: getattr(of, name) for name in ("scheme", "jurisdiction", "prison", "organisation")}
    return RotaWish(id=RotaWishId(id), **place, supporter=of.supporter, person=persons[of.supporter], **said)
