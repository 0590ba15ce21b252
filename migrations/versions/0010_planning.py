"""Charters with their comments, objectives and findings: the plans of schemes."""

from alembic import op

from migrations import fences

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _charter()
    _charter_comment()
    _objective()
    _finding()


def downgrade() -> None:
    for table in ("finding", "objective", "charter_comment", "charter"):
        op.execute(f"drop table {table}")


def _charter() -> None:
    op.execute(
        """
        create table charter (
            id uuid not null,
            version integer not null,
            scheme uuid not null,
            kind text collate "C" not null,
            jurisdiction text collate "C" not null,
            prison text collate "C" not null,
            organisation text collate "C" not null,
            number integer not null,
            state text collate "C" not null,
            in_force_from timestamptz,
            in_force_until timestamptz,
            purpose text collate "C",
            permitted_tasks text[] collate "C" not null,
            prohibited_tasks text[] collate "C" not null,
            why_needed text collate "C",
            meant_to_do text collate "C",
            target_group text collate "C",
            needs text[] collate "C" not null,
            needs_evidence text collate "C",
            evidence_sources text[] collate "C" not null,
            outcomes text[] collate "C" not null,
            support_lasts text collate "C",
            lasts_weeks integer,
            endings text[] collate "C" not null,
            when_available text collate "C",
            places text[] collate "C" not null,
            how_to_ask text collate "C",
            passed_on text collate "C",
            staff_hours_a_week integer,
            unlock_minutes_a_week integer,
            rooms text[] collate "C" not null,
            materials text collate "C",
            money_a_year integer,
            recruiting text collate "C",
            advertised_by text[] collate "C" not null,
            weeks_left_at_least integer,
            training text collate "C",
            training_modules text[] collate "C" not null,
            practice_contacts integer,
            supporting text collate "C",
            supporters_seen_every_days integer,
            paying text collate "C",
            paid boolean,
            stakeholders text[] collate "C" not null,
            engaging text collate "C",
            knowing text collate "C",
            evaluation_design text collate "C",
            analysis_on date,
            objectives uuid[] not null,
            growing text collate "C",
            probation_weeks integer,
            supervising text collate "C",
            staff_seen_every_days integer,
            contingency text collate "C",
            maintaining text collate "C",
            involving text collate "C",
            watching text collate "C",
            review_on date,
            answers uuid[] not null,
            written_by uuid[] not null,
            submitted_at timestamptz,
            signed_by_safer_custody uuid,
            signed_by_governor uuid,
            signed_by_partner uuid,
            constraint charter_pkey primary key (id),
            constraint charter_version_counts check (version >= 1),
            constraint charter_advertised_by_known check (advertised_by <@ array['NOTICE_ON_EVERY_WING',
                'KIOSK_OR_LAPTOP', 'PRISON_RADIO', 'INDUCTION', 'NEWSLETTER', 'OPEN_MEETING', 'JOB_BOARD']::text[]),
            constraint charter_endings_known check (endings <@ array['GOAL_MET', 'NO_LONGER_NEEDED', 'OWN_WISH',
                'TIME_AGREED_IS_OVER', 'RELEASED', 'PASSED_TO_OTHER_SUPPORT', 'UNSAFE']::text[]),
            constraint charter_evaluation_design_known check (evaluation_design in ('COUNTS_ONLY', 'FEEDBACK_ONLY',
                'BEFORE_AND_AFTER', 'COMPARED_WITH_ANOTHER_WING', 'COMPARED_WITH_ANOTHER_PERIOD', 'CONTROLLED',
                'INTERVIEWS', 'MIXED_METHODS', 'INSPECTION')),
            constraint charter_evidence_sources_known check (evidence_sources <@ array['NEEDS_SURVEY',
                'ASKED_PEOPLE_IN_PRISON', 'STAFF_EXPERIENCE', 'SCREENING', 'SELF_HARM_DATA', 'INSPECTION', 'COMPLAINTS',
                'RESEARCH', 'EARLIER_SCHEME']::text[]),
            constraint charter_needs_known check (needs <@ array['DISTRESS', 'LONELINESS', 'FIRST_DAYS', 'READING',
                'NUMBERS', 'LANGUAGE', 'RIGHTS_AND_ADVICE', 'PHYSICAL_HEALTH', 'DAILY_LIVING', 'SUBSTANCE_USE',
                'RELEASE', 'BEING_HEARD', 'SAFETY', 'IDENTITY', 'END_OF_LIFE']::text[]),
            constraint charter_numbered_from_one check (number >= 1),
            constraint charter_outcomes_known check (outcomes <@ array['HEARD_WHEN_IN_DISTRESS', 'LESS_ISOLATED',
                'KNOWS_HOW_THE_PRISON_WORKS', 'SETTLED_IN_THE_FIRST_DAYS', 'READS_BETTER', 'COUNTS_BETTER',
                'SPEAKS_ENGLISH_OR_WELSH_BETTER', 'PROBLEM_SOLVED', 'HEALTH_GOAL_MET', 'DAILY_LIFE_MANAGED',
                'IN_RECOVERY', 'READY_FOR_RELEASE', 'SUPPORTED_AFTER_RELEASE', 'PROPOSALS_ANSWERED', 'FEELS_SAFER',
                'ENGAGES_MORE', 'FEELS_RESPECTED', 'NOT_ALONE_AT_THE_END']::text[]),
            constraint charter_stakeholders_known check (stakeholders <@ array['GOVERNORS', 'WING_STAFF',
                'CURRENT_SUPPORTERS', 'POTENTIAL_SUPPORTERS', 'PEOPLE_WHO_USE_IT', 'PARTNER', 'SAFER_CUSTODY',
                'SECURITY', 'HEALTHCARE', 'CHAPLAINCY', 'EDUCATION', 'ACTIVITIES_HUB', 'PROBATION', 'FAMILIES',
                'UNIONS']::text[]),
            constraint charter_state_known check (state in ('DRAFT', 'SUBMITTED', 'PUBLISHED', 'SUPERSEDED')),
            constraint charter_support_lasts_known check (support_lasts in ('ONE_CONTACT', 'AS_LONG_AS_NEEDED',
                'UNTIL_GOAL', 'FIXED_WEEKS'))
        )
        """
    )
    op.execute("create unique index charter_numbered_once on charter (scheme, number)")
    op.execute("create unique index charter_one_draft on charter (scheme) where state in ('DRAFT', 'SUBMITTED')")
    op.execute("create unique index charter_one_in_force on charter (scheme) where state = 'PUBLISHED'")
    op.execute("create index charter_by_prison on charter (prison, id)")
    op.execute("create index charter_by_scheme on charter (prison, scheme, number, id)")
    for statement in fences.fenced("charter", fences.of_prison()):
        op.execute(statement)


def _charter_comment() -> None:
    op.execute(
        """
        create table charter_comment (
            id uuid not null,
            version integer not null,
            scheme uuid not null,
            jurisdiction text collate "C" not null,
            prison text collate "C" not null,
            organisation text collate "C" not null,
            charter uuid not null,
            section text collate "C" not null,
            words text collate "C" not null,
            made_by uuid not null,
            made_as text collate "C" not null,
            made_at timestamptz not null,
            constraint charter_comment_pkey primary key (id),
            constraint charter_comment_version_counts check (version >= 1),
            constraint charter_comment_made_as_known check (made_as in ('STAFF_MEMBER', 'WING_OFFICER',
                'ORDERLY_OFFICER', 'COORDINATOR', 'SAFER_CUSTODY', 'GOVERNOR', 'ACTIVITIES_HUB', 'SECURITY',
                'HEALTHCARE', 'INFORMATION_GOVERNANCE', 'ACCESS_ADMINISTRATOR', 'PARTNER_VOLUNTEER', 'PARTNER_LEAD',
                'EVALUATOR', 'MONITORING_BOARD', 'INSPECTORATE', 'OMBUDSMAN_CORONER', 'HEADQUARTERS', 'INTEGRATOR',
                'SERVICE', 'PERSON_IN_CUSTODY', 'SUPPORTER', 'PEER_COORDINATOR')),
            constraint charter_comment_section_known check (section in ('PURPOSE', 'WHY', 'TARGET_GROUP',
                'OUTCOMES', 'DURATION', 'AVAILABILITY', 'CONFIDENTIALITY', 'RESOURCES', 'RECRUITMENT', 'TRAINING',
                'SUPPORT', 'PAY', 'STAKEHOLDERS', 'IMPACT', 'GROWTH', 'SUPERVISION', 'CONTINGENCY', 'MAINTENANCE',
                'INVOLVEMENT', 'RISKS', 'REVIEW'))
        )
        """
    )
    op.execute("create index charter_comment_by_prison on charter_comment (prison, id)")
    op.execute("create index charter_comment_by_charter on charter_comment (prison, charter, id)")
    for statement in fences.fenced("charter_comment", fences.of_prison()):
        op.execute(statement)


def _objective() -> None:
    op.execute(
        """
        create table objective (
            id uuid not null,
            version integer not null,
            scheme uuid not null,
            jurisdiction text collate "C" not null,
            prison text collate "C" not null,
            organisation text collate "C" not null,
            title text collate "C" not null,
            measure text collate "C" not null,
            direction text collate "C" not null,
            for_whom text collate "C",
            need text collate "C",
            baseline integer,
            baseline_source text collate "C",
            baseline_by date,
            target integer,
            achievable text collate "C",
            starts_on date,
            due_on date,
            running_weeks integer,
            measured_on date[] not null,
            measured integer[] not null,
            measured_from text[] collate "C" not null,
            set_by uuid,
            constraint objective_pkey primary key (id),
            constraint objective_version_counts check (version >= 1),
            constraint objective_baseline_source_known check (baseline_source in ('MANAGEMENT_INFORMATION',
                'SCHEME_RECORDS', 'PARTNER_RECORDS', 'SURVEY', 'FEEDBACK', 'COUNTED_BY_HAND', 'EXTERNAL_EVALUATION')),
            constraint objective_direction_known check (direction in ('HIGHER', 'LOWER')),
            constraint objective_measured_from_known check (measured_from <@ array['MANAGEMENT_INFORMATION',
                'SCHEME_RECORDS', 'PARTNER_RECORDS', 'SURVEY', 'FEEDBACK', 'COUNTED_BY_HAND',
                'EXTERNAL_EVALUATION']::text[]),
            constraint objective_need_known check (need in ('DISTRESS', 'LONELINESS', 'FIRST_DAYS', 'READING',
                'NUMBERS', 'LANGUAGE', 'RIGHTS_AND_ADVICE', 'PHYSICAL_HEALTH', 'DAILY_LIVING', 'SUBSTANCE_USE',
                'RELEASE', 'BEING_HEARD', 'SAFETY', 'IDENTITY', 'END_OF_LIFE')),
            constraint objective_points_are_whole check (cardinality(measured) = cardinality(measured_on) and
                cardinality(measured) = cardinality(measured_from))
        )
        """
    )
    op.execute("create index objective_by_prison on objective (prison, id)")
    op.execute("create index objective_by_scheme on objective (prison, scheme, id)")
    for statement in fences.fenced("objective", fences.of_prison()):
        op.execute(statement)


def _finding() -> None:
    op.execute(
        """
        create table finding (
            id uuid not null,
            version integer not null,
            scheme uuid not null,
            jurisdiction text collate "C" not null,
            prison text collate "C" not null,
            organisation text collate "C" not null,
            source text collate "C" not null,
            design text collate "C" not null,
            found text collate "C" not null,
            recommendation text collate "C",
            found_on date not null,
            answer_by date not null,
            recorded_by uuid not null,
            state text collate "C" not null,
            answered_by uuid,
            answered_in integer,
            answered_on date,
            declined_for text collate "C",
            declined_by uuid,
            constraint finding_pkey primary key (id),
            constraint finding_version_counts check (version >= 1),
            constraint finding_declined_for_known check (declined_for in ('NOT_OURS_TO_CHANGE', 'NO_RESOURCES',
                'WOULD_HARM', 'ALREADY_SO', 'EVIDENCE_TOO_WEAK', 'SCHEME_ENDS')),
            constraint finding_design_known check (design in ('COUNTS_ONLY', 'FEEDBACK_ONLY', 'BEFORE_AND_AFTER',
                'COMPARED_WITH_ANOTHER_WING', 'COMPARED_WITH_ANOTHER_PERIOD', 'CONTROLLED', 'INTERVIEWS',
                'MIXED_METHODS', 'INSPECTION')),
            constraint finding_source_known check (source in ('EVALUATION', 'INSPECTION', 'MONITORING_BOARD',
                'MANAGEMENT_INFORMATION', 'FEEDBACK', 'REVIEW', 'RESEARCH')),
            constraint finding_state_known check (state in ('OPEN', 'ANSWERED', 'DECLINED'))
        )
        """
    )
    op.execute("create index finding_by_prison on finding (prison, id)")
    op.execute("create index finding_by_scheme on finding (prison, scheme, answer_by, id)")
    for statement in fences.fenced("finding", fences.of_prison()):
        op.execute(statement)
