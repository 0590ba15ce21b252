"""Giving feedback, and reading it where a scheme's policy is open.

What somebody in custody says without his name, or has typed for him, lies sealed until its week is over, among what
was said by single-use codes, and is then told from none of it: the minute at which it appeared would say who was at the
kiosk, or in the office (rule 12). What is signed, and what staff say for themselves, is there at once.
"""

from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Begin
from domain.confidentiality.admission import admit
from domain.confidentiality.disclosure import View
from domain.confidentiality.roles import IN_CUSTODY, Role
from domain.confidentiality.verbs import Verb
from domain.feedback.by_code import SaidByCode, letter, monday
from domain.feedback.record import Feedback, Theme, Voice
from domain.kernel.days import local_day
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ActorId, FeedbackId
from domain.kernel.pages import Page
from domain.kernel.words import names_a_number
from domain.ports import Query
from domain.schemes.acts import scheme_here
from domain.schemes.made import terms_of

RECEIPT: Final = "RECEIVED"
"""The same for everybody and every replay: an answer that described the feedback would sit in a device's history."""


async def give(
    begin: Begin,
    *,
    scheme: UUID,
    rating: int,
    themes: tuple[Theme, ...] = (),
    would_again: bool | None = None,
    words: str | None = None,
    anonymous: bool = True,
    helped_to_answer: bool = False,
    on_behalf_of: Voice | None = None,
) -> str:
    """The one constant receipt. What somebody says of a scheme. Whose view it is follows from the capacity; staff may
    type a recipient's or a supporter's for him (`on_behalf_of`), which is always anonymous. For a closed-policy scheme
    no author is ever kept and the ledger names nobody in custody."""
    async with begin(Verb.GIVE_FEEDBACK) as act:
        # Before anything can go wrong: an attempt that fails names nobody either, or the next one would be his.
        act.mark_closed(act.viewer.role in IN_CUSTODY)
        if anonymous or on_behalf_of is not None:
            act.unsigned()
        of = await scheme_here(act, scheme)
        act.mark_closed(of.closed)
        named = not anonymous and not of.closed and on_behalf_of is None
        if not named:
            act.unsigned()
        own = _voice(act.viewer.role)
        if on_behalf_of is not None and own is not Voice.STAFF:
            raise Unacceptable([Failure("UNKNOWN_FIELD", "/onBehalfOf")])
        if words is not None and names_a_number(words, {of.jurisdiction}):
            raise Unacceptable([Failure("LOOKS_LIKE_A_PRISON_NUMBER", "/words")])
        week = monday(local_day(of, act.now))
        feedback = Feedback(
            id=FeedbackId(act.new_id()),
            scheme=of.id,
            jurisdiction=of.jurisdiction,
            prison=of.prison,
            organisation=of.organisation,
            closed=of.closed,
            voice=on_behalf_of or own,
            rating=rating,
            themes=themes,
            would_again=would_again,
            words=words,
            week_of=week,
            helped_to_answer=helped_to_answer,
            author=ActorId(act.viewer.actor) if named else None,
        )
        admit(feedback, (await terms_of(act, of)).policy)
        if not named and (act.viewer.role in IN_CUSTODY or on_behalf_of is not None):
            act.post(letter(of, week, feedback.id, SaidByCode.FEEDBACK, _said(feedback)))
        else:
            act.keep(feedback)
        return RECEIPT


async def read(begin: Begin, id: UUID) -> View[Feedback]:
    """One piece of feedback."""
    return await looking.one(begin, Verb.READ_FEEDBACK, Feedback, id)


async def search(begin: Begin, query: Query) -> Page[View[Feedback]]:
    """The feedback in reach: open-policy schemes only. Of closed ones only counts leave
    (`domain.heard`)."""
    return await looking.many(begin, Verb.READ_FEEDBACK, Feedback, query)


def _said(of: Feedback) -> dict[str, Any]:
    """What lies in the box, as one by a code lies there; and his words, which no code has."""
    told = {"voice": of.voice.value, "rating": of.rating, "themes": [theme.value for theme in of.themes]}
    words = {"words": of.words, "by_token": True}
    return {**told, "would_again": of.would_again, "helped_to_answer": of.helped_to_answer, **words}


def _voice(role: Role) -> Voice:
    match role:
        case Role.PERSON_IN_CUSTODY:
            return Voice.RECIPIENT
        case Role.SUPPORTER:
            return Voice.SUPPORTER
        case _:
            return Voice.STAFF
