"""Every logger heard, for proofs that something is in no log."""

import logging
import traceback
from collections.abc import Generator
from contextlib import contextmanager


class Lines(logging.Handler):
    """Every line of every logger, down to DEBUG, with all that hangs on it. Equal lines are kept once."""

    _OF_ANY = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: dict[str, int] = {}

    def emit(self, record: logging.LogRecord) -> None:
        more = {name: value for name, value in record.__dict__.items() if name not in self._OF_ANY}
        said = f"{record.name} {record.levelname} {record.getMessage()} {more!r} {_raised(record)}"
        self.lines[said] = self.lines.get(said, 0) + 1


def _raised(record: logging.LogRecord) -> str | None:
    """The traceback, as a formatter would write it."""
    return "".join(traceback.format_exception(record.exc_info[1])) if record.exc_info and record.exc_info[1] else None


@contextmanager
def listening() -> Generator[Lines]:
    """Hear every logger at DEBUG, alone: the test runner would keep each of a hundred thousand lines."""
    heard, root = Lines(), logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    root.handlers[:] = [heard]
    root.setLevel(logging.DEBUG)
    try:
        yield heard
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
