"""Comments on the sections of a charter that is on its way to publication."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from starlette.responses import Response

from api.guarded import CallDep, operation, router
from api.routes.shapes import PAGE, Body, Cursor, IdPath, Limit, Text
from api.wire import model, page_model
from domain.confidentiality.verbs import Verb
from domain.schemes import comments
from domain.schemes.comments import CharterComment
from domain.schemes.questions import Section

routes = router("charters")


class CommentOnCharter(Body):
    """What to say to a section. No names: it is about the plan."""

    charter: UUID
    section: Section
    words: Text


@operation(
    routes,
    "POST",
    "/v1/charter-comments",
    Verb.COMMENT,
    name="commentOnCharter",
    summary="Comment on a section",
    shows=model(CharterComment),
    status=201,
)
async def comment_on_charter(call: CallDep, body: CommentOnCharter) -> Response:
    """Say something to a section of a version that is not published. Who signs, and who writes."""
    return await call.create(CharterComment, lambda begin: comments.comment(begin, **body.given()))


@operation(
    routes,
    "GET",
    "/v1/charter-comments",
    Verb.READ_COMMENT,
    name="listCharterComments",
    summary="Comments on charters",
    shows=page_model(CharterComment),
)
async def list_comments(
    call: CallDep,
    charter: Annotated[UUID | None, Query(description="Only on this version.")] = None,
    section: Annotated[Section | None, Query(description="Only on this section.")] = None,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Response:
    """The comments in reach: those who sign or write, and oversight."""
    filters = {"charter": charter, "section": section}
    return await call.list_(CharterComment, comments.search, limit=limit, cursor=cursor, filters=filters)


@operation(
    routes,
    "GET",
    "/v1/charter-comments/{id}",
    Verb.READ_COMMENT,
    name="getCharterComment",
    summary="One comment",
    shows=model(CharterComment),
)
async def get_comment(call: CallDep, id: IdPath) -> Response:
    """One comment."""
    return await call.show(lambda begin: comments.read(begin, id))
