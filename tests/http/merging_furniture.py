"""What the service found in each prison's data, and merges of two numbers."""

import json
from collections.abc import Iterator
from typing import Any

from domain.confidentiality.record import Record
from domain.kernel.ids import MovementReviewId, PersonMergeId
from domain.kernel.words import JURISDICTIONS
from domain.people.merges import MergeState, PersonMerge
from domain.people.reviews import ASKS, MovementReview, ReviewKind
from tests.http.cast import START, uid
from tests.http.registers_furniture import TODAY


def records(place: Any) -> Iterator[Record]:
    """One of each, in each state in which something may be done."""
    where = {"jurisdiction": place.jurisdiction, "prison": place.prison}
    yield MovementReview(
        id=MovementReviewId(place.id("movement-review")),
        **where,
        scheme=place.id("scheme:shannon"),
        kind=ReviewKind.ARRIVED,
        asks=ASKS[ReviewKind.ARRIVED],
        person=place.id("person:moved"),
        supporter=place.id("supporter:moved"),
        raised_on=TODAY,
    )
    for name, state in (("person-merge", MergeState.JOINED), ("person-merge:doubted", MergeState.DOUBTED)):
        yield PersonMerge(
            id=PersonMergeId(place.id(name)),
            **where,
            removed=_number(place, name),
            survivor=_number(place, f"{name}:survivor"),
            occurred_at=START,
            merged_at=START,
            undo=put_back(place.jurisdiction, place.prison, _number(place, name), "Made Up"),
            state=state,
            doubted_by=None if state is MergeState.JOINED else place.id("actor:somebody"),
        )


def put_back(jurisdiction: str, prison: str, number: str, name: str) -> str:
    """What an act of merging keeps for the day on which it is taken back: somebody as he was."""
    id = str(uid(f"put-back:{number}:{name}"))
    known = {"id": id, "person": id, "jurisdiction": jurisdiction, "prison": prison, "name": name}
    kind = JURISDICTIONS[jurisdiction].identifier_kind
    return json.dumps({"person": {**known, "identifier_kind": kind, "identifier": number}, "reviews": []})


def _number(place: Any, name: str) -> str:
    return f"X{place.id(name).int % 10_000:04d}XX"
