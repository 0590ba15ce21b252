"""From a message of the estate's queue to the event that it tells, tolerant of every way in which real producers
deviate from their own schema (hmpps.md 4.1): versions and numbers as text, instants without a zone, bodies that name
another type than their attribute. What cannot be read at all is `Unreadable`: it stays in the queue, and the queue puts
it aside."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.kernel.errors import Failure, Unreadable
from domain.kernel.ids import id_of
from domain.kernel.words import JURISDICTIONS
from domain.movements.event import PrisonEvent, What, Why

LARGEST: Final = 262_144
"""Bytes of a message: as many as a queue takes."""
_NUMBER: Final = re.compile(JURISDICTIONS["EW"].identifier_pattern)
_PRISON: Final = re.compile(r"[A-Z]{3}")
_LONDON: Final = ZoneInfo("Europe/London")
_SEARCH, _OFFENDER = "prisoner-offender-search.prisoner.", "prison-offender-events.prisoner."

TOLD: Final[Mapping[str, What]] = {
    f"{_SEARCH}received": What.RECEIVED,
    f"{_SEARCH}released": What.RELEASED,
    f"{_SEARCH}updated": What.UPDATED,
    f"{_SEARCH}alerts-updated": What.ALERTS,
    f"{_OFFENDER}received": What.RECEIVED,
    f"{_OFFENDER}released": What.RELEASED,
    f"{_OFFENDER}cell.move": What.UPDATED,
    f"{_OFFENDER}merged": What.MERGED,
    f"{_OFFENDER}booking.moved": What.BOOKING_MOVED,
    f"{_OFFENDER}non-association-detail.changed": What.NON_ASSOCIATION,
    "restricted-patients.patient.added": What.UPDATED,
    "restricted-patients.patient.removed": What.UPDATED,
    "non-associations.created": What.NON_ASSOCIATION,
    "person.alert.created": What.ALERTS,
    "person.alert.updated": What.ALERTS,
    "incentives.iep-review.inserted": What.INCENTIVE,
    "incentives.iep-review.updated": What.INCENTIVE,
    "incentives.iep-review.deleted": What.INCENTIVE,
}
"""What the types of event are about. Of every other type nothing follows, and it is taken in all the same: the next
version of a producer is no fault. A non-association that was amended or closed is found by the clock, which asks;
one that is told as changed and has an end that has come is closed."""
_WHERE: Final = frozenset({"LOCATION", "STATUS", "RESTRICTED_PATIENT"})
"""Which changes of a prisoner may say that he is elsewhere."""


def read(body: str, message_id: str = "") -> PrisonEvent:
    """The event of a message: SNS's notification, or the event itself. Raises `Unreadable` with what is wrong."""
    outer = opened(body)
    if "Message" not in outer:
        return _event(outer, str(outer.get("eventType") or ""), _id(message_id or body), None)
    id = _id(str(outer.get("MessageId") or message_id or body))
    type = _attribute(outer, "eventType")
    if outer.get("Type", "Notification") != "Notification":
        return _nothing(id, type or "unknown", outer)
    if type is not None and type not in TOLD:
        return _nothing(id, type, outer)  # whatever its body is
    inner = _object(str(outer["Message"]))
    return _event(inner, type or str(inner.get("eventType") or ""), id, outer.get("Timestamp"))


def type_of(body: str, id: str) -> str:
    """The type of an event, and no more of it. Raises as `read`."""
    return read(body, id).type


def opened(body: str) -> dict[str, Any]:
    """A message as an object. Raises `Unreadable`: it is too large, or none."""
    if len(body.encode(errors="surrogatepass")) > LARGEST:
        raise _wrong("MESSAGE_TOO_LARGE")
    return _object(body)


def _nothing(id: UUID, type: str, outer: Mapping[str, Any]) -> PrisonEvent:
    return PrisonEvent(id=id, type=_short(type), what=What.NOTHING, at=_instant(outer.get("Timestamp")))


def _event(body: Mapping[str, Any], type: str, id: UUID, published: object) -> PrisonEvent:
    what = TOLD.get(type, What.NOTHING)
    at = _instant(body.get("occurredAt") or body.get("publishedAt") or published)
    if what is What.NOTHING:
        return PrisonEvent(id=id, type=_short(type or "unknown"), what=what, at=at)
    more = _more(body)
    changed = _texts(more.get("categoriesChanged"))
    if what is What.UPDATED and changed and not changed & _WHERE:
        what = What.NOTHING
    if what is What.NON_ASSOCIATION and _ended(more.get("expiryDate"), at):
        what = What.NOTHING  # it parts nobody any more, and what else stands between the two the clock finds
        return PrisonEvent(id=id, type=_short(type), what=what, at=at)
    number, other = _numbers(what, body, more)
    return PrisonEvent(
        id=id,
        type=_short(type),
        what=what,
        at=at,
        number=number,
        other=other,
        prison=_prison(what, more),
        why=_why(more.get("reason")),
        codes=_texts(more.get("alertsAdded")) | _texts([more.get("alertCode")]),
        began=_began(more.get("bookingStartDateTime")),
    )


def _numbers(what: What, body: Mapping[str, Any], more: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Of whom it is. Raises: it says so in no way that anybody knows."""
    match what:
        case What.MERGED:
            found = more.get("nomsNumber"), more.get("removedNomsNumber")
        case What.BOOKING_MOVED:
            found = more.get("movedToNomsNumber"), more.get("movedFromNomsNumber")
        case What.NON_ASSOCIATION:
            one = more.get("nsPrisonerNumber1") or more.get("nomsNumber")
            found = one, more.get("nsPrisonerNumber2") or more.get("nonAssociationNomsNumber")
        case _:
            # Where the two differ, as in the estate's own example of an update, the reference is what readers go by.
            return _number(_person(body) or more.get("nomsNumber") or more.get("prisonerNumber")), None
    number, other = _number(found[0]), _number(found[1])
    if number == other:
        raise _wrong("MESSAGE_CONTRADICTS_ITSELF")
    return number, other


def _person(body: Mapping[str, Any]) -> object:
    reference = body.get("personReference")
    if not isinstance(reference, dict):
        return None
    identifiers = cast(dict[str, Any], reference).get("identifiers")
    listed = cast(list[Any], identifiers) if isinstance(identifiers, list) else []
    of_him = (cast(dict[str, Any], each) for each in listed if isinstance(each, dict))
    return next((each.get("value") for each in of_him if each.get("type") == "NOMS"), None)


def _number(value: object) -> str:
    text = value.strip().upper() if isinstance(value, str) else ""
    if _NUMBER.fullmatch(text) is None:
        raise _wrong("MESSAGE_NAMES_NOBODY")
    return text


def _prison(what: What, more: Mapping[str, Any]) -> str | None:
    """A prison's code. What is longer is none of ours, as every consumer has it."""
    said = more.get("prisonId")
    text = said.strip().upper() if isinstance(said, str) else ""
    if _PRISON.fullmatch(text):
        return text
    if what in (What.RECEIVED, What.RELEASED) and not text:
        raise _wrong("MESSAGE_LACKS_A_PRISON")
    return None


def _why(value: object) -> Why:
    return Why(value) if isinstance(value, str) and value in Why.__members__ else Why.UNKNOWN


def _instant(value: object) -> datetime:
    """An instant, with or without a zone: then by the clocks of London (hmpps.md 2.4)."""
    try:
        at = datetime.fromisoformat(str(value))
        return (at if at.tzinfo is not None else at.replace(tzinfo=_LONDON)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise _wrong("MESSAGE_LACKS_A_TIME") from None


def _began(value: object) -> datetime | None:
    return None if value in (None, "") else _instant(value)


def _ended(value: object, at: datetime) -> bool:
    """Whether the day on which it ends has come: who ends one today has today written there."""
    try:
        return date.fromisoformat(str(value)[:10]) <= at.astimezone(_LONDON).date()
    except ValueError:
        return False  # none, or none that anybody can read: it stands


def _texts(value: object) -> frozenset[str]:
    listed = cast(list[Any], value) if isinstance(value, list) else []
    return frozenset(each for each in listed if isinstance(each, str))


def _more(body: Mapping[str, Any]) -> Mapping[str, Any]:
    more = body.get("additionalInformation")
    return cast(dict[str, Any], more) if isinstance(more, dict) else {}


def _attribute(outer: Mapping[str, Any], name: str) -> str | None:
    attributes = outer.get("MessageAttributes")
    one = cast(dict[str, Any], attributes).get(name) if isinstance(attributes, dict) else None
    value = cast(dict[str, Any], one).get("Value") if isinstance(one, dict) else None
    return value if isinstance(value, str) and value else None


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise _wrong("MESSAGE_IS_NOT_JSON") from None
    if not isinstance(found, dict):
        raise _wrong("MESSAGE_IS_NOT_JSON")
    return cast(dict[str, Any], found)


def _id(text: str) -> UUID:
    """The message's own id where it is one, else one that the same text always has."""
    try:
        return UUID(text)
    except ValueError:
        return id_of(text)


def _short(type: str) -> str:
    """A type as it is kept: what is no name of a type is not kept as one."""
    return type if re.fullmatch(r"[A-Za-z0-9._-]{1,100}", type) else "unknown"


def _wrong(code: str) -> Unreadable:
    return Unreadable([Failure(code)])
