"""Gathering an answer: one act, one line of the ledger, whatever there was.

Whether something is sealed decides nothing. A person's own row is given beside other things and never alone: asking may
have left it. Whoever is not known is looked for as anybody is, in the same looks. Of a closed policy's live requests,
which hold no person, there are those on which his number was given; the line says of them only that they were looked
for, so that it never tells whether there was one (rules 4 and 21).

The range is of days by the prison's clocks, both included: a record is in it by the one day under which it is filed
(when it happened, began or was made), and always where it has none. A record under a closed policy is filed under its
month, and the filter cuts no finer: else a day could be found by asking for one day after another.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.principal import PrincipalKind
from domain.confidentiality.record import Record
from domain.confidentiality.verbs import Verb
from domain.feedback.record import Feedback
from domain.kernel.errors import Absent, Failure, Unreadable
from domain.kernel.words import JURISDICTIONS
from domain.oversight.record import Assignment
from domain.people.acts import numbers_in, with_number
from domain.people.merges import became, resolved
from domain.people.record import Person
from domain.sessions.request import Request
from domain.subject_access.gathered import Answer, Gathered, Range, every_of
from domain.subject_access.helped import HELPED
from domain.subject_access.helping import BY_SUPPORTER, COURSES, HELD, HELPING, SIGNED
from domain.subject_access.of_staff import STAFF
from domain.subject_access.supporting import SUPPORTING
from domain.subject_access.told import Fact, Given, Item, Section
from domain.subject_access.words import label
from domain.supporters.record import Supporter
from domain.training.cohorts import Cohort

Selves = Callable[[str, str], Sequence[tuple[str, UUID]]]
"""Of a jurisdiction and a number: the issuers that vouch for people in custody there, and what our id for him is by
each."""
WHO: Final = Given(title="You", by="id", on=None, gives=("name", "identifier", "wing"))
"""Of `Person`."""


async def of_person(begin: Begin, *, number: str | None, other: str | None, within: Range, selves: Selves) -> Answer:
    """All that is given of whoever has this number. `other`: an identifier of a kind that we do not hold.

    Raises `Unreadable`: neither was given, or the range ends before it begins."""
    async with begin(Verb.READ_SUBJECT_ACCESS) as act:
        act.mark_closed()
        within.check()
        if not number and not other:
            raise Unreadable([Failure("MISSING", "prn")])
        if not number:
            return Answer(held=False)
        jurisdiction = _wall(act)
        value = number.strip().upper()
        if re.fullmatch(JURISDICTIONS[jurisdiction].identifier_pattern, value) is None:
            return Answer()
        act.searched(Person, 0)
        act.searched(Request, 0)
        now = await resolved(act, jurisdiction, value)
        who = await with_number(act, jurisdiction, now)
        gathered = Gathered(act, jurisdiction, within)
        numbers = {value} | await became(act, jurisdiction, now)
        vouched = [each for number in sorted(numbers) for each in selves(jurisdiction, number)]
        await _look(gathered, act.new_id() if who is None else who.id, frozenset(numbers), vouched)
        await gathered.join()
        told = gathered.sections()
        return Answer((*_who(gathered, who), *told) if told else ())


async def _look(gathered: Gathered, person: UUID, numbers: frozenset[str], selves: Sequence[tuple[str, UUID]]) -> None:
    act = gathered.act
    supporters = list[Supporter]()
    for kind, told in SUPPORTING.items():
        found: list[Any] = await gathered.look(kind, told, {told.by: person})
        supporters += found if kind is Supporter else []
    roles = frozenset(each.id for each in supporters) or frozenset({act.new_id()})
    for kind, told in BY_SUPPORTER.items():
        await gathered.look(kind, told, {told.by: roles})
    schemes = frozenset(each.scheme for each in supporters) or frozenset({act.new_id()})
    cohorts = await every_of(act, Cohort, {"scheme": schemes})
    gathered.found.append((COURSES, [each for each in cohorts if roles & set(each.members)]))
    held = list[Record]()
    for issuer in dict.fromkeys(issuer for issuer, _ in selves):
        vouched = {"issuer": issuer, "subject": numbers, "principal_kind": PrincipalKind.IN_CUSTODY}
        held += await every_of(act, Assignment, vouched)
    gathered.found.append((HELD, held))
    for kind, told in HELPING.items():
        await gathered.look(kind, told, {told.by: person})
    for kind, told in HELPED.items():
        found = await gathered.look(kind, told, {told.by: person})
        if kind is Request:
            live = await every_of(act, Request, {"closed": True})
            gathered.found[-1][1].extend(each for each in live if _is_his(each, numbers, act.now))
    authors = frozenset(id for _, id in selves) or frozenset({act.new_id()})
    await gathered.look(Feedback, SIGNED, {"author": authors})


def _is_his(live: Request, numbers: frozenset[str], now: datetime) -> bool:
    """A name alone may be another's; and what waits for its batch is sealed already, as far as anybody is told."""
    return live.readable_until > now and not numbers.isdisjoint(numbers_in(live.jurisdiction, live.recipient))


def _who(gathered: Gathered, who: Person | None) -> Iterable[Section]:
    """His own row, as an item of no scheme."""
    return [] if who is None else [Section(WHO.title, (gathered.item(WHO, who),))]


async def template(begin: Begin) -> None:
    """That the template was fetched: a line like any other."""
    async with begin(Verb.READ_SUBJECT_ACCESS) as act:
        act.mark_closed()


async def of_staff(begin: Begin, id: UUID, *, within: Range) -> Answer:
    """All that is given of whoever holds, or held, this assignment, as far as it is of the same prison. Raises
    `Absent`: there is none in reach; its holder is in custody, and is told as the others are; or he is whoever asks.
    Nobody sees to his own, and what he had a part in himself is not in what he is shown of others either (rule 6).
    `Unreadable`: the range ends before it begins."""
    async with begin(Verb.READ_STAFF_SUBJECT_ACCESS) as act:
        act.mark_closed()
        within.check()
        held = await act.fetch(Assignment, id)
        if held.principal_kind is PrincipalKind.IN_CUSTODY or held.holder == act.viewer.actor:
            raise Absent
        gathered = Gathered(act, held.jurisdiction, within)
        for kind, told in STAFF.items():
            await gathered.look(kind, told, {told.by: held.holder})
        await gathered.join()
        you = Section(WHO.title, (Item(None, None, (Fact(label("subject"), users=(held.subject,)),)),))
        return Answer((you, *gathered.sections()))


def _wall(act: Act) -> str:
    walls = act.viewer.fact("jurisdictions")
    if walls is None or len(walls) != 1:
        raise Absent
    return str(next(iter(walls)))
