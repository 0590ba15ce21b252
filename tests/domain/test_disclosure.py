"""The only way out: what is shown, what is withheld, and what a tag tells."""

import copy
import dataclasses
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.confidentiality.classification import EVERYTHING, Classification
from domain.confidentiality.disclosure import NEVER, View, disclose, mask, tagger
from domain.confidentiality.grants import GRANTS
from domain.confidentiality.record import KINDS, Record
from domain.kernel.ids import ActorId
from tests.domain.given import FEW, IDS, records, sample
from tests.domain.world import NOW

OPEN = frozenset({Classification.OPEN})
TAG = tagger(b"a key")
ONE, TWO = ActorId(IDS[0]), ActorId(IDS[1])
KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
SIGHTS = [*sorted({g.sees for g in GRANTS}, key=sorted), EVERYTHING, frozenset()]


def test_nothing_but_disclosure_makes_a_view() -> None:
    """A view cannot be made by hand, nor out of another one: only a record that passed through the mask is a view."""
    record = sample(KINDS["supporter"])
    view = disclose(record, OPEN)
    for attempt in (
        lambda: View(type(record), record.id, {"name": "shown"}, ()),
        lambda: View(type(record), record.id, {"name": "shown"}, (), object()),
        lambda: dataclasses.replace(view, values={"name": "shown"}, withheld=()),
    ):
        with pytest.raises(TypeError, match="only disclosure"):
            attempt()
    with pytest.raises(TypeError):
        view.values["name"] = "shown"  # type: ignore[index]
    with pytest.raises(dataclasses.FrozenInstanceError):
        view.withheld = ()  # type: ignore[misc]
    assert copy.copy(view).values["name"] is None


@KIND
@pytest.mark.parametrize("sees", SIGHTS, ids=lambda s: "+".join(sorted(s)) or "nothing")
def test_what_is_withheld_is_named_and_empty(kind: type[Record], sees: frozenset[Classification]) -> None:
    """Every member is in the view: a field seen with its value, what is derived as of the instant, or named as withheld
    and None. What is for the rules alone is in none."""
    record = sample(kind)
    view = disclose(record, sees, NOW)
    assert set(view.values) == set(kind.shape.members) - NEVER
    for name, value in view.values.items():
        seen = kind.shape.members[name].mark.classification in sees
        assert (name in view.withheld) is not seen
        held = getattr(record, name) if name in kind.shape.fields else getattr(record, name)(NOW)
        assert value == (held if seen else None)
    assert (view.kind, view.id) == (kind, record.id)
    assert {"version", "away"} == NEVER


@FEW
@given(data=st.data(), kind=st.sampled_from(list(KINDS.values())))
def test_the_mask_depends_on_the_grant_and_the_kind_alone(data: st.DataObject, kind: type[Record]) -> None:
    """Two records of a kind, however different, have the same fields withheld: the mask tells nothing of either."""
    sees = data.draw(st.sampled_from(SIGHTS))
    one, two = data.draw(records(kind)), data.draw(records(kind))
    assert disclose(one, sees, NOW).withheld == disclose(two, sees, NOW).withheld == mask(kind, sees)[1]


@FEW
@given(data=st.data(), kind=st.sampled_from(list(KINDS.values())))
def test_a_tag_moves_if_and_only_if_something_seen_does(data: st.DataObject, kind: type[Record]) -> None:
    """Two states of a record have one tag for a viewer exactly when he sees no difference between them."""
    sees = data.draw(st.sampled_from(SIGHTS))
    one, other = data.draw(records(kind)), data.draw(records(kind))
    two: Any = dataclasses.replace(
        one, **{n: getattr(other, n) for n in data.draw(st.sets(st.sampled_from(_names(kind))))}
    )
    before, after = disclose(one, sees, NOW), disclose(two, sees, NOW)
    assert (TAG(before, ONE) == TAG(after, ONE)) is (before.values == after.values)


def _names(kind: type[Record]) -> list[str]:
    return sorted(kind.shape.fields)


@KIND
def test_each_field_that_is_seen_moves_the_tag(kind: type[Record]) -> None:
    """There is no field that a viewer sees and whose change he could overwrite unawares, and none that he does not see
    and whose change his tag would tell."""
    record = sample(kind)
    for name in set(kind.shape.fields) - NEVER:
        changed: Any = dataclasses.replace(record, **{name: _other(getattr(record, name))})
        for sees in SIGHTS:
            seen = kind.shape.fields[name].mark.classification in sees or _told_by_its_day(kind, name, sees)
            moved = TAG(disclose(record, sees, NOW), ONE) != TAG(disclose(changed, sees, NOW), ONE)
            assert moved is seen, name


DAYS = {("breach", "aware_at"): "aware_on"}
"""By an instant that few see: the day of it, which is worked out and more see."""


def _told_by_its_day(kind: type[Record], name: str, sees: frozenset[Classification]) -> bool:
    day = DAYS.get((kind.shape.kind, name))
    return day is not None and kind.shape.derived[day].mark.classification in sees


def _other(value: Any) -> Any:
    match value:
        case bool():
            return not value
        case tuple():
            return (*value, *value)
        case int():
            return value + 1
        case StrEnum():
            return next((word for word in type(value) if word is not value), None)
        case datetime() | date():
            return value + timedelta(days=1)
        case UUID():
            return UUID(int=value.int ^ 1 << 100)
        case _:
            return None


def test_the_version_moves_no_tag() -> None:
    """A change of the version alone is a change that the viewer may not see."""
    record = sample(KINDS["supporter"])
    later: Any = dataclasses.replace(record, version=9)
    assert TAG(disclose(record, EVERYTHING), ONE) == TAG(disclose(later, EVERYTHING), ONE)


def test_tags_of_two_viewers_cannot_be_compared() -> None:
    """The same bytes have another tag for another viewer, under another key, and of another kind."""
    view = disclose(sample(KINDS["supporter"]), OPEN)
    tags = {TAG(view, ONE), TAG(view, TWO), tagger(b"another key")(view, ONE)}
    assert len(tags) == 3
    assert TAG(view, ONE) == TAG(disclose(sample(KINDS["supporter"]), OPEN), ONE)
    assert not any(part in TAG(view, ONE) for part in map(str, view.values.values()) if len(part) > 2)


def test_neighbours_in_a_list_do_not_run_together() -> None:
    """Two lists of words that join to the same text have two tags."""
    one = sample(KINDS["supporter"], languages=("en", "cy"))
    for languages in (("en,cy",), ("en", "cy", ""), ("e", "ncy"), ("cy", "en"), ()):
        two: Any = dataclasses.replace(one, languages=languages)
        assert TAG(disclose(one, EVERYTHING), ONE) != TAG(disclose(two, EVERYTHING), ONE)
