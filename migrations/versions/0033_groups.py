"""Who came to a group, man by man; whom a wing elected to its council, and who answers what is proposed; what a mentor
goes to with somebody, and on which day; and new versions of records of support that were wrong."""

from alembic import op

from migrations import fences

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_NOT_DELIVERED = (
    "'LEARNER_ABSENT', 'MENTOR_ABSENT', 'NOT_UNLOCKED', 'NO_SPACE', 'CANCELLED_REGIME', 'TRANSFERRED', 'SICK',"
    " 'REFUSED', 'NOT_REQUIRED', 'REST', 'CLASH', 'SUSPENDED', 'OTHER'"
)
_ANSWERABLE = (
    "'COORDINATOR', 'SAFER_CUSTODY', 'GOVERNOR', 'ACTIVITIES_HUB', 'SECURITY', 'HEALTHCARE', 'CHAPLAINCY',"
    " 'EDUCATION', 'WING_STAFF', 'PARTNER', 'SUPPORTERS'"
)


def upgrade() -> None:
    _group_session()
    _group_place()
    _mandate()
    _appointment()
    op.execute(
        f"""
        alter table proposal
            add column to_answer text collate "C",
            add column answered_by uuid,
            add constraint proposal_to_answer_known check (to_answer in ({_ANSWERABLE}))
        """
    )
    op.execute("alter table support_record add column corrects uuid, add column corrected_by uuid")
    op.execute(
        "alter table support_record add constraint support_record_corrects_another check (corrects <> id and"
        " corrected_by <> id)"
    )
    op.execute("create index support_record_by_corrected on support_record (corrects)")


def downgrade() -> None:
    op.execute("alter table support_record drop column corrects, drop column corrected_by")
    op.execute("alter table proposal drop column to_answer, drop column answered_by")
    op.execute("drop table appointment, mandate, group_place")
    # What was still to come has no place there: it was not held.
    with fences.unfenced("group_session"):
        op.execute("update group_session set not_held = 'OTHER' where minutes is null and not_held is null")
    op.execute(
        """
        alter table group_session
            drop constraint group_session_held_or_not,
            drop constraint group_session_nobody_came,
            drop column capacity,
            drop column by_name,
            add constraint group_session_held_or_not check ((minutes is null) <> (not_held is null)),
            add constraint group_session_nobody_came check (not_held is null or (attended = 0 and
                cardinality(absent_for) = 0))
        """
    )


def _made(table: str, columns: str, *truths: str, participation: bool = True) -> None:
    checks = "".join(f", constraint {table}_{truth}" for truth in ("version_counts check (version >= 1)", *truths))
    op.execute(
        f"""
        create table {table} (
            id uuid not null,
            version integer not null,
            scheme uuid not null,
            jurisdiction text collate "C" not null,
            prison text collate "C" not null,
            organisation text collate "C" not null,
            {columns},
            constraint {table}_pkey primary key (id)
            {checks}
        )
        """
    )
    op.execute(f"create index {table}_by_scheme on {table} (prison, scheme, id)")
    for statement in fences.fenced(table, fences.of_prison(participation=participation)):
        op.execute(statement)


def _group_session() -> None:
    op.execute(
        """
        alter table group_session
            add column capacity integer,
            add column by_name boolean not null default false
        """
    )
    op.execute(
        """
        alter table group_session
            alter column by_name drop default,
            drop constraint group_session_held_or_not,
            drop constraint group_session_nobody_came,
            add constraint group_session_held_or_not check (minutes is null or not_held is null),
            add constraint group_session_nobody_came check (minutes is not null or (attended = 0 and
                cardinality(absent_for) = 0))
        """
    )


def _group_place() -> None:
    _made(
        "group_place",
        """
        closed boolean not null, group_session uuid not null, held_on date not null, enrolment uuid, person uuid not
        null, name bytea not null, came boolean, absent_for text collate "C"
        """,
        f"absent_for_known check (absent_for in ({_NOT_DELIVERED}))",
        "absent_with_a_reason check ((came is false) = (absent_for is not null))",
        "never_closed check (not closed)",
    )
    op.execute("create index group_place_by_day on group_place (prison, scheme, held_on, id)")
    op.execute("create index group_place_by_person on group_place (person)")
    op.execute("create index group_place_by_session on group_place (group_session)")


def _mandate() -> None:
    _made(
        "mandate",
        """
        wing text collate "C" not null, supporter uuid not null, supporter_person uuid not null, name bytea not null,
        elected_on date not null, first_on date not null, last_on date not null, ended_on date, ended_for text collate
        "C"
        """,
        """ended_for_known check (ended_for in ('RESIGNED', 'VOTED_OUT', 'LEFT_THE_ROLE', 'MOVED_TO_ANOTHER_WING',
            'WRITTEN_DOWN_WRONGLY'))""",
        "ended_for_something check ((ended_on is null) = (ended_for is null))",
        "a_term check (elected_on <= first_on and first_on <= last_on)",
        participation=False,
    )
    op.execute("create index mandate_by_day on mandate (prison, scheme, first_on, id)")
    op.execute("create index mandate_by_supporter on mandate (supporter_person)")


def _appointment() -> None:
    _made(
        "appointment",
        """
        closed boolean not null, enrolment uuid not null, person uuid not null, supporter_person uuid, what text
        collate "C" not null, due_on date not null, kept boolean, not_kept_for text collate "C", noted_on date
        """,
        "never_closed check (not closed)",
        """not_kept_for_known check (not_kept_for in ('DID_NOT_COME', 'SUPPORTER_DID_NOT_COME',
            'CALLED_OFF_BY_AGENCY', 'MOVED_TO_ANOTHER_DAY', 'RELEASE_DATE_CHANGED', 'NOT_UNLOCKED', 'UNWELL',
            'NOT_NEEDED'))""",
        "not_kept_with_a_reason check ((kept is false) = (not_kept_for is not null))",
        "noted_once_known check ((kept is null) = (noted_on is null))",
        """what_known check (what in ('MET_AT_GATE', 'FIRST_NIGHT_ACCOMMODATION', 'GP', 'BENEFITS', 'PROBATION',
            'TREATMENT', 'VISIT_OR_CLINIC_INSIDE'))""",
    )
    op.execute("create index appointment_by_day on appointment (prison, scheme, due_on, id)")
    op.execute("create index appointment_by_enrolment on appointment (enrolment)")
    op.execute("create index appointment_by_person on appointment (person)")
    op.execute("create index appointment_by_supporter on appointment (supporter_person)")
