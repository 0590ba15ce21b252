"""What earlier reports of an evaluation let out. It cannot be taken back: what comes now gives way to it.

A mean of so many and the mean of one more together tell that one man's score. So a mean, with all that is told beside
it, stands as it is until ten more people are in it (`Parts`), and numbers are let out as if the earlier reports were
tables of the same page (`domain.evaluation.letting`).
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from domain.evaluation.change import FEWEST_FOR_MEAN
from domain.kernel.counts import Told
from domain.oversight.control import Lay, Sum

Section = dict[str, Any]
Rounded = tuple[int, float, float]
"""A mean and a standard deviation as they may be told, and of how many people at the least."""
_AND: Final = "/"


@dataclass(frozen=True, slots=True)
class Part:
    """What a report says of one set of people: how many they are, until which day they were counted, the figures, and
    the rounded means from which all of these were reckoned."""

    people: int
    until: date
    section: Section
    means: Mapping[str, Rounded] = field(default_factory=dict[str, Rounded])


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of one report, printed or reckoned with: what they were, what was told, and the sums between them."""

    counts: Mapping[str, int]
    told: Mapping[str, Told | None]
    sums: Sequence[tuple[str, tuple[str, ...]]] = ()


@dataclass(frozen=True, slots=True)
class Before:
    """The earlier reports of an evaluation, in their order; and the means that the last of them told."""

    reports: Sequence[Numbers] = ()
    parts: Mapping[str, Part] = field(default_factory=dict[str, Part])

    def stands(self, key: str, people: int) -> Part | None:
        """The part of this name, where it stands: fewer than ten people have come to it."""
        was = self.parts.get(key)
        return was if was is not None and people - was.people < FEWEST_FOR_MEAN else None


NOTHING_BEFORE: Final = Before()


class Parts:
    """The parts of a report in the making."""

    def __init__(self, before: Before, until: date) -> None:
        self.before, self.until = before, until
        self.now: dict[str, Part] = {}

    def of(
        self, key: str, people: int, make: Callable[[], tuple[Section, Mapping[str, Rounded]] | None]
    ) -> Part | None:
        """The part that stands, or the one that is made now; None: nothing may be told of them."""
        part = self.before.stands(key, people)
        if part is None:
            made = make()
            part = self.before.parts.get(key) if made is None else Part(people, self.until, *made)
        if part is not None:
            self.now[key] = part
        return part


def key_of(lie: Lay) -> str:
    """Where a number lies, as one word."""
    return _AND.join(_words(lie))


def _words(lie: Iterable[Hashable]) -> Iterable[str]:
    for each in lie:
        if isinstance(each, tuple):
            yield from _words(each)  # pyright: ignore[reportUnknownArgumentType]
        else:
            yield f"{each}"


def numbers_of(counts: Mapping[Lay, int], told: Mapping[Lay, Told | None], sums: Sequence[Sum[Lay]]) -> Numbers:
    """Of what was let out, so much as has to be kept."""
    return Numbers(
        {key_of(lie): n for lie, n in counts.items()},
        {key_of(lie): told[lie] for lie in counts},
        [(key_of(one.whole), tuple(map(key_of, one.parts))) for one in sums],
    )


def packed(numbers: Numbers, parts: Mapping[str, Part]) -> dict[str, Any]:
    """As plain values, to be kept sealed."""
    return {
        "counts": dict(numbers.counts),
        "told": dict(numbers.told),
        "sums": [[whole, list(of)] for whole, of in numbers.sums],
        "parts": {
            key: {
                "people": part.people,
                "until": f"{part.until}",
                "section": part.section,
                "means": {name: list(mean) for name, mean in part.means.items()},
            }
            for key, part in parts.items()
        },
    }


def opened(kept: Sequence[Mapping[str, Any]]) -> Before:
    """What was packed, of each report in their order."""
    reports = [Numbers(of["counts"], of["told"], [(w, tuple(p)) for w, p in of["sums"]]) for of in kept]
    parts = dict[str, Any](kept[-1]["parts"]) if kept else {}
    return Before(reports, {key: _part(of) for key, of in parts.items()})


def _part(of: Mapping[str, Any]) -> Part:
    means = {name: (int(n), float(mean), float(sd)) for name, (n, mean, sd) in of["means"].items()}
    return Part(of["people"], date.fromisoformat(of["until"]), of["section"], means)
