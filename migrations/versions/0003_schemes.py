"""Schemes, supporters, feedback, jobs."""

from alembic import op

from migrations import fences

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _scheme()
    _supporter()
    _feedback()
    _job()


def downgrade() -> None:
    op.execute("drop table job")
    op.execute("drop table feedback")
    op.execute("drop table supporter")
    op.execute("drop table scheme")


def _scheme() -> None:
    op.execute(
        """
        create table scheme (
            id uuid not null,
            version integer not null,
            kind text collate "C" not null,
            name text collate "C" not null,
            jurisdiction text collate "C" not null,
            prison text collate "C" not null,
            organisation text collate "C" not null,
            scheme uuid not null,
            closed boolean not null,
            state text collate "C" not null,
            purpose text collate "C" not null,
            target_group text collate "C",
            how_to_ask text collate "C",
            places text[] collate "C" not null,
            supporters_wanted integer not null,
            review_on date,
            approved_by uuid,
            opened_on date,
            paused_for text collate "C",
            closed_on date,
            closed_for text collate "C",
            constraint scheme_pkey primary key (id),
            constraint scheme_version_counts check (version >= 1),
            constraint scheme_state_known check (state in ('DRAFT', 'APPROVED', 'LIVE', 'PAUSED', 'CLOSED')),
            constraint scheme_paused_for_known check (paused_for in ('TOO_FEW_SUPPORTERS', 'NO_SUPERVISION',
                'REGIME', 'INFECTION_CONTROL', 'SAFETY', 'PARTNER_REQUEST')),
            constraint scheme_closed_for_known check (closed_for in ('PURPOSE_MET', 'REPLACED', 'NO_DEMAND',
                'NO_RESOURCES', 'PARTNER_WITHDREW', 'PRISON_CHANGED')),
            constraint scheme_scheme_is_id check (scheme = id)
        )
        """
    )
    op.execute("create index scheme_by_prison on scheme (prison, id)")
    for statement in fences.fenced("scheme", fences.of_prison()):
        op.execute(statement)


def _supporter() -> None:
    op.execute(
        """
        create table supporter (
            id uuid not null,
            version integer not null,
            scheme uuid not null,
            kind text collate "C" not null,
            jurisdiction text collate "C" not null,
            prison text collate "C" not null,
            organisation text collate "C" not null,
            person uuid not null,
            name bytea not null,
            wing text collate "C" not null,
            languages text[] collate "C" not null,
            standing text collate "C" not null,
            applied_on date not null,
            motivation text collate "C",
            prison_verdict text collate "C",
            partner_verdict text collate "C",
            rejected_for text collate "C",
            modules_passed text[] collate "C" not null,
            observed_contacts integer not null,
            compact_signed_on date,
            certificate text collate "C",
            certified_on date,
            certificate_expires_on date,
            probation_from date,
            active_from date,
            paused_on date,
            left_on date,
            left_for text collate "C",
            constraint supporter_pkey primary key (id),
            constraint supporter_version_counts check (version >= 1),
            constraint supporter_standing_known check (standing in ('APPLIED', 'REJECTED', 'ACCEPTED',
                'IN_TRAINING', 'PROBATION', 'ACTIVE', 'PAUSED', 'STOOD_DOWN')),
            constraint supporter_motivation_known check (motivation in ('WAS_HELPED', 'GIVE_BACK',
                'LEARN_SKILLS', 'SAW_THE_NEED', 'FAITH', 'FUTURE_WORK')),
            constraint supporter_prison_verdict_known check (prison_verdict in ('YES', 'NO')),
            constraint supporter_partner_verdict_known check (partner_verdict in ('YES', 'NO')),
            constraint supporter_rejected_for_known check (rejected_for in ('NOT_ENOUGH_TIME_LEFT',
                'NOT_CLEARED', 'NOT_THIS_ROLE', 'NO_PLACES', 'TRY_AGAIN_LATER')),
            constraint supporter_left_for_known check (left_for in ('OWN_WISH', 'TRANSFERRED', 'RELEASED',
                'HEALTH', 'ROLE_ENDED', 'SCHEME_CLOSED', 'PRISON_DECISION', 'PARTNER_DECISION'))
        )
        """
    )
    op.execute("create index supporter_by_person on supporter (person)")
    op.execute("create index supporter_by_prison on supporter (prison, id)")
    op.execute("create index supporter_by_scheme on supporter (prison, scheme, id)")
    op.execute("create index supporter_by_standing on supporter (scheme, standing)")
    op.execute(
        "create unique index supporter_one_open_application on supporter (scheme, person) where standing = 'APPLIED'"
    )
    for statement in fences.fenced("supporter", fences.of_prison()):
        op.execute(statement)


def _feedback() -> None:
    op.execute(
        """
        create table feedback (
            id uuid not null,
            version integer not null,
            scheme uuid not null,
            jurisdiction text collate "C" not null,
            prison text collate "C" not null,
            organisation text collate "C" not null,
            closed boolean not null,
            voice text collate "C" not null,
            rating integer not null,
            themes text[] collate "C" not null,
            words bytea,
            week_of date not null,
            helped_to_answer boolean not null,
            author uuid,
            constraint feedback_pkey primary key (id),
            constraint feedback_version_counts check (version >= 1),
            constraint feedback_voice_known check (voice in ('RECIPIENT', 'SUPPORTER', 'STAFF')),
            constraint feedback_themes_known check (themes <@ array['GOT_HELP_IN_TIME', 'HAD_TO_WAIT',
                'FELT_LISTENED_TO', 'FELT_PRIVATE', 'NOT_PRIVATE', 'STAFF_HELPED', 'STAFF_DID_NOT_HELP',
                'NEED_MORE_TRAINING', 'ROLE_IS_HEAVY', 'WORKS_WELL']::text[]),
            constraint feedback_closed_names_nobody check (not closed or (words is null and author is null)),
            constraint feedback_rating_of_five check (rating between 1 and 5),
            constraint feedback_week_from_monday check (extract(isodow from week_of) = 1)
        )
        """
    )
    op.execute("create index feedback_by_scheme on feedback (prison, scheme, id)")
    for statement in fences.fenced("feedback", fences.of_prison(participation=True)):
        op.execute(statement)


def _job() -> None:
    op.execute(
        """
        create table job (
            id uuid not null,
            version integer not null,
            author uuid not null,
            jurisdiction text collate "C" not null,
            prison text collate "C" not null,
            kind text collate "C" not null,
            scheme uuid,
            state text collate "C" not null,
            progress integer not null,
            made_at timestamptz not null,
            ended_at timestamptz,
            result jsonb,
            constraint job_pkey primary key (id),
            constraint job_version_counts check (version >= 1),
            constraint job_kind_known check (kind in ('SCHEME_SUMMARY')),
            constraint job_state_known check (state in ('WAITING', 'RUNNING', 'DONE', 'FAILED')),
            constraint job_progress_in_per_cent check (progress between 0 and 100)
        )
        """
    )
    op.execute("create index job_by_author on job (author)")
    op.execute("create index job_by_prison on job (prison, id)")
    op.execute("create index job_waiting on job (id) where state in ('WAITING', 'RUNNING')")
    for statement in fences.fenced("job", fences.of_prison()):
        op.execute(statement)
