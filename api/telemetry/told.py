"""Which operations may be told of by name. Everything else is counted, and no more.

What is on the list is about things that name nobody, and is asked at all hours whether or not somebody needs help; a
test holds it to that. Codes of ours about a record (`shows` is false: a night pack, counts, how supporters fare) are
not on it, whatever the record: they are asked when something happens.
"""

import secrets
from typing import Final

from domain.confidentiality.about import ABOUT
from domain.confidentiality.principal import Principal, PrincipalKind
from domain.confidentiality.verbs import Verb

KINDS_TOLD: Final = frozenset(
    {
        *("scheme", "scheme-kind", "scheme-status", "charter", "charter-comment", "objective", "outcome"),
        *("exception-list", "service-time", "meeting-place", "resource", "risk", "meeting", "action"),
        *("publicity", "contingency-plan", "course", "vacancy", "routine-check", "finding", "proposal", "pay-rate"),
    }
)
"""Kinds of record that are about things."""
_OF_NO_RECORD: Final = frozenset({Verb.READ_KIND, Verb.READ_POLICY})


TOGETHER: Final = 50
"""Of what is told of by its number alone, so many are told at once."""


def a_lot() -> int:
    """How many are held back until fifty are told: from 25 to 75, and fifty on the whole."""
    return TOGETHER // 2 + secrets.randbelow(TOGETHER + 1)


class Together:
    """Holds back a count until there are about fifty of it, and tells of it as fifty. Told one by one, a night on which
    screens ask by the minute shows the three requests more by which somebody came to a Listener, even in steps of five
    minutes. And were it always the fiftieth that is told of, whoever may ask himself could ask forty-nine times and
    wait: so each lot is another, which nobody knows."""

    def __init__(self) -> None:
        self._held = self._lot = 0

    def another(self) -> int:
        """Count one. How many are to be told of now: none, or fifty."""
        self._lot = self._lot or a_lot()
        self._held += 1
        if self._held < self._lot:
            return 0
        self._held = self._lot = 0
        return TOGETHER


def is_told(verb: Verb) -> bool:
    """Whether an operation of this verb may be told of by name."""
    facts = ABOUT[verb]
    return verb in _OF_NO_RECORD or (facts.shows and facts.kind in KINDS_TOLD)


def may_be_told_of(caller: object) -> bool:
    """Whether anything that this caller does may be: of a person in custody nothing is."""
    return isinstance(caller, Principal) and caller.kind is not PrincipalKind.IN_CUSTODY


def is_trusted(caller: object) -> bool:
    """Whose `traceparent` is taken: a client of the estate, for itself or for a member of staff."""
    return may_be_told_of(caller) and (
        isinstance(caller, Principal) and (caller.kind is PrincipalKind.CLIENT or caller.client is not None)
    )
