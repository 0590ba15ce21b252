"""Every kind of record, imported: after this import `domain.confidentiality.record.KINDS` is complete."""

from domain.confidentiality.record import KINDS
from domain.feedback.record import Feedback
from domain.oversight.record import Actor, Assignment, Duty, Job, LedgerLine
from domain.people.record import Person
from domain.schemes.record import Scheme
from domain.sessions.record import Enrolment, Induction, Session
from domain.sessions.request import Request
from domain.sessions.watching import Watch
from domain.supporters.record import Supporter

__all__ = [
    "KINDS",
    "Actor",
    "Assignment",
    "Duty",
    "Enrolment",
    "Feedback",
    "Induction",
    "Job",
    "LedgerLine",
    "Person",
    "Request",
    "Scheme",
    "Session",
    "Supporter",
    "Watch",
]
