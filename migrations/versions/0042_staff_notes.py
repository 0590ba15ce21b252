"""What staff note about somebody who is helped, for themselves."""

from alembic import op

from migrations import fences

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        create table staff_note (
            id uuid not null,
            version integer not null,
            scheme uuid not null,
            jurisdiction text collate "C" not null,
            prison text collate "C" not null,
            organisation text collate "C" not null,
            closed boolean not null,
            enrolment uuid not null,
            person uuid not null,
            words bytea,
            words_gone_on date,
            noted_at timestamptz not null,
            author uuid not null,
            constraint staff_note_pkey primary key (id),
            constraint staff_note_version_counts check (version >= 1),
            constraint staff_note_never_closed check (not closed),
            constraint staff_note_words_gone_are_gone check (words_gone_on is null or words is null)
        )
        """
    )
    op.execute("create index staff_note_by_scheme on staff_note (prison, scheme, id)")
    op.execute("create index staff_note_by_enrolment on staff_note (enrolment)")
    op.execute("create index staff_note_by_person on staff_note (person)")
    op.execute("create index staff_note_with_words on staff_note (noted_at, id) where words_gone_on is null")
    for statement in fences.fenced("staff_note", fences.of_prison(participation=True)):
        op.execute(statement)


def downgrade() -> None:
    op.execute("drop table staff_note")
