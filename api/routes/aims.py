"""What hangs on an enrolment over HTTP: goals, appointments, what is to be seen to, awards."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field
from starlette.responses import Response

from api.guarded import CallDep, operation
from api.routes.register import Register, SchemePath
from api.routes.shapes import Body, Day, Flag, Text, Whole, amending
from api.wire import shown
from domain.confidentiality.verbs import Verb
from domain.schemes.measures import Unit
from domain.schemes.needs import SupportOutcome
from domain.schemes.registers.actions import ActionOutcome
from domain.sessions import appointments, awards, follow_ups, goals, staff_notes
from domain.sessions.appointments import NotKeptFor, PlannedAppointment
from domain.sessions.awards import Award, AwardKind
from domain.sessions.follow_ups import Due, FollowUp, FollowUpBy, FollowUpTask
from domain.sessions.goals import EnrolmentGoal, GoalState
from domain.sessions.record import Enrolment
from domain.sessions.staff_notes import StaffNote
from domain.sessions.support_codes import Appointment

_Amount = Annotated[Whole, Field(ge=0, le=100_000)]
_Manual = Annotated[Whole, Field(ge=1, le=5)]
_RUNS = "Coordinator or partner (support)."


class AddGoal(Body):
    """Where he stands, and where he wants to be by when."""

    outcome: SupportOutcome
    """One of those that the scheme's plan has chosen."""
    unit: Unit
    baseline: _Amount
    """Where he stands before, in whole units."""
    target: _Amount
    """Where he wants to be, in whole units: more or less than before."""
    due_on: Day


class JudgeGoal(Body):
    """Where he is now."""

    reached: _Amount
    """In the same whole units."""


class PlanAppointment(Body):
    """What somebody is gone along to, and on which day."""

    what: Appointment
    due_on: Day


class NoteAppointment(Body):
    """Whether it was kept; one that was not says why."""

    kept: Flag
    not_kept_for: NotKeptFor | None = None


class AddFollowUp(Body):
    """What is to be seen to, by whom, by when."""

    what: FollowUpTask
    whose: FollowUpBy
    due_on: Day


class SettleFollowUp(Body):
    """What came of it."""

    outcome: ActionOutcome


class GiveAward(Body):
    """What is awarded."""

    what: AwardKind
    manual: _Manual | None = None
    """The manual of which the check was passed: with MANUAL alone."""


class AddStaffNote(Body):
    """What is noted, for staff and partner alone."""

    words: Text


AmendStaffNote = amending("AmendStaffNote", "Other words, or none (null).", AddStaffNote, words=Text | None)


class DueShown(Body):
    """One thing that is due."""

    what: Due
    which: UUID
    """The record that waits."""
    due_on: date
    late: Flag
    """Its day has passed."""


class DueInScheme(Body):
    """What is due by the end of a week from today, the oldest first."""

    items: Annotated[list[DueShown], Field(max_length=5000)]


GOALS = Register(
    EnrolmentGoal,
    "goals",
    many="goals",
    reads=Verb.READ_ENROLMENT_GOAL,
    writes=Verb.SET_ENROLMENT_GOAL,
    tag="learning",
    under=Enrolment,
    change=Annotated[int | None, Field(ge=-100_000, le=100_000)],
)


GOALS.lists(
    "Goals of an enrolment. Coordinator and partner, the person himself, whoever helps him (support).",
    state=(GoalState, "Only in this state."),
)


GOALS.adds(AddGoal, goals.set_, f"Set a goal: before, wanted, by when. {_RUNS}", name="addGoal")


GOALS.shows("One goal, and how far it went.")


GOALS.moves(
    "judge",
    JudgeGoal,
    goals.judge,
    f"It was measured again: whether it was achieved follows from the numbers. {_RUNS} Needs `If-Match`.",
    verb=Verb.JUDGE_ENROLMENT_GOAL,
    name="judgeGoal",
)


APPOINTMENTS = Register(
    PlannedAppointment,
    "appointments",
    many="appointments",
    reads=Verb.READ_APPOINTMENT,
    writes=Verb.KEEP_APPOINTMENT,
    tag="learning",
    under=Enrolment,
)


APPOINTMENTS.lists_all(
    "What mentors go to with people: those of a scheme for coordinator and partner, his own for whoever goes, and for"
    " his mentor (support).",
    order="due_on",
    scheme=(UUID, "Only of this scheme."),
    enrolment=(UUID, "Only of this enrolment."),
)


APPOINTMENTS.adds(PlanAppointment, appointments.plan, f"Somebody is to be met at the gate, or gone along with. {_RUNS}")


APPOINTMENTS.shows("One appointment, and whether it was kept.")


APPOINTMENTS.moves(
    "note",
    NoteAppointment,
    appointments.note,
    "It was kept, or not and why. His mentor, coordinator or partner (support). Needs `If-Match`.",
    verb=Verb.NOTE_APPOINTMENT,
)


FOLLOW_UPS = Register(
    FollowUp,
    "follow-ups",
    many="follow ups",
    reads=Verb.READ_FOLLOW_UP,
    writes=Verb.KEEP_FOLLOW_UP,
    tag="learning",
    under=Enrolment,
)


FOLLOW_UPS.lists_all(
    "What is to be seen to after contacts: those of a scheme for coordinator and partner, those of the wing for an"
    " officer on duty, a supporter's own (support).",
    order="due_on",
    scheme=(UUID, "Only of this scheme."),
    whose=(FollowUpBy, "Only what these see to."),
    outcome=(ActionOutcome, "Only those that came to this."),
)


FOLLOW_UPS.adds(AddFollowUp, follow_ups.add, f"Something to be seen to for an enrolment. {_RUNS}")


FOLLOW_UPS.shows("One of them.")


FOLLOW_UPS.moves(
    "settle",
    SettleFollowUp,
    follow_ups.settle,
    "What came of it. Coordinator, partner, an officer on duty on the wing; a supporter of his own (support). Needs"
    " `If-Match`.",
    verb=Verb.SETTLE_FOLLOW_UP,
)


AWARDS = Register(
    Award,
    "awards",
    many="awards",
    reads=Verb.READ_AWARD,
    writes=Verb.GIVE_AWARD,
    tag="learning",
    under=Enrolment,
)


AWARDS.lists_all(
    "Awards of learners and mentors: those of a scheme for coordinator and partner, his own for whoever has them"
    " (support).",
    order="awarded_on",
    scheme=(UUID, "Only of this scheme."),
)


AWARDS.adds(
    GiveAward,
    awards.give,
    f"Award a manual or the programme to the learner, a level to his mentor: what the record bears out, once. {_RUNS}",
    name="giveAward",
)


AWARDS.shows("One award, of a learner or of his mentor.")


@operation(
    FOLLOW_UPS.routes,
    "GET",
    "/v1/schemes/{id}/due",
    Verb.READ_DUE,
    name="getDue",
    summary="What is due in a scheme",
    shows=DueInScheme,
)
async def get_due(call: CallDep, scheme: SchemePath) -> Response:
    """Follow-ups, reviews, goals to measure, mentors to find, new arrivals whom nobody met in 24 hours. Reminders to
    people. Coordinator or partner (support)."""
    found = await call.run(lambda begin: follow_ups.due(begin, scheme))
    items: list[Any] = [shown(each) for each in found]
    return call.plain({"items": items})


STAFF_NOTES = Register(
    StaffNote,
    "staff-notes",
    many="staff notes",
    reads=Verb.READ_STAFF_NOTE,
    writes=Verb.KEEP_STAFF_NOTE,
    tag="learning",
    under=Enrolment,
)


STAFF_NOTES.lists(
    "What staff noted about somebody who is enrolled, for themselves. Coordinator and partner (support): neither the"
    " person nor whoever helps him reads any. What he is to read stands on the session or the record of support.",
)


STAFF_NOTES.adds(AddStaffNote, staff_notes.add, f"A note for staff and partner alone. {_RUNS}")


STAFF_NOTES.shows("One note of staff.")


STAFF_NOTES.amends(AmendStaffNote, f"Other words. {_RUNS} Needs `If-Match`.", staff_notes.amend)


REGISTERS = (GOALS, APPOINTMENTS, FOLLOW_UPS, AWARDS, STAFF_NOTES)
"""Goals of an enrolment, its appointments, what is to be seen to, awards, notes of staff."""
