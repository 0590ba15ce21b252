"""Who am I, and by which rules: the caller's own capacities, the policy as data, the kinds of scheme."""

from typing import Annotated, Any

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.call import may
from api.guarded import CallDep, operation, router
from api.policy_text import lines
from domain.confidentiality.verbs import Verb
from domain.confidentiality.viewer import Viewer
from domain.oversight.looking import nothing_shown
from domain.schemes.kinds import KINDS, Kind, kind_of

routes = router("me")

_Word = Annotated[str, Field(max_length=80)]
_Words = Annotated[list[_Word], Field(max_length=100)]
_Told = Annotated[str, Field(max_length=1000)]


class _Shown(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Capacity(_Shown):
    """One capacity in which the caller may act: its id for `Acting-As`, its role, and what it may do."""

    actingAs: _Word
    role: _Word
    prison: _Word | None
    scheme: _Word | None
    organisation: _Word | None
    wingsNow: _Words
    endsOn: _Word | None
    may: _Words


class Me(_Shown):
    """The caller, as this service knows him."""

    id: _Word
    issuer: Annotated[str, Field(max_length=300)]
    subject: Annotated[str, Field(max_length=300)]
    kind: _Word
    client: Annotated[str, Field(max_length=300)] | None
    capacities: Annotated[list[Capacity], Field(max_length=100)]


class PolicyLine(_Shown):
    """One grant: in this role, for this purpose, this far, these classes are seen, and these things may be done."""

    rule: _Word
    role: _Word
    purpose: _Word
    within: _Word
    closedPolicy: bool
    sees: _Words
    writes: _Words
    may: _Words


class PolicyTable(_Shown):
    """The whole policy."""

    grants: Annotated[list[PolicyLine], Field(max_length=300)]


class SchemeKind(_Shown):
    """A kind of scheme: what it is for, what it may hold, and what a supporter must have done."""

    code: _Word
    title: _Word
    supportTypes: _Words
    stageOfSentence: _Words
    purpose: _Told
    partner: _Word
    closedPolicy: bool
    recordLevel: _Word
    holds: _Words
    toldToNewcomers: _Told
    partnerCertifies: bool
    modules: _Words
    observedContacts: Annotated[int, Field(ge=0, le=100)]
    probationDays: Annotated[int, Field(ge=0, le=366)]
    responseTargetDay: Annotated[int, Field(ge=0, le=10_000)] | None
    responseTargetNight: Annotated[int, Field(ge=0, le=10_000)] | None
    permittedTasks: _Words
    prohibitedTasks: _Words
    contact: _Word


class SchemeKinds(_Shown):
    """Every kind of scheme."""

    items: Annotated[list[SchemeKind], Field(max_length=100)]


@operation(routes, "GET", "/v1/me", Verb.READ_ME, name="getMe", summary="Who am I", shows=Me)
async def get_me(call: CallDep) -> Response:
    """The caller's own principal, capacities and what each may do. Every role; purpose: operations."""
    await call.run(lambda begin: nothing_shown(begin, Verb.READ_ME))
    caller = call.caller
    allowed = may(caller)
    capacities: list[dict[str, Any]] = []
    for viewer in caller.capacities:
        held = None if viewer.assignment is None else caller.assignments.get(viewer.assignment)
        name = "own" if viewer.assignment is None else str(viewer.assignment)
        capacities.append(
            {
                "actingAs": name,
                "role": viewer.role,
                "prison": _bound(viewer, "prisons") if held is None else held.prison,
                "scheme": _bound(viewer, "schemes") if held is None or held.scheme is None else str(held.scheme),
                "organisation": None if held is None else held.organisation,
                "wingsNow": sorted(str(w) for w in viewer.fact("wings") or ()),
                "endsOn": None if held is None else held.ends_on.isoformat(),
                "may": allowed[name],
            }
        )
    principal = caller.principal
    return call.plain(
        {
            "id": str(caller.actor),
            "issuer": principal.issuer,
            "subject": principal.subject,
            "kind": principal.kind,
            "client": principal.client,
            "capacities": capacities,
        }
    )


def _bound(viewer: Viewer, fact: str) -> str | None:
    """Where a supporter's capacity holds: it is no assignment, so its scheme and prison stand in its facts alone."""
    found = viewer.fact(fact) if viewer.assignment is not None else None
    return str(next(iter(found))) if found is not None and len(found) == 1 else None


@operation(routes, "GET", "/v1/policy", Verb.READ_POLICY, name="getPolicy", summary="The policy", shows=PolicyTable)
async def get_policy(call: CallDep) -> Response:
    """The one table that decides who may see and do what, as data. Every role; purpose: operations."""
    await call.run(lambda begin: nothing_shown(begin, Verb.READ_POLICY))
    return call.plain({"grants": lines()})


@operation(
    routes, "GET", "/v1/kinds", Verb.READ_KIND, name="listKinds", summary="The kinds of scheme", shows=SchemeKinds
)
async def list_kinds(call: CallDep) -> Response:
    """Ready-made kinds of scheme, with what each may hold. Every role; purpose: operations."""
    await call.run(lambda begin: nothing_shown(begin, Verb.READ_KIND))
    return call.plain({"items": [_kind(k) for k in KINDS.values()]})


@operation(
    routes, "GET", "/v1/kinds/{code}", Verb.READ_KIND, name="getKind", summary="One kind of scheme", shows=SchemeKind
)
async def get_kind(
    call: CallDep, code: Annotated[str, Path(max_length=40, pattern=r"^[A-Z_]{3,40}$", description="The kind's code.")]
) -> Response:
    """One kind of scheme. Every role; purpose: operations."""
    found = await call.run(lambda begin: _found(begin, code))
    return call.plain(_kind(found))


async def _found(begin: Any, code: str) -> Kind:
    async with begin(Verb.READ_KIND):
        return kind_of(code)


def _kind(kind: Kind) -> dict[str, Any]:
    return {
        "code": kind.code,
        "title": kind.title,
        "supportTypes": kind.support_types,
        "stageOfSentence": kind.stage_of_sentence,
        "purpose": kind.purpose,
        "partner": kind.partner,
        "closedPolicy": kind.policy.closed,
        "recordLevel": kind.policy.level,
        "holds": sorted(kind.policy.holds),
        "toldToNewcomers": kind.policy.told_to_newcomers,
        "partnerCertifies": kind.partner_certifies,
        "modules": kind.modules,
        "observedContacts": kind.observed_contacts,
        "probationDays": kind.probation_days,
        "responseTargetDay": kind.response_target_day,
        "responseTargetNight": kind.response_target_night,
        "permittedTasks": kind.permitted_tasks,
        "prohibitedTasks": kind.prohibited_tasks,
        "contact": kind.contact,
    }
