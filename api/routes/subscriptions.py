"""Webhooks: who is told of which events, and where (rule 3)."""

from typing import Annotated, Any, Final

from pydantic import Field, StringConstraints
from starlette.responses import Response

from api.guarded import CallDep, operation
from api.routes.register import Register
from api.routes.shapes import Body, IdPath, Nothing
from api.wire import model
from domain.confidentiality.verbs import Verb
from domain.telling import subscribing
from domain.telling.subscription import LONGEST_ADDRESS, Subscription
from domain.telling.types import EventType

_OWN: Final = "Integrator (integration), its own."
Address = Annotated[
    str,
    StringConstraints(min_length=9, max_length=LONGEST_ADDRESS, pattern=r"^https://[!-~]{1,492}$"),
    Field(examples=["https://hooks.example.org/peer-support"]),
]


class Subscribe(Body):
    """Of which events to be told, and where."""

    address: Address
    types: Annotated[list[EventType], Field(min_length=1, max_length=len(EventType))]


_made: Any = model(Subscription)


class SubscriptionMade(_made):
    """A subscription, with its secret: this once, and never again."""

    secret: Annotated[
        str | None,
        Field(
            description="What signs what is sent, as Standard Webhooks has it. Null: the key had been used before.",
            max_length=64,
            examples=["whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="],
        ),
    ]


SUBSCRIPTIONS: Final = Register(
    Subscription,
    "subscriptions",
    many="subscriptions",
    reads=Verb.READ_SUBSCRIPTION,
    tag="subscriptions",
    under=None,
)
_routes: Final = SUBSCRIPTIONS.routes


@operation(
    _routes,
    "POST",
    "/v1/subscriptions",
    Verb.CREATE_SUBSCRIPTION,
    name="createSubscription",
    summary="Be told by webhook",
    shows=SubscriptionMade,
    status=201,
)
async def create(call: CallDep, body: Subscribe) -> Response:
    """Events are sent to the address, signed with the `secret` of this answer, in their order and at least once, each
    with an id that stays the same. Only of what the caller's role reads itself, where its assignment reaches, and only
    where a field that it sees was changed (else 422 `NOT_TOLD_TO_THIS_ROLE`). What is sent holds ids alone; the rest is
    read at `detailUrl`. The address is https and of the open internet. Integrator (integration)."""
    view, secret = await call.once(
        Subscription, lambda begin: subscribing.create(begin, **body.given()), subscribing.shown_again
    )
    return call.made(view, {"secret": secret})


SUBSCRIPTIONS.lists(f"Those that stand, and those that ended. {_OWN} Access administrator (operations), all.")
SUBSCRIPTIONS.shows(
    "How it stands: `FAILING` where its address has taken nothing several times; it is tried again, hourly at last,"
    f" and nothing is lost. {_OWN} Access administrator (operations)."
)
SUBSCRIPTIONS.moves(
    "ping",
    Nothing,
    subscribing.ping,
    f"Have a test sent to it, `peer-support.subscription.pinged`, after what is on its way already. {_OWN} Needs"
    " `If-Match`.",
    verb=Verb.PING_SUBSCRIPTION,
)


@operation(
    _routes,
    "POST",
    "/v1/subscriptions/{id}/rotate",
    Verb.ROTATE_SUBSCRIPTION,
    name="rotateSubscription",
    summary="Change the secret",
    shows=SubscriptionMade,
)
async def rotate(call: CallDep, id: IdPath, body: Nothing) -> Response:
    """Another secret, told this once. For a day what is sent bears two signatures, one with each. Integrator
    (integration), its own. Needs `If-Match`."""
    view, secret = await call.once(
        Subscription, lambda begin: subscribing.rotate(begin, id, seen=call.seen), subscribing.shown_again
    )
    return call.answer(view, told={"secret": secret})


SUBSCRIPTIONS.moves(
    "end",
    Nothing,
    subscribing.end,
    f"Nothing more is sent to it. {_OWN} Needs `If-Match`.",
    verb=Verb.END_SUBSCRIPTION,
)
REGISTERS: Final = (SUBSCRIPTIONS,)
