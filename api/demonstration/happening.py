"""What can be made to happen in the prisons of the demonstration: their systems hold it from then on, and tell it in
the estate's own messages, which the service takes in as it takes in real ones."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from api.demonstration.elsewhere import Held, place
from api.demonstration.people import PRISONS, is_made_up
from domain.kernel.prison import IncentiveLevel
from domain.kernel.whereabouts import InOut, Located

_SEARCH, _OFFENDER = "prisoner-offender-search.prisoner.", "prison-offender-events.prisoner."
_TOPIC: Final = "arn:aws:sns:eu-west-2:000000000000:demonstration"


class Happening(StrEnum):
    """What happened, as it is typed."""

    MOVED = "moved"
    """He goes to another prison (`--to`)."""
    LEFT = "left"
    """He is on his way to another prison."""
    RELEASED = "released"
    TO_COURT = "to-court"
    BACK = "back"
    """From court."""
    WING = "wing"
    """He lives on another wing (`--to`)."""
    MERGED = "merged"
    """His number turns out to be the same man's as another (`--other`), which is no more."""
    KEPT_APART = "kept-apart"
    """A non-association with another (`--other`) is opened."""
    ALERT = "alert"
    """There is an alert about him (`--code`)."""
    BASIC = "basic"
    """He is on the lowest level of incentives."""


class CannotHappen(ValueError):
    """Why not, in one line."""


@dataclass(frozen=True, slots=True)
class Story:
    """What happened to whom. `to`: a prison or a wing; `other`: another's number; `code`: an alert's."""

    what: Happening
    number: str
    to: str | None = None
    other: str | None = None
    code: str | None = None


def happen(held: Held, story: Story, at: datetime) -> tuple[Held, list[str]]:
    """What the systems hold then, and the messages in which they tell it. Raises `CannotHappen`."""
    for number in (story.number, story.other):
        if number is not None and not is_made_up(number):
            raise CannotHappen("it happens to made-up people alone: Z, four digits and ZZ")
    was = held.places.get(story.number)
    if was is None:
        raise CannotHappen(f"nobody in these prisons has the number {story.number}")
    now, told = _happened(held, story, was)
    return now, [_message(type, story.number, at + timedelta(seconds=n), more) for n, (type, more) in enumerate(told)]


_Told = list[tuple[str, dict[str, Any]]]


def _happened(held: Held, story: Story, was: Located) -> tuple[Held, _Told]:
    match story.what:
        case Happening.MOVED | Happening.LEFT | Happening.RELEASED | Happening.TO_COURT | Happening.BACK:
            at, told = _moved(story, was)
            return replace(held, places={**held.places, story.number: at}), told
        case Happening.WING:
            wing = _one_of([w for p in PRISONS if p.code == was.prison for w in p.wings], story.to, "--to: a wing")
            at = replace(was, wing=wing)
            told: _Told = [(f"{_SEARCH}updated", {"categoriesChanged": ["LOCATION"]})]
            return replace(held, places={**held.places, story.number: at}), told
        case Happening.MERGED:
            gone = _another(held, story)
            rest = {number: at for number, at in held.places.items() if number != gone}
            return replace(held, places=rest), [(f"{_OFFENDER}merged", {"removedNomsNumber": gone, "reason": "MERGE"})]
        case Happening.KEPT_APART:
            pair = (story.number, _another(held, story))
            both = {"nsPrisonerNumber1": pair[0], "nsPrisonerNumber2": pair[1]}
            return replace(held, apart=(*held.apart, pair)), [("non-associations.created", both)]
        case Happening.ALERT:
            code = story.code or "HA"
            codes = held.alerts.get(story.number, frozenset()) | {code}
            told = [(f"{_SEARCH}alerts-updated", {"alertsAdded": [code], "alertsRemoved": []})]
            return replace(held, alerts={**held.alerts, story.number: codes}), told
        case Happening.BASIC:
            levels = {**held.incentives, story.number: IncentiveLevel.BAS}
            return replace(held, incentives=levels), [("incentives.iep-review.inserted", {"id": 1})]


def _moved(story: Story, was: Located) -> tuple[Located, _Told]:
    """Where he is then, and that he was released from one prison and, it may be, received into another."""

    def released(reason: str) -> tuple[str, dict[str, Any]]:
        return f"{_SEARCH}released", {"reason": reason, "prisonId": was.prison}

    def received(reason: str, prison: str | None) -> tuple[str, dict[str, Any]]:
        return f"{_SEARCH}received", {"reason": reason, "prisonId": prison}

    if story.what is Happening.MOVED:
        to = _one_of([p.code for p in PRISONS if p.code != was.prison], story.to, "--to: a prison")
        there = next(p for p in PRISONS if p.code == to)
        come = received("TRANSFERRED", to)
        return place(to, there.wings[0]), [come] if was.prison is None else [released("TRANSFERRED"), come]
    if was.prison is None:
        raise CannotHappen("he is in no prison now")
    out = replace(was, prison=None, wing=None)
    match story.what:
        case Happening.LEFT:
            return replace(out, in_out=InOut.TRN, last_movement="TRN"), [released("TRANSFERRED")]
        case Happening.RELEASED:
            return replace(out, in_out=InOut.OUT, last_movement="REL"), [released("RELEASED")]
        case Happening.TO_COURT:
            return replace(was, in_out=InOut.OUT, last_movement="CRT"), [released("SENT_TO_COURT")]
        case _:
            return replace(was, in_out=InOut.IN, last_movement="CRT"), [received("RETURN_FROM_COURT", was.prison)]


def _one_of(known: list[str], given: str | None, what: str) -> str:
    if given not in known:
        raise CannotHappen(f"{what}, one of {', '.join(known)}")
    return given


def _another(held: Held, story: Story) -> str:
    if story.other is None or story.other == story.number or story.other not in held.places:
        raise CannotHappen("--other: the number of somebody else in these prisons")
    return story.other


def _message(type: str, number: str, at: datetime, more: Mapping[str, Any]) -> str:
    """As SNS wraps it and a queue hands it out (hmpps.md 4.1)."""
    about = {"nomsNumber": number} if "nsPrisonerNumber1" not in more else {}
    body: dict[str, Any] = {
        "eventType": type,
        "version": 1,
        "occurredAt": at.isoformat(),
        "description": "Something happened in the demonstration",
        "additionalInformation": {**about, **more},
        "personReference": {"identifiers": [{"type": "NOMS", "value": number}]},
    }
    return json.dumps(
        {
            "Type": "Notification",
            "MessageId": str(uuid5(NAMESPACE_URL, f"{_TOPIC} {type} {number} {at.isoformat()}")),
            "TopicArn": _TOPIC,
            "Message": json.dumps(body),
            "Timestamp": at.isoformat(),
            "MessageAttributes": {"eventType": {"Type": "String", "Value": type}},
        }
    )


def lines(listener: str, mentor: str, learner: str, prison: str) -> Iterator[tuple[str, str]]:
    """(what happens, the words to type) of three that show something."""
    yield (
        "The Listener is moved: his bands on the rota are free, and staff are told.",
        (f"{Happening.MOVED} {listener} --to {prison}"),
    )
    yield (
        "Security keeps learner and mentor apart: no session goes on, and neither is told why.",
        (f"{Happening.KEPT_APART} {learner} --other {mentor}"),
    )
    yield (
        "The mentor is at court: he stays what he is, and nobody counts on him today.",
        f"{Happening.TO_COURT} {mentor}",
    )
