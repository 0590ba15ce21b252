"""The embedded database is a real, private, durable server that leaves nothing behind."""

import asyncio
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import asyncpg
import psutil
import pytest

from persistence import embedded
from persistence.embedded import Embedded, EmbeddedUnavailable
from tests.servers import temporary_folder

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    folder = temporary_folder()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def running(place: Path) -> Iterator[Embedded]:
    started = embedded.start(place)
    yield started
    embedded.stop(started)


def servers_of(folder: Path) -> list[psutil.Process]:
    """Give the live server processes whose data lies in `folder`."""
    found: list[psutil.Process] = []
    for process in psutil.process_iter(["cmdline", "status"]):
        command = process.info["cmdline"] or []
        if str(folder / "database") in command and process.info["status"] != psutil.STATUS_ZOMBIE:
            found.append(process)
    return found


async def ask(url: str, query: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


def in_another_process(place: Path, then: str, **environment: str) -> subprocess.Popen[str]:
    """Start a process that starts or joins the server of `place`, does `then`, and speaks on its standard output."""
    program = (
        "import sys, time\nfrom pathlib import Path\nfrom persistence import embedded\n"
        f"started = embedded.start(Path({str(place)!r}))\nprint(started.version, flush=True)\n{then}\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


async def test_owner_and_application_reach_one_utf8_database_of_postgresql_18(running: Embedded) -> None:
    """Both addresses are as asyncpg takes them, and lead to the same database on the wheel's PostgreSQL."""
    assert running.version.startswith("18.")
    for url, user in ((running.owner_url, "peer_support_owner"), (running.app_url, "peer_support_app")):
        query = "select concat_ws(' ', current_user, current_database(), current_setting('server_encoding'))"
        assert await ask(url, query) == f"{user} peer_support UTF8"


async def test_every_commit_reaches_the_disk(running: Embedded) -> None:
    """Nothing that makes a server fast at the price of its data is switched on."""
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        assert await ask(running.app_url, f"show {setting}") == "on"


async def test_the_server_listens_on_no_network(running: Embedded) -> None:
    """The server's processes have no TCP or UDP port open, and nobody but its account can come near the socket."""
    assert await ask(running.owner_url, "show listen_addresses") == ""
    (postmaster,) = servers_of(running.folder)
    for process in (postmaster, *postmaster.children(recursive=True)):
        assert process.net_connections(kind="inet") == []
    run = running.folder / "run"
    assert stat.S_ISSOCK((run / ".s.PGSQL.5432").stat().st_mode)
    assert stat.S_IMODE(run.stat().st_mode) == 0o700
    assert stat.S_IMODE((running.folder / "database").stat().st_mode) == 0o700


async def test_who_connects_is_checked_by_the_operating_system(running: Embedded) -> None:
    """No line of the server's rules is `trust`, and a role outside the map is refused to our own user."""
    rules = "select string_agg(type || ' ' || auth_method, ',') from pg_hba_file_rules"
    assert await ask(running.owner_url, rules) == "local peer"
    await ask(running.owner_url, "create role somebody_else login")
    try:
        with pytest.raises(asyncpg.InvalidAuthorizationSpecificationError):
            await ask(running.app_url.replace("peer_support_app@", "somebody_else@"), "select 1")
    finally:
        await ask(running.owner_url, "drop role somebody_else")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can try as another user of the operating system")
def test_another_user_of_the_machine_is_refused(running: Embedded) -> None:
    """Even with the folder opened to him, another user of the machine may be neither the owner nor the application."""
    socket = running.folder / "run"
    socket.chmod(0o711)
    (socket / ".s.PGSQL.5432").chmod(0o777)
    try:
        for role in ("peer_support_owner", "peer_support_app"):
            (programs,) = running.folder.glob("programs-*/*/pginstall18/bin")
            tried = subprocess.run(
                [programs / "psql", "-X", "-h", socket, "-U", role, "-d", "peer_support", "-c", "select 1"],
                user="nobody",
                cwd="/",
                env={},
                capture_output=True,
                text=True,
                check=False,
            )
            assert tried.returncode == 2
            assert "Peer authentication failed" in tried.stderr
    finally:
        socket.chmod(0o700)


async def test_the_application_owns_nothing_and_cannot_wait_forever(running: Embedded) -> None:
    """Its role has no power beyond grants, cannot bypass row security, and gives up in seconds."""
    power = "rolsuper or rolbypassrls or rolinherit or rolcreatedb or rolcreaterole or rolreplication"
    assert await ask(running.app_url, f"select {power} from pg_roles where rolname = current_user") is False
    limits = {
        "statement_timeout": "5s",
        "lock_timeout": "1s",
        "idle_in_transaction_session_timeout": "5s",
        "timezone": "UTC",
    }
    for setting, value in limits.items():
        assert await ask(running.app_url, f"show {setting}") == value


def test_folders_of_others_stay_as_they_were(place: Path, running: Embedded) -> None:
    """Starting the server opens no parent folder, and our own lets others at most pass through."""
    assert stat.S_IMODE(place.stat().st_mode) & 0o066 == 0
    assert stat.S_IMODE((place / "settings").stat().st_mode) & 0o007 == 0
    for parent in Path(sys.prefix).resolve().parents:
        assert stat.S_IMODE(parent.stat().st_mode) == MODES[parent]


MODES = {parent: stat.S_IMODE(parent.stat().st_mode) for parent in Path(sys.prefix).resolve().parents}


def test_a_second_start_in_one_process_joins_and_the_last_stop_counts(running: Embedded) -> None:
    """Starting twice gives the same server; the first stop leaves it to the other."""
    again = embedded.start(running.folder)
    assert again == running
    embedded.stop(again)
    assert len(servers_of(running.folder)) == 1


def test_a_second_process_joins_and_leaves_the_server_running(running: Embedded) -> None:
    """Another process on the same folder uses the same server, and its end is not ours."""
    other = in_another_process(running.folder, "embedded.stop(started)")
    said, complained = other.communicate(timeout=60)
    assert (other.returncode, said.strip(), complained) == (0, running.version, "")
    assert asyncio.run(ask(running.app_url, "select 1")) == 1


def test_data_survive_a_stop_and_no_process_does() -> None:
    """A row committed before the stop is there after the next start, and between the two nothing runs."""
    folder = temporary_folder()
    try:
        first = embedded.start(folder)
        asyncio.run(ask(first.owner_url, "create table kept as select 'still here' as word"))
        embedded.stop(first)
        embedded.stop(first)  # once more changes nothing
        assert servers_of(folder) == []
        assert not (folder / "run" / ".s.PGSQL.5432").exists()
        second = embedded.start(folder)
        assert asyncio.run(ask(second.owner_url, "select word from kept")) == "still here"
        embedded.stop(second)
        assert servers_of(folder) == []
    finally:
        shutil.rmtree(folder)


def test_it_stops_with_the_program_on_sigterm_and_is_joined_after_a_kill(place: Path) -> None:
    """SIGTERM takes the server along; SIGKILL cannot, so the next process takes the server over and stops it.

    The process has no HOME and finds no PostgreSQL on its PATH.
    """
    folder = temporary_folder()
    try:
        polite = in_another_process(folder, "time.sleep(60)", HOME="", PATH="/nonexistent")
        assert polite.stdout is not None
        assert polite.stdout.readline().startswith("18.")
        assert len(servers_of(folder)) == 1
        polite.terminate()
        assert polite.wait(timeout=30) == 128 + signal.SIGTERM
        assert servers_of(folder) == []

        killed = in_another_process(folder, "time.sleep(60)")
        assert killed.stdout is not None
        assert killed.stdout.readline().startswith("18.")
        killed.kill()
        killed.wait(timeout=30)
        (left,) = servers_of(folder)
        started = embedded.start(folder)
        assert [process.pid for process in servers_of(folder)] == [left.pid]
        embedded.stop(started)
        assert servers_of(folder) == []
        for process in (polite, killed):
            process.communicate()
    finally:
        shutil.rmtree(folder)


def test_two_processes_at_once_make_one_server() -> None:
    """Two processes that start on one new folder at the same moment both get the same, one server."""
    folder = temporary_folder()
    try:
        both = [in_another_process(folder, "time.sleep(0.5)") for _ in range(2)]
        ends = [process.communicate(timeout=60) for process in both]
        assert [process.returncode for process in both] == [0, 0], ends
        assert servers_of(folder) == []
        assert len(list(folder.glob("database*"))) == 1
    finally:
        shutil.rmtree(folder)


def test_a_path_too_long_for_a_socket_gets_a_short_one() -> None:
    """The socket moves to a short private folder when the data lie too deep, and all else stays."""
    base = temporary_folder()
    try:
        folder = base / ("a-long-name-for-a-folder-" * 4) / "peer support, ours"
        folder.parent.mkdir(mode=0o711)
        started = embedded.start(folder)
        try:
            assert asyncio.run(ask(started.app_url, "select 1")) == 1
            assert not (folder / "run" / ".s.PGSQL.5432").exists()
            assert started.folder == folder
            short = Path(parse_qs(urlsplit(started.app_url).query)["host"][0])
            assert stat.S_IMODE(short.stat().st_mode) == 0o700
        finally:
            embedded.stop(started)
        assert servers_of(folder) == []
        assert not short.exists()
    finally:
        shutil.rmtree(base)


def test_a_folder_that_others_may_write_is_refused_in_one_line(tmp_path: Path) -> None:
    """Where somebody else could exchange the files, no server starts, and the reason is one line."""
    tmp_path.chmod(0o777)
    with pytest.raises(EmbeddedUnavailable) as refused:
        embedded.start(tmp_path)
    assert "others may write" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_data_of_another_version_are_refused_in_one_line() -> None:
    """Data written by another major version are left alone, and the reason is one line."""
    folder = temporary_folder()
    try:
        (folder / "database").mkdir()
        (folder / "database" / "PG_VERSION").write_text("17\n")
        with pytest.raises(EmbeddedUnavailable, match=r"written by PostgreSQL 17, and this is 18") as refused:
            embedded.start(folder)
        assert "\n" not in str(refused.value)
        assert servers_of(folder) == []
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"XDG_DATA_HOME": "/data", "HOME": "/home/ann"}, "/data/peer-support"),
        ({"XDG_DATA_HOME": "relative", "HOME": "/home/ann"}, "/home/ann/.local/share/peer-support"),
        ({"XDG_DATA_HOME": "", "HOME": ""}, "/home/from-the-system/.local/share/peer-support"),
    ],
)
def test_the_folder_of_an_ordinary_user(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], expected: str
) -> None:
    """An ordinary user's data lie where his platform keeps such, found even with an empty HOME."""
    import pwd

    entry = pwd.struct_passwd(("ann", "x", 1000, 1000, "", "/home/from-the-system", "/bin/sh"))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(pwd, "getpwuid", lambda _: entry)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert embedded.default_folder() == Path(expected)


def test_the_folder_of_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Root's data lie with the machine's, whatever home root has."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert embedded.default_folder() == Path("/var/lib/peer-support")
