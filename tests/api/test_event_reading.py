"""Whatever lies in the queue is read as an event, or said to be unreadable: no third thing, which would hold up the
others of its batch."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.messages.reading import LARGEST, TOLD, read
from domain.kernel.errors import Unreadable
from domain.movements.event import PrisonEvent, What

_NAMES = st.sampled_from(
    [
        *("Type", "MessageId", "Message", "MessageAttributes", "Timestamp", "eventType", "Value", "occurredAt"),
        *("publishedAt", "additionalInformation", "personReference", "identifiers", "type", "value", "nomsNumber"),
        *("removedNomsNumber", "movedToNomsNumber", "movedFromNomsNumber", "bookingStartDateTime", "prisonId"),
        *("reason", "categoriesChanged", "alertsAdded", "alertCode", "nsPrisonerNumber1", "nsPrisonerNumber2"),
    ]
)
_TEXTS = st.sampled_from(
    [
        *(*TOLD, "Notification", "SubscriptionConfirmation", "NOMS", "A1234BC", "a1234bc ", "A9999ZZ", "MDI", "OUT"),
        *("TRANSFERRED", "2026-11-23T10:00:00", "2026-11-23T10:00:00.123456789+01:00", "9999-12-31T23:59:59-23:59"),
        *("0001-01-01T00:00:00", "0001-01-01T00:00:00+23:59", "\ud800", "\x00", "LOCATION", ""),
    ]
)
_LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | _TEXTS | st.text(max_size=5)
JSON = st.recursive(
    _LEAVES, lambda more: st.lists(more, max_size=2) | st.dictionaries(_NAMES, more, max_size=4), max_leaves=6
)
BODIES = st.dictionaries(_NAMES, JSON, max_size=6)

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def notified(type: Any, inner: Any, more: dict[str, Any]) -> str:
    """A notification of this, its own members changed by `more`."""
    attributes = {"eventType": {"Type": "String", "Value": type}}
    outer = {"Type": "Notification", "MessageId": "m", "Message": json.dumps(inner), "MessageAttributes": attributes}
    return json.dumps(outer | {"Timestamp": "2026-11-23T10:00:00Z"} | more)


def is_read_or_said_to_be_unreadable(body: str, id: str = "") -> None:
    with contextlib.suppress(Unreadable):
        event = read(body, id)
        assert isinstance(event, PrisonEvent)
        assert event.at.tzinfo is not None
        assert event.what is What.NOTHING or event.number is not None


@PATIENT
@given(st.sampled_from(sorted(TOLD)), BODIES, st.dictionaries(_NAMES, JSON, max_size=2))
def test_a_notification_of_anything(type: str, inner: Any, more: dict[str, Any]) -> None:
    """Of a type from which something follows, with whatever stands in it."""
    is_read_or_said_to_be_unreadable(notified(type, inner, more))


@PATIENT
@given(JSON | BODIES)
def test_anything_that_is_json(found: Any) -> None:
    """An event in no envelope, or what is none."""
    is_read_or_said_to_be_unreadable(json.dumps(found))


@PATIENT
@given(st.text() | st.text(alphabet='{}[]",:\\u0d8e1'), st.text())
def test_anything_at_all(body: str, id: str) -> None:
    """Text."""
    is_read_or_said_to_be_unreadable(body, id)


@pytest.mark.parametrize("body", ["\ud800", '{"a": "' + "\ud800" + '"}', "{" * 200_000, "9" * 10_000])
def test_what_no_text_should_hold(body: str) -> None:
    """Half a pair of surrogates, a hundred thousand brackets, a number of ten thousand digits."""
    with pytest.raises(Unreadable):
        read(body, "\ud800")


def test_a_message_of_the_most_that_a_queue_takes_is_read() -> None:
    """And one byte more is not."""
    bare = notified("some.other.event", {}, {"Subject": ""})
    whole = notified("some.other.event", {}, {"Subject": "x" * (LARGEST - len(bare))})
    assert read(whole).what is What.NOTHING
    with pytest.raises(Unreadable):
        read(whole + " ")


@pytest.mark.parametrize("body", [{"MessageId": "\ud800"}, {"MessageId": "\ud800", "more": "\udfff"}])
@pytest.mark.parametrize("ascii_", [True, False])
def test_half_of_a_sign_is_read(body: dict[str, Any], ascii_: bool) -> None:
    """Of a pair that stands for one sign one half alone is no text, and may come all the same: it has an id, always the
    same, and its neighbours in the batch are not held up."""
    outer = {"Message": "{}", "Timestamp": "2026-11-24T09:00:00Z", **body}
    outer["MessageAttributes"] = {"eventType": {"Type": "String", "Value": "a.b"}}
    text = json.dumps(outer, ensure_ascii=ascii_)
    assert read(text).what is What.NOTHING
    assert read(text).id == read(text).id
