"""A supporter's wish of the rota, as it is kept: one side of it, and where it stands. What becomes of it is in
`domain.care.wishes`."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.record import derived, record
from domain.confidentiality.verbs import Verb
from domain.kernel.bands import Band, span
from domain.kernel.days import zone_of
from domain.kernel.errors import Failure
from domain.kernel.ids import PersonId, RotaWishId, SchemeId, SupporterId
from domain.kernel.moves import Life, Moves
from domain.schemes.belonging import OfScheme


class RotaWishKind(StrEnum):
    """What is wished."""

    TAKE = "TAKE"
    DROP = "DROP"
    SWAP = "SWAP"


class RotaWishState(StrEnum):
    """Where a wish stands."""

    ASKED = "ASKED"
    AGREED = "AGREED"
    """The other has said yes."""
    DONE = "DONE"
    """The rota says so."""
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"


_S = RotaWishState
UNDECIDED: Final = (_S.ASKED, _S.AGREED)
ROTA_WISH_MOVES: Final[Moves[RotaWishState]] = {
    _S.ASKED: frozenset({_S.AGREED, _S.DONE, _S.REFUSED, _S.WITHDRAWN}),
    _S.AGREED: frozenset({_S.DONE, _S.REFUSED, _S.WITHDRAWN}),
    _S.DONE: frozenset(),
    _S.REFUSED: frozenset(),
    _S.WITHDRAWN: frozenset(),
}
ROTA_WISH_LIFE: Final = Life(
    "state",
    {
        Verb.ANSWER_ROTA_WISH: frozenset({_S.ASKED}),
        Verb.DECIDE_ROTA_WISH: frozenset(UNDECIDED),
        Verb.WITHDRAW_ROTA_WISH: frozenset(UNDECIDED),
    },
)


@record(kind="rota-wish", kept="six months after its day", parties=("person",), life=ROTA_WISH_LIFE)
class RotaWish(OfScheme):
    """One supporter's side of a wish. Both sides of a swap say the same of the two bands: `day` and `band` are those of
    who asked, `for_day` and `for_band` what he gets for them."""

    id: Open[RotaWishId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    supporter: Operational[SupporterId]
    """Whose side it is."""
    person: Operational[PersonId]
    wish: Operational[RotaWishKind]
    day: Operational[date]
    band: Operational[Band]
    other: Operational[SupporterId | None] = None
    """With whom he swaps."""
    for_day: Operational[date | None] = None
    """None: the other stands in for him, and he for nobody."""
    for_band: Operational[Band | None] = None
    asked_of_him: Operational[bool] = False
    """The other asked it, and he is to answer."""
    side: Operational[RotaWishId | None] = None
    """The other's side of a swap."""
    state: Operational[RotaWishState] = RotaWishState.ASKED
    to_come = ("day", "for_day")

    def faults(self) -> Iterable[Failure]:
        """A swap names another, and a band of his whole or not at all; nothing else names either."""
        swap, two = self.wish is RotaWishKind.SWAP, (self.for_day, self.for_band)
        if swap is not (self.other is not None):
            yield Failure("NAMED_IN_A_SWAP", "/other")
        elif not swap and two != (None, None):
            yield Failure("NAMED_IN_A_SWAP", "/forDay")
        elif (self.for_day is None) is not (self.for_band is None):
            yield Failure("BOTH_OR_NEITHER", "/forBand")
        if self.other == self.supporter:
            yield Failure("NOBODY_SWAPS_WITH_HIMSELF", "/other")

    @derived
    def lapsed(self, now: datetime) -> Operational[bool]:
        """Nobody decided before one of its bands began."""
        return self.state in UNDECIDED and min(begins(self)) <= now


def begins(wish: RotaWish) -> list[datetime]:
    """When its bands begin."""
    zone = zone_of(wish.jurisdiction).key
    bands = ((wish.day, wish.band), (wish.for_day, wish.for_band))
    return [span(day, band, zone)[0] for day, band in bands if day is not None and band is not None]
