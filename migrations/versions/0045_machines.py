"""Roles for the systems of organisations outside, and for whoever keeps the service."""

from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

_ROLES = (
    *("STAFF_MEMBER", "WING_OFFICER", "ORDERLY_OFFICER", "COORDINATOR", "SAFER_CUSTODY", "GOVERNOR"),
    *("ACTIVITIES_HUB", "SECURITY", "HEALTHCARE", "INFORMATION_GOVERNANCE", "ACCESS_ADMINISTRATOR"),
    *("PARTNER_VOLUNTEER", "PARTNER_LEAD", "EVALUATOR", "MONITORING_BOARD", "INSPECTORATE", "OMBUDSMAN_CORONER"),
    *("HEADQUARTERS", "INTEGRATOR", "SUBJECT_ACCESS"),
)
_FURTHER = ("SERVICE", "PERSON_IN_CUSTODY", "SUPPORTER", "PEER_COORDINATOR")


def upgrade() -> None:
    _known((*_ROLES, "PROVIDER", "OPERATOR", *_FURTHER))


def downgrade() -> None:
    _known((*_ROLES, *_FURTHER))


def _known(roles: tuple[str, ...]) -> None:
    said = ", ".join(f"'{role}'" for role in roles)
    for table, column in (("assignment", "role"), ("charter_comment", "made_as"), ("unusual_look", "role")):
        op.execute(f"alter table {table} drop constraint {table}_{column}_known")
        op.execute(f"alter table {table} add constraint {table}_{column}_known check ({column} in ({said}))")
