"""One PostgreSQL server of our own: made, started, asked and stopped with its own programs.

It listens on a private unix socket and nowhere else. Its three files of settings are written by us beside its data and
named on its command line, never inside its data: when we are root the data belongs to another, weaker account, and root
must not write where that account could have laid a link.

PostgreSQL refuses to run as root. Where we are root, the server runs as the system account `SERVER_ACCOUNT`, made on
first need.
"""

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

__all__ = [
    "OWNER",
    "PORT",
    "Cluster",
    "ClusterFailed",
    "create",
    "halt",
    "launch",
    "private_folder",
    "running",
    "server_account",
    "sql",
]

OWNER = "peer_support_owner"
"""The role that the cluster begins with: its superuser, and the owner of our tables in it."""

PORT = 5432
"""Only a part of the socket's file name here."""

SERVER_ACCOUNT = "peer-support"

# Nothing of the caller's environment may steer the server or psql: PGPORT, PGOPTIONS, LC_* and their like all would.
_ENVIRONMENT = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "TZ": "UTC"}
_SECONDS_TO_START = 120  # crash recovery replays the log since the last checkpoint
_SECONDS_TO_STOP = 60


class ClusterFailed(Exception):
    """The server could not be made, started, asked or stopped. The message is one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Where one server lives and who runs it; says nothing of whether it runs.

    `programs` holds initdb, pg_ctl, postgres and psql; `data` is PGDATA; `settings` holds our three files; `run` takes
    the log; `socket` is the folder of the socket; `account` is the operating system's user that runs the server, None
    for our own.
    """

    programs: Path
    data: Path
    settings: Path
    run: Path
    socket: Path
    account: str | None

    @property
    def log(self) -> Path:
        return self.run / "server.log"

    def url(self, role: str, database: str) -> str:
        """Give the address as asyncpg, SQLAlchemy and psql read it. The port is said, or PGPORT would be believed."""
        socket = quote(str(self.socket))
        return f"postgresql://{quote(role, safe='')}@/{quote(database, safe='')}?host={socket}&port={PORT}"


def server_account() -> str | None:
    """Name the account that the server has to run as: None for our own, another where we are root, made if missing."""
    if os.geteuid() != 0:
        return None
    import pwd  # not on Windows, where this module is imported but never used

    try:
        pwd.getpwnam(SERVER_ACCOUNT)
    except KeyError:
        useradd = shutil.which("useradd", path=_ENVIRONMENT["PATH"])
        if useradd is None:
            raise ClusterFailed(
                "PostgreSQL does not run as root, and there is no useradd to make it an account of its own"
            ) from None
        nowhere = ("--no-create-home", "--home-dir=/nonexistent", "--shell=/usr/sbin/nologin")
        _run(Path(useradd), "--system", "--user-group", *nowhere, SERVER_ACCOUNT)
    return SERVER_ACCOUNT


def create(cluster: Cluster, *, version: int, durable: bool = True) -> None:
    """Fill `cluster.data`, which does not exist yet; a creation that was cut off half-way is begun again.

    Text sorts by code point in UTF-8 whatever the machine's own language is, so that an order seen here is the order
    everywhere. Nobody is ever let in on trust: initdb itself writes that local connections are checked against the
    operating system (and `launch` replaces even that by our own file).
    """
    half = cluster.data.with_name(cluster.data.name + ".half")
    if half.exists():
        shutil.rmtree(half)
    private_folder(half, cluster.account)
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if version >= 17 else ["--locale=C.UTF-8"]
    _run(
        cluster.programs / "initdb",
        f"--pgdata={half}",
        f"--username={OWNER}",
        "--encoding=UTF8",
        *locale,
        "--auth-local=peer",
        "--auth-host=reject",
        *([] if durable else ["--no-sync"]),
        account=cluster.account,
    )
    half.rename(cluster.data)


def launch(cluster: Cluster, *, settings: Mapping[str, str], admit: str, identities: Iterable[tuple[str, str]]) -> None:
    """Start the server and wait until it answers.

    `settings` go on top of those that every server of ours has; `admit` is the method of pg_hba.conf for the socket;
    `identities` are the pairs (operating system's user, role) that the method `peer` lets in.
    """
    _settings_folder(cluster)
    conf, hba, ident = (cluster.settings / name for name in ("postgresql.conf", "pg_hba.conf", "pg_ident.conf"))
    merged = {
        "listen_addresses": "",
        "port": str(PORT),
        # A list: without its own double quotes a comma in the path would part it.
        "unix_socket_directories": f'"{cluster.socket}"',
        "unix_socket_permissions": "0700",
        "hba_file": str(hba),
        "ident_file": str(ident),
        "timezone": "UTC",
        "log_timezone": "UTC",
        # A log is read by more people than the tables are. Terse leaves out the line that quotes the key of a violated
        # constraint, and no failing statement is written out.
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
        "log_parameter_max_length_on_error": "0",
        "log_checkpoints": "off",
        **settings,
    }
    _write(conf, "".join(f"{name} = {_quoted(value)}\n" for name, value in merged.items()))
    _write(hba, f"local all all {admit}\n")
    _write(ident, "".join(f'peer_support "{user}" "{role}"\n' for user, role in identities))
    options = " ".join(shlex.quote(part) for part in ("-c", f"config_file={conf}"))
    if not _alive(cluster):
        # Left by a server that died with its machine or container. Its number may by now be another program's, and then
        # PostgreSQL would take that for a server and refuse to start.
        (cluster.data / "postmaster.pid").unlink(missing_ok=True)
    cluster.log.unlink(missing_ok=True)  # each start has its own log, so that it cannot fill a disk over the years
    try:
        _run(
            cluster.programs / "pg_ctl",
            "start",
            "--silent",
            "--wait",
            f"--timeout={_SECONDS_TO_START}",
            f"--pgdata={cluster.data}",
            f"--log={cluster.log}",
            f"--options={options}",
            account=cluster.account,
        )
    except ClusterFailed as failure:
        lines = cluster.log.read_text(errors="replace").splitlines() if cluster.log.exists() else []
        said = [line for line in lines if "FATAL" in line or "PANIC" in line] or [str(failure)]
        raise ClusterFailed(f"PostgreSQL did not start: {said[-1].strip()}") from None


def running(cluster: Cluster) -> bool:
    """Tell whether the server of this very data runs now."""
    return _alive(cluster)


def halt(cluster: Cluster) -> None:
    """Stop the server and wait until it is gone; sessions are ended, and what was committed is on disk."""
    ask = ("stop", "--silent", "--wait", f"--timeout={_SECONDS_TO_STOP}", f"--pgdata={cluster.data}")
    try:
        _run(cluster.programs / "pg_ctl", *ask, "--mode=fast", account=cluster.account)
    except ClusterFailed:
        if not _alive(cluster):
            return
        # As safe as a power cut: the next start replays the log.
        _run(cluster.programs / "pg_ctl", *ask, "--mode=immediate", account=cluster.account)


def sql(cluster: Cluster, database: str, *statements: str) -> str:
    """Run each statement by itself, as the owner, and give what they printed; the first that fails ends it."""
    return _run(
        cluster.programs / "psql",
        *("--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--set=ON_ERROR_STOP=1", "--file=-"),
        f"--dbname={cluster.url(OWNER, database)}",
        given="".join(f"{statement};\n" for statement in statements),
    ).strip()


def private_folder(folder: Path, account: str | None) -> None:
    """Make a folder that only the server's account can enter; refuse an older one that is anything else."""
    import pwd

    owner = os.geteuid() if account is None else pwd.getpwnam(account).pw_uid
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        if not folder.is_dir() or folder.is_symlink() or found.st_uid != owner or found.st_mode & 0o077:
            raise ClusterFailed(f"{folder} is not a private folder of the account that runs PostgreSQL") from None
        return
    if account is not None:
        os.chown(folder, owner, pwd.getpwnam(account).pw_gid)


def _settings_folder(cluster: Cluster) -> None:
    """Make the folder that we write and the server's account may only read."""
    import pwd

    cluster.settings.mkdir(mode=0o700, exist_ok=True)
    if cluster.account is not None:
        os.chown(cluster.settings, os.geteuid(), pwd.getpwnam(cluster.account).pw_gid)
        cluster.settings.chmod(0o750)


def _alive(cluster: Cluster) -> bool:
    try:
        pid = int((cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return False
    command = Path("/proc") / str(pid) / "cmdline"
    if Path("/proc/self/cmdline").exists():
        try:
            return str(cluster.data) in command.read_bytes().decode(errors="replace").split("\0")
        except OSError:
            return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def _write(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o644)  # the server's account reads it; the folder above keeps everybody else out


def _run(program: Path, *arguments: str, account: str | None = None, given: str | None = None) -> str:
    """Run a program to its end, as `account` or as ourselves; its last line of complaint is the failure's message."""
    try:
        done = subprocess.run(  # noqa: S603 - programs and arguments are ours, and no shell reads them
            [program, *arguments],
            user=account,
            group=account,
            extra_groups=None if account is None else [],
            umask=0o077,
            cwd="/",
            env=_ENVIRONMENT,
            input=given,
            stdin=subprocess.DEVNULL if given is None else None,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError as failure:
        raise ClusterFailed(f"{program.name} could not be run: {failure.strerror}") from None
    if done.returncode != 0:
        said = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        raise ClusterFailed(f"{program.name}: {said[-1] if said else f'exit {done.returncode}'}")
    return done.stdout
