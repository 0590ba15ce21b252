"""The database as the database sees it. SQLModel declares; nothing behaves, and no row leaves `persistence`."""

from typing import Final, cast

from sqlalchemy import MetaData, Table
from sqlmodel import SQLModel

from persistence.tables.beside import Footing, IdempotencyKey, Letterbox, Stamp, TallyKey
from persistence.tables.bodies import Conduct, Envelope, EnvelopeHold, MixedTally, MonthCount, Residue
from persistence.tables.care import (
    Debrief,
    HandOver,
    Incident,
    News,
    Postvention,
    PostventionTask,
    RosterEntry,
    Supervision,
    SupervisionTalk,
    TaskRequest,
    WellbeingCheck,
)
from persistence.tables.contacts import (
    Appointment,
    Arrival,
    Award,
    EnrolmentGoal,
    FollowUp,
    GroupPlace,
    GroupSession,
    Mandate,
    StaffNote,
    SuiteUse,
    SupportRecord,
)
from persistence.tables.evaluation import Evaluation, EvaluationReport, Measurement
from persistence.tables.feedback import Breach, Complaint, FeedbackCode, FeedbackSheets, PulseResult, UnusualLook
from persistence.tables.kinds import ExceptionList, KindVersion
from persistence.tables.ledger import Ledger
from persistence.tables.limits import Concern, Escalation, Referral
from persistence.tables.merging import MovementReview, PersonMerge
from persistence.tables.metrics import CoverKept, Figure, RollUp
from persistence.tables.people import Actor, Assignment, Duty, EventTaken, Person, TokensEnded, Watch
from persistence.tables.planning import Charter, CharterComment, Finding, Objective
from persistence.tables.recruiting import Application, Assessment, Clearance, PanelScore, Vacancy
from persistence.tables.registers import (
    Action,
    Activation,
    ContingencyPlan,
    LogEntry,
    Meeting,
    MeetingPlace,
    Outage,
    Proposal,
    Publicity,
    PublishedOutcome,
    Resource,
    Risk,
    RoutineCheck,
    ServiceTime,
    SpotCheck,
    Stakeholder,
)
from persistence.tables.rota import CoverNeed, RotaLine, RotaWish
from persistence.tables.schemes import Feedback, Job, Scheme, SchemeStatus, Supporter
from persistence.tables.sessions import Enrolment, Induction, Request, Session
from persistence.tables.standing import Absence, Suspension
from persistence.tables.telling import Relay, Subscription
from persistence.tables.training import Attendance, Certificate, Cohort, Course, Practice, SignOff
from persistence.tables.turnover import (
    ComparisonJob,
    Passport,
    PayEntry,
    PayRate,
    Reference,
    SelfRating,
    TransferHold,
)

METADATA: Final[MetaData] = SQLModel.metadata


def table_of(declared: type[SQLModel]) -> Table:
    """The table that a class declares."""
    return cast(Table, declared.__dict__["__table__"])


RECORDS: Final = {
    "actor": table_of(Actor),
    "assignment": table_of(Assignment),
    "charter": table_of(Charter),
    "charter-comment": table_of(CharterComment),
    "duty": table_of(Duty),
    "enrolment": table_of(Enrolment),
    "exception-list": table_of(ExceptionList),
    "feedback": table_of(Feedback),
    "finding": table_of(Finding),
    "induction": table_of(Induction),
    "job": table_of(Job),
    "ledger-line": table_of(Ledger),
    "objective": table_of(Objective),
    "person": table_of(Person),
    "request": table_of(Request),
    "scheme": table_of(Scheme),
    "scheme-kind": table_of(KindVersion),
    "scheme-status": table_of(SchemeStatus),
    "session": table_of(Session),
    "supporter": table_of(Supporter),
    "watch": table_of(Watch),
    "activation": table_of(Activation),
    "contingency-plan": table_of(ContingencyPlan),
    "log-entry": table_of(LogEntry),
    "risk": table_of(Risk),
    "action": table_of(Action),
    "service-time": table_of(ServiceTime),
    "meeting-place": table_of(MeetingPlace),
    "outage": table_of(Outage),
    "publicity": table_of(Publicity),
    "spot-check": table_of(SpotCheck),
    "routine-check": table_of(RoutineCheck),
    "stakeholder": table_of(Stakeholder),
    "resource": table_of(Resource),
    "meeting": table_of(Meeting),
    "proposal": table_of(Proposal),
    "outcome": table_of(PublishedOutcome),
    "vacancy": table_of(Vacancy),
    "application": table_of(Application),
    "panel-score": table_of(PanelScore),
    "clearance": table_of(Clearance),
    "assessment": table_of(Assessment),
    "transfer-hold": table_of(TransferHold),
    "passport": table_of(Passport),
    "reference": table_of(Reference),
    "self-rating": table_of(SelfRating),
    "pay-entry": table_of(PayEntry),
    "pay-rate": table_of(PayRate),
    "comparison-job": table_of(ComparisonJob),
    "suspension": table_of(Suspension),
    "absence": table_of(Absence),
    "course": table_of(Course),
    "cohort": table_of(Cohort),
    "attendance": table_of(Attendance),
    "certificate": table_of(Certificate),
    "practice": table_of(Practice),
    "sign-off": table_of(SignOff),
    "supervision": table_of(Supervision),
    "supervision-talk": table_of(SupervisionTalk),
    "roster-entry": table_of(RosterEntry),
    "debrief": table_of(Debrief),
    "wellbeing-check": table_of(WellbeingCheck),
    "incident": table_of(Incident),
    "task-request": table_of(TaskRequest),
    "postvention": table_of(Postvention),
    "postvention-task": table_of(PostventionTask),
    "news": table_of(News),
    "hand-over": table_of(HandOver),
    "cover-need": table_of(CoverNeed),
    "rota-line": table_of(RotaLine),
    "rota-wish": table_of(RotaWish),
    "conduct": table_of(Conduct),
    "envelope": table_of(Envelope),
    "envelope-hold": table_of(EnvelopeHold),
    "mixed-tally": table_of(MixedTally),
    "month-count": table_of(MonthCount),
    "roll-up": table_of(RollUp),
    "cover-kept": table_of(CoverKept),
    "figure": table_of(Figure),
    "residue": table_of(Residue),
    "staff-note": table_of(StaffNote),
    "enrolment-goal": table_of(EnrolmentGoal),
    "evaluation": table_of(Evaluation),
    "month-report": table_of(EvaluationReport),
    "measurement": table_of(Measurement),
    "follow-up": table_of(FollowUp),
    "award": table_of(Award),
    "arrival": table_of(Arrival),
    "support-record": table_of(SupportRecord),
    "suite-use": table_of(SuiteUse),
    "group-session": table_of(GroupSession),
    "group-place": table_of(GroupPlace),
    "mandate": table_of(Mandate),
    "appointment": table_of(Appointment),
    "escalation": table_of(Escalation),
    "concern": table_of(Concern),
    "referral": table_of(Referral),
    "prison-event": table_of(EventTaken),
    "tokens-ended": table_of(TokensEnded),
    "feedback-code": table_of(FeedbackCode),
    "feedback-sheets": table_of(FeedbackSheets),
    "complaint": table_of(Complaint),
    "pulse-result": table_of(PulseResult),
    "breach": table_of(Breach),
    "unusual-look": table_of(UnusualLook),
    "movement-review": table_of(MovementReview),
    "person-merge": table_of(PersonMerge),
    "subscription": table_of(Subscription),
}
"""The table of each kind of record."""

LEDGER: Final = table_of(Ledger)
IDEMPOTENCY_KEY: Final = table_of(IdempotencyKey)
TALLY_KEY: Final = table_of(TallyKey)
LETTERBOX: Final = table_of(Letterbox)
FOOTING: Final = table_of(Footing)
STAMP: Final = table_of(Stamp)
RELAY: Final = table_of(Relay)
