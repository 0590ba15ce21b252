"""Conduct over HTTP: requests of closed-policy schemes that were not met, and their review (rules 2, 6 and 19)."""

from api.routes.register import Register
from api.routes.shapes import Body
from domain.confidentiality.verbs import Verb
from domain.sessions import conduct
from domain.sessions.codes import RefusalCode
from domain.sessions.conduct import Conduct, ConductVerdict, Review, UnmetAs


class ReviewConduct(Body):
    """What a talk with those concerned found."""

    verdict: ConductVerdict


CONDUCT = Register(
    Conduct,
    "conduct-records",
    many="conduct records",
    reads=Verb.READ_CONDUCT,
    writes=Verb.REVIEW_CONDUCT,
    tag="requests",
    under=None,
)
CONDUCT.lists(
    "Requests of closed-policy schemes that were not met: when, where, why, and by whose word; never who asked, nor"
    " who was asked. They appear two hours after their band. Safer custody (safety) and governor (oversight), but of"
    " what one of them did; monitoring board and inspectorate (oversight). Never whoever had a part in it.",
    order="at",
    review=(Review, "Only where the review stands so."),
    ended=(UnmetAs, "Only those that ended so."),
    code=(RefusalCode, "Only with this code."),
)
CONDUCT.shows("One of them. `overdue`: its review has waited for more than seven days.")
CONDUCT.moves(
    "review",
    ReviewConduct,
    conduct.review,
    "Say in a code what was found of an improper code or a claim. Safer custody (safety), governor or monitoring board"
    " (oversight): never whoever had a part in it. Needs `If-Match`.",
)

REGISTERS = (CONDUCT,)
