"""Plain words for what is kept in codes: the labels and values of an answer, as a reader of it meets them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any, Final, cast

LABELS: Final[Mapping[str, str]] = {
    "accepted_at": "A supporter agreed to come",
    "agreed_to_be_listed": "You agreed that a peer coordinator reads your name",
    "answer_in_words": "Your answer in words",
    "appeal_ground": "Why you appealed",
    "band": "Part of the day",
    "because": "Why",
    "called_for": "Called before your turn, because",
    "came": "You came",
    "carried_on": "Carried on elsewhere",
    "cell": "Cell, as it was said",
    "closed_for": "Why nobody met you",
    "concern_told_to_staff": "A worry was passed on to staff",
    "consent_text": "What you agreed to",
    "delay_minutes": "Minutes after asking at which it was held up",
    "delay_roles": "Held up by",
    "delay_waits": "What it waited for",
    "delay_codes": "Why it was held up",
    "every_days": "How often, in days",
    "failed_module": "Training that was not passed",
    "full_days": "Whole days",
    "hard": "How hard it was",
    "held_by": "Talked with",
    "helped_by": "Who helped you to fill it in",
    "helped_to_answer": "Somebody helped you to answer",
    "how": "What",
    "intrusive_thoughts": "Thoughts that would not go away",
    "kept": "It was kept",
    "late": "Recorded more than thirty minutes after it happened",
    "left_for": "Why you left",
    "load": "Limits that it passes",
    "marks": "To be talked over",
    "meet_by": "To be met by",
    "minutes_after_arrival": "Minutes after arriving",
    "money_minor_units": "Money, in pence or cents",
    "note": "What was written of it",
    "overridden_for": "Why a limit was passed",
    "own_word_on": "You said that you are well",
    "panel": "How many scored it",
    "panel_of_partner": "Of these, of the partner",
    "partner_verdict": "What the partner decided",
    "partner_word": "What the partner decided",
    "prison_verdict": "What the prison decided",
    "prison_word": "What the prison decided",
    "rated": "How you rated it",
    "recipient": "For whom, as it was said",
    "rejected_for": "Why it was turned down",
    "relapse_support": "Help after a relapse",
    "risk_told_on": "A worry from it was passed on",
    "shadowed_contacts": "Contacts that you watched",
    "observed_contacts": "Contacts in which you were watched",
    "shared": "You agreed that another prison may read it",
    "side": "Of the prison or the partner",
    "source_known": "The prison's systems were asked",
    "subject": "User name",
    "identifier": "Number",
    "stood": "Where you stood before",
    "supervisor_word_on": "Your supervisor agreed",
    "told_policy": "Given that worries are passed on",
    "totals": "Given by question",
    "scores": "Given by question",
    "unlocked_at": "The door was unlocked",
    "wants_pause": "You wanted a rest",
    "whose": "Who sees to it",
    "words": "In words",
    "words_gone_on": "Words were deleted",
    "would_again": "You would use it, or give it, again",
    "held_up_for": "What held it up",
    "decided_by_role": "Decided by",
    "ended": "How it ended",
}
"""By field: what its name would not say plainly."""


CODES: Final = frozenset({"module", "modules", "modules_passed", "failed_module", "awarding_body", "instrument"})
"""Fields with codes that are no enumeration, because others than we name them."""


def label(name: str) -> str:
    """What a field is called."""
    return LABELS.get(name) or plain(name)


def plain(code: str) -> str:
    """A code in words: `IN_TRAINING` is 'In training'."""
    return code.replace("_", " ").strip().capitalize()


def said(value: Any) -> tuple[str, ...]:
    """A value in words, or several; none where it is empty. No day or instant: they are told as such."""
    match value:
        case None | "":
            return ()
        case bool():
            return ("Yes" if value else "No",)
        case Enum():
            return (plain(str(value.value)),)
        case int() | float():
            return (str(value),)
        case Mapping():
            given = cast(Mapping[str, Any], value)
            return (
                ", ".join(" ".join(("" if v is None else str(v)) for v in [plain(k), v]) for k, v in given.items()),
            )
        case str():
            return (value,)
        case Sequence():
            return tuple(one for each in cast(Sequence[Any], value) for one in said(each))
        case _:
            raise TypeError(f"{type(value).__name__} has no words")


def month(of: date) -> str:
    """A month in words: what is told of a day under a closed policy."""
    return f"{of:%B %Y}"


def instant(value: date) -> str:
    """As the template's `formatDate` reads it: `yyyy-MM-dd`, or with the time by the clocks of the prison, without a
    zone, as the estate writes it."""
    return value.strftime("%Y-%m-%dT%H:%M:%S") if isinstance(value, datetime) else value.isoformat()
