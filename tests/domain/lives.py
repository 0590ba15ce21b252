"""The states of every life and the moves between them, written out: a change of a table is a decision."""

from enum import StrEnum
from typing import Any

from domain.care.debriefs import DEBRIEF_MOVES, DebriefState
from domain.care.incidents import INCIDENT_MOVES, IncidentState
from domain.care.postvention import POSTVENTION_MOVES, PostventionState
from domain.care.roster import ROSTER_MOVES, RosterState
from domain.care.supervision import SUPERVISION_MOVES, SupervisionState
from domain.care.wish import ROTA_WISH_MOVES, RotaWishState
from domain.evaluation.plan import EVALUATION_MOVES, EvaluationState
from domain.feedback.complaints import COMPLAINT_MOVES, ComplaintState
from domain.kernel.moves import Moves
from domain.leaving.handover import HAND_OVER_MOVES, HandOverState
from domain.passports.passport import PASSPORT_MOVES, PassportState
from domain.passports.reference import REFERENCE_MOVES, ReferenceState
from domain.people.merges import MERGE_MOVES, MergeState
from domain.people.reviews import MOVEMENT_REVIEW_MOVES, MovementReviewState
from domain.schemes.charter import CHARTER_MOVES, CharterState
from domain.schemes.finding import FINDING_MOVES, FindingState
from domain.schemes.objective import OBJECTIVE_MOVES, ObjectiveState
from domain.schemes.publication import PUBLICATION_MOVES, PublicationState
from domain.schemes.record import SCHEME_MOVES, SchemeState
from domain.schemes.registers.contingency import ACTIVATION_MOVES, ActivationState
from domain.schemes.registers.involvement import PROPOSAL_MOVES, ProposalState
from domain.schemes.registers.risks import RISK_MOVES, RiskState
from domain.sessions.conduct import CONDUCT_MOVES, Review
from domain.sessions.goals import GOAL_MOVES, GoalState
from domain.sessions.holding import ENVELOPE_HOLD_MOVES, HoldStands
from domain.sessions.record import ENROLMENT_MOVES, SESSION_MOVES, EnrolmentState, SessionState
from domain.sessions.referrals import REFERRAL_MOVES, ReferralState
from domain.sessions.request import REQUEST_MOVES, RequestState
from domain.sessions.support import SUPPORT_MOVES, SupportState
from domain.supporters.record import STANDING_MOVES, Standing
from domain.supporters.recruiting.vacancies import VACANCY_MOVES, VacancyState
from domain.supporters.suspension import SUSPENSION_MOVES, SuspensionState
from domain.telling.subscription import SUBSCRIPTION_MOVES, SubscriptionState
from domain.turnover.holds import HOLD_MOVES, HoldState
from domain.vigilance.breach import BREACH_MOVES, BreachState
from domain.vigilance.looks import LOOK_MOVES, LookState

LEAVING = "STOOD_DOWN TRANSFERRED_OUT RELEASED DECEASED"

LIVES: dict[str, tuple[type[StrEnum], Moves[Any], set[str], dict[str, str]]] = {
    "scheme": (
        SchemeState,
        SCHEME_MOVES,
        {"DRAFT"},
        {
            "DRAFT": "APPROVED CLOSED",
            "APPROVED": "PILOT CLOSED",
            "PILOT": "LIVE SUSPENDED CLOSED",
            "LIVE": "AT_RISK SUSPENDED CLOSED",
            "AT_RISK": "LIVE SUSPENDED CLOSED",
            "SUSPENDED": "PILOT LIVE CLOSED",
            "CLOSED": "",
        },
    ),
    "standing": (
        Standing,
        STANDING_MOVES,
        {"APPLIED"},
        {
            "APPLIED": f"ACCEPTED REJECTED DEFERRED WAITING {LEAVING}",
            "DEFERRED": f"APPLIED {LEAVING}",
            "WAITING": f"APPLIED {LEAVING}",
            "REJECTED": "APPLIED",
            "ACCEPTED": f"IN_TRAINING {LEAVING}",
            "IN_TRAINING": f"PROBATION TRAINING_FAILED {LEAVING}",
            "PROBATION": f"ACTIVE PAUSED SUSPENDED LAPSED {LEAVING}",
            "ACTIVE": f"PAUSED SUSPENDED LAPSED {LEAVING}",
            "PAUSED": f"ACTIVE PROBATION SUSPENDED LAPSED {LEAVING}",
            "SUSPENDED": f"ACTIVE PROBATION PAUSED LAPSED REMOVED {LEAVING}",
            "LAPSED": f"ACTIVE PROBATION PAUSED SUSPENDED {LEAVING}",
            "REMOVED": "ACTIVE PROBATION PAUSED LAPSED",
            **dict.fromkeys(["STOOD_DOWN", "TRAINING_FAILED", "TRANSFERRED_OUT", "RELEASED", "DECEASED"], ""),
        },
    ),
    "suspension": (
        SuspensionState,
        SUSPENSION_MOVES,
        {"OPEN"},
        {
            "OPEN": "REVIEWED LEFT",
            "REVIEWED": "LIFTED REMOVED LEFT",
            "REMOVED": "APPEALED",
            "APPEALED": "UPHELD OVERTURNED",
            **dict.fromkeys(["LIFTED", "UPHELD", "OVERTURNED", "LEFT"], ""),
        },
    ),
    "request": (
        RequestState,
        REQUEST_MOVES,
        {"RECEIVED", "LIFE_AT_RISK"},
        {
            "RECEIVED": "OFFERED REFUSED WITHDRAWN EXPIRED",
            "OFFERED": "ACCEPTED RECEIVED REFUSED WITHDRAWN EXPIRED",
            "ACCEPTED": "IN_PROGRESS RECEIVED REFUSED WITHDRAWN EXPIRED",
            "IN_PROGRESS": "COMPLETED",
            "COMPLETED": "",
            "REFUSED": "",
            "WITHDRAWN": "",
            "EXPIRED": "",
            "LIFE_AT_RISK": "",
        },
    ),
    "enrolment": (
        EnrolmentState,
        ENROLMENT_MOVES,
        {"WAITING", "STARTED"},
        {
            "WAITING": "STARTED WITHDRAWN_LEARNER TRANSFERRED RELEASED",
            "STARTED": "COMPLETED WITHDRAWN_LEARNER TRANSFERRED RELEASED",
            "COMPLETED": "",
            "WITHDRAWN_LEARNER": "",
            "TRANSFERRED": "",
            "RELEASED": "",
        },
    ),
    "charter": (
        CharterState,
        CHARTER_MOVES,
        {"DRAFT"},
        {
            "DRAFT": "SUBMITTED DISCARDED",
            "SUBMITTED": "DRAFT PUBLISHED",
            "PUBLISHED": "SUPERSEDED",
            "SUPERSEDED": "",
            "DISCARDED": "",
        },
    ),
    "passport": (PassportState, PASSPORT_MOVES, {"ISSUED"}, {"ISSUED": "WITHDRAWN", "WITHDRAWN": ""}),
    "reference": (
        ReferenceState,
        REFERENCE_MOVES,
        {"WRITTEN"},
        {"WRITTEN": "SIGNED DECLINED", "SIGNED": "DECLINED", "DECLINED": ""},
    ),
    "transfer-hold": (
        HoldState,
        HOLD_MOVES,
        {"ASKED"},
        {"ASKED": "GRANTED REFUSED WITHDRAWN", "GRANTED": "ENDED", "REFUSED": "", "WITHDRAWN": "", "ENDED": ""},
    ),
    "objective": (ObjectiveState, OBJECTIVE_MOVES, {"OPEN"}, {"OPEN": "CLOSED", "CLOSED": ""}),
    "session": (
        SessionState,
        SESSION_MOVES,
        {"PLANNED"},
        {"PLANNED": "DELIVERED NOT_DELIVERED", "DELIVERED": "", "NOT_DELIVERED": ""},
    ),
    "finding": (
        FindingState,
        FINDING_MOVES,
        {"OPEN"},
        {"OPEN": "ANSWERED DECLINED", "ANSWERED": "", "DECLINED": ""},
    ),
    "publication": (
        PublicationState,
        PUBLICATION_MOVES,
        {"DRAFT"},
        {"DRAFT": "PUBLISHED WITHDRAWN", "PUBLISHED": "WITHDRAWN", "WITHDRAWN": ""},
    ),
    "activation": (
        ActivationState,
        ACTIVATION_MOVES,
        {"ACTIVE"},
        {"ACTIVE": "ENDED", "ENDED": "REVIEWED", "REVIEWED": ""},
    ),
    "proposal": (
        ProposalState,
        PROPOSAL_MOVES,
        {"PROPOSED"},
        {
            "PROPOSED": "ACCEPTED REJECTED",
            "ACCEPTED": "IMPLEMENTED REJECTED",
            "REJECTED": "",
            "IMPLEMENTED": "",
        },
    ),
    "vacancy": (
        VacancyState,
        VACANCY_MOVES,
        {"DRAFT"},
        {
            "DRAFT": "PUBLISHED WITHDRAWN",
            "PUBLISHED": "CLOSED WITHDRAWN",
            "CLOSED": "WITHDRAWN",
            "WITHDRAWN": "",
        },
    ),
    "risk": (
        RiskState,
        RISK_MOVES,
        {"NOT_ASSESSED"},
        {
            "NOT_ASSESSED": "OPEN",
            "OPEN": "OPEN ACCEPTED CLOSED",
            "ACCEPTED": "OPEN CLOSED",
            "CLOSED": "OPEN",
        },
    ),
    "supervision-talk": (
        SupervisionState,
        SUPERVISION_MOVES,
        {"BOOKED"},
        {
            "BOOKED": "HELD MISSED",
            "HELD": "ANSWERED",
            "ANSWERED": "ACKNOWLEDGED",
            "ACKNOWLEDGED": "",
            "MISSED": "",
        },
    ),
    "debrief": (
        DebriefState,
        DEBRIEF_MOVES,
        {"DUE"},
        {"DUE": "DECLINED HELD", "DECLINED": "DUE HELD", "HELD": ""},
    ),
    "roster-entry": (
        RosterState,
        ROSTER_MOVES,
        {"WAITING"},
        {"WAITING": "PUBLISHED WITHDRAWN", "PUBLISHED": "WITHDRAWN", "WITHDRAWN": ""},
    ),
    "rota-wish": (
        RotaWishState,
        ROTA_WISH_MOVES,
        {"ASKED"},
        {
            "ASKED": "AGREED DONE REFUSED WITHDRAWN",
            "AGREED": "DONE REFUSED WITHDRAWN",
            "DONE": "",
            "REFUSED": "",
            "WITHDRAWN": "",
        },
    ),
    "incident": (
        IncidentState,
        INCIDENT_MOVES,
        {"REPORTED"},
        {"REPORTED": "TRIAGED", "TRIAGED": "TRIAGED CLOSED", "CLOSED": ""},
    ),
    "complaint": (
        ComplaintState,
        COMPLAINT_MOVES,
        {"RECEIVED"},
        {"RECEIVED": "LOOKED_INTO", "LOOKED_INTO": "LOOKED_INTO DECIDED", "DECIDED": "LOOKED_INTO"},
    ),
    "breach": (
        BreachState,
        BREACH_MOVES,
        {"SUSPECTED"},
        {"SUSPECTED": "ASSESSED", "ASSESSED": "ASSESSED CLOSED", "CLOSED": ""},
    ),
    "movement-review": (MovementReviewState, MOVEMENT_REVIEW_MOVES, {"OPEN"}, {"OPEN": "SETTLED", "SETTLED": ""}),
    "person-merge": (
        MergeState,
        MERGE_MOVES,
        {"JOINED"},
        {"JOINED": "DOUBTED", "DOUBTED": "REVERSED", "REVERSED": ""},
    ),
    "subscription": (
        SubscriptionState,
        SUBSCRIPTION_MOVES,
        {"ACTIVE"},
        {"ACTIVE": "FAILING ENDED", "FAILING": "ACTIVE ENDED", "ENDED": ""},
    ),
    "unusual-look": (LookState, LOOK_MOVES, {"WAITING"}, {"WAITING": "REVIEWED", "REVIEWED": ""}),
    "postvention-task": (
        PostventionState,
        POSTVENTION_MOVES,
        {"OFFERED"},
        {
            "OFFERED": "ACCEPTED DECLINED GIVEN",
            "ACCEPTED": "DECLINED GIVEN",
            "DECLINED": "ACCEPTED GIVEN",
            "GIVEN": "",
        },
    ),
    "referral": (
        ReferralState,
        REFERRAL_MOVES,
        {"MADE"},
        {"MADE": "ACCEPTED DECLINED TAKEN_BACK", "ACCEPTED": "TAKEN_BACK", "DECLINED": "", "TAKEN_BACK": ""},
    ),
    "conduct": (
        Review,
        CONDUCT_MOVES,
        {"NOT_NEEDED", "WAITING"},
        {"NOT_NEEDED": "WAITING", "WAITING": "REVIEWED", "REVIEWED": "WAITING"},
    ),
    "envelope-hold": (HoldStands, ENVELOPE_HOLD_MOVES, {"HELD"}, {"HELD": "LIFTED", "LIFTED": ""}),
    "evaluation": (
        EvaluationState,
        EVALUATION_MOVES,
        {"DRAFT"},
        {
            "DRAFT": "REGISTERED ABANDONED",
            "REGISTERED": "CONCLUDED ABANDONED",
            "CONCLUDED": "",
            "ABANDONED": "",
        },
    ),
    "enrolment-goal": (
        GoalState,
        GOAL_MOVES,
        {"OPEN"},
        {"OPEN": "ACHIEVED PART_ACHIEVED NOT_ACHIEVED", "ACHIEVED": "", "PART_ACHIEVED": "", "NOT_ACHIEVED": ""},
    ),
    "support-record": (
        SupportState,
        SUPPORT_MOVES,
        {"DRAFT", "RECORDED"},
        {"DRAFT": "SUBMITTED", "SUBMITTED": "APPROVED DRAFT", "APPROVED": "", "RECORDED": ""},
    ),
    "hand-over": (HandOverState, HAND_OVER_MOVES, {"OPEN"}, {"OPEN": "DONE", "DONE": ""}),
}
