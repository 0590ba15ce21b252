"""Practice: contacts that a trainee had beside somebody, counted by whoever watched; and who signs that he can do it.

A count has no recipient and no instant. Under a closed policy it has the month alone: a day would meet a call (rule 1).
Nobody signs for one whom he trained himself (X20).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.act import Begin
from domain.confidentiality.classification import Open, Operational, Wellbeing
from domain.confidentiality.disclosure import View
from domain.confidentiality.record import record
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ActorId, PersonId, PracticeId, SchemeId, SignOffId, SupporterId
from domain.kernel.moves import require
from domain.schemes.belonging import OfScheme, in_the_future, made
from domain.schemes.made import terms_of
from domain.supporters.record import Competence, Standing, Supporter


class Practised(StrEnum):
    """How it was learned by doing."""

    OBSERVED = "OBSERVED"
    """He did it, and somebody watched."""
    SHADOWED = "SHADOWED"
    """He watched somebody who has done it before."""


@record(kind="practice", kept="twelve months after the supporter left the role", parties=("person",))
class Practice(OfScheme):
    """How many contacts were observed or shadowed: of a day, or of a month where the policy is closed."""

    id: Open[PracticeId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    supporter: Operational[SupporterId]
    person: Operational[PersonId]
    how: Wellbeing[Practised]
    contacts: Wellbeing[int]
    """How many contacts."""
    noted_for: Wellbeing[date]
    """The day; under a closed policy the first of the month."""
    observer: Wellbeing[ActorId]
    """Whoever counted them."""

    def faults(self) -> Iterable[Failure]:
        """Nothing is counted where nothing was."""
        if self.contacts < 1:
            yield Failure("NO_CONTACTS", "/contacts")


@record(kind="sign-off", kept="twelve months after the supporter left the role", parties=("person",))
class SignOff(OfScheme):
    """That somebody who did not train him says he can do it."""

    id: Open[SignOffId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    supporter: Operational[SupporterId]
    person: Operational[PersonId]
    competence: Operational[Competence]
    signed_on: Operational[date]
    signed_by: Operational[ActorId]


_PRACTISING = (Standing.IN_TRAINING, Standing.PROBATION)


async def practise(
    begin: Begin, supporter: UUID, *, how: Practised, contacts: int, noted_for: date | None = None
) -> View[Practice]:
    """Contacts that were observed or shadowed, counted by whoever enters them; they add up on the trainee's record."""
    async with begin.serially(Verb.NOTE_PRACTICE) as act:
        of = await act.fetch(Supporter, supporter)
        require((of.standing in _PRACTISING, f"STATE_{of.standing.value}"))
        day = noted_for or local_day(of, act.now)
        if wrong := in_the_future(act, of, day, "/notedFor"):
            raise Unacceptable(wrong)
        if (await terms_of(act, of)).closed_policy:
            day = day.replace(day=1)
        given: dict[str, Any] = {"supporter": of.id, "person": of.person, "observer": ActorId(act.viewer.actor)}
        noted = made(act, of, Practice, how=how, contacts=contacts, noted_for=day, **given)
        counted = "observed_contacts" if how is Practised.OBSERVED else "shadowed_contacts"
        act.keep(noted)
        act.keep_beside(replace(of, **{counted: getattr(of, counted) + contacts}), was=of)
        return act.disclose(noted)


async def sign(begin: Begin, supporter: UUID, *, competence: Competence) -> View[SignOff]:
    """He can do it, says somebody other than those who trained him: each competence once."""
    async with begin.serially(Verb.SIGN_OFF) as act:
        of = await act.fetch(Supporter, supporter)
        by = ActorId(act.viewer.actor)
        require(
            (of.standing in _PRACTISING, f"STATE_{of.standing.value}"),
            (by not in of.trained_by, "SIGNED_BY_TRAINER"),
            (competence not in of.signed_off, "ALREADY_SIGNED"),
        )
        given: dict[str, Any] = {"supporter": of.id, "person": of.person, "competence": competence}
        signed = made(act, of, SignOff, signed_on=local_day(of, act.now), signed_by=by, **given)
        act.keep(signed)
        act.keep_beside(replace(of, signed_off=(*of.signed_off, competence)), was=of)
        return act.disclose(signed)
