"""Logs: one JSON line each, with an allow-list of keys. What is not on the list is not written.

Log files are read by people who may see nothing of what they could tell. So there are no paths with ids, no queries,
no bodies, no names: a route's template, a status, a duration, a request id (security.md 7.3, 26). The access log of the
server stays off, because it prints addresses and whole paths.
"""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, Final

import orjson
import structlog

KEYS: Final = frozenset(
    {
        "event",
        "level",
        "logger",
        "timestamp",
        "error",
        "request_id",
        "route",
        "component",
        "address",
        "tick",
        "count",
        "kind",
        "seconds",
        "version",
    }
)
"""Everything that a line may hold."""


def _allowed(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: value for key, value in line.items() if key in KEYS}


def _written(line: Any, **_ignored: Any) -> str:
    return orjson.dumps(line, default=str).decode()


def _from_record(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    record: logging.LogRecord | None = line.get("_record")
    if record is not None:
        # A library's message may hold anything; its format string, without the values, cannot.
        line["event"] = record.msg if record.name.startswith("peer_support") else f"{record.name} {record.levelname}"
        line.update({key: getattr(record, key) for key in KEYS if hasattr(record, key)})
        line["kind"] = getattr(record, "kind", None) or None
    return {key: value for key, value in line.items() if value is not None}


def configure(level: int = logging.INFO) -> None:
    """Send every log line of this process through the allow-list, to standard error."""
    processors: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=processors,
        processors=[
            _from_record,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _allowed,
            structlog.processors.JSONRenderer(serializer=_written),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("httpx", "alembic", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = name != "uvicorn.access"
