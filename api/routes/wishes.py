"""What a supporter wishes of the rota, over HTTP."""

from uuid import UUID

from api.routes.register import Register
from api.routes.shapes import Body, Day, Flag, Nothing
from domain.care import wishes
from domain.care.wish import RotaWish, RotaWishKind, RotaWishState
from domain.confidentiality.verbs import Verb
from domain.kernel.bands import Band
from domain.supporters.record import Supporter


class AskRotaWish(Body):
    """To take a band, or to drop or swap one's own."""

    wish: RotaWishKind
    day: Day
    band: Band
    """To take: a band of the scheme. To drop or to swap: one for which he is on the rota."""
    other: UUID | None = None
    """To swap: with which supporter."""
    for_day: Day | None = None
    """To swap: for a band of the other's on this day. Without one the other stands in, and gets nothing in return."""
    for_band: Band | None = None


class AnswerRotaWish(Body):
    """The other's yes or no."""

    agrees: Flag


class DecideRotaWish(Body):
    """The coordinator's yes or no."""

    allowed: Flag


WISHES = Register(
    RotaWish,
    "rota-wishes",
    many="rota wishes",
    reads=Verb.READ_ROTA_WISH,
    writes=Verb.ASK_ROTA_WISH,
    tag="care",
    under=Supporter,
)
WISHES.lists_all(
    "What supporters wish of the rota. A supporter his own side: what he asked, and what he is asked. Coordinator both"
    " sides of each (support). Nobody else.",
    order="day",
    supporter=(UUID, "Only of this supporter."),
    state=(RotaWishState, "Only in this state."),
)
WISHES.adds(
    AskRotaWish,
    wishes.ask,
    "Take a band, within the gates of whoever writes the rota: done at once. Or ask to drop or swap one's own, up to"
    " the hours before it that the kind says; it is `DONE` at once, or waits. The supporter himself (support).",
    name="askRotaWish",
)
WISHES.shows("One supporter's side of a wish.")
WISHES.moves(
    "answer",
    AnswerRotaWish,
    wishes.answer,
    "Say yes or no to a swap that one was asked for. With a yes it is done, or waits for the coordinator. Whoever was"
    " asked (support). Needs `If-Match`.",
    verb=Verb.ANSWER_ROTA_WISH,
)
WISHES.moves(
    "decide",
    DecideRotaWish,
    wishes.decide,
    "Let it be done, or not. A swap needs the other's yes first; no limit is passed by it. Coordinator (support). Needs"
    " `If-Match`.",
    verb=Verb.DECIDE_ROTA_WISH,
)
WISHES.moves(
    "withdraw",
    Nothing,
    wishes.withdraw,
    "Take back a wish, or a yes to another's. The supporter himself (support). Needs `If-Match`.",
    verb=Verb.WITHDRAW_ROTA_WISH,
)

REGISTERS = (WISHES,)
