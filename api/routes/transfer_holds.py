"""Holds on supporters' transfer over HTTP: asked for by a coordinator, decided by the governor, counted as they end."""

from uuid import UUID

from api.routes.register import Register
from api.routes.shapes import Body, Day, Flag, Nothing
from domain.confidentiality.verbs import Verb
from domain.turnover import holds
from domain.turnover.holds import HoldReason, HoldRefusal, HoldState, TransferHold


class RequestTransferHold(Body):
    """On whom, why, and until when: half a year at most."""

    supporter: UUID
    reason: HoldReason
    until: Day


class DecideTransferHold(Body):
    """Yes or no; a no says why."""

    granted: Flag
    refused_for: HoldRefusal | None = None


HOLDS = Register(TransferHold, "transfer-holds", many="transfer holds", reads=Verb.READ_TRANSFER_HOLD, tag="turnover")
HOLDS.lists(
    "Requests that a supporter be not moved, and what became of them. Coordinator and partner (recruitment), governor,"
    " monitoring board and inspectorate (oversight), safer custody (safety).",
    state=(HoldState, "Only in this state."),
)
HOLDS.adds(
    RequestTransferHold,
    holds.ask,
    "Ask that a supporter be not moved: TRAINING for one who is not active yet, COVER for one in role. Coordinator"
    " (recruitment).",
    verb=Verb.REQUEST_TRANSFER_HOLD,
    name="requestTransferHold",
)
HOLDS.shows("One request; for the same roles as the list.")
HOLDS.moves(
    "decide",
    DecideTransferHold,
    holds.decide,
    "Grant or refuse it; not whoever asked for it. Governor (oversight). Needs `If-Match`.",
    verb=Verb.DECIDE_TRANSFER_HOLD,
)
HOLDS.moves(
    "withdraw",
    Nothing,
    holds.withdraw,
    "It is not asked for any more. Coordinator (recruitment). Needs `If-Match`.",
    verb=Verb.WITHDRAW_TRANSFER_HOLD,
)
HOLDS.moves(
    "end",
    Nothing,
    holds.end,
    "Lift it before its day. Coordinator (recruitment) or governor (oversight). Needs `If-Match`.",
    verb=Verb.END_TRANSFER_HOLD,
)
REGISTERS = (HOLDS,)
