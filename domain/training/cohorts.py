"""A cohort: some who learn together, from a day to a day, with whoever trains them; and who was there.

Nobody learns in two cohorts at once, whatever the schemes. Who was there is noted by member and module, in codes.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import record
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ActorId, AttendanceId, CohortId, PersonId, SchemeId, SupporterId
from domain.kernel.moves import require
from domain.ports import Query
from domain.schemes.belonging import OfScheme, changed, made, open_to_systems, scheme_to_write, with_
from domain.schemes.made import terms_of
from domain.schemes.record import Scheme
from domain.supporters.record import Standing, Supporter, trained_by
from domain.training import courses

LEARNING: Final = (Standing.ACCEPTED, Standing.IN_TRAINING, Standing.PROBATION, Standing.ACTIVE, Standing.LAPSED)
"""Who may be taught: those who begin, and those who refresh what they know."""

MOST_HOURS_A_DAY: Final = 10
"""More hours of training than anybody is unlocked for are typed wrongly, whatever the modules."""


class Attended(StrEnum):
    """Whether a member was there."""

    ATTENDED = "ATTENDED"
    PARTLY = "PARTLY"
    EXCUSED = "EXCUSED"
    ABSENT = "ABSENT"


@record(kind="cohort", kept="six years after it ended")
class Cohort(OfScheme):
    """Some who learn together. Whoever made it trains it."""

    id: Open[CohortId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    starts_on: Operational[date]
    ends_on: Operational[date]
    places: Operational[int]
    """How many it takes."""
    trainer: Operational[ActorId]
    members: Operational[tuple[SupporterId, ...]] = ()

    def faults(self) -> Iterable[Failure]:
        """It does not end before it starts."""
        if self.ends_on < self.starts_on:
            yield Failure("ENDS_BEFORE_START", "/endsOn")


@record(kind="attendance", kept="twelve months after the supporter left the role", parties=("person",))
class Attendance(OfScheme):
    """That a member was at a module on a day, or was not."""

    id: Open[AttendanceId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    cohort: Operational[CohortId]
    supporter: Operational[SupporterId]
    person: Operational[PersonId]
    module: Operational[str]
    held_on: Operational[date]
    attended: Operational[Attended]
    hours: Operational[int]
    """Hours that he was there."""
    been = ("held_on",)

    def faults(self) -> Iterable[Failure]:
        """Who was there was there for some time, and who was not for none."""
        there = self.attended in (Attended.ATTENDED, Attended.PARTLY)
        if there is (self.hours == 0):
            yield Failure("HOURS_GO_WITH_ATTENDING", "/hours")


async def begin_cohort(begin: Begin, scheme: UUID, *, starts_on: date, ends_on: date, places: int) -> View[Cohort]:
    """A cohort that nobody has joined yet. Its trainer is whoever makes it."""
    async with begin(Verb.KEEP_COHORT) as act:
        of = await scheme_to_write(act, scheme, Cohort)
        trainer = ActorId(act.viewer.actor)
        cohort = made(act, of, Cohort, starts_on=starts_on, ends_on=ends_on, places=places, trainer=trainer)
        act.keep(cohort)
        return act.disclose(cohort)


async def join(begin: Begin, id: UUID, *, seen: Tag, supporter: UUID) -> View[Cohort]:
    """One more learns with them. Who was accepted is in training from now."""
    async with begin.serially(Verb.JOIN_COHORT) as act:
        cohort = await act.fetch(Cohort, id, seen=seen)
        who = await _of_scheme(act, cohort, supporter)
        wrong = [Failure("TWICE", "/supporter")] if who.id in cohort.members else []
        wrong += [Failure("OVERLAPS_ANOTHER", "/supporter")] if await _learns_elsewhere(act, cohort, who) else []
        if wrong:
            raise Unacceptable(wrong)
        require(
            (len(cohort.members) < cohort.places, "COHORT_FULL"),
            (who.standing in LEARNING, "NOT_IN_TRAINING"),
        )
        begun = Standing.IN_TRAINING if who.standing is Standing.ACCEPTED else who.standing
        now = replace(who, standing=begun, trained_by=trained_by(who, cohort.trainer))
        view = await changed(act, cohort, with_(cohort, members=(*cohort.members, who.id)))
        act.keep_beside(now, was=who)
        return view


async def attend(
    begin: Begin, id: UUID, *, supporter: UUID, module: str, held_on: date, attended: Attended, hours: int = 0
) -> View[Attendance]:
    """Who was there, by member and module: once a day."""
    async with begin.serially(Verb.NOTE_ATTENDANCE) as act:
        cohort = await act.fetch(Cohort, id)
        open_to_systems(act, await act.known_one(Scheme, cohort.scheme))
        who = await _of_scheme(act, cohort, supporter)
        wrong: list[Failure] = []
        if who.id not in cohort.members:
            wrong.append(Failure("NOT_A_MEMBER", "/supporter"))
        if not cohort.starts_on <= held_on <= cohort.ends_on:
            wrong.append(Failure("OUTSIDE_THE_COHORT", "/heldOn"))
        if module not in await _taught(act, who):
            wrong.append(Failure("MODULE_UNKNOWN", "/module"))
        that_day = await act.known(Attendance, Query(equal={"supporter": who.id, "held_on": held_on}, limit=100))
        if any(each.module == module for each in that_day):
            wrong.append(Failure("TWICE", "/heldOn"))
        if sum(each.hours for each in that_day) + hours > MOST_HOURS_A_DAY:
            wrong.append(Failure("MORE_THAN_A_DAY_HOLDS", "/hours"))
        if wrong:
            raise Unacceptable(wrong)
        given: dict[str, Any] = {"cohort": cohort.id, "supporter": who.id, "person": who.person, "module": module}
        noted = made(act, cohort, Attendance, held_on=held_on, attended=attended, hours=hours, **given)
        act.keep(noted)
        return act.disclose(noted)


async def missing(act: Act, supporter: Supporter, hours: int) -> tuple[tuple[bool, str], ...]:
    """The guards of what the scheme's courses ask for: each mandatory one attended, and as many hours as its kind
    wants. Where a scheme keeps no courses there is nothing to attend: its partner trains elsewhere, and says so."""
    taught = await courses.of_scheme(act, supporter.scheme)
    if not taught:
        return ()
    was_at = await looking.all_known(act, Attendance, {"supporter": supporter.id})
    there = {each.module for each in was_at if each.attended is Attended.ATTENDED}
    return (
        ({each.module for each in taught if each.mandatory} <= there, "ATTENDANCE_MISSING"),
        (sum(each.hours for each in was_at) >= hours, "TRAINING_HOURS_MISSING"),
    )


async def _taught(act: Act, supporter: Supporter) -> set[str]:
    own = {each.module for each in await courses.of_scheme(act, supporter.scheme)}
    return own | set((await terms_of(act, supporter)).modules)


async def _of_scheme(act: Act, cohort: Cohort, id: UUID) -> Supporter:
    found = await act.known_one(Supporter, id)
    if found is None or found.scheme != cohort.scheme:
        raise Unacceptable([Failure("NOT_OF_THIS_SCHEME", "/supporter")])
    return found


async def _learns_elsewhere(act: Act, cohort: Cohort, who: Supporter) -> bool:
    """Whether he, in whatever scheme of the prison, is in another cohort that meets in these days."""
    his = {s.id for s in await looking.all_known(act, Supporter, {"person": who.person})}
    others = await looking.all_known(act, Cohort, {"prison": cohort.prison}, order="ends_on", since=cohort.starts_on)
    return any(
        his & set(each.members) and each.starts_on <= cohort.ends_on and cohort.starts_on <= each.ends_on
        for each in others
        if each.id != cohort.id
    )
