"""The month's figures of every place in reach: for headquarters one row for each prison and series, and one for the
whole jurisdiction (domain facts, need 30).

It is what was let out, and nothing is worked out of it: all prisons and their whole passed disclosure control together
(`domain.metrics.releasing`), so that nobody reckons out of the national number what was kept back of a prison. What the
words mean has a version, which changes with any of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.verbs import Verb
from domain.confidentiality.within import fields_of
from domain.kernel import counts
from domain.kernel.days import months_after
from domain.kernel.errors import Absent
from domain.metrics.closing import last_period
from domain.metrics.reading import FigureState, let
from domain.metrics.record import KEPT_BACK, Figure, FigurePeriod
from domain.metrics.series import LAYOUTS, Series

DEFINITIONS: Final = "2"
"""The version of what series, words and metrics mean. A test holds it to them."""


@dataclass(frozen=True, slots=True)
class Word:
    """A number of a series: told, or why not."""

    word: str
    told: counts.Told | None
    state: FigureState


@dataclass(frozen=True, slots=True)
class Row:
    """A series of one place in the month. `prison` None: of the whole jurisdiction; `scheme` None: of all schemes."""

    jurisdiction: str
    prison: str | None
    scheme: UUID | None
    series: Series
    numbers: tuple[Word, ...]
    late: counts.Told | None
    """How many of earlier months were counted with this one; None: too few to tell."""
    median: int | None
    nine_in_ten: int | None


@dataclass(frozen=True, slots=True)
class Monthly:
    """The rows of a month, by place and series."""

    first: date
    last: date
    rows: tuple[Row, ...]


async def read(begin: Begin, day: date | None) -> Monthly:
    """The month in which a day lies (None: the last that is over). Whoever reads of schemes alone has a row for each of
    his; all others have one for each prison. `Absent` where nothing of it is in reach, or was let out."""
    async with begin(Verb.READ_FIGURE) as act:
        first = last_period(act, FigurePeriod.MONTH) if day is None else day.replace(day=1)
        asked: dict[str, Any] = {"period": FigurePeriod.MONTH, "first": first}
        # A prison's figures are of no partner, so a partner reads of its schemes alone, whichever they are.
        of_schemes = act.viewer.fact("schemes") is not None or "organisation" in fields_of(act.decision.reach(Figure))
        if not of_schemes:
            asked["scheme"] = None
        found = await looking.every(act, Figure, asked)
        if not found:
            raise Absent
        rows = [_row(act, figure) for figure in found]
        rows.sort(key=lambda row: (row.prison or "", str(row.scheme or ""), list(Series).index(row.series)))
        last = months_after(first, 1) - timedelta(days=1)
        return Monthly(first, last, tuple(rows))


def _row(act: Act, figure: Figure) -> Row:
    shown = act.disclose(figure).values
    told: Sequence[int] | None = shown["told"] or shown["told_cleared"]
    words = shown["words"]
    late = shown["late_cleared" if LAYOUTS[shown["series"]].cleared else "late"]
    return Row(
        jurisdiction=shown["jurisdiction"],
        prison=shown["prison"],
        scheme=shown["scheme"],
        series=shown["series"],
        numbers=tuple(_words(shown["series"], words, told)),
        late=None if late is None else let(late),
        median=shown["median"],
        nine_in_ten=shown["nine_in_ten"],
    )


def _words(series: Series, words: Sequence[str], told: Sequence[int] | None) -> list[Word]:
    if told is None or len(told) != len(words):
        return [Word(word, None, FigureState.NOT_CLEARED) for word in words]
    silent = told[-1] == 0  # the last word of a series is all of it
    nothing = FigureState.NOT_KNOWN if series is Series.PRISONER_DAYS else FigureState.NO_RECORDS
    return [
        Word(word, None, nothing)
        if silent
        else Word(word, None, FigureState.TOO_FEW)
        if n == KEPT_BACK
        else Word(word, let(n), FigureState.TOLD)
        for word, n in zip(words, told, strict=True)
    ]
