"""What `peer-support demo` says once it serves: where the documentation is, a token for each role, lines to paste.

Nothing is wrapped, whatever the width: a token or a line that was broken by the terminal would not work as pasted.
"""

import json
import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from rich.console import Console

from api.demonstration.cast import CAST, COORDINATOR, GOVERNOR, LISTENER, MENTOR, OFFICER, PERSON, Member
from api.demonstration.examples import WING, Examples
from api.demonstration.happening import lines as happenings
from api.demonstration.people import LEI, MDI
from domain.ports import Ids


@dataclass(frozen=True, slots=True)
class Line:
    """Something to paste into a shell: what it shows, and the one command."""

    said: str
    command: str


def lines(base_url: str, tokens: Mapping[str, str], examples: Examples, ids: Ids) -> tuple[Line, ...]:
    """Four that work, and one that is refused; and, as long as the pilot is one, two that take it live. Keys are fresh
    at each start: one of yesterday's would give the answer of yesterday."""

    def as_(member: Member, path: str, body: Mapping[str, Any] | None = None, *, key: bool = False) -> str:
        words = ["curl", "-sS", "-w", r"\n", f"{base_url}{path}", "-H", f"Authorization: Bearer {tokens[member.key]}"]
        if key:
            words += ["-H", f"Idempotency-Key: {ids().hex}"]
        if body is not None:
            words += ["-H", "Content-Type: application/json", "-d", json.dumps(body, separators=(",", ":"))]
        return shlex.join(words)

    asked = {"need": "EMOTIONAL", "channel": "KIOSK_OR_LAPTOP", "urgency": "NOW", "wing": WING}
    tally = {
        "month": examples.month,
        "part": examples.part,
        "duration": "FROM_30_TO_60",
        "concerns": ["FAMILY", "LONELINESS"],
    }
    pilot = f"/v1/schemes/{examples.pilot}"
    tagged = f"{as_(COORDINATOR, pilot)} -o /dev/null -D - | grep -i '^etag:' | cut -d' ' -f2 | tr -d '\\r'"
    launch = f"""tag=$({tagged}); {as_(COORDINATOR, f"{pilot}/launch", {})} -H "If-Match: $tag\""""
    advert = {
        "medium": "POSTER",
        "shownWhere": "Every workshop",
        "languages": ["en"],
        "easyRead": True,
        "shownFrom": examples.today.isoformat(),
    }
    life = (
        Line(
            "A pilot whose days are over lacks only an advert to go live: the coordinator puts one up.",
            as_(COORDINATOR, f"{pilot}/publicity", advert),
        ),
        Line("Now it goes live; before, this was 409 NOT_ADVERTISED.", launch),
    )
    return (
        Line("A man on A wing asks for a Listener, at the kiosk.", as_(PERSON, "/v1/requests", asked, key=True)),
        Line(
            "An officer says that he is on A wing, until this band ends.",
            as_(OFFICER, "/v1/duty-declarations", {"prison": MDI.code, "wings": [WING]}),
        ),
        Line("Now he sees who asks there, and no other wing.", as_(OFFICER, "/v1/board")),
        Line(
            "A Listener hands in a count of one contact; nobody reads it back.",
            as_(LISTENER, "/v1/tallies", tally, key=True),
        ),
        Line(
            "Refused: the governor may not see who asks for a Listener. His attempt has its line in the ledger.",
            as_(GOVERNOR, "/v1/board"),
        ),
        *(() if examples.pilot is None else life),
    )


_PATHS: Final = (
    ("listeners", "the Listeners of MDI", "/v1/schemes/{}"),
    ("reading", "the reading mentors of MDI", "/v1/schemes/{}"),
    ("draft", "a scheme that the governor may approve", "/v1/schemes/{}"),
    ("pilot", "a pilot that lacks only an advert to go live", "/v1/schemes/{}"),
    ("applicant", "an application for Listener to be decided", "/v1/supporters/{}"),
    ("listener", "the Listener himself", "/v1/supporters/{}"),
    ("next_session", "the mentor's next session", "/v1/sessions/{}"),
    ("swap", "two Listeners who would change places: the coordinator decides", "/v1/rota-wishes/{}"),
    ("proposal", "a rota that was proposed, for coordinator-listeners", "/v1/jobs/{}"),
    ("request", "somebody on A wing who waits for a Listener", "/v1/requests/{}"),
)


def paths(examples: Examples) -> list[tuple[str, str]]:
    """(what is there, its path) of those examples that there are now."""
    there = [(said, path, getattr(examples, name)) for name, said, path in _PATHS]
    return [(said, path.format(id)) for said, path, id in there if id is not None]


def tell(console: Console, base_url: str, tokens: Mapping[str, str], examples: Examples, ids: Ids) -> None:
    """Print it all."""

    def say(text: str = "", style: str | None = None) -> None:
        console.print(text, style=style, markup=False, highlight=False, emoji=False, soft_wrap=True)

    say(f"Documentation: {base_url}/docs", "bold")
    say("Everybody in it is made up. The tokens hold for twelve hours, and for this start only.")
    say()
    for member in CAST:
        say(f"{member.key}: {member.may}", "bold")
        say(tokens[member.key])
    say()
    say("To try things on", "bold")
    for said, path in paths(examples):
        say(f"{path}  {said}")
    say()
    say("To make something happen in the prisons", "bold")
    for said, words in happenings(LISTENER.subject, MENTOR.subject, PERSON.subject, LEI.code):
        say(f"# {said}")
        say(f"{shlex.join((sys.executable, '-m', 'api'))} demo-event {words}")
    say()
    say("To paste", "bold")
    for line in lines(base_url, tokens, examples, ids):
        say(f"# {line.said}")
        say(line.command)
