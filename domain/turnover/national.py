"""The forecast of every prison of a jurisdiction, in counts that may leave them: by kind of scheme, and in all.

They pass disclosure control together (`domain.oversight.control`), margins included, so that none can be worked out of
the others. It says which schemes run short of no prison: whether one does is a number of supporters too small to tell.
"""

from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any, Final

from domain.act import Begin
from domain.oversight.counts import of_kinds
from domain.ports import Releases
from domain.turnover.acts import Told, of_jurisdiction
from domain.turnover.forecast import HORIZONS

ESTIMATE: Final = "ESTIMATE"


async def turnover(
    begin: Callable[[], Begin], jurisdiction: str, releases: Releases, told: Callable[[int], Awaitable[None]]
) -> dict[str, Any]:
    """The result of the job."""
    return summed(await of_jurisdiction(begin, jurisdiction, releases, told))


def summed(all_: Sequence[Told]) -> dict[str, Any]:
    """By kind of scheme and in all: how many are active, how many are expected in 30, 60 and 90 days, how many schemes
    are expected to fall below their minimum, and what became of requests for holds. Null: too few to tell."""
    by_kind: dict[str, list[Told]] = defaultdict(list)
    for each in all_:
        by_kind[each.scheme.kind].append(each)
    kinds = of_kinds({kind: _counts(of) for kind, of in by_kind.items()} or {ESTIMATE: _counts(())})
    total = kinds.pop("total")
    return {
        "label": ESTIMATE,
        "prisons": len({each.scheme.prison for each in all_}),
        "kinds": {kind: kinds[kind] for kind in sorted(by_kind)},
        "total": total,
    }


def _counts(all_: Sequence[Told]) -> dict[str, int]:
    cells = Counter[str]()
    for each in all_:
        forecast = each.forecast
        cells["active"] += forecast.active
        cells["inTraining"] += forecast.in_training
        cells["holdsAsked"] += each.holds.asked
        cells["holdsRefused"] += each.holds.refused
        for days in HORIZONS:
            by = forecast.today + timedelta(days=days)
            cells[f"schemesShortIn{days}Days"] += forecast.short_in is not None and forecast.short_in < by
    expected = {f"expectedIn{d}Days": round(sum(t.forecast.at(d).expected for t in all_)) for d in HORIZONS}
    return {**cells, **expected}
