"""The rota of a scheme's supporters: who is there in which band of which day, as published. Care hangs on it: in a
scheme of a closed policy everybody who is rostered gets the same prompt and the same rest, called or not (rule 9).

It says what was published and nothing of today: whoever is suspended or away stays on it like everybody else, and that
his band wants another is told elsewhere, to those who see to it (`domain.care.overdue`).

The coordinator writes it, within the load limits of the kind. A hard one is passed only with a reason, and only once
another person has said yes: until then nobody is rostered.

Nobody is in two places at once: of one man, one day and one band there is one entry that waits or stands, in whatever
scheme of the prison he serves (F37). The `slot` says so to the database too, so that two who write at once do not both
succeed.
"""

from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.care import debriefs
from domain.care.load import HARD, LoadCode, Shift, passed
from domain.confidentiality.classification import Identity, Open, Operational, Wellbeing
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import record
from domain.confidentiality.verbs import Verb
from domain.kernel.bands import Band, span
from domain.kernel.days import local_day, zone_of
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ActorId, RosterEntryId, SchemeId, SupporterId
from domain.kernel.moves import Life, Moves, move, require
from domain.moving import may_move
from domain.schemes.belonging import OfScheme, in_the_past, made, scheme_to_write, with_
from domain.schemes.made import terms_of
from domain.schemes.record import Scheme
from domain.schemes.sheet import Kind
from domain.supporters.availability import NOT_AVAILABLE, of_scheme, serves
from domain.supporters.record import Supporter

AHEAD: Final = timedelta(days=92)
"""How far ahead a rota is written: beyond, nobody knows who will be there."""


class RosterState(StrEnum):
    """Where an entry stands."""

    WAITING = "WAITING"
    """It passes a hard limit, and waits for another person's yes."""
    PUBLISHED = "PUBLISHED"
    WITHDRAWN = "WITHDRAWN"


_S = RosterState
ROSTER_MOVES: Final[Moves[RosterState]] = {
    _S.WAITING: frozenset({_S.PUBLISHED, _S.WITHDRAWN}),
    _S.PUBLISHED: frozenset({_S.WITHDRAWN}),
    _S.WITHDRAWN: frozenset(),
}
ROSTER_LIFE: Final = Life(
    "state",
    {
        Verb.APPROVE_ROSTER_ENTRY: frozenset({_S.WAITING}),
        Verb.WITHDRAW_ROSTER_ENTRY: frozenset({_S.WAITING, _S.PUBLISHED}),
    },
)


class Overridden(StrEnum):
    """Why a hard limit is passed this once."""

    NOBODY_ELSE = "NOBODY_ELSE"
    OWN_WISH = "OWN_WISH"
    AFTER_A_DEATH = "AFTER_A_DEATH"
    SWAP = "SWAP"


@record(kind="roster-entry", kept="six months after its day", life=ROSTER_LIFE)
class RosterEntry(OfScheme):
    """One supporter, one band of one day. What hangs on the wing is the name, the day and the band; load, and why a
    limit was passed, are for those who write and approve it."""

    id: Open[RosterEntryId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    supporter: Operational[SupporterId]
    name: Identity[str]
    day: Operational[date]
    band: Operational[Band]
    slot: Wellbeing[UUID]
    """The day and band of the man himself, whichever scheme he serves: equal in two entries only if both want him
    then."""
    wing: Wellbeing[str | None] = None
    """The wing for which he is there: his own, with which it goes along where he is moved, unless another was named."""
    in_force_from: Open[datetime | None] = None
    """When it was published; null: it is not."""
    in_force_until: Open[datetime | None] = None
    """When it was withdrawn."""
    listed: Open[bool] = False
    """He agreed that a peer coordinator reads his name: as his own record says, and kept in step with it (rule 10)."""
    state: Wellbeing[RosterState]
    load: Wellbeing[tuple[LoadCode, ...]] = ()
    """The limits that it passes, of the rota as it was when it was written."""
    overridden_for: Wellbeing[Overridden | None] = None
    written_by: Wellbeing[ActorId]
    approved_by: Wellbeing[ActorId | None] = None
    to_come = ("day",)

    def faults(self) -> Iterable[Failure]:
        """Its wing is of the same prison."""
        if self.wing is not None and "-" in self.wing and not self.wing.startswith(f"{self.prison}-"):
            yield Failure("WING_OF_ANOTHER_PRISON", "/wing")


def slot_of(person: UUID, day: date, band: Band) -> UUID:
    """What of one man, one day and one band is one value. A digest, so that it tells of nobody with whom it is not
    compared, and no two days of his can be joined by it."""
    return UUID(bytes=sha256(person.bytes + f"/{day}/{band}".encode()).digest()[:16])


def shift_of(entry: RosterEntry) -> Shift:
    """What it asks of him."""
    return Shift(entry.day, entry.band)


async def of_supporter(act: Act, supporter: UUID) -> list[RosterEntry]:
    """What he is rostered for, as published."""
    return await looking.all_known(act, RosterEntry, {"supporter": supporter, "state": RosterState.PUBLISHED})


async def write(
    begin: Begin,
    scheme: UUID,
    *,
    supporter: UUID,
    day: date,
    band: Band,
    wing: str | None = None,
    override: Overridden | None = None,
) -> View[RosterEntry]:
    """Roster a supporter. It is published at once; over a hard limit it is refused with every limit that it passes,
    or with an override waits for another person."""

    async def named(act: Act, of: Scheme) -> Supporter:
        return await of_scheme(act, of.id, supporter)

    return await write_for(begin, scheme, named, day=day, band=band, wing=wing, override=override)


async def write_for(
    begin: Begin,
    scheme: UUID,
    whom: Callable[[Act, Scheme], Awaitable[Supporter]],
    *,
    day: date,
    band: Band,
    wing: str | None = None,
    override: Overridden | None = None,
) -> View[RosterEntry]:
    """The same, for whoever `whom` finds in the scheme."""
    async with begin.serially(Verb.WRITE_ROSTER_ENTRY) as act:
        of = await scheme_to_write(act, scheme, RosterEntry)
        kind = await terms_of(act, of)
        if wrong := mistimed(act, of, kind, Shift(day, band)):
            raise Unacceptable(wrong)
        who = await whom(act, of)
        entry = await placed(act, of, kind, who, Shift(day, band), wing=wing, override=override)
        act.keep(entry)
        return act.disclose(entry)


def mistimed(act: Act, of: Scheme, kind: Kind, new: Shift) -> list[Failure]:
    """What is wrong with a day and band, whoever is there: it has passed, is too far ahead, or the kind has it not."""
    wrong = in_the_past(act, of, new.day, "/day")
    wrong += [Failure("TOO_FAR_AHEAD", "/day")] if new.day > local_day(of, act.now) + AHEAD else []
    return [*wrong, *([] if new.band in kind.bands else [Failure("KIND_DOES_NOT_ALLOW", "/band")])]


async def admitted(
    act: Act,
    of: Scheme,
    kind: Kind,
    who: Supporter,
    new: Shift,
    *,
    override: Overridden | None = None,
    besides: Sequence[RosterEntry] = (),
    without: Collection[UUID] = (),
) -> tuple[LoadCode, ...]:
    """The limits that he passes there: none that is hard, or with an override. `besides`: what the same act has made
    already; `without`: the entries that it takes off the rota. Raises `NotNow` with all that stands in the way.

    That he is wanted then in another scheme, whose rota its reader may not read, is told without a reason."""
    his = [e for e in (*await of_supporter(act, who.id), *besides) if e.supporter == who.id and e.id not in without]
    slot = slot_of(who.person, new.day, new.band)
    known = await looking.all_known(act, RosterEntry, {"prison": of.prison, "slot": slot})
    there = [e for e in (*known, *besides) if e.slot == slot and e.id not in without]
    wanted = {e.scheme == of.id for e in there if e.state is not RosterState.WITHDRAWN}
    others = (shift for e in his if (shift := shift_of(e)) != new)
    over = passed(new, others, kind.load, zone_of(of.jurisdiction).key)
    hard = HARD & set(over)
    require(
        (True not in wanted, "ALREADY_ROSTERED"),
        (False not in wanted, NOT_AVAILABLE),
        *((override is not None, code.value) for code in over if code in hard),
        (override is None or bool(hard), "NOTHING_TO_OVERRIDE"),
        *serves(act, who, new.day),
    )
    return over


async def placed(
    act: Act,
    of: Scheme,
    kind: Kind,
    who: Supporter,
    new: Shift,
    *,
    wing: str | None = None,
    override: Overridden | None = None,
    besides: Sequence[RosterEntry] = (),
    without: Collection[UUID] = (),
) -> RosterEntry:
    """The entry that rosters him, published, or with an override waiting; the caller keeps it. Raises as `admitted`."""
    over = await admitted(act, of, kind, who, new, override=override, besides=besides, without=without)
    slot = slot_of(who.person, new.day, new.band)
    given: dict[str, Any] = {"supporter": who.id, "name": who.name, "day": new.day, "band": new.band, "slot": slot}
    given |= {"wing": wing or who.wing, "load": over, "listed": who.agreed_to_be_listed}
    given |= {"overridden_for": override, "written_by": act.viewer.actor, "state": RosterState.WAITING}
    entry = made(act, of, RosterEntry, **given)
    return entry if HARD & set(over) else await _published(act, entry)


async def approve(begin: Begin, id: UUID, *, seen: Tag) -> View[RosterEntry]:
    """Another person's yes to passing a hard limit: it is published by that."""
    async with begin.serially(Verb.APPROVE_ROSTER_ENTRY) as act:
        was = await act.fetch(RosterEntry, id, seen=seen)
        who = await of_scheme(act, was.scheme, was.supporter)
        require(
            may_move(act, was),
            (was.written_by != act.viewer.actor, "SECOND_PERSON_NEEDED"),
            (was.day >= local_day(was, act.now), "DAY_HAS_PASSED"),
            *serves(act, who, was.day),
        )
        now = with_(await _published(act, was), approved_by=act.viewer.actor)
        act.keep(now, was=was)
        return act.disclose(now)


async def withdraw(begin: Begin, id: UUID, *, seen: Tag) -> View[RosterEntry]:
    """Take it from the rota, and with it the prompt that was to follow; one whose day has passed stands, for what is
    due for it is due."""
    async with begin.serially(Verb.WITHDRAW_ROSTER_ENTRY) as act:
        was = await act.fetch(RosterEntry, id, seen=seen)
        require(may_move(act, was), (was.day >= local_day(was, act.now), "DAY_HAS_PASSED"))
        now = await withdrawn(act, was)
        act.keep(now, was=was)
        return act.disclose(now)


async def withdrawn(act: Act, was: RosterEntry) -> RosterEntry:
    """The entry as it is once withdrawn; its prompt, if its band is not over, is gone."""
    await debriefs.unprompt(act, was.id)
    over = None if was.in_force_from is None else act.now
    return with_(was, state=move(ROSTER_MOVES, was.state, RosterState.WITHDRAWN), in_force_until=over)


async def _published(act: Act, entry: RosterEntry) -> RosterEntry:
    ends = span(entry.day, entry.band, zone_of(entry.jurisdiction).key)[1]
    await debriefs.prompt(act, entry.id, entry.supporter, ends)
    return with_(entry, state=move(ROSTER_MOVES, entry.state, RosterState.PUBLISHED), in_force_from=act.now)
