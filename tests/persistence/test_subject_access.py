"""Each change of what is kept asks for a look at what is given of it to whoever it is about."""

from typing import Final

from alembic.script import ScriptDirectory

from domain.records import KINDS
from domain.subject_access.helping import BESIDES
from persistence import migrate
from persistence.tables import METADATA, RECORDS

REVIEWED: Final = "0047"
"""The newest migration of which somebody has said that subject access gives all of it that it should. Whoever adds one
looks at `domain.subject_access`, and then writes its number here."""


def test_the_newest_migration_was_reviewed_for_subject_access() -> None:
    """As the estate's team of subject access expects: a pin of the schema's version."""
    assert ScriptDirectory.from_config(migrate.configuration()).get_heads() == [REVIEWED]


def test_every_table_is_of_a_record_or_says_why_nothing_of_it_is_given() -> None:
    """A table beside the records holds nothing by which somebody is found, and says so."""
    assert set(RECORDS) == set(KINDS)
    assert set(METADATA.tables) - {table.name for table in RECORDS.values()} == set(BESIDES)
