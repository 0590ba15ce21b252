"""Supporters over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from api.guarded import CallDep, operation, router
from api.routes.shapes import (
    PAGE,
    Amendment,
    Body,
    Certificate,
    Code,
    Cursor,
    Day,
    Flag,
    Identifier,
    IdPath,
    Languages,
    Limit,
    Nothing,
    PersonName,
    Prison,
    Reference,
    ShortText,
    Wing,
)
from api.wire import model, page_model
from domain.care import listing
from domain.confidentiality.verbs import Verb
from domain.leaving import standing_down
from domain.supporters import acts
from domain.supporters.record import ApplicationReason, LeavingReason, Motivation, Standing, Supporter, Verdict
from domain.supporters.recruiting import applying
from domain.supporters.recruiting.application import HelpedBy, StaffReason
from domain.supporters.recruiting.consent import CONSENT, ConsentText
from domain.training import assessing, certificates

routes = router("supporters")
_Shown = model(Supporter)


class Apply(Body):
    """An application. A person in custody applies for himself; staff who enter it give identifier and name."""

    scheme: UUID
    wing: Wing
    languages: Languages = ["en"]
    motivation: Motivation | None = None
    identifier: Identifier | None = None
    name: PersonName | None = None
    vacancy: UUID | None = None
    """The advertised place that he applies for, if it is one."""
    helped_by: HelpedBy | None = None
    """Who helped him with it; null: nobody."""
    consent_text: ConsentText = CONSENT
    """The version of the text that he agreed to; a vacancy shows the one that holds."""


class AmendSupporter(Amendment):
    """The members to change. A supporter may change his own languages, and whether a peer coordinator
    reads his name; the coordinator name, wing and languages."""

    name: PersonName
    wing: Wing
    languages: Languages
    agreed_to_be_listed: Flag


class Decide(Body):
    """One side's decision; a no has a reason."""

    verdict: Verdict
    reason: ApplicationReason | None = None
    """What the applicant is told."""
    staff_reason: StaffReason | None = None
    """What staff alone are told."""


class Train(Body):
    """Progress in training. Days of training and contacts that were watched are records of their own."""

    modules_passed: Annotated[list[Code], Field(max_length=20)] = []
    compact_signed: Flag = False


class Certify(Body):
    """The certificate: its number, and what it says."""

    certificate: Certificate
    level: Reference | None = None
    awarding_body: ShortText | None = None
    """The scheme's partner, unless another is named."""
    expires_on: Day | None = None
    """Three years from today, unless another day is named."""


class Fail(Body):
    """What was not passed."""

    module: Code


class StandDown(Body):
    """Why the role ends."""

    reason: LeavingReason


@operation(
    routes,
    "POST",
    "/v1/supporters",
    Verb.APPLY,
    name="applyToSupport",
    summary="Apply to be a supporter",
    shows=_Shown,
    status=201,
)
async def apply(call: CallDep, body: Apply) -> Response:
    """An application: one's own (person in custody, recruitment), or entered by the coordinator (recruitment)."""
    return await call.create(Supporter, lambda begin: applying.apply(begin, **body.given()))


@operation(
    routes,
    "GET",
    "/v1/supporters",
    Verb.READ_SUPPORTER,
    name="listSupporters",
    summary="Supporters",
    shows=page_model(Supporter),
)
async def list_supporters(
    call: CallDep,
    scheme: Annotated[UUID | None, Query(description="Only supporters of this scheme.")] = None,
    prison: Annotated[Prison | None, Query(description="Only of this prison.")] = None,
    standing: Annotated[Standing | None, Query(description="Only of this standing.")] = None,
    limit: Limit = PAGE,
    cursor: Cursor = None,
) -> Response:
    """The supporters in reach: a prison's for its staff, a partner's own, a person's own record."""
    filters = {"scheme": scheme, "prison": prison, "standing": standing}
    return await call.list_(Supporter, acts.search, limit=limit, cursor=cursor, filters=filters)


@operation(
    routes,
    "GET",
    "/v1/supporters/{id}",
    Verb.READ_SUPPORTER,
    name="getSupporter",
    summary="One supporter",
    shows=_Shown,
)
async def get_supporter(call: CallDep, id: IdPath) -> Response:
    """One supporter, with the tag that a change needs."""
    return await call.show(lambda begin: acts.read(begin, id))


@operation(
    routes,
    "PATCH",
    "/v1/supporters/{id}",
    Verb.AMEND_SUPPORTER,
    name="amendSupporter",
    summary="Amend a supporter",
    shows=_Shown,
)
async def amend_supporter(call: CallDep, id: IdPath, body: AmendSupporter) -> Response:
    """Change the members sent. Coordinator (recruitment), or the supporter himself (operations). Needs `If-Match`."""
    return await call.show(lambda begin: listing.amend(begin, id, seen=call.seen, changes=body.sent()))


@operation(
    routes,
    "POST",
    "/v1/supporters/{id}/decide",
    Verb.DECIDE_APPLICATION,
    name="decideApplication",
    summary="Decide on an application",
    shows=_Shown,
)
async def decide(call: CallDep, id: IdPath, body: Decide) -> Response:
    """The prison's decision (coordinator) or the partner's (volunteer); both where the kind asks. Needs `If-Match`."""
    return await call.move(Supporter, lambda begin: acts.decide(begin, id, seen=call.seen, **body.given()))


@operation(
    routes,
    "POST",
    "/v1/supporters/{id}/train",
    Verb.TRAIN_SUPPORTER,
    name="noteTraining",
    summary="Note progress in training",
    shows=_Shown,
)
async def train(call: CallDep, id: IdPath, body: Train) -> Response:
    """Modules passed, compact signed. Coordinator or partner (recruitment). Needs `If-Match`."""
    return await call.move(Supporter, lambda begin: acts.train(begin, id, seen=call.seen, **body.given()))


@operation(
    routes,
    "POST",
    "/v1/supporters/{id}/certify",
    Verb.CERTIFY_SUPPORTER,
    name="certifySupporter",
    summary="Certify a supporter",
    shows=_Shown,
)
async def certify(call: CallDep, id: IdPath, body: Certify) -> Response:
    """The certificate, and probation: modules passed, courses attended. By the partner alone where the kind says so.
    Needs `If-Match`."""
    return await call.move(Supporter, lambda begin: assessing.certify(begin, id, seen=call.seen, **body.given()))


@operation(
    routes,
    "POST",
    "/v1/supporters/{id}/renew",
    Verb.RENEW_CERTIFICATE,
    name="renewCertificate",
    summary="Renew a certificate",
    shows=_Shown,
)
async def renew(call: CallDep, id: IdPath, body: Certify) -> Response:
    """Another certificate after a refresher. Who had lapsed is back. By the partner alone where the kind says so, else
    the coordinator (recruitment). Needs `If-Match`."""
    return await call.move(Supporter, lambda begin: certificates.renew(begin, id, seen=call.seen, **body.given()))


@operation(
    routes,
    "POST",
    "/v1/supporters/{id}/fail",
    Verb.FAIL_TRAINING,
    name="failTraining",
    summary="End training that was not passed",
    shows=_Shown,
)
async def fail(call: CallDep, id: IdPath, body: Fail) -> Response:
    """A module was not passed, and training ends. By the partner alone where the kind says so, else the coordinator
    (recruitment). Needs `If-Match`."""
    return await call.move(Supporter, lambda begin: assessing.fail(begin, id, seen=call.seen, **body.given()))


@operation(
    routes,
    "POST",
    "/v1/supporters/{id}/activate",
    Verb.ACTIVATE_SUPPORTER,
    name="activateSupporter",
    summary="End probation",
    shows=_Shown,
)
async def activate(call: CallDep, id: IdPath, body: Nothing) -> Response:
    """Active: enough observed contacts, enough days, a valid certificate, each competence signed for by somebody who
    did not train him. Needs `If-Match`."""
    return await call.move(Supporter, lambda begin: acts.activate(begin, id, seen=call.seen))


@operation(
    routes,
    "POST",
    "/v1/supporters/{id}/pause",
    Verb.PAUSE_SUPPORTER,
    name="pauseSupporter",
    summary="Take a rest",
    shows=_Shown,
)
async def pause(call: CallDep, id: IdPath, body: Nothing) -> Response:
    """A rest, without a reason: the supporter himself, the coordinator or the partner. Needs `If-Match`."""
    return await call.move(Supporter, lambda begin: acts.pause(begin, id, seen=call.seen))


@operation(
    routes,
    "POST",
    "/v1/supporters/{id}/resume",
    Verb.RESUME_SUPPORTER,
    name="resumeSupporter",
    summary="Come back from a rest",
    shows=_Shown,
)
async def resume(call: CallDep, id: IdPath, body: Nothing) -> Response:
    """Back to where he stood, by two words: his own (supporter, operations), and that of whoever supports him
    (coordinator or partner, recruitment). Needs `If-Match`."""
    return await call.move(Supporter, lambda begin: acts.resume(begin, id, seen=call.seen))


@operation(
    routes,
    "POST",
    "/v1/supporters/{id}/stand-down",
    Verb.STAND_DOWN_SUPPORTER,
    name="standDownSupporter",
    summary="End the role",
    shows=_Shown,
)
async def stand_down(call: CallDep, id: IdPath, body: StandDown) -> Response:
    """The end of the role, without blame. Coordinator, partner or governor. Needs `If-Match`."""
    return await call.move(Supporter, lambda begin: standing_down.stand_down(begin, id, seen=call.seen, **body.given()))
