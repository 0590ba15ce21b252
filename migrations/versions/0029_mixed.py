"""What the month's mixer makes of letters, and the one role that sees what lies in a letterbox; and what those
concerned say of a request that was not met."""

from itertools import pairwise

from alembic import op

from migrations import fences

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_REASONS = "'SUPPORTERS_TOO_FEW', 'SUPERVISION_VACANT', 'REVIEW_OVERDUE', 'SUPERVISION_OVERDUE'"
_NEW = "REFUSAL_UNREVIEWED"
MIXER = "peer_support_mixer"


def upgrade() -> None:
    _role_exists()
    # It looks and takes out, and adds nothing; the application only adds. Neither changes a letter.
    op.execute(f"grant select, delete on letterbox to {MIXER}")
    # From PostgreSQL 18 on, the fence that asks for an entry looks as the role that changed the row.
    op.execute(f"grant select (tx) on ledger to {MIXER}")
    op.execute(f"create policy letterbox_open on letterbox for select to {MIXER} using (true)")
    op.execute(f"create policy letterbox_take on letterbox for delete to {MIXER} using (true)")
    _table(
        "mixed_tally",
        """
        month date not null, part text collate "C" not null, duration text collate "C" not null,
        concerns text[] collate "C" not null, first_time text collate "C" not null,
        suicidal_feelings text collate "C" not null, self_harm text collate "C" not null
        """,
        "part_known check (part in ('DAY', 'NIGHT'))",
        """duration_known check (duration in ('UNDER_15', 'FROM_15_TO_30', 'FROM_30_TO_60', 'FROM_60_TO_120',
            'OVER_120'))""",
        """concerns_known check (concerns <@ array['MENTAL_HEALTH', 'FAMILY', 'BULLYING', 'DEBT', 'HOMELESSNESS',
            'LONELINESS', 'STAFF_OR_REGIME', 'FIRST_TIME_IN_PRISON', 'PROBLEMS_WITH_OTHERS', 'BEREAVEMENT',
            'OFFENCE_OR_SENTENCE', 'OTHER']::text[])""",
        *(
            f"{name}_known check ({name} in ('YES', 'NO', 'UNKNOWN'))"
            for name in ("first_time", "suicidal_feelings", "self_harm")
        ),
    )
    _table(
        "residue",
        """
        month date not null, part text collate "C" not null, came_to text collate "C" not null,
        minutes_to_offer integer, minutes_to_accept integer, minutes_to_unlock integer, minutes_in_all integer
        """,
        "part_known check (part in ('DAY', 'NIGHT'))",
        "came_to_known check (came_to in ('MET', 'UNMET', 'LIFE_AT_RISK'))",
        """waits_are_coarse check (coalesce(minutes_to_offer, 0) % 5 = 0 and coalesce(minutes_to_accept, 0) % 5 = 0
            and coalesce(minutes_to_unlock, 0) % 5 = 0 and coalesce(minutes_in_all, 0) % 5 = 0)""",
    )
    _table(
        "month_count",
        """
        month date not null, tallies integer not null, requests integer not null, people integer, unnamed integer,
        tallies_of_the_quarter integer, requests_of_the_quarter integer
        """,
        """people_where_five check ((people is null) = (requests < 5)
            and (unnamed is null) = (people is null))""",
        """quarter_at_its_end check ((tallies_of_the_quarter is null) = (extract(month from month)::int % 3 <> 0)
            and (requests_of_the_quarter is null) = (tallies_of_the_quarter is null))""",
    )
    op.execute("create index mixed_tally_by_month on mixed_tally (prison, month, id)")
    op.execute("create index residue_by_month on residue (prison, month, id)")
    op.execute("create unique index month_count_once on month_count (prison, month)")
    for table in ("mixed_tally", "residue", "month_count"):
        for statement in fences.fenced(table, fences.of_prison(participation=True)):
            op.execute(statement)

    _accounts()
    _holds()
    _delays()
    _at_risk_for(f"{_REASONS}, '{_NEW}'")


def _at_risk_for(reasons: str) -> None:
    for table in ("scheme", "scheme_status"):
        op.execute(
            f"alter table {table} drop constraint {table}_at_risk_for_known,"
            f" add constraint {table}_at_risk_for_known check (at_risk_for <@ array[{reasons}]::text[])"
        )


_BY = """'WING_OFFICER', 'ORDERLY_OFFICER', 'ESCORT', 'COORDINATOR', 'SAFER_CUSTODY', 'GOVERNOR', 'SECURITY',
    'HEALTHCARE', 'OTHER_STAFF', 'SUPPORTER', 'RECIPIENT', 'NOBODY'"""
_WHY = """'NO_PEER_AVAILABLE', 'NO_STAFF_TO_UNLOCK', 'NIGHT_STATE', 'SUITE_OUT_OF_USE', 'NO_PRIVATE_SPACE',
    'REGIME_CURTAILED', 'LOCKDOWN_INCIDENT', 'INFECTION_CONTROL', 'IT_FAILURE', 'RECIPIENT_RISK_TO_PEER',
    'SECURITY_RESTRICTION', 'SEGREGATION_DECISION', 'HEALTHCARE_ADVICE', 'ASLEEP_CLAIMED', 'STAFF_DISCRETION',
    'NOT_PASSED_ON', 'DENIED_AS_PUNISHMENT', 'TOLD_TO_WAIT_UNTIL_MORNING', 'OTHER_ASK_ME'"""
_PARTS = (
    ("delay_codes", 'text[] collate "C"'),
    ("delay_roles", 'text[] collate "C"'),
    ("delay_waits", 'text[] collate "C"'),
    ("delay_minutes", "integer[]"),
    ("delay_actors", "uuid[]"),
)


def _delays() -> None:
    # Of what was there before nobody has said that it was held up, or in which role it was refused.
    for column, of in _PARTS:
        op.execute(f"alter table request add column {column} {of} not null default '{{}}'")
        op.execute(f"alter table request alter column {column} drop default")
    whole = " and ".join(f"cardinality({one}) = cardinality({other})" for (one, _), (other, _) in pairwise(_PARTS))
    op.execute(
        f"""
        alter table request
            add column refused_by_role text collate "C",
            add constraint request_refused_by_role_known check (refused_by_role in ({_BY})),
            add constraint request_delay_codes_known check (delay_codes <@ array[{_WHY}]::text[]),
            add constraint request_delay_roles_known check (delay_roles <@ array[{_BY}]::text[]),
            add constraint request_delay_waits_known
                check (delay_waits <@ array['OFFER', 'ACCEPTANCE', 'UNLOCKING']::text[]),
            add constraint request_delays_whole check ({whole})
        """
    )
    for column in ("held_up_for", "held_up_by"):
        op.execute(f"alter table conduct add column {column} text[] collate \"C\" not null default '{{}}'")
        op.execute(f"alter table conduct alter column {column} drop default")
    op.execute(
        f"""
        alter table conduct
            add column decided_by_role text collate "C",
            add constraint conduct_decided_by_role_known check (decided_by_role in ({_BY})),
            add constraint conduct_held_up_for_known check (held_up_for <@ array[{_WHY}]::text[]),
            add constraint conduct_held_up_by_known check (held_up_by <@ array[{_BY}]::text[]),
            add constraint conduct_role_decided_on_a_code check (decided_by_role is null or code is not null),
            add constraint conduct_held_up_by_whom check (cardinality(held_up_for) = cardinality(held_up_by))
        """
    )


def _holds() -> None:
    for table in ("request", "conduct"):
        op.execute(f"alter table {table} add column after_hold boolean not null default false")
        op.execute(f"alter table {table} alter column after_hold drop default")
    op.execute(
        """
        create table envelope_hold (
            id uuid not null,
            version integer not null,
            jurisdiction text collate "C" not null,
            prison text collate "C" not null,
            first_day date not null,
            last_day date not null,
            recorded_at timestamptz not null,
            recorded_by uuid not null,
            state text collate "C" not null,
            lifted_by uuid,
            lifted_on date,
            deleted_on date,
            constraint envelope_hold_pkey primary key (id),
            constraint envelope_hold_version_counts check (version >= 1),
            constraint envelope_hold_state_known check (state in ('HELD', 'LIFTED')),
            constraint envelope_hold_days_in_order check (first_day <= last_day),
            constraint envelope_hold_lifted_says_by_whom check ((state = 'LIFTED') = (lifted_by is not null)),
            constraint envelope_hold_lifted_says_when check ((state = 'LIFTED') = (lifted_on is not null)),
            constraint envelope_hold_deleted_once_lifted check (deleted_on is null or state = 'LIFTED'),
            constraint envelope_hold_two_people check (lifted_by is null or lifted_by <> recorded_by)
        )
        """
    )
    op.execute("create index envelope_hold_by_prison on envelope_hold (prison, recorded_at, id)")
    for statement in fences.fenced("envelope_hold", fences.of_prison()):
        op.execute(statement)


def _accounts() -> None:
    # The defaults fill the rows that are there, of which nobody has said anything; what is new says so itself.
    op.execute(
        """
        alter table conduct
            add column accounts text[] collate "C" not null default '{}',
            add column reconciled text collate "C",
            add column accounts_on date,
            add column window_asked_for boolean not null default false,
            drop constraint conduct_ended_known,
            drop constraint conduct_expired_says_no_code,
            drop constraint conduct_reviewed_says_what,
            add constraint conduct_reviewed_says_what
                check ((review <> 'REVIEWED' or verdict is not null) and (review <> 'NOT_NEEDED' or verdict is null)),
            add constraint conduct_ended_known
                check (ended in ('REFUSED', 'WITHDRAWN', 'EXPIRED', 'NOT_RECORDED', 'DELAYED')),
            add constraint conduct_expired_says_no_code
                check ((ended in ('EXPIRED', 'NOT_RECORDED')) = (code is null)),
            add constraint conduct_accounts_known
                check (accounts <@ array['ASKED', 'DID_NOT_WITHDRAW', 'NOT_ASKED', 'NOT_ACTIONED']::text[]),
            add constraint conduct_reconciled_known
                check (reconciled in ('MATCHED', 'DISPUTED', 'ADDED_RETROSPECTIVELY')),
            add constraint conduct_added_is_not_recorded
                check ((ended = 'NOT_RECORDED') = (coalesce(reconciled, '') = 'ADDED_RETROSPECTIVELY')),
            add constraint conduct_not_recorded_names_nobody
                check (ended <> 'NOT_RECORDED' or (coded_by is null and noted_by is null)),
            add constraint conduct_accounts_are_reconciled check ((accounts = '{}') = (reconciled is null)),
            add constraint conduct_accounts_say_when check ((accounts_on is null) = (reconciled is null))
        """
    )
    op.execute("alter table conduct alter column accounts drop default, alter column window_asked_for drop default")


def downgrade() -> None:
    for table in ("scheme", "scheme_status"):
        with fences.unfenced(table):
            # At risk for nothing else, it is live, as its own timer would say.
            op.execute(
                f"update {table} set at_risk_for = array_remove(at_risk_for, '{_NEW}'),"
                f" state = case when at_risk_for = '{{{_NEW}}}' then 'LIVE' else state end,"
                f" at_risk_since = case when at_risk_for = '{{{_NEW}}}' then null else at_risk_since end"
                f" where '{_NEW}' = any (at_risk_for)"
            )
    _at_risk_for(_REASONS)
    op.execute("drop table envelope_hold")
    op.execute("alter table request drop column after_hold")
    op.execute("alter table conduct drop column after_hold")
    parts = ", ".join(f"drop column {column}" for column, _ in _PARTS)
    op.execute(f"alter table request drop column refused_by_role, {parts}")
    op.execute("alter table conduct drop column decided_by_role, drop column held_up_for, drop column held_up_by")
    with fences.unfenced("conduct"):
        op.execute("delete from conduct where ended in ('NOT_RECORDED', 'DELAYED')")
        op.execute("update conduct set review = 'REVIEWED' where verdict is not null")
    op.execute(
        """
        alter table conduct
            drop constraint conduct_ended_known,
            drop constraint conduct_expired_says_no_code,
            drop constraint conduct_added_is_not_recorded,
            drop constraint conduct_not_recorded_names_nobody,
            drop constraint conduct_accounts_are_reconciled,
            drop constraint conduct_accounts_say_when,
            drop column accounts,
            drop column reconciled,
            drop column accounts_on,
            drop column window_asked_for,
            drop constraint conduct_reviewed_says_what,
            add constraint conduct_reviewed_says_what check ((review = 'REVIEWED') = (verdict is not null)),
            add constraint conduct_ended_known check (ended in ('REFUSED', 'WITHDRAWN', 'EXPIRED')),
            add constraint conduct_expired_says_no_code check ((ended = 'EXPIRED') = (code is null))
        """
    )
    op.execute("drop table mixed_tally, residue, month_count")
    op.execute("drop policy letterbox_open on letterbox")
    op.execute("drop policy letterbox_take on letterbox")
    op.execute(f"revoke select (tx) on ledger from {MIXER}")
    op.execute(f"revoke select, delete on letterbox from {MIXER}")


def _role_exists() -> None:
    found = op.get_bind().exec_driver_sql("select 1 from pg_roles where rolname = $1", (MIXER,)).first()
    if found is None:
        raise RuntimeError(f"the role {MIXER} is missing: peer-support database prepare makes it")


def _table(table: str, columns: str, *truths: str) -> None:
    usual = ("version_counts check (version >= 1)", "month_is_its_first check (extract(day from month) = 1)")
    checks = "".join(f", constraint {table}_{truth}" for truth in (*usual, *truths))
    op.execute(
        f"""
        create table {table} (
            id uuid not null,
            version integer not null,
            jurisdiction text collate "C" not null,
            prison text collate "C" not null,
            {columns},
            constraint {table}_pkey primary key (id)
            {checks}
        )
        """
    )
