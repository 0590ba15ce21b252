"""The mark of what an actor's capacities rest on, so that they may be remembered until it changes."""

from alembic import op

from migrations import fences

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_WHOSE = {"actor": "id", "assignment": "holder", "duty": "author"}


def upgrade() -> None:
    op.execute(
        "create table footing (actor uuid not null, mark uuid not null, constraint footing_pkey primary key (actor))"
    )
    op.execute(f"grant select, insert, update, delete on footing to {fences.APPLICATION}")
    # Whoever writes here revives what was taken from somebody: no more than a change of what it stands for is that to
    # be had without an entry.
    op.execute(fences.entry_required("footing"))
    op.execute(
        """
        create function footing_changed() returns trigger language plpgsql as $$
        begin
            insert into public.footing (actor, mark)
                select whose, gen_random_uuid()
                from (select (to_jsonb(old) ->> tg_argv[0])::uuid union select (to_jsonb(new) ->> tg_argv[0])::uuid)
                    as changed (whose)
                where whose is not null
                on conflict (actor) do update set mark = excluded.mark;
            if tg_table_name = 'actor' and tg_op = 'DELETE' then
                delete from public.footing where actor = old.id;
            end if;
            return null;
        end $$
        """
    )
    for table, column in _WHOSE.items():
        op.execute(
            f"create trigger {table}_changes_footing after insert or update or delete on {table}"
            f" for each row execute function footing_changed('{column}')"
        )


def downgrade() -> None:
    for table in _WHOSE:
        op.execute(f"drop trigger {table}_changes_footing on {table}")
    op.execute("drop function footing_changed()")
    op.execute("drop table footing")
