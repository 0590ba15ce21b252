"""Workers that die: `python -m tests.proofs.delivery.worker`.

Each line on standard input is an order for one worker, a JSON object: `at` is the step at which it is to die (one of
`STEPS`) and `after` how often that step is passed before; without `at` it works until somebody ends it. The worker is
`peer-support work` itself in a process of its own, forked from this one, which has imported everything: a start takes
no seconds then. What is planted is the death alone; besides, webhooks trust one more certificate and reach this
machine, and the clock is that of the story. `hasty` plants what the drill must find out: a worker that lets go of
messages, and moves its places, before it has done what they are for. Of each worker two lines are printed: its process
when it starts, and how it ended.
"""

import json
import os
import signal
import ssl
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Final

import api.messages.sns
import api.wiring.opening
from api.__main__ import main as peer_support
from api.messages import sns
from api.messages.hooks import Webhooks
from api.messages.sqs import SqsQueue
from domain.movements import inbox
from persistence.engine import Transaction
from persistence.ledger.tail import LedgerTail
from persistence.store import PostgresStore
from tests.http.cast import START

CERTIFICATE: Final = "DRILL_CERTIFICATE"
"""Names the file of the certificate that webhooks trust besides."""
BEGAN: Final = "DRILL_BEGAN"
"""The second since 1970 at which the story began."""
_OF_THE_CONSUMER: Final[dict[str, tuple[Any, str]]] = {
    "a batch is taken": (SqsQueue, "take"),
    "a batch is written down": (inbox, "take_in"),
    "an event is followed": (inbox, "follow"),
    "a batch is deleted": (SqsQueue, "done"),
}
_OF_THE_RELAY: Final[dict[str, tuple[Any, str]]] = {
    "lines are read": (LedgerTail, "lines"),
    "ten are sent": (sns, "_sent"),
    "a webhook is called": (Webhooks, "deliver"),
    "a place is moved": (LedgerTail, "told"),
}
_OF_BOTH: Final[dict[str, tuple[Any, str]]] = {
    "an act is settled": (PostgresStore, "settle"),
    "a transaction is committed": (Transaction, "commit"),
}
PLACES: Final = {**_OF_THE_CONSUMER, **_OF_THE_RELAY, **_OF_BOTH}
STEPS: Final = tuple(f"{when} {what}" for what in PLACES for when in ("before", "after"))


def mortal(step: str, after: int) -> None:
    """Have this process die at a step, once it was passed so often."""
    when, _, what = step.partition(" ")
    owner, name = PLACES[what]
    inner: Callable[..., Awaitable[Any]] = getattr(owner, name)
    left = after

    def passes() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    @wraps(inner)
    async def outer(*given: Any, **named: Any) -> Any:
        if when == "before":
            passes()
        found = await inner(*given, **named)
        # A queue that had nothing, or a tail that did not move, is no step.
        if when == "after" and found != []:
            passes()
        return found

    setattr(owner, name, outer)


def hasty() -> None:
    """Have this process say that it has done what it is about to do."""
    take, lines = SqsQueue.take, LedgerTail.lines

    async def taken(self: SqsQueue) -> Any:
        found = await take(self)
        if found:
            await self.done(found)
        return found

    async def read(self: LedgerTail, name: str, *given: Any) -> Any:
        found = await lines(self, name, *given)
        if found:
            await self.told(name, found[-1].place)
        return found

    SqsQueue.take, LedgerTail.lines = taken, read  # type: ignore[method-assign]


def trusting() -> Webhooks:
    """Webhooks to this machine, whose certificate is the drill's own."""

    async def here(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    return Webhooks(here, lambda _address: True, ssl.create_default_context(cafile=os.environ[CERTIFICATE]))


def work(order: dict[str, Any]) -> int:
    """One worker, until it dies."""
    begun = float(os.environ[BEGAN])
    wiring: Any = api.wiring.opening
    wiring.Webhooks = trusting
    wiring._now = lambda: START + timedelta(seconds=time.time() - begun)
    # In moto a dead worker's question lives on for as long as it waits, and takes messages that nobody hears of.
    init: Any = SqsQueue.__init__
    init.__kwdefaults__["wait"] = 1
    if order.get("hasty"):
        hasty()
    if "at" in order:
        mortal(order["at"], order["after"])
    sys.argv = ["peer-support", "work"]
    return peer_support()


def main() -> None:
    """Carry out one order after another."""
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            os._exit(work(json.loads(line)))
        print(json.dumps({"pid": pid}), flush=True)
        _, status = os.waitpid(pid, 0)
        print(json.dumps({"ended": os.waitstatus_to_exitcode(status)}), flush=True)


if __name__ == "__main__":
    main()
