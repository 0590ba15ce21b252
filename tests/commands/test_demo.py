"""The one command: `python -m api demo`, as a stranger runs it."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests import servers

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def children_of(pid: int) -> list[int]:
    """Its children that run Python: its worker, and not the database."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(c) for c in found if b"api\0work" in Path(f"/proc/{c}/cmdline").read_bytes()]


def environment_of(folder: Path) -> dict[str, str]:
    """A stranger's, with a folder of its own."""
    return {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG")} | {"DATA": str(folder)}


def happens(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Something is made to happen in the prisons of that demonstration."""
    command = [sys.executable, "-m", "api", "demo-event", *words]
    return subprocess.run(command, cwd=ROOT, env=environment_of(folder), capture_output=True, text=True, check=False)


@contextmanager
def demonstration(folder: Path, port: int, end: signal.Signals = signal.SIGTERM) -> Iterator[tuple[httpx.Client, str]]:
    """A running demonstration on a folder of its own, and what it printed."""
    environment = environment_of(folder) | {"PORT": str(port), "COLUMNS": "200"}
    log = folder.with_suffix(f".{port}.log")
    with log.open("wb") as out:
        process = subprocess.Popen([sys.executable, "-m", "api", "demo"], cwd=ROOT, env=environment, stdout=out)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}") as http:
            until = time.monotonic() + 90
            while "To paste" not in log.read_text():
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < until
                time.sleep(0.1)
            yield http, log.read_text()
    finally:
        workers = children_of(process.pid)
        process.send_signal(end)
        assert process.wait(40) in (0, 128 + end)
        assert workers != []
        assert [w for w in workers if Path(f"/proc/{w}").exists()] == []


def token_of(name: str, printed: str) -> dict[str, str]:
    """The header that the printed token of that member makes."""
    found = re.search(rf"^{name}: .*\n(\S+)$", printed, re.M)
    assert found is not None, printed[:2000]
    return {"Authorization": f"Bearer {found[1]}"}


def test_one_command_serves_and_a_second_start_keeps_the_data() -> None:
    """Database, tables, a year of data, tokens, service and worker by one command; the second start makes new tokens,
    keeps the data, and believes none of the first one's tokens (rule 22, F109). What happens in its prisons meanwhile
    it hears of. Told to end by either signal, it leaves no worker behind."""
    folder = servers.temporary_folder()
    try:
        with demonstration(folder / "data", free_port()) as (http, printed):
            officer = token_of("wing-officer", printed)
            assert http.get("/v1/me", headers=officer).status_code == 200
            schemes = http.get("/v1/schemes", headers=officer)
            assert schemes.headers["x-demonstration"] == "true"
            assert len(schemes.json()["items"]) >= 3
            coordinator = token_of("coordinator-listeners", printed)
            scheme = next(s["id"] for s in schemes.json()["items"] if s["kind"] == "LISTENERS")
            made = http.post("/v1/jobs", headers=coordinator, json={"kind": "SCHEME_SUMMARY", "scheme": scheme})
            assert made.status_code == 202, made.text
            applicants = http.get("/v1/supporters?limit=100", headers=coordinator).json()["items"]
            applicant = next(s["id"] for s in applicants if s["standing"] == "APPLIED")
            assessed = http.post(f"/v1/supporters/{applicant}/assessments", headers=coordinator, json={})
            assert assessed.status_code == 201, assessed.text
            assert assessed.json()["sourceKnown"] is True, "the made-up people are known to a made-up source"
            assert happens(folder / "data", "moved", "Z0002ZZ", "--to", "LEI").returncode == 0
            wrong = happens(folder / "data", "moved", "A1234BC", "--to", "LEI")
            assert (wrong.returncode, wrong.stderr.count("\n")) == (1, 1), wrong.stderr
            until = time.monotonic() + 90
            while "PERSON_LEFT" not in (told := http.get("/v1/movement-reviews", headers=coordinator).text):
                assert time.monotonic() < until, told
                time.sleep(0.5)
            until = time.monotonic() + 200  # its worker first does all that its timers find in a year
            while (job := http.get(made.headers["location"], headers=coordinator).json())["state"] != "DONE":
                assert time.monotonic() < until, job
                time.sleep(0.5)
            assert set(job["result"]) == {"supportersByStanding"}
        with demonstration(folder / "data", free_port(), signal.SIGINT) as (http, printed):
            assert http.get("/v1/me", headers=officer).status_code == 401
            again = http.get("/v1/schemes", headers=token_of("wing-officer", printed)).json()["items"]
            assert {s["id"] for s in again} == {s["id"] for s in schemes.json()["items"]}
            assert http.get(made.headers["location"], headers=token_of("coordinator-listeners", printed)).json() == job
    finally:
        shutil.rmtree(folder, ignore_errors=True)
