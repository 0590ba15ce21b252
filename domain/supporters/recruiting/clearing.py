"""Security's word on an applicant: an outcome with an end, and nothing of what is behind it (F18).

It is given for one prison and does not go with anybody: who is transferred has none, wherever he is, until it is given
anew. Each word is a record of its own; the last one counts.
"""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.classification import Open, Operational, Security
from domain.confidentiality.disclosure import View
from domain.confidentiality.record import record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day, months_after
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ActorId, ClearanceId, PersonId, SchemeId, SupporterId
from domain.kernel.moves import require
from domain.kernel.pages import Page
from domain.kernel.prison import PrisonFacts
from domain.people.record import Person
from domain.ports import PrisonRecords, Query
from domain.schemes.belonging import OfScheme, drafted, with_
from domain.schemes.made import terms_of
from domain.schemes.sheet import Kind
from domain.schemes.vocabulary import EligibilityRule
from domain.supporters.record import Standing, Supporter

REMIND: Final = timedelta(days=60)
"""How long before its end a clearance is on the list of those to renew."""
MONTHS: Final = 12
"""How long it holds where the kind does not say."""
_OVER: Final = (Standing.REJECTED, Standing.STOOD_DOWN)


class ClearanceOutcome(StrEnum):
    """What security says."""

    CLEARED = "CLEARED"
    NOT_CLEARED = "NOT_CLEARED"
    PENDING = "PENDING"
    """It is looked at."""


@record(
    kind="clearance",
    kept="until another takes its place, and twelve months; no longer than the record of the supporter",
    parties=("person",),
)
class Clearance(OfScheme):
    """One word of security's on one supporter, in one prison."""

    id: Open[ClearanceId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    supporter: Open[SupporterId]
    person: Operational[PersonId]
    outcome: Security[ClearanceOutcome]
    decided_on: Security[date]
    expires_on: Security[date | None] = None
    """The last day on which it holds; null: it is no clearance."""
    decided_by: Security[ActorId]
    current: Security[bool] = True
    """False: another took its place."""
    lapsed_on: Security[date | None] = None
    """When he left the role, by a transfer or otherwise; null: he did not."""


async def facts_of(act: Act, source: PrisonRecords, supporter: Supporter) -> PrisonFacts | None:
    """What the prison's systems know of him; None where they know nothing, or cannot be asked."""
    person = await act.known_one(Person, supporter.person)
    return None if person is None else await source(person.identifier_kind, person.identifier)


def before_birth(facts: PrisonFacts | None, day: date | None, path: str) -> list[Failure]:
    """The failure of a day before he was born."""
    born = None if facts is None else facts.born_on
    return [Failure("BEFORE_BIRTH", path)] if born is not None and day is not None and day < born else []


def after_release(facts: PrisonFacts | None, day: date | None, path: str) -> list[Failure]:
    """The failure of a day on which he is expected to be free."""
    free = None if facts is None else facts.release_on
    return [Failure("AFTER_RELEASE", path)] if free is not None and day is not None and day > free else []


async def give(
    begin: Begin,
    source: PrisonRecords,
    supporter: UUID,
    *,
    outcome: ClearanceOutcome,
    decided_on: date | None = None,
    expires_on: date | None = None,
) -> View[Clearance]:
    """Security's word: decided today, unless another day is given, and good for as long as the kind says, or less.
    Serially: one word counts."""
    async with begin.serially(Verb.GIVE_CLEARANCE) as act:
        whose = await act.fetch(Supporter, supporter)
        kind, today = await terms_of(act, whose), local_day(whose, act.now)
        on, cleared = decided_on or today, outcome is ClearanceOutcome.CLEARED
        longest = months_after(on, months(kind))
        facts = None if decided_on is None else await facts_of(act, source, whose)
        wrong = before_birth(facts, decided_on, "/decidedOn")
        if on > today:
            wrong.append(Failure("IN_THE_FUTURE", "/decidedOn"))
        if expires_on is not None:
            if not cleared:
                wrong.append(Failure("EXPIRY_GOES_WITH_CLEARED", "/expiresOn"))
            if expires_on < on:
                wrong.append(Failure("ENDS_BEFORE_START", "/expiresOn"))
            if expires_on > longest:
                wrong.append(Failure("LONGER_THAN_THE_KIND_ALLOWS", "/expiresOn"))
        if wrong:
            raise Unacceptable(wrong)
        require((whose.standing not in _OVER, f"STATE_{whose.standing.value}"))
        new = drafted(
            act,
            whose,
            Clearance,
            supporter=whose.id,
            person=whose.person,
            outcome=outcome,
            decided_on=on,
            expires_on=(expires_on or longest) if cleared else None,
            decided_by=act.viewer.actor,
        )
        for earlier in await _current(act, whose):  # before the new one, of which two would else count at once
            act.keep_beside(with_(earlier, current=False), was=earlier)
        act.keep(new)
        return act.disclose(new)


def months(kind: Kind) -> int:
    """How many months a clearance holds for schemes of this kind."""
    rule = next((e for e in kind.eligibility if e.rule is EligibilityRule.SECURITY_CLEARANCE), None)
    return MONTHS if rule is None or rule.parameter is None else rule.parameter


async def _current(act: Act, supporter: Supporter) -> list[Clearance]:
    return await act.known(Clearance, Query(equal={"supporter": supporter.id, "current": True}, limit=10))


async def fault(act: Act, supporter: Supporter) -> str | None:
    """Why he is not cleared today, by code; None: he is."""
    found = await _current(act, supporter)
    if not found:
        return "CLEARANCE_MISSING"
    last = found[0]
    person = await act.known_one(Person, supporter.person)
    if last.lapsed_on is not None or (person is not None and person.prison != last.prison):
        return "CLEARANCE_LAPSED"
    match last.outcome:
        case ClearanceOutcome.PENDING:
            return "CLEARANCE_PENDING"
        case ClearanceOutcome.NOT_CLEARED:
            return "NOT_CLEARED"
        case ClearanceOutcome.CLEARED:
            over = last.expires_on is None or last.expires_on < local_day(supporter, act.now)
            return "CLEARANCE_EXPIRED" if over else None


async def lapse(act: Act, supporter: Supporter) -> None:
    """He leaves the role: whatever security said of him holds no more, and is not to renew. Called by whatever act lets
    him go."""
    for each in await _current(act, supporter):
        if each.lapsed_on is None:
            act.keep_beside(with_(each, lapsed_on=local_day(supporter, act.now)), was=each)


async def to_renew(begin: Begin, query: Query) -> Page[View[Clearance]]:
    """The clearances that run out within sixty days, and those that did, the first to end first."""
    async with begin(Verb.READ_CLEARANCE) as act:
        asked = {"current": True, "lapsed_on": None, "outcome": ClearanceOutcome.CLEARED, **query.equal}
        page = await act.search(Clearance, Query(equal=asked, order="expires_on", after=query.after, limit=query.limit))
        soon = [each for each in page.items if each.expires_on and each.expires_on <= local_day(each, act.now) + REMIND]
        shown = [act.disclose(each) for each in soon]
        return Page(shown, page.next if len(soon) == len(page.items) else None)
