"""Whom a wing has elected to its council, and from when to when (S4; domain facts 1.9). What a council proposes, and
how it is answered, is a register of every scheme (`domain.schemes.registers.involvement`)."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.classification import Identity, Open, Operational
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import derived, record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import MandateId, PersonId, SchemeId, SupporterId
from domain.kernel.moves import require
from domain.schemes.belonging import OfScheme, made, not_closed, scheme_to_write, with_
from domain.schemes.made import terms_of
from domain.schemes.tasks import Task
from domain.supporters.availability import of_scheme, stays
from domain.supporters.record import Supporter


class MandateEnded(StrEnum):
    """Why a mandate ended before its term."""

    RESIGNED = "RESIGNED"
    VOTED_OUT = "VOTED_OUT"
    LEFT_THE_ROLE = "LEFT_THE_ROLE"
    MOVED_TO_ANOTHER_WING = "MOVED_TO_ANOTHER_WING"
    WRITTEN_DOWN_WRONGLY = "WRITTEN_DOWN_WRONGLY"


@record(kind="mandate", kept="twelve months after its term", parties=("supporter_person",))
class Mandate(OfScheme):
    """One supporter speaks for one wing, because it elected him, for a term."""

    id: Open[MandateId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    wing: Operational[str]
    """The wing that he speaks for."""
    supporter: Operational[SupporterId]
    supporter_person: Operational[PersonId]
    name: Identity[str]
    elected_on: Operational[date]
    first_on: Operational[date]
    """The first day of his term."""
    last_on: Operational[date]
    """The last day of his term."""
    ended_on: Operational[date | None] = None
    """When it ended before its term; null: it did not."""
    ended_for: Operational[MandateEnded | None] = None
    been = ("elected_on",)

    def faults(self) -> Iterator[Failure]:
        """A term has a length, and follows an election."""
        if self.last_on < self.first_on:
            yield Failure("ENDS_BEFORE_START", "/lastOn")
        if self.first_on < self.elected_on:
            yield Failure("TIMES_OUT_OF_ORDER", "/firstOn")

    @derived
    def in_office(self, now: datetime) -> Operational[bool]:
        """Whether he speaks for the wing today."""
        return self.ended_on is None and self.first_on <= local_day(self, now) <= self.last_on


async def elect(
    begin: Begin, scheme: UUID, *, supporter: UUID, wing: str, elected_on: date, first_on: date, last_on: date
) -> View[Mandate]:
    """A wing has elected somebody. Of one supporter no two terms overlap; KIND_DOES_NOT_ALLOW where supporters bring no
    proposals."""
    async with begin.serially(Verb.KEEP_MANDATE) as act:
        of = await scheme_to_write(act, scheme, Mandate)
        if not wing.startswith(f"{of.prison}-"):
            raise Unacceptable([Failure("WING_OF_ANOTHER_PRISON", "/wing")])
        who = await of_scheme(act, of.id, supporter)
        kind = await terms_of(act, of)
        his: dict[str, Any] = {"supporter": who.id, "supporter_person": who.person, "name": who.name}
        term: dict[str, Any] = {"elected_on": elected_on, "first_on": first_on, "last_on": last_on}
        new = made(act, of, Mandate, wing=wing, **his, **term)
        require(
            (Task.BRING_PROPOSALS in kind.permitted_tasks, "KIND_DOES_NOT_ALLOW"),
            *stays(act, who),
            (not any(_overlap(new, each) for each in await _of(act, who)), "HAS_A_MANDATE"),
        )
        act.keep(new)
        return act.disclose(new)


async def end(begin: Begin, id: UUID, *, seen: Tag, because: MandateEnded) -> View[Mandate]:
    """It ends before its term, with why."""
    async with begin(Verb.END_MANDATE) as act:
        was = await act.fetch(Mandate, id, seen=seen)
        require((was.ended_on is None, "ALREADY_FINISHED"), await not_closed(act, was))
        now = _ended(act, was, because)
        act.keep(now, was=was)
        return act.disclose(now)


async def leave(act: Act, who: Supporter) -> None:
    """He has left the role: he speaks for nobody any more."""
    for each in await _of(act, who):
        if each.last_on >= local_day(each, act.now):
            act.keep_beside(_ended(act, each, MandateEnded.LEFT_THE_ROLE), was=each)


async def _of(act: Act, who: Supporter) -> list[Mandate]:
    """Those of his that have not ended before their term."""
    return list(await looking.all_known(act, Mandate, {"supporter": who.id, "ended_on": None}))


def _ended(act: Act, was: Mandate, because: MandateEnded) -> Mandate:
    return with_(was, ended_on=local_day(was, act.now), ended_for=because)


def _overlap(one: Mandate, other: Mandate) -> bool:
    return one.first_on <= other.last_on and other.first_on <= one.last_on
