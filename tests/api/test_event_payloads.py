"""Every example of an event that the estate publishes is read, or acknowledged by rule (`../shared` beside the project
has them, where it is there: none of them is copied)."""

import json
import os
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest

from api.messages.reading import TOLD, read
from domain.kernel.errors import Unreadable
from domain.movements.event import PrisonEvent, What

EVENTS = Path(__file__).parents[3] / "shared" / "reference" / "hmpps-data" / "events"
PAYLOADS = sorted((EVENTS / "payload").glob("*.json"))
WHOLE = sorted((EVENTS / "sns-envelope").glob("*.json"))


def _there(found: list[Path]) -> list[Any]:
    return [pytest.param(path, id=path.stem) for path in found] or [pytest.param(None, id="none")]


def needed(path: Path | None) -> Path:
    """A sample; without any the test is left out, or fails where all is required."""
    if path is None:
        if os.environ.get("REQUIRE") == "all":
            pytest.fail("REQUIRE=all, and the estate's examples of events are missing")
        pytest.skip("the estate's examples of events are missing")
    return path


def wrapped(path: Path, type: str | None = None) -> str:
    """As SNS sends it: the type is an attribute, for some bodies have none, or another. Their file is named by it."""
    attributes = {"eventType": {"Type": "String", "Value": type or path.stem}}
    envelope = {
        "Type": "Notification",
        "MessageId": str(uuid5(NAMESPACE_URL, path.name)),
        "Message": path.read_text(),
    }
    return json.dumps(envelope | {"Timestamp": "2024-10-10T09:52:18.824Z", "MessageAttributes": attributes})


def _is_whole(event: PrisonEvent) -> bool:
    """What something follows from says of whom; the rest says its type."""
    return event.number is not None if event.what is not What.NOTHING else bool(event.type)


@pytest.mark.parametrize("path", _there(PAYLOADS))
def test_an_example_of_the_estate_is_read(path: Path | None) -> None:
    """As its producer publishes it: numbers as text, instants without a zone, versions of any sort."""
    found = needed(path)
    event = read(wrapped(found))
    assert event.type == found.stem
    more = json.loads(found.read_text()).get("additionalInformation", {})
    changed = more.get("categoriesChanged")
    expected = TOLD.get(found.stem, What.NOTHING)
    if expected is What.UPDATED and changed and not {"LOCATION", "STATUS", "RESTRICTED_PATIENT"} & set(changed):
        expected = What.NOTHING
    if expected is What.NON_ASSOCIATION and more.get("expiryDate"):
        expected = What.NOTHING  # its example is of one that is ended
    assert event.what is expected
    assert _is_whole(event)


@pytest.mark.parametrize("path", _there(WHOLE))
def test_a_whole_notification_of_the_estate_is_read(path: Path | None) -> None:
    """The attribute says the type, where body and attribute differ."""
    found = json.loads(needed(path).read_text())
    event = read(json.dumps(found))
    assert event.type == found["MessageAttributes"]["eventType"]["Value"]
    assert str(event.id) == found["MessageId"]
    assert _is_whole(event)


def test_most_types_that_something_follows_from_have_an_example() -> None:
    """So that the tests above are not of nothing: received, released, merged, alerts, non-associations, incentives."""
    if not PAYLOADS:
        needed(None)
    read_here = {read(wrapped(path)).what for path in PAYLOADS} | {read(path.read_text()).what for path in WHOLE}
    assert read_here >= set(What) - {What.UPDATED, What.BOOKING_MOVED}


@pytest.mark.parametrize("number", ["A1234BCD", "A\u0661\u0662\u0663\u0664BC", "", None, 1234])
def test_what_is_no_number_names_nobody(number: object) -> None:
    """Digits of another script look like a number to a pattern that is not told better, and are none."""
    event = {"eventType": "prisoner-offender-search.prisoner.updated", "occurredAt": "2024-10-10T09:52:18Z"}
    with pytest.raises(Unreadable) as wrong:
        read(json.dumps({**event, "additionalInformation": {"nomsNumber": number}}))
    assert [each.code for each in wrong.value.failures] == ["MESSAGE_NAMES_NOBODY"]
