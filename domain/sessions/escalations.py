"""When something left a scheme all the same: on which ground, who decided it, the least that was shared, who was told,
and whether the person was (X7; domain facts 3.9 and 4.4).

It is noted afterwards. Nothing is set off by it and nothing sets it off: no word, no tally and no score alerts anybody,
and a life is saved by voice, bell and radio (rule 5). It stands apart from every request, session and tally: no id in
it is in any of them, and under a closed policy it has no day. Nobody is named in it, neither the person nor the
supporter who spoke: who reads it learns what was done and not who had to bear it. There is no word in it.

Where the partner owns what was said, the partner alone decides, by its own list as it held then; one that publishes no
list, by what the kind of scheme allows.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.classification import Casework, CaseworkCode, Classification, Open
from domain.confidentiality.disclosure import View
from domain.confidentiality.record import record
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import ActorId, EscalationId, SchemeId
from domain.kernel.moves import require
from domain.schemes.belonging import OfScheme, in_the_future, made, scheme_to_write
from domain.schemes.exceptions import Ground, NotifyTo, Obligation, Promise, in_force, promises_here
from domain.schemes.made import terms_of
from domain.schemes.sheet import Kind
from domain.schemes.vocabulary import Basis, Holder


class Consent(StrEnum):
    """What the person said to it."""

    GIVEN = "GIVEN"
    REFUSED = "REFUSED"
    NOT_ASKED = "NOT_ASKED"
    NOT_POSSIBLE = "NOT_POSSIBLE"


class Shared(StrEnum):
    """What was passed on: of these the fewest that the ground needs. Never what was said in the words in which it was
    said."""

    THAT_SOMEBODY_IS_IN_DANGER = "THAT_SOMEBODY_IS_IN_DANGER"
    WHERE_TO_COME = "WHERE_TO_COME"
    WHO_IT_IS = "WHO_IT_IS"
    WHAT_WAS_TAKEN_OR_DONE = "WHAT_WAS_TAKEN_OR_DONE"
    WHO_IS_AT_RISK = "WHO_IS_AT_RISK"
    WHAT_IS_PLANNED = "WHAT_IS_PLANNED"
    WHAT_THE_ORDER_NAMES = "WHAT_THE_ORDER_NAMES"


class ToldTo(StrEnum):
    """Who was told, by role."""

    EMERGENCY_SERVICES = "EMERGENCY_SERVICES"
    SOCIAL_SERVICES = "SOCIAL_SERVICES"
    POLICE = "POLICE"
    COURT = "COURT"
    PARTNER = "PARTNER"
    PRISON_STAFF = "PRISON_STAFF"
    HEALTHCARE = "HEALTHCARE"
    SAFER_CUSTODY = "SAFER_CUSTODY"


class PassedOnBy(StrEnum):
    """By which way."""

    VOICE_OR_BELL = "VOICE_OR_BELL"
    RADIO = "RADIO"
    PHONE = "PHONE"
    IN_PERSON = "IN_PERSON"
    IN_WRITING = "IN_WRITING"


class PersonTold(StrEnum):
    """Whether the person was told of it."""

    BEFORE = "BEFORE"
    AFTER = "AFTER"
    NOT_TOLD = "NOT_TOLD"


class NotTold(StrEnum):
    """Why the person was not told, or not before."""

    COULD_NOT_UNDERSTAND = "COULD_NOT_UNDERSTAND"
    NO_TIME = "NO_TIME"
    DANGER_TO_SOMEBODY = "DANGER_TO_SOMEBODY"
    THE_LAW_FORBIDS_IT = "THE_LAW_FORBIDS_IT"
    COULD_NOT_BE_REACHED = "COULD_NOT_BE_REACHED"


class Decider(StrEnum):
    """Who decided it."""

    PARTNER = "PARTNER"
    PRISON = "PRISON"
    THE_LAW = "THE_LAW"
    """A duty: nobody had a choice."""


class CameOfIt(StrEnum):
    """What came of it, as far as whoever notes it knows."""

    HELP_CAME = "HELP_CAME"
    TAKEN_OVER = "TAKEN_OVER"
    NOT_NEEDED = "NOT_NEEDED"
    NOT_KNOWN = "NOT_KNOWN"


COMES_BY_STAFF: Final = frozenset({ToldTo.PRISON_STAFF, ToldTo.HEALTHCARE})
"""Whoever rings the bell reaches these, and they the ambulance."""


@record(
    kind="escalation",
    kept="six years: what was passed on is judged by what was promised",
    existence=Classification.PARTICIPATION,
)
class Escalation(OfScheme):
    """One time that something was passed on, in codes."""

    id: Open[EscalationId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    closed: Open[bool]
    """Of a closed policy: read by the partner alone."""
    month: CaseworkCode[date]
    """In which month: its first day."""
    told_on: CaseworkCode[date | None] = None
    """The day; null under a closed policy, which keeps none."""
    late: CaseworkCode[bool] = False
    """Noted on a later day than it was. Never said under a closed policy: beside the line of its noting that would tell
    the day."""
    basis: CaseworkCode[Basis]
    """On what ground in law."""
    ground: Casework[str | None] = None
    """The code of the partner's list; null: the person agreed, or no list of a partner decides."""
    list_number: CaseworkCode[int | None] = None
    """Which version of that list held then: it counts them from 1."""
    decided_by: CaseworkCode[Decider]
    consent: CaseworkCode[Consent]
    shared: CaseworkCode[tuple[Shared, ...]]
    told_to: CaseworkCode[ToldTo]
    how: CaseworkCode[PassedOnBy]
    person_told: CaseworkCode[PersonTold]
    not_told_for: CaseworkCode[NotTold | None] = None
    outcome: CaseworkCode[CameOfIt] = CameOfIt.NOT_KNOWN
    author: CaseworkCode[ActorId]
    """Who noted it."""


async def note(
    begin: Begin,
    scheme: UUID,
    *,
    told_on: date,
    consent: Consent,
    shared: Sequence[Shared],
    told_to: ToldTo,
    how: PassedOnBy,
    person_told: PersonTold,
    ground: str | None = None,
    basis: Basis | None = None,
    not_told_for: NotTold | None = None,
    outcome: CameOfIt = CameOfIt.NOT_KNOWN,
) -> View[Escalation]:
    """Note that something was passed on. Where a partner has a list, the ground is one of its codes, as it held on that
    day; else a basis that the kind of scheme allows. All that is wrong is told at once."""
    async with begin.serially(Verb.NOTE_ESCALATION) as act:
        of = await scheme_to_write(act, scheme, Escalation)
        kind = await terms_of(act, of)
        theirs = Holder.PARTNER in kind.content_owned_by
        require((not theirs or act.viewer.role is Role.PARTNER_VOLUNTEER, "FOR_THE_PARTNER_TO_DECIDE"))
        wrong = in_the_future(act, of, told_on, "/toldOn")
        wrong += [Failure("TWICE", "/shared")] if len(set(shared)) < len(shared) else []
        found: tuple[Promise, Ground] | None = None
        promises = await promises_here(act, of.organisation) if theirs else []
        if consent is Consent.GIVEN or not promises:
            wrong += _of_kind(kind, consent, ground, basis)
        else:
            found = _promised(act, promises, told_on, ground)
            wrong += _of_list(found, ground, basis, told_to)
        reasoned = person_told is not PersonTold.BEFORE
        if reasoned is not (not_told_for is not None):
            wrong.append(Failure("REASON_GOES_WITH_NOT_BEFORE", "/notToldFor"))
        if wrong:
            raise Unacceptable(wrong)
        duty = found is not None and found[1].duty is Obligation.MANDATORY
        escalation = made(
            act,
            of,
            Escalation,
            closed=of.closed,
            month=told_on.replace(day=1),
            told_on=None if of.closed else told_on,
            late=not of.closed and told_on < local_day(of, act.now),
            basis=found[1].basis if found is not None else basis or Basis.CONSENT,
            ground=None if found is None else found[1].code,
            list_number=None if found is None else found[0].number,
            decided_by=Decider.THE_LAW if duty else Decider.PARTNER if theirs else Decider.PRISON,
            consent=consent,
            shared=tuple(shared),
            told_to=told_to,
            how=how,
            person_told=person_told,
            not_told_for=not_told_for,
            outcome=outcome,
            author=act.viewer.actor,
        )
        act.keep(escalation)
        return act.disclose(escalation)


def _of_kind(kind: Kind, consent: Consent, ground: str | None, basis: Basis | None) -> list[Failure]:
    """With the person's yes no list decides; without one, and without a partner who owns what was said, the kind."""
    if ground is not None:
        return [Failure("NO_LIST_DECIDES", "/ground")]
    if consent is Consent.GIVEN:
        return [] if basis in (None, Basis.CONSENT) else [Failure("CONSENT_IS_THE_GROUND", "/basis")]
    if basis is None:
        return [Failure("NEEDED_HERE", "/basis")]
    return [] if basis in kind.disclosure and basis is not Basis.CONSENT else [Failure("NO_GROUND_OF_ITS", "/basis")]


def _of_list(
    found: tuple[Promise, Ground] | None, ground: str | None, basis: Basis | None, told_to: ToldTo
) -> list[Failure]:
    wrong = [Failure("THE_LIST_SAYS_IT", "/basis")] if basis is not None else []
    if found is None:
        return [*wrong, Failure("NEEDED_HERE" if ground is None else "NO_GROUND_OF_ITS", "/ground")]
    to = found[1].notify_to
    by_staff = COMES_BY_STAFF if to is NotifyTo.EMERGENCY_SERVICES else frozenset[ToldTo]()
    named = {ToldTo(to.value), *by_staff}
    return wrong if told_to in named else [*wrong, Failure("NOT_WHO_IS_NAMED", "/toldTo")]


def _promised(act: Act, promises: Sequence[Promise], on: date, code: str | None) -> tuple[Promise, Ground] | None:
    """The exception of that code in the partner's list, as it held on that day."""
    then = [p for p in promises if p.effective_from is None or p.effective_from <= on]
    held = in_force(then, act.now)
    for promise in then:
        for each in promise.exceptions:
            if (promise.organisation, promise.number) in held and each.code == code:
                return promise, each
    return None
