"""What is done in supervision: somebody is named, a meeting is booked, held or missed, answered and acknowledged."""

from datetime import date
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.care.leading import leads
from domain.care.supervision import (
    SUPERVISION_MOVES,
    Agreed,
    Missed,
    Supervision,
    SupervisionAnswer,
    SupervisionState,
    SupervisionTalk,
    SupervisionTheme,
)
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ActorId
from domain.kernel.moves import move, require
from domain.moving import may_move
from domain.oversight.record import Assignment
from domain.ports import Query
from domain.schemes.belonging import in_the_future, in_the_past, made, scheme_to_write, with_
from domain.schemes.made import terms_of
from domain.schemes.record import OWN_ORGANISATION, Scheme
from domain.supporters.availability import of_scheme, stays


async def supervised_by(act: Act, supporter: UUID) -> Supervision | None:
    """The supervision of a supporter that runs now."""
    found = await act.known(Supervision, Query(equal={"supporter": supporter, "ended_on": None}, limit=1))
    return found[0] if found else None


async def who_hears(act: Act, supporter: UUID) -> ActorId | None:
    """Who hears how a supporter fares: his supervisor, where that one is of the partner; else nobody."""
    now = await supervised_by(act, supporter)
    return now.supervisor if now is not None and now.hears else None


async def assign(
    begin: Begin, scheme: UUID, *, supervisor: UUID, supporter: UUID | None = None, staff: UUID | None = None
) -> View[Supervision]:
    """Name who supervises: one of the scheme's staff or of its partner, by his assignment, and never himself. Whom: a
    supporter, or the holder of an assignment that runs the scheme."""
    async with begin.serially(Verb.ASSIGN_SUPERVISION) as act:
        of = await scheme_to_write(act, scheme, Supervision)
        if (supporter is None) is (staff is None):
            raise Unacceptable([Failure("ONE_OF_THE_TWO", "/supporter")])
        by = await _running(act, of, supervisor, "/supervisor")
        whom = None if supporter is None else await of_scheme(act, of.id, supporter)
        other = None if staff is None else (await _running(act, of, staff, "/staff")).holder
        same = {"supporter": None if whom is None else whom.id, "supervisee": other}
        query = Query(equal={"scheme": of.id, "ended_on": None, **same}, limit=1)
        require(
            (other != by.holder, "SUPERVISOR_IS_SUPERVISED"),
            (not await act.known(Supervision, query), "ALREADY_SUPERVISED"),
            *(() if whom is None else stays(act, whom)),
        )
        new = made(
            act,
            of,
            Supervision,
            **same,
            person=None if whom is None else whom.person,
            supervisor=by.holder,
            assignment=by.id,
            hears=_of_the_partner(by, of),
            every_days=(await terms_of(act, of)).supervision_days,
            since=local_day(of, act.now),
        )
        act.keep(new)
        return act.disclose(new)


async def _running(act: Act, of: Scheme, id: UUID, path: str) -> Assignment:
    held = await act.known_one(Assignment, id)
    if held is None or not leads(held, of, local_day(of, act.now)):
        raise Unacceptable([Failure("SUPERVISOR_UNKNOWN", path)])
    return held


def _of_the_partner(held: Assignment, of: Scheme) -> bool:
    """Whether its holder is of the scheme's own partner: its volunteer, or, where the prison runs the scheme itself,
    who runs it."""
    if of.organisation == OWN_ORGANISATION:
        return held.role is Role.COORDINATOR
    return held.role is Role.PARTNER_VOLUNTEER and held.organisation == of.organisation


async def end(begin: Begin, id: UUID, *, seen: Tag) -> View[Supervision]:
    """It ends: another supervisor may be named. What was said before stays with the two who said it."""
    async with begin(Verb.END_SUPERVISION) as act:
        was = await act.fetch(Supervision, id, seen=seen)
        require((was.ended_on is None, "ENDED"))
        now = with_(was, ended_on=local_day(was, act.now), booked_for=None)
        act.keep(now, was=was)
        return act.disclose(now)


async def book(begin: Begin, supervision: UUID, *, booked_for: date) -> View[SupervisionTalk]:
    """The supervisor books the next meeting."""
    async with begin(Verb.BOOK_SUPERVISION_TALK) as act:
        of = await act.fetch(Supervision, supervision)
        require((of.ended_on is None, "ENDED"))
        if late := in_the_past(act, of, booked_for, "/bookedFor"):
            raise Unacceptable(late)
        names = ("supporter", "person", "supervisee", "supervisor")
        whose = {name: getattr(of, name) for name in names}
        session = made(act, of, SupervisionTalk, supervision=of.id, booked_for=booked_for, **whose)
        act.keep(session)
        act.keep_beside(with_(of, booked_for=booked_for), was=of)
        return act.disclose(session)


async def hold(
    begin: Begin,
    id: UUID,
    *,
    seen: Tag,
    held_on: date,
    themes: tuple[SupervisionTheme, ...],
    agreed: tuple[Agreed, ...],
    note: str | None = None,
) -> View[SupervisionTalk]:
    """It was held: what was spoken of and agreed, in codes, and the supervisor's note to the supervised."""
    async with begin.serially(Verb.HOLD_SUPERVISION_TALK) as act:
        was = await act.fetch(SupervisionTalk, id, seen=seen)
        require(may_move(act, was))
        if wrong := [*in_the_future(act, was, held_on, "/heldOn"), *await _words(act, was, note, "/note")]:
            raise Unacceptable(wrong)
        said = {"held_on": held_on, "themes": themes, "agreed": agreed, "note": note, "words_gone_on": None}
        of = await act.known_one(Supervision, was.supervision)
        if of is not None:
            last = held_on if of.last_held_on is None else max(of.last_held_on, held_on)
            act.keep_beside(with_(of, last_held_on=last, booked_for=None), was=of)
        return _moved(act, was, SupervisionState.HELD, **said)


async def miss(begin: Begin, id: UUID, *, seen: Tag, reason: Missed) -> View[SupervisionTalk]:
    """It did not take place, and why."""
    async with begin.serially(Verb.MISS_SUPERVISION_TALK) as act:
        was = await act.fetch(SupervisionTalk, id, seen=seen)
        require(may_move(act, was))
        of = await act.known_one(Supervision, was.supervision)
        if of is not None:
            act.keep_beside(with_(of, booked_for=None), was=of)
        return _moved(act, was, SupervisionState.MISSED, missed_for=reason)


async def answer(
    begin: Begin, id: UUID, *, seen: Tag, answer: SupervisionAnswer, in_words: str | None = None
) -> View[SupervisionTalk]:
    """The supervised answers what was noted and agreed."""
    async with begin(Verb.ANSWER_SUPERVISION_TALK) as act:
        was = await act.fetch(SupervisionTalk, id, seen=seen)
        require(may_move(act, was))
        if wrong := await _words(act, was, in_words, "/inWords"):
            raise Unacceptable(wrong)
        said = {"answer": answer, "answer_in_words": in_words, "answered_on": local_day(was, act.now)}
        if in_words is not None:
            said["words_gone_on"] = None
        return _moved(act, was, SupervisionState.ANSWERED, **said)


async def acknowledge(begin: Begin, id: UUID, *, seen: Tag) -> View[SupervisionTalk]:
    """The supervisor has read the answer."""
    async with begin(Verb.ACKNOWLEDGE_SUPERVISION_TALK) as act:
        was = await act.fetch(SupervisionTalk, id, seen=seen)
        require(may_move(act, was))
        return _moved(act, was, SupervisionState.ACKNOWLEDGED, acknowledged_on=local_day(was, act.now))


async def read(begin: Begin, id: UUID) -> View[SupervisionTalk]:
    """One meeting, for the two whose it was."""
    return await looking.one(begin, Verb.READ_SUPERVISION_TALK, SupervisionTalk, id)


async def _words(act: Act, of: SupervisionTalk, words: str | None, path: str) -> list[Failure]:
    """The failure of words where the scheme's policy is closed: what is heard there would be written here (rule 20)."""
    scheme = None if words is None else await act.known_one(Scheme, of.scheme)
    return [Failure("MAY_NOT_BE_HELD", path)] if scheme is not None and scheme.closed else []


def _moved(act: Act, was: SupervisionTalk, to: SupervisionState, **more: object) -> View[SupervisionTalk]:
    now = with_(was, state=move(SUPERVISION_MOVES, was.state, to), **more)
    act.keep(now, was=was)
    return act.disclose(now)
