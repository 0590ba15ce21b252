"""Tags as the service makes them, of values as the wire writes them, tell apart what tags of the domain's own do."""

import dataclasses
from datetime import timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api import wire
from domain.confidentiality.classification import EVERYTHING
from domain.confidentiality.disclosure import disclose, tagger
from domain.confidentiality.record import Record
from domain.kernel.ids import ActorId
from domain.records import KINDS
from tests.domain.given import FEW, IDS, records, sample
from tests.domain.world import NOW

TAG, ACTOR = tagger(b"a key", wire.exact), ActorId(IDS[0])


def _tag(record: Record) -> str:
    return TAG(disclose(record, EVERYTHING, NOW), ACTOR)


@FEW
@given(data=st.data(), kind=st.sampled_from(list(KINDS.values())))
def test_a_tag_moves_if_and_only_if_something_seen_does(data: st.DataObject, kind: type[Record]) -> None:
    """Two states of a record have one tag exactly when they show no difference, to the microsecond."""
    one, other = data.draw(records(kind)), data.draw(records(kind))
    names = data.draw(st.sets(st.sampled_from(sorted(kind.shape.fields))))
    two: Any = dataclasses.replace(one, **{n: getattr(other, n) for n in names})
    shown = [disclose(record, EVERYTHING, NOW).values for record in (one, two)]
    assert (_tag(one) == _tag(two)) is (shown[0] == shown[1])


@pytest.mark.parametrize("languages", [("en,cy",), ("en", "cy", ""), ("e", "ncy"), ("cy", "en"), (), ('en","cy',)])
def test_neighbours_in_a_list_do_not_run_together(languages: tuple[str, ...]) -> None:
    """Two lists of words that join to the same text have two tags."""
    one = sample(KINDS["supporter"], languages=("en", "cy"))
    two: Any = dataclasses.replace(one, languages=languages)
    assert _tag(one) != _tag(two)


def test_an_instant_is_the_same_in_every_zone() -> None:
    """A database that writes it in another zone makes no other record of it; a microsecond does."""
    one = sample(KINDS["request"], asked_at=NOW)
    there: Any = dataclasses.replace(one, asked_at=NOW.astimezone(timezone(timedelta(hours=5))))
    later: Any = dataclasses.replace(one, asked_at=NOW + timedelta(microseconds=1))
    assert _tag(one) == _tag(there) != _tag(later)
