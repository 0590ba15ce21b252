"""How supporters learn, over HTTP: courses, cohorts, attendance, certificates, practice, and who signs for them."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.routes.register import Register
from api.routes.shapes import Body, Code, Day, Flag, Whole, amending
from domain.confidentiality.verbs import Verb
from domain.supporters.record import Competence, Supporter
from domain.training import certificates, cohorts, courses, practice
from domain.training.certificates import Certificate
from domain.training.cohorts import Attendance, Attended, Cohort
from domain.training.courses import Course, Skill
from domain.training.practice import Practice, Practised, SignOff

_READERS = (
    "Coordinator, partner (recruitment), activities hub (operations), safer custody (safety), governor, monitoring"
    " board, inspectorate (oversight)"
)
_OWN = f"{_READERS}; the supporter himself (operations; before he is in the role: recruitment)."
_Hours = Annotated[Whole, Field(ge=0, le=200)]


class AddCourse(Body):
    """A module that is taught."""

    module: Code
    skill: Skill
    hours: Annotated[Whole, Field(ge=1, le=200)]
    mandatory: Flag = True


class BeginCohort(Body):
    """When it meets, and how many it takes."""

    starts_on: Day
    ends_on: Day
    places: Annotated[Whole, Field(ge=1, le=100)]


class JoinCohort(Body):
    """Who learns with them."""

    supporter: UUID


class NoteAttendance(Body):
    """Whether a member was at a module."""

    supporter: UUID
    module: Code
    held_on: Day
    attended: Attended
    hours: _Hours = 0


class NotePractice(Body):
    """How many contacts were observed or shadowed, and when. Under a closed policy the month alone is kept."""

    how: Practised
    contacts: Annotated[Whole, Field(ge=1, le=20)]
    noted_for: Day | None = None
    """Today, unless another day is given."""


class Sign(Body):
    """What he can do."""

    competence: Competence


COURSES = Register(Course, "courses", many="courses", reads=Verb.READ_COURSE, writes=Verb.KEEP_COURSE, tag="training")
COURSES.lists(f"What the scheme teaches. {_READERS}.", in_force=(bool, "Only what is taught, or is no more."))
COURSES.adds(AddCourse, courses.add, "A module of its kind, or one of its own. Coordinator or partner (recruitment).")
COURSES.shows("One course.")
COURSES.amends(
    amending("AmendCourse", "The members to change.", AddCourse, without={"module", "mandatory"}, in_force=Flag),
    "What it is for, its hours, or whether it is taught. Coordinator or partner (recruitment). Needs `If-Match`.",
    act=courses.amend,
)

COHORTS = Register(Cohort, "cohorts", many="cohorts", reads=Verb.READ_COHORT, writes=Verb.KEEP_COHORT, tag="training")
COHORTS.lists(f"Who learns together, and when. {_READERS}.", order="starts_on")
COHORTS.adds(
    BeginCohort,
    cohorts.begin_cohort,
    "A cohort, trained by whoever makes it. Coordinator or partner (recruitment).",
    name="beginCohort",
)
COHORTS.shows("One cohort.")
COHORTS.moves(
    "join",
    JoinCohort,
    cohorts.join,
    "One more learns with them: he is in training from now, and in no other cohort in these days. Coordinator or"
    " partner (recruitment). Needs `If-Match`.",
    verb=Verb.JOIN_COHORT,
)

ATTENDANCE = Register(
    Attendance,
    "attendances",
    many="attendances",
    reads=Verb.READ_ATTENDANCE,
    writes=Verb.NOTE_ATTENDANCE,
    tag="training",
    under=Supporter,
)
ATTENDANCE.lists(
    f"Where a supporter was taught, and where he was not there. {_OWN}",
    order="held_on",
    cohort=(UUID, "Only of this cohort."),
)
ATTENDANCE.shows("One of them.")
NOTES = Register(
    Attendance,
    "attendances",
    many="attendances",
    reads=Verb.READ_ATTENDANCE,
    writes=Verb.NOTE_ATTENDANCE,
    tag="training",
    under=Cohort,
)
NOTES.adds(
    NoteAttendance,
    cohorts.attend,
    "Whether a member was at a module on a day. Coordinator or partner (recruitment).",
    name="noteAttendance",
)

CERTIFICATES = Register(
    Certificate, "certificates", many="certificates", reads=Verb.READ_CERTIFICATE, tag="training", under=Supporter
)
CERTIFICATES.lists(f"A supporter's certificates, those first that end first. {_OWN}", order="expires_on")
CERTIFICATES.shows("One certificate.")
EXPIRING = Register(
    Certificate,
    "certificates",
    many="expiring certificates",
    reads=Verb.READ_CERTIFICATE,
    tag="training",
    under=None,
)
EXPIRING.lists(
    f"The certificates in force that have ended or will within 90 days, those first that end first. {_OWN}",
    order="expires_on",
    search=certificates.expiring,
    scheme=(UUID, "Only of this scheme."),
)

PRACTICE = Register(
    Practice,
    "practice",
    many="practice",
    reads=Verb.READ_PRACTICE,
    writes=Verb.NOTE_PRACTICE,
    tag="training",
    under=Supporter,
)
PRACTICE.lists(
    "Contacts that were observed or shadowed. Coordinator, partner (recruitment); the supporter himself (operations;"
    " before he is in the role: recruitment)."
)
PRACTICE.adds(
    NotePractice,
    practice.practise,
    "Contacts that were observed or shadowed, as a count. Coordinator or partner (recruitment).",
    name="notePractice",
)
PRACTICE.shows("One count. Coordinator, partner (recruitment), or the supporter himself.")

SIGN_OFFS = Register(
    SignOff,
    "sign-offs",
    many="sign offs",
    reads=Verb.READ_SIGN_OFF,
    writes=Verb.SIGN_OFF,
    tag="training",
    under=Supporter,
)
SIGN_OFFS.lists(f"What a supporter can do, and who says so. {_OWN}")
SIGN_OFFS.adds(
    Sign,
    practice.sign,
    "He can do it, says somebody who did not train him. Coordinator, partner (recruitment), safer custody (safety).",
    name="signOff",
)
SIGN_OFFS.shows("One of them.")

REGISTERS = (COURSES, COHORTS, ATTENDANCE, NOTES, CERTIFICATES, EXPIRING, PRACTICE, SIGN_OFFS)
