"""What is done with schemes as plans: made, amended, approved. What moves them after that looks at much besides,
and stands in `domain.life`."""

import dataclasses
from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.grants.life import APPROVED
from domain.confidentiality.policy import grants_of
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Absent, Failure, NotNow, Unacceptable
from domain.kernel.ids import ActorId, SchemeId
from domain.kernel.moves import move, require
from domain.moving import may_move
from domain.ports import Query
from domain.schemes.belonging import in_the_future, in_the_past
from domain.schemes.charter import SIGNED, Charter, CharterState
from domain.schemes.made import current
from domain.schemes.record import LONGEST_REVIEW, SCHEME_MOVES, SERVING, AtRiskReason, Scheme, SchemeState
from domain.schemes.registers.risks import named as named_risks

PILOT_DAYS: Final = 28
"""How long a pilot lasts at least, where its plan does not say: four weeks, as probation does."""

MOST_DRAFTS: Final = 100
"""Plans of one prison that wait for a yes: many times what it could run. One that is given up is closed, and makes
room."""


async def create(
    begin: Begin,
    *,
    kind: str,
    name: str,
    prison: str,
    purpose: str | None = None,
    target_group: str | None = None,
    how_to_ask: str | None = None,
    places: tuple[str, ...] = (),
    supporters_wanted: int = 1,
    supporters_needed: int = 1,
    pilot_limit: int | None = None,
    pilot_days: int = PILOT_DAYS,
    review_on: date | None = None,
) -> View[Scheme]:
    """A new scheme, in draft. Its information policy and partner come with its kind, and its risk register begins with
    the risks that the evidence names. `pilot_limit` is what it wants in the end, where nothing is said."""
    async with begin(Verb.CREATE_SCHEME) as act:
        jurisdiction = str(next(iter(act.viewer.fact("jurisdictions") or ()), ""))
        id = SchemeId(act.new_id())
        plan = Scheme(
            id=id,
            scheme=id,
            kind=kind,
            name=name,
            jurisdiction=jurisdiction,
            prison=prison,
            organisation="",
            closed=True,
            support_types=(),
            stage_of_sentence=(),
            purpose=purpose or "",
            target_group=target_group,
            how_to_ask=how_to_ask,
            places=places,
            supporters_wanted=supporters_wanted,
            supporters_needed=supporters_needed,
            pilot_limit=supporters_wanted if pilot_limit is None else pilot_limit,
            pilot_days=pilot_days,
            review_on=review_on,
            planned_by=(ActorId(act.viewer.actor),),
        )
        act.within_reach(plan)  # before its kind: which kinds there are elsewhere is not to be learned here
        found = await current(act, kind, jurisdiction, prison)
        if found is None:
            raise Unacceptable([Failure("KIND_UNKNOWN", "/kind")])
        model, kind_version = found
        ahead = [*in_the_past(act, plan, review_on, "/reviewOn"), *_review_too_far(act, plan, review_on)]
        if wrong := [*ahead, *_disagreeing(plan)]:
            raise Unacceptable(wrong)
        drafts = {"jurisdiction": jurisdiction, "prison": prison, "state": SchemeState.DRAFT}
        require((len(await act.known(Scheme, Query(equal=drafts, limit=MOST_DRAFTS))) < MOST_DRAFTS, "TOO_MANY_DRAFTS"))
        scheme = dataclasses.replace(
            plan,
            kind_version=kind_version,
            organisation=model.partner,
            closed=model.closed_policy,
            support_types=model.support_types,
            stage_of_sentence=model.stage_of_sentence,
            purpose=purpose or model.purpose,
        )
        act.keep(scheme)
        for risk in named_risks(act, scheme):
            act.keep_beside(risk)
        return act.disclose(scheme)


async def amend(begin: Begin, id: UUID, *, seen: Tag, changes: Mapping[str, Any]) -> View[Scheme]:
    """Change the members that were sent, and no others. What a charter in force says too is changed by a new version of
    it, which those sign who signed this one."""
    async with begin(Verb.AMEND_SCHEME) as act:
        act.admit_writes(changes)
        scheme = await act.fetch(Scheme, id, seen=seen)
        may_approve = bool(grants_of(act.viewer.role, Verb.APPROVE_SCHEME))
        # What the yes was a yes to is not changed behind the back of whoever gave it.
        free = may_approve or scheme.state is SchemeState.DRAFT or not APPROVED & set(changes)
        unsigned = [n for n in SIGNED if n in changes and changes[n] != getattr(scheme, n)]
        lowered = changes.get("supporters_needed", scheme.supporters_needed) < scheme.supporters_needed
        charter = await charter_of(act, scheme) if unsigned or lowered else None
        require(
            (scheme.state is not SchemeState.CLOSED, "STATE_CLOSED"),
            (free, "FIXED_BY_APPROVAL"),
            (not unsigned or charter is None, "FIXED_BY_CHARTER"),
            (not lowered or _may_be_lowered(scheme, charter), "LOWERED_WHILE_SHORT"),
            (not _puts_off(scheme, changes), "REVIEW_FIRST"),
        )
        misdated = [
            *in_the_future(act, scheme, changes.get("partner_told_on"), "/partnerToldOn"),
            *in_the_past(act, scheme, changes.get("review_on"), "/reviewOn"),
            *_review_too_far(act, scheme, changes.get("review_on")),
        ]
        if misdated:
            raise Unacceptable(misdated)
        # An approver's own correction is part of his yes; whoever else writes in a plan is one of its planners.
        planning = scheme.state is SchemeState.DRAFT and not may_approve
        by = (*scheme.planned_by, ActorId(act.viewer.actor)) if planning else scheme.planned_by
        changed = dataclasses.replace(scheme, **changes, planned_by=tuple(dict.fromkeys(by)))
        if disagreeing := _disagreeing(changed):
            raise NotNow(disagreeing)
        act.keep(changed, was=scheme)
        return act.disclose(changed)


async def approve(begin: Begin, id: UUID, *, seen: Tag) -> View[Scheme]:
    """The governor's or safer custody's yes to the plan, by nobody who planned it, whatever else he is besides: to a
    charter that all have signed and nobody changes any more (domain facts 11.4)."""
    async with begin(Verb.APPROVE_SCHEME) as act:
        scheme = await act.fetch(Scheme, id, seen=seen)
        holds = {"scheme": scheme.id, "state": CharterState.PUBLISHED}
        require(may_move(act, scheme))
        require(
            (bool(await act.known(Charter, Query(equal=holds, limit=1))), "CHARTER_NOT_PUBLISHED"),
            (act.viewer.actor not in scheme.planned_by, "APPROVER_IS_PLANNER"),
        )
        approved = moved(scheme, SchemeState.APPROVED, approved_by=ActorId(act.viewer.actor))
        act.keep(approved, was=scheme)
        return act.disclose(approved)


async def charter_of(act: Act, scheme: Scheme) -> Charter | None:
    """The version of its plan that holds."""
    found = await act.known(Charter, Query(equal={"scheme": scheme.id, "state": CharterState.PUBLISHED}, limit=1))
    return found[0] if found else None


async def scheme_here(act: Act, id: UUID) -> Scheme:
    """The scheme that another record belongs to, if it is of the viewer's own prison and jurisdiction; else
    `Absent`."""
    scheme = await act.known_one(Scheme, id)
    if scheme is None:
        raise Absent
    prisons, walls = act.viewer.fact("prisons"), act.viewer.fact("jurisdictions")
    if (prisons is not None and scheme.prison not in prisons) or (
        walls is not None and scheme.jurisdiction not in walls
    ):
        raise Absent
    return scheme


def moved(scheme: Scheme, to: SchemeState, **changes: Any) -> Scheme:
    """The scheme moved, if the table allows. Whether it is `open` follows from where it stands, here and nowhere
    else."""
    return dataclasses.replace(scheme, state=move(SCHEME_MOVES, scheme.state, to), open=to in SERVING, **changes)


def _puts_off(scheme: Scheme, changes: Mapping[str, Any]) -> bool:
    """Whether the review that is due would be due later, or never, without having been held. What is only planned may
    still be planned otherwise; and an earlier day is always welcome."""
    due, to = scheme.review_on, changes.get("review_on", scheme.review_on)
    return scheme.state is not SchemeState.DRAFT and due is not None and (to is None or to > due)


def _may_be_lowered(scheme: Scheme, charter: Charter | None) -> bool:
    """The floor of a scheme that has too few supporters is not lowered by one person's word, or that would end the
    shortage: only under a version of its plan that was published since, which three have signed. While it is suspended
    nobody judges what it lacks, so it is not lowered then either, once it was live."""
    since = scheme.at_risk_since if AtRiskReason.SUPPORTERS_TOO_FEW in scheme.at_risk_for else None
    if scheme.live_from is not None and scheme.suspended_at is not None:
        since = local_day(scheme, scheme.suspended_at)
    return since is None or (charter is not None and _begun(charter) >= since)


def _begun(charter: Charter) -> date:
    return date.min if charter.in_force_from is None else local_day(charter, charter.in_force_from)


def _review_too_far(act: Act, scheme: Scheme, review_on: date | None) -> list[Failure]:
    ahead = review_on is not None and review_on > local_day(scheme, act.now) + LONGEST_REVIEW
    return [Failure("REVIEW_TOO_FAR_AHEAD", "/reviewOn")] if ahead else []


def _disagreeing(scheme: Scheme) -> list[Failure]:
    """What keeps it from its floor: an aim or a pilot's limit that is lower."""
    needed = scheme.supporters_needed
    wrong = [
        (needed > scheme.supporters_wanted, "MORE_THAN_WANTED", "/supportersNeeded"),
        (needed > scheme.pilot_limit, "LESS_THAN_NEEDED", "/pilotLimit"),
    ]
    return [Failure(code, path) for is_wrong, code, path in wrong if is_wrong]
