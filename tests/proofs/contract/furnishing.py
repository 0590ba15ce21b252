"""What these proofs add to the furnished world, so that every operation of every role has a record to be done on."""

import dataclasses
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from domain.care.debriefs import Debrief
from domain.care.postvention import PostventionTask
from domain.care.supervision import Supervision, SupervisionTalk
from domain.care.wellbeing import WellbeingCheck
from domain.confidentiality.grants import GRANTS
from domain.confidentiality.record import Record
from domain.feedback.record import Feedback
from domain.metrics.record import Figure
from domain.metrics.series import LAYOUTS, Series
from domain.oversight.record import Job, JobKind
from domain.packs.exporting import EXPORTED
from domain.schemes.kinds import INSIDERS
from domain.sessions.appointments import PlannedAppointment
from domain.sessions.codes import Need
from domain.sessions.group_places import GroupPlace
from domain.sessions.request import RequestState
from domain.sessions.support import SupportRecord
from domain.supporters.record import Standing
from tests.http import furniture
from tests.http.care_furniture import care
from tests.http.cast import CAST, START, actor, assignment, person, uid
from tests.http.furniture import MOORLAND
from tests.http.world import World

CASELOADS = {name: frozenset({m.prison}) for name, m in CAST.items() if m.prison is not None and m.number is None}
"""The estate says of every member of staff that he works where his assignment is."""
_HEARD = Supervision | SupervisionTalk | Debrief | WellbeingCheck | PostventionTask


def records() -> Iterator[Record]:
    """Beside `furniture.records()`."""
    for state in (RequestState.OFFERED, RequestState.ACCEPTED, RequestState.IN_PROGRESS):
        yield furniture.request(
            MOORLAND,
            f"request:open-policy:{state.value.lower()}",
            state,
            scheme=uid("scheme:insiders"),
            organisation=INSIDERS.partner,
            closed=False,
            need=Need.INDUCTION,
            offered_to=uid("supporter:paused"),  # so that the one who is active can be asked
        )
    for standing in (Standing.APPLIED, Standing.ACCEPTED, Standing.IN_TRAINING, Standing.PROBATION, Standing.PAUSED):
        name = f"supporter:shannon:{standing.value.lower()}"
        yield furniture.supporter(MOORLAND, name, "scheme:shannon", name, standing)
    yield from _applications()
    yield from _supervised_by_the_prison()
    (feedback,) = [r for r in furniture.records() if isinstance(r, Feedback) and r.id == uid("feedback")]
    shannon: dict[str, Any] = {"scheme": uid("scheme:shannon"), "organisation": "SHANNON_TRUST"}
    yield dataclasses.replace(feedback, id=uid("feedback:shannon"), **shannon)
    for kind in (SupportRecord, GroupPlace, PlannedAppointment):
        helped = next(r for r in furniture.records() if isinstance(r, kind))
        his: dict[str, Any] = {"id": uid(f"{helped.shape.kind}:arthur"), "person": person("arthur")}
        yield dataclasses.replace(helped, **his)
    (figure,) = [r for r in furniture.records() if isinstance(r, Figure) and r.id == uid("figure")]
    told: dict[str, Any] = {"words": LAYOUTS[Series.SESSIONS].words, "told": (60, 20, 10, 90)}
    yield dataclasses.replace(figure, id=uid("figure:shannon"), series=Series.SESSIONS, **shannon, **told)  # type: ignore[arg-type]
    yield from _made()


def _made() -> Iterator[Record]:
    """What each role had made that may have anything made: one that waits, and one of each kind that is fetched. What a
    role may not have made is refused to it, even so."""
    there: dict[UUID, Job] = {r.id: r for r in furniture.records() if isinstance(r, Job)}
    for maker in ("coordinator", "governor", "inspector", "evaluator", "imb", "ombudsman", "headquarters"):
        role = CAST[maker].role
        by = [(e, g.rule) for e, (_, verb) in EXPORTED.items() for g in GRANTS if g.role is role and verb in g.may]
        for name in ("evaluation", "evidence", "chronology", "export"):
            his: dict[str, Any] = {"id": uid(f"job:{maker}:{name}"), "author": actor(maker)}
            if name == "export" and by:
                his |= {"scheme": uid("scheme:shannon"), "exported": by[0][0], "rule": by[0][1]}
            yield dataclasses.replace(there[uid(f"job:{name}")], **his)
        yield Job(
            id=uid(f"job:{maker}"),  # type: ignore[arg-type]
            author=actor(maker),
            jurisdiction="EW",
            prison="MDI",
            kind=JobKind.SCHEME_SUMMARY,
            scheme=uid("scheme:shannon"),  # type: ignore[arg-type]
            made_at=START,
        )


def _applications() -> Iterator[Record]:
    """Of a man who is no supporter: one application that waits, and one that was refused."""
    there = {r.id: r for r in furniture.records()}
    for name, application in (("applied", "application"), ("rejected", "application:rejected")):
        his: dict[str, Any] = {"person": person("arthur")}
        one = dataclasses.replace(there[uid(f"supporter:{name}")], id=uid(f"supporter:arthur:{name}"), **his)  # type: ignore[type-var]
        yield one
        about = {"supporter": one.id, **his}
        yield dataclasses.replace(there[uid(application)], id=uid(f"application:arthur:{name}"), **about)  # type: ignore[type-var]


def _supervised_by_the_prison() -> Iterator[Record]:
    """What the coordinator himself hears of a supporter of a scheme that no partner runs."""
    his: dict[str, Any] = {
        "scheme": uid("scheme:insiders"),
        "organisation": INSIDERS.partner,
        "supporter": uid("supporter:insider"),
        "person": person("insider"),
        "supervisor": actor("coordinator"),
    }
    there = [r for r in care(MOORLAND) if isinstance(r, _HEARD)]
    ids = {r.id: uid(f"by-the-prison:{r.id}") for r in there}
    for heard in there:
        links = {n: ids[getattr(heard, n)] for n in ("supervision",) if hasattr(heard, n)}
        by = {"assignment": assignment("coordinator")} if isinstance(heard, Supervision) else {}
        yield dataclasses.replace(heard, id=ids[heard.id], **his, **links, **by)  # type: ignore[type-var]


async def furnish(world: World) -> None:
    """The records, and what only the service itself makes: a declared duty, and an open watch of the officer's own."""
    await world.keep(records())
    world.stage.caseloads = dict(CASELOADS)
    duty = await world.officer.post("/v1/duty-declarations", {"prison": "MDI", "wings": ["MDI-A"]})
    assert duty.status_code == 201, duty.text
    watch = await world.officer.post("/v1/board/watches", {"prison": "MDI"})
    assert watch.status_code == 201, watch.text
