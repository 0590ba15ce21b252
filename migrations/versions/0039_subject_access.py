"""A role for the estate's machine that answers people about themselves."""

from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

_ROLES = (
    *("STAFF_MEMBER", "WING_OFFICER", "ORDERLY_OFFICER", "COORDINATOR", "SAFER_CUSTODY", "GOVERNOR"),
    *("ACTIVITIES_HUB", "SECURITY", "HEALTHCARE", "INFORMATION_GOVERNANCE", "ACCESS_ADMINISTRATOR"),
    *("PARTNER_VOLUNTEER", "PARTNER_LEAD", "EVALUATOR", "MONITORING_BOARD", "INSPECTORATE", "OMBUDSMAN_CORONER"),
    *("HEADQUARTERS", "INTEGRATOR"),
)
_FURTHER = ("SERVICE", "PERSON_IN_CUSTODY", "SUPPORTER", "PEER_COORDINATOR")


def upgrade() -> None:
    _known((*_ROLES, "SUBJECT_ACCESS", *_FURTHER))


def downgrade() -> None:
    _known((*_ROLES, *_FURTHER))


def _known(roles: tuple[str, ...]) -> None:
    said = ", ".join(f"'{role}'" for role in roles)
    for table, column in (("assignment", "role"), ("charter_comment", "made_as"), ("unusual_look", "role")):
        op.execute(f"alter table {table} drop constraint {table}_{column}_known")
        op.execute(f"alter table {table} add constraint {table}_{column}_known check ({column} in ({said}))")
