"""Who there is: people in custody, principals, assignments, duties."""

from alembic import op

from migrations import fences

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _person()
    _actor()
    _assignment()
    _duty()


def downgrade() -> None:
    op.execute("drop table duty")
    op.execute("drop table assignment")
    op.execute("drop table actor")
    op.execute("drop table person")


def _person() -> None:
    op.execute(
        """
        create table person (
            id uuid not null,
            version integer not null,
            person uuid not null,
            jurisdiction text collate "C" not null,
            prison text collate "C" not null,
            wing text collate "C",
            identifier_kind text collate "C" not null,
            identifier bytea not null,
            identifier_index bytea not null,
            name bytea not null,
            constraint person_pkey primary key (id),
            constraint person_known_once unique (jurisdiction, identifier_kind, identifier_index),
            constraint person_version_counts check (version >= 1),
            constraint person_person_is_id check (person = id)
        )
        """
    )
    op.execute("create index person_by_prison on person (prison, id)")
    for statement in fences.fenced("person", fences.of_prison()):
        op.execute(statement)


def _actor() -> None:
    op.execute(
        """
        create table actor (
            id uuid not null,
            version integer not null,
            issuer text collate "C" not null,
            subject text collate "C" not null,
            kind text collate "C" not null,
            person uuid,
            constraint actor_pkey primary key (id),
            constraint actor_known_once unique (issuer, subject, kind),
            constraint actor_version_counts check (version >= 1),
            constraint actor_kind_known check (kind in ('STAFF', 'PARTNER', 'IN_CUSTODY', 'CLIENT')),
            constraint actor_nobody_in_custody check (kind <> 'IN_CUSTODY')
        )
        """
    )
    for statement in fences.fenced("actor", fences.PRISONS + " is not null"):
        op.execute(statement)


def _assignment() -> None:
    op.execute(
        """
        create table assignment (
            id uuid not null,
            version integer not null,
            holder uuid not null,
            issuer text collate "C" not null,
            subject text collate "C" not null,
            principal_kind text collate "C" not null,
            role text collate "C" not null,
            jurisdiction text collate "C" not null,
            prison text collate "C",
            scheme uuid,
            organisation text collate "C" not null,
            visit_days date[] not null,
            starts_on date not null,
            ends_on date not null,
            proposed_by uuid,
            proposer_organisation text collate "C",
            confirmed_by uuid,
            needs_second boolean not null,
            ended_at timestamptz,
            last_used_on date,
            constraint assignment_pkey primary key (id),
            constraint assignment_not_twice exclude using gist (uuidrange(md5(holder::text || '|' || role || '|'
                || jurisdiction || '|' || coalesce(prison, '') || '|' || coalesce(scheme::text, '') || '|' ||
                organisation)::uuid, md5(holder::text || '|' || role || '|' || jurisdiction || '|' ||
                coalesce(prison, '') || '|' || coalesce(scheme::text, '') || '|' || organisation)::uuid, '[]') with
                &&, daterange(starts_on, ends_on, '[]') with &&) where (ended_at is null),
            constraint assignment_version_counts check (version >= 1),
            constraint assignment_principal_kind_known check (principal_kind in ('STAFF', 'PARTNER',
                'IN_CUSTODY', 'CLIENT')),
            constraint assignment_role_known check (role in ('STAFF_MEMBER', 'WING_OFFICER', 'ORDERLY_OFFICER',
                'COORDINATOR', 'SAFER_CUSTODY', 'GOVERNOR', 'ACTIVITIES_HUB', 'SECURITY', 'HEALTHCARE',
                'INFORMATION_GOVERNANCE', 'ACCESS_ADMINISTRATOR', 'PARTNER_VOLUNTEER', 'EVALUATOR',
                'MONITORING_BOARD', 'INSPECTORATE', 'OMBUDSMAN_CORONER', 'HEADQUARTERS', 'INTEGRATOR', 'SERVICE',
                'PERSON_IN_CUSTODY', 'SUPPORTER', 'PEER_COORDINATOR')),
            constraint assignment_days_in_order check (starts_on <= ends_on)
        )
        """
    )
    op.execute("create index assignment_by_holder on assignment (holder)")
    op.execute("create index assignment_by_subject on assignment (issuer, subject)")
    op.execute("create index assignment_by_prison on assignment (prison, id)")
    for statement in fences.fenced("assignment", fences.of_prison()):
        op.execute(statement)


def _duty() -> None:
    op.execute(
        """
        create table duty (
            id uuid not null,
            version integer not null,
            author uuid not null,
            jurisdiction text collate "C" not null,
            prison text collate "C" not null,
            wings text[] collate "C" not null,
            band text collate "C" not null,
            starts_at timestamptz not null,
            ends_at timestamptz not null,
            constraint duty_pkey primary key (id),
            constraint duty_version_counts check (version >= 1),
            constraint duty_band_known check (band in ('AM', 'LUNCH_LOCKUP', 'PM', 'ED', 'NIGHT'))
        )
        """
    )
    op.execute("create index duty_by_author on duty (author, ends_at)")
    op.execute("create index duty_by_prison on duty (prison, id)")
    for statement in fences.fenced("duty", fences.of_prison()):
        op.execute(statement)
