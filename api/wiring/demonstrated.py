"""The prison's systems of a demonstration, in the place of real ones. Never both: nothing that is made up reaches the
estate, and nobody real comes into a demonstration (rule 22)."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from api.demonstration.elsewhere import Elsewhere
from api.demonstration.people import PRISONS
from api.demonstration.queue import FolderQueue
from api.settings import Settings
from api.wiring.database import CannotStart
from api.wiring.prison import ADDRESSES, PrisonSystems
from persistence import embedded
from persistence.prison.standin import StandInRolls

_FILE, _EVENTS = "prison-systems.json", "events"
_REAL: Final = (*ADDRESSES, "events_queue_url", "domain_events_topic_arn", "audit_sqs_queue_url")


def refuse_real_systems(settings: Settings) -> None:
    """Raises `CannotStart`: a system of the estate is set."""
    named = [name.upper() for name in _REAL if getattr(settings, name) is not None]
    if named:
        raise CannotStart(
            f"a demonstration has made-up prison systems and no others: {', '.join(named)} may not be set"
        )


def systems_of(folder: Path, today: Callable[[], date]) -> Elsewhere:
    """Those whose file lies in this folder."""
    return Elsewhere(folder / _FILE, today)


def events_of(folder: Path) -> Path:
    """The folder of what they tell."""
    return folder / _EVENTS


def folder_without(settings: Settings) -> Path:
    """The demonstration's folder, for a command that starts no database."""
    return settings.data or embedded.default_folder()


def demonstrated_systems(elsewhere: Elsewhere) -> PrisonSystems:
    """What may be asked of them. In which prisons the cast's staff work the server alone asks: `demo` says it."""
    return PrisonSystems(
        records=elsewhere.records,
        releases=elsewhere.releases,
        apart=elsewhere.apart,
        whereabouts=elsewhere.whereabouts,
        residents=elsewhere.residents,
        rolls=StandInRolls({p.code: p.held for p in PRISONS}),
    )


def queue_of(folder: Path) -> FolderQueue:
    """What they tell, as the consumer takes it."""
    return FolderQueue(events_of(folder))
