"""Messages that are not as their producer's document has them."""

import json
from typing import Any

import pytest

from api.messages.reading import read
from domain.movements.event import What


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
