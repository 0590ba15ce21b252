"""Tables of counts, each count of them through disclosure control (`domain.kernel.counts`)."""

from collections.abc import Mapping

from domain.kernel.counts import released

__all__ = ["released", "table"]


def table(cells: Mapping[str, int]) -> dict[str, int | None]:
    """A table of one dimension with its total, each rounded on its own."""
    return {name: released(n) for name, n in sorted(cells.items())} | {"total": released(sum(cells.values()))}
