"""Handing in a tally. There is no reading, listing or editing one: it has no address (rule 1)."""

from typing import Annotated, Any

from pydantic import Field, SkipValidation, StringConstraints
from starlette.responses import Response

from api.call import Call
from api.described import Shown
from api.guarded import CallDep, operation, router
from api.routes import late
from api.routes.late import MOST, Key, LateAnswer
from api.routes.shapes import Body
from domain.confidentiality.verbs import Verb
from domain.sessions.codes import Concern, DurationBand, YesNoUnknown
from domain.sessions.handing_in import hand_in
from domain.sessions.tally import MOST_CONCERNS, RECEIPT, DayOrNight

routes = router("tallies")


class HandInTally(Body):
    """One contact, counted. No name, place, date or words."""

    month: Annotated[
        str, StringConstraints(max_length=7, pattern=r"^20\d{2}-(0[1-9]|1[0-2])$"), Field(examples=["2026-11"])
    ]
    part: DayOrNight
    duration: DurationBand
    concerns: Annotated[list[Concern], Field(max_length=MOST_CONCERNS)] = []
    first_time: YesNoUnknown = YesNoUnknown.UNKNOWN
    suicidal_feelings: YesNoUnknown = YesNoUnknown.UNKNOWN
    self_harm: YesNoUnknown = YesNoUnknown.UNKNOWN


class Receipt(Shown):
    """The same for everybody, every time."""

    receipt: Annotated[str, Field(max_length=20, examples=[RECEIPT])]


@operation(
    routes,
    "POST",
    "/v1/tallies",
    Verb.HAND_IN_TALLY,
    name="handInTally",
    summary="Hand in a Listener's tally",
    shows=Receipt,
    status=201,
    key_required=True,
)
async def post_tally(call: CallDep, body: HandInTally) -> Response:
    """Into the letterbox: nobody reads it back, and the answer is constant. A supporter, or the partner's volunteer for
    him (support). Needs an `Idempotency-Key`; a replay gives the same receipt."""
    return await call.hand_in(lambda begin: hand_in(begin, **body.given()), RECEIPT)


class LateTally(HandInTally):
    """One contact, counted, that was written down while nothing answered."""

    key: Key


class HandInTallies(Body):
    """Several, in whatever order: none of it is kept."""

    items: Annotated[list[SkipValidation[LateTally]], Field(min_length=1, max_length=MOST)]
    """Each is looked at for itself: a bad one keeps no other out."""


class LateReceipt(LateAnswer):
    """What became of one tally: the constant receipt, or what was wrong."""

    receipt: Annotated[str, Field(max_length=20, examples=[RECEIPT])] | None = None


class LateReceipts(Shown):
    """One answer for each, in the order in which they were sent."""

    items: Annotated[list[LateReceipt], Field(max_length=MOST)]


@operation(
    routes,
    "POST",
    "/v1/late-tallies",
    Verb.HAND_IN_TALLY,
    name="handInLateTallies",
    summary="Hand in tallies that were written down offline",
    shows=LateReceipts,
    most=MOST,
)
async def post_late_tallies(call: CallDep, body: HandInTallies) -> Response:
    """Up to 500, each with a key of its own and each for itself: one that is bad keeps no other out, and the same ones
    sent again are answered the same. Neither order, device nor what came together is kept. A supporter, or the
    partner's volunteer for him (support)."""

    async def one(alone: Call, tally: LateTally) -> dict[str, Any]:
        given = {name: value for name, value in tally.given().items() if name != "key"}
        return {"receipt": await alone.handed_in(lambda begin: hand_in(begin, **given), RECEIPT)}

    return call.plain(await late.each(call, "/v1/tallies", body.items, LateTally, one, 201, {"receipt": None}))
