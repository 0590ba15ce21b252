"""What is recorded of a supporter and who may see it, read off the marks of the fields and the table of the policy, so
that it cannot be otherwise than the service does (issue C 10).

He is told of the records that he may read himself, and in them of the classes that he sees: that there may be others of
which nothing is told is said to everybody in the same words, and so to nobody in particular.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.care import roster
from domain.care.load import Asked, asked
from domain.confidentiality.about import ABOUT
from domain.confidentiality.classification import Classification
from domain.confidentiality.disclosure import NEVER, View, mask
from domain.confidentiality.grants import GRANTS
from domain.confidentiality.record import KINDS, Record
from domain.confidentiality.roles import IN_CUSTODY, Role
from domain.confidentiality.verbs import Verb
from domain.confidentiality.within import Within
from domain.kernel.days import local_day, zone_of
from domain.pay.entries import PayEntry
from domain.schemes.made import terms_of
from domain.schemes.sheet import Load
from domain.supporters.record import Supporter
from domain.training.practice import SignOff

WEEKS: Final = 12
"""Of his pay so many weeks are told here, the newest first."""
_BESIDES: Final = frozenset({"id", "version", "scheme", "jurisdiction", "prison", "organisation"})
"""What says where a record is, and nothing of him."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Members of one class in one kind of record, and the roles that may see them."""

    kind: str
    held: Classification
    members: tuple[str, ...]
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """What is told him: himself, his pay by the week, who signed for what he can do, and how much the rota asks of him
    within which limits."""

    supporter: View[Supporter]
    pay: tuple[View[PayEntry], ...]
    signed: tuple[View[SignOff], ...]
    asked: Asked
    limits: Load


def reads() -> Mapping[str, frozenset[Classification]]:
    """The kinds of record about a supporter that a person in custody may read as his own, and the classes that he sees
    of each."""
    found: dict[str, frozenset[Classification]] = {}
    for grant in GRANTS:
        if grant.role not in IN_CUSTODY or grant.within not in (Within.OWN_PERSON, Within.OWN_PERSON_TOLD):
            continue
        for verb in grant.may:
            kind = KINDS.get(ABOUT[verb].kind or "")
            if _read(verb) and kind is not None and _about_a_supporter(kind):
                found[kind.shape.kind] = found.get(kind.shape.kind, frozenset()) | grant.sees
    return found


def _read(verb: Verb) -> bool:
    return verb.value.startswith("READ_") and ABOUT[verb].shows


def _about_a_supporter(kind: type[Record]) -> bool:
    """Whether it is about somebody as a supporter: himself, or what names him as both person and supporter. An
    enrolment names a learner and his mentor, who are two."""
    fields = kind.shape.fields
    return kind is Supporter or ("person" in fields and "supporter" in fields and "supporter_person" not in fields)


def who_sees() -> Iterator[Seen]:
    """Each class of each of these records, and who besides himself may see it."""
    for name, sees in sorted(reads().items()):
        kind = KINDS[name]
        shown = [n for n in mask(kind, sees)[0] if n in kind.shape.fields and n not in _BESIDES and n not in NEVER]
        for held in Classification:
            members = tuple(n for n in shown if kind.shape.fields[n].mark.classification is held)
            if members:
                yield Seen(name, held, members, _roles(name, held))


def _roles(kind: str, held: Classification) -> tuple[Role, ...]:
    may = {
        g.role
        for g in GRANTS
        if held in g.sees and g.role not in IN_CUSTODY and any(_read(v) and ABOUT[v].kind == kind for v in g.may)
    }
    return tuple(role for role in Role if role in may)


async def own(begin: Begin, id: UUID) -> Own:
    """His own record, pay, sign-offs and load. The load is the published rota's alone: no contact moves it (rule 9)."""
    async with begin(Verb.READ_OWN_RECORD) as act:
        supporter = await act.fetch(Supporter, id)
        paid = await looking.every(act, PayEntry, {"supporter": supporter.id}, order="week_of")
        latest = tuple(act.disclose(entry) for entry in paid[-WEEKS:])
        signed = await looking.every(act, SignOff, {"supporter": supporter.id})
        return Own(
            act.disclose(supporter),
            latest[::-1],
            tuple(act.disclose(each) for each in signed),
            await _asked(act, supporter),
            (await terms_of(act, supporter)).load,
        )


async def _asked(act: Act, of: Supporter) -> Asked:
    shifts = map(roster.shift_of, await roster.of_supporter(act, of.id))
    return asked(shifts, local_day(of, act.now), zone_of(of.jurisdiction).key)
