"""How people hear of a scheme, and whether they do (seed: 'advertise to users'): what is shown where and in which
languages, and spot checks of whether people know how to ask. Counts only: who was asked is nobody's to know."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.act import Begin
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.disclosure import View
from domain.confidentiality.record import derived, record
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Failure
from domain.kernel.ids import PublicityId, SchemeId, SpotCheckId
from domain.schemes import belonging
from domain.schemes.belonging import OfScheme


class Medium(StrEnum):
    """By what people hear of it."""

    POSTER = "POSTER"
    LEAFLET = "LEAFLET"
    RADIO = "RADIO"
    TELEVISION = "TELEVISION"
    KIOSK = "KIOSK"
    NEWSLETTER = "NEWSLETTER"
    INDUCTION_TALK = "INDUCTION_TALK"
    STAFF_BRIEFING = "STAFF_BRIEFING"
    EVENT = "EVENT"


class AskedBy(StrEnum):
    """Who went round and asked."""

    STAFF = "STAFF"
    SUPPORTERS = "SUPPORTERS"
    PARTNER = "PARTNER"
    MONITORING_BOARD = "MONITORING_BOARD"


@record(kind="publicity", kept="six years after its scheme closes; it names nobody in custody")
class Publicity(OfScheme):
    """Something that tells people of the scheme. `reach` is how many are thought to see it."""

    id: Open[PublicityId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    medium: Open[Medium]
    shown_where: Open[str]
    languages: Open[tuple[str, ...]]
    easy_read: Open[bool]
    shown_from: Open[date]
    shown_until: Open[date | None] = None
    """None: until it is taken away."""
    reach: Operational[int | None] = None
    """How many people are thought to see it."""

    @derived
    def showing(self, now: datetime) -> Open[bool]:
        """It is shown today."""
        today = local_day(self, now)
        return self.shown_from <= today and (self.shown_until or today) >= today

    def faults(self) -> Iterable[Failure]:
        """Its days are in order, and no language is named twice."""
        if self.shown_until is not None and self.shown_until < self.shown_from:
            yield Failure("ENDS_BEFORE_START", "/shownUntil")
        if len(set(self.languages)) < len(self.languages):
            yield Failure("TWICE", "/languages")


@record(kind="spot-check", kept="six years after its scheme closes; it names nobody in custody")
class SpotCheck(OfScheme):
    """'Do you know how to ask?': how many were asked on a day, and how many knew."""

    id: Open[SpotCheckId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    asked_on: Open[date]
    asked_by: Open[AskedBy]
    asked: Open[int]
    """How many people were asked."""
    knew: Open[int]
    """How many of them knew how to ask for support."""
    been = ("asked_on",)

    @derived
    def knew_per_cent(self, now: datetime) -> Open[int]:
        """Of a hundred asked, how many knew."""
        return round(100 * self.knew / self.asked) if self.asked else 0

    def faults(self) -> Iterable[Failure]:
        """No more knew than were asked."""
        if self.knew > self.asked:
            yield Failure("MORE_THAN_ASKED", "/knew")


async def add(begin: Begin, scheme: UUID, **given: Any) -> View[Publicity]:
    """Something that tells people of the scheme."""
    return await belonging.add(begin, Verb.KEEP_PUBLICITY, Publicity, scheme, **given)


async def asked(begin: Begin, scheme: UUID, **given: Any) -> View[SpotCheck]:
    """A spot check that was made. It is added and never changed."""
    async with begin(Verb.KEEP_SPOT_CHECK) as act:
        check = belonging.drafted(act, await belonging.scheme_to_write(act, scheme, SpotCheck), SpotCheck, **given)
        theirs = check.asked_by is AskedBy.MONITORING_BOARD and act.viewer.role is not Role.MONITORING_BOARD
        # What the board found is told by the board, as in `domain.schemes.finding`.
        wrong = [Failure("WORD_OF_ANOTHER", "/askedBy")] if theirs else []
        act.keep(belonging.sound(act, check, *wrong))
        return act.disclose(check)
