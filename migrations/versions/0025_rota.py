"""The rota: nobody is on it twice at a time; how many it needs, and the pattern of its weeks."""

from alembic import op

from migrations.fences import unfenced
from migrations.of_scheme import register

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _never_twice()
    _needed()
    _pattern()


def downgrade() -> None:
    op.execute("drop table cover_need, rota_line")
    op.execute("drop index roster_entry_never_twice")
    op.execute("alter table roster_entry drop column slot, drop column wing")


def _never_twice() -> None:
    op.execute('alter table roster_entry add column slot uuid, add column wing text collate "C"')
    # The same digest as `domain.care.roster.slot_of`. What is there twice has happened, and stands: the later ones get
    # a slot of nobody's. So does what nobody knows any more whose it was.
    with unfenced("roster_entry"):
        op.execute(
            """
            with told as (
                select e.id, s.wing, encode(substr(sha256(
                        uuid_send(s.person) || convert_to('/' || to_char(e.day, 'YYYY-MM-DD') || '/' || e.band, 'UTF8')
                    ), 1, 16), 'hex')::uuid as slot, row_number() over (
                        partition by e.prison, s.person, e.day, e.band
                        order by e.state = 'WITHDRAWN', e.state <> 'PUBLISHED', e.in_force_from, e.id
                    ) as place
                from roster_entry e join supporter s on s.id = e.supporter
            )
            update roster_entry e
            set wing = told.wing, slot = case when told.place = 1 then told.slot else gen_random_uuid() end,
                version = version + 1
            from told where told.id = e.id
            """
        )
        op.execute("update roster_entry set slot = gen_random_uuid(), version = version + 1 where slot is null")
    op.execute("alter table roster_entry alter column slot set not null")
    op.execute("create unique index roster_entry_never_twice on roster_entry (prison, slot) where state <> 'WITHDRAWN'")


_BANDS = "'AM', 'LUNCH_LOCKUP', 'PM', 'ED', 'NIGHT'"
_DAYS = "'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'"


def _needed() -> None:
    register(
        "cover_need",
        """
        wing text collate "C", weekday text collate "C" not null, band text collate "C" not null,
        supporters integer not null
        """,
        f"weekday_known check (weekday in ({_DAYS}))",
        f"band_known check (band in ({_BANDS}))",
        "counts check (supporters between 0 and 50)",
    )
    op.execute(
        "create unique index cover_need_said_once on cover_need (scheme, coalesce(wing, ''), weekday, band)"
        " where supporters > 0"
    )


def _pattern() -> None:
    register(
        "rota_line",
        """
        supporter uuid not null, weekday text collate "C" not null, band text collate "C" not null,
        wing text collate "C", ended_on date
        """,
        f"weekday_known check (weekday in ({_DAYS}))",
        f"band_known check (band in ({_BANDS}))",
    )
    op.execute("create unique index rota_line_said_once on rota_line (supporter, weekday, band) where ended_on is null")
