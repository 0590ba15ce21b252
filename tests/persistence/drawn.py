"""Records of any kind and facts of any viewer, drawn from small pools, so that reaches hold about half of them."""

import random
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NewType, cast, get_args, get_origin
from uuid import UUID

from domain.care.debriefs import DebriefBecause, DebriefState
from domain.care.incidents import IncidentState
from domain.care.postvention import PostventionState
from domain.care.roster import RosterState
from domain.care.supervision import SupervisionState
from domain.care.wish import RotaWishKind, RotaWishState
from domain.confidentiality.principal import PrincipalKind
from domain.confidentiality.record import Record
from domain.evaluation.design import ComparisonDesign
from domain.evaluation.measurement import NotMeasured
from domain.evaluation.plan import EvaluationState
from domain.feedback.complaints import ComplaintFrom, ComplaintState
from domain.kernel.bands import Band
from domain.leaving.handover import HandOverState
from domain.oversight.record import JobKind
from domain.passports.passport import PassportState
from domain.passports.rating import Moment
from domain.passports.reference import ReferenceState
from domain.people.merges import MergeState
from domain.people.reviews import MovementReviewState
from domain.schemes.charter import CharterState
from domain.schemes.finding import FindingState
from domain.schemes.objective import ObjectiveState
from domain.schemes.record import SERVING, AtRiskReason, SchemeState
from domain.schemes.registers.contingency import ActivationState, LogCode
from domain.schemes.registers.hours import WEEK
from domain.schemes.registers.involvement import ProposalState
from domain.schemes.registers.risks import RiskCode, RiskState
from domain.sessions.codes import RefusalCode
from domain.sessions.conduct import Review, UnmetAs
from domain.sessions.escalations import PersonTold, Shared
from domain.sessions.goals import GoalState
from domain.sessions.holding import HoldStands
from domain.sessions.referrals import ReferralState
from domain.sessions.support import SupportState
from domain.supporters.record import APPLYING
from domain.supporters.recruiting.clearing import ClearanceOutcome
from domain.supporters.recruiting.vacancies import VacancyState
from domain.telling.subscription import SubscriptionState
from domain.turnover.holds import HoldState
from domain.vigilance.breach import TO_REPORT, BreachState
from domain.vigilance.looks import LookState
from persistence.question import plain
from tests.persistence.samples import NOW

NEVER_CLOSED = (
    *("induction", "enrolment", "session"),
    *("enrolment-goal", "follow-up", "award", "arrival", "support-record", "group-place", "appointment", "referral"),
    "staff-note",
    "measurement",
)
"""The kinds whose tables hold nothing of a closed policy."""
ALWAYS_CLOSED = ("concern",)
"""The kinds whose tables hold nothing else."""


class Drawn:
    """What a seed draws."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.ids = [UUID(int=self.draw.getrandbits(128), version=4) for _ in range(4)]
        self.prisons = [f"P{self.draw.getrandbits(32):08X}" for _ in range(3)]
        self.texts = ["EW", "IE", "A", "B", "SAMARITANS", "PRISON"]

    def record(self, kind: type[Record], number: int) -> Record:
        """The record of this number: what may not be twice differs by it."""
        id = UUID(int=self.draw.getrandbits(128), version=4)
        if kind.shape.kind in ("person", "scheme", "scheme-status") and number < len(self.ids):
            id = self.ids[number]  # so that others name it, and a viewer may be him
        values = {f.name: self._value(f.name, f.type) for f in kind.shape.fields.values() if f.name != "version"}
        values |= {"id": id} | self._allowed(kind.shape.kind, id, number, values)
        return cast(Any, kind)(**values)

    def facts(self) -> dict[str, frozenset[object] | None]:
        """Facts that a viewer may have: some, none, or all of them where that may be."""

        def some(pool: list[Any]) -> frozenset[object]:
            return frozenset(self.draw.sample(pool, self.draw.randrange(len(pool) + 1)))

        facts: dict[str, frozenset[object] | None] = {
            "jurisdictions": some(["EW", "IE"]),
            "prisons": some(self.prisons),
            "wings": some(["A", "B"]),
            "schemes": some(self.ids),
            "organisations": some(["SAMARITANS", "PRISON"]),
            "persons": some(self.ids),
            "authors": some(self.ids),
        }
        for name in ("prisons", "schemes"):
            if self.draw.random() < 0.2:
                facts[name] = None
        for name in list(facts):
            if self.draw.random() < 0.1:
                del facts[name]
        return facts

    def _value(self, name: str, hint: Any) -> Any:
        if type(None) in get_args(hint) and self.draw.random() < 0.3:
            return None
        kind = plain(hint)
        if get_origin(kind) is tuple:
            return tuple(self._value(name, get_args(kind)[0]) for _ in range(self.draw.randrange(3)))
        return self._one(name, kind)

    def _one(self, name: str, kind: Any) -> Any:
        while isinstance(kind, NewType):
            kind = cast(Any, kind).__supertype__
        if get_origin(kind) is dict:
            return {"counts": {"ACTIVE": 10, "none": None}}
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return self.draw.choice(list(kind))
        pools: dict[Any, list[Any]] = {
            UUID: self.ids,
            str: {"prison": self.prisons, "jurisdiction": ["EW", "IE"], "wing": ["A", "B"]}.get(name, self.texts),
            int: [1, 2, 3],
            int | None: [None, 10],
            bool: [True, False],
            date: [NOW.date(), NOW.date() + timedelta(days=1)],
            datetime: [NOW - timedelta(hours=1), NOW, NOW + timedelta(hours=1)],
        }
        return self.draw.choice(pools[kind])

    def _allowed(self, kind: str, id: UUID, number: int, values: dict[str, Any]) -> dict[str, Any]:
        """What the tables ask of a kind, so that the record can be kept."""
        match kind:
            case "scheme":
                at_risk = values["state"] is SchemeState.AT_RISK
                numbers = dict.fromkeys(("supporters_wanted", "supporters_needed", "pilot_limit"), 1)
                review = dict.fromkeys(("reviewed_on", "reviewed_by", "review_found"))
                stops = {"suspended_at": values["suspended_at"] or NOW, "suspension_review_on": NOW.date()}
                risk = {"at_risk_for": (AtRiskReason.REVIEW_OVERDUE,) if at_risk else ()}
                return {"scheme": id, "open": values["state"] in SERVING, **numbers, **review, **stops, **risk}
            case "scheme-status":
                return {"scheme": id, "gaps": (), "supporters_active": 1}
            case "person":
                return {"person": id, "identifier": f"{id}"}
            case "actor":
                return {"subject": f"{id}", "kind": PrincipalKind.STAFF}
            case "person-merge":
                return {"removed": f"{id}", **_KEPT["person-merge"]}
            case "request":
                delays = dict.fromkeys(("codes", "roles", "waits", "minutes", "actors"), ())
                whole: dict[str, Any] = {f"delay_{each}": none for each, none in delays.items()}
                return whole | ({"person": None, "stage_of_sentence": None} if values["closed"] else {})
            case "staff-note":
                return {"closed": False, "words_gone_on": None}
            case "induction" | "follow-up" | "award" | "arrival":
                return {"closed": False, **_CONTACTS.get(kind, {})}
            case "enrolment":
                history = dict.fromkeys(("earlier_supporters", "earlier_since", "earlier_until", "earlier_for"), ())
                return {"closed": False, **history}
            case "evaluation":
                still: dict[str, Any] = {"state": EvaluationState.DRAFT, "reached": (), "reached_on": ()}
                still |= {"design": ComparisonDesign.SINGLE_GROUP, "outcome": "SWEMWBS", "further": ()}
                return still | {"approached": 3} | _none("registered_on", "ended_on", "abandoned_for")
            case "measurement":
                by = {"instrument": "SWEMWBS", "instrument_version": 1, "answers": (), "mode": None}
                return {"closed": False, "missed": NotMeasured.LOST, **by}
            case "enrolment-goal":
                return {"closed": False, "state": GoalState.OPEN, "reached": None, "baseline": 1, "target": 2}
            case "support-record":
                return {
                    "closed": False,
                    "state": SupportState.RECORDED,
                    "words_gone_on": None,
                    "corrects": None,
                    "corrected_by": None,
                    **dict.fromkeys(_UNSAID),
                }
            case "group-session":
                return {"minutes": 60, "not_held": None}
            case "group-place":
                return {"closed": False, "came": True, "absent_for": None}
            case "appointment":
                return {"closed": False, "kept": True, "not_kept_for": None, "noted_on": NOW.date()}
            case "mandate":
                term = dict.fromkeys(("elected_on", "first_on", "last_on"), NOW.date())
                return {**term, "ended_on": None, "ended_for": None}
            case "session":
                starts = NOW + timedelta(days=number)
                times = {"starts_at": starts, "ends_at": starts + timedelta(minutes=20)}
                return {"closed": False, "words_gone_on": None, **times}
            case "feedback":
                by_code = True if values["by_code"] else None
                nobody: dict[str, Any] = {"words": None, "author": None} if values["closed"] or by_code else {}
                return {"week_of": date(2025, 3, 3), "words_gone_on": None, "by_code": by_code} | nobody
            case "complaint":
                signed = values["author"] is not None
                return {**_KEPT[kind], **({"came_from": ComplaintFrom.STAFF} if signed else {})}
            case "subscription":
                state = SubscriptionState.ACTIVE if values["ended_at"] is None else SubscriptionState.ENDED
                stands = {"address": f"https://{id}.example.org/", "state": state}
                return stands | _none("failing_since", "secret_before", "secret_before_until")
            case "assignment":
                return {"holder": UUID(int=number, version=4), "starts_on": NOW.date(), "ends_on": NOW.date()}
            case "charter":
                since = values["in_force_from"] or NOW
                held = {"in_force_from": since, "in_force_until": max(since, values["in_force_until"] or NOW)}
                return {"number": 1 + number, "state": CharterState.SUPERSEDED, **held}
            case "objective":
                days = {"starts_on": NOW.date(), "due_on": NOW.date() + timedelta(days=9)}
                still = {"state": ObjectiveState.OPEN, "closed_on": None, "closed_for": None}
                return {"measured_on": (), "measured": (), "measured_about": (), "measured_from": (), **days, **still}
            case "finding":
                return {"state": FindingState.OPEN, "answered_by": None, "declined_for": None}
            case "service-time":
                hour, day = divmod(number, 7)
                on = {"weekday": WEEK[day], "starts": f"{hour % 24:02}:00", "ends": f"{hour % 24:02}:59"}
                return {**on, "valid_from": NOW.date(), "band": Band.AM}
            case "meeting-place":
                return {"outage": None, "out_of_use_since": None, "out_of_use_for": None}
            case "outage":
                return {"since": NOW.date()}
            case "cover-need":
                return {"supporters": 0}
            case "roster-entry":
                # So many conditions at once that few would hold by chance.
                holds = {"listed": True, "in_force_from": NOW - timedelta(hours=1), "in_force_until": None}
                return _KEPT[kind] | (holds if number % 3 == 0 else {})
            case "rota-line":
                return {"supporter": id}
            case "rota-wish":
                return {"wish": RotaWishKind.DROP, "state": RotaWishState.ASKED, "asked_of_him": False} | _none(
                    "other", "side", "for_day", "for_band"
                )
            case "transfer-hold":
                undecided = dict.fromkeys(("decided_by", "decided_on", "refused_for", "ended_on", "outcome"))
                return {"state": HoldState.ASKED, **undecided}
            case "passport":
                return {"state": PassportState.ISSUED, "withdrawn_on": None, "served_until": None}
            case "reference":
                return {"state": ReferenceState.WRITTEN, "answered_on": None, "served_until": None}
            case "self-rating":
                return {"moment": Moment.AFTER}
            case "pay-entry":
                return {"week_of": date(2025, 3, 3), "supporter": UUID(int=1000 + number, version=4)}
            case "month-count":
                few = {"requests": 1, "people": None, "unnamed": None}
                ends = {"tallies_of_the_quarter": 1, "requests_of_the_quarter": 2}
                return {"month": date(1900 + number, 3, 1), **few, **ends}
            case "job" if number % 2:
                return {"kind": JobKind.CHRONOLOGY, "about": "0" * 64, "result": None}
            case "job":
                return {"kind": JobKind.ROTA, "about": None, "file": None}
            case "cover-kept":
                return {"month": date(1900 + number, 1, 1), **_KEPT[kind]}
            case "roll-up" | "figure":
                month = date(1900 + number, 1, 1)
                of = {"of_month": month, "closed_in": month} if kind == "roll-up" else {"first": month}
                return {**of, **_KEPT[kind]}
            case "breach":
                up = number % 2 == 0
                return {**_KEPT[kind], "goes_up": up, "whose": None if up else self.ids[number % len(self.ids)]}
            case "feedback-sheets" | "pulse-result":
                return {"quarter": date(1900 + number, 4, 1), **_KEPT[kind]}
            case "month-report":
                return {"month": date(1900 + number, 1, 1), "made_on": date(1900 + number, 2, 2)}
            case "pay-rate":
                return {"valid_from": date(2025, 3, 3), "valid_until": None}
            case "activation":
                ended = values["ended_at"] is not None
                on = values["started_at"] if not ended else min(values["started_at"], values["ended_at"])
                return {"state": ActivationState.ENDED if ended else ActivationState.ACTIVE, "started_at": on}
            case "log-entry":
                return {"code": LogCode.NOTE, "told": None}
            case "risk":
                return {"risk": RiskCode.CHURN, "state": RiskState.NOT_ASSESSED}
            case "publicity":
                return {"shown_from": NOW.date(), "languages": ("en",)}
            case "spot-check":
                return {"knew": 1}
            case "resource":
                return {"month": "2026-11"}
            case "proposal":
                return {"state": ProposalState.PROPOSED, "answered_on": None, "implemented_on": None}
            case "scheme-kind":
                by = {"made_by": self.ids[0], "confirmed_by": self.ids[1], "published_by": self.ids[1]}
                return {"code": f"KIND_{number}", "base": "LISTENERS", **by, "published_on": NOW.date()}
            case "exception-list":
                by = {"made_by": self.ids[0], "published_by": self.ids[1], "published_on": NOW.date()}
                return {"number": number + 1, **by}
            case "supporter":
                return {"scheme": values["scheme"] if values["standing"] not in APPLYING else id}
            case "application" | "panel-score":
                return {"supporter": UUID(int=1000 + number, version=4), **_KEPT.get(kind, {})}
            case "supervision" | "supervision-talk":
                others = [i for i in self.ids if i != values["supervisor"]]
                staff = {"supporter": None, "person": None, "supervisee": others[number % len(others)]}
                supporter = {"supporter": self.ids[0], "person": self.ids[number % 4], "supervisee": None}
                return (staff if number % 2 else supporter) | _KEPT.get(kind, {})
            case _:
                return _KEPT.get(kind, {})


def _none(*names: str) -> dict[str, Any]:
    return dict.fromkeys(names)


_KEPT: dict[str, dict[str, Any]] = {
    "suspension": _none("reviewed_by", "prison_decided_by", "partner_decided_by"),
    "absence": {"first_on": NOW.date()},
    "cohort": {"starts_on": NOW.date()},
    "vacancy": {"state": VacancyState.DRAFT, "in_force_until": None, "places": 3, "questions": ()},
    "application": {"waiting": False, "turn": None, "appealed_on": NOW.date()},
    "assessment": {"results": (), "overrides": ()},
    "clearance": {"outcome": ClearanceOutcome.CLEARED, "expires_on": NOW.date(), "current": False},
    "supervision-talk": {"state": SupervisionState.BOOKED} | _none("missed_for", "held_on", "answer", "words_gone_on"),
    "roster-entry": {"state": RosterState.WITHDRAWN, "overridden_for": None, "load": ()},
    "debrief": {"state": DebriefState.DUE, "because": DebriefBecause.ASKED_FOR, "due_by": NOW + timedelta(days=1)}
    | _none("entry", "held_on"),
    "conduct": {"ended": UnmetAs.REFUSED, "code": RefusalCode.ASLEEP_CLAIMED, "review": Review.WAITING}
    | {"accounts": (), "held_up_for": (), "held_up_by": ()}
    | _none("decided_by_role", "verdict", "reviewed_by", "reviewed_on", "reconciled", "accounts_on"),
    "envelope-hold": {"state": HoldStands.HELD, "first_day": NOW.date() - timedelta(days=30), "about": ("0" * 64,)}
    | _none("lifted_by", "lifted_on", "deleted_on"),
    "mixed-tally": {"month": date(2025, 3, 1)},
    "residue": {"month": date(2025, 3, 1), "minutes_to_accept": 10}
    | _none("minutes_to_offer", "minutes_to_unlock", "minutes_in_all"),
    "cover-kept": {"wings": ("ALL",), "day_needed": (7,), "day_covered": (5,)}
    | {"night_needed": (7,), "night_covered": (7,)},
    "roll-up": {"words": ("ALL",), "counts": (1,), "people": (1,), "most": (1,), "waits": ()},
    "figure": {"words": ("ALL",), "told": (5,), "told_cleared": ()} | _none("median", "nine_in_ten"),
    "escalation": {"shared": (Shared.WHERE_TO_COME,), "month": date(2025, 3, 1), "person_told": PersonTold.BEFORE}
    | _none("told_on", "ground", "list_number", "not_told_for"),
    "concern": {"closed": True},
    "referral": {"closed": False, "state": ReferralState.MADE, "answered_on": None},
    "complaint": {"state": ComplaintState.RECEIVED, "week_of": date(2025, 3, 3), "reply": (), "goes_up": False}
    | _none("looked_into_by", "outcome", "decided_by", "decided_on"),
    "feedback-code": {"quarter": date(2025, 4, 1)},
    "feedback-sheets": {"printed": 3},
    "pulse-result": {"answered": 25, "why_not": (), "why_not_times": ()} | {"score": 24, "lowest": 20, "highest": 29},
    "breach": {"state": BreachState.SUSPECTED, "aware_at": NOW, "report_by": NOW + TO_REPORT, "because": ()}
    | {"had_a_part": ()}
    | _none("finding", "harm", "people", "assessed_by", "decision", "decided_by", "decided_at"),
    "movement-review": {"state": MovementReviewState.OPEN, "supporter": None}
    | _none("settled_as", "settled_on", "settled_by"),
    "person-merge": {"state": MergeState.JOINED} | _none("doubted_by", "reversed_by", "reversed_at"),
    "unusual-look": {"state": LookState.WAITING, "at_least": 12, "times": 14}
    | _none("review", "reviewed_by", "reviewed_on"),
    "incident": {"state": IncidentState.REPORTED} | _none("outcome", "priority", "closed_by"),
    "postvention-task": {"state": PostventionState.OFFERED, "given_on": None},
    "news": {"in_force_until": NOW + timedelta(hours=2)},
    "hand-over": {"state": HandOverState.OPEN, "done_on": None},
}
"""What the tables ask of a kind, where it is the same of each record of it."""
_UNSAID: dict[str, Any] = dict.fromkeys(
    ("referral", "referred_to", "kept", "appointment", "outcome", "issue", "approved_by")
)
_CONTACTS: dict[str, dict[str, Any]] = {
    "follow-up": {"done_on": None, "outcome": None},
    "arrival": {"met_at": None, "induction": None},
}
"""What the tables ask of contacts: what goes together is there together, or not at all."""
