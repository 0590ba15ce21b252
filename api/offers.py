"""How often one member of staff may offer in an hour (rule 11), and how often he may lock somebody out.

Who offers again and again, by name or after a withdrawal, learns who is never offered to whom, and can draw the map of
a prison's enmities. Each attempt counts, refused ones too, for the person, in whatever capacity he asks. One that is
too many is answered 429, and is one line an hour in the ledger: safer custody finds it there among what was LIMITED, as
a reminder to ask him. It is no more than that: a bad night has many calls, and the officer who runs the prison can
offer as well.

A lock-out is answered alike for every number there is, and each is a row: who makes them by the thousand fills a table
that every process reads, and keeps a wing from its devices.
"""

from collections.abc import Callable, Collection
from time import monotonic as system_monotonic
from typing import Final

from api.capacities import Caller
from api.edge.rate import Buckets, Rate, Reading, Windows
from domain.confidentiality.verbs import Verb

_AN_HOUR: Final = Rate(1, 1 / 3600)


class Offers:
    """The windows of one application."""

    def __init__(
        self,
        each: Rate,
        *,
        counted: Collection[Verb] = frozenset({Verb.OFFER_REQUEST}),
        monotonic: Callable[[], float] = system_monotonic,
    ) -> None:
        """`counted`: what is one of them."""
        self._counted = counted
        self._each = Windows(each, monotonic=monotonic)
        self._hours = Buckets(_AN_HOUR, monotonic=monotonic)

    def take(self, caller: Caller, verb: Verb) -> Reading | None:
        """What one of his finds left. None: it is none."""
        return self._each.take(caller.actor) if verb in self._counted else None

    def first_refusal(self, caller: Caller) -> bool:
        """Whether this hour has no line of it yet."""
        return self._hours.take(caller.actor).allowed
