"""What is kept of a scheme, in the shape in which it comes in: its supporters, and the rota that is still to come.

A list of persons outlives every rule (rule 3), so nobody is given one but the coordinator who runs the scheme, of
members that he reads one by one anyhow; each record in it is a sight. That somebody is a supporter is no secret; whom
he met, how he fares and what security says of him are in no file. Where he stands is not either: one who is suspended
stands in it beside the others, or his absence would tell; whoever comes in by a file is at rest until he, staff and
security have said otherwise.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.care.roster import RosterEntry, RosterState
from domain.confidentiality.disclosure import mask
from domain.confidentiality.record import columns
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.notes import noted_of
from domain.people.merges import survivors
from domain.people.record import Person
from domain.ports import Query
from domain.schemes.record import Scheme
from domain.supporters.record import HOLDING, MOST, Supporter

Row = Mapping[str, Any]
OF_SUPPORTER: Final = (
    *("identifier", "name", "wing", "active_from", "compact_signed_on", "languages", "modules_passed", "signed_off"),
    *("certificate", "certified_on", "certificate_expires_on"),
)
"""What a row says of a supporter."""
OF_ENTRY: Final = ("identifier", "day", "band", "wing", "override")
"""What a row says of an entry of the rota."""
ENTRIES: Final = 20_000
"""Rows of one rota."""


async def supporters(begin: Begin, scheme: UUID) -> list[Row]:
    """Those who are in the role or may come back to it, and were active: whoever is on probation is trained where he
    goes. By name."""
    async with begin(Verb.READ_SUPPORTER_FILE) as act:
        of = await act.fetch(Scheme, scheme)
        query = Query(equal={"scheme": of.id, "standing": frozenset(HOLDING)}, limit=MOST)

        def served(down: Mapping[str, Sequence[Any]]) -> list[int]:
            return [place for place, since in enumerate(down["active_from"]) if since is not None]

        only = ("person", *OF_SUPPORTER)
        found = await looking.chosen(
            act, Supporter, query, gates=("active_from",), which=served, only=only, ceiling=MOST
        )
        numbers = await _numbers(act, of, found.get("person", ()))
        rows = [row | {"identifier": numbers.get(str(row.pop("person", None)))} for row in _rows(found)]
        return sorted(rows, key=lambda row: (row.get("name") or "", row["identifier"] or ""))


async def roster(begin: Begin, scheme: UUID) -> list[Row]:
    """The entries from today on that stand or wait, in their order."""
    async with begin(Verb.READ_ROSTER_FILE) as act:
        of = await act.fetch(Scheme, scheme)
        query = Query(
            equal={"scheme": of.id, "state": frozenset({RosterState.WAITING, RosterState.PUBLISHED})},
            order="day",
            after=(local_day(of, act.now), UUID(int=0)),
            limit=ENTRIES,
        )
        only = ("supporter", "day", "band", "wing", "overridden_for")
        found = await looking.chosen(
            act, RosterEntry, query, gates=("id",), which=lambda d: range(len(d["id"])), only=only, ceiling=ENTRIES
        )
        whose = _ids(found.get("supporter", ()))
        pairs = await looking.down(act, Supporter, {"id": whose}, ("id", "person")) if whose else []
        numbers = await _numbers(act, of, [person for _, person in pairs])
        by = {str(supporter): numbers.get(str(person)) for supporter, person in pairs}
        rows = [
            {"identifier": by.get(str(row.pop("supporter", None))), "override": row.pop("overridden_for", None), **row}
            for row in _rows(found)
        ]
        return sorted(rows, key=lambda row: (str(row.get("day")), row.get("band") or "", row["identifier"] or ""))


def _rows(found: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    """What was found by column, row by row."""
    return [dict(zip(found, row, strict=True)) for row in zip(*found.values(), strict=True)]


def _ids(of: Iterable[Any]) -> frozenset[UUID]:
    """Ids as they are asked for; what is read by column may have them as text."""
    return frozenset(UUID(str(each)) for each in of)


async def _numbers(act: Act, of: Scheme, people: Collection[Any]) -> dict[str, str]:
    """Their prison numbers, by which they were taken over or applied; as far as this viewer is shown them. One that
    another was merged into is not: it may be another than he typed, and a merge is for the cleared (rule 23)."""
    shown = tuple(name for name in mask(Person, act.decision.sees(Person))[0] if name == "identifier")
    if not people or not shown:
        return {}
    query = Query(equal={"id": _ids(people)}, limit=len(people), only=(*noted_of(Person), *shown))
    found = await act.unread(Person, query)
    act.saw(Person, found, shown)
    down = columns(found, ("id", *shown))
    apart = await survivors(act, of.jurisdiction, down["identifier"])
    pairs = zip(down["id"], down["identifier"], strict=True)
    return {str(id): number for id, number in pairs if number not in apart}
