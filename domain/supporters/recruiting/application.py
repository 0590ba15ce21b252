"""What is kept of an application besides where it stands: how it came in, what the panel gave it, who decided and what
staff alone are told of it, until when it was put off, its turn on the waiting list, and its appeal.

What the applicant may know is open: he reads his own, and of the rest he is told only that it is withheld.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from domain.act import Act
from domain.confidentiality.classification import OfStanding, Open, Operational, Security
from domain.confidentiality.record import derived, record
from domain.kernel.days import overdue
from domain.kernel.ids import ActorId, ApplicationId, PersonId, SchemeId, SupporterId, VacancyId
from domain.ports import Query
from domain.schemes.belonging import OfScheme, drafted
from domain.schemes.record import Scheme
from domain.supporters.record import Supporter
from domain.supporters.recruiting.consent import ConsentText

TO_APPEAL: Final = timedelta(days=14)
"""How long a rejection may be appealed. A default, until its owners choose otherwise."""


class HelpedBy(StrEnum):
    """Who helped to fill the application in. A role, never a name."""

    COORDINATOR = "COORDINATOR"
    WING_STAFF = "WING_STAFF"
    SUPPORTER = "SUPPORTER"
    PARTNER = "PARTNER"
    EDUCATION = "EDUCATION"
    CHAPLAINCY = "CHAPLAINCY"
    OTHER = "OTHER"


class StaffReason(StrEnum):
    """Why an application was turned down, as staff alone are told: the applicant may be told another reason, where the
    true one would say what security knows."""

    CLEARANCE = "CLEARANCE"
    RISK_TO_OTHERS = "RISK_TO_OTHERS"
    RISK_TO_HIMSELF = "RISK_TO_HIMSELF"
    UNDER_PRESSURE = "UNDER_PRESSURE"
    CONFLICT_ON_WING = "CONFLICT_ON_WING"
    MOVE_PLANNED = "MOVE_PLANNED"
    SCORED_TOO_LOW = "SCORED_TOO_LOW"
    AS_TOLD = "AS_TOLD"
    """What he was told is all there is."""


class DeferralReason(StrEnum):
    """Why it is not decided now. Told to the applicant."""

    TIME_TO_SETTLE = "TIME_TO_SETTLE"
    REVIEW_UNDER_WAY = "REVIEW_UNDER_WAY"
    HEALTH = "HEALTH"
    NEXT_COURSE = "NEXT_COURSE"
    OWN_WISH = "OWN_WISH"


class OutOfTurn(StrEnum):
    """Why somebody is called from the waiting list before another whose turn it is."""

    WING_WITHOUT_SUPPORTER = "WING_WITHOUT_SUPPORTER"
    LANGUAGE_NEEDED = "LANGUAGE_NEEDED"
    FIRST_NOT_AVAILABLE = "FIRST_NOT_AVAILABLE"


class AppealOutcome(StrEnum):
    """What came of an appeal."""

    UPHELD = "UPHELD"
    DISMISSED = "DISMISSED"


@record(
    kind="application",
    kept="twelve months after it was turned down or withdrawn; else twelve months after leaving the role",
    parties=("person",),
)
class Application(OfScheme):
    """One application, beside the supporter whose standing says where it stands."""

    id: Open[ApplicationId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    supporter: Open[SupporterId]
    person: Operational[PersonId]
    vacancy: Open[VacancyId | None] = None
    """The vacancy that it answers, if it answers one."""
    applied_on: Open[date]
    consent_text: Open[ConsentText | None] = None
    """The version of the text that he agreed to; null: from before this was kept."""
    entered_by: Operational[ActorId | None] = None
    """Who typed it; null: from before this was kept."""
    helped_by: Open[HelpedBy | None] = None
    """Who helped him with it; null: nobody."""
    panel: Operational[int] = 0
    """How many have scored it."""
    panel_of_partner: Operational[int] = 0
    """How many of them speak for the partner."""
    totals: Operational[tuple[dict[str, Any], ...]] = ()
    """What all of them gave, question by question."""
    score: Operational[int | None] = None
    """The average of what each gave, in hundredths of a mark a question; null: nobody has scored it."""
    decided_by: Operational[tuple[ActorId, ...]] = ()
    decided_on: Open[date | None] = None
    staff_reason: Security[StaffReason | None] = None
    """Why it was turned down, for staff alone."""
    deferred_for: OfStanding[DeferralReason | None] = None
    """Why it was put off: for himself and those who recruit in the prison. It may be his health."""
    review_on: Open[date | None] = None
    """Until when it was put off."""
    waiting: Operational[bool] = False
    """It is on the waiting list."""
    turn: Operational[str | None] = None
    """Its place in the order of the waiting list: the better score first, then the earlier day."""
    called_for: Operational[OutOfTurn | None] = None
    """Why it was called before its turn; null: it was not."""
    appealed_on: Open[date | None] = None
    appeal_decided_by: Operational[ActorId | None] = None

    @derived
    def review_overdue(self, now: datetime) -> Open[bool]:
        """The day until which it was put off has passed."""
        return overdue(self.review_on, self, now)


def turn_of(application: Application) -> str:
    """The place in the order of the waiting list, which sorts as text: the better score first, then the earlier day. An
    application that nobody scored comes after those that somebody did."""
    return f"{9999 - (application.score or 0):04d} {application.applied_on.isoformat()}"


def scored(given: Sequence[Sequence[dict[str, Any]]]) -> dict[str, Any]:
    """The totals by question of all that was given, and the average."""
    totals: dict[str, int] = {}
    for scores in given:
        for each in scores:
            totals[each["question"]] = totals.get(each["question"], 0) + each["mark"]
    marks = len(totals) * len(given)
    return {
        "totals": tuple({"question": q, "total": total} for q, total in totals.items()),
        "score": round(100 * sum(totals.values()) / marks) if marks else None,
    }


def newcomer(act: Act, of: Scheme, **given: Any) -> Supporter:
    """The record of somebody new to a scheme: by which version of its kind, and where."""
    place = {name: getattr(of, name) for name in ("kind", "kind_version", "jurisdiction", "prison", "organisation")}
    return Supporter(id=SupporterId(act.new_id()), scheme=of.id, **place, **given)


async def of(act: Act, supporter: Supporter) -> tuple[Application, Application | None]:
    """(what is kept of his application, what the store has of it): the same, but for one from before this was kept,
    which is made now and has no consent."""
    found = await act.known(Application, Query(equal={"supporter": supporter.id}, limit=1))
    if found:
        return found[0], found[0]
    given = {"supporter": supporter.id, "person": supporter.person, "applied_on": supporter.applied_on}
    return drafted(act, supporter, Application, **given), None
