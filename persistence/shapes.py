r"""The few shapes that a statement may have, and the statement that was found to have one.

Whoever reviews what the service can ask of its database reviews this file: a text with a value in it, with a parameter
that would be expanded as it runs, or of any other shape is refused when it is made, which the tests do for all.

In a shape, P is a parameter, and <s> another pattern of the table below.
"""

import re
from collections.abc import Mapping
from typing import Any, Final, cast

from sqlalchemy import Executable
from sqlalchemy.dialects.postgresql import asyncpg
from sqlalchemy.sql.compiler import SQLCompiler

_DIALECT: Final[Any] = cast(Any, asyncpg).dialect(paramstyle="numeric_dollar")

SETTINGS: Final = {
    "prisons": "'peer_support.prisons'",
    "participation": "'peer_support.participation'",
}
"""The two settings that row security reads, as they stand in a statement: the only words in quotes in any."""

_PARTS: Final[Mapping[str, str]] = {
    "settings": (
        r"SELECT set_config\('peer_support\.prisons', P, true\) AS p,"
        r" set_config\('peer_support\.participation', P, true\) AS q"
    ),
    "s": r"s AS MATERIALIZED \(<settings>\)",
    "mark": r"SELECT footing\.mark FROM footing WHERE footing\.actor = P",
    "row": r"SELECT [\w., ]+ FROM \w+ WHERE s\.p IS NOT NULL( AND .*)?",
    "lock": r"(l AS MATERIALIZED \(SELECT pg_try_advisory_xact_lock\(P\) AS got\), )?",
    "k": (
        r"k AS MATERIALIZED \(SELECT o\.id AS id FROM (l, )?s JOIN LATERAL \(<row> FOR UPDATE\) AS o ON true"
        r"( WHERE l\.got)?\)"
    ),
    "new": r"INSERT INTO \w+ \([\w, ]+\) SELECT [\w, ]+ FROM (l, )?s WHERE( l\.got AND)? s\.p IS NOT NULL",
    "again": (
        r"INSERT INTO \w+ \([\w, ]+\) SELECT [\w, ]+ FROM k"
        r" ON CONFLICT \(id\) DO UPDATE SET \w+ = excluded\.\w+(, \w+ = excluded\.\w+)*"
    ),
    "entry": r", e AS \(INSERT INTO ledger \([\w, ]+\) SELECT [\w, ]+ FROM w\)",
    "key": (
        r"(, x AS \(DELETE FROM idempotency_key USING w WHERE idempotency_key\.use = P AND idempotency_key\.until <= P"
        r" AND w\.id IS NOT NULL RETURNING idempotency_key\.use\),"
        r" i AS \(INSERT INTO idempotency_key \([\w, ]+\) SELECT [\w, ]+ FROM w,"
        r" \(SELECT count\(x\.use\) AS n FROM x\) AS y WHERE y\.n IS NOT NULL\))?"
    ),
    "kept": r" SELECT count\(\*\) AS kept(, \(SELECT l\.got FROM l\) AS got)? FROM w",
}

SHAPES: Final[Mapping[str, str]] = {
    "look": (
        r"WITH <s> SELECT [\w., ]+ FROM s JOIN LATERAL \(<row> ORDER BY [\w., ]+ LIMIT P\) AS r ON true"
        r" ORDER BY [\w., ]+"
    ),
    "look on footing": (
        r"WITH s AS MATERIALIZED \(<settings>, \(<mark>\) AS mark\) SELECT [\w., ]+, s\.mark FROM s"
        r" LEFT OUTER JOIN LATERAL \(<row> ORDER BY [\w., ]+ LIMIT P\) AS r ON true ORDER BY [\w., ]+"
    ),
    "mark": r"<mark>",
    "add": r"WITH <lock><s>, w AS \(<new> RETURNING \w+\.id\)<entry><key><kept>",
    "change": r"WITH <lock><s>, <k>, w AS \(<again> RETURNING \w+\.id\)<entry><key><kept>",
    "scope": r"<settings>",
    "step add": r"INSERT INTO \w+ \([\w, ]+\) VALUES \([P, ]+\)( RETURNING \w+\.id)?",
    "step adds": r"INSERT INTO \w+ \([\w, ]+\) VALUES \([P, ]+\)(, \([P, ]+\))+ RETURNING \w+\.id",
    "step change": r"UPDATE \w+ SET \w+=P(, \w+=P)* WHERE \w+\.id = P AND \w+\.version = P RETURNING \w+\.id",
    "step erase": r"DELETE FROM \w+ WHERE \w+\.id = P AND \w+\.version = P RETURNING \w+\.id",
    "letters": (
        r"SELECT letterbox\.id, letterbox\.sealed FROM letterbox WHERE letterbox\.box = P ORDER BY letterbox\.id"
    ),
    "take letters": r"DELETE FROM letterbox WHERE letterbox\.id = ANY \(P\) RETURNING letterbox\.id",
    "append": (
        r"INSERT INTO ledger \([\w, ]+\) SELECT [\w., ]+ FROM json_to_recordset\(P\)"
        r' AS u\((\w+ [A-Z ]+( COLLATE "C")?(, |(?=\))))+\)'
    ),
    "key lock": r"SELECT pg_try_advisory_xact_lock\(P\) AS got",
    "key end": r"DELETE FROM \w+ WHERE \w+\.use = P AND \w+\.until <= P",
    "key look": (
        r"SELECT [\w., ]+, CAST\(NULL AS DATE\) AS day FROM idempotency_key"
        r" WHERE idempotency_key\.use = ANY \(P\) AND idempotency_key\.until > P UNION ALL"
        r" SELECT [\w., ]+, CAST\(NULL AS BYTEA\) AS subject, CAST\(NULL AS TIMESTAMP WITH TIME ZONE\) AS until,"
        r" tally_key\.until AS day FROM tally_key WHERE tally_key\.use = ANY \(P\) AND tally_key\.until > P"
    ),
}

_PARAMETER: Final = re.compile(
    r"\$\d+::(UUID|INTEGER|BIGINT|VARCHAR|TEXT|BYTEA|DATE|BOOLEAN|JSONB?|TIMESTAMP WITH TIME ZONE)(\[\])?"
    r"( COLLATE \"C\")?"
)
_VALUE: Final = re.compile(r"'|(?<![\w$.])\d")


class WrongShape(TypeError):
    """A statement that this service does not make."""


class Statement:
    """A statement's text, and the names of its parameters in order."""

    __slots__ = ("names", "sql")

    def __init__(self, shape: str, made: Executable) -> None:
        compiled: Any = made.compile(dialect=_DIALECT)  # type: ignore[attr-defined]
        if not isinstance(compiled, SQLCompiler):
            raise WrongShape("no statement")
        self.sql: Final[str] = re.sub(r"\s+", " ", compiled.string).strip()
        self.names: Final[tuple[str, ...]] = tuple(compiled.positiontup or ())
        given = [p.key for p in compiled.binds.values() if p.value is not None or p.expanding or p.literal_execute]
        if given or has_value(self.sql) or not has_shape(shape, self.sql):
            raise WrongShape(f"not of the shape {shape}: {self.sql}")

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        """The values, in the order of the parameters. Raises `KeyError`: one is missing."""
        return [values[name] for name in self.names]


def has_value(sql: str) -> bool:
    """Does a value stand in the text: a quoted word that is not one of the settings, a number, or one to come?"""
    for setting in SETTINGS.values():
        sql = sql.replace(setting, "")
    return "POSTCOMPILE" in sql or _VALUE.search(_PARAMETER.sub("", sql)) is not None


def has_shape(shape: str, sql: str) -> bool:
    """Is this text, its blanks made one, of the shape of this name?"""
    pattern = SHAPES[shape]
    while "<" in (told := re.sub(r"<(\w+)>", lambda part: _PARTS[part[1]], pattern)) and told != pattern:
        pattern = told
    return re.fullmatch(told, re.sub(r" AS anon_\d+", "", _PARAMETER.sub("P", sql))) is not None
