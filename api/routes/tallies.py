"""Handing in a tally. There is no reading, listing or editing one: it has no address (rule 1)."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from starlette.responses import Response

from api.guarded import CallDep, operation, router
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


class Receipt(BaseModel):
    """The same for everybody, every time."""

    model_config = ConfigDict(extra="forbid")
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
