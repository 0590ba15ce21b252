"""How the supporters of each prison's reading scheme are looked after: one of each record, and more where an operation
needs one in another state."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from domain.care.creep import Response, TaskRequest, ToldBy
from domain.care.debriefs import Debrief, DebriefBecause
from domain.care.incidents import Against, Incident, IncidentKind, IncidentState, Priority, ReportedBy, Sought
from domain.care.load import LoadCode
from domain.care.news import News
from domain.care.postvention import Postvention, PostventionTask
from domain.care.roster import Overridden, RosterEntry, RosterState, slot_of
from domain.care.supervision import (
    Agreed,
    Supervision,
    SupervisionAnswer,
    SupervisionState,
    SupervisionTalk,
    SupervisionTheme,
)
from domain.care.wellbeing import Sleep, WellbeingCheck
from domain.kernel.bands import Band
from domain.kernel.ids import AssignmentId
from domain.leaving.handover import HandOver, Item
from domain.schemes.belonging import OfScheme
from domain.schemes.registers.answerable import Answerable
from domain.schemes.tasks import Task
from tests.http import rota_furniture
from tests.http.cast import START, actor, assignment, person
from tests.http.registers_furniture import TODAY, of


def care(place: Any) -> Iterator[OfScheme]:
    """All of it, in one prison."""
    yield from supervision(place)
    yield from rota(place)
    yield from rota_furniture.rota(place)
    yield from pressure(place)
    yield from aftercare(place)


def mentor(place: Any, name: str = "mentor") -> dict[str, Any]:
    """A mentor and the person he is."""
    return {"supporter": place.id(f"supporter:{name}"), "person": person(place.prefix + name)}


def supervision(place: Any) -> Iterator[OfScheme]:
    """A mentor's, by the partner; and a meeting in each state in which something may be done."""
    whose = {**mentor(place), "supervisor": actor("facilitator")}
    yield Supervision(
        **of(place, "supervision"),
        **whose,
        assignment=AssignmentId(assignment("facilitator")),
        hears=True,
        every_days=28,
        since=TODAY - timedelta(days=40),
        last_held_on=TODAY - timedelta(days=10),
    )
    talk: dict[str, Any] = {**whose, "supervision": place.id("supervision"), "booked_for": TODAY + timedelta(days=3)}
    yield SupervisionTalk(**of(place, "supervision-talk"), **talk)
    held: dict[str, Any] = {
        **talk,
        "held_on": TODAY - timedelta(days=10),
        "themes": (SupervisionTheme.LOAD_AND_REST,),
        "agreed": (Agreed.REST,),
        "note": "Take the week off that you spoke of.",
    }
    yield SupervisionTalk(**of(place, "supervision-talk:held"), **held, state=SupervisionState.HELD)
    yield SupervisionTalk(
        **of(place, "supervision-talk:answered"),
        **held,
        state=SupervisionState.ANSWERED,
        answer=SupervisionAnswer.AGREE,
        answer_in_words="After the next manual.",
        answered_on=TODAY - timedelta(days=9),
    )


def rota(place: Any) -> Iterator[OfScheme]:
    """A band that is published, one that waits for a second person; a debrief and an answer to 'how are you?'."""
    whose: dict[str, Any] = {
        "supporter": place.id("supporter:second-mentor"),
        "name": "Somebody Made-Up",
        "band": Band.AM,
        "written_by": actor("coordinator"),
        "wing": f"{place.prison}-A",
    }
    days = [TODAY + timedelta(days=n) for n in (1, 2)]
    slots = [slot_of(person(place.prefix + "second-mentor"), day, Band.AM) for day in days]
    yield RosterEntry(
        **of(place, "roster-entry"),
        **whose,
        day=days[0],
        slot=slots[0],
        in_force_from=START - timedelta(days=1),
        state=RosterState.PUBLISHED,
    )
    yield RosterEntry(
        **of(place, "roster-entry:waiting"),
        **whose,
        day=days[1],
        slot=slots[1],
        state=RosterState.WAITING,
        load=(LoadCode.LOAD_HOURS,),
        overridden_for=Overridden.NOBODY_ELSE,
    )
    heard: dict[str, Any] = {**mentor(place), "supervisor": actor("facilitator")}
    yield Debrief(
        **of(place, "debrief"),
        **heard,
        because=DebriefBecause.ASKED_FOR,
        opens_at=START - timedelta(hours=2),
        due_by=START + timedelta(hours=70),
        hard=2,
    )
    yield WellbeingCheck(
        **of(place, "wellbeing-check"),
        **heard,
        checked_on=TODAY - timedelta(days=2),
        rated=6,
        intrusive_thoughts=False,
        sleep=Sleep.BROKEN,
        wants_pause=False,
    )


def pressure(place: Any) -> Iterator[OfScheme]:
    """A report, one that is sorted, and a task that is not a mentor's."""
    told: dict[str, Any] = {
        "what": IncidentKind.BRIBED_TO_CARRY,
        "sought": Sought.MESSAGE,
        "against": Against.PEOPLE_IN_CUSTODY,
        "goes_up": False,
        "reported_by": ReportedBy.SUPPORTER,
        "author": place.id("actor:somebody"),
        "reported_on": TODAY - timedelta(days=1),
        **mentor(place),
    }
    yield Incident(**of(place, "incident"), **told)
    sorted_: dict[str, Any] = {"state": IncidentState.TRIAGED, "priority": Priority.TODAY}
    yield Incident(**of(place, "incident:triaged"), **told, **sorted_, triaged_by=actor("governor"))
    yield TaskRequest(
        **of(place, "task-request"),
        task=Task.HOLD_KEYS,
        prohibited=True,
        asked_by=Answerable.WING_STAFF,
        asked_on=TODAY - timedelta(days=3),
        response=Response.REFUSED,
        staff_informed=True,
        told_by=ToldBy.SUPPORTER,
    )


def aftercare(place: Any) -> Iterator[OfScheme]:
    """Support that was offered after a death, news, and somebody who has left."""
    yield Postvention(
        **of(place, "postvention"),
        opened_on=TODAY - timedelta(days=5),
        opened_by=actor("safer"),
        supporters=2,
    )
    yield PostventionTask(
        **of(place, "postvention-task"),
        **mentor(place),
        supervisor=actor("facilitator"),
        postvention=place.id("postvention"),
        offered_on=TODAY - timedelta(days=5),
    )
    yield News(
        **of(place, "news"),
        words="New manuals are in the library.",
        staff_only=False,
        in_force_from=START - timedelta(days=1),
        in_force_until=START + timedelta(days=20),
        author=actor("coordinator"),
    )
    yield HandOver(
        **of(place, "hand-over"),
        **mentor(place, "second-mentor"),
        started_on=TODAY - timedelta(days=4),
        started_by=actor("coordinator"),
        roster_entries=1,
        still_open=(Item.MATERIALS, Item.FAREWELL_TALK),
    )
