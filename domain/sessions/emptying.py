"""The fixed hour: when band and two hours are over, closed-policy requests go from the tables, all of a prison's in one
batch (rule 2).

Of each there stay an ENVELOPE, where the two keys outside are set; a RESIDUE, as a letter for the month's mixer; and if
it was not met, or was held up as none should be, CONDUCT. These are made here and not in the act of refusing: that
act's line in the ledger names the request and its transaction would tie the two for good. Here all of a prison's are
made together, in the order of their own fresh ids, and the batch's line names none of them, and the day alone.
"""

import dataclasses
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from domain.act import Act, Begin
from domain.confidentiality.record import Record
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.bands import Band
from domain.kernel.days import local_day, zone_of
from domain.kernel.ids import ActorId, ConductId
from domain.kernel.words import JURISDICTIONS
from domain.oversight.record import Assignment
from domain.people.acts import known_by
from domain.ports import Letter, Query, Seal
from domain.schemes.made import terms_of
from domain.schemes.record import Scheme
from domain.sessions.codes import to_review
from domain.sessions.conduct import Conduct, Review, UnmetAs
from domain.sessions.delays import Delay, HeldUpBy, as_refusal, stays
from domain.sessions.disputing import told_before
from domain.sessions.envelopes import enveloped
from domain.sessions.mixed import CameTo
from domain.sessions.mixing import REQUESTS, Periods
from domain.sessions.offering import number_of
from domain.sessions.request import MET, UNMET, Request, RequestState, minutes
from domain.sessions.tally import day_or_night

BATCH: Final = 200
MOST: Final = 100
"""Assignments of one holder."""
STEP: Final = 5
"""Minutes to which a wait is rounded in what stays."""
REVIEWERS: Final = frozenset({Role.SAFER_CUSTODY, Role.GOVERNOR})
_WHOSE_REVIEW: Final = frozenset({HeldUpBy.SAFER_CUSTODY, HeldUpBy.GOVERNOR})


async def empty(begin: Callable[[], Begin], seal: Seal | None) -> int:
    """All prisons whose hour has come, one batch after the other. How many requests. `seal`: how an envelope is closed;
    None where the keys are not set: then no envelope is made, and the names are gone for good."""
    done = 0
    while emptied := await _one_prison(begin(), seal):
        done += emptied
    return done


async def _one_prison(begin: Begin, seal: Seal | None) -> int:
    async with begin.serially(Verb.TICK) as act:
        act.unsigned()
        over = await _over(act)
        periods = await Periods.open(act) if over else None
        unmet, left, letters = list[Conduct](), list[Record](), list[Letter]()
        for request in over:
            ended = as_ended(request)
            moved = ended.state is RequestState.EXPIRED and await gone_in_time(act, request)
            if ended.state in UNMET and not moved:
                unmet.append(await conduct_of(act, ended))
            left += [await delay_of(act, ended, delay) for delay in _to_review(ended)]
            if seal is not None:
                left.append(enveloped(act, ended, seal))
            if periods is not None and not moved:
                letters.append(residue_of(ended, periods))
            act.erase(request)
        spoken_of = await told_before(act, over[0].prison, unmet) if over else []
        instead = {made.id: old for made, old in spoken_of}
        left += [made for made, _ in spoken_of]
        # Rows and letters lie in a dump as they were made: in the order of random ids they say nothing of each other.
        for record in sorted(left, key=lambda each: (each.shape.kind, each.id)):
            act.keep_beside(record, was=instead.get(record.id))
        for letter in sorted(letters, key=lambda _: act.new_id()):
            act.post(letter)
        return len(over)


async def _over(act: Act) -> Sequence[Request]:
    first = await act.known(Request, Query(equal={"closed": True}, order="readable_until", limit=1))
    if not first or first[0].readable_until > act.now:
        return ()
    asked = Query(equal={"closed": True, "prison": first[0].prison}, order="readable_until", limit=BATCH)
    return [request for request in await act.known(Request, asked) if request.readable_until <= act.now]


def as_ended(request: Request) -> Request:
    """The request as it has ended by now: one that was still open expired when its time was over."""
    if request.state in MET | UNMET or request.state is RequestState.LIFE_AT_RISK:
        return request
    return dataclasses.replace(request, state=RequestState.EXPIRED, ended_at=request.readable_until)


async def gone_in_time(act: Act, request: Request) -> bool:
    """Whether he who asked had left the prison before anybody was late, so that nobody failed him (rule 24): as far as
    his number was given, and he is known here by something else. Nobody else is asked where he is: whoever is would
    know that he asked for a Listener (rule 3). What an officer says of it is his word, and stays (rule 6)."""
    number = await number_of(act, request)
    scheme = None if request.scheme is None else await act.known_one(Scheme, request.scheme)
    person = None if number is None else await known_by(act, request.jurisdiction, number)
    if scheme is None or person is None or person.left_at is None or person.prison == request.prison:
        return False
    terms = await terms_of(act, scheme)
    target = terms.response_target_night if request.band is Band.NIGHT else terms.response_target_day
    return target is not None and request.asked_at <= person.left_at <= request.asked_at + timedelta(minutes=target)


async def conduct_of(act: Act, request: Request) -> Conduct:
    """What is told of a request that was not met."""
    decided = request.refused_by if request.state is not RequestState.EXPIRED else None
    code = request.refusal_code if request.state is not RequestState.EXPIRED else None
    had_part = (decided, request.author, request.cleared_by)
    told_late = (request.late or request.after_hold) and not to_review(code)
    # In an order of their own, and each once: neither when nor how often stands beside the wing.
    waits = zip(request.delay_codes, request.delay_roles, strict=True)
    held_up = sorted({each for each in waits if stays(*each)})
    return Conduct(
        id=ConductId(act.new_id()),
        jurisdiction=request.jurisdiction,
        prison=request.prison,
        wing=request.wing,
        at=request.ended_at or request.readable_until,
        ended=UnmetAs(request.state.value),
        code=code,
        late=request.late,
        after_hold=request.after_hold,
        coded_by=decided,
        decided_by_role=request.refused_by_role if code is not None else None,
        held_up_for=tuple(code for code, _ in held_up),
        held_up_by=tuple(role for _, role in held_up),
        noted_by=request.author,
        cleared_by=request.cleared_by,
        # A code of nobody's: a sheet that another typed does not say whose, and anybody may have given it. So with what
        # was told late, and not by him who wrote down and ended it: by whom is not kept, and that is what is reviewed.
        goes_up=(code is not None and decided is None)
        or (told_late and (decided is None or decided != request.author))
        or await _concerns_who_reviews(act, request, had_part),
        # What is told late is taken, marked, and raises a review, whatever its code: that was late too (rule 18). So
        # does what nobody answered at all: else who ignores somebody would hear less of it than who refuses him.
        review=Review.WAITING if code is None or told_late or to_review(code) else Review.NOT_NEEDED,
    )


async def delay_of(act: Act, request: Request, delay: Delay) -> Conduct:
    """What is told of a delay that another is to review: the month alone, and of the whole prison. Beside a day and a
    wing on which nobody was refused it would tell that two met (rules 1 and 2)."""
    had_part = (delay.by, request.author, request.cleared_by)
    month = local_day(request, request.asked_at).replace(day=1)
    return Conduct(
        id=ConductId(act.new_id()),
        jurisdiction=request.jurisdiction,
        prison=request.prison,
        wing=request.prison,
        at=datetime.combine(month, time(), zone_of(request.jurisdiction)).astimezone(UTC),
        ended=UnmetAs.DELAYED,
        code=as_refusal(delay.code),
        late=request.late,
        after_hold=request.after_hold,
        coded_by=delay.by,
        decided_by_role=delay.role,
        noted_by=request.author,
        cleared_by=request.cleared_by,
        goes_up=delay.by is None or await _concerns_who_reviews(act, request, had_part),
        review=Review.WAITING,
    )


def _to_review(request: Request) -> list[Delay]:
    """Each of its delays that another is to review, once."""
    told = zip(request.delay_codes, request.delay_roles, request.delay_actors, strict=True)
    return list(dict.fromkeys(Delay(*each) for each in told if to_review(as_refusal(each[0]))))


async def _concerns_who_reviews(act: Act, request: Request, had_part: Sequence[ActorId | None]) -> bool:
    """Whether any of those who had a part in it, or held it up, is of those who review; or whose role does."""
    roles = {*request.delay_roles, request.refused_by_role}
    if roles & _WHOSE_REVIEW:
        return True
    return any([await _reviews(act, each) for each in {*had_part, *request.delay_actors}])


async def _reviews(act: Act, actor: ActorId | None) -> bool:
    """Whether this member of staff is of those who review, by an assignment that has not ended."""
    if actor is None:
        return False
    held = await act.known(Assignment, Query(equal={"holder": actor}, limit=MOST))
    return any(each.role in REVIEWERS and each.ended_at is None for each in held)


def residue_of(request: Request, periods: Periods) -> Letter:
    """What is counted of a request, once the month's mixer has shuffled it: no id of its own, no day, and a wait to
    five minutes; and how people are told apart in that month alone."""
    zone = JURISDICTIONS[request.jurisdiction].time_zone
    month = request.asked_at.astimezone(ZoneInfo(zone)).strftime("%Y-%m")
    plain = {
        "prison": request.prison,
        "month": month,
        "who": periods.told_apart(request.prison, month, request.recipient),
        "part": day_or_night(request.asked_at, zone).value,
        "outcome": _outcome(request).value,
        "minutes_to_offer": _rounded(request.minutes_to_offer),
        "minutes_to_accept": _rounded(request.minutes_to_accept),
        "minutes_to_unlock": _rounded(request.minutes_to_unlock),
        "minutes_in_all": _rounded(minutes(request.asked_at, request.unlocked_at)),
    }
    return Letter(REQUESTS, plain)


def _outcome(request: Request) -> CameTo:
    if request.state is RequestState.LIFE_AT_RISK:
        return CameTo.LIFE_AT_RISK
    return CameTo.MET if request.state in MET else CameTo.UNMET


def _rounded(minutes: int | None) -> int | None:
    return None if minutes is None else STEP * round(minutes / STEP)
