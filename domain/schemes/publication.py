"""What is made by one person and holds only once another has published it: kinds of scheme, lists of exceptions."""

from enum import StrEnum
from typing import Final

from domain.confidentiality.verbs import Verb
from domain.kernel.moves import Life, Moves


class PublicationState(StrEnum):
    """Where a version stands. A withdrawn one stays readable: schemes were made under it."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    WITHDRAWN = "WITHDRAWN"


_P = PublicationState
PUBLICATION_MOVES: Final[Moves[PublicationState]] = {
    _P.DRAFT: frozenset({_P.PUBLISHED, _P.WITHDRAWN}),
    _P.PUBLISHED: frozenset({_P.WITHDRAWN}),
    _P.WITHDRAWN: frozenset(),
}


def life(*drafts: Verb, publish: Verb, withdraw: Verb) -> Life:
    """From where each verb may be done to what is published like this; `drafts` are done to a draft alone."""
    draft = frozenset({_P.DRAFT})
    return Life("state", dict.fromkeys((*drafts, publish), draft) | {withdraw: draft | {_P.PUBLISHED}})
