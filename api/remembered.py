"""What one process remembers of those who called it."""

from collections import OrderedDict
from datetime import datetime
from typing import Final, Generic, Protocol, TypeVar

from domain.confidentiality.principal import Principal
from domain.ports import Footing

_MOST: Final = 10_000


class Passing(Protocol):
    """What holds from an instant until another, as long as the footing stands."""

    @property
    def principal(self) -> Principal: ...
    @property
    def footing(self) -> Footing | None: ...
    @property
    def since(self) -> datetime: ...
    @property
    def until(self) -> datetime: ...


P = TypeVar("P", bound=Passing)


class Remembered(Generic[P]):
    """Bounded; the least recently seen goes first. The whole principal is the key: another client, or another authority
    in the token, is another caller."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Principal, P] = OrderedDict()

    def find(self, principal: Principal, now: datetime) -> P | None:
        """What is kept, unless its time has run out."""
        kept = self._kept.get(principal)
        if kept is None or not kept.since <= now < kept.until:
            return None
        self._kept.move_to_end(principal)
        return kept

    def keep(self, one: P) -> None:
        """Keep it, if its footing has a mark by which a change is seen."""
        if one.footing is None:
            return
        self._kept[one.principal] = one
        if len(self._kept) > _MOST:
            self._kept.popitem(last=False)
