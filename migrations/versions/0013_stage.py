"""At which stage of a sentence somebody asks: on requests under an open policy, and on no other."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        alter table request
            add column stage_of_sentence text collate "C",
            add constraint request_stage_of_sentence_known check (stage_of_sentence in ('INDUCTION', 'SETTLED',
                'TRANSFER', 'BEFORE_RELEASE', 'AFTER_RELEASE')),
            add constraint request_closed_has_no_stage check (not closed or stage_of_sentence is null)
        """
    )


def downgrade() -> None:
    op.execute("alter table request drop column stage_of_sentence")
