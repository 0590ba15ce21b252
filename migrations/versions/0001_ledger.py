"""The ledger and its fences, and what rests beside the records: used keys, the letterbox, the stamp."""

from alembic import op

from migrations import fences

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _roles_exist()
    # The wheel's PostgreSQL has no btree_gist: ids are compared in exclusion constraints as ranges of one.
    op.execute("create type uuidrange as range (subtype = uuid)")
    _ledger()
    _fences_of_the_ledger()
    _keys()
    _letterbox()
    _stamp()
    op.execute(f"grant select on alembic_version to {fences.APPLICATION}")


def downgrade() -> None:
    op.execute(f"revoke select on alembic_version from {fences.APPLICATION}")
    for table in ("stamp", "letterbox", "tally_key", "idempotency_key", "ledger"):
        op.execute(f"drop table {table}")
    op.execute("drop function entry_required()")
    op.execute("drop function ledger_grows_only()")
    op.execute("drop type uuidrange")


def _roles_exist() -> None:
    for role in (fences.APPLICATION, fences.SEALER):
        found = op.get_bind().exec_driver_sql("select 1 from pg_roles where rolname = $1", (role,)).first()
        if found is None:
            raise RuntimeError(f"the role {role} is missing: peer-support database prepare makes it")


def _ledger() -> None:
    op.execute(
        """
        create table ledger (
            id uuid not null,
            at timestamptz not null,
            tx xid8 default pg_current_xact_id(),
            bytes bytea not null,
            shown_at timestamptz not null,
            actor uuid,
            client text collate "C",
            role text collate "C" not null,
            purpose text collate "C",
            shown_act text collate "C" not null,
            rule text collate "C",
            outcome text collate "C" not null,
            code text collate "C",
            jurisdiction text collate "C",
            prison text collate "C",
            closed boolean not null,
            constraint ledger_pkey primary key (id),
            constraint ledger_outcome_known check (outcome in ('DONE', 'REPLAYED', 'REFUSED', 'ABSENT',
                'MALFORMED', 'STALE', 'NOT_NOW', 'LIMITED', 'FAILED'))
        )
        """
    )
    op.execute("create index ledger_by_prison on ledger (prison, shown_at, id)")
    op.execute("create index ledger_by_tx on ledger (tx) where tx is not null")
    op.execute("create index ledger_to_clear on ledger (at) where closed and tx is not null")


def _fences_of_the_ledger() -> None:
    op.execute(
        """
        create function entry_required() returns trigger language plpgsql as $$
        begin
            if exists (select from public.ledger where tx = pg_current_xact_id()) then
                return null;
            end if;
            raise exception 'a change of % without an entry in the ledger', tg_table_name using errcode = 'PS001';
        end $$
        """
    )
    op.execute(
        """
        create function ledger_grows_only() returns trigger language plpgsql as $$
        begin
            if tg_op = 'UPDATE' then
                -- Rule 4: the number of its transaction goes from a closed entry. Nothing else ever changes.
                if old.closed and new.tx is null and to_jsonb(new) - 'tx' = to_jsonb(old) - 'tx' then
                    return new;
                end if;
            end if;
            raise exception 'the ledger only grows' using errcode = 'PS002';
        end $$
        """
    )
    op.execute(
        "create trigger ledger_grows_only before update or delete on ledger"
        " for each row execute function ledger_grows_only()"
    )
    op.execute(
        "create trigger ledger_is_never_emptied before truncate on ledger"
        " for each statement execute function ledger_grows_only()"
    )
    for statement in fences.row_security("ledger"):
        op.execute(statement)
    # Its own transaction's lines are seen by whoever is in it: so the fences see them whatever the scope is.
    seen = f"{fences.of_prison()} or tx = pg_current_xact_id_if_assigned()"
    op.execute(f"create policy ledger_read on ledger for select using ({seen})")
    op.execute("create policy ledger_add on ledger for insert with check (true)")
    op.execute(f"create policy ledger_clear_read on ledger for select to {fences.SEALER} using (closed)")
    op.execute(f"create policy ledger_clear on ledger for update to {fences.SEALER} using (closed) with check (closed)")
    op.execute(f"grant select on ledger to {fences.APPLICATION}")
    # Not `tx`: which transaction it was is for the database to say.
    op.execute(
        "grant insert (id, at, bytes, shown_at, actor, client, role, purpose, shown_act, rule, outcome, code,"
        f" jurisdiction, prison, closed) on ledger to {fences.APPLICATION}"
    )
    op.execute(f"grant select (id, at, tx, closed), update (tx) on ledger to {fences.SEALER}")


def _keys() -> None:
    op.execute(
        """
        create table idempotency_key (
            use bytea not null,
            body bytea not null,
            subject bytea,
            until timestamptz not null,
            constraint idempotency_key_pkey primary key (use)
        )
        """
    )
    op.execute("create index idempotency_key_by_end on idempotency_key (until)")
    op.execute(
        """
        create table tally_key (
            use bytea not null,
            body bytea not null,
            until date not null,
            constraint tally_key_pkey primary key (use)
        )
        """
    )
    for table in ("idempotency_key", "tally_key"):
        op.execute(fences.entry_required(table))
        op.execute(f"grant select, insert, delete on {table} to {fences.APPLICATION}")


def _letterbox() -> None:
    op.execute(
        """
        create table letterbox (
            id uuid not null,
            box text collate "C" not null,
            sealed bytea not null,
            constraint letterbox_pkey primary key (id),
            constraint letterbox_constant_length check (octet_length(sealed) = 1024)
        )
        """
    )
    op.execute(fences.entry_required("letterbox"))
    for statement in fences.row_security("letterbox"):
        op.execute(statement)
    # To add is all that anybody may, until issue D's mixer has a role of its own.
    op.execute("create policy letterbox_add on letterbox for insert with check (true)")
    op.execute(f"grant insert on letterbox to {fences.APPLICATION}")


def _stamp() -> None:
    op.execute(
        """
        create table stamp (
            id boolean not null,
            kind text collate "C" not null,
            constraint stamp_pkey primary key (id),
            constraint stamp_one_row check (id),
            constraint stamp_only_demonstration check (kind = 'demonstration')
        )
        """
    )
    op.execute(f"grant select, insert on stamp to {fences.APPLICATION}")
