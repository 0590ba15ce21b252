"""The stories that the tests tell over HTTP, step by step, each step by whom it is for."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx

from domain.confidentiality.entry import Entry, Outcome
from domain.schemes.record import Scheme
from tests.http.cast import CAST
from tests.http.world import Voice, World, actor_of
from tests.plans import plans_of

NIGHT = datetime(2027, 1, 6, 2, 10, tzinfo=UTC)
"""Ten past two, on a Wednesday in January."""
LISTENING = [
    "LISTENING",
    "BOUNDARIES",
    "CONFIDENTIALITY",
    "SUICIDE_AND_SELF_HARM",
    "SAFEGUARDING",
    "LOOKING_AFTER_YOURSELF",
]
TALLY = {"month": "2027-01", "part": "NIGHT", "duration": "FROM_30_TO_60", "concerns": ["FAMILY"]}
ASK = {
    "need": "EMOTIONAL",
    "channel": "CELL_BELL",
    "urgency": "NOW",
    "wing": "MDI-A",
    "prison": "MDI",
    "cell": "A-1-012",
    "recipient": "Quincy Quagmire",
    "language": "cy",
}


async def moved(voice: Voice, path: str, action: str, body: Any = None, **more: Any) -> httpx.Response:
    """Read the record, then move it."""
    return await voice.post(f"{path}/{action}", body, tag=await voice.tag(path), **more)


async def led_by(voice: Voice, scheme: str, assignment: UUID | None) -> httpx.Response:
    """Read the scheme, then say by whose assignment its supervision is led."""
    body = {"assignment": None if assignment is None else str(assignment)}
    return await voice.send("PUT", f"{scheme}/supervision-lead", body=body, tag=await voice.tag(scheme))


async def done(voice: Voice, path: str, action: str, body: Any = None, **more: Any) -> dict[str, Any]:
    """Move it, and it is moved."""
    answer = await moved(voice, path, action, body, **more)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def scheme_begun(world: World, kind: str, **plan: Any) -> str:
    """A scheme of that kind, in draft: its path."""
    body = {"kind": kind, "name": f"The {kind.lower()} of Moorland", "prison": "MDI", **plan}
    made = await world.coordinator.post("/v1/schemes", body)
    assert made.status_code == 201, made.text
    return made.headers["location"]


async def scheme_approved(world: World, kind: str, **plan: Any) -> str:
    """A scheme of that kind, started by the coordinator and approved by the governor: its path. Its charter is there:
    who writes and signs it is told elsewhere."""
    scheme = await scheme_begun(world, kind, **plan)
    await chartered(world, scheme)
    await done(world.governor, scheme, "approve")
    return scheme


async def chartered(world: World, scheme: str) -> None:
    """It has a published charter."""
    kept = await world.record(Scheme, UUID(scheme.rpartition("/")[2]))
    await world.keep([plans_of(kept, world.now.date())["CHARTER_NOT_PUBLISHED"]])


async def suited(
    world: World, path: str, *, security: str = "security", by: str = "coordinator", outcome: str = "CLEARED"
) -> str:
    """Security clears an applicant, and the coordinator has him assessed: the prison may say yes. The assessment's
    path."""
    cleared = await world[security].post(f"{path}/clearances", {"outcome": outcome})
    assert cleared.status_code == 201, cleared.text
    assessed = await world[by].post(f"{path}/assessments", {})
    assert assessed.status_code == 201, assessed.text
    return assessed.headers["location"]


async def trained(world: World, scheme: str, who: str, partner: str, modules: list[str]) -> str:
    """A person in custody applies, is accepted by prison and partner, trained and certified: the supporter's path."""
    id = scheme.rpartition("/")[2]
    body = {"scheme": id, "wing": CAST[who].wing, "motivation": "WAS_HELPED"}
    applied = await world[who].post("/v1/supporters", body)
    assert applied.status_code == 201, applied.text
    path = applied.headers["location"]
    await suited(world, path)
    await done(world.coordinator, path, "decide", {"verdict": "YES"})
    if partner != "coordinator":
        await done(world[partner], path, "decide", {"verdict": "YES"})
    await done(world.coordinator, path, "train", {"modulesPassed": modules, "compactSigned": True})
    await watched(world, path, partner)
    await done(world[partner], path, "certify", {"certificate": f"CERT-2026-{who}"})
    await signed_off(world, path)
    return path


async def watched(world: World, path: str, by: str, contacts: int = 3) -> None:
    """Somebody watched so many contacts of his."""
    answer = await world[by].post(f"{path}/practice", {"how": "OBSERVED", "contacts": contacts})
    assert answer.status_code == 201, answer.text


async def signed_off(world: World, path: str, by: str = "safer") -> None:
    """Somebody who did not train him says that he can do it."""
    for competence in ("COMMUNICATION", "PROBLEM_SOLVING", "SPECIFIC_NEED"):
        answer = await world[by].post(f"{path}/sign-offs", {"competence": competence})
        assert answer.status_code == 201, answer.text


async def scheme_open(world: World, kind: str, partner: str, modules: list[str], *people: str) -> tuple[str, list[str]]:
    """A scheme with active supporters, open as a pilot: its path and theirs. It takes twenty-eight days."""
    plan = {"howToAsk": "Ask any officer.", "reviewOn": "2027-12-01", "supportersWanted": 4}
    scheme = await scheme_approved(world, kind, **plan)
    supporters = [await trained(world, scheme, who, partner, modules) for who in people]
    world.later(days=28)
    for path in supporters:
        await done(world.coordinator, path, "activate")
    await done(world.coordinator, scheme, "open")
    return scheme, supporters


async def listeners_open(world: World) -> tuple[str, list[str]]:
    """Listeners with two men active; then it is ten past two at night."""
    people = ("listener", "second-listener")
    made = await scheme_open(world, "LISTENERS", "samaritan", LISTENING, *people)
    world.at(NIGHT)
    return made


async def on_duty(world: World, name: str = "officer", *wings: str) -> None:
    """An officer declares duty."""
    body = {"prison": "MDI", "wings": list(wings or ("MDI-A",))}
    answer = await world[name].post("/v1/duty-declarations", body)
    assert answer.status_code == 201, answer.text


async def asked(world: World, name: str = "officer", key: str = "night-key-0001", **changes: Any) -> str:
    """Somebody asks, or it is typed for him: the request's path."""
    answer = await world[name].post("/v1/requests", {**ASK, **changes}, key=key)
    assert answer.status_code == 201, answer.text
    return answer.headers["location"]


async def met(world: World, request: str) -> dict[str, Any]:
    """Offered, declined; offered again, accepted; unlocked and completed, minutes apart."""
    await done(world.officer, request, "offer")
    world.later(minutes=5)
    await done(world.officer, request, "answer", {"accepted": False})
    await done(world.officer, request, "offer")
    world.later(minutes=7)
    await done(world.officer, request, "answer", {"accepted": True})
    world.later(minutes=12)
    await done(world.officer, request, "unlock", {"place": "LISTENER_SUITE"})
    world.later(minutes=40)
    return await done(world.officer, request, "complete")


Line = tuple[str | None, str, str, str, bool, tuple[str, ...]]


def line(entry: Entry) -> Line:
    """(who, as what, did what, how it ended, closed, kinds changed): an entry as a test speaks of it."""
    names = {actor_of(name): name for name in CAST}
    who = None if entry.actor is None else names[entry.actor]
    changed = tuple(sorted(change.kind for change in entry.changes))
    return (who, str(entry.role), str(entry.verb), str(Outcome(entry.outcome)), entry.closed, changed)


def changes(world: World, mark: int = 0) -> list[Line]:
    """The lines of acts that changed something or were handed in, in order."""
    looks = ("READ_",)
    return [line(e) for e in world.since(mark) if not str(e.verb).startswith(looks)]
