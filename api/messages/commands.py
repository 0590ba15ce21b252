"""What organisations outside ask for by the estate's external API, which has no answer to give them: it puts their
writes on a queue of ours, ten of which are taken at a time (hmpps.md 2.9).

A command is done by the very act that does it over HTTP, as the very role (`PROVIDER`), with the grants that an access
administrator gave to that consumer by name. The queue takes messages from the external API alone, which has looked at
the consumer's certificate and at what it may send; so `who` is believed here as an issuer's token is elsewhere. What a
consumer asks for in a prison or an organisation that is not its own is absent, as it is over HTTP: nothing is found out
by trying. Of a scheme with a closed policy everything is.

A message is deleted once it is decided. What was done is done once, however often it comes: its id is an idempotency
key, written with what it did. What a rule refuses is decided too: it has its line in the ledger, and is deleted, for it
would be refused again, and what is put aside is for what nobody could decide. What cannot be read, or is of a type that
nobody knows, is put aside, as the estate has it; what cannot be done now comes again.
"""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, Final
from uuid import UUID

import orjson
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from api import callers, strict_json
from api.attempt import Attempt
from api.messages.consumer import Message, Taking
from api.messages.reading import opened
from api.routes.groups import AddGroupSession
from api.routes.shapes import Body, Prison
from api.routes.training import NoteAttendance
from api.runtime import Runtime
from domain.act import Begin
from domain.confidentiality.policy import Decision, decide, grants_of
from domain.confidentiality.principal import Principal, PrincipalKind
from domain.confidentiality.roles import CLIENT_AUTHORITY, Role
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent, Failure, KeyInFlight, KeyReused, Trouble, Unavailable, Unreadable
from domain.ports import KeyUse, Raced
from domain.sessions import groups
from domain.training import cohorts

log = logging.getLogger("peer_support.messages")
CONSUMERS: Final = "hmpps-integration-api"
"""The issuer, in assignments, of those who are named by `who`."""
TEST: Final = "TestEvent"
"""Taken, and nothing done with it: the external API tries whether it is heard."""
KEY_LIFE: Final = timedelta(days=30)
"""Longer than any queue keeps a message (fourteen days), twice: it may be put aside in between."""
_ROUTE: Final = "/commands"
_WHO: Final = re.compile(r"[\x21-\x7e]{1,255}", re.ASCII)


class NoteTrainingAttendance(NoteAttendance):
    """Whether a member of a cohort was at a module, by whoever teaches it."""

    prison_id: Prison
    """The prison in which it was."""
    cohort: UUID
    """The cohort."""


class RecordGroupSession(AddGroupSession):
    """A session of a group, by whoever led it: to come; held, with minutes; or not held, with a code."""

    prison_id: Prison
    """The prison in which it was."""
    scheme: UUID
    """The scheme."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One type of command: the verb, what it says, and the act, which is given what it says without the place."""

    verb: Verb
    says: type[Body]
    under: str
    """The member with the id of what it is under."""
    act: Callable[..., Awaitable[Any]]


COMMANDS: Final[Mapping[str, Asked]] = {
    "NotePeerSupportTrainingAttendance": Asked(Verb.NOTE_ATTENDANCE, NoteTrainingAttendance, "cohort", cohorts.attend),
    "RecordPeerSupportGroupSession": Asked(Verb.KEEP_GROUP_SESSION, RecordGroupSession, "scheme", groups.add),
}
"""What may be asked for. Each is by somebody who was there and has no account of the prison's; neither names anybody by
more than an id of ours that he was given."""


def _consumer(name: str) -> str:
    if _WHO.fullmatch(name) is None:
        raise ValueError("no name of a consumer")
    return name


class Envelope(BaseModel):
    """A message of the external API: no notification of a topic, and nothing around it."""

    model_config = ConfigDict(extra="ignore", frozen=True, alias_generator=to_camel)

    message_id: UUID
    event_type: str
    message_attributes: dict[str, Any] = {}
    who: Annotated[str, AfterValidator(_consumer)]


@dataclass(frozen=True, slots=True)
class Command:
    """What was asked for, by whom."""

    id: UUID
    who: str
    type: str
    asked: Asked
    prison: str
    under: UUID
    given: Mapping[str, Any]
    said: bytes
    """What was sent, in one form: the same each time."""


def type_of(body: str, _id: str = "") -> str:
    """The type of a message, if it is one that is known here. Raises `Unreadable`."""
    return _known(_envelope(body))


def read(body: str) -> Command | None:
    """The command of a message; None: a test. Raises `Unreadable` with what is wrong: never in the words of whoever
    sent it."""
    envelope = _envelope(body)
    type = _known(envelope)
    if type == TEST:
        return None
    asked = COMMANDS[type]
    try:
        found = asked.says.model_validate(envelope.message_attributes)
    except ValidationError:
        raise Unreadable([Failure("MESSAGE_NOT_AS_AGREED")]) from None
    given = found.given()
    said = [type, envelope.message_attributes]
    return Command(
        id=envelope.message_id,
        who=envelope.who,
        type=type,
        asked=asked,
        prison=given.pop("prison_id"),
        under=given.pop(asked.under),
        given=given,
        said=orjson.dumps(said, option=orjson.OPT_SORT_KEYS),
    )


def _envelope(body: str) -> Envelope:
    opened(body)  # its size and its form, in the words for any message
    try:
        return Envelope.model_validate(strict_json.parse(body.encode(errors="surrogatepass")))
    except ValidationError:
        raise Unreadable([Failure("MESSAGE_NOT_AS_AGREED")]) from None


def _known(envelope: Envelope) -> str:
    if envelope.event_type != TEST and envelope.event_type not in COMMANDS:
        raise Unreadable([Failure("MESSAGE_OF_NO_KNOWN_TYPE")])
    return envelope.event_type


def consumer_named(who: str) -> Principal:
    """The principal for whom the external API speaks."""
    vouched = frozenset({CLIENT_AUTHORITY[Role.PROVIDER]})
    return Principal(CONSUMERS, who, PrincipalKind.CLIENT, who, vouched)


@dataclass(slots=True, kw_only=True)
class Obeying(Attempt):
    """One attempt at a command."""

    command: Command

    def choose(self) -> Decision:
        """The verb, in what the consumer was given for that prison. Raises `Absent` where it has it elsewhere alone."""
        capacities = [c for c in self.caller.capacities if grants_of(c.role, self.verb)]
        here = [c for c in capacities if self.command.prison in (c.fact("prisons") or ())]
        if capacities and not here:
            raise Absent
        return decide(here, self.verb)

    async def key(self) -> tuple[KeyUse, bool]:
        """The use of the message's id, and whether it has been used. Raises `KeyReused`: for something else."""
        command, runtime = self.command, self.runtime
        body = runtime.body_hash(b"\x1f".join((str(self.caller.actor).encode(), _ROUTE.encode(), command.said)))
        until = runtime.clock() + KEY_LIFE
        use = KeyUse(self.caller.actor, _ROUTE, str(command.id), body, None, until)
        earlier = await runtime.store.used(use.actor, use.route, use.key)
        if earlier is not None and earlier.body != use.body:
            raise KeyReused
        return use, earlier is not None

    async def obey(self) -> None:
        """Do it, unless it has been done. Raises as an act does."""
        try:
            await self.admit()
            await self.used()
            use, before = await self.key()
            if not before:
                await self.run(self._act, use)
        except Trouble as trouble:
            if self.begun or isinstance(trouble, KeyInFlight):
                raise
            raise await self.slipped(trouble) from None

    async def _act(self, begin: Begin) -> None:
        await self.command.asked.act(begin, self.command.under, **self.command.given)


_NOT_YET: Final = (Unavailable, KeyInFlight)
"""What may be done when it comes again."""


@dataclass(frozen=True, slots=True)
class Commands(Taking):
    """Works the queue of commands."""

    runtime: Runtime

    async def work(self, messages: list[Message]) -> list[Message]:
        """Decide each, one after another: in the order in which they came, as far as a queue has one."""
        return [message for message in messages if await self._decided(message)]

    async def _decided(self, message: Message) -> bool:
        try:
            command = read(message.body)
        except Unreadable as wrong:
            await self.noted(wrong)
            return False
        except Exception as wrong:  # one that nobody foresaw must not hold up the others, nor be lost
            log.warning("command waits", extra={"error": type(wrong).__name__})
            return False
        if command is None:
            return True
        try:
            await obeyed(self.runtime, command)
        except _NOT_YET as wrong:
            log.warning("command waits", extra={"kind": command.type, "error": type(wrong).__name__})
            return False
        except Trouble as refused:
            log.info("command refused", extra={"kind": command.type, "error": refused.code})
        except Exception as wrong:  # one that nobody foresaw must not hold up the others, nor be lost
            log.warning("command waits", extra={"kind": command.type, "error": type(wrong).__name__})
            return False
        return True


async def obeyed(runtime: Runtime, command: Command) -> None:
    """Do what was asked for. Raises as an act does over HTTP."""
    try:
        caller = await callers.lately(runtime, consumer_named(command.who))
        attempt = Obeying(
            runtime=runtime, caller=caller, verb=command.asked.verb, footing=caller.footing, command=command
        )
        await attempt.obey()
    except Raced:
        raise Unavailable(1) from None
