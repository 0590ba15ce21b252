"""Made-up records, entries and looks for tests of the store. Nothing here names anybody."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast
from uuid import uuid4

from domain.confidentiality.entry import Entry, Family, Outcome
from domain.confidentiality.principal import Principal, PrincipalKind
from domain.confidentiality.record import Record
from domain.confidentiality.roles import Role
from domain.confidentiality.viewer import Viewer
from domain.confidentiality.within import Reach
from domain.oversight.record import Actor, Assignment
from domain.people.record import Person
from domain.ports import Kept, KeyUse, Letter, Look, Scope
from domain.records import KINDS
from domain.schemes.record import Scheme
from domain.schemes.registers.hours import Weekday
from domain.schemes.registers.times import ServiceTime
from domain.schemes.vocabulary import Stage, SupportType
from domain.sessions.codes import Band, Channel, Need, Urgency
from domain.sessions.record import Session
from domain.sessions.request import Request, RequestState
from domain.supporters.record import Supporter

NOW = datetime(2025, 3, 4, 2, 10, tzinfo=UTC)
"""The instant of every test: a night."""
EVERYWHERE = Scope(None, True)
CANARY = "Canary Quillfeather"


def new_prison() -> str:
    """A prison that no other test knows, so that tests can share a database."""
    return "P" + uuid4().hex[:8].upper()


def viewer(**facts: Any) -> Viewer:
    """Somebody with these facts."""
    return Viewer(cast(Any, uuid4()), Principal("issuer", "subject", PrincipalKind.STAFF), Role.GOVERNOR, facts=facts)


def look(reach: Reach = (), *, scope: Scope = EVERYWHERE, now: datetime = NOW, by: Viewer | None = None) -> Look:
    """A look; without a reach it finds all that the scope opens."""
    return Look(reach, by or viewer(), now, scope)


def entry(**given: Any) -> Entry:
    """An entry of an act that was done."""
    told: dict[str, Any] = {
        "id": uuid4(),
        "at": NOW,
        "actor": uuid4(),
        "client": None,
        "role": "GOVERNOR",
        "assignment": None,
        "purpose": "oversight",
        "verb": "READ_SCHEME",
        "family": Family.LOOK,
        "rule": "governor.oversight.own-prison",
        "outcome": Outcome.DONE,
        "code": None,
        "prison": None,
        "jurisdiction": "EW",
        "closed": False,
    }
    return Entry(**(told | given))


def scheme(prison: str, **given: Any) -> Scheme:
    """A scheme in draft."""
    id = cast(Any, uuid4())
    told: dict[str, Any] = {
        "id": id,
        "scheme": id,
        "kind": "INSIDERS",
        "name": "Insiders",
        "jurisdiction": "EW",
        "prison": prison,
        "organisation": "PRISON",
        "closed": False,
        "support_types": (SupportType.INDUCTION,),
        "stage_of_sentence": (Stage.INDUCTION,),
        "purpose": "To meet new arrivals.",
    }
    return Scheme(**(told | given))


def person(prison: str, **given: Any) -> Person:
    """Somebody in custody, with an identifier that nobody else has."""
    id = cast(Any, uuid4())
    number = f"A{uuid4().int % 10_000:04d}{''.join(random.choices('ABCDEFGH', k=2))}{uuid4().hex[:4]}"
    told: dict[str, Any] = {
        "id": id,
        "person": id,
        "jurisdiction": "EW",
        "prison": prison,
        "identifier_kind": "NOMS",
        "identifier": number,
        "name": CANARY,
    }
    return Person(**(told | given))


def session(prison: str, **given: Any) -> Session:
    """A planned session of an hour from now."""
    told: dict[str, Any] = {
        "id": uuid4(),
        "enrolment": uuid4(),
        "scheme": uuid4(),
        "jurisdiction": "EW",
        "prison": prison,
        "organisation": "SHANNON_TRUST",
        "wing": "A",
        "person": uuid4(),
        "supporter": uuid4(),
        "supporter_person": uuid4(),
        "starts_at": NOW,
        "ends_at": NOW + timedelta(minutes=20),
    }
    return Session(**(told | given))


def service_time(prison: str, weekday: Weekday, starts: str, ends: str, **given: Any) -> ServiceTime:
    """A time of the week, from the first of March."""
    told: dict[str, Any] = {
        "id": uuid4(),
        "scheme": uuid4(),
        "jurisdiction": "EW",
        "prison": prison,
        "organisation": "SHANNON_TRUST",
        "band": Band.NIGHT,
        "valid_from": date(2025, 3, 1),
    }
    return ServiceTime(weekday=weekday, starts=starts, ends=ends, **(told | given))


def request(prison: str, **given: Any) -> Request:
    """A request for a Listener, by night."""
    told: dict[str, Any] = {
        "id": uuid4(),
        "scheme": uuid4(),
        "jurisdiction": "EW",
        "prison": prison,
        "organisation": "SAMARITANS",
        "closed": True,
        "wing": "A",
        "channel": Channel.CELL_BELL,
        "need": Need.EMOTIONAL,
        "urgency": Urgency.NOW,
        "band": Band.NIGHT,
        "readable_until": NOW + timedelta(hours=8),
        "state": RequestState.RECEIVED,
        "asked_at": NOW,
        "recorded_at": NOW,
        "recipient": CANARY,
        "cell": "A-2-14",
        "language": "cy",
        "author": uuid4(),
        "offered_to": uuid4(),
        "declined_by": (uuid4(),),
        "not_wanted": (uuid4(),),
        "cleared_by": uuid4(),
    }
    return Request(**(told | given))


def supporter(prison: str, **given: Any) -> Supporter:
    """An application."""
    told: dict[str, Any] = {
        "id": uuid4(),
        "scheme": uuid4(),
        "kind": "INSIDERS",
        "jurisdiction": "EW",
        "prison": prison,
        "organisation": "PRISON",
        "person": uuid4(),
        "name": CANARY,
        "wing": "A",
        "applied_on": NOW.date(),
    }
    return Supporter(**(told | given))


def actor(**given: Any) -> Actor:
    """A member of staff."""
    told: dict[str, Any] = {"id": uuid4(), "issuer": "issuer", "subject": uuid4().hex, "kind": PrincipalKind.STAFF}
    return Actor(**(told | given))


def assignment(prison: str | None, **given: Any) -> Assignment:
    """A role for a year."""
    told: dict[str, Any] = {
        "id": uuid4(),
        "holder": uuid4(),
        "issuer": "issuer",
        "subject": "subject",
        "principal_kind": PrincipalKind.STAFF,
        "role": Role.COORDINATOR,
        "jurisdiction": "EW",
        "prison": prison,
        "organisation": "PRISON",
        "starts_on": date(2025, 1, 1),
        "ends_on": date(2025, 12, 31),
        "needs_second": True,
    }
    return Assignment(**(told | given))


def new(record: Record) -> Kept:
    """A record that is new."""
    return Kept(record, 0)


def use(**given: Any) -> KeyUse:
    """The use of an idempotency key, for three days."""
    told: dict[str, Any] = {
        "actor": uuid4(),
        "route": "POST /v1/requests",
        "key": uuid4().hex,
        "body": b"hash of a body",
        "subject": uuid4(),
        "until": NOW + timedelta(hours=72),
    }
    return KeyUse(**(told | given))


def letter(**plain: Any) -> Letter:
    """Something handed in."""
    return Letter("tally", {"month": "2025-03", "part": "NIGHT", "concerns": ["FAMILY"]} | plain)


RECORDS = {kind: record for kind, record in sorted(KINDS.items()) if kind != "ledger-line"}
"""Every kind that the store is given; the ledger's lines come from entries. Sorted, for kinds register as they are
imported, and what is drawn of them may not hang on which tests are beside."""
