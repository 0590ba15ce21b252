"""Sessions of groups: what they were about and how many came (S4; domain facts 3.7). Nobody who came is named, and
where a kind holds nobody's identity not even why somebody did not: of a council it is a count."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import record
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import GroupSessionId, SchemeId
from domain.schemes import belonging
from domain.schemes.belonging import OfScheme, made, scheme_to_write
from domain.schemes.made import terms_of
from domain.schemes.sheet import Kind
from domain.schemes.tasks import Task
from domain.schemes.vocabulary import Contact
from domain.sessions.codes import NotDelivered


class GroupTopic(StrEnum):
    """What a group session is about."""

    FORUM = "FORUM"
    COUNCIL = "COUNCIL"
    RECOVERY_GROUP = "RECOVERY_GROUP"
    RELAPSE_PREVENTION = "RELAPSE_PREVENTION"
    HEALTH_INFORMATION = "HEALTH_INFORMATION"
    HEALTH_PROJECT = "HEALTH_PROJECT"
    HEALTHY_LIVING = "HEALTHY_LIVING"
    VETERANS_MEETING = "VETERANS_MEETING"
    AWARENESS = "AWARENESS"
    OTHER = "OTHER"


GROUP_TASKS: Final = frozenset({Task.LEAD_GROUP, Task.HOLD_FORUM, Task.RUN_HEALTH_PROJECT})
"""Whoever may do one of these leads groups."""


@record(kind="group-session", kept="six years after its scheme closes; it names nobody in custody")
class GroupSession(OfScheme):
    """One session of a group: held, with how many came; or not, with why."""

    id: Open[GroupSessionId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    topic: Operational[GroupTopic]
    held_on: Operational[date]
    """Its day, whether it was held or not."""
    minutes: Operational[int | None] = None
    """How long it took, in whole minutes; null: it was not held."""
    not_held: Operational[NotDelivered | None] = None
    """Why it was not held; null: it was."""
    expected: Operational[int]
    """How many were to come."""
    attended: Operational[int] = 0
    """How many came."""
    absent_for: Operational[tuple[NotDelivered, ...]] = ()
    """Why those did not come of whom it is known: a code for each of them."""
    been = ("held_on",)

    def faults(self) -> Iterator[Failure]:
        """Held or not; and nobody is counted twice."""
        if (self.minutes is None) is (self.not_held is None):
            yield Failure("REASON_OR_MINUTES", "/minutes")
        if self.not_held is not None and (self.attended or self.absent_for):
            yield Failure("NOT_HELD_HAS_NOBODY", "/attended")
        if self.attended + len(self.absent_for) > max(self.expected, self.attended):
            yield Failure("MORE_THAN_EXPECTED", "/absentFor")


def leads_groups(kind: Kind) -> bool:
    """Whether supporters of this kind lead groups."""
    return kind.contact is Contact.GROUP or bool(GROUP_TASKS & set(kind.permitted_tasks))


async def _unfit(act: Act, of: Any, absent_for: tuple[NotDelivered, ...]) -> list[Failure]:
    kind = await terms_of(act, of)
    if not leads_groups(kind):
        return [Failure("KIND_DOES_NOT_ALLOW", "/topic")]
    counts_only = not kind.identity_held_by
    return [Failure("KIND_DOES_NOT_ALLOW", "/absentFor")] if counts_only and absent_for else []


async def add(begin: Begin, scheme: UUID, **given: Any) -> View[GroupSession]:
    """A session of a group."""
    async with begin(Verb.KEEP_GROUP_SESSION) as act:
        of = await scheme_to_write(act, scheme, GroupSession)
        if wrong := await _unfit(act, of, given["absent_for"]):
            raise Unacceptable(wrong)
        new = made(act, of, GroupSession, **given)
        act.keep(new)
        return act.disclose(new)


async def amend(begin: Begin, id: UUID, *, seen: Tag, changes: Mapping[str, Any]) -> View[GroupSession]:
    """Put right how many came."""
    return await belonging.amend(begin, Verb.KEEP_GROUP_SESSION, GroupSession, id, seen=seen, changes=changes)
