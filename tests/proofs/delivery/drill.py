"""What the drill writes before and while workers die, and how it reckons what came of it at the end."""

import dataclasses
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

import orjson

from domain.confidentiality.entry import Change, Entry, Family
from domain.confidentiality.record import Record
from domain.movements.inbox import EventTaken
from domain.people.record import Person
from domain.people.reviews import MovementReview
from domain.ports import Kept, Query, Scope
from domain.schemes.record import Scheme
from domain.supporters.record import Standing, Supporter
from domain.telling.audit import audit_of
from domain.telling.events import events_of
from domain.telling.subscription import Subscription
from persistence.ledger.tail import entry_of
from persistence.store import PostgresStore
from tests.http import cast, furniture, telling_furniture
from tests.http.cast import START
from tests.http.places import MOORLAND
from tests.http.prison_events import SEARCH, notification
from tests.http.world import everything
from tests.persistence import samples
from tests.proofs.delivery.estate import Estate
from tests.proofs.ledger import reckoning
from tests.proofs.ledger.books import Books

_EVERYWHERE: Final = Scope(None, True)
ORIGIN: Final = "https://ours.example"
CAME: Final = START + timedelta(minutes=5)


class Story:
    """People who are moved, each of them a supporter, and schemes that are begun and amended."""

    def __init__(self, store: PostgresStore, draw: Random) -> None:
        self.store, self.draw = store, draw
        self.people: list[str] = []
        self.told: list[str] = []
        self.hook = next(r for r in telling_furniture.records(MOORLAND) if isinstance(r, Subscription))

    async def begin(self, estate: Estate) -> None:
        """What is there before anything happens."""
        schemes = [r for r in furniture.records() if isinstance(r, Scheme)]
        hook = dataclasses.replace(self.hook, address=estate.address)
        await self._kept(*cast.records(), *schemes, hook)

    async def people_move(self, estate: Estate, many: int, times: int = 2) -> None:
        """So many go from Moorland to Leeds: it is told twice (or so many `times`) of each that he left and that he
        came, in any order, with what is of nobody known and what nothing follows from in between."""
        names = [f"drill-{len(self.people) + n}" for n in range(many)]
        made: list[Record] = []
        for name in names:
            made.append(person_of(name))
            made.append(furniture.supporter(MOORLAND, f"supporter:{name}", "scheme:shannon", name, Standing.ACTIVE))
        await self._kept(*made)
        self.people += names
        bodies = [notification("some.other.event", START, id=f"other-{len(self.people)}")]
        bodies.append(moved("received", "Z9999ZZ", CAME, "LEI", id=f"stranger-{len(self.people)}"))
        for name in names:
            number = person_of(name).identifier
            bodies.append(moved("released", number, START, "MDI"))
            bodies.append(moved("received", number, CAME, "LEI"))
        self.told += bodies
        told = bodies * times
        self.draw.shuffle(told)
        await estate.tell(told)

    async def schemes_change(self, many: int) -> None:
        """So many are begun, and each is amended twice."""
        for _ in range(many):
            scheme = samples.scheme("MDI")
            await self._acted("CREATE_SCHEME", scheme, 0)
            for version in (1, 2):
                await self._acted("AMEND_SCHEME", dataclasses.replace(scheme, how_to_ask=f"Ask {version}."), version)

    async def _acted(self, verb: str, scheme: Scheme, before: int) -> None:
        fields = ("name",) if before == 0 else ("how_to_ask",)
        entry = samples.entry(
            at=START,
            verb=verb,
            family=Family.CHANGE,
            actor=cast.actor("coordinator"),
            role="COORDINATOR",
            prison="MDI",
            changes=(Change("scheme", scheme.id, before, before + 1, fields),),
        )
        await self.store.settle(entry, [Kept(scheme, before)], _EVERYWHERE)

    async def _kept(self, *records: Record) -> None:
        changes = tuple(Change(each.shape.kind, each.id, 0, 1, ("id",)) for each in records)
        entry = samples.entry(actor=None, role="SERVICE", verb="TICK", family=Family.TICK, changes=changes)
        await self.store.settle(entry, [Kept(each, 0) for each in records], _EVERYWHERE)

    async def find(self, kind: type[Any]) -> Sequence[Any]:
        """All that there is of a kind."""
        return await self.store.find(kind, Query(limit=100_000), everything(START))


@dataclasses.dataclass(frozen=True, slots=True)
class Counts:
    """What a drill comes to, and what did not hold."""

    events: int
    lines: int
    topic: tuple[int, int]
    audit: tuple[int, int]
    hooks: tuple[int, int]
    wrong: tuple[str, ...]

    def __str__(self) -> str:
        told = (f"{name}: {once} told, {twice} of them again" for name, (once, twice) in self._outside().items())
        return "; ".join((f"{self.events} events, each told twice", f"{self.lines} lines of the ledger", *told))

    def _outside(self) -> Mapping[str, tuple[int, int]]:
        return {"topic": self.topic, "audit": self.audit, "webhooks": self.hooks}


async def reckoned(story: Story, estate: Estate, before: Books, after: Books) -> Counts:
    """Every event once in effect, in the inbox and in the ledger; everything that is to be told at least once, under
    one id, and each record's in its order."""
    lines = after.since(before)
    entries = [entry_of(orjson.dumps(line.entry)) for line in lines]
    wrong = [*reckoning.unlike(before, after), *await _inward(story, entries)]
    expected = [(event, plain(event.body(ORIGIN))) for entry in entries for event in events_of(entry)]
    heard = [json.loads(each["Message"]) for each in await estate.told(estate.heard)]
    topic = [(body["additionalInformation"]["eventId"], body) for body in heard]
    hooked = [
        (header(head, "webhook-id").removeprefix("msg_"), json.loads(body)) for head, body in estate.receiver.came
    ]
    hooks = [(str(UUID(id)), body) for id, body in hooked]
    staff: dict[UUID, str] = {cast.actor("coordinator"): "coordinator"}
    audit_due = [plain(m.body) for entry in entries if (m := audit_of(entry, staff)) is not None]
    audit = [(body["correlationId"], body) for body in await estate.told(estate.audit)]
    wrong += _outward("topic", [(str(e.id), b) for e, b in expected], topic)
    wrong += _outward("webhooks", [(str(e.id), b) for e, b in expected if e.type in story.hook.types], hooks)
    wrong += _outward("audit", [(str(b["correlationId"]), b) for b in audit_due], audit)
    return Counts(len(story.told), len(lines), _counts(topic), _counts(audit), _counts(hooks), tuple(wrong))


async def _inward(story: Story, entries: Sequence[Entry]) -> list[str]:
    """Of events: the inbox, the ledger and what they did."""
    wrong: list[str] = []
    sent = {UUID(json.loads(body)["MessageId"]) for body in story.told}
    taken = {each.id: each for each in await story.find(EventTaken)}
    changes = [(c, entry) for entry in entries for c in entry.changes]
    written = sum(c.kind == "prison-event" for c, _ in changes)  # without its id: it is the estate's (rule 4)
    if lost := sent - taken.keys():
        wrong.append(f"{len(lost)} events are not in the inbox")
    if more := taken.keys() - sent:
        wrong.append(f"{len(more)} are in the inbox that nobody told")
    if written != len(sent):
        wrong.append(f"{len(sent)} events, and lines tell of {written}")
    people = {each.id: each for each in await story.find(Person)}
    roles = {each.id: each for each in await story.find(Supporter)}
    reviews = Counter(each.person for each in await story.find(MovementReview))
    ended = Counter(c.id for c, _ in changes if c.kind == "supporter" and c.before > 0)
    for name in story.people:
        him, role = cast.person(name), MOORLAND.id(f"supporter:{name}")
        found = (people[him].prison, roles[role].standing, ended[role], reviews[him])
        if found != ("LEI", Standing.TRANSFERRED_OUT, 1, 1):
            wrong.append(f"{name}: in {found[0]}, {found[1]}, his role ended {found[2]} times, {found[3]} reviews")
    return wrong


def _outward(name: str, due: Sequence[tuple[str, Any]], got: Sequence[tuple[str, Any]]) -> list[str]:
    wrong: list[str] = []
    bodies = dict(due)
    if lost := bodies.keys() - {id for id, _ in got}:
        wrong.append(f"{name}: {len(lost)} of {len(bodies)} were never told")
    if other := [id for id, body in got if bodies.get(id) != body]:
        wrong.append(f"{name}: {len(other)} are told that are none of ours, or not so")
    first = list(dict.fromkeys(id for id, _ in got))
    for subject, ids in _by_subject(due).items():
        if [id for id in first if id in set(ids)] != [id for id in ids if id in set(first)]:
            wrong.append(f"{name}: what is told of {subject} is out of order")
    return wrong


def _by_subject(due: Sequence[tuple[str, Any]]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for id, body in due:
        subject = body.get("additionalInformation", {}).get("schemeId") or body.get("subjectId")
        found.setdefault(str(subject), []).append(id)
    return found


def _counts(got: Sequence[tuple[str, Any]]) -> tuple[int, int]:
    once = Counter(id for id, _ in got)
    return len(once), sum(once.values()) - len(once)


def person_of(name: str) -> Person:
    """One of the people of the drill. His number is made of his own."""
    number = int(name.rpartition("-")[2])
    return samples.person(
        "MDI",
        id=cast.person(name),
        person=cast.person(name),
        wing="MDI-A",
        identifier=f"D{number:04d}RL",
        name="Somebody Made-Up",
    )


def moved(what: str, number: str, at: Any, prison: str, id: str = "") -> str:
    """What is told of one who is transferred."""
    return notification(f"{SEARCH}{what}", at, id=id, of=number, reason="TRANSFERRED", prisonId=prison)


def plain(body: Any) -> Any:
    """As whoever reads it as JSON has it."""
    return json.loads(orjson.dumps(dict(body)))


def header(head: bytes, name: str) -> str:
    """A header of a request as it came."""
    for line in head.decode().split("\r\n"):
        said, _, value = line.partition(":")
        if said.lower() == name:
            return value.strip()
    return ""
