"""What being a supporter gives the supporter (S35), as he rates it himself before and after: who he is to himself, his
confidence, his chances of work. Wellbeing: his and the partner's, and of no use to anybody who decides about him
(rule 17; domain facts 17, question 11)."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.act import Begin
from domain.confidentiality.classification import Open, Wellbeing
from domain.confidentiality.disclosure import View
from domain.confidentiality.record import record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.ids import PersonId, SchemeId, SelfRatingId, SupporterId
from domain.kernel.moves import require
from domain.ports import Query
from domain.schemes.belonging import OfScheme, drafted
from domain.supporters.record import Standing, Supporter


class Moment(StrEnum):
    """When he rates himself."""

    BEFORE = "BEFORE"
    """Before he meets anybody."""
    AFTER = "AFTER"
    """After months in the role, or when he leaves it."""


_BEFORE = frozenset({Standing.APPLIED, Standing.ACCEPTED, Standing.IN_TRAINING})


@record(
    kind="self-rating",
    kept="six months after the role ends",
    parties=("person",),
)
class SelfRating(OfScheme):
    """How he rates himself on three scales from 0, not at all, to 10, wholly: 'I know who I am besides my offence', 'I
    can do what I set my mind to', 'I could get and keep a job'."""

    outlives = True
    id: Open[SelfRatingId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    supporter: Wellbeing[SupporterId]
    person: Wellbeing[PersonId]
    moment: Wellbeing[Moment]
    identity: Wellbeing[int]
    """0 to 10."""
    confidence: Wellbeing[int]
    """0 to 10."""
    employability: Wellbeing[int]
    """0 to 10."""
    rated_on: Wellbeing[date]


async def rate(
    begin: Begin, supporter: UUID, *, moment: Moment, identity: int, confidence: int, employability: int
) -> View[SelfRating]:
    """Rate oneself: once before the role begins, and after that as often as he likes."""
    async with begin.serially(Verb.RECORD_SELF_RATING) as act:
        of = await act.fetch(Supporter, supporter)
        there = await act.known(SelfRating, Query(equal={"supporter": of.id, "moment": moment}, limit=1))
        require(
            ((of.standing in _BEFORE) is (moment is Moment.BEFORE), f"STATE_{of.standing.value}"),
            (moment is Moment.AFTER or not there, "ALREADY_RATED"),
        )
        rating = drafted(
            act,
            of,
            SelfRating,
            supporter=of.id,
            person=of.person,
            moment=moment,
            identity=identity,
            confidence=confidence,
            employability=employability,
            rated_on=local_day(of, act.now),
        )
        act.keep(rating)
        return act.disclose(rating)
