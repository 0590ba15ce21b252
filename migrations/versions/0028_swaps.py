"""What supporters wish of the rota, and what a kind lets them do about it themselves."""

from alembic import op

from migrations.fences import unfenced
from migrations.of_scheme import register

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_BANDS = "'AM', 'LUNCH_LOCKUP', 'PM', 'ED', 'NIGHT'"


def upgrade() -> None:
    register(
        "rota_wish",
        """
        supporter uuid not null, person uuid not null, wish text collate "C" not null, day date not null,
        band text collate "C" not null, other uuid, for_day date, for_band text collate "C",
        asked_of_him boolean not null, side uuid, state text collate "C" not null
        """,
        "wish_known check (wish in ('TAKE', 'DROP', 'SWAP'))",
        f"band_known check (band in ({_BANDS}))",
        f"for_band_known check (for_band in ({_BANDS}))",
        "state_known check (state in ('ASKED', 'AGREED', 'DONE', 'REFUSED', 'WITHDRAWN'))",
        "only_a_swap_names_another check ((wish = 'SWAP') = (other is not null))",
        "only_a_swap_has_two_sides check ((wish = 'SWAP') = (side is not null))",
        "only_a_swap_is_asked_of_him check (wish = 'SWAP' or not asked_of_him)",
        "a_band_in_return_is_whole check ((for_day is null) = (for_band is null))",
        "only_a_swap_has_a_return check (wish = 'SWAP' or for_day is null)",
        "only_a_swap_is_agreed check (wish = 'SWAP' or state <> 'AGREED')",
        "nobody_swaps_with_himself check (other <> supporter)",
    )
    op.execute("create index rota_wish_by_person on rota_wish (person, id)")
    op.execute("create index rota_wish_by_supporter on rota_wish (prison, supporter)")
    op.execute("alter table job drop constraint job_kind_known")
    op.execute("alter table job add constraint job_kind_known check (kind in ('SCHEME_SUMMARY', 'TURNOVER', 'ROTA'))")
    # A sheet is whole. What was written before says what holds where nothing else is said: under a closed policy all
    # that is dropped or swapped waits for the coordinator.
    with unfenced("scheme_kind"):
        op.execute(
            """
            update scheme_kind set sheet = (sheet::jsonb || jsonb_build_object('selfService', jsonb_build_object(
                'offered', true, 'untilHours', 24, 'waits', (sheet ->> 'closedPolicy')::boolean
            )))::json
            """
        )


def downgrade() -> None:
    op.execute("drop table rota_wish")
    with unfenced("job"):
        op.execute("delete from job where kind = 'ROTA'")
    op.execute("alter table job drop constraint job_kind_known")
    op.execute("alter table job add constraint job_kind_known check (kind in ('SCHEME_SUMMARY', 'TURNOVER'))")
    with unfenced("scheme_kind"):
        op.execute("update scheme_kind set sheet = (sheet::jsonb - 'selfService')::json")
