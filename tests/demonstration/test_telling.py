"""What is told works as pasted: bash reads each line as meant, and the service answers it as the line says."""

import io
import json
import re
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

import httpx
import pytest
from rich.console import Console

from api.app import create_app
from api.demonstration import cast
from api.demonstration.examples import Examples
from api.demonstration.telling import lines, paths, tell
from api.identity.demonstration import Demonstration
from domain.confidentiality.entry import Outcome
from domain.sessions.tally import RECEIPT
from persistence.memory import MemoryStore
from tests.demonstration.conftest import Played
from tests.demonstration.stage import copy, served

BASE = "http://127.0.0.1:8000"


def as_bash_reads(command: str, tag: str = "") -> list[str]:
    """The words that curl would be started with; where it reads headers first, an ETag is among them."""
    reading = f"case \"$*\" in *' -D -') printf 'HTTP/1.1 200 OK\\r\\netag: %s\\r\\n' '{tag}'; return;; esac"
    script = f"curl() {{ {reading}; printf '%s\\0' \"$@\"; }}; {command}"
    told = subprocess.run(["bash", "-c", script], capture_output=True, check=True, text=True)
    assert told.stderr == ""
    return told.stdout.split("\0")[:-1]


def request_of(command: str, tag: str = "") -> tuple[str, str, dict[str, str], bytes | None]:
    """What that curl would send: method, address, headers, body."""
    words, headers, address, body = as_bash_reads(command, tag), {}, "", None
    rest = iter(words)
    for word in rest:
        match word:
            case "-sS":
                pass
            case "-w":
                assert next(rest) == r"\n"
            case "-H":
                name, _, value = next(rest).partition(": ")
                headers[name] = value
            case "-d":
                body = next(rest).encode()
            case _:
                assert address == ""
                address = word
    return "GET" if body is None else "POST", address, headers, body


class Stage:
    """The whole service over a store of its own, and the lines that its demonstration would print."""

    def __init__(self, store: MemoryStore, examples: Examples) -> None:
        demonstration = Demonstration()
        self.store = store
        self.tokens = cast.tokens(demonstration.issue)
        self.examples = examples
        self.lines = lines(BASE, self.tokens, examples, uuid4)
        transport = httpx.ASGITransport(create_app(served(store, demonstration)))
        self.client = httpx.AsyncClient(transport=transport, base_url=BASE)

    async def paste(self, number: int, tag: str = "") -> httpx.Response:
        """Send what the line of this number says."""
        method, address, headers, body = request_of(self.lines[number].command, tag)
        return await self.client.request(method, address, headers=headers, content=body)


@pytest.fixture
def stage(played: Played) -> Stage:
    """A fresh one."""
    return Stage(copy(played.store), played.seeded.examples)


async def test_four_lines_work_and_the_fifth_is_refused(stage: Stage) -> None:
    """Asked, declared, seen, handed in, refused: in the order in which they are printed."""
    answers = [await stage.paste(n) for n in range(5)]
    assert [a.status_code for a in answers] == [201, 201, 200, 201, 403]
    asked, duty, board, tally, refused = (a.json() for a in answers)
    assert (duty["wings"], board["wings"]) == (["MDI-A"], ["MDI-A"])
    assert asked["id"] in {r["id"] for r in board["items"]}
    assert str(stage.examples.request) in {r["id"] for r in board["items"]}
    assert {r["wing"] for r in board["items"]} == {"MDI-A"}
    assert tally == {"receipt": RECEIPT}
    assert (refused["title"] and refused["status"], stage.store.entries[-1].outcome) == (403, Outcome.REFUSED)


async def test_pasted_twice_they_do_no_harm(stage: Stage) -> None:
    """The same request and the same receipt, not a second one."""
    first, again = [await stage.paste(0) for _ in range(2)]
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]
    letters = len(stage.store.letters)
    one, two = [await stage.paste(3) for _ in range(2)]
    assert (one.status_code, one.content) == (two.status_code, two.content)
    assert len(stage.store.letters) == letters + 1


def test_keys_are_new_at_each_start(stage: Stage) -> None:
    """One of yesterday's would be answered with what came of yesterday's request, or with nothing."""
    headers = [
        request_of(line.command)[2] for start in range(2) for line in lines(BASE, stage.tokens, stage.examples, uuid4)
    ]
    keys = [h["Idempotency-Key"] for h in headers if "Idempotency-Key" in h]
    assert len(set(keys)) == len(keys) == 4


async def test_without_duty_the_board_is_empty(stage: Stage) -> None:
    """Which is why the lines come in this order (rule 13)."""
    board = (await stage.paste(2)).json()
    assert (board["wings"], board["items"]) == ([], [])


async def test_two_lines_take_the_pilot_live(stage: Stage) -> None:
    """It lacks an advert and nothing else; with one it goes live. Once it is no pilot, the lines are not printed."""
    path = f"/v1/schemes/{stage.examples.pilot}"
    bearer = {"Authorization": f"Bearer {stage.tokens['coordinator']}"}

    async def tag() -> str:
        return (await stage.client.get(path, headers=bearer)).headers["etag"]

    moves = (await stage.client.get(f"{path}/readiness", headers=bearer)).json()["moves"]
    assert [m["missing"] for m in moves if m["move"] == "LAUNCH_SCHEME"] == [["NOT_ADVERTISED"]]
    early = await stage.paste(6, await tag())
    assert (early.status_code, [f["code"] for f in early.json()["failures"]]) == (409, ["NOT_ADVERTISED"])
    assert (await stage.paste(5)).status_code == 201
    live = await stage.paste(6, await tag())
    assert (live.status_code, live.json()["state"]) == (200, "LIVE")
    later = replace(stage.examples, pilot=None)
    assert len(lines(BASE, stage.tokens, later, uuid4)) == len(stage.lines) - 2


async def test_a_second_of_headquarters_publishes_a_kind(stage: Stage) -> None:
    """Nobody publishes what he made, nor what a partner has not said yes to; the demonstration has those who may."""
    people = ("headquarters", "second-headquarters", "samaritans-lead")
    first, second, lead = ({"Authorization": f"Bearer {stage.tokens[key]}"} for key in people)
    body = {"code": "YOUNG_LISTENERS", "base": "LISTENERS", "sheet": {"title": "Listeners, young adults"}}
    made = await stage.client.post("/v1/kind-versions", headers=first, json=body)
    assert made.status_code == 201
    path = made.headers["location"]
    steps = ((first, "publish", 409), (second, "publish", 409), (lead, "confirm", 200), (second, "publish", 200))
    for who, action, expected in steps:
        tagged = {**who, "If-Match": (await stage.client.get(path, headers=who)).headers["etag"]}
        answer = await stage.client.post(f"{path}/{action}", headers=tagged, json={})
        assert answer.status_code == expected, (action, answer.text)


async def test_each_token_says_who_its_holder_is(stage: Stage) -> None:
    """Whoever is printed is let in, as himself, in his role."""
    for member in cast.CAST:
        bearer = {"Authorization": f"Bearer {stage.tokens[member.key]}"}
        answer = await stage.client.get("/v1/me", headers=bearer)
        assert answer.status_code == 200
        told = answer.json()
        assert (told["subject"], told["kind"]) == (member.subject, member.kind)
        assert told["capacities"][0]["role"] == member.role


@pytest.mark.parametrize(
    ("name", "holder"),
    [
        ("listeners", "samaritans"),
        ("reading", "person-in-custody"),
        ("draft", "governor"),
        ("pilot", "coordinator"),
        ("applicant", "coordinator-listeners"),
        ("listener", "listener"),
        ("next_session", "mentor"),
        ("swap", "coordinator-listeners"),
        ("proposal", "coordinator-listeners"),
        ("request", "orderly-officer"),
    ],
)
async def test_the_paths_lead_somewhere(stage: Stage, name: str, holder: str) -> None:
    """For the holder of that role each example is there."""
    (path,) = (path for _, path in paths(stage.examples) if str(getattr(stage.examples, name)) in path)
    answer = await stage.client.get(path, headers={"Authorization": f"Bearer {stage.tokens[holder]}"})
    assert answer.status_code == 200
    assert answer.json()["id"] == str(getattr(stage.examples, name))


def test_examples_that_are_over_are_left_out(played: Played) -> None:
    """A later start prints no path to nothing."""
    nothing = Examples(
        listeners=None,
        reading=None,
        draft=None,
        pilot=None,
        applicant=None,
        listener=None,
        next_session=None,
        swap=None,
        proposal=None,
        request=None,
        today=played.seeded.examples.today,
        month=played.seeded.examples.month,
        part=played.seeded.examples.part,
    )
    assert paths(nothing) == []
    assert len(paths(played.seeded.examples)) == 10


def printed(tokens: Mapping[str, str], examples: Examples, width: int) -> list[str]:
    """What a terminal of this width is sent, line by line."""
    out = io.StringIO()
    tell(Console(file=out, width=width, force_terminal=True, color_system=None), BASE, tokens, examples, uuid4)
    return re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue()).split("\n")


@pytest.mark.parametrize("width", [20, 80, 400])
def test_nothing_is_wrapped(stage: Stage, width: int) -> None:
    """Token and line stand whole on a line of their own, at any width; no shell character is lost."""
    found = printed(stage.tokens, stage.examples, width)
    assert f"Documentation: {BASE}/docs" in found
    for token in stage.tokens.values():
        assert token in found
    pasted = [line for line in found if line.startswith(("curl ", "tag="))]
    assert [without_key(line) for line in pasted] == [without_key(line.command) for line in stage.lines]
    for member in cast.CAST:
        assert f"{member.key}: {member.may}" in found


def without_key(command: str) -> str:
    """The command without its idempotency key, which is a new one whenever lines are made."""
    return re.sub(r"Idempotency-Key: [0-9a-f]{32}", "Idempotency-Key: …", command)


def test_square_brackets_and_colons_are_told_as_they_are(stage: Stage) -> None:
    """Rich takes `[…]` and `:smile:` for its own: a line with JSON in it must come through."""
    tokens: dict[str, Any] = {**stage.tokens, "governor": "[bold]:smile:[/bold]"}
    assert "[bold]:smile:[/bold]" in printed(tokens, stage.examples, 80)
    body = next(line for line in printed(tokens, stage.examples, 80) if "duty-declarations" in line and "curl" in line)
    assert json.loads(as_bash_reads(body)[-1]) == {"prison": "MDI", "wings": ["MDI-A"]}
