"""What stands in the store before a test begins: in each of three prisons a scheme of each kind, supporters in every
standing, and one of each record besides. A record's id is that of its name (`uid`): "request:offered" is Moorland's,
"far:request:offered" Leeds's, "irish:scheme:shannon" Mountjoy's.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from domain.confidentiality.principal import PrincipalKind
from domain.confidentiality.record import Record
from domain.confidentiality.roles import Role
from domain.feedback.record import Feedback, Theme, Voice
from domain.kernel.bands import band_at, readable_until
from domain.kernel.words import JURISDICTIONS
from domain.oversight.record import Assignment, Duty, Job, JobKind, JobState
from domain.schemes.kinds import COUNCIL, INSIDERS, LISTENERS, RECOVERY_MENTORS, SHANNON_TRUST, SOCIAL_CARE_BUDDIES
from domain.sessions.codes import Channel, ChecklistItem, Need, Programme, Urgency
from domain.sessions.record import Enrolment, EnrolmentState, Goal, Induction, Session
from domain.sessions.request import Request, RequestState
from domain.sessions.watching import Watch
from domain.supporters.record import IN_ROLE, Competence, Standing, Supporter, Verdict
from tests.http import (
    contacts_furniture,
    evaluation_furniture,
    furnished_kinds,
    merging_furniture,
    metrics_furniture,
    packs_furniture,
    planned,
    standing_furniture,
    telling_furniture,
    turnover_furniture,
)
from tests.http.bodies_furniture import bodies
from tests.http.care_furniture import care
from tests.http.cast import CAST, START, actor, person
from tests.http.feedback_furniture import feedback
from tests.http.lives import schemes, statuses
from tests.http.places import LEEDS, LONG_AGO, MOORLAND, MOUNTJOY, TODAY, Place
from tests.http.recruiting_furniture import recruiting
from tests.http.registers_furniture import registers
from tests.http.tasks_furniture import tasks
from tests.plans import plans_of

ROLES = {
    "supporter:listener": ("scheme:listeners", "listener"),
    "supporter:second-listener": ("scheme:listeners", "second-listener"),
    "supporter:third-listener": ("scheme:listeners", "third-listener"),
    "supporter:insider": ("scheme:insiders", "insider"),
    "supporter:mentor": ("scheme:shannon", "mentor"),
    "supporter:second-mentor": ("scheme:shannon", "second-mentor"),
}
"""Moorland's active supporters, and who they are."""


def records() -> Iterator[Record]:
    """Everything, in all three."""
    for place in (MOORLAND, LEEDS, MOUNTJOY):
        yield from schemes(place)
        there = list(supporters(place))
        yield from there
        found = list(recruiting(place, supporter, there))
        yield from found
        there += [r for r in found if isinstance(r, Supporter)]
        plans = [*planned.records(place), *registers(place), *care(place), *_of_the_pilot(place)]
        yield from plans
        yield from statuses(place, there, plans)
        yield from requests(place)
        yield from bodies(place)
        yield from tasks(place)
        yield from learning(place)
        yield from contacts_furniture.contacts(place)
        yield from evaluation_furniture.evaluations(place)
        yield from packs_furniture.records(place)
        yield from feedback(place)
        yield from merging_furniture.records(place)
        yield from oversight(place)
        yield from furnished_kinds.records(place)
        yield from turnover_furniture.records(place)
        yield from standing_furniture.records(place)
        yield from metrics_furniture.records(place)
        yield from telling_furniture.records(place)


def _of_the_pilot(place: Place) -> Iterator[Record]:
    """What it needs of other records before it goes live."""
    (pilot,) = (s for s in schemes(place) if s.id == place.id("scheme:pilot"))
    yield from plans_of(pilot, TODAY).values()


def supporter(place: Place, name: str, of: str, who: str, standing: Standing, **more: Any) -> Supporter:
    """A supporter of that standing, with what he must have done to stand there."""
    kind = {"scheme:listeners": LISTENERS, "scheme:insiders": INSIDERS}.get(of, SHANNON_TRUST)
    member = CAST.get(who)
    trained = standing in (*IN_ROLE, Standing.SUSPENDED)
    done: dict[str, Any] = {}
    if standing is not Standing.APPLIED:
        done |= {"prison_verdict": Verdict.YES, "partner_verdict": Verdict.YES if kind.partner_certifies else None}
    if trained or standing is Standing.IN_TRAINING:
        done |= {"modules_passed": kind.modules, "compact_signed_on": LONG_AGO, "observed_contacts": 5}
    if trained:
        done |= {
            "certificate": "CERT-2026-0001",
            "certified_on": LONG_AGO,
            "certificate_expires_on": LONG_AGO + timedelta(days=1000),
            "probation_from": LONG_AGO,
            "signed_off": tuple(Competence),
        }
    if standing in (Standing.ACTIVE, Standing.PAUSED, Standing.SUSPENDED):
        done["active_from"] = LONG_AGO + timedelta(days=30)
    if standing is Standing.PAUSED:
        done |= {"paused_on": TODAY, "own_word_on": TODAY}
    whose = {"kind": kind.code, "organisation": kind.partner}
    return Supporter(
        id=place.id(name),
        scheme=place.id(of),
        jurisdiction=place.jurisdiction,
        prison=place.prison,
        person=person(who),
        name=member.full_name if member else "Somebody Made-Up",
        wing=f"{place.prison}-A",
        standing=standing,
        applied_on=LONG_AGO,
        **{**whose, **done, **more},
    )


def supporters(place: Place) -> Iterator[Supporter]:
    """Moorland's active ones are of the cast; elsewhere, and in other standings, nobody has a token."""
    for name, (of, who) in ROLES.items():
        if of == "scheme:listeners" and place is MOUNTJOY:
            continue
        yield supporter(place, name, of, who if place is MOORLAND else place.prefix + who, Standing.ACTIVE)
    for standing in (Standing.APPLIED, Standing.ACCEPTED, Standing.IN_TRAINING, Standing.PROBATION, Standing.PAUSED):
        name = f"supporter:{standing.value.lower()}"
        yield supporter(place, name, "scheme:insiders", place.prefix + name, standing)
    learning = {"modules_passed": ()}
    yield supporter(
        *(place, "supporter:learning", "scheme:insiders", f"{place.prefix}learning", Standing.IN_TRAINING), **learning
    )
    for n in standing_furniture.SUSPENDED:
        yield supporter(place, f"supporter:{n}", "scheme:shannon", f"{place.prefix}{n}", Standing.SUSPENDED)
    yield supporter(
        *(place, "supporter:recovery", "scheme:recovery", f"{place.prefix}recovering", Standing.ACTIVE),
        kind=RECOVERY_MENTORS.code,
        organisation=RECOVERY_MENTORS.partner,
    )
    yield supporter(
        *(place, "supporter:council", "scheme:council", f"{place.prefix}elected", Standing.ACTIVE),
        kind=COUNCIL.code,
        organisation=COUNCIL.partner,
    )
    yield supporter(
        *(place, "supporter:buddy", "scheme:buddies", f"{place.prefix}buddy", Standing.ACTIVE),
        kind=SOCIAL_CARE_BUDDIES.code,
        organisation=SOCIAL_CARE_BUDDIES.partner,
    )
    for of in ("approved", "pilot"):
        yield supporter(place, f"supporter:of-{of}", f"scheme:{of}", f"{place.prefix}of-{of}", Standing.ACTIVE)
    yield supporter(
        place, "supporter:partner-applied", "scheme:shannon", place.prefix + "partner-applied", Standing.APPLIED
    )


def request(place: Place, name: str, state: RequestState = RequestState.RECEIVED, **more: Any) -> Request:
    """A live request of the Listeners scheme, from wing A, by nobody who is named."""
    zone = JURISDICTIONS[place.jurisdiction].time_zone
    band, until = readable_until(START, zone)
    given: dict[str, Any] = {
        "scheme": place.id("scheme:listeners"),
        "organisation": LISTENERS.partner,
        "closed": True,
        "wing": f"{place.prison}-A",
        "need": Need.EMOTIONAL,
        "readable_until": until,
        "asked_at": START,
        "recorded_at": START,
    }
    if state in (RequestState.OFFERED, RequestState.ACCEPTED, RequestState.IN_PROGRESS):
        given |= {"offered_to": place.id("supporter:third-listener"), "offered_at": START}
    if state in (RequestState.ACCEPTED, RequestState.IN_PROGRESS):
        given["accepted_at"] = START
    if state is RequestState.IN_PROGRESS:
        given["unlocked_at"] = START
    return Request(
        id=place.id(name),
        jurisdiction=place.jurisdiction,
        prison=place.prison,
        channel=Channel.CELL_BELL,
        urgency=Urgency.NOW,
        band=band,
        state=state,
        **{**given, **more},
    )


def requests(place: Place) -> Iterator[Request]:
    """One in each state that is not an end, and one of an open-policy scheme."""
    for state in (RequestState.RECEIVED, RequestState.OFFERED, RequestState.ACCEPTED, RequestState.IN_PROGRESS):
        name = f"request:{state.value.lower().replace('_', '-')}"
        yield request(place, name, state)
    yield request(
        place,
        "request:open-policy",
        scheme=place.id("scheme:insiders"),
        organisation=INSIDERS.partner,
        closed=False,
        need=Need.INDUCTION,
    )


def learning(place: Place) -> Iterator[Record]:
    """An induction, an enrolment, a session to come, and feedback."""
    at = {"jurisdiction": place.jurisdiction, "prison": place.prison}
    shannon = {**at, "scheme": place.id("scheme:shannon"), "organisation": SHANNON_TRUST.partner}
    insiders = {**at, "scheme": place.id("scheme:insiders"), "organisation": INSIDERS.partner}
    wing = f"{place.prison}-A"
    learner = person("arthur" if place is MOORLAND else f"{place.prefix}learner")
    mentor = person("mentor" if place is MOORLAND else f"{place.prefix}mentor")
    insider = person("insider" if place is MOORLAND else f"{place.prefix}insider")
    yield Induction(
        id=place.id("induction"),
        **insiders,
        wing=wing,
        supporter=place.id("supporter:insider"),
        supporter_person=insider,
        arrived_at=START - timedelta(hours=20),
        seen_at=START - timedelta(hours=18),
        minutes_after_arrival=120,
        checklist=(ChecklistItem.SHOWN_ROUND,),
        told_policy=True,
        author=actor("coordinator"),
    )
    yield Enrolment(
        id=place.id("enrolment"),
        **shannon,
        wing=wing,
        person=learner,
        name=CAST["arthur"].full_name if place is MOORLAND else "Learner Made-Up",
        supporter=place.id("supporter:mentor"),
        supporter_person=mentor,
        mentor_since=LONG_AGO,
        state=EnrolmentState.STARTED,
        goal=Goal.READ_A_LETTER,
        programme=Programme.TURNING_PAGES,
        enrolled_on=LONG_AGO,
        review_due_on=TODAY + timedelta(days=10),
    )
    yield Enrolment(
        id=place.id("enrolment:vacant"),
        **shannon,
        wing=wing,
        person=person(f"{place.prefix}second-learner"),
        name="Learner Made-Up",
        state=EnrolmentState.WAITING,
        goal=Goal.READ_A_BOOK,
        programme=Programme.TURNING_PAGES,
        enrolled_on=LONG_AGO,
    )
    yield session(place, "session", START + timedelta(days=1))
    for name, of, closed in (("feedback", insiders, False), ("feedback:closed", None, True)):
        if closed and place is MOUNTJOY:
            continue
        held = of or {**at, "scheme": place.id("scheme:listeners"), "organisation": LISTENERS.partner}
        yield Feedback(
            id=place.id(name),
            **held,
            closed=closed,
            voice=Voice.STAFF,
            rating=4,
            themes=(Theme.WORKS_WELL,),
            week_of=monday(TODAY),
        )


def session(place: Place, name: str, starts_at: Any, **more: Any) -> Session:
    """A session of the enrolment, planned, of twenty minutes."""
    given: dict[str, Any] = {
        "enrolment": place.id("enrolment"),
        "scheme": place.id("scheme:shannon"),
        "organisation": SHANNON_TRUST.partner,
        "person": person("arthur" if place is MOORLAND else f"{place.prefix}learner"),
        "supporter": place.id("supporter:mentor"),
        "supporter_person": person("mentor" if place is MOORLAND else f"{place.prefix}mentor"),
        "ends_at": starts_at + timedelta(minutes=20),
    }
    return Session(
        id=place.id(name),
        jurisdiction=place.jurisdiction,
        prison=place.prison,
        wing=f"{place.prison}-A",
        starts_at=starts_at,
        **{**given, **more},
    )


def monday(day: date) -> date:
    """The Monday of that day's week."""
    return day - timedelta(days=day.weekday())


def oversight(place: Place) -> Iterator[Record]:
    """An assignment that waits for its second person, a duty of somebody's, a watch and a job."""
    yield waiting(place, "assignment:waiting")
    band, ends = band_at(START, JURISDICTIONS[place.jurisdiction].time_zone)
    yield Duty(
        id=place.id("duty"),
        author=place.id("actor:somebody"),
        jurisdiction=place.jurisdiction,
        prison=place.prison,
        wings=(f"{place.prison}-D",),
        band=band,
        starts_at=START,
        ends_at=ends,
    )
    watcher = {"": "oscar", "far:": "far-coordinator", "irish:": "irish-coordinator"}[place.prefix]
    yield Watch(
        id=place.id("watch"),
        author=actor(watcher),
        jurisdiction=place.jurisdiction,
        prison=place.prison,
        opened_at=START,
        ends_at=ends,
    )
    maker = {"": "coordinator", "far:": "far-coordinator", "irish:": "irish-coordinator"}[place.prefix]
    yield Job(
        id=place.id("job"),
        author=actor(maker),
        jurisdiction=place.jurisdiction,
        prison=place.prison,
        kind=JobKind.SCHEME_SUMMARY,
        scheme=place.id("scheme:insiders"),
        made_at=START,
    )
    put = {
        "supporter": str(place.id("supporter:mentor")),
        "day": "2026-12-01",
        "band": "PM",
        "wing": f"{place.prison}-A",
    }
    yield Job(
        id=place.id("job:rota"),
        author=actor(maker),
        jurisdiction=place.jurisdiction,
        prison=place.prison,
        kind=JobKind.ROTA,
        scheme=place.id("scheme:shannon"),
        state=JobState.DONE,
        progress=100,
        made_at=START - timedelta(hours=1),
        ended_at=START,
        result={"firstWeek": "2026-11-30", "weeks": 4, "best": True, "items": [put], "short": []},
    )


def waiting(place: Place, name: str, **more: Any) -> Assignment:
    """A proposed assignment that needs a second person."""
    given: dict[str, Any] = {
        "holder": place.id(f"actor:{name}"),
        "issuer": "https://staff.example",
        "subject": f"{place.prefix}newcomer",
        "principal_kind": PrincipalKind.STAFF,
        "role": Role.WING_OFFICER,
        "organisation": "HMPPS",
        "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=100),
        "proposed_by": actor("admin"),
        "proposer_organisation": "HMPPS",
        "needs_second": True,
    }
    return Assignment(id=place.id(name), jurisdiction=place.jurisdiction, prison=place.prison, **{**given, **more})
