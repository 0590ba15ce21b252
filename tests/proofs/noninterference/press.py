"""The press of all worlds, each of which finds it as a process that has just begun."""

from collections.abc import Callable

from api.printing.pdf import KEPT, Press


class OnePress(Press):
    """The service's own, by our clock. What it printed in one world it has not printed in the next: who has had his
    share, and what lies there already, is of one world. Only the child is asked once for a page: it is the same bytes.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        super().__init__(seconds=120, monotonic=monotonic)
        self._ever: dict[bytes, bytes] = {}

    def begin(self) -> None:
        """Another world begins."""
        self._kept.clear()
        self._room = KEPT

    async def _printed(self, page: bytes) -> bytes:
        if page not in self._ever:
            self._ever[page] = await super()._printed(page)
        return self._ever[page]
