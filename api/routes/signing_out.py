"""Signing out, and locking out somebody whose device is in other hands.

Whatever is ended is refused by this process as it answers, and by every other within about a second (`api.hearing`).
Neither reaches the issuer: who may still log in there, or holds what renews a token there, is the issuer's to say.
"""

from typing import Annotated, Final

from pydantic import StringConstraints
from starlette.responses import Response

from api.call import Call
from api.guarded import NO_CONTENT, CallDep, operation, router
from api.routes.shapes import Body, Identifier, Nothing
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Failure, Unacceptable
from domain.oversight import ended
from domain.oversight.ended import Marks
from domain.people.acts import checked_identifier

routes = router("access")
_NAMED: Final = StringConstraints(max_length=255, pattern=r"^[!-~]{1,255}$")


class LockOut(Body):
    """Whose tokens end. `issuer` and `subject` as in his tokens."""

    issuer: Annotated[str, _NAMED]
    subject: Annotated[str, _NAMED]


class LockOutByNumber(Body):
    """Whose tokens end, by the number on his door."""

    identifier: Identifier


@operation(routes, "POST", "/v1/sign-out", Verb.SIGN_OUT, name="signOut", summary="Sign out", status=NO_CONTENT)
async def sign_out(call: CallDep, body: Nothing) -> Response:
    """The token of this very request is worth nothing from now on; others of the caller's are as they were. Every role;
    purpose: operations. It ends whatever key is sent with it."""
    token = await call.runtime.door.carried(call.request.headers.get("authorization"))
    found = await call.run(lambda begin: ended.sign_out(begin, token.marks, token.runs_out))
    call.runtime.door.hear(found)
    return Response(status_code=NO_CONTENT)


@operation(
    routes, "POST", "/v1/lock-outs", Verb.LOCK_OUT, name="lockOut", summary="Lock somebody out", status=NO_CONTENT
)
async def lock_out(call: CallDep, body: LockOut) -> Response:
    """All his tokens that were issued until now are worth nothing; he may log in anew. Access administrator
    (operations). Answered alike whether or not anybody of that name is known here."""
    theirs = call.runtime.jurisdiction_of(body.issuer) in (call.jurisdictions or ())
    marks = call.runtime.door.of_subject(body.issuer, body.subject) if theirs else None
    if marks is None:
        raise Unacceptable([Failure("ISSUER_NOT_TRUSTED", "/issuer")])
    return await _locked_out(call, [marks])


@operation(
    routes,
    "POST",
    "/v1/lock-outs-by-number",
    Verb.LOCK_OUT_BY_NUMBER,
    name="lockOutByNumber",
    summary="Lock out a person in custody",
    status=NO_CONTENT,
)
async def lock_out_by_number(call: CallDep, body: LockOutByNumber) -> Response:
    """All tokens of the person in custody with this number that were issued until now are worth nothing; he may log in
    anew. Wing officer, orderly officer, safer custody, access administrator (operations). He is not looked up: it is
    answered alike for every number, wherever he is and whether or not he has ever used this service."""
    runtime = call.runtime
    whom: list[Marks] = []
    for wall in call.jurisdictions or ():
        number = checked_identifier(wall, body.identifier)
        theirs = (issuer for issuer in runtime.issuers if runtime.jurisdiction_of(issuer) == wall)
        whom += [marks for issuer in theirs if (marks := runtime.door.of_subject(issuer, number)) is not None]
    return await _locked_out(call, whom)


async def _locked_out(call: Call, whom: list[Marks]) -> Response:
    use, earlier = await call.key()
    verb, door = call.verb, call.runtime.door
    if earlier is None:
        door.hear(await call.run(lambda begin: ended.lock_out(begin, verb, whom, door.longest), use))
    else:
        await call.run(lambda begin: ended.locked_out_before(begin, verb))
    return Response(status_code=NO_CONTENT)
