"""Kinds of scheme that are made through the API, and partners' lists of exceptions. A scheme says which version of its
kind it was made under, whom it helps and when; and there are leads of partners."""

from alembic import op

from migrations import fences

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ROLES = (
    "'STAFF_MEMBER', 'WING_OFFICER', 'ORDERLY_OFFICER', 'COORDINATOR', 'SAFER_CUSTODY', 'GOVERNOR', 'ACTIVITIES_HUB',"
    " 'SECURITY', 'HEALTHCARE', 'INFORMATION_GOVERNANCE', 'ACCESS_ADMINISTRATOR', 'PARTNER_VOLUNTEER', {lead}"
    "'EVALUATOR', 'MONITORING_BOARD', 'INSPECTORATE', 'OMBUDSMAN_CORONER', 'HEADQUARTERS', 'INTEGRATOR', 'SERVICE',"
    " 'PERSON_IN_CUSTODY', 'SUPPORTER', 'PEER_COORDINATOR'"
)
_SUPPORT_TYPES = (
    "'EMOTIONAL', 'INDUCTION', 'EDUCATION', 'INFORMATION_ADVICE', 'HEALTH_ADVICE', 'SOCIAL_CARE', 'RECOVERY',"
    " 'RESETTLEMENT', 'ADVOCACY_REPRESENTATION', 'SAFETY_VIOLENCE_REDUCTION', 'FAITH_CULTURE_IDENTITY', 'END_OF_LIFE'"
)
_STAGES = "'INDUCTION', 'SETTLED', 'TRANSFER', 'BEFORE_RELEASE', 'AFTER_RELEASE', 'ANY'"


def upgrade() -> None:
    _schemes_say_more()
    op.execute("alter table supporter add column kind_version integer")
    _roles("'PARTNER_LEAD', ")
    _scheme_kind()
    _exception_list()


def downgrade() -> None:
    op.execute("drop table exception_list")
    op.execute("drop table scheme_kind")
    _roles("")
    op.execute("alter table supporter drop column kind_version")
    op.execute("alter table scheme drop column kind_version, drop column support_types, drop column stage_of_sentence")


def _schemes_say_more() -> None:
    """What older schemes give, and when, is what their ready-made kinds said. A column's type is changed to itself with
    the new values: that rewrites the table and fires no row's trigger, so nothing here needs to leave an entry of
    somebody's doing; and where row security is forced, an update of the owner's would find no row."""
    op.execute(
        'alter table scheme add column kind_version integer, add column support_types text[] collate "C",'
        ' add column stage_of_sentence text[] collate "C"'
    )
    op.execute(
        """
        alter table scheme
            alter column support_types type text[] collate "C" using (case kind
                when 'LISTENERS' then array['EMOTIONAL'] when 'INSIDERS' then array['INDUCTION']
                else array['EDUCATION'] end),
            alter column stage_of_sentence type text[] collate "C" using (case kind
                when 'LISTENERS' then array['INDUCTION', 'ANY'] when 'INSIDERS' then array['INDUCTION', 'TRANSFER']
                else array['ANY'] end)
        """
    )
    op.execute(
        "alter table scheme alter column support_types set not null, alter column stage_of_sentence set not null"
    )
    op.execute(
        "alter table scheme add constraint scheme_support_types_known"
        f" check (support_types <@ array[{_SUPPORT_TYPES}]::text[])"
    )
    op.execute(
        f"alter table scheme add constraint scheme_stage_of_sentence_known check (stage_of_sentence <@"
        f" array[{_STAGES}]::text[])"
    )


def _roles(lead: str) -> None:
    op.execute("alter table assignment drop constraint assignment_role_known")
    op.execute(
        f"alter table assignment add constraint assignment_role_known check (role in ({_ROLES.format(lead=lead)}))"
    )


def _scheme_kind() -> None:
    op.execute(
        """
        create table scheme_kind (
            id uuid not null,
            version integer not null,
            code text collate "C" not null,
            jurisdiction text collate "C" not null,
            prison text collate "C",
            base text collate "C",
            number integer not null,
            state text collate "C" not null,
            sheet json not null,
            made_by uuid not null,
            published_by uuid,
            published_on date,
            withdrawn_on date,
            constraint scheme_kind_pkey primary key (id),
            constraint scheme_kind_version_counts check (version >= 1),
            constraint scheme_kind_state_known check (state in ('DRAFT', 'PUBLISHED', 'WITHDRAWN')),
            constraint scheme_kind_number_counts check (number >= 1),
            constraint scheme_kind_another_published check (published_by is null or published_by <> made_by),
            constraint scheme_kind_variant_has_base check (prison is null or base is not null)
        )
        """
    )
    op.execute("create index scheme_kind_by_prison on scheme_kind (prison, id)")
    op.execute(
        "create unique index scheme_kind_numbered on scheme_kind (jurisdiction, code, coalesce(prison, ''), number)"
    )
    op.execute(
        "create unique index scheme_kind_one_published on scheme_kind (jurisdiction, code, coalesce(prison, ''))"
        " where state = 'PUBLISHED'"
    )
    for statement in fences.fenced("scheme_kind", fences.of_prison()):
        op.execute(statement)


def _exception_list() -> None:
    op.execute(
        """
        create table exception_list (
            id uuid not null,
            version integer not null,
            organisation text collate "C" not null,
            jurisdiction text collate "C" not null,
            number integer not null,
            effective_from date not null,
            state text collate "C" not null,
            exceptions json not null,
            made_by uuid not null,
            published_by uuid,
            published_on date,
            constraint exception_list_pkey primary key (id),
            constraint exception_list_numbered unique (jurisdiction, organisation, number),
            constraint exception_list_version_counts check (version >= 1),
            constraint exception_list_state_known check (state in ('DRAFT', 'PUBLISHED', 'WITHDRAWN')),
            constraint exception_list_number_counts check (number >= 1),
            constraint exception_list_another_published check (published_by is null or published_by <> made_by)
        )
        """
    )
    # Of no prison: a scope is asked for all the same, and reach decides the rest.
    for statement in fences.fenced("exception_list", fences.PRISONS + " is not null"):
        op.execute(statement)
