"""What so far only records hold, held by the tables too: times of one scheme that never overlap, the closed forms of
texts, ranges, and what goes with what.

A time of the week is written as the minutes of the week that it covers (a night of Sunday's in two parts), and as the
span from its first day's minute to its last day's. Of two times both overlap only where some week's hours do, for none
is longer than a day: so the constraint refuses exactly what the rules do. The wheel's PostgreSQL has no btree_gist, so
the scheme is a range of one.
"""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_DAY = """array_position(array['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']::text[],
    weekday)"""
_STARTS = "(substr(starts, 1, 2)::integer * 60 + substr(starts, 4, 2)::integer)"
_ENDS = "(substr(ends, 1, 2)::integer * 60 + substr(ends, 4, 2)::integer)"
_LASTS = f"(({_ENDS} - {_STARTS} + 1439) % 1440 + 1)"
_IN_WEEK = f"(({_DAY} - 1) * 1440 + {_STARTS})"
_FIRST = f"(valid_from + ({_DAY} - extract(isodow from valid_from)::integer + 7) % 7 - date '2000-01-01')"
_UNTIL = "coalesce(valid_until, date '9999-12-31')"
_LAST = f"({_UNTIL} - (extract(isodow from {_UNTIL})::integer - {_DAY} + 7) % 7 - date '2000-01-01')"
_BEGINS = f"({_FIRST}::bigint * 1440 + {_STARTS})"
_OVER = f"({_LAST}::bigint * 1440 + {_STARTS} + {_LASTS})"
_ENDED = f"greatest({_OVER}, {_BEGINS})"
"""Where no day of it is left between its first and last, it is never on: the span is empty."""
NEVER_TWICE = f"""
    uuidrange(scheme, scheme, '[]') with &&,
    int4multirange(int4range({_IN_WEEK}, least({_IN_WEEK} + {_LASTS}, 10080)),
        int4range(0, greatest({_IN_WEEK} + {_LASTS} - 10080, 0))) with &&,
    int8range({_BEGINS}, {_ENDED}) with &&
"""
_CLOCK = "'^([01][0-9]|2[0-3]):[0-5][0-9]$'"

TRUTHS = (
    ("scheme", "floor_in_reach", "supporters_needed between 1 and least(supporters_wanted, pilot_limit)"),
    ("scheme", "pilot_has_days", "pilot_days >= 1"),
    ("scheme", "at_risk_says_why", "(state = 'AT_RISK') = (at_risk_for <> '{}')"),
    (
        "scheme",
        "suspended_says_until_when",
        "state <> 'SUSPENDED' or (suspended_at is not null and suspension_review_on is not null)",
    ),
    (
        "scheme_status",
        "counts_from_nought",
        "least(supporters_wanted, supporters_needed, supporters_about, supporters_active) >= 0"
        " and supporters_in_role >= supporters_active",
    ),
    ("scheme_status", "gaps_are_codes", "array_to_string(gaps, ',') ~ '^([A-Z][A-Z0-9_]*(,[A-Z][A-Z0-9_]*)*)?$'"),
    (
        "charter",
        "counts_from_nought",
        "least(lasts_weeks, staff_hours_a_week, unlock_minutes_a_week, money_a_year, weeks_left_at_least,"
        " practice_contacts, supporters_seen_every_days, probation_weeks, staff_seen_every_days) >= 0",
    ),
    ("charter", "held_if_published", "(in_force_from is not null) = (state in ('PUBLISHED', 'SUPERSEDED'))"),
    ("charter", "ends_if_it_held", "in_force_until is null or in_force_from is not null"),
    ("charter", "held_in_order", "in_force_from <= in_force_until"),
    ("objective", "counts_from_nought", "least(baseline, target) >= 0 and 0 <= all (measured)"),
    ("objective", "runs_for_weeks", "running_weeks >= 1"),
    ("objective", "due_after_start", "starts_on < due_on"),
    ("finding", "answered_by_a_plan", "(state = 'ANSWERED') = (answered_by is not null)"),
    ("finding", "declined_says_why", "(state = 'DECLINED') = (declined_for is not null)"),
    ("scheme_kind", "published_by_whom", "(published_by is null) = (published_on is null)"),
    ("scheme_kind", "published_once_seen", "state <> 'PUBLISHED' or published_by is not null"),
    ("exception_list", "published_by_whom", "(published_by is null) = (published_on is null)"),
    ("exception_list", "published_once_seen", "state <> 'PUBLISHED' or published_by is not null"),
    ("service_time", "by_the_clock", f"starts ~ {_CLOCK} and ends ~ {_CLOCK}"),
    ("service_time", "days_in_order", "valid_from <= valid_until"),
    (
        "meeting_place",
        "out_of_use_says_why",
        "(outage is null) = (out_of_use_since is null) and (outage is null) = (out_of_use_for is null)",
    ),
    ("outage", "days_in_order", "since <= until"),
    ("activation", "ended_says_when", "(state = 'ACTIVE') = (ended_at is null)"),
    ("activation", "times_in_order", "started_at <= ended_at"),
    ("activation", "lines_are_counted", "log_entries >= 0"),
    ("log_entry", "told_goes_with_told", "(code = 'TOLD') = (told is not null)"),
    (
        "risk",
        "assessed_says_how",
        "state = 'NOT_ASSESSED' or (likelihood is not null and impact is not null and assessed_on is not null)",
    ),
    ("risk", "other_needs_words", "risk <> 'OTHER' or in_words is not null"),
    ("publicity", "days_in_order", "shown_from <= shown_until"),
    ("publicity", "reach_counts", "reach >= 0"),
    ("publicity", "languages_are_codes", "array_to_string(languages, ',') ~ '^[a-z]{2,3}(,[a-z]{2,3})*$'"),
    ("spot_check", "knew_of_asked", "knew between 0 and asked"),
    ("resource", "of_a_month", "month ~ '^20[0-9]{2}-(0[1-9]|1[0-2])$'"),
    (
        "meeting",
        "somebody_came",
        "least(staff, supporters, people_in_custody, partners) >= 0"
        " and greatest(staff, supporters, people_in_custody, partners) > 0",
    ),
    ("proposal", "answered_says_when", "(state = 'PROPOSED') = (answered_on is null)"),
    ("proposal", "implemented_says_when", "(state = 'IMPLEMENTED') = (implemented_on is not null)"),
)
"""(table, name, what holds of each row); what is empty says nothing."""


def upgrade() -> None:
    for table, name, holds in TRUTHS:
        op.execute(f"alter table {table} add constraint {table}_{name} check ({holds})")
    op.execute(f"alter table service_time add constraint service_time_never_twice exclude using gist ({NEVER_TWICE})")


def downgrade() -> None:
    op.execute("alter table service_time drop constraint service_time_never_twice")
    for table, name, _ in TRUTHS:
        op.execute(f"alter table {table} drop constraint {table}_{name}")
