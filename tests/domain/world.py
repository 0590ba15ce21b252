"""A prison of made-up people, a clock that stands still, and acts over a store that forgets: for tests of the rules.

world = World()
listeners = world.scheme()
governor = world.viewer(Role.GOVERNOR)
view = await world.change(governor, Verb.RESUME_SCHEME, life.resume, listeners)
"""

import dataclasses
import random
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final, TypeVar
from uuid import UUID

from domain import looking
from domain.act import Begin
from domain.confidentiality.classification import EVERYTHING
from domain.confidentiality.disclosure import Tag, View, disclose, tagger
from domain.confidentiality.entry import Entry
from domain.confidentiality.grants import Grant
from domain.confidentiality.policy import Decision, decide
from domain.confidentiality.principal import Principal, PrincipalKind
from domain.confidentiality.record import Record
from domain.confidentiality.roles import IN_CUSTODY, Purpose, Role, holdable
from domain.confidentiality.verbs import Verb
from domain.confidentiality.viewer import Viewer
from domain.confidentiality.within import Within
from domain.kernel.ids import ActorId, AssignmentId, PersonId, SchemeId, SupporterId
from domain.kernel.pages import Page
from domain.kernel.rollout import EVERYWHERE
from domain.oversight.record import Assignment
from domain.people.record import Person
from domain.ports import KeyUse, Query
from domain.schemes.kinds import kind_of
from domain.schemes.record import SERVING, Scheme, SchemeState
from domain.schemes.sheet import Kind
from domain.supporters.record import Competence, Standing, Supporter
from persistence.memory import MemoryStore
from tests.recruited import suited

NOW: Final = datetime(2026, 1, 14, 2, 10, tzinfo=UTC)
"""A Wednesday in winter, 02:10 by the prison's clock too: the night band, until 07:45."""
PRISON: Final = "MDI"
WING: Final = "MDI-B"

R = TypeVar("R", bound=Record)
T = TypeVar("T")


class Clock:
    """It stands still until a test moves it."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


class Ids:
    """Random ids, the same ones on every run."""

    def __init__(self, seed: int = 7) -> None:
        self._random = random.Random(seed)

    def __call__(self) -> UUID:
        return UUID(int=self._random.getrandbits(128), version=4)


class World:
    """Everything that an act needs, and builders that put made-up records where the store would have them."""

    def __init__(self, store: MemoryStore | None = None) -> None:
        self.store = MemoryStore() if store is None else store
        self.clock = Clock()
        self.ids = Ids()
        self.tagger = tagger(b"the key of the tests")
        self.rollout = EVERYWHERE

    @property
    def today(self) -> date:
        return self.clock.now.date()

    @property
    def entry(self) -> Entry:
        """The ledger's latest line."""
        return self.store.entries[-1]

    # --- who looks ---------------------------------------------------------------------------------------------------

    def viewer(self, role: Role, *, kind: PrincipalKind | None = None, **facts: frozenset[object] | None) -> Viewer:
        """Somebody in this role with an assignment, in this prison, for all of its schemes, for HMPPS."""
        actor = ActorId(self.ids())
        return Viewer(
            actor,
            Principal("https://issuer.example", f"SUBJECT_{actor.hex[:12]}", kind or kind_for(role)),
            role,
            None if role in (Role.STAFF_MEMBER, Role.PERSON_IN_CUSTODY) else AssignmentId(self.ids()),
            MappingProxyType(
                {
                    "authors": frozenset({actor}),
                    "persons": frozenset(),
                    "jurisdictions": frozenset({"EW"}),
                    "prisons": frozenset({PRISON}),
                    "schemes": None,
                    "organisations": frozenset({"HMPPS"}),
                    "wings": frozenset({WING} if role is Role.WING_OFFICER else ()),
                    **facts,
                }
            ),
        )

    def volunteer(self, of: Scheme, **facts: frozenset[object] | None) -> Viewer:
        """A volunteer of this scheme's partner."""
        bounds: dict[str, Any] = {"organisations": frozenset({of.organisation}), "schemes": frozenset({of.id}), **facts}
        return self.viewer(Role.PARTNER_VOLUNTEER, **bounds)

    def prisoner(self, person: Person) -> Viewer:
        """This person with a token of his own."""
        return self.viewer(Role.PERSON_IN_CUSTODY, persons=frozenset({person.id}))

    def supporting(self, supporter: Supporter) -> Viewer:
        """This supporter, acting as one."""
        return self.viewer(Role.SUPPORTER, persons=frozenset({supporter.person}), schemes=frozenset({supporter.scheme}))

    def administrator(self, organisation: str = "HMPPS", **assignment: Any) -> Viewer:
        """An access administrator, whose own assignment the store holds."""
        return self.assigned(Role.ACCESS_ADMINISTRATOR, organisation, **assignment)

    def assigned(self, role: Role, organisation: str = "HMPPS", **more: Any) -> Viewer:
        """Somebody in this role whose own assignment the store holds."""
        viewer = self.viewer(role, organisations=frozenset({organisation}))
        own = self.assignment(holder=viewer.actor, role=role, organisation=organisation, **more)
        return dataclasses.replace(viewer, assignment=AssignmentId(own.id))

    # --- what there is -----------------------------------------------------------------------------------------------

    def put(self, record: R, *, version: int = 1) -> R:
        """Have the record in the store, as if an act had kept it."""
        kept: Any = dataclasses.replace(record, version=version)  # type: ignore[type-var]
        self.store.records = {**self.store.records, (record.shape.kind, record.id): kept}
        return kept

    def drop(self, record: Record) -> None:
        """Have it in the store no more."""
        gone = (record.shape.kind, record.id)
        self.store.records = {place: kept for place, kept in self.store.records.items() if place != gone}

    def kept(self, record: Record | View[Any]) -> Any:
        """The record as the store has it now."""
        kind = record.kind if isinstance(record, View) else type(record)
        return self.store.records[kind.shape.kind, record.id]

    def kept_person(self, supporter: Supporter) -> Person:
        """The person who this supporter is."""
        return next(p for p in self.records(Person) if p.id == supporter.person)

    def records(self, kind: type[R]) -> list[R]:
        """All that the store has of a kind."""
        return [r for r in self.store.records.values() if isinstance(r, kind)]

    def scheme(self, kind: str = "LISTENERS", state: SchemeState = SchemeState.LIVE, **more: Any) -> Scheme:
        """A scheme in this state, with the days on which it came so far: live for a hundred days, piloted before."""
        id = SchemeId(self.ids())
        model = kind_of(kind)
        opened = state not in (SchemeState.DRAFT, SchemeState.APPROVED)
        went_live = opened and state is not SchemeState.PILOT
        given: dict[str, Any] = {
            "opened_on": self.today - timedelta(days=150) if opened else None,
            "live_from": self.today - timedelta(days=100) if went_live else None,
            "name": model.title,
            "jurisdiction": "EW",
            "prison": PRISON,
            "organisation": model.partner,
            "closed": model.policy.closed,
            "purpose": model.purpose,
            "open": state in SERVING,
            "support_types": model.support_types,
            "stage_of_sentence": model.stage_of_sentence,
            **more,
        }
        return self.put(Scheme(id=id, scheme=id, kind=kind, state=state, **given))

    def person(self, name: str = "Person Made-Up", identifier: str = "A1111AA", **more: Any) -> Person:
        id = PersonId(self.ids())
        given: dict[str, Any] = {
            "jurisdiction": "EW",
            "prison": PRISON,
            "wing": WING,
            "identifier_kind": "NOMS",
            **more,
        }
        return self.put(Person(id=id, person=id, name=name, identifier=identifier, **given))

    def supporter(self, of: Scheme, standing: Standing = Standing.ACTIVE, **more: Any) -> Supporter:
        """A supporter of this scheme in this standing, with all that he needed to come so far."""
        return self.supporter_of(of, kind_of(of.kind), standing, **more)

    def supporter_of(self, of: Scheme, model: Kind, standing: Standing, **more: Any) -> Supporter:
        """The same, of a scheme of any kind."""
        person = more.pop("of_person", None) or self.person(identifier=f"B{len(self.store.records):04d}BB")
        today = self.today
        early = (Standing.APPLIED, Standing.REJECTED, Standing.ACCEPTED)
        done: dict[str, Any] = (
            {} if standing in early else {"modules_passed": model.modules, "compact_signed_on": today}
        )
        if standing not in (*early, Standing.IN_TRAINING):
            since = today - timedelta(days=60)
            done |= {"observed_contacts": model.observed_contacts, "probation_from": since, "certified_on": since}
            done |= {
                "signed_off": tuple(Competence),
                "certificate": "C-1",
                "certificate_expires_on": today + timedelta(days=300),
            }
        if standing in (Standing.ACTIVE, Standing.PAUSED):
            done |= {"active_from": today - timedelta(days=30)}
        given: dict[str, Any] = {
            "scheme": of.id,
            "kind": of.kind,
            "kind_version": of.kind_version,
            "jurisdiction": of.jurisdiction,
            "prison": of.prison,
            "organisation": of.organisation,
            "person": person.id,
            "name": person.name,
            "wing": WING,
            "applied_on": today - timedelta(days=100),
            **done,
            **more,
        }
        return self.put(Supporter(id=SupporterId(self.ids()), standing=standing, **given))

    def suited(self, supporter: Supporter) -> Supporter:
        """Security has cleared him, and nothing that his kind asks stands in the way."""
        for record in suited(supporter, self.clock.now):
            self.put(record)
        return supporter

    def assignment(self, **more: Any) -> Assignment:
        given: dict[str, Any] = {
            "holder": ActorId(self.ids()),
            "issuer": "https://issuer.example",
            "subject": "somebody",
            "principal_kind": PrincipalKind.STAFF,
            "role": Role.COORDINATOR,
            "jurisdiction": "EW",
            "prison": PRISON,
            "organisation": "HMPPS",
            "starts_on": self.today,
            "ends_on": self.today + timedelta(days=100),
            "needs_second": False,
            **more,
        }
        return self.put(Assignment(id=AssignmentId(self.ids()), **given))

    # --- what is done ------------------------------------------------------------------------------------------------

    def begin(self, who: Viewer, verb: Verb, *, purpose: Purpose | None = None, key: KeyUse | None = None) -> Begin:
        """Decided by the real policy."""
        return self.begun(decide([who], verb, purpose=purpose), key=key)

    def begin_anything(self, who: Viewer, verb: Verb, **grant: Any) -> Begin:
        """Decided by a made-up grant that sees everything, everywhere."""
        return self.begun(Decision(who, verb, grant_of(who.role, verb, **grant)))

    def begun(self, decision: Decision, *, key: KeyUse | None = None) -> Begin:
        return Begin(decision, self.store, self.clock, self.ids, self.tagger, key, rollout=self.rollout)

    def key(self, who: Viewer, key: str = "key-1") -> KeyUse:
        return KeyUse(who.actor, "/v1/things", key, b"body", None, self.clock.now + timedelta(hours=72))

    def seen(self, begin: Begin, record: Record | View[Any]) -> Tag:
        """The tag of the record as this viewer sees it now."""
        kept = self.kept(record)
        seen = disclose(kept, begin.decision.sees(type(kept)), self.clock.now)
        return self.tagger(seen, begin.decision.viewer.actor)

    async def make(
        self,
        who: Viewer,
        verb: Verb,
        act: Callable[..., Awaitable[T]],
        *given: Any,
        why: Purpose | None = None,
        **named: Any,
    ) -> T:
        """Do something that needs no record to have been read before."""
        return await act(self.begin(who, verb, purpose=why), *given, **named)

    async def change(
        self,
        who: Viewer,
        verb: Verb,
        act: Callable[..., Awaitable[T]],
        record: Record | View[Any],
        why: Purpose | None = None,
        **named: Any,
    ) -> T:
        """Do something to a record that the viewer has just read."""
        begin = self.begin(who, verb, purpose=why)
        return await act(begin, record.id, seen=self.seen(begin, record), **named)


def kind_for(role: Role) -> PrincipalKind:
    """The kind of principal that has the role, staff where several may."""
    if role in IN_CUSTODY:
        return PrincipalKind.IN_CUSTODY
    if role is Role.SERVICE or role in holdable(PrincipalKind.CLIENT):
        return PrincipalKind.CLIENT
    if role is Role.STAFF_MEMBER or role in holdable(PrincipalKind.STAFF) - {Role.PARTNER_VOLUNTEER}:
        return PrincipalKind.STAFF
    return PrincipalKind.PARTNER


def grant_of(role: Role, verb: Verb, **more: Any) -> Grant:
    """A made-up grant: everything, everywhere, unless said otherwise."""
    given: Mapping[str, Any] = {
        "purpose": Purpose.OPERATIONS,
        "within": Within.ANYONE,
        "sees": EVERYTHING,
        "may": frozenset({verb}),
        "closed": True,
        **more,
    }
    return Grant(role, **given)


async def read_scheme(begin: Begin, id: UUID) -> View[Scheme]:
    """One scheme: the plainest of acts."""
    return await looking.one(begin, Verb.READ_SCHEME, Scheme, id)


async def search_schemes(begin: Begin, query: Query) -> Page[View[Scheme]]:
    """The schemes in reach."""
    return await looking.many(begin, Verb.READ_SCHEME, Scheme, query)


def codes(error: BaseException) -> list[str]:
    """The codes of an error's failures."""
    return [failure.code for failure in error.failures]  # type: ignore[attr-defined]


def paths(error: BaseException) -> list[str | None]:
    """The paths of an error's failures."""
    return [failure.path for failure in error.failures]  # type: ignore[attr-defined]
