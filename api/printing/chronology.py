"""A chronology as a page, in English: each event under its time, in order. It shows what the chronology tells, and
works nothing out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from api.language import Language
from api.printing.page import Page
from api.printing.words import clean
from domain.packs.chronology import Chronology

SAID: Final = (
    "Requests for a Listener that were met, and who asked for any, are in sealed envelopes. Two people of two"
    " organisations open them, outside this service.",
    "Refusals of Listener requests are those of the whole prison. Nothing here tells whose they were.",
    "Supporters are letters. The key to them is kept nowhere: it needs a court's order.",
    "What was said, and what anybody typed in words of his own, is not in it.",
)
"""What cannot be in it, and why."""
_MARKS: Final = {"late": "Recorded more than thirty minutes after it happened", "afterHold": "Recorded after the death"}


def page_of(chronology: Chronology) -> Page:
    """The page."""
    told = chronology.told
    events = [_event(each) for each in told["events"]]
    return {
        "lang": Language.ENGLISH.value,
        "title": f"Chronology: {clean(chronology.prison)}",
        "notice": "",
        "facts": [
            _part("Days", [f"{told['firstDay']} to {told['lastDay']}"]),
            _part("Death recorded", [_at(told["recordedAt"])]),
            _part("Chronology", [str(chronology.job)]),
            _part("SHA-256 of all events", [told["sha256"]]),
        ],
        "sections": [
            _section("What happened", "In the order of time. Times are in UTC.", events, "There is nothing."),
            _section("What cannot be in it", "And why.", [_part("Not in it", list(SAID))], ""),
        ],
    }


def _section(title: str, question: str, parts: list[Page], blank: str) -> Page:
    return {"title": title, "question": question, "parts": parts, "blank": "" if parts else blank}


def _event(one: Mapping[str, Any]) -> Page:
    recorded, told = one["recordedAt"], _hour if one["hoursAlone"] else _at
    said = [
        _plain(one["what"]),
        *([f"Recorded: {told(recorded)}"] if recorded else []),
        *(words for mark, words in _MARKS.items() if one[mark]),
        *([f"By the member of staff {one['by']}"] if one["by"] else []),
        *(clean(letter) for letter in one["supporters"]),
        *(f"{_plain(each['name'])}: {clean(each['value'])}" for each in one["told"]),
        f"Record: {_plain(one['kind'])} {one['record']}",
        *(_version(each) for each in one["versions"]),
        f"SHA-256: {one['sha256']}",
    ]
    return {**_part(told(one["at"]), said), "list": True}


def _version(one: Mapping[str, Any]) -> str:
    what = "First written" if one["first"] else "Changed: " + ", ".join(map(clean, one["fields"]))
    if not one["line"]:
        return f"{what}: {_hour(one['at'])}, by nobody of the staff"
    return f"{what}: {_at(one['at'])}, line {one['line']}, by the member of staff {one['by']}"


def _at(instant: str) -> str:
    return f"{datetime.fromisoformat(instant):%d %b %Y %H:%M:%S} UTC"


def _hour(instant: str) -> str:
    begins = datetime.fromisoformat(instant)
    return f"{begins:%d %b %Y}, in the hour from {begins:%H:%M} UTC"


def _part(label: str, said: list[str]) -> Page:
    return {"label": label, "said": said, "list": len(said) > 1, "english": False}


def _plain(code: str) -> str:
    return code.replace("_", " ").replace("-", " ").capitalize()
