"""What the service found in the prison's data, and merges of two numbers, over HTTP."""

from api.routes.register import Register
from api.routes.shapes import Body
from domain.confidentiality.verbs import Verb
from domain.merging import reversing
from domain.people import reviews
from domain.people.merges import MergeState, PersonMerge
from domain.people.reviews import MovementReview, MovementReviewState, SettledAs


class SettleMovementReview(Body):
    """What came of looking at it."""

    settled_as: SettledAs


class DoubtPersonMerge(Body):
    """That the two numbers are not one person."""


class ReversePersonMerge(Body):
    """That what was joined is taken apart again."""


REVIEWS = Register(
    MovementReview,
    "movement-reviews",
    many="movement reviews",
    reads=Verb.READ_MOVEMENT_REVIEW,
    writes=Verb.SETTLE_MOVEMENT_REVIEW,
    tag="supporters",
    under=None,
)
REVIEWS.lists(
    "What the service found in the prison's data and a person must look at, the oldest first. Coordinator (operations:"
    " of his schemes, and what is asked of him alone), safer custody (safety) and governor (oversight).",
    order="raised_on",
    state=(MovementReviewState, "Only those that stand so."),
)
REVIEWS.shows("One of them. `kind` is shown to those who are cleared for what security knows, `asks` to all of them.")
REVIEWS.moves(
    "settle",
    SettleMovementReview,
    reviews.settle,
    "Say what came of looking at it. Coordinator (operations), safer custody (safety), governor (oversight). Needs"
    " `If-Match`.",
)

MERGES = Register(
    PersonMerge,
    "person-merges",
    many="person merges",
    reads=Verb.READ_PERSON_MERGE,
    writes=Verb.DOUBT_PERSON_MERGE,
    tag="supporters",
    under=None,
)
MERGES.lists(
    "Merges of two numbers that joined something here, by when the service heard of them. Information governance and"
    " governor (investigation). A merge of people of whom nothing may be read is on no list.",
    order="merged_at",
    state=(MergeState, "Only those that stand so."),
)
MERGES.shows("One of them, with both numbers. What it joined is shown to nobody.")
MERGES.moves(
    "doubt",
    DoubtPersonMerge,
    reversing.doubt,
    "Say that it was wrong. Nothing changes by that: another takes it back. Information governance and governor"
    " (investigation). Needs `If-Match`.",
)
MERGES.moves(
    "reverse",
    ReversePersonMerge,
    reversing.reverse,
    "Take it back: another than whoever said that it was wrong (`SECOND_PERSON_NEEDED`). What is as the merge left it"
    " is as it was before; what has changed since stays, and is put before a person. Information governance and"
    " governor (investigation). Needs `If-Match`.",
    verb=Verb.REVERSE_PERSON_MERGE,
)

REGISTERS = (REVIEWS, MERGES)
