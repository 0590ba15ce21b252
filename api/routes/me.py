"""Who am I, and by which rules: the caller's own capacities, the policy as data."""

from typing import Annotated, Any

from pydantic import Field
from starlette.responses import Response

from api.call import may
from api.described import Shown
from api.guarded import CallDep, operation, router
from api.policy_text import lines
from domain.confidentiality.verbs import Verb
from domain.confidentiality.viewer import Viewer
from domain.oversight.looking import nothing_shown

routes = router("me")

_Word = Annotated[str, Field(max_length=80)]
_Words = Annotated[list[_Word], Field(max_length=300)]


class Capacity(Shown):
    """One capacity in which the caller may act: its id for `Acting-As`, its role, and what it may do."""

    actingAs: _Word
    role: _Word
    prison: _Word | None
    scheme: _Word | None
    organisation: _Word | None
    wingsNow: _Words
    endsOn: _Word | None
    may: _Words


class Me(Shown):
    """The caller, as this service knows him."""

    id: _Word
    issuer: Annotated[str, Field(max_length=300)]
    subject: Annotated[str, Field(max_length=300)]
    kind: _Word
    client: Annotated[str, Field(max_length=300)] | None
    capacities: Annotated[list[Capacity], Field(max_length=200)]


class PolicyLine(Shown):
    """One grant: in this role, for this purpose, this far, these classes are seen, and these things may be done."""

    rule: _Word
    role: _Word
    purpose: _Word
    within: _Word
    closedPolicy: bool
    sees: _Words
    writes: _Words
    may: _Words


class PolicyTable(Shown):
    """The whole policy."""

    grants: Annotated[list[PolicyLine], Field(max_length=600)]


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
