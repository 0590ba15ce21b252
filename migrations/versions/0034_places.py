"""A line that loses the number of its transaction loses its place too: among the lines of its minute, its page told the
minute of what is shown to the hour, and of what names nobody and is shown to the day."""

from alembic import op

from migrations import fences

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_COLUMNS = (
    "id, at, bytes, shown_at, readable_from, actor, client, role, purpose, shown_act, rule, outcome, code,"
    " jurisdiction, prison, closed"
)
_GROWS_ONLY = """
    create or replace function ledger_grows_only() returns trigger language plpgsql as $$
    begin
        {but}
        raise exception 'the ledger only grows' using errcode = 'PS002';
    end $$
"""
_MOVED = """
        if tg_op = 'DELETE' then
            -- Rule 4: a closed line is laid elsewhere, without its number. That it is there again is looked at last.
            if old.closed and old.tx is not null then
                return old;
            end if;
        end if;
"""
_CLEARED = """
        if tg_op = 'UPDATE' then
            -- Rule 4: the number of its transaction goes from a closed entry. Nothing else ever changes.
            if old.closed and new.tx is null and to_jsonb(new) - 'tx' = to_jsonb(old) - 'tx' then
                return new;
            end if;
        end if;
"""


def upgrade() -> None:
    op.execute(_GROWS_ONLY.format(but=_MOVED.strip()))
    op.execute(
        """
        create function ledger_line_stays() returns trigger language plpgsql security definer
        set search_path = pg_catalog, public as $$
        begin
            if exists (
                select from public.ledger l
                where l.id = old.id and l.tx is null and to_jsonb(l) - 'tx' = to_jsonb(old) - 'tx'
            ) then
                return null;
            end if;
            raise exception 'the ledger only grows' using errcode = 'PS002';
        end $$
        """
    )
    op.execute(
        "create constraint trigger ledger_line_stays after delete on ledger"
        " deferrable initially deferred for each row execute function ledger_line_stays()"
    )
    # All together and in the order of their random ids: so they lie there, whenever each of them was written.
    op.execute(
        f"""
        create function ledger_clear(until timestamptz) returns bigint language sql security definer
        set search_path = pg_catalog, public as $$
            with taken as (
                delete from public.ledger where closed and tx is not null and readable_from <= until returning *
            ), laid as (
                insert into public.ledger ({_COLUMNS}, tx)
                select {_COLUMNS}, null from taken order by id returning id
            )
            select count(*) from laid
        $$
        """
    )
    op.execute("revoke execute on function ledger_clear(timestamptz) from public")
    op.execute(f"grant execute on function ledger_clear(timestamptz) to {fences.SEALER}")
    op.execute("create policy ledger_move on ledger for delete to current_user using (closed)")
    op.execute("drop policy ledger_clear on ledger")
    op.execute(f"revoke update (tx) on ledger from {fences.SEALER}")
    # What was cleared before lies where it was written. An empty table is let be: one that was rewritten while empty is
    # read from end to end by every fence, which makes serial acts that do not meet race for it.
    op.execute(
        """
        do $$
        begin
            if pg_relation_size('public.ledger') > 0 then
                cluster public.ledger using ledger_pkey;
                alter table public.ledger set without cluster;
            end if;
        end $$
        """
    )


def downgrade() -> None:
    op.execute(f"grant update (tx) on ledger to {fences.SEALER}")
    op.execute(f"create policy ledger_clear on ledger for update to {fences.SEALER} using (closed) with check (closed)")
    op.execute("drop policy ledger_move on ledger")
    op.execute("drop function ledger_clear(timestamptz)")
    op.execute("drop trigger ledger_line_stays on ledger")
    op.execute("drop function ledger_line_stays()")
    op.execute(_GROWS_ONLY.format(but=_CLEARED.strip()))
