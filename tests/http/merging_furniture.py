"""What the service found in each prison's data, and merges of two numbers."""

from collections.abc import Iterator
from typing import Any

from domain.confidentiality.record import Record
from domain.kernel.ids import MovementReviewId, PersonMergeId
from domain.people.merges import MergeState, PersonMerge
from domain.people.reviews import ASKS, MovementReview, ReviewKind
from tests.http.cast import START
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
            state=state,
            doubted_by=None if state is MergeState.JOINED else place.id("actor:somebody"),
        )


def _number(place: Any, name: str) -> str:
    return f"X{place.id(name).int % 10_000:04d}XX"
