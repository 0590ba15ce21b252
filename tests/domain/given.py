"""Records of any kind, made from the types of their fields: plain ones, ones full of canaries, and generated ones."""

import types
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, Final, NewType, Union, get_args, get_origin
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st

from domain.confidentiality.principal import Principal, PrincipalKind
from domain.confidentiality.record import Record
from domain.confidentiality.roles import Role
from domain.confidentiality.viewer import Viewer
from domain.kernel.ids import ActorId, AssignmentId
from tests.domain.world import NOW

FEW: Final = settings(max_examples=50, deadline=None)
"""Enough examples to meet every branch, few enough for a suite of seconds."""
SOME_ID: Final = UUID("11111111-1111-4111-8111-111111111111")


def plain(hint: Any) -> Any:
    """The type without None, and without its own name for an id."""
    if get_origin(hint) in (Union, types.UnionType):
        return plain(next(a for a in get_args(hint) if a is not type(None)))
    while isinstance(hint, NewType):
        hint = hint.__supertype__  # type: ignore[attr-defined]
    return hint


def value_of(hint: Any, text: str) -> Any:
    """A value of the type that is not empty; every text in it is `text`."""
    hint = plain(hint)
    if get_origin(hint) is tuple:
        return (value_of(get_args(hint)[0], text),)
    if get_origin(hint) is dict:
        return {text: text}
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return next(iter(hint))
    values = {UUID: SOME_ID, str: text, bool: True, int: 3, date: NOW.date(), datetime: NOW}
    return values[hint]


def sample(kind: type[Record], text: str = "text", **given: Any) -> Any:
    """A record of this kind with something in every field. Each text is `text`, a hyphen, and the name of its field."""
    values = {f.name: value_of(f.type, f"{text}-{f.name}") for f in kind.shape.fields.values()}
    return kind(**{**values, "version": 1, **given})  # type: ignore[call-arg]


# Few values, so that what a viewer knows and what a record holds often meet.
IDS: Final = tuple(UUID(int=n, version=4) for n in range(1, 4))
WORDS: Final = ("EW", "IE", "MDI", "LEI", "B", "SAMARITANS")
INSTANTS: Final = tuple(NOW + timedelta(seconds=s) for s in (-3600, -1, 0, 1, 3600))


def _strategy(hint: Any) -> st.SearchStrategy[Any]:
    empty = get_origin(hint) in (Union, types.UnionType)
    hint = plain(hint)
    if get_origin(hint) is tuple:
        made: st.SearchStrategy[Any] = st.lists(_strategy(get_args(hint)[0]), max_size=2).map(tuple)
    elif get_origin(hint) is dict:
        made = st.just({})
    elif isinstance(hint, type) and issubclass(hint, StrEnum):
        made = st.sampled_from(list(hint))
    else:
        made = {
            UUID: st.sampled_from(IDS),
            str: st.sampled_from(WORDS),
            bool: st.booleans(),
            int: st.integers(0, 5),
            date: st.sampled_from([t.date() for t in INSTANTS]),
            datetime: st.sampled_from(INSTANTS),
        }[hint]
    return st.none() | made if empty else made


@cache
def records(kind: type[Record]) -> st.SearchStrategy[Any]:
    """Records of this kind."""
    return st.builds(kind, **{f.name: _strategy(f.type) for f in kind.shape.fields.values()})


_FACTS: Final = {
    "jurisdictions": ("EW", "IE"),
    "prisons": ("MDI", "LEI"),
    "wings": ("B", "MDI"),
    "organisations": ("SAMARITANS", "EW"),
    "schemes": IDS,
    "persons": IDS,
    "authors": IDS,
}


def _facts(values: tuple[Any, ...], *, unbounded: bool) -> st.SearchStrategy[frozenset[object] | None]:
    some = st.frozensets(st.sampled_from(values))
    return st.none() | some if unbounded else some


@cache
def viewers(role: Role = Role.COORDINATOR) -> st.SearchStrategy[Viewer]:
    """Viewers in one role, whose facts are any."""
    facts = st.fixed_dictionaries(
        {},
        optional={n: _facts(v, unbounded=n in ("prisons", "schemes")) for n, v in _FACTS.items()},
    )
    principal = Principal("https://issuer.example", "somebody", PrincipalKind.STAFF)
    return facts.map(
        lambda f: Viewer(ActorId(IDS[0]), principal, role, AssignmentId(IDS[1]), MappingProxyType(dict(f)))
    )


@cache
def instants() -> st.SearchStrategy[datetime]:
    """Instants around now, and any other in forty years."""
    anywhere = st.datetimes(datetime(2020, 1, 1), datetime(2060, 1, 1))  # noqa: DTZ001  (hypothesis wants them bare)
    return st.sampled_from(INSTANTS) | anywhere.map(lambda t: t.replace(tzinfo=UTC))
