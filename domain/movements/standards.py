"""What was told of somebody that his role may not stand: an alert, a lower incentive level, somebody from whom he is to
be kept apart. Of two who meet no session goes on; else nothing is decided here, and a person looks (domain facts 2.3,
2.7)."""

from dataclasses import replace
from typing import Final

from domain import looking
from domain.act import Act
from domain.kernel.days import local_day
from domain.kernel.prison import PrisonFacts
from domain.movements.event import PrisonEvent, What
from domain.movements.followed import Followed
from domain.people.acts import known_by
from domain.people.record import Person
from domain.people.reviews import ReviewKind, put_before_staff
from domain.schemes.made import terms_of
from domain.schemes.vocabulary import EligibilityRule as R
from domain.sessions import parting
from domain.sessions.record import Enrolment, EnrolmentState
from domain.supporters.record import APPLYING, TAKEN_ON, Supporter
from domain.supporters.recruiting.rules import RuleOutcome, evaluate

_RULES: Final = {
    What.ALERTS: frozenset({R.ACCT_OPEN, R.ACCT_POST_CLOSURE, R.SAFETY_ALERT}),
    What.INCENTIVE: frozenset({R.INCENTIVE_LEVEL}),
}
_KIND: Final = {What.ALERTS: ReviewKind.ALERT, What.INCENTIVE: ReviewKind.INCENTIVE}
_NOT_MET: Final = frozenset({RuleOutcome.FAILED, RuleOutcome.REVIEW})


async def looked_at(act: Act, jurisdiction: str, event: PrisonEvent, facts: PrisonFacts | None) -> Followed:
    """Hold the rules of his roles against what is known of him now (`facts`; None: nobody can say). Of an alert the
    event's own word counts, whatever is known: the systems may hear of it later than we do."""
    person = await known_by(act, jurisdiction, event.number or "")
    if person is None:
        return Followed.NOT_KNOWN
    known = facts
    if event.what is What.ALERTS:
        known = facts or PrisonFacts()
        known = replace(known, alerts=(known.alerts or frozenset()) | event.codes)
    done = Followed.NOTHING_TO_DO if known is None else Followed.AS_IT_WAS
    if known is None:
        return done
    for each in await roles(act, person):
        asked = [rule for rule in (await terms_of(act, each)).eligibility if rule.rule in _RULES[event.what]]
        results = evaluate(asked, known, cleared=None, today=local_day(each, act.now))
        if any(result.outcome in _NOT_MET for result in results):
            await put_before_staff(act, _KIND[event.what], person, supporter=each.id)
            done = Followed.TO_REVIEW
    return done


async def roles(act: Act, person: Person) -> list[Supporter]:
    """Those that he has in his prison, or applies for."""
    every = await looking.all_known(act, Supporter, {"person": person.id, "prison": person.prison})
    return [each for each in every if each.standing in {*APPLYING, *TAKEN_ON}]


async def kept_apart(act: Act, jurisdiction: str, event: PrisonEvent) -> Followed:
    """Two are to be kept apart from now on: whichever of them is the other's mentor is so no longer."""
    one = await known_by(act, jurisdiction, event.number or "")
    other = await known_by(act, jurisdiction, event.other or "")
    if one is None or other is None:
        return Followed.NOT_KNOWN
    done = Followed.AS_IT_WAS
    for learner, mentor in ((one, other), (other, one)):
        for each in await _together(act, learner, mentor):
            await parting.parted(act, each)
            done = Followed.DONE
    return done


async def _together(act: Act, learner: Person, mentor: Person) -> list[Enrolment]:
    both = {"person": learner.id, "supporter_person": mentor.id, "state": EnrolmentState.STARTED}
    return await looking.all_known(act, Enrolment, both)
