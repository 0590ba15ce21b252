"""A rota that was kept elsewhere: each line names its supporter by his number, since his id here is in no file."""

from datetime import date
from typing import Final
from uuid import UUID

from domain.act import Act, Begin
from domain.care import roster
from domain.care.roster import Overridden, RosterEntry
from domain.confidentiality.disclosure import View
from domain.kernel.bands import Band
from domain.kernel.errors import NotNow
from domain.people.acts import checked_identifier, known_by
from domain.ports import Query
from domain.schemes.record import Scheme
from domain.supporters.availability import NOT_AVAILABLE
from domain.supporters.record import HOLDING, Supporter

_STOOD: Final = 20
"""As often as one person may have stood in one scheme."""


async def rostered(
    begin: Begin,
    scheme: UUID,
    *,
    identifier: str,
    day: date,
    band: Band,
    wing: str | None = None,
    override: Overridden | None = None,
) -> View[RosterEntry]:
    """Roster the supporter of this scheme who has this number, within the load limits of the kind, as `roster.write`.
    Raises `NotNow` (NOT_AVAILABLE) for whoever is none, known or not."""

    async def numbered(act: Act, of: Scheme) -> Supporter:
        person = await known_by(act, of.jurisdiction, checked_identifier(of.jurisdiction, identifier))
        his = (
            []
            if person is None
            else await act.known(Supporter, Query(equal={"scheme": of.id, "person": person.id}, limit=_STOOD))
        )
        if not his:
            raise NotNow([NOT_AVAILABLE])
        # Who left and came back stood here more than once: meant is he who is in the role.
        return next((each for each in his if each.standing in HOLDING), his[0])

    return await roster.write_for(begin, scheme, numbered, day=day, band=band, wing=wing, override=override)
