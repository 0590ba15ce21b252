"""Where supporters stand, over HTTP: suspensions, absences, and who can be had."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field
from starlette.responses import Response

from api.guarded import CallDep, operation, router
from api.routes.register import Register, SchemePath
from api.routes.shapes import Body, Day, Flag, IdPath, Reference, Wing, amending
from api.wire import model
from domain.confidentiality.verbs import Verb
from domain.leaving import suspending
from domain.supporters import absences, roster
from domain.supporters.absences import Absence, Away
from domain.supporters.availability import Certification, NotAvailable
from domain.supporters.record import Supporter
from domain.supporters.roster import Rostered
from domain.supporters.suspension import (
    AppealAnswer,
    AppealGround,
    Category,
    DecisionReason,
    Disclosed,
    ReviewFinding,
    Suspension,
    SuspensionState,
    WithheldReason,
    Word,
)

routes = router("standing")


class Suspend(Body):
    """Why, in codes. What is withheld from the supporter is withheld for a reason of security."""

    category: Category
    disclosed_reason: Disclosed
    withheld_reason: WithheldReason | None = None
    evidence: Reference | None = None
    pay_kept: Flag = True


class ReviewSuspension(Body):
    """What the review found."""

    finding: ReviewFinding


class DecideSuspension(Body):
    """One side's word, and what the supporter is told."""

    word: Word
    reason: DecisionReason


class AppealSuspension(Body):
    """Why he appeals."""

    ground: AppealGround


class DecideAppeal(Body):
    """Whether the removal stands."""

    answer: AppealAnswer


class AddAbsence(Body):
    """Days on which a supporter is not here."""

    why: Away
    first_on: Day
    last_on: Day | None = None


class RosteredSupporter(BaseModel):
    """One supporter on a roster."""

    supporter: UUID
    name: Annotated[str, Field(max_length=60)]
    wing: Wing | None
    """Null for a peer coordinator."""
    available: bool
    trained: bool
    """His certificate holds."""
    certification: Certification | None
    """Null for those who may not know where supporters stand."""
    notAvailableFor: Annotated[list[NotAvailable], Field(max_length=len(NotAvailable))] | None
    """Every reason for which he cannot be had now. Null for those who may not know."""


class Roster(BaseModel):
    """Supporters of a scheme, by name."""

    items: Annotated[list[RosteredSupporter], Field(max_length=1000)]


@operation(
    routes,
    "POST",
    "/v1/supporters/{id}/suspend",
    Verb.SUSPEND_SUPPORTER,
    name="suspendSupporter",
    summary="Suspend a supporter",
    shows=model(Supporter),
)
async def suspend(call: CallDep, id: IdPath, body: Suspend) -> Response:
    """He is suspended, with pay unless it is said otherwise; others are told that he is not available. A review is due
    within seven days, by another. Orderly officer (operations), safer custody (safety), governor (oversight),
    coordinator, partner (recruitment). Needs `If-Match`."""
    return await call.move(Supporter, lambda begin: suspending.suspend(begin, id, seen=call.seen, **body.given()))


@operation(
    routes,
    "GET",
    "/v1/schemes/{id}/team",
    Verb.READ_ROSTER,
    name="getRoster",
    summary="Who is there",
    shows=Roster,
)
async def get_roster(call: CallDep, id: SchemePath) -> Response:
    """The supporters in the role by name: available or not, trained or not. Why somebody is not available is told to
    orderly officer, activities hub (operations), safer custody (safety), governor, monitoring board, inspectorate
    (oversight), coordinator and partner (recruitment). A wing officer, and a peer coordinator (operations) among those
    who agreed, read yes or no."""
    return _told(call, await call.run(lambda begin: roster.roster(begin, id)))


@operation(
    routes,
    "GET",
    "/v1/schemes/{id}/eligible-supporters",
    Verb.READ_ELIGIBLE,
    name="getEligibleSupporters",
    summary="Who could be asked now",
    shows=Roster,
)
async def get_eligible(call: CallDep, id: SchemePath) -> Response:
    """The supporters who pass every gate of standing, training and presence now. Nobody below clearance gets such a
    list, only the next offer: safer custody (safety). Whether somebody is with a caller is in no list."""
    return _told(call, await call.run(lambda begin: roster.eligible(begin, id)))


def _told(call: CallDep, found: list[Rostered]) -> Response:
    return call.plain({"items": [_item(each) for each in found]})


def _item(each: Rostered) -> dict[str, object]:
    return {
        "supporter": each.supporter,
        "name": each.name,
        "wing": each.wing,
        "available": each.available,
        "trained": each.trained,
        "certification": each.certification,
        "notAvailableFor": each.reasons,
    }


SUSPENSIONS = Register(
    Suspension,
    "suspensions",
    many="suspensions",
    reads=Verb.READ_SUSPENSION,
    tag="standing",
    under=None,
)
SUSPENSIONS.lists(
    "Suspensions in reach, those first whose review is due first; `overdue` says what nobody reviewed in time. Safer"
    " custody (safety), governor, monitoring board, inspectorate (oversight), coordinator, partner (recruitment); a"
    " person in custody his own (recruitment). Nobody reads one that he made himself.",
    order="review_due_on",
    supporter=(UUID, "Only of this supporter."),
    scheme=(UUID, "Only of this scheme."),
    state=(SuspensionState, "Only in this state."),
)
SUSPENSIONS.shows("One suspension.")
SUSPENSIONS.moves(
    "review",
    ReviewSuspension,
    suspending.review,
    "The evidence was looked at. Safer custody (safety) or governor (oversight). Needs `If-Match`.",
    verb=Verb.REVIEW_SUSPENSION,
)
SUSPENSIONS.moves(
    "decide",
    DecideSuspension,
    suspending.decide,
    "One side's word: the governor's (oversight), or the partner's (recruitment). What both say is done; neither gives"
    " it who suspended or reviewed. Needs `If-Match`.",
    verb=Verb.DECIDE_SUSPENSION,
)
SUSPENSIONS.moves(
    "appeal",
    AppealSuspension,
    suspending.appeal,
    "He appeals against his removal, within 28 days. The person in custody himself (recruitment). Needs `If-Match`.",
    verb=Verb.APPEAL_SUSPENSION,
)
SUSPENSIONS.moves(
    "decide-appeal",
    DecideAppeal,
    suspending.decide_appeal,
    "Whether the removal stands. A governor (oversight) who neither suspended, reviewed nor decided. Needs `If-Match`.",
    verb=Verb.DECIDE_APPEAL,
    name="decideAppeal",
)

ABSENCES = Register(
    Absence,
    "absences",
    many="absences",
    reads=Verb.READ_ABSENCE,
    writes=Verb.KEEP_ABSENCE,
    tag="standing",
    under=Supporter,
)
ABSENCES.lists(
    "Days on which the supporter is not here, and why for those who may know. Coordinator, partner (recruitment),"
    " orderly officer (operations), safer custody (safety), governor (oversight); the supporter himself, also when he"
    " has left, those of his own wish (operations).",
    order="first_on",
)
ABSENCES.adds(
    AddAbsence,
    absences.add,
    "At court, in hospital, segregated, out for the day: coordinator (recruitment), orderly officer (operations), safer"
    " custody (safety). A leave of his own wish: the supporter too (operations).",
)
ABSENCES.shows("One absence.")
ABSENCES.amends(
    amending("AmendAbsence", "The days to change.", AddAbsence, without={"why"}),
    "He is back, or stays longer. Whoever may enter one. Needs `If-Match`.",
    act=absences.amend,
)

REGISTERS = (SUSPENSIONS, ABSENCES)
