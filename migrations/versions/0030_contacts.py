"""What follows from contacts: goals, follow-ups, awards, arrivals, records of support, the use of suites, groups; and
enrolments that go on through a change of mentor, wing or prison."""

from alembic import op

from migrations import fences

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _enrolments()
    _inductions()
    _sessions()
    _enrolment_goal()
    _follow_up()
    _award()
    _arrival()
    _support_record()
    _suite_use()
    _group_session()


def downgrade() -> None:
    op.execute("drop table enrolment_goal, follow_up, award, arrival, support_record, suite_use, group_session")
    with fences.unfenced_whole("session"):
        op.execute("update session set wing = prison where wing is null")
        op.execute(f"update session set not_delivered = 'LEARNER_ABSENT' where not_delivered not in ({_BEFORE})")
    op.execute("alter table session alter column wing set not null, drop column called_off")
    op.execute("alter table session drop constraint session_not_delivered_known")
    op.execute(f"alter table session add constraint session_not_delivered_known check (not_delivered in ({_BEFORE}))")
    op.execute("alter table induction drop column not_gone_through")
    with fences.unfenced_whole("enrolment"):
        op.execute("update enrolment set wing = prison where wing is null")
        op.execute("update enrolment set goal = 'GET_A_QUALIFICATION' where goal is null")
    op.execute("alter table enrolment alter column wing set not null, alter column goal set not null")
    for column in _ENROLMENT:
        op.execute(f"alter table enrolment drop column {column}")


_BEFORE = "'LEARNER_ABSENT', 'MENTOR_ABSENT', 'NOT_UNLOCKED', 'NO_SPACE', 'CANCELLED_REGIME', 'TRANSFERRED'"
_ENROLMENT = (
    *("earlier_since", "earlier_until", "earlier_for", "mentor_since", "needs", "stage_of_sentence", "programme"),
    *("page", "manuals_passed", "reviewed_on", "reviewed_as", "review_due_on", "ended_for"),
    *("shared", "carries_on", "carried_on"),
)


def _enrolments() -> None:
    op.execute(
        """
        alter table enrolment
            alter column wing drop not null,
            alter column goal drop not null,
            add column earlier_since date[] not null default '{}',
            add column earlier_until date[] not null default '{}',
            add column earlier_for text[] collate "C" not null default '{}',
            add column mentor_since date,
            add column needs text[] collate "C" not null default '{}',
            add column stage_of_sentence text collate "C",
            add column programme text collate "C",
            add column page integer,
            add column manuals_passed integer[] not null default '{}',
            add column reviewed_on date,
            add column reviewed_as text collate "C",
            add column review_due_on date,
            add column ended_for text collate "C",
            add column shared boolean not null default false,
            add column carries_on uuid,
            add column carried_on boolean not null default false
        """
    )
    # Of what was before, what is known: that there were mentors, and no day; manuals from the first on. Why it ended
    # was not asked, and is not made up. Whoever had left the prison is of none of its wings. All that runs is looked
    # at once, on a day of the next four weeks.
    with fences.unfenced_whole("enrolment"):
        op.execute(
            """
            update enrolment set
                earlier_since = array_fill(enrolled_on, array[cardinality(earlier_supporters)]),
                earlier_until = array_fill(coalesce(ended_on, current_date), array[cardinality(earlier_supporters)]),
                earlier_for = array_fill('NOT_RECORDED'::text, array[cardinality(earlier_supporters)]),
                mentor_since = case when supporter is not null and cardinality(earlier_supporters) = 0
                    then enrolled_on end,
                programme = 'TURNING_PAGES',
                manuals_passed = array(select generate_series(1, checks_passed)),
                review_due_on = case when state in ('WAITING', 'STARTED') then current_date + 28 end,
                ended_for = case state when 'RELEASED' then 'RELEASED' end,
                wing = case when state not in ('TRANSFERRED', 'RELEASED') then wing end
            """
        )
    op.execute(
        """
        alter table enrolment
            alter column earlier_since drop default,
            alter column earlier_until drop default,
            alter column earlier_for drop default,
            alter column needs drop default,
            alter column manuals_passed drop default,
            alter column shared drop default,
            alter column carried_on drop default,
            add constraint enrolment_history_whole check (cardinality(earlier_supporters) = cardinality(earlier_since)
                and cardinality(earlier_since) = cardinality(earlier_until)
                and cardinality(earlier_until) = cardinality(earlier_for)),
            add constraint enrolment_earlier_for_known check (earlier_for <@ array['LEFT_THE_ROLE', 'LEARNER_ASKED',
                'MENTOR_ASKED', 'WING_CHANGED', 'TIMES_DO_NOT_FIT', 'MENTOR_HAS_TOO_MUCH', 'STAFF_DECISION',
                'LEARNER_LEFT', 'NOT_RECORDED']::text[]),
            add constraint enrolment_needs_known check (needs <@ array['DISTRESS', 'LONELINESS', 'FIRST_DAYS',
                'READING', 'NUMBERS', 'LANGUAGE', 'RIGHTS_AND_ADVICE', 'PHYSICAL_HEALTH', 'DAILY_LIVING',
                'SUBSTANCE_USE', 'RELEASE', 'BEING_HEARD', 'SAFETY', 'IDENTITY', 'END_OF_LIFE']::text[]),
            add constraint enrolment_stage_of_sentence_known check (stage_of_sentence in ('INDUCTION', 'SETTLED',
                'TRANSFER', 'BEFORE_RELEASE', 'AFTER_RELEASE')),
            add constraint enrolment_programme_known check (programme in ('TURNING_PAGES', 'COUNT_ME_IN')),
            add constraint enrolment_reviewed_as_known check (reviewed_as in ('GOES_ON', 'GOES_ON_MORE_OFTEN',
                'GOES_ON_LESS_OFTEN', 'NEEDS_ANOTHER_GOAL', 'NEARLY_DONE', 'NEEDS_OTHER_SUPPORT')),
            add constraint enrolment_ended_for_known check (ended_for in ('GOAL_MET', 'NO_LONGER_NEEDED', 'OWN_WISH',
                'TIME_AGREED_IS_OVER', 'RELEASED', 'PASSED_TO_OTHER_SUPPORT', 'UNSAFE'))
        """
    )


def _inductions() -> None:
    op.execute("alter table induction add column not_gone_through text[] collate \"C\" not null default '{}'")
    op.execute(
        """
        alter table induction
            alter column not_gone_through drop default,
            add constraint induction_not_gone_through_known check (not_gone_through <@ array['MET_IN_RECEPTION',
                'SHOWN_ROUND', 'PHONE_EXPLAINED', 'CANTEEN_EXPLAINED', 'VISITS_EXPLAINED', 'APPS_EXPLAINED',
                'KIT_RECEIVED', 'TOLD_ABOUT_LISTENERS', 'TOLD_ABOUT_HEALTHCARE', 'SECOND_DAY_CHECK_BACK']::text[])
        """
    )


def _sessions() -> None:
    op.execute(
        """
        alter table session
            alter column wing drop not null,
            add column called_off boolean not null default false,
            drop constraint session_not_delivered_known,
            add constraint session_not_delivered_known check (not_delivered in ('LEARNER_ABSENT', 'MENTOR_ABSENT',
                'NOT_UNLOCKED', 'NO_SPACE', 'CANCELLED_REGIME', 'TRANSFERRED', 'SICK', 'REFUSED', 'NOT_REQUIRED',
                'REST', 'CLASH', 'SUSPENDED', 'OTHER'))
        """
    )
    op.execute("alter table session alter column called_off drop default")
    with fences.unfenced_whole("session"):
        op.execute("update session set wing = null from enrolment e where e.id = session.enrolment and e.wing is null")


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


def _enrolment_goal() -> None:
    _made(
        "enrolment_goal",
        """
        closed boolean not null, enrolment uuid not null, person uuid not null, supporter_person uuid, outcome text
        collate "C" not null, unit text collate "C" not null, baseline integer not null, target integer not null,
        reached integer, set_on date not null, due_on date not null, measured_on date, state text collate "C" not null
        """,
        "leads_somewhere check (baseline <> target)",
        "measured_once_judged check ((state = 'OPEN') = (reached is null))",
        "never_closed check (not closed)",
        """outcome_known check (outcome in ('HEARD_WHEN_IN_DISTRESS', 'LESS_ISOLATED', 'KNOWS_HOW_THE_PRISON_WORKS',
            'SETTLED_IN_THE_FIRST_DAYS', 'READS_BETTER', 'COUNTS_BETTER', 'SPEAKS_ENGLISH_OR_WELSH_BETTER',
            'PROBLEM_SOLVED', 'HEALTH_GOAL_MET', 'DAILY_LIFE_MANAGED', 'IN_RECOVERY', 'READY_FOR_RELEASE',
            'SUPPORTED_AFTER_RELEASE', 'PROPOSALS_ANSWERED', 'FEELS_SAFER', 'ENGAGES_MORE', 'FEELS_RESPECTED',
            'NOT_ALONE_AT_THE_END'))""",
        "state_known check (state in ('OPEN', 'ACHIEVED', 'PART_ACHIEVED', 'NOT_ACHIEVED'))",
        """unit_known check (unit in ('PER_CENT', 'COUNT', 'MINUTES', 'HOURS', 'DAYS', 'PEOPLE_PER_SUPPORTER',
            'TENTHS_OF_A_POINT', 'TENTHS_OF_FIVE'))""",
    )
    op.execute("create index enrolment_goal_by_enrolment on enrolment_goal (enrolment)")
    op.execute("create index enrolment_goal_by_person on enrolment_goal (person)")
    op.execute("create index enrolment_goal_by_supporter on enrolment_goal (supporter_person)")


def _follow_up() -> None:
    _made(
        "follow_up",
        """
        closed boolean not null, wing text collate "C", which uuid not null, person uuid, supporter_person uuid, what
        text collate "C" not null, whose text collate "C" not null, due_on date not null, done_on date, outcome text
        collate "C"
        """,
        "done_with_its_outcome check ((done_on is null) = (outcome is null))",
        "never_closed check (not closed)",
        "outcome_known check (outcome in ('DONE', 'PARTLY_DONE', 'NOT_POSSIBLE', 'NO_LONGER_NEEDED'))",
        """what_known check (what in ('HEAR_OF_A_CONCERN', 'CHECK_BACK', 'MEET_AGAIN', 'CHASE_REFERRAL',
            'FIND_ANOTHER_MENTOR', 'PASS_ON_TO_EDUCATION', 'REVIEW_CARE_PLAN', 'SEE_WITHOUT_THE_SUPPORTER',
            'TALK_WITH_SUPPORTER', 'REVIEW_MARKED_FACT'))""",
        "whose_known check (whose in ('STAFF', 'SUPPORTER', 'PARTNER'))",
    )
    op.execute("create index follow_up_by_day on follow_up (prison, scheme, due_on, id)")
    op.execute("create index follow_up_by_supporter on follow_up (supporter_person)")
    op.execute("create index follow_up_by_wing on follow_up (prison, wing, due_on, id)")


def _award() -> None:
    _made(
        "award",
        """
        closed boolean not null, person uuid not null, enrolment uuid not null, mentor uuid, what text collate "C" not
        null, programme text collate "C", manual integer, awarded_on date not null, awarded_by uuid not null
        """,
        "never_closed check (not closed)",
        "programme_known check (programme in ('TURNING_PAGES', 'COUNT_ME_IN'))",
        "what_known check (what in ('MANUAL', 'PROGRAMME', 'MENTORING_LEVEL_1', 'MENTORING_LEVEL_2'))",
    )
    op.execute("create index award_by_enrolment on award (enrolment)")
    op.execute("create index award_by_person on award (person)")


def _arrival() -> None:
    _made(
        "arrival",
        """
        closed boolean not null, wing text collate "C" not null, person uuid not null, name bytea not null, arrived_at
        timestamptz not null, meet_by timestamptz not null, met_at timestamptz, induction uuid, closed_for text
        collate "C"
        """,
        "closed_for_known check (closed_for in ('MOVED_ON', 'DID_NOT_WANT_TO', 'NOTED_TWICE'))",
        "met_in_a_meeting check ((met_at is null) = (induction is null))",
        "met_or_not check (met_at is null or closed_for is null)",
        "never_closed check (not closed)",
    )
    op.execute("create index arrival_by_day on arrival (prison, scheme, meet_by, id)")
    op.execute("create index arrival_by_person on arrival (person)")
    op.execute("create index arrival_by_wing on arrival (prison, wing, meet_by, id)")


def _support_record() -> None:
    _made(
        "support_record",
        """
        closed boolean not null, wing text collate "C", enrolment uuid, person uuid, name bytea, supporter uuid not
        null, supporter_person uuid not null, held_on date not null, minutes integer, issue text collate "C", advice
        text[] collate "C" not null, tasks_done text[] collate "C" not null, documents text[] collate "C" not null,
        referred_to text collate "C", referral text collate "C", appointment text collate "C", kept boolean,
        relapse_support boolean not null, outcome text collate "C", concern_told_to_staff boolean not null, state text
        collate "C" not null, returned_for text collate "C", author uuid not null, amended_by uuid, approved_by uuid,
        note bytea
        """,
        """advice_known check (advice <@ array['INFORMATION_GIVEN', 'OPTIONS_EXPLAINED', 'FORM_EXPLAINED',
            'SIGNPOSTED', 'PLAN_MADE', 'DISPUTE_TALKED_THROUGH']::text[])""",
        """appointment_known check (appointment in ('MET_AT_GATE', 'FIRST_NIGHT_ACCOMMODATION', 'GP', 'BENEFITS',
            'PROBATION', 'TREATMENT', 'VISIT_OR_CLINIC_INSIDE'))""",
        "approved_by_another check (approved_by <> author and approved_by <> amended_by)",
        "approved_by_somebody check ((state = 'APPROVED') = (approved_by is not null))",
        """documents_known check (documents <@ array['APPLICATION', 'COMPLAINT_FORM', 'CANTEEN_SHEET', 'MENU_SHEET',
            'VISIT_FORM', 'PHONE_NUMBERS_FORM', 'PROPERTY_FORM', 'BENEFIT_FORM', 'JOB_APPLICATION']::text[])""",
        """issue_known check (issue in ('HOUSING', 'DEBT', 'BENEFITS', 'WORK', 'EDUCATION', 'FAMILY', 'IMMIGRATION',
            'IDENTITY_DOCUMENTS', 'PHYSICAL_ACTIVITY', 'DIET_OR_WEIGHT', 'SMOKING', 'SUBSTANCE_USE',
            'HEALTH_SERVICES', 'RELEASE_PLAN', 'OTHER'))""",
        "kept_of_an_appointment check ((kept is null) = (appointment is null))",
        "never_closed check (not closed)",
        "outcome_known check (outcome in ('RESOLVED', 'PART_RESOLVED', 'UNRESOLVED'))",
        "outcome_of_an_issue check (outcome is null or issue is not null)",
        "referral_known check (referral in ('MADE', 'ACCEPTED', 'NOT_ACCEPTED'))",
        """referred_to_known check (referred_to in ('HOUSING_SERVICE', 'DEBT_ADVICE', 'JOB_CENTRE', 'EDUCATION',
            'HEALTHCARE', 'DRUG_AND_ALCOHOL_SERVICE', 'CHAPLAINCY', 'FAMILY_SERVICE', 'LEGAL_ADVICE',
            'IMMIGRATION_ADVICE', 'PROBATION', 'SAFER_CUSTODY', 'VETERANS_SERVICE'))""",
        "referred_to_somebody check ((referral is null) = (referred_to is null))",
        """returned_for_known check (returned_for in ('TASK_NOT_SAID', 'OUTCOME_NOT_SAID', 'NAMES_SOMEBODY_ELSE',
            'MORE_THAN_IS_NEEDED', 'WRONG_DAY'))""",
        "state_known check (state in ('DRAFT', 'SUBMITTED', 'APPROVED', 'RECORDED'))",
        """tasks_done_known check (tasks_done <@ array['LISTEN_IN_PRIVATE', 'EXPLORE_FEELINGS',
            'TELL_HOW_TO_REACH_SAMARITANS', 'GIVE_ADVICE', 'ATTEND_CASE_REVIEW_AS_INFORMANT', 'MEET_AND_GREET',
            'SHOW_ROUND', 'EXPLAIN_FORMS', 'SIGNPOST', 'ASK_ABOUT_OFFENCE', 'ASSESS_RISK', 'HANDLE_PROPERTY',
            'READ_TOGETHER', 'COUNT_TOGETHER', 'KEEP_PROGRESS_CARD', 'READ_LEGAL_POST', 'PASS_ITEMS',
            'ADVISE_ON_HOUSING', 'ADVISE_ON_DEBT', 'REFER_TO_AGENCY', 'KEEP_CASE_NOTES', 'GIVE_LEGAL_ADVICE',
            'HELP_TO_FILL_IN_FORMS', 'KEEP_COPIES_OF_PAPERS', 'DECIDE_APPLICATIONS', 'GIVE_HEALTH_INFORMATION',
            'SET_GOALS_TOGETHER', 'LEAD_GROUP', 'GIVE_CLINICAL_ADVICE', 'SEE_CLINICAL_RECORDS', 'CLEAN_CELL',
            'COLLECT_MEALS', 'PUSH_WHEELCHAIR', 'ACCOMPANY_TO_APPOINTMENTS', 'KEEP_COMPANY', 'REPORT_CONCERNS',
            'HANDLE_MONEY', 'SHARE_OWN_RECOVERY', 'REPORT_PROGRESS_TO_STAFF', 'TEST_FOR_DRUGS', 'RUN_HEALTH_PROJECT',
            'MEDIATE', 'CALM_DISPUTE', 'TELL_STAFF_OF_DANGER', 'HOLD_FORUM', 'HELP_TO_REPORT_DISCRIMINATION',
            'READ_DISCRIMINATION_REPORTS', 'LINK_TO_VETERANS_SERVICES', 'BRING_PROPOSALS',
            'TAKE_UP_PERSONAL_COMPLAINTS', 'NAME_PERSONS_IN_MINUTES', 'PLAN_RELEASE', 'MEET_AT_GATE',
            'SPECULATE_ON_LICENCE', 'INTIMATE_CARE', 'CONSTANT_SUPERVISION', 'DISCIPLINE_ANOTHER',
            'RESTRAIN_OR_SEARCH', 'HOLD_KEYS', 'HANDLE_MEDICATION', 'INTERPRET_CONFIDENTIAL_MATTERS',
            'OPEN_CARE_PLAN', 'CARRY_ITEMS', 'SELECT_WHO_IS_HELPED']::text[])""",
    )
    op.execute("create index support_record_by_day on support_record (prison, scheme, held_on, id)")
    op.execute("create index support_record_by_person on support_record (person)")
    op.execute("create index support_record_by_supporter on support_record (supporter_person)")
    op.execute("create index support_record_by_wing on support_record (prison, wing, id)")


def _suite_use() -> None:
    _made(
        "suite_use",
        """
        closed boolean not null, place uuid not null, band text collate "C" not null, readable_until timestamptz not
        null, peer_present boolean not null, observations_continued boolean not null, out_of_use boolean not null
        """,
        "band_known check (band in ('AM', 'LUNCH_LOCKUP', 'PM', 'ED', 'NIGHT'))",
    )
    op.execute("create index suite_use_by_prison on suite_use (prison, readable_until, id)")


def _group_session() -> None:
    _made(
        "group_session",
        """
        topic text collate "C" not null, held_on date not null, minutes integer, not_held text collate "C", expected
        integer not null, attended integer not null, absent_for text[] collate "C" not null
        """,
        """absent_for_known check (absent_for <@ array['LEARNER_ABSENT', 'MENTOR_ABSENT', 'NOT_UNLOCKED', 'NO_SPACE',
            'CANCELLED_REGIME', 'TRANSFERRED', 'SICK', 'REFUSED', 'NOT_REQUIRED', 'REST', 'CLASH', 'SUSPENDED',
            'OTHER']::text[])""",
        "held_or_not check ((minutes is null) <> (not_held is null))",
        "nobody_came check (not_held is null or (attended = 0 and cardinality(absent_for) = 0))",
        """not_held_known check (not_held in ('LEARNER_ABSENT', 'MENTOR_ABSENT', 'NOT_UNLOCKED', 'NO_SPACE',
            'CANCELLED_REGIME', 'TRANSFERRED', 'SICK', 'REFUSED', 'NOT_REQUIRED', 'REST', 'CLASH', 'SUSPENDED',
            'OTHER'))""",
        """topic_known check (topic in ('FORUM', 'COUNCIL', 'RECOVERY_GROUP', 'RELAPSE_PREVENTION',
            'HEALTH_INFORMATION', 'HEALTH_PROJECT', 'HEALTHY_LIVING', 'VETERANS_MEETING', 'AWARENESS', 'OTHER'))""",
        participation=False,
    )
    op.execute("create index group_session_by_day on group_session (prison, scheme, held_on, id)")
