"""Webhooks, and how far each destination has got in the ledger."""

from alembic import op

from migrations import fences

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

_TYPES = (
    *("scheme.created", "scheme.opened", "scheme.launched", "scheme.suspended", "scheme.resumed", "scheme.closed"),
    *("scheme.changed", "charter.published", "vacancy.published", "vacancy.closed", "outcome.published"),
    *("scheme-kind.published", "supporter.changed", "enrolment.changed"),
)


def upgrade() -> None:
    types = ", ".join(f"'peer-support.{type}'" for type in _TYPES)
    op.execute(
        f"""
        create table subscription (
            id uuid not null,
            version integer not null,
            author uuid not null,
            assignment uuid not null,
            jurisdiction text collate "C" not null,
            prison text collate "C",
            address text collate "C" not null,
            types text[] collate "C" not null,
            state text collate "C" not null,
            since timestamptz not null,
            failing_since timestamptz,
            pinged_at timestamptz,
            ended_at timestamptz,
            secret bytea not null,
            secret_before bytea,
            secret_before_until timestamptz,
            constraint subscription_pkey primary key (id),
            constraint subscription_version_counts check (version >= 1),
            constraint subscription_types_known check (types <@ array[{types}]::text[]),
            constraint subscription_state_known check (state in ('ACTIVE', 'FAILING', 'ENDED')),
            constraint subscription_address_is_https
                check (address like 'https://%' and char_length(address) <= 500),
            constraint subscription_ended_says_when check ((state = 'ENDED') = (ended_at is not null)),
            constraint subscription_failing_says_since check (failing_since is null or state <> 'ACTIVE'),
            constraint subscription_before_says_until check ((secret_before is null) = (secret_before_until is null))
        )
        """
    )
    op.execute("create index subscription_by_author on subscription (author, id)")
    for statement in fences.fenced("subscription", fences.of_prison()):
        op.execute(statement)
    op.execute(
        """
        create table relay (
            name text collate "C" not null,
            tx xid8 not null,
            id uuid not null,
            since timestamptz not null,
            least_at timestamptz,
            day date,
            failures integer not null,
            again_at timestamptz,
            constraint relay_pkey primary key (name),
            constraint relay_failures_count check (failures >= 0)
        )
        """
    )
    # That something was sent on is no act, and has no entry: what is sent has its own.
    op.execute(f"grant select, insert, update, delete on relay to {fences.APPLICATION}")
    op.execute(
        """
        create function subscription_has_its_place() returns trigger language plpgsql as $$
        begin
            if tg_op = 'DELETE' then
                delete from public.relay where name = 'hook:' || old.id::text;
            else
                -- Before its own transaction: whatever is settled from now on is told to it, however late it is begun.
                insert into public.relay (name, tx, id, since, failures)
                    values ('hook:' || new.id::text, pg_snapshot_xmin(pg_current_snapshot()),
                        '00000000-0000-0000-0000-000000000000', new.since, 0)
                    on conflict (name) do nothing;
            end if;
            return null;
        end $$
        """
    )
    op.execute(
        "create trigger subscription_has_its_place after insert or delete on subscription"
        " for each row execute function subscription_has_its_place()"
    )


def downgrade() -> None:
    op.execute("drop table subscription")
    op.execute("drop function subscription_has_its_place()")
    op.execute("drop table relay")
