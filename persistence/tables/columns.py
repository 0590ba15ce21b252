"""Kinds of column, and the few constraints that every table says in the same words.

Text sorts by code point (collation "C"), so that an order seen in one database is the order in every one, in memory
too, and no upgrade of a system's language data ever breaks an index. Closed vocabularies are text with a CHECK made of
the `StrEnum`'s values. There are no foreign keys: aggregates know each other by id, and erasing a person is erasing one
row while every other row that names his id stays (rule 4).
"""

from enum import EnumType, StrEnum
from typing import Any, get_args, get_origin

from sqlalchemy import ARRAY, CheckConstraint, Date, Integer, Text, Uuid
from sqlalchemy.dialects.postgresql import JSON, JSONB
from sqlmodel import SQLModel

from domain.confidentiality.record import Record
from persistence.question import plain

SQLModel.metadata.naming_convention = {
    "pk": "%(table_name)s_pkey",
    "ck": "%(table_name)s_%(constraint_name)s",
}
# Nothing is validated by these classes, so that no validator need be made of 70 tables.
SQLModel.model_config["defer_build"] = True


class Words(Text):
    """Text by code point."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(collation="C")


class WordList(ARRAY[str]):
    """Several words, in order."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(Text(collation="C"))


class IdList(ARRAY[Any]):
    """Several ids, in order."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(Uuid())


class DayList(ARRAY[Any]):
    """Several days, in order."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(Date())


class NumberList(ARRAY[Any]):
    """Several whole numbers, in order."""

    cache_ok = True

    def __init__(self) -> None:
        super().__init__(Integer())


class Json(JSONB):
    """Plain values, by name."""

    cache_ok = True


class AsSent(JSON):
    """Plain values, by name, in the order in which they were sent: as text, for `jsonb` puts names in an order of its
    own, and what is made and what is read again would have two tags."""

    cache_ok = True


def vocabularies(record: type[Record]) -> list[CheckConstraint]:
    """For every field of a closed vocabulary: the column holds one of its words (or nothing), a list holds no other."""
    found: list[CheckConstraint] = []
    for field in record.shape.fields.values():
        if field.mark.encrypted:
            continue  # a word of casework is ciphertext, of which the table knows nothing
        type = plain(field.type)
        several = get_origin(type) is tuple
        words = get_args(type)[0] if several else type
        if isinstance(words, EnumType) and issubclass(words, StrEnum):
            told = ", ".join(f"'{word.value}'" for word in words)
            within = f"{field.name} <@ array[{told}]::text[]" if several else f"{field.name} in ({told})"
            found.append(holds(f"{field.name}_known", within))
    return found


def known(column: str, words: type[StrEnum]) -> CheckConstraint:
    """The column holds a word of this vocabulary, or nothing; for tables that are no record's."""
    told = ", ".join(f"'{word.value}'" for word in words)
    return holds(f"{column}_known", f"{column} in ({told})")


def holds(name: str, condition: str) -> CheckConstraint:
    """A truth about every row; `name` says which."""
    return CheckConstraint(condition, name=name)
