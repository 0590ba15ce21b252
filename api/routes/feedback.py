"""Feedback over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from api.guarded import CallDep, operation, router
from api.routes.shapes import PAGE, Body, Cursor, Flag, IdPath, Limit, Text, Whole
from api.routes.tallies import Receipt
from api.wire import model, page_model
from domain.confidentiality.verbs import Verb
from domain.feedback import acts
from domain.feedback.record import Feedback, Theme, Voice

routes = router("feedback")


class GiveFeedback(Body):
    """What somebody says of a scheme. Anonymous unless said otherwise; always, where the scheme's policy is closed."""

    scheme: UUID
    rating: Annotated[Whole, Field(ge=1, le=5, description="1 to 5; shown as smileys.")]
    themes: Annotated[list[Theme], Field(max_length=10)] = []
    would_again: Flag | None = None
    """Whether he would use it, or give it, again."""
    words: Text | None = None
    anonymous: Flag = True
    helped_to_answer: Flag = False
    on_behalf_of: Voice | None = None


@operation(
    routes,
    "POST",
    "/v1/feedback",
    Verb.GIVE_FEEDBACK,
    name="giveFeedback",
    summary="Give feedback",
    shows=Receipt,
    status=201,
)
async def give(call: CallDep, body: GiveFeedback) -> Response:
    """From those helped, those who help, and staff (support). The answer is one constant receipt."""
    return await call.hand_in(lambda begin: acts.give(begin, **body.given()), acts.RECEIPT)


@operation(
    routes,
    "GET",
    "/v1/feedback",
    Verb.READ_FEEDBACK,
    name="listFeedback",
    summary="Feedback",
    shows=page_model(Feedback),
)
async def list_feedback(
    call: CallDep,
    scheme: Annotated[UUID | None, Query(description="Only of this scheme.")] = None,
    voice: Annotated[Voice | None, Query(description="Only of this group.")] = None,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Response:
    """Feedback on open-policy schemes: their coordinator and partner (evaluation)."""
    filters = {"scheme": scheme, "voice": voice}
    return await call.list_(Feedback, acts.search, limit=limit, cursor=cursor, filters=filters)


@operation(
    routes,
    "GET",
    "/v1/feedback/{id}",
    Verb.READ_FEEDBACK,
    name="getFeedback",
    summary="One piece of feedback",
    shows=model(Feedback),
)
async def get_feedback(call: CallDep, id: IdPath) -> Response:
    """One piece of feedback."""
    return await call.show(lambda begin: acts.read(begin, id))
