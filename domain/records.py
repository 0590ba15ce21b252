"""Every kind of record, imported: after this import `domain.confidentiality.record.KINDS` is complete."""

from domain.care.cover import CoverNeed
from domain.care.creep import TaskRequest
from domain.care.debriefs import Debrief
from domain.care.incidents import Incident
from domain.care.news import News
from domain.care.pattern import RotaLine
from domain.care.postvention import Postvention, PostventionTask
from domain.care.roster import RosterEntry
from domain.care.supervision import Supervision, SupervisionTalk
from domain.care.wellbeing import WellbeingCheck
from domain.care.wish import RotaWish
from domain.confidentiality.record import KINDS
from domain.evaluation.measurement import Measurement
from domain.evaluation.plan import Evaluation
from domain.evaluation.reporting import EvaluationReport
from domain.feedback.codes import FeedbackCode, FeedbackSheets
from domain.feedback.complaints import Complaint
from domain.feedback.pulses import PulseResult
from domain.feedback.record import Feedback
from domain.leaving.handover import HandOver
from domain.life.status import SchemeStatus
from domain.metrics.record import Figure, RollUp
from domain.movements.inbox import EventTaken
from domain.oversight.ended import TokensEnded
from domain.oversight.record import Actor, Assignment, Duty, Job, LedgerLine
from domain.packs.covering import CoverKept
from domain.passports.passport import Passport
from domain.passports.rating import SelfRating
from domain.passports.reference import Reference
from domain.pay.comparison import ComparisonJob
from domain.pay.entries import PayEntry
from domain.pay.rates import PayRate
from domain.people.merges import PersonMerge
from domain.people.record import Person
from domain.people.reviews import MovementReview
from domain.schemes.charter import Charter
from domain.schemes.comments import CharterComment
from domain.schemes.exceptions import ExceptionList
from domain.schemes.finding import Finding
from domain.schemes.made import KindVersion
from domain.schemes.objective import Objective
from domain.schemes.record import Scheme
from domain.schemes.registers.actions import Action
from domain.schemes.registers.checks import RoutineCheck
from domain.schemes.registers.contingency import Activation, ContingencyPlan, LogEntry
from domain.schemes.registers.involvement import Meeting, Proposal, PublishedOutcome
from domain.schemes.registers.places import MeetingPlace, Outage
from domain.schemes.registers.publicity import Publicity, SpotCheck
from domain.schemes.registers.resources import Resource
from domain.schemes.registers.risks import Risk
from domain.schemes.registers.stakeholders import Stakeholder
from domain.schemes.registers.times import ServiceTime
from domain.sessions.appointments import PlannedAppointment
from domain.sessions.arrivals import Arrival
from domain.sessions.awards import Award
from domain.sessions.concerns import ConcernRaised
from domain.sessions.conduct import Conduct
from domain.sessions.envelopes import Envelope
from domain.sessions.escalations import Escalation
from domain.sessions.follow_ups import FollowUp
from domain.sessions.goals import EnrolmentGoal
from domain.sessions.group_places import GroupPlace
from domain.sessions.groups import GroupSession
from domain.sessions.holding import EnvelopeHold
from domain.sessions.mandates import Mandate
from domain.sessions.mixed import MixedTally, MonthCount, Residue
from domain.sessions.record import Enrolment, Induction, Session
from domain.sessions.referrals import Referral
from domain.sessions.request import Request
from domain.sessions.staff_notes import StaffNote
from domain.sessions.suites import SuiteUse
from domain.sessions.support import SupportRecord
from domain.sessions.watching import Watch
from domain.supporters.absences import Absence
from domain.supporters.record import Supporter
from domain.supporters.recruiting.application import Application
from domain.supporters.recruiting.assessing import Assessment
from domain.supporters.recruiting.clearing import Clearance
from domain.supporters.recruiting.panel import PanelScore
from domain.supporters.recruiting.vacancies import Vacancy
from domain.supporters.suspension import Suspension
from domain.telling.subscription import Subscription
from domain.training.certificates import Certificate
from domain.training.cohorts import Attendance, Cohort
from domain.training.courses import Course
from domain.training.practice import Practice, SignOff
from domain.turnover.holds import TransferHold
from domain.vigilance.breach import Breach
from domain.vigilance.looks import UnusualLook

__all__ = [
    "KINDS",
    "Absence",
    "Action",
    "Activation",
    "Actor",
    "Application",
    "Arrival",
    "Assessment",
    "Assignment",
    "Attendance",
    "Award",
    "Breach",
    "Certificate",
    "Charter",
    "CharterComment",
    "Clearance",
    "Cohort",
    "ComparisonJob",
    "Complaint",
    "ConcernRaised",
    "Conduct",
    "ContingencyPlan",
    "Course",
    "CoverKept",
    "CoverNeed",
    "Debrief",
    "Duty",
    "Enrolment",
    "EnrolmentGoal",
    "Envelope",
    "EnvelopeHold",
    "Escalation",
    "Evaluation",
    "EvaluationReport",
    "EventTaken",
    "ExceptionList",
    "Feedback",
    "FeedbackCode",
    "FeedbackSheets",
    "Figure",
    "Finding",
    "FollowUp",
    "GroupPlace",
    "GroupSession",
    "HandOver",
    "Incident",
    "Induction",
    "Job",
    "KindVersion",
    "LedgerLine",
    "LogEntry",
    "Mandate",
    "Measurement",
    "Meeting",
    "MeetingPlace",
    "MixedTally",
    "MonthCount",
    "MovementReview",
    "News",
    "Objective",
    "Outage",
    "PanelScore",
    "Passport",
    "PayEntry",
    "PayRate",
    "Person",
    "PersonMerge",
    "PlannedAppointment",
    "Postvention",
    "PostventionTask",
    "Practice",
    "Proposal",
    "Publicity",
    "PublishedOutcome",
    "PulseResult",
    "Reference",
    "Referral",
    "Request",
    "Residue",
    "Resource",
    "Risk",
    "RollUp",
    "RosterEntry",
    "RotaLine",
    "RotaWish",
    "RoutineCheck",
    "Scheme",
    "SchemeStatus",
    "SelfRating",
    "ServiceTime",
    "Session",
    "SignOff",
    "SpotCheck",
    "StaffNote",
    "Stakeholder",
    "Subscription",
    "SuiteUse",
    "Supervision",
    "SupervisionTalk",
    "SupportRecord",
    "Supporter",
    "Suspension",
    "TaskRequest",
    "TokensEnded",
    "TransferHold",
    "UnusualLook",
    "Vacancy",
    "Watch",
    "WellbeingCheck",
]
