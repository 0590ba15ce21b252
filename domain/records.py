"""Every kind of record, imported: after this import `domain.confidentiality.record.KINDS` is complete."""

from domain.care.creep import TaskRequest
from domain.care.debriefs import Debrief
from domain.care.handover import HandOver
from domain.care.incidents import Incident
from domain.care.news import News
from domain.care.postvention import Postvention, PostventionTask
from domain.care.roster import RosterEntry
from domain.care.supervision import Supervision, SupervisionTalk
from domain.care.wellbeing import WellbeingCheck
from domain.confidentiality.record import KINDS
from domain.feedback.record import Feedback
from domain.life.status import SchemeStatus
from domain.oversight.record import Actor, Assignment, Duty, Job, LedgerLine
from domain.people.record import Person
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
from domain.sessions.record import Enrolment, Induction, Session
from domain.sessions.request import Request
from domain.sessions.watching import Watch
from domain.supporters.record import Supporter

__all__ = [
    "KINDS",
    "Action",
    "Activation",
    "Actor",
    "Assignment",
    "Charter",
    "CharterComment",
    "ContingencyPlan",
    "Debrief",
    "Duty",
    "Enrolment",
    "ExceptionList",
    "Feedback",
    "Finding",
    "HandOver",
    "Incident",
    "Induction",
    "Job",
    "KindVersion",
    "LedgerLine",
    "LogEntry",
    "Meeting",
    "MeetingPlace",
    "News",
    "Objective",
    "Outage",
    "Person",
    "Postvention",
    "PostventionTask",
    "Proposal",
    "Publicity",
    "PublishedOutcome",
    "Request",
    "Resource",
    "Risk",
    "RosterEntry",
    "RoutineCheck",
    "Scheme",
    "SchemeStatus",
    "ServiceTime",
    "Session",
    "SpotCheck",
    "Stakeholder",
    "Supervision",
    "SupervisionTalk",
    "Supporter",
    "TaskRequest",
    "Watch",
    "WellbeingCheck",
]
