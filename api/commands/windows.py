"""Windows of envelopes: an operator hands one out, and two holders of a key open it, one after the other, wherever they
are. The last two commands touch neither the service nor its database."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from api.commands.operating import out
from api.settings import Settings
from api.wiring import windows
from api.wiring.opening import opened as opening
from api.work.bench import service_begin
from domain.confidentiality.verbs import Verb
from domain.sessions import envelopes


async def hand_out(settings: Settings, prison: str, first: date, last: date, file: Path) -> None:
    """Write the envelopes of a prison and some days to a file, sealed as they are; the ledger says so first."""
    async with opening(settings, for_work=True) as opened:
        begin = service_begin(opened.runtime, client="operator", verb=Verb.HAND_OUT_WINDOW)
        window = await envelopes.hand_out(begin, prison, first, last)
    windows.write_window(file, window)
    out.print(f"{len(window.envelopes)} envelopes in {file}, each still sealed twice")
    if window.merges:
        out.print(f"{len(window.merges)} numbers that became others since, beside it")


def open_window(file: Path, keys: Mapping[Path, str | None], into: Path) -> None:
    """Take one holder's layer off, by his keys, each with its passphrase."""
    count, left = windows.open_window(file, [windows.read_key(*each) for each in keys.items()], into)
    told = "give it to the other holder" if left else "it can be read"
    out.print(f"{count} envelopes, {left} layers left: {told}")


def make_key(file: Path, passphrase: str | None) -> None:
    """Make a holder's key."""
    out.print(windows.make_key(file, passphrase))
