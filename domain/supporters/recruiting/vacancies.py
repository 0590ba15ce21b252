"""Vacancies: how many supporters a scheme looks for, until when, what it says about it in which languages, and what it
asks everybody alike (S17, F13). The questions are fixed when it is published: nobody is asked another question than who
came before him.

Once published, an advert is read by everybody in the prison. A closed vacancy stays where it was read; one that is
withdrawn is taken down, and from then on was never there.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import derived, record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Absent, Failure, Unacceptable
from domain.kernel.ids import ActorId, SchemeId, VacancyId
from domain.kernel.moves import Life, Moves, move, require
from domain.moving import may_move
from domain.schemes import belonging
from domain.schemes.belonging import OfScheme, changed, drafted, scheme_to_write, sound, with_
from domain.schemes.made import terms_of
from domain.schemes.record import Scheme
from domain.supporters.recruiting.consent import CONSENT, CONSENT_WORDS, ConsentText
from domain.supporters.recruiting.questions import Question, catalogue, codes, spoken


class VacancyState(StrEnum):
    """Where a vacancy stands."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    CLOSED = "CLOSED"
    WITHDRAWN = "WITHDRAWN"


_S = VacancyState
VACANCY_MOVES: Final[Moves[VacancyState]] = {
    _S.DRAFT: frozenset({_S.PUBLISHED, _S.WITHDRAWN}),
    _S.PUBLISHED: frozenset({_S.CLOSED, _S.WITHDRAWN}),
    _S.CLOSED: frozenset({_S.WITHDRAWN}),
    _S.WITHDRAWN: frozenset(),
}
VACANCY_LIFE: Final = Life(
    "state",
    {
        Verb.KEEP_VACANCY: frozenset({_S.DRAFT, _S.PUBLISHED}),
        Verb.PUBLISH_VACANCY: frozenset({_S.DRAFT}),
        Verb.CLOSE_VACANCY: frozenset({_S.PUBLISHED}),
        Verb.WITHDRAW_VACANCY: frozenset({_S.DRAFT, _S.PUBLISHED, _S.CLOSED}),
    },
)
_FIXED: Final = frozenset({"questions", "own_questions"})
"""What everybody is asked: changed no more once somebody may have answered."""


@record(kind="vacancy", kept="six years after its scheme closes; it names nobody in custody", life=VACANCY_LIFE)
class Vacancy(OfScheme):
    """Places that a scheme advertises. `adverts` are one for each language, and one more in easy read."""

    id: Open[VacancyId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    kind: Open[str]
    """The code of the scheme's kind."""
    state: Open[VacancyState] = VacancyState.DRAFT
    places: Open[int]
    """How many supporters are looked for."""
    filled: Open[int] = 0
    """How many were taken on, but for those who left before they served."""
    closes_on: Open[date]
    """The last day on which somebody may apply."""
    waiting_list: Open[bool] = False
    """Whether somebody may apply after that, to wait for a place."""
    adverts: Open[tuple[dict[str, Any], ...]] = ()
    questions: Open[tuple[Question, ...]] = ()
    """What everybody is asked, from the catalogue."""
    own_questions: Open[tuple[str, ...]] = ()
    """What everybody is asked besides, in the coordinator's words: scored as OWN_1, OWN_2 …"""
    written_by: Operational[ActorId]
    in_force_from: Open[datetime | None] = None
    """From when it was read by everybody; null: not yet."""
    in_force_until: Open[datetime | None] = None
    """When it was taken down."""
    to_come = ("closes_on",)

    @derived
    def open(self, now: datetime) -> Open[bool]:
        """Somebody may apply today without going on a waiting list."""
        return self.state is VacancyState.PUBLISHED and local_day(self, now) <= self.closes_on

    @derived
    def asked(self, now: datetime) -> Open[tuple[dict[str, Any], ...]]:
        """Every question with its code and its words."""
        return spoken(self.questions, self.own_questions)

    @derived
    def consent_text(self, now: datetime) -> Open[ConsentText]:
        """The version of the text that applicants agree to."""
        return CONSENT

    @derived
    def consent_words(self, now: datetime) -> Open[str]:
        """What that text says."""
        return CONSENT_WORDS

    def faults(self) -> Iterable[Failure]:
        """No language twice, no question twice."""
        told = [(a["language"], a["easyRead"]) for a in self.adverts]
        if len(set(told)) < len(told):
            yield Failure("TWICE", "/adverts")
        if len(set(self.questions)) < len(self.questions):
            yield Failure("TWICE", "/questions")

    def codes(self) -> tuple[str, ...]:
        """The codes of its questions."""
        return codes(self.questions, self.own_questions)

    def takes(self, now: datetime) -> bool:
        """Whether it takes an application now: it is open, or it is past its day and has a waiting list."""
        past = self.state in (VacancyState.PUBLISHED, VacancyState.CLOSED)
        return self.open(now) or (past and self.waiting_list)


async def add(begin: Begin, scheme: UUID, **given: Any) -> View[Vacancy]:
    """A vacancy, in draft. Without questions it asks all of its kind's catalogue."""
    async with begin(Verb.KEEP_VACANCY) as act:
        of = await scheme_to_write(act, scheme, Vacancy)
        offered = catalogue(await terms_of(act, of))
        given["questions"] = given["questions"] or offered
        new = drafted(act, of, Vacancy, kind=of.kind, written_by=act.viewer.actor, **given)
        act.keep(sound(act, new, *_not_offered(new, offered)))
        return act.disclose(new)


async def amend(begin: Begin, id: UUID, *, seen: Tag, changes: Mapping[str, Any]) -> View[Vacancy]:
    """Change it: all of it while it is a draft; the questions no more once it is published."""
    async with begin(Verb.KEEP_VACANCY) as act:
        act.admit_writes(changes)
        was = await act.fetch(Vacancy, id, seen=seen)
        now = with_(was, **changes)
        fixed = sorted(_FIXED & set(changes)) if was.state is not VacancyState.DRAFT else []
        require(may_move(act, was), (not fixed, "QUESTIONS_FIXED"), (now.places >= was.filled, "PLACES_FILLED"))
        if "questions" in changes:
            of = await act.known_one(Scheme, was.scheme)
            if of is None:
                raise Absent
            sound(act, now, *_not_offered(now, catalogue(await terms_of(act, of))), was=was)
        return await changed(act, was, now)


def _not_offered(vacancy: Vacancy, offered: tuple[Question, ...]) -> list[Failure]:
    wrong = [n for n, q in enumerate(vacancy.questions) if q not in offered]
    return [Failure("QUESTION_UNKNOWN", f"/questions/{n}") for n in wrong]


async def publish(begin: Begin, id: UUID, *, seen: Tag) -> View[Vacancy]:
    """From now on everybody in the prison reads it. It has an advert, one that is easy to read, and a day to come."""
    async with begin(Verb.PUBLISH_VACANCY) as act:
        was = await act.fetch(Vacancy, id, seen=seen)
        require(
            may_move(act, was),
            (bool(was.adverts), "ADVERT_MISSING"),
            (any(a["easyRead"] for a in was.adverts), "EASY_READ_MISSING"),
            (bool(was.codes()), "QUESTIONS_MISSING"),
            (was.closes_on >= local_day(was, act.now), "CLOSING_DAY_PASSED"),
        )
        to = move(VACANCY_MOVES, was.state, VacancyState.PUBLISHED)
        return await changed(act, was, with_(was, state=to, in_force_from=act.now))


async def close(begin: Begin, id: UUID, *, seen: Tag) -> View[Vacancy]:
    """Nobody applies any more, but for the waiting list where there is one. It may still be read."""

    def into(act: Act, was: Vacancy) -> Vacancy:
        return with_(was, state=move(VACANCY_MOVES, was.state, VacancyState.CLOSED))

    return await belonging.change(begin, Verb.CLOSE_VACANCY, Vacancy, id, seen=seen, into=into)


async def withdraw(begin: Begin, id: UUID, *, seen: Tag) -> View[Vacancy]:
    """Take it down. Who has applied already is decided on all the same."""

    def into(act: Act, was: Vacancy) -> Vacancy:
        return with_(was, state=move(VACANCY_MOVES, was.state, VacancyState.WITHDRAWN), in_force_until=act.now)

    return await belonging.change(begin, Verb.WITHDRAW_VACANCY, Vacancy, id, seen=seen, into=into)


async def to_apply_for(act: Act, id: UUID, scheme: UUID) -> Vacancy:
    """The vacancy that somebody names in an application to this scheme: one that is read there. Raises `Unacceptable`
    for any other, in the words for one that never was, and `NotNow` (VACANCY_CLOSED) for one that is over."""
    found = await act.known_one(Vacancy, id)
    if found is None or found.scheme != scheme or found.state in (VacancyState.DRAFT, VacancyState.WITHDRAWN):
        raise Unacceptable([Failure("NOT_OF_THIS_SCHEME", "/vacancy")])
    require((found.takes(act.now), Failure("VACANCY_CLOSED", "/vacancy")))
    return found
