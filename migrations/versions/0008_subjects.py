"""Whom a token speaks for is ciphertext at rest, and found by a keyed index: of staff it is the name that they sign in
with, of a person in custody his prison number.

Rows from before hold it in clear. The keys are not the owner's to have, so nothing here could seal it; and sealed, it
would still stand in the old pages, the write-ahead log and the backups of that database. So where there is such a row
this refuses, and changes nothing.
"""

from alembic import op

from persistence.migrate import Refused

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TABLES = ("actor", "assignment")


def upgrade() -> None:
    _nothing_in_clear()
    op.execute("alter table actor drop constraint actor_known_once")
    op.execute("drop index assignment_by_subject")
    for table in _TABLES:
        op.execute(f"alter table {table} drop column subject")
        op.execute(f"alter table {table} add column subject bytea not null, add column subject_index bytea not null")
    op.execute("alter table actor add constraint actor_known_once unique (issuer, kind, subject_index)")
    op.execute("create index assignment_by_subject on assignment (subject_index)")


def downgrade() -> None:
    # What is sealed no older release could read. The marks go with what they stand for: who was remembered is not.
    op.execute("truncate actor, assignment, footing")
    op.execute("alter table actor drop constraint actor_known_once")
    op.execute("drop index assignment_by_subject")
    for table in _TABLES:
        op.execute(f"alter table {table} drop column subject, drop column subject_index")
        op.execute(f'alter table {table} add column subject text collate "C" not null')
    op.execute("alter table actor add constraint actor_known_once unique (issuer, subject, kind)")
    op.execute("create index assignment_by_subject on assignment (issuer, subject)")


def _nothing_in_clear() -> None:
    op.execute("lock table actor, assignment in access exclusive mode")
    # Row security is forced: without a scope the owner, too, would find nothing.
    op.execute("select set_config('peer_support.prisons', '*', true)")
    for table in _TABLES:
        if op.get_bind().exec_driver_sql(f"select 1 from {table} limit 1").first() is not None:
            raise Refused(
                f"the table {table} holds names in clear, which cannot be sealed after the fact: begin with an empty"
                " database (peer-support migrate --down empties this one, all of it)"
            )
    op.execute("select set_config('peer_support.prisons', '', true)")
