"""The operator's commands: serve, migrate, prepare, grant the first administrator, look at a token, doctor."""

import asyncio
from pathlib import Path

from rich.console import Console
from rich.table import Table

from api import logs
from api.commands import running
from api.document import document_text
from api.identity.refusal import TokenRefused
from api.messages.document import text as asyncapi_text
from api.settings import Settings
from api.wiring.database import CannotStart, database, migrated, prepared
from api.wiring.examining import examined
from api.wiring.opening import opened as opening
from api.wiring.secrets import NO_ENVELOPES, identifying
from api.work.bench import service_begin
from domain.confidentiality.principal import PrincipalKind
from domain.oversight import assignments

out = Console(soft_wrap=True)


async def serve(settings: Settings) -> None:
    """Serve with the configured database, keys and issuers."""
    logs.configure()
    async with opening(settings) as opened:
        await running.serve(settings, opened, lambda: out.print(f"serving on http://{settings.host}:{settings.port}"))


def migrate(settings: Settings, *, down: bool) -> None:
    """Up to this version's tables, or down to none."""
    with database(settings) as there:
        asyncio.run(migrated(there, down=down))
        out.print("the database has no tables of ours" if down else "the database is at this version's tables")


async def prepare(settings: Settings) -> None:
    """Make the roles, or print the SQL for somebody who may."""
    with database(settings) as there:
        statements = await prepared(there)
    if statements:
        out.print("-- this login may not make roles; somebody who may has to run:")
        for statement in statements:
            out.print(statement + ";", markup=False, highlight=False)
    else:
        out.print("the roles peer_support_app, peer_support_sealer and peer_support_mixer are there")


async def grant_first(
    settings: Settings, issuer: str, subject: str, organisation: str, kind: str, prison: str | None
) -> None:
    """The first access administrator."""
    if kind not in (PrincipalKind.STAFF, PrincipalKind.PARTNER):
        raise CannotStart("--kind is STAFF or PARTNER")
    async with opening(settings, for_work=True) as opened:
        made = await assignments.grant_first(
            service_begin(opened.runtime, client="operator"),
            issuer=issuer,
            subject=subject,
            principal_kind=PrincipalKind(kind),
            organisation=organisation,
            jurisdiction=settings.jurisdiction,
            prison=prison,
        )
    out.print(f"access administrator until {made.ends_on}: {made.id}")


async def token(settings: Settings, written: str) -> int:
    """For whom a token speaks. The reason of a refusal is told here, to the operator, and nowhere else."""
    async with identifying(settings) as identifier:
        try:
            principal, claims = await identifier.identify(f"Bearer {written}")
        except TokenRefused as refused:
            out.print(f"refused: {refused.reason}")
            return 1
    out.print(f"{principal.kind} {principal.subject} of {principal.issuer}, client {principal.client}")
    out.print(f"until {claims.expires_at}; authorities {sorted(principal.authorities)}")
    return 0


def openapi(file: Path, *, check: bool) -> int:
    """Write the document, or compare it with the one in the file."""
    return _documented(file, document_text(), "openapi", check=check)


def asyncapi(file: Path, *, check: bool) -> int:
    """The same for the document of what is sent."""
    return _documented(file, asyncapi_text(), "asyncapi", check=check)


def _documented(file: Path, text: str, command: str, *, check: bool) -> int:
    if check:
        same = file.is_file() and file.read_text() == text
        out.print(f"{file} is {'true' if same else f'not what the service says: run peer-support {command}'}")
        return 0 if same else 1
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    out.print(f"{file} written")
    return 0


async def doctor(settings: Settings) -> int:
    """Each thing that a start needs, with yes or no. Names no password, key or address."""
    table = Table("check", "state", "what to do")
    well = True
    async for name, problem in examined(settings):
        well = well and problem is None
        table.add_row(name, "well" if problem is None else "NOT WELL", problem or "")
    out.print(table)
    if settings.envelope_key_partner is None and settings.envelope_key_estate is None:
        out.print(NO_ENVELOPES)
    return 0 if well else 1
