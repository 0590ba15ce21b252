"""What is done with supporters: decide, train, activate, pause, resume.

Gates stand on the write, not beside it as warnings (F25). How he leaves: `domain.leaving`. What he learns, and his
certificate: `domain.training`. What of him is amended, the rota says too: `domain.care.listing`.
"""

import dataclasses
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.roles import IN_CUSTODY
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.moves import move, require
from domain.kernel.pages import Page
from domain.ports import Query
from domain.schemes.belonging import with_
from domain.schemes.made import terms_of
from domain.schemes.record import Scheme
from domain.schemes.sheet import Kind
from domain.supporters.availability import certified, in_role
from domain.supporters.record import (
    HOLDING,
    STANDING_MOVES,
    TAKEN_ON,
    ApplicationReason,
    Competence,
    Standing,
    Supporter,
    Verdict,
    trained_by,
    yet_to_return,
)
from domain.supporters.recruiting import application, gate, panel
from domain.supporters.recruiting.application import StaffReason


async def read(begin: Begin, id: UUID) -> View[Supporter]:
    """One supporter."""
    return await looking.one(begin, Verb.READ_SUPPORTER, Supporter, id)


async def search(begin: Begin, query: Query) -> Page[View[Supporter]]:
    """The supporters in reach."""
    return await looking.many(begin, Verb.READ_SUPPORTER, Supporter, query)


async def decide(
    begin: Begin,
    id: UUID,
    *,
    seen: Tag,
    verdict: Verdict,
    reason: ApplicationReason | None = None,
    staff_reason: StaffReason | None = None,
) -> View[Supporter]:
    """One side's decision: the partner's from its own people, the prison's from the coordinator. A no from either ends
    it, with a reason that is kept, and one for staff alone where that is another; where the kind asks for both, a yes
    waits for the other side's (S17, F15). The prison says yes to nobody who is not cleared or whom a hard rule shuts
    out (S18). While the scheme is a pilot it takes on no more than its limit (S21)."""
    async with begin.serially(Verb.DECIDE_APPLICATION) as act:
        supporter = await act.fetch(Supporter, id, seen=seen)
        no = verdict is Verdict.NO
        wrong = [Failure("REASON_GOES_WITH_NO", "/reason")] if no is (reason is None) else []
        if staff_reason is not None and not no:
            wrong.append(Failure("REASON_GOES_WITH_NO", "/staffReason"))
        if wrong:
            raise Unacceptable(wrong)
        partners = panel.side_of(act.viewer.role) is panel.Side.PARTNER
        side = "partner_verdict" if partners else "prison_verdict"
        # Whoever is decided on already is not looked at again: how he stands with security now is nobody's to ask so.
        require(
            (supporter.standing is Standing.APPLIED, f"STATE_{supporter.standing.value}"),
            (getattr(supporter, side) is None, "ALREADY_DECIDED"),
        )
        kind = await terms_of(act, supporter)
        decided = dataclasses.replace(supporter, **{side: verdict})
        both = kind.partner_certifies
        yes = decided.prison_verdict is Verdict.YES and (not both or decided.partner_verdict is Verdict.YES)
        kept, before = await application.of(act, supporter)
        on = local_day(supporter, act.now)
        noted = with_(kept, decided_by=(*kept.decided_by, act.viewer.actor), decided_on=on, staff_reason=staff_reason)
        if not no and (yes or not partners):
            pilot = (await place_left(act, supporter, TAKEN_ON), "PILOT_FULL")
            places = (pilot, await gate.place_left(act, kept)) if yes else ()
            await gate.may_be_taken_on(act, supporter, kept, kind, *places)
        if no:
            view = _moved(act, supporter, Standing.REJECTED, decided, rejected_for=reason, left_on=on)
        elif yes:
            await gate.take_a_place(act, kept)
            view = _moved(act, supporter, Standing.ACCEPTED, decided)
        else:
            act.keep(decided, was=supporter)
            view = act.disclose(decided)
        act.keep_beside(noted, was=before)
        return view


async def train(
    begin: Begin,
    id: UUID,
    *,
    seen: Tag,
    modules_passed: tuple[str, ...] = (),
    compact_signed: bool = False,
) -> View[Supporter]:
    """Note progress: modules passed, the compact signed. The first note starts training.

    These two are typed, since both are somebody's word and no count: that he passed is a judgement, and follows from no
    attendance; whoever gives it is from then on a trainer of his. What is counted is counted of records alone: days and
    hours there (`domain.training.cohorts`), contacts watched and shadowed (`domain.training.practice`)."""
    async with begin(Verb.TRAIN_SUPPORTER) as act:
        supporter = await act.fetch(Supporter, id, seen=seen)
        kind = await terms_of(act, supporter)
        unknown = set(modules_passed) - set(kind.modules)
        if unknown:
            raise Unacceptable([Failure("MODULE_UNKNOWN", "/modulesPassed")])
        learning = {Standing.ACCEPTED, Standing.IN_TRAINING, Standing.PROBATION}
        require((supporter.standing in learning, f"STATE_{supporter.standing.value}"))
        started = Standing.IN_TRAINING if supporter.standing is Standing.ACCEPTED else supporter.standing
        passed = set(supporter.modules_passed) | set(modules_passed)
        changed = dataclasses.replace(
            supporter,
            standing=started,
            modules_passed=tuple(m for m in kind.modules if m in passed),
            trained_by=trained_by(supporter, act.viewer.actor) if modules_passed else supporter.trained_by,
            compact_signed_on=supporter.compact_signed_on
            or (local_day(supporter, act.now) if compact_signed else None),
        )
        act.keep(changed, was=supporter)
        return act.disclose(changed)


async def activate(begin: Begin, id: UUID, *, seen: Tag) -> View[Supporter]:
    """End probation. Enough observed contacts, enough days, a certificate that has not run out (S20, F22), each
    competence signed for by somebody who did not train him (X20); and, in a pilot, a place (S21)."""
    async with begin.serially(Verb.ACTIVATE_SUPPORTER) as act:
        supporter = await act.fetch(Supporter, id, seen=seen)
        kind, today = await terms_of(act, supporter), local_day(supporter, act.now)
        require(
            (supporter.standing is Standing.PROBATION, f"STATE_{supporter.standing.value}"),
            (supporter.observed_contacts >= kind.observed_contacts, "OBSERVED_CONTACTS_MISSING"),
            (set(Competence) <= set(supporter.signed_off), "COMPETENCE_NOT_SIGNED"),
            (_probation_over(supporter, kind, today), "PROBATION_NOT_OVER"),
            (certified(supporter, act.now), "CERTIFICATE_EXPIRED"),
            (await place_left(act, supporter, _SERVING), "PILOT_FULL"),
        )
        return _moved(act, supporter, Standing.ACTIVE, active_from=today)


async def pause(begin: Begin, id: UUID, *, seen: Tag) -> View[Supporter]:
    """A rest. A supporter may take one himself at any time; no reason is asked, and none is kept."""
    async with begin(Verb.PAUSE_SUPPORTER) as act:
        supporter = await act.fetch(Supporter, id, seen=seen)
        unsaid: dict[str, Any] = {"own_word_on": None, "supervisor_word_on": None}
        return _moved(act, supporter, Standing.PAUSED, paused_on=local_day(supporter, act.now), **unsaid)


async def resume(begin: Begin, id: UUID, *, seen: Tag) -> View[Supporter]:
    """Back from a rest, to where he stood before it: by his own word and that of whoever supports him, in either order.
    The first of the two is kept, and he rests on. Whoever was taken over with his scheme comes into the role here by
    it, and then it is his own word that is the first (`gate.may_return`)."""
    async with begin(Verb.RESUME_SUPPORTER) as act:
        supporter = await act.fetch(Supporter, id, seen=seen)
        own = act.viewer.role in IN_CUSTODY
        word = "own_word_on" if own else "supervisor_word_on"
        require(
            (supporter.standing is Standing.PAUSED, f"STATE_{supporter.standing.value}"),
            (certified(supporter, act.now), "CERTIFICATE_EXPIRED"),
            (getattr(supporter, word) is None, "ALREADY_SAID"),
            *(await gate.may_return(act, supporter) if yet_to_return(supporter) and not own else ()),
        )
        said = dataclasses.replace(supporter, **{word: local_day(supporter, act.now)})
        if said.own_word_on is None or said.supervisor_word_on is None:
            act.keep(said, was=supporter)
            return act.disclose(said)
        back = dataclasses.replace(said, paused_on=None, own_word_on=None, supervisor_word_on=None)
        return _moved(act, supporter, in_role(back), back)


_SERVING: Final = tuple(s for s in HOLDING if s is not Standing.PROBATION)


async def place_left(act: Act, supporter: Supporter, standings: tuple[Standing, ...]) -> bool:
    """Until its scheme is live: are fewer than its pilot's limit in these standings, he himself not counted?"""
    scheme = await act.known_one(Scheme, supporter.scheme)
    if scheme is None or scheme.live_from is not None:
        return True
    taken = 0
    for standing in standings:
        query = Query(equal={"scheme": scheme.id, "standing": standing}, limit=scheme.pilot_limit + 1)
        taken += sum(s.id != supporter.id for s in await act.known(Supporter, query))
    return taken < scheme.pilot_limit


def _probation_over(supporter: Supporter, kind: Kind, today: date) -> bool:
    start = supporter.probation_from
    return start is not None and today >= start + timedelta(days=kind.probation_days)


def _moved(act: Act, was: Supporter, to: Standing, changed: Supporter | None = None, **more: Any) -> View[Supporter]:
    after = dataclasses.replace(changed or was, standing=move(STANDING_MOVES, was.standing, to), **more)
    act.keep(after, was=was)
    return act.disclose(after)
