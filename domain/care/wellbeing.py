"""How a supporter fares, in his own word: read by himself and by his supervisor of the partner, and by nobody else
(domain facts 2.5; rules 9 and 17). What leaves the two of them are counts over five or more supporters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain import looking
from domain.act import Begin
from domain.care.supervising import who_hears
from domain.confidentiality.classification import Classification, Open, Wellbeing
from domain.confidentiality.disclosure import View
from domain.confidentiality.record import record
from domain.confidentiality.verbs import Verb
from domain.kernel.counts import Told
from domain.kernel.days import local_day
from domain.kernel.ids import ActorId, PersonId, SchemeId, SupporterId, WellbeingCheckId
from domain.kernel.moves import require
from domain.oversight.counts import of_the_same
from domain.schemes.belonging import OfScheme, made
from domain.schemes.record import Scheme
from domain.supporters.record import IN_ROLE, Supporter

LOW: Final = 3
"""A self-rating at or below it is low."""
LOOKED_BACK: Final = 28
"""Over how many days a summary looks back."""
FEWEST: Final = 5
"""Of fewer supporters nothing leaves the partner (rule 17)."""


class Sleep(StrEnum):
    """How he sleeps."""

    WELL = "WELL"
    BROKEN = "BROKEN"
    BADLY = "BADLY"


@record(
    kind="wellbeing-check",
    kept="six months",
    existence=Classification.WELLBEING,
    parties=("person",),
)
class WellbeingCheck(OfScheme):
    """A supporter's own answer to 'how are you?'. No word but codes, and it sets nothing off: no alarm, no task, no
    change of standing (section 17, 12: the supervisor alone)."""

    id: Open[WellbeingCheckId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    supporter: Wellbeing[SupporterId]
    person: Wellbeing[PersonId]
    supervisor: Wellbeing[ActorId | None] = None
    """Who reads it besides the supporter: his supervisor when it was made, where that one is of the partner."""
    checked_on: Wellbeing[date]
    rated: Wellbeing[int]
    """0 (as bad as it can be) to 10."""
    intrusive_thoughts: Wellbeing[bool]
    """Things that he heard come back when he does not want them."""
    sleep: Wellbeing[Sleep]
    wants_pause: Wellbeing[bool]
    outlives = True


async def check(
    begin: Begin, supporter: UUID, *, rated: int, intrusive_thoughts: bool, sleep: Sleep, wants_pause: bool
) -> View[WellbeingCheck]:
    """Say how one is."""
    async with begin(Verb.MAKE_WELLBEING_CHECK) as act:
        who = await act.fetch(Supporter, supporter)
        require((who.standing in IN_ROLE, f"STATE_{who.standing.value}"))
        new = made(
            act,
            who,
            WellbeingCheck,
            supporter=who.id,
            person=who.person,
            supervisor=await who_hears(act, who.id),
            checked_on=local_day(who, act.now),
            rated=rated,
            intrusive_thoughts=intrusive_thoughts,
            sleep=sleep,
            wants_pause=wants_pause,
        )
        act.keep(new)
        return act.disclose(new)


@dataclass(frozen=True, slots=True)
class Faring:
    """How the supporters of a scheme fare, as counts of supporters by their last answer in the last whole calendar
    month, which had so many `days`. Read again the next day it is the same, so that no answer of a day can be told
    from the rest.
    Null: too few to say; of fewer than five supporters nothing is said."""

    days: int
    supporters: Told | None
    low: Told | None
    intrusive_thoughts: Told | None
    sleep_badly: Told | None
    want_pause: Told | None


async def faring(begin: Begin, scheme: UUID) -> Faring:
    """The summary of one scheme: its last whole month, one answer a supporter."""
    async with begin(Verb.READ_FARING) as act:
        of = await act.fetch(Scheme, scheme)
        until = local_day(of, act.now).replace(day=1)
        since = (until - timedelta(days=1)).replace(day=1)
        lately = await looking.all_known(act, WellbeingCheck, {"scheme": of.id}, order="checked_on", since=since)
        found = [answer for answer in lately if answer.checked_on < until]
        return summary(list({answer.supporter: answer for answer in found}.values()), (until - since).days)


def summary(answers: Sequence[WellbeingCheck], days: int) -> Faring:
    """The counts of these answers, one a supporter, of so many days."""
    if len(answers) < FEWEST:
        return Faring(days, None, None, None, None, None)
    told = of_the_same(
        len(answers),
        {
            "low": sum(a.rated <= LOW for a in answers),
            "intrusive_thoughts": sum(a.intrusive_thoughts for a in answers),
            "sleep_badly": sum(a.sleep is Sleep.BADLY for a in answers),
            "want_pause": sum(a.wants_pause for a in answers),
        },
    )
    # That nobody says so is not told either: of few supporters it would tell of each.
    supporters = told.pop("total")
    return Faring(days, supporters or None, **{name: n or None for name, n in told.items()})
