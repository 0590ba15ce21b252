"""The ledger's lines of what the service itself does here: it loads made-up records, and looks up ids to show."""

from datetime import datetime

from api.capacities import SERVICE_ACTOR
from api.demonstration.people import JURISDICTION
from domain.confidentiality.entry import Change, Entry, Family, Outcome, Sight
from domain.confidentiality.roles import Purpose, Role
from domain.confidentiality.verbs import Verb
from domain.kernel.ids import EntryId
from domain.ports import Ids

RULE = "service.operations.anyone"


def line(
    ids: Ids,
    at: datetime,
    prison: str | None,
    *,
    closed: bool,
    sights: tuple[Sight, ...] = (),
    changes: tuple[Change, ...] = (),
) -> Entry:
    """A line by the service. One of a prison is read there by those who read its ledger."""
    return Entry(
        id=EntryId(ids()),
        at=at,
        actor=SERVICE_ACTOR,
        client=None,
        role=Role.SERVICE,
        assignment=None,
        purpose=Purpose.OPERATIONS,
        verb=Verb.TICK,
        family=Family.TICK,
        rule=RULE,
        outcome=Outcome.DONE,
        code=None,
        prison=prison,
        jurisdiction=None if prison is None else JURISDICTION,
        closed=closed,
        sights=sights,
        changes=changes,
    )
