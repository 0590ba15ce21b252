"""Sessions of groups: planned, and what they were about and how many came (S4; domain facts 3.7). Nobody who came is
named here. Who came, man by man, is a list of its own (`domain.sessions.group_places`), where the kind holds anybody's
identity; where it does not, not even why somebody did not come: of a council it is a count.

How many came to one session is for those who run it. Whoever watches over the prison reads the sessions, and counts of
ninety days that have passed disclosure control.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Any, Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.classification import Open, Operational, Participation
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import derived, record
from domain.confidentiality.verbs import Verb
from domain.kernel.counts import Told, each_one, released
from domain.kernel.days import local_day
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import GroupSessionId, SchemeId
from domain.kernel.words import camel
from domain.oversight.control import Sum, let_out
from domain.schemes import belonging
from domain.schemes.belonging import OfScheme, drafted, in_the_future, in_the_past, scheme_to_write, sound, with_
from domain.schemes.made import terms_of
from domain.schemes.record import Scheme
from domain.schemes.sheet import Kind
from domain.schemes.tasks import Task
from domain.schemes.vocabulary import Contact
from domain.sessions import alike
from domain.sessions.codes import NotDelivered

COUNTED: Final = 90
"""Over how many days sessions are counted."""


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
COUNTS: Final = ("expected", "attended", "absent_for")
"""What follows from the list of who came, once there is one."""


@record(kind="group-session", kept="six years after its scheme closes; it names nobody in custody")
class GroupSession(OfScheme):
    """One session of a group: planned; held, with how many came; or not held, with why."""

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
    """How long it took, in whole minutes; null: it was not held, or is still to come."""
    not_held: Operational[NotDelivered | None] = None
    """Why it was not held; null: it was, or is still to come."""
    capacity: Operational[int | None] = None
    """For how many there is room; null: not said."""
    by_name: Operational[bool] = False
    """Who came is a list, man by man: the numbers follow from it."""
    expected: Participation[int]
    """How many were to come."""
    attended: Participation[int] = 0
    """How many came."""
    absent_for: Participation[tuple[NotDelivered, ...]] = ()
    """Why those did not come of whom it is known: a code for each of them."""

    def faults(self) -> Iterator[Failure]:
        """Held or not; and nobody is counted twice."""
        if self.minutes is not None and self.not_held is not None:
            yield Failure("REASON_OR_MINUTES", "/minutes")
        if self.minutes is None and (self.attended or self.absent_for):
            yield Failure("NOT_HELD_HAS_NOBODY", "/attended")
        if self.attended + len(self.absent_for) > max(self.expected, self.attended):
            yield Failure("MORE_THAN_EXPECTED", "/absentFor")

    @property
    def planned(self) -> bool:
        """Nobody has said yet what came of it."""
        return self.minutes is None and self.not_held is None

    @derived
    def over_capacity(self, _now: datetime) -> Participation[bool]:
        """More came than there was room for: it happened, and is said (rule 18)."""
        return self.capacity is not None and self.attended > self.capacity


def leads_groups(kind: Kind) -> bool:
    """Whether supporters of this kind lead groups."""
    return kind.contact is Contact.GROUP or bool(GROUP_TASKS & set(kind.permitted_tasks))


async def _unfit(act: Act, of: Any, absent_for: tuple[NotDelivered, ...]) -> list[Failure]:
    kind = await terms_of(act, of)
    if not leads_groups(kind):
        return [Failure("KIND_DOES_NOT_ALLOW", "/topic")]
    counts_only = not kind.identity_held_by
    return [Failure("KIND_DOES_NOT_ALLOW", "/absentFor")] if counts_only and absent_for else []


def _dated(act: Act, of: GroupSession) -> list[Failure]:
    """What came of it is said on its day or afterwards; one of which nothing is said is still to come."""
    if not of.planned:
        return in_the_future(act, of, of.held_on, "/heldOn")
    return [Failure("REASON_OR_MINUTES", "/minutes") for _ in in_the_past(act, of, of.held_on, "/heldOn")]


async def add(begin: Begin, scheme: UUID, *, another: bool = False, **given: Any) -> View[GroupSession]:
    """A session of a group, that is to come or has been. Of one that has been another may be there already, planned or
    told of, of that day and topic: `another` says that it is not the same (X25)."""
    async with begin.serially(Verb.KEEP_GROUP_SESSION) as act:
        of = await scheme_to_write(act, scheme, GroupSession)
        if wrong := await _unfit(act, of, given["absent_for"]):
            raise Unacceptable(wrong)
        new = drafted(act, of, GroupSession, **given)
        sound(act, new, *_dated(act, new))
        if not new.planned:
            await alike.offered(act, new, ("scheme", "held_on", "topic"), partial(_alike, new), another)
        act.keep(new)
        return act.disclose(new)


def _alike(one: GroupSession, other: GroupSession) -> bool:
    """One that is planned still, or came to the same."""
    return other.planned or (one.minutes, one.not_held) == (other.minutes, other.not_held)


async def amend(begin: Begin, id: UUID, *, seen: Tag, changes: Mapping[str, Any]) -> View[GroupSession]:
    """Say what came of it, or put right how many came: of one whose people are listed the list says that."""

    def into(act: Act, was: GroupSession) -> GroupSession:
        act.admit_writes(changes)
        counted = [name for name in COUNTS if was.by_name and name in changes]
        if counted:
            raise Unacceptable([Failure("COUNTED_BY_NAME", f"/{camel(name)}") for name in counted])
        now = with_(was, **changes)
        return sound(act, now, *(() if now.planned else _dated(act, now)), was=was)

    return await belonging.change(begin, Verb.KEEP_GROUP_SESSION, GroupSession, id, seen=seen, into=into)


@dataclass(frozen=True, slots=True)
class GroupCounts:
    """Sessions of groups in the days counted, and how many came to them all together; each number through disclosure
    control: 1 to 7 are not told, others to the nearest 5."""

    days: int
    held: Told | None
    not_held: Told | None
    attended: Told | None
    by_topic: dict[GroupTopic, Told | None]


async def counted(begin: Begin, scheme: UUID) -> GroupCounts:
    """The counts of one scheme."""
    async with begin(Verb.READ_GROUP_COUNTS) as act:
        of = await act.fetch(Scheme, scheme)
        since = local_day(of, act.now) - timedelta(days=COUNTED)
        found = await looking.all_known(act, GroupSession, {"scheme": of.id}, order="held_on", since=since)
        held = [each for each in found if each.minutes is not None]
        topics = Counter[GroupTopic | str]()
        for each in held:
            topics[each.topic] += each.attended
        # Who came twice is not known of those who are counted: they are told as if each were another.
        cells = {word: each_one(n) for word, n in (topics | Counter(all=topics.total())).items()}
        told = let_out(cells, [Sum("all", tuple(topics))] if topics else [])
        return GroupCounts(
            COUNTED,
            released(len(held)),
            released(sum(each.not_held is not None for each in found)),
            told.get("all", released(0)),
            {topic: told[topic] for topic in sorted(GroupTopic) if topic in topics},
        )
