"""Real PostgreSQL servers for the tests, and a fresh database in one of them for each module that asks.

Version "18" comes out of the wheel, so it is there wherever the lock file is installed. Version "15", the oldest that
the service promises to run on, comes from the system; where it is missing its tests are left out by name, or fail where
``REQUIRE=all`` says that nothing may be missing. Each server starts when it is first asked for, lives in a folder for
temporary files, and stops at the end of the run. Only here is fsync off: a test's data need not outlive the machine.

Any module may use the fixture `database`; its tests then run once a version. A helper that wants more databases of its
own calls `create_database` and `drop_database`.
"""

import atexit
import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from persistence import cluster, roles, wheel
from persistence.cluster import Cluster

VERSIONS = ("18", "15")

_SETTINGS = {"fsync": "off", "full_page_writes": "off", "max_connections": "200"}
_servers: dict[str, Cluster] = {}
_folders: list[Path] = []
_numbers = itertools.count(1)
_left_out: dict[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Urls:
    """One database: its addresses for the owner and for the application, its name and its server's version."""

    owner_url: str
    app_url: str
    database: str
    version: str


def server_urls(version: str, database: str = "postgres") -> Urls:
    """Give the addresses of `database` on the server of `version`, started if need be; skips or fails where missing."""
    server = _server(version)
    return Urls(
        owner_url=server.url(cluster.OWNER, database),
        app_url=server.url(roles.RoleNames().application, database),
        database=database,
        version=version,
    )


def create_database(version: str, *, template: str = "template0") -> Urls:
    """Make a database with the service's roles, empty or as a copy of the database `template` (nobody may be in it)."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    server = _server(version)
    cluster.sql(server, "postgres", f"create database {name} template {template}")
    cluster.sql(server, name, *roles.statements(name))
    return server_urls(version, name)


def drop_database(urls: Urls) -> None:
    """Remove a database, and whoever is in it yet."""
    cluster.sql(_server(urls.version), "postgres", f"drop database if exists {urls.database} with (force)")


def run_sql(urls: Urls, *statements: str) -> str:
    """Run statements as the owner, outside of any event loop, and give what they printed."""
    return cluster.sql(_server(urls.version), urls.database, *statements)


@pytest.fixture(scope="module", params=VERSIONS, ids=[f"pg{version}" for version in VERSIONS])
def database(request: pytest.FixtureRequest) -> Iterator[Urls]:
    """Give a fresh, empty database with the roles made, on each version in turn."""
    urls = create_database(request.param)
    yield urls
    drop_database(urls)


def cluster_of(version: str) -> Cluster:
    """Give the server of `version` itself: its folders are there to be searched."""
    return _server(version)


def left_out() -> list[str]:
    """Name what could not run here, one line each, for the end of the run."""
    return [f"PostgreSQL {version}: {why}" for version, why in _left_out.items()]


def stop_servers() -> None:
    """Stop what was started, and remove it."""
    while _servers:
        _, server = _servers.popitem()
        if cluster.running(server):
            cluster.halt(server)
    while _folders:
        shutil.rmtree(_folders.pop(), ignore_errors=True)


def temporary_folder(prefix: str = "peer-support-test-") -> Path:
    """Make a folder for temporary files that the server's account can reach, which pytest's own are not for root."""
    base = Path(tempfile.gettempdir()).resolve()
    if os.geteuid() == 0 and not all(step.stat().st_mode & 0o001 for step in (base, *base.parents)):
        base = Path("/tmp")  # noqa: S108 - mkdtemp's name is random and its folder private
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=base))
    if os.geteuid() == 0:
        folder.chmod(0o711)
    return folder


def system_programs(version: str) -> Path | None:
    """Find the system's own PostgreSQL of a major version: where Debian puts it, or on PATH."""
    for folder in (f"/usr/lib/postgresql/{version}/bin", *os.environ.get("PATH", "").split(os.pathsep)):
        initdb = Path(folder) / "initdb"
        if (Path(folder) / "postgres").exists() and initdb.exists():
            said = subprocess.run([initdb, "--version"], capture_output=True, text=True, check=True).stdout
            if said.split()[2].split(".")[0] == version:
                return Path(folder)
    return None


def _server(version: str) -> Cluster:
    if version in _servers:
        return _servers[version]
    account = cluster.server_account()
    if version == "18":
        folder = temporary_folder()
        programs = wheel.programs(folder if account else None)
    else:
        found = system_programs(version)
        if found is None:
            _left_out[version] = "no initdb and postgres of it found in /usr/lib/postgresql or on PATH"
            if os.environ.get("REQUIRE") == "all":
                pytest.fail(f"REQUIRE=all, and PostgreSQL {version} is missing")
            pytest.skip(f"PostgreSQL {version} is missing")
        folder, programs = temporary_folder(), found
    _folders.append(folder)
    server = Cluster(
        programs=programs,
        data=folder / "database",
        settings=folder / "settings",
        run=folder / "run",
        socket=folder / "run",
        account=account,
    )
    cluster.private_folder(server.run, account)
    cluster.create(server, version=int(version), durable=False)
    atexit.register(stop_servers)  # for a run that ends without pytest's own end
    # Trust, behind a socket in a private folder, so that a test may connect as any role that it makes.
    cluster.launch(server, settings=_SETTINGS, admit="trust", identities=[])
    _servers[version] = server
    return server
