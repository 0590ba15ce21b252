"""Every sample of a message in the estate's own material goes through the service's consumer: it is followed, or
acknowledged by rule, and none of them waits. A table tells what was done with each (`pytest -rP` shows it)."""

import json
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest

from domain.movements.inbox import EventTaken
from domain.people.record import Person
from tests.api.test_event_payloads import EVENTS, PAYLOADS, WHOLE, needed, wrapped
from tests.http.prison_events import Line, consumer
from tests.http.stores import MEMORY_FIRST
from tests.http.world import World

pytestmark = pytest.mark.parametrize("world", MEMORY_FIRST, indirect=True)

ALL = EVENTS.parent
NOT_OF_THE_TOPIC = {
    "integration-api.command-message.json": "a command to a service that is its own queue's owner: this one has none",
}
"""Samples that look like messages and never come by the topic of events, with why."""


def samples() -> list[Path]:
    """Every file of the material that is a message or the body of one, wherever it lies."""
    found = [path for path in ALL.rglob("*.json") if "openapi" not in path.parts and "schemas" not in path.parts]
    return sorted(path for path in found if _is_message(json.loads(path.read_text())))


def _is_message(read: Any) -> bool:
    return isinstance(read, dict) and bool({"eventType", "MessageAttributes", "additionalInformation"} & read.keys())


def message(path: Path) -> str:
    """As the queue hands it out."""
    read = json.loads(path.read_text())
    if "MessageAttributes" in read:  # several of the estate's samples have one and the same id
        return json.dumps(read | {"MessageId": str(uuid5(NAMESPACE_URL, str(path)))})
    return wrapped(path, path.stem if path in PAYLOADS else read.get("eventType"))


async def test_each_sample_is_followed_or_acknowledged(world: World) -> None:
    """Whoever is in them is known to nobody here, so nothing changes; and of each its type and what came of it is kept.
    A message that could not be read would wait."""
    needed(PAYLOADS[0] if PAYLOADS else None)
    found = samples()
    assert {path for path in found if EVENTS in path.parents} == {*PAYLOADS, *WHOLE}, "no sample lies elsewhere"
    people = await world.records(Person)
    table: list[tuple[str, str, str]] = []
    for path in found:
        name = str(path.relative_to(ALL))
        if path.name in NOT_OF_THE_TOPIC:
            table.append((name, "-", NOT_OF_THE_TOPIC[path.name]))
            continue
        before = {each.id for each in await world.records(EventTaken)}
        line = Line([message(path)])
        await consumer(world, line).once()
        new = [each for each in await world.records(EventTaken) if each.id not in before]
        assert (line.waits, line.put_off, len(new)) == ([], [], 1), name
        table.append((name, new[0].type, new[0].followed.value))
    wide = max(len(name) for name, _, _ in table)
    print(*(f"{name:{wide}}  {done:14} {type}" for name, type, done in table), sep="\n")
    assert {done for _, type, done in table if type != "-"} == {"NOT_KNOWN", "NOTHING_TO_DO"}
    assert await world.records(Person) == people
