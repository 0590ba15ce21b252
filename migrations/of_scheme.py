"""A table of what belongs to a scheme, as SQL. As the fences it is history: a change is another function."""

from alembic import op

from migrations import fences


def register(table: str, columns: str, *truths: str, by: str | None = None) -> None:
    """Make it: what all of them have, its own columns and checks (name and condition), its indexes (`by`: the column
    that orders its list) and fences."""
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
    if by is not None:
        op.execute(f"create index {table}_by_day on {table} (prison, scheme, {by}, id)")
    for statement in fences.fenced(table, fences.of_prison()):
        op.execute(statement)
