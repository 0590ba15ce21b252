"""What those concerned say of a request that was not met: the recipient that he asked, or did not withdraw; a supporter
that he was not asked, or that nothing came of it (rule 6). By a code, for twenty-eight days.

It goes into a letterbox, and everybody gets the same receipt: nobody who stands behind him at the kiosk sees more, then
or later (rule 7). Once a day the clock lays it beside the conduct of that prison, wing and day. Both accounts are kept,
in one record that whoever had a part in it never reaches; of whom nothing was recorded, that goes up, past safer
custody and governor. Nothing says who told it.
"""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.record import with_version
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.bands import AFTER_BAND, STARTS
from domain.kernel.days import local_day, zone_of
from domain.kernel.errors import Absent, Failure, Unacceptable
from domain.kernel.ids import ConductId
from domain.kernel.moves import move
from domain.ports import Letter
from domain.sessions.asking import own_person
from domain.sessions.codes import RefusalCode
from domain.sessions.conduct import CONDUCT_MOVES, Account, Conduct, Reconciliation, Review, UnmetAs
from domain.sessions.handing_in import where_he_serves

RECEIPT: Final = "HEARD"
"""The one constant answer."""
BOX: Final = "dispute"
SPOKE_UP: Final = "spoke-up"
"""The letterbox of who of the supporters said so lately: for the rule on retaliation alone (rule 17)."""
OPEN_FOR: Final = timedelta(days=28)
HOUR: Final = time(10)
"""From when on, by the prison's clocks, the day before is laid beside its conduct: its night's is there by then."""
HIS: Final[Mapping[Role, frozenset[Account]]] = {
    Role.PERSON_IN_CUSTODY: frozenset({Account.ASKED, Account.DID_NOT_WITHDRAW}),
    Role.SUPPORTER: frozenset({Account.NOT_ASKED, Account.NOT_ACTIONED}),
}
"""What each may say."""
_C = RefusalCode
AGAINST: Final[Mapping[Account, frozenset[RefusalCode]]] = {
    Account.ASKED: frozenset({_C.ASLEEP_CLAIMED}),
    Account.DID_NOT_WITHDRAW: frozenset({_C.WITHDRAWN_CLAIMED, _C.ASLEEP_CLAIMED}),
    Account.NOT_ASKED: frozenset({_C.DECLINED_CLAIMED, _C.NO_PEER_AVAILABLE}),
    Account.NOT_ACTIONED: frozenset({_C.WITHDRAWN_CLAIMED, _C.ASLEEP_CLAIMED, _C.DECLINED_CLAIMED}),
}
"""The codes against which an account stands."""
ALIKE: Final = frozenset({Account.ASKED, Account.NOT_ACTIONED})
"""What whatever else was recorded agrees with: somebody asked, and was not met."""


async def hand_in(begin: Begin, *, says: Account, wing: str, on: date, open_window: bool = False) -> str:
    """The receipt, the same for whatever is said. `open_window`: he wishes that the envelopes of that day be opened. Of
    one person, one day and one kind of account one letter lies there, the last: else one man at a kiosk could make as
    many records that are kept for six years as he has patience, each about another wing."""
    async with begin.serially(Verb.HAND_IN_DISPUTE) as act:
        prison, jurisdiction, supporter, who = await _whose(act)
        faults: list[Failure] = []
        if says not in HIS[act.viewer.role]:
            faults.append(Failure("SAID_BY_ANOTHER", "/says"))
        if not wing.startswith(f"{prison}-"):
            faults.append(Failure("WING_OF_ANOTHER_PRISON", "/wing"))
        today = act.now.astimezone(zone_of(jurisdiction)).date()
        if not today - OPEN_FOR <= on <= today:
            faults.append(Failure("DAY_NOT_OPEN", "/on"))
        if faults:
            raise Unacceptable(faults)
        plain = {
            "prison": prison,
            "jurisdiction": jurisdiction,
            "wing": wing,
            "on": on.isoformat(),
            "says": says.value,
            "window": open_window,
            "told_on": today.isoformat(),
            "supporter": supporter,
            "who": who,
        }
        alike = ("who", "on", "says")
        for before in await act.lying(BOX):
            if all(before.plain.get(name) == plain[name] for name in alike):
                act.post(before)
        act.post(Letter(BOX, plain))
        return RECEIPT


async def _whose(act: Act) -> tuple[str, str, str | None, str]:
    """(prison, jurisdiction, supporter, by what he is told from others) of whoever says it. Raises `Absent`: nothing is
    known of where he is."""
    if act.viewer.role is Role.SUPPORTER:
        supporter = str(act.viewer.assignment)
        return *(await where_he_serves(act)), supporter, supporter
    own = await own_person(act)
    if own is None:
        raise Absent
    # Of the recipient no id lies there: what our key makes of it says no more than that two letters are his.
    return own.prison, own.jurisdiction, None, act.turn(own, with_version(own, 1))


async def reconcile(begin: Callable[[], Begin]) -> int:
    """What was said until yesterday, a prison at a time: all of it together, so that nobody sees when each was said.
    How many accounts."""
    done = 0
    while reconciled := await _one_prison(begin()):
        done += reconciled
    return done


async def _one_prison(begin: Begin) -> int:
    async with begin.serially(Verb.TICK) as act:
        due = [letter for letter in await act.lying(BOX) if _is_due(letter.plain, act.now)]
        due = [letter for letter in due if letter.plain["prison"] == due[0].plain["prison"]]
        if due:
            await _beside_conduct(act, due)
        for old in await act.lying(SPOKE_UP):  # whether or not anybody has spoken since: it says who did
            if date.fromisoformat(old.plain["told_on"]) < _since(act.now, old.plain["jurisdiction"]):
                act.post(old)
        return len(due)


def _is_due(told: Mapping[str, Any], now: datetime) -> bool:
    here = now.astimezone(zone_of(told["jurisdiction"]))
    return date.fromisoformat(told["told_on"]) < here.date() and here.time() >= HOUR


async def _beside_conduct(act: Act, letters: Sequence[Letter]) -> None:
    prison = letters[0].plain["prison"]
    was = {each.id: each for each in await looking.all_known(act, Conduct, {"prison": prison})}
    now = dict(was)
    for letter in letters:
        for changed in _heard(act, list(now.values()), letter.plain):
            now[changed.id] = changed
        act.post(letter)
        if (supporter := letter.plain["supporter"]) is not None:
            lately = {name: letter.plain[name] for name in ("jurisdiction", "told_on")}
            act.post(Letter(SPOKE_UP, {"supporter": supporter, **lately}))
    for id in sorted(now):
        if now[id] is not was.get(id):
            act.keep_beside(now[id], was=was.get(id))


def _heard(act: Act, known: Sequence[Conduct], told: Mapping[str, Any]) -> list[Conduct]:
    """The conduct beside which this account lies from now on: all that it may speak of, for nobody knows which."""
    says, on = Account(told["says"]), date.fromisoformat(told["on"])
    # A delay is nobody's answer to whoever says that nothing came of it: it does not tell what did.
    ended = (each for each in known if each.ended is not UnmetAs.DELAYED)
    there = [each for each in ended if each.wing == told["wing"] and on in _days(each)]
    against = [each for each in there if each.code in AGAINST[says]]
    alike = [each for each in there if _agrees(each, says)]
    if met := against or alike:
        how = Reconciliation.DISPUTED if against else Reconciliation.MATCHED
        return [_with(act, each, says, told["window"], how) for each in met]
    zone = zone_of(told["jurisdiction"])
    added = Conduct(
        id=ConductId(act.new_id()),
        jurisdiction=told["jurisdiction"],
        prison=told["prison"],
        wing=told["wing"],
        at=datetime.combine(on, time(), zone).astimezone(UTC),
        ended=UnmetAs.NOT_RECORDED,
        goes_up=True,
        reconciled=Reconciliation.ADDED_RETROSPECTIVELY,
    )
    return [_with(act, added, says, told["window"], Reconciliation.ADDED_RETROSPECTIVELY)]


def _agrees(conduct: Conduct, says: Account) -> bool:
    """Whether what was recorded agrees with it: what nobody recorded does with whatever is said; and where no code was
    given, nobody claims that a supporter was asked."""
    if conduct.ended is UnmetAs.NOT_RECORDED or says in ALIKE:
        return True
    return says is Account.NOT_ASKED and conduct.code is None


def _with(act: Act, was: Conduct, says: Account, window: bool, how: Reconciliation) -> Conduct:
    """This conduct with one more account beside it. It waits for a review, again if it had one: whoever made that had
    not heard this."""
    stays = was.reconciled not in (None, Reconciliation.MATCHED)
    waits = was.review if was.review is Review.WAITING else move(CONDUCT_MOVES, was.review, Review.WAITING)
    return dataclasses.replace(
        was,
        accounts=tuple(sorted({*was.accounts, says})),
        reconciled=was.reconciled if stays else how,
        accounts_on=act.now.astimezone(zone_of(was.jurisdiction)).date(),
        window_asked_for=was.window_asked_for or window,
        review=waits,
    )


async def told_before(act: Act, prison: str, made: Sequence[Conduct]) -> list[tuple[Conduct, Conduct | None]]:
    """(conduct that is made now, the record that it is instead of). A sheet may be typed after an account of its night
    was heard: what was kept as recorded by nobody is this then, and the account lies beside it as if it had been there.
    It goes up still. One that was reviewed, or of which it says too little, stands by itself."""
    now, instead = list(made), dict[int, Conduct]()
    waiting = {"prison": prison, "ended": UnmetAs.NOT_RECORDED, "review": Review.WAITING}
    for old in await looking.all_known(act, Conduct, waiting) if made else ():
        on = local_day(old, old.at)
        there = [n for n, each in enumerate(now) if each.wing == old.wing and on in _days(each)]
        met = [n for n in there if all(now[n].code in AGAINST[s] or _agrees(now[n], s) for s in old.accounts)]
        free = next((n for n in met if n not in instead), None)
        if free is None or old.verdict is not None:
            continue
        for n in met:
            for says in old.accounts:
                how = Reconciliation.DISPUTED if now[n].code in AGAINST[says] else Reconciliation.MATCHED
                now[n] = _with(act, now[n], says, old.window_asked_for, how)
        instead[free] = old
        now[free] = dataclasses.replace(now[free], id=old.id, version=old.version, goes_up=True)
    return [(each, instead.get(n)) for n, each in enumerate(now)]


def _days(conduct: Conduct) -> set[date]:
    """The days by which somebody may call it: that of the clock, and the one before until two hours after a night's
    end. What expired of a night has its time then, and what was refused of it is typed as late."""
    at = conduct.at.astimezone(zone_of(conduct.jurisdiction))
    over = datetime.combine(at.date(), STARTS[0][0], at.tzinfo) + AFTER_BAND
    if conduct.ended is UnmetAs.NOT_RECORDED or at > over:
        return {at.date()}
    return {at.date(), at.date() - timedelta(days=1)}


async def spoke_up(act: Act, supporter: UUID) -> bool:
    """Whether this supporter said so lately: for the rule on retaliation alone (rule 17)."""
    lying = [*await act.lying(BOX), *await act.lying(SPOKE_UP)]
    told = [each.plain for each in lying if each.plain["supporter"] == str(supporter)]
    return any(date.fromisoformat(each["told_on"]) >= _since(act.now, each["jurisdiction"]) for each in told)


def _since(now: datetime, jurisdiction: str) -> date:
    return (now.astimezone(zone_of(jurisdiction)) - OPEN_FOR).date()
