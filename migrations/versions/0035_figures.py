"""What was counted of months that are over, and what of it was let out."""

from alembic import op

from migrations import fences

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_SERIES = (
    "'LISTENER_REQUESTS', 'REQUESTS', 'SESSIONS', 'INDUCTIONS', 'GOALS', 'DEBRIEFS', 'TASK_REQUESTS',"
    " 'INCIDENTS', 'SUPPORTERS', 'RATINGS', 'UNLOCKING', 'COVER', 'APPLICATIONS', 'LEAVERS', 'WING_REQUESTS',"
    " 'WING_COVER', 'SPREAD_TAKEN_ON', 'SPREAD_REMOVED', 'SPREAD_SHIFTS', 'SPREAD_PAY', 'BREACHES', 'PRISONER_DAYS'"
)
_WORDS = "no_free_text check (char_length(array_to_string(words, '')) <= 400)"


def upgrade() -> None:
    _table(
        "roll_up",
        """prison text collate "C" not null, scheme uuid, organisation text collate "C",
        wing text collate "C", series text collate "C" not null, of_month date not null, closed_in date not null,
        words text[] collate "C" not null, counts integer[] not null, people integer[] not null,
        most integer[] not null, waits integer[] not null""",
        "months_are_their_first check (extract(day from of_month) = 1 and extract(day from closed_in) = 1)",
        "closed_after check (closed_in >= of_month)",
        """a_number_a_word check (cardinality(counts) = cardinality(words) and cardinality(people) = cardinality(words)
            and cardinality(most) = cardinality(words))""",
    )
    _table(
        "figure",
        """prison text collate "C", scheme uuid, organisation text collate "C",
        wing text collate "C", series text collate "C" not null, period text collate "C" not null, first date not null,
        words text[] collate "C" not null, told integer[] not null, told_cleared integer[] not null,
        late integer not null, late_cleared integer not null, median integer, nine_in_ten integer""",
        "period_known check (period in ('MONTH', 'QUARTER', 'YEAR'))",
        "first_is_a_first check (extract(day from first) = 1)",
        "a_number_a_word check (cardinality(told) + cardinality(told_cleared) = cardinality(words))",
        "told_once check (told = '{}' or told_cleared = '{}')",
        "waits_are_coarse check (coalesce(median, 0) % 5 = 0 and coalesce(nine_in_ten, 0) % 5 = 0)",
    )
    op.execute(
        "create unique index roll_up_once on roll_up (prison, series, of_month, closed_in, scheme, wing)"
        " nulls not distinct"
    )
    op.execute("create index roll_up_by_closing on roll_up (jurisdiction, series, closed_in, id)")
    op.execute(
        "create unique index figure_once on figure (jurisdiction, series, period, first, prison, scheme, wing)"
        " nulls not distinct"
    )
    op.execute("create index figure_by_scheme on figure (scheme, series, period, first)")
    for statement in fences.fenced("roll_up", fences.of_prison(participation=True)):
        op.execute(statement)
    for statement in fences.fenced("figure", fences.of_prison()):
        op.execute(statement)


def downgrade() -> None:
    op.execute("drop table roll_up, figure")


def _table(table: str, columns: str, *truths: str) -> None:
    usual = ("version_counts check (version >= 1)", f"series_known check (series in ({_SERIES}))", _WORDS)
    checks = "".join(f", constraint {table}_{truth}" for truth in (*usual, *truths))
    op.execute(
        f"""
        create table {table} (
            id uuid not null,
            version integer not null,
            jurisdiction text collate "C" not null,
            {columns},
            constraint {table}_pkey primary key (id)
            {checks}
        )
        """
    )
