"""Care of supporters: supervision, rota, debriefs, wellbeing, pressure, news, hand-over."""

from alembic import op

from migrations.of_scheme import register

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_NEW = (
    *("supervision", "supervision_talk", "roster_entry", "debrief", "wellbeing_check", "incident", "task_request"),
    *("postvention", "postvention_task", "news", "hand_over"),
)
_REASONS = "'SUPPORTERS_TOO_FEW', 'SUPERVISION_VACANT', 'REVIEW_OVERDUE'"


def upgrade() -> None:
    _at_risk_for(f"{_REASONS}, 'SUPERVISION_OVERDUE'")
    _care()


def downgrade() -> None:
    op.execute(f"drop table {', '.join(_NEW)}")
    _at_risk_for(_REASONS)


def _at_risk_for(reasons: str) -> None:
    for table in ("scheme", "scheme_status"):
        op.execute(
            f"alter table {table} drop constraint {table}_at_risk_for_known,"
            f" add constraint {table}_at_risk_for_known check (at_risk_for <@ array[{reasons}]::text[])"
        )


def _care() -> None:
    register(
        "supervision",
        """
        supporter uuid, person uuid, supervisee uuid, supervisor uuid not null, assignment uuid not null,
        hears boolean not null, every_days integer not null, since date not null, booked_for date,
        last_held_on date, ended_on date
        """,
        "of_one check ((supporter is null) <> (supervisee is null))",
        "person_is_a_supporters check ((supporter is null) = (person is null))",
        "a_cadence check (every_days >= 1)",
        "nobody_supervises_himself check (supervisee is null or supervisee <> supervisor)",
    )
    op.execute("create index supervision_by_supporter on supervision (prison, supporter)")
    register(
        "supervision_talk",
        """
        supervision uuid not null, supporter uuid, person uuid, supervisee uuid, supervisor uuid not null,
        booked_for date not null, state text collate "C" not null, missed_for text collate "C", held_on
        date, themes text[] collate "C" not null, agreed text[] collate "C" not null, note bytea, answer
        text collate "C", answer_in_words bytea, answered_on date, acknowledged_on date
        """,
        "state_known check (state in ('BOOKED', 'HELD', 'ANSWERED', 'ACKNOWLEDGED', 'MISSED'))",
        """missed_for_known check (missed_for in ('SUPERVISOR_ABSENT', 'SUPERVISED_ABSENT', 'NOT_UNLOCKED',
            'NO_PRIVATE_SPACE', 'REGIME', 'ILLNESS'))""",
        """themes_known check (themes <@ array['OWN_FEELINGS', 'HARD_CONTACTS', 'BOUNDARIES', 'CONFIDENTIALITY',
            'LOAD_AND_REST', 'PRESSURE_FROM_OTHERS', 'STAFF_AND_ACCESS', 'SKILLS', 'TEAM',
            'FUTURE']::text[])""",
        """agreed_known check (agreed <@ array['REST', 'FEWER_NIGHTS', 'EARLIER_NEXT_MEETING', 'FURTHER_TRAINING',
            'TALK_WITH_COORDINATOR', 'SUPPORT_FROM_ELSEWHERE', 'NOTHING_NEEDED']::text[])""",
        "answer_known check (answer in ('AGREE', 'DISAGREE', 'TALK_AGAIN'))",
        "of_one check ((supporter is null) <> (supervisee is null))",
        "missed_says_why check ((state = 'MISSED') = (missed_for is not null))",
        "held_says_when check ((state in ('HELD', 'ANSWERED', 'ACKNOWLEDGED')) = (held_on is not null))",
        "answered_says_what check ((state in ('ANSWERED', 'ACKNOWLEDGED')) = (answer is not null))",
        by="booked_for",
    )
    op.execute("create index supervision_talk_by_supervision on supervision_talk (prison, supervision)")
    register(
        "roster_entry",
        """
        supporter uuid not null, name bytea not null, day date not null, band text collate "C" not null,
        in_force_from timestamptz, in_force_until timestamptz, listed boolean not null, state text collate
        "C" not null, load text[] collate "C" not null, overridden_for text collate "C", written_by uuid not null,
        approved_by uuid
        """,
        "band_known check (band in ('AM', 'LUNCH_LOCKUP', 'PM', 'ED', 'NIGHT'))",
        "state_known check (state in ('WAITING', 'PUBLISHED', 'WITHDRAWN'))",
        """load_known check (load <@ array['LOAD_HOURS_SOFT', 'LOAD_HOURS', 'LOAD_NIGHTS', 'LOAD_REST']::text[])""",
        "overridden_for_known check (overridden_for in ('NOBODY_ELSE', 'OWN_WISH', 'AFTER_A_DEATH', 'SWAP'))",
        """approved_says_by_whom check (overridden_for is null or state <> 'PUBLISHED' or approved_by is not null)""",
        """published_says_when check (state = 'WITHDRAWN' or (state = 'PUBLISHED') = (in_force_from is not null))""",
        "hard_limits_say_why check (overridden_for is not null or load <@ array['LOAD_HOURS_SOFT']::text[])",
        "two_people check (overridden_for is null or state <> 'PUBLISHED' or approved_by <> written_by)",
        by="day",
    )
    op.execute("create index roster_entry_by_supporter on roster_entry (prison, supporter)")
    register(
        "debrief",
        """
        supporter uuid not null, person uuid not null, supervisor uuid, because text collate "C" not null,
        entry uuid, opens_at timestamptz not null, due_by timestamptz not null, state text collate "C" not
        null, hard integer, held_on date, held_by uuid
        """,
        "because_known check (because in ('ROSTERED', 'CONCERN_RAISED', 'ASKED_FOR'))",
        "state_known check (state in ('DUE', 'DECLINED', 'HELD'))",
        "held_says_when check ((state = 'HELD') = (held_on is not null))",
        "hard_of_five check (hard between 1 and 5)",
        "times_in_order check (opens_at <= due_by)",
        "follows_the_rota check ((because = 'ROSTERED') = (entry is not null))",
        by="due_by",
    )
    op.execute("create index debrief_by_supporter on debrief (prison, supporter)")
    register(
        "wellbeing_check",
        """
        supporter uuid not null, person uuid not null, supervisor uuid, checked_on date not null, rated
        integer not null, intrusive_thoughts boolean not null, sleep text collate "C" not null,
        wants_pause boolean not null
        """,
        "sleep_known check (sleep in ('WELL', 'BROKEN', 'BADLY'))",
        "rated_of_ten check (rated between 0 and 10)",
        by="checked_on",
    )
    op.execute("create index wellbeing_check_by_supporter on wellbeing_check (prison, supporter)")
    register(
        "incident",
        """
        what bytea not null, sought bytea, against bytea not null, goes_up boolean not null, reported_by
        text collate "C" not null, author uuid not null, supporter uuid, person uuid, reported_on date not
        null, state text collate "C" not null, priority text collate "C", named uuid, triaged_by uuid,
        outcome bytea, closed_by uuid, closed_on date
        """,
        "reported_by_known check (reported_by in ('SUPPORTER', 'STAFF', 'PARTNER'))",
        "state_known check (state in ('REPORTED', 'TRIAGED', 'CLOSED'))",
        "priority_known check (priority in ('TODAY', 'THIS_WEEK', 'WATCH'))",
        "closed_says_what check ((state = 'CLOSED') = (outcome is not null))",
        "triaged_says_how check ((state = 'REPORTED') = (priority is null))",
        "two_people check (closed_by is null or closed_by <> triaged_by)",
        by="reported_on",
    )
    op.execute("create index incident_by_supporter on incident (prison, supporter)")
    register(
        "task_request",
        """
        task text collate "C" not null, prohibited boolean not null, asked_by text collate "C" not null,
        asked_on date not null, response text collate "C" not null, staff_informed boolean not null,
        told_by text collate "C" not null
        """,
        """task_known check (task in ('LISTEN_IN_PRIVATE', 'EXPLORE_FEELINGS', 'TELL_HOW_TO_REACH_SAMARITANS',
            'GIVE_ADVICE', 'ATTEND_CASE_REVIEW_AS_INFORMANT', 'MEET_AND_GREET', 'SHOW_ROUND',
            'EXPLAIN_FORMS', 'SIGNPOST', 'ASK_ABOUT_OFFENCE', 'ASSESS_RISK', 'HANDLE_PROPERTY',
            'READ_TOGETHER', 'COUNT_TOGETHER', 'KEEP_PROGRESS_CARD', 'READ_LEGAL_POST', 'PASS_ITEMS',
            'ADVISE_ON_HOUSING', 'ADVISE_ON_DEBT', 'REFER_TO_AGENCY', 'KEEP_CASE_NOTES',
            'GIVE_LEGAL_ADVICE', 'HELP_TO_FILL_IN_FORMS', 'KEEP_COPIES_OF_PAPERS', 'DECIDE_APPLICATIONS',
            'GIVE_HEALTH_INFORMATION', 'SET_GOALS_TOGETHER', 'LEAD_GROUP', 'GIVE_CLINICAL_ADVICE',
            'SEE_CLINICAL_RECORDS', 'CLEAN_CELL', 'COLLECT_MEALS', 'PUSH_WHEELCHAIR',
            'ACCOMPANY_TO_APPOINTMENTS', 'KEEP_COMPANY', 'REPORT_CONCERNS', 'HANDLE_MONEY',
            'SHARE_OWN_RECOVERY', 'REPORT_PROGRESS_TO_STAFF', 'TEST_FOR_DRUGS', 'RUN_HEALTH_PROJECT',
            'MEDIATE', 'CALM_DISPUTE', 'TELL_STAFF_OF_DANGER', 'HOLD_FORUM',
            'HELP_TO_REPORT_DISCRIMINATION', 'READ_DISCRIMINATION_REPORTS', 'LINK_TO_VETERANS_SERVICES',
            'BRING_PROPOSALS', 'TAKE_UP_PERSONAL_COMPLAINTS', 'NAME_PERSONS_IN_MINUTES', 'PLAN_RELEASE',
            'MEET_AT_GATE', 'SPECULATE_ON_LICENCE', 'INTIMATE_CARE', 'CONSTANT_SUPERVISION',
            'DISCIPLINE_ANOTHER', 'RESTRAIN_OR_SEARCH', 'HOLD_KEYS', 'HANDLE_MEDICATION',
            'INTERPRET_CONFIDENTIAL_MATTERS', 'OPEN_CARE_PLAN', 'CARRY_ITEMS', 'SELECT_WHO_IS_HELPED'))""",
        """asked_by_known check (asked_by in ('COORDINATOR', 'SAFER_CUSTODY', 'GOVERNOR', 'ACTIVITIES_HUB',
            'SECURITY', 'HEALTHCARE', 'CHAPLAINCY', 'EDUCATION', 'WING_STAFF', 'PARTNER', 'SUPPORTERS'))""",
        "response_known check (response in ('REFUSED', 'DONE', 'PASSED_TO_STAFF'))",
        "told_by_known check (told_by in ('SUPPORTER', 'STAFF', 'PARTNER'))",
        by="asked_on",
    )
    register(
        "postvention",
        """
        opened_on date not null, opened_by uuid not null, supporters integer not null
        """,
        "no_less_than_nobody check (supporters >= 0)",
        by="opened_on",
    )
    register(
        "postvention_task",
        """
        postvention uuid not null, supporter uuid not null, person uuid not null, supervisor uuid,
        offered_on date not null, state text collate "C" not null, answered_on date, given_on date
        """,
        "state_known check (state in ('OFFERED', 'ACCEPTED', 'DECLINED', 'GIVEN'))",
        "given_says_when check ((state = 'GIVEN') = (given_on is not null))",
    )
    op.execute("create index postvention_task_by_supporter on postvention_task (prison, supporter)")
    register(
        "news",
        """
        words text collate "C" not null, staff_only boolean not null, in_force_from timestamptz not null,
        in_force_until timestamptz not null, author uuid not null
        """,
        "times_in_order check (in_force_from <= in_force_until)",
        by="in_force_until",
    )
    register(
        "hand_over",
        """
        supporter uuid not null, person uuid not null, started_on date not null, started_by uuid not null,
        roster_entries integer not null, still_open text[] collate "C" not null, state text collate "C"
        not null, done_on date
        """,
        """still_open_known check (still_open <@ array['SUCCESSORS', 'SHIRT_OR_BADGE', 'MATERIALS', 'CELL_OR_SUITE',
            'MOVEMENT_LIST', 'NOTICEBOARD', 'FAREWELL_TALK']::text[])""",
        "state_known check (state in ('OPEN', 'DONE'))",
        "done_says_when check ((state = 'DONE') = (done_on is not null))",
        "done_leaves_nothing check (state <> 'DONE' or cardinality(still_open) = 0)",
        "no_less_than_nothing check (roster_entries >= 0)",
        by="started_on",
    )
    op.execute("create index hand_over_by_supporter on hand_over (prison, supporter)")
