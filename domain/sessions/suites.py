"""The use of a Listener suite, logged against the room and against nobody (S4; domain facts 1.1, S59). A suite is a
room like any other: observations go on in it, and whoever is put into it alone is alone.

Who was there is not in it, nor when within the band, nor the wing. It is readable by whoever runs the prison, until the
band's end and two hours, as the request itself (rules 1 and 2); then the clock deletes it: day, band and room, kept
longer, would stand beside whatever else is known of that night.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.act import Begin
from domain.confidentiality.classification import Classification, Open, Participation
from domain.confidentiality.disclosure import View
from domain.confidentiality.record import derived, record
from domain.confidentiality.verbs import Verb
from domain.kernel.bands import Band
from domain.kernel.days import zone_of
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import MeetingPlaceId, SchemeId, SuiteUseId
from domain.schemes.acts import scheme_here
from domain.schemes.belonging import OfScheme, drafted
from domain.schemes.registers.places import MeetingPlace, PlaceKind
from domain.sessions.asking import happened, lives


class SuiteWarning(StrEnum):
    """What whoever reads it must see to now."""

    PEER_NOT_PRESENT = "PEER_NOT_PRESENT"
    OBSERVATIONS_NOT_CONTINUED = "OBSERVATIONS_NOT_CONTINUED"
    OUT_OF_USE = "OUT_OF_USE"


@record(
    kind="suite-use",
    kept="until the end of its band and two hours, then deleted",
    existence=Classification.PARTICIPATION,
)
class SuiteUse(OfScheme):
    """A suite was used in a band."""

    id: Open[SuiteUseId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    closed: Open[bool]
    place: Participation[MeetingPlaceId]
    band: Participation[Band]
    readable_until: Open[datetime]
    """The end of the band and two hours: then it is gone."""
    peer_present: Participation[bool]
    """A supporter was in it, or outside its door, all the time."""
    observations_continued: Participation[bool]
    """Staff went on observing whoever was to be observed: being in a suite or with a Listener pauses nothing."""
    out_of_use: Participation[bool] = False
    """The place was out of use when it was used."""

    @derived
    def warnings(self, _now: datetime) -> Participation[tuple[SuiteWarning, ...]]:
        """What is to be seen to now."""
        told = (
            (not self.peer_present, SuiteWarning.PEER_NOT_PRESENT),
            (not self.observations_continued, SuiteWarning.OBSERVATIONS_NOT_CONTINUED),
            (self.out_of_use, SuiteWarning.OUT_OF_USE),
        )
        return tuple(warning for holds, warning in told if holds)


async def log(
    begin: Begin,
    scheme: UUID,
    *,
    place: UUID,
    peer_present: bool,
    observations_continued: bool,
    occurred_at: datetime | None = None,
) -> View[SuiteUse]:
    """A suite is used, or was. What has happened is taken down as it was, with its warnings, and of the band in which
    it was, whenever it is typed (rule 18). No instant of it is kept, so none of its marks is either."""
    async with begin(Verb.LOG_SUITE_USE) as act:
        act.mark_closed()
        of = await scheme_here(act, scheme)
        room = await act.known_one(MeetingPlace, place)
        if room is None or room.scheme != of.id or room.kind is not PlaceKind.LISTENER_SUITE:
            raise Unacceptable([Failure("NOT_OF_THIS_SCHEME", "/place")])
        at, _ = await happened(act, occurred_at, of.jurisdiction, of.prison)
        band, until = lives(act, at, zone_of(of.jurisdiction).key)
        use = drafted(
            act,
            of,
            SuiteUse,
            closed=of.closed,
            place=room.id,
            band=band,
            readable_until=until,
            peer_present=peer_present,
            observations_continued=observations_continued,
            out_of_use=room.outage is not None,
        )
        act.keep(use)
        return act.disclose(use)
