"""Requests, inductions, enrolments, sessions."""

from alembic import op

from migrations import fences

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _request()
    _induction()
    _enrolment()
    _session()


def downgrade() -> None:
    op.execute("drop table session")
    op.execute("drop table enrolment")
    op.execute("drop table induction")
    op.execute("drop table request")


def _request() -> None:
    op.execute(
        """
        create table request (
            id uuid not null,
            version integer not null,
            scheme uuid,
            jurisdiction text collate "C" not null,
            prison text collate "C" not null,
            organisation text collate "C",
            closed boolean not null,
            unverified boolean not null,
            wing text collate "C" not null,
            channel text collate "C" not null,
            need text collate "C" not null,
            urgency text collate "C" not null,
            band text collate "C" not null,
            readable_until timestamptz not null,
            state text collate "C" not null,
            asked_at timestamptz not null,
            recorded_at timestamptz not null,
            late boolean not null,
            recipient bytea,
            cell bytea,
            person uuid,
            language bytea,
            first_night boolean not null,
            author uuid,
            offered_to uuid,
            declined_by uuid[] not null,
            offered_at timestamptz,
            accepted_at timestamptz,
            unlocked_at timestamptz,
            minutes_to_offer integer,
            minutes_to_accept integer,
            minutes_to_unlock integer,
            place text collate "C",
            ended_at timestamptz,
            refusal_ground text collate "C",
            refusal_code text collate "C",
            refused_by uuid,
            alternative text collate "C",
            constraint request_pkey primary key (id),
            constraint request_version_counts check (version >= 1),
            constraint request_channel_known check (channel in ('IN_PERSON_TO_OFFICER', 'IN_PERSON_TO_PEER',
                'CELL_BELL', 'PAPER_APP', 'KIOSK_OR_LAPTOP', 'IN_CELL_PHONE', 'STAFF_REFERRAL',
                'HEALTHCARE_REFERRAL', 'CHAPLAIN_REFERRAL', 'KEYWORKER', 'AUTO_NEW_ARRIVAL', 'PEER_REFERRAL')),
            constraint request_need_known check (need in ('EMOTIONAL', 'INDUCTION', 'EDUCATION',
                'INFORMATION_ADVICE', 'HEALTH_ADVICE', 'SOCIAL_CARE', 'RECOVERY', 'RESETTLEMENT',
                'ADVOCACY_REPRESENTATION', 'SAFETY_VIOLENCE_REDUCTION', 'FAITH_CULTURE_IDENTITY', 'END_OF_LIFE')),
            constraint request_urgency_known check (urgency in ('ROUTINE', 'TODAY', 'NOW', 'LIFE_AT_RISK')),
            constraint request_band_known check (band in ('AM', 'LUNCH_LOCKUP', 'PM', 'ED', 'NIGHT')),
            constraint request_state_known check (state in ('RECEIVED', 'OFFERED', 'ACCEPTED', 'IN_PROGRESS',
                'COMPLETED', 'REFUSED', 'WITHDRAWN', 'EXPIRED', 'LIFE_AT_RISK')),
            constraint request_place_known check (place in ('LISTENER_SUITE', 'CELL_OF_RECIPIENT',
                'CELL_OF_SUPPORTER', 'PRIVATE_ROOM', 'OUTSIDE_THE_DOOR', 'IN_CELL_PHONE')),
            constraint request_refusal_ground_known check (refusal_ground in ('SYSTEM', 'RISK', 'RECIPIENT',
                'IMPROPER')),
            constraint request_refusal_code_known check (refusal_code in ('NO_PEER_AVAILABLE',
                'NO_STAFF_TO_UNLOCK', 'NIGHT_STATE', 'SUITE_OUT_OF_USE', 'NO_PRIVATE_SPACE', 'REGIME_CURTAILED',
                'LOCKDOWN_INCIDENT', 'INFECTION_CONTROL', 'IT_FAILURE', 'RECIPIENT_RISK_TO_PEER', 'PEER_UNSUITABLE',
                'NON_ASSOCIATION', 'SECURITY_RESTRICTION', 'SEGREGATION_DECISION', 'HEALTHCARE_ADVICE',
                'WITHDRAWN_CLAIMED', 'ASLEEP_CLAIMED', 'DECLINED_CLAIMED', 'MOVED', 'STAFF_DISCRETION',
                'NOT_PASSED_ON', 'DENIED_AS_PUNISHMENT', 'TOLD_TO_WAIT_UNTIL_MORNING', 'OTHER_ASK_ME')),
            constraint request_alternative_known check (alternative in ('SAMARITANS_PHONE', 'OFFICER_TALK',
                'KEY_WORKER', 'CHAPLAIN', 'HEALTHCARE', 'NONE')),
            constraint request_closed_has_no_person check (not closed or person is null),
            constraint request_no_free_text check (char_length(wing) <= 40)
        )
        """
    )
    op.execute("create index request_by_prison on request (prison, readable_until, id)")
    op.execute("create index request_by_state on request (scheme, state)")
    op.execute("create index request_by_hour on request (state, readable_until)")
    op.execute("create index request_closed_by_end on request (readable_until) where closed")
    for statement in fences.fenced("request", fences.of_prison(participation=True)):
        op.execute(statement)


def _induction() -> None:
    op.execute(
        """
        create table induction (
            id uuid not null,
            version integer not null,
            scheme uuid not null,
            jurisdiction text collate "C" not null,
            prison text collate "C" not null,
            organisation text collate "C" not null,
            closed boolean not null,
            wing text collate "C" not null,
            person uuid,
            name bytea,
            supporter uuid not null,
            supporter_person uuid not null,
            arrived_at timestamptz not null,
            seen_at timestamptz not null,
            minutes_after_arrival integer not null,
            checklist text[] collate "C" not null,
            language text collate "C" not null,
            told_policy boolean not null,
            concern_told_to_staff boolean not null,
            follow_up_on date,
            author uuid,
            constraint induction_pkey primary key (id),
            constraint induction_version_counts check (version >= 1),
            constraint induction_checklist_known check (checklist <@ array['MET_IN_RECEPTION', 'SHOWN_ROUND',
                'PHONE_EXPLAINED', 'CANTEEN_EXPLAINED', 'VISITS_EXPLAINED', 'APPS_EXPLAINED', 'KIT_RECEIVED',
                'TOLD_ABOUT_LISTENERS', 'TOLD_ABOUT_HEALTHCARE', 'SECOND_DAY_CHECK_BACK']::text[]),
            constraint induction_never_closed check (not closed)
        )
        """
    )
    op.execute("create index induction_by_scheme on induction (prison, scheme, id)")
    op.execute("create index induction_by_supporter on induction (supporter_person)")
    op.execute("create index induction_by_wing on induction (prison, wing, id)")
    for statement in fences.fenced("induction", fences.of_prison(participation=True)):
        op.execute(statement)


def _enrolment() -> None:
    op.execute(
        """
        create table enrolment (
            id uuid not null,
            version integer not null,
            scheme uuid not null,
            jurisdiction text collate "C" not null,
            prison text collate "C" not null,
            organisation text collate "C" not null,
            closed boolean not null,
            wing text collate "C" not null,
            person uuid not null,
            name bytea not null,
            supporter uuid,
            supporter_person uuid,
            earlier_supporters uuid[] not null,
            state text collate "C" not null,
            goal text collate "C" not null,
            manual integer not null,
            checks_passed integer not null,
            sessions_a_week integer not null,
            enrolled_on date not null,
            ended_on date,
            constraint enrolment_pkey primary key (id),
            constraint enrolment_version_counts check (version >= 1),
            constraint enrolment_state_known check (state in ('WAITING', 'STARTED', 'COMPLETED',
                'WITHDRAWN_LEARNER', 'TRANSFERRED', 'RELEASED')),
            constraint enrolment_goal_known check (goal in ('READ_A_LETTER', 'READ_TO_CHILDREN', 'READ_A_BOOK',
                'NUMBERS_EVERY_DAY', 'GET_A_QUALIFICATION')),
            constraint enrolment_never_closed check (not closed)
        )
        """
    )
    op.execute("create index enrolment_by_person on enrolment (person)")
    op.execute("create index enrolment_by_scheme on enrolment (prison, scheme, id)")
    op.execute("create index enrolment_by_supporter on enrolment (supporter_person)")
    op.execute("create index enrolment_by_wing on enrolment (prison, wing, id)")
    for statement in fences.fenced("enrolment", fences.of_prison(participation=True)):
        op.execute(statement)


def _session() -> None:
    op.execute(
        """
        create table session (
            id uuid not null,
            version integer not null,
            enrolment uuid not null,
            scheme uuid not null,
            jurisdiction text collate "C" not null,
            prison text collate "C" not null,
            organisation text collate "C" not null,
            closed boolean not null,
            wing text collate "C" not null,
            person uuid not null,
            supporter uuid not null,
            supporter_person uuid not null,
            starts_at timestamptz not null,
            ends_at timestamptz not null,
            state text collate "C" not null,
            not_delivered text collate "C",
            minutes integer,
            manual integer,
            page integer,
            note bytea,
            constraint session_pkey primary key (id),
            constraint session_nobody_double_booked exclude using gist (tstzrange(starts_at, ends_at) with &&,
                uuidmultirange(uuidrange(person, person, '[]'), uuidrange(supporter_person, supporter_person, '[]'))
                with &&) where (state <> 'NOT_DELIVERED'),
            constraint session_version_counts check (version >= 1),
            constraint session_state_known check (state in ('PLANNED', 'DELIVERED', 'NOT_DELIVERED')),
            constraint session_not_delivered_known check (not_delivered in ('LEARNER_ABSENT', 'MENTOR_ABSENT',
                'NOT_UNLOCKED', 'NO_SPACE', 'CANCELLED_REGIME', 'TRANSFERRED')),
            constraint session_never_closed check (not closed),
            constraint session_times_in_order check (starts_at < ends_at)
        )
        """
    )
    op.execute("create index session_by_person on session (person)")
    op.execute("create index session_by_scheme on session (prison, scheme, id)")
    op.execute("create index session_by_supporter on session (supporter_person)")
    op.execute("create index session_by_wing on session (prison, wing, id)")
    for statement in fences.fenced("session", fences.of_prison(participation=True)):
        op.execute(statement)
