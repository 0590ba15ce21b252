"""Groups and councils over HTTP: sessions, who came to them man by man, their counts, and who speaks for which wing."""

from typing import Annotated
from uuid import UUID

from pydantic import Field
from starlette.responses import Response

from api.guarded import CallDep, operation
from api.routes.register import Register
from api.routes.shapes import Body, Day, Flag, Identifier, IdPath, PersonName, Whole, Wing, amending
from api.wire import shown
from domain.confidentiality.verbs import Verb
from domain.sessions import group_places, groups, mandates
from domain.sessions.codes import NotDelivered
from domain.sessions.group_places import GroupPlace
from domain.sessions.groups import GroupSession, GroupTopic
from domain.sessions.mandates import Mandate, MandateEnded

_Minutes = Annotated[Whole, Field(ge=1, le=480)]
_People = Annotated[Whole, Field(ge=0, le=300)]
_Counted = Annotated[int | None, Field(ge=0, le=100_000)]


class AddGroupSession(Body):
    """A session of a group: to come; held, with minutes; or not held, with a code."""

    topic: GroupTopic
    held_on: Day
    minutes: _Minutes | None = None
    """How long it took, in minutes."""
    not_held: NotDelivered | None = None
    capacity: Annotated[Whole, Field(ge=1, le=300)] | None = None
    """For how many there is room."""
    expected: _People
    """How many were to come."""
    attended: _People = 0
    """How many came."""
    absent_for: Annotated[list[NotDelivered], Field(max_length=100)] = []
    """A code for each who did not come and of whom it is known why; none where the kind keeps counts only."""
    another: Flag = False
    """It is another than the one that is recorded already and looks like it."""


AmendGroupSession = amending(
    "AmendGroupSession", "How many came, put right.", AddGroupSession, without=("held_on", "another")
)


class GivePlace(Body):
    """Who has a place: by his case, or by number and name. With whether he came, where it has been held."""

    enrolment: UUID | None = None
    """The case that it is part of."""
    identifier: Identifier | None = None
    name: PersonName | None = None
    wing: Wing | None = None
    came: Flag | None = None
    absent_for: NotDelivered | None = None


class NotePlace(Body):
    """He came; or not, with a code."""

    came: Flag
    absent_for: NotDelivered | None = None


class AddMandate(Body):
    """Whom a wing has elected, and for how long."""

    supporter: UUID
    """A supporter of the scheme."""
    wing: Wing
    """The wing that he speaks for."""
    elected_on: Day
    first_on: Day
    """The first day of his term."""
    last_on: Day
    """The last day of his term."""


class EndMandate(Body):
    """Why it ends before its term."""

    because: MandateEnded


class TopicCount(Body):
    """One topic, and how many came to its sessions."""

    topic: GroupTopic
    attended: _Counted
    """How many came to them, all together."""


class GroupCounts(Body):
    """Sessions of groups, and how many came: 1 to 7 are not told, others to the nearest 5."""

    days: Annotated[int, Field(ge=1, le=400)]
    """Within how many days, back from today."""
    held: _Counted
    """How many sessions were held."""
    not_held: _Counted
    """How many were not."""
    attended: _Counted
    """How many came to them, all together."""
    by_topic: Annotated[list[TopicCount], Field(max_length=20)]


_RUNS = "Coordinator or partner (support)."
_READS = "Coordinator and partner (support), governor and monitoring board (oversight)."
GROUPS = Register(
    GroupSession,
    "group-sessions",
    many="group sessions",
    reads=Verb.READ_GROUP_SESSION,
    writes=Verb.KEEP_GROUP_SESSION,
    tag="learning",
)
GROUPS.lists(
    f"Sessions of groups. How many came to each is for those who run it; others read `group-counts`. {_READS}",
    order="held_on",
    topic=(GroupTopic, "Only of this topic."),
)
GROUPS.adds(AddGroupSession, groups.add, f"Plan or record a session of a group. {_RUNS}")
GROUPS.shows("One session of a group.")
GROUPS.amends(
    AmendGroupSession,
    f"Say what came of it, or put right how many came; where they are listed by name, the list says that. {_RUNS} Needs"
    " `If-Match`.",
    groups.amend,
)


@operation(
    GROUPS.routes,
    "GET",
    "/v1/schemes/{id}/group-counts",
    Verb.READ_GROUP_COUNTS,
    name="getGroupCounts",
    summary="Groups, counted",
    shows=GroupCounts,
)
async def get_group_counts(call: CallDep, id: IdPath) -> Response:
    """Counts of ninety days, through disclosure control. Whoever reads the sessions."""
    found = await call.run(lambda begin: groups.counted(begin, id))
    by_topic = [{"topic": topic, "attended": attended} for topic, attended in found.by_topic.items()]
    return call.plain({**shown(found), "byTopic": by_topic})


PLACES = Register(
    GroupPlace,
    "group-places",
    many="group places",
    reads=Verb.READ_GROUP_PLACE,
    writes=Verb.KEEP_GROUP_PLACE,
    tag="learning",
    under=GroupSession,
)
PLACES.lists_all(
    "Who has a place in group sessions, and who came: those of a scheme for coordinator and partner, his own for"
    " whoever has one (support). No supporter reads it.",
    order="held_on",
    group_session=(UUID, "Only of this session."),
)
PLACES.adds(
    GivePlace,
    group_places.give,
    "Give somebody a place in a session that is to come, if there is room; or note who came to one that was held. The"
    f" numbers of the session follow from the list. {_RUNS}",
)
PLACES.shows("One man's place.")
PLACES.moves(
    "note",
    NotePlace,
    group_places.note,
    f"He came, or not and why; said again, it is put right. {_RUNS} Needs `If-Match`.",
    verb=Verb.NOTE_GROUP_PLACE,
)

MANDATES = Register(
    Mandate, "mandates", many="mandates", reads=Verb.READ_MANDATE, writes=Verb.KEEP_MANDATE, tag="learning"
)
MANDATES.lists_all(
    f"Who speaks for which wing in a council, and for how long. {_READS} A supporter reads his own (support).",
    order="first_on",
    scheme=(UUID, "Only of this scheme."),
    wing=(Wing, "Only of this wing."),
)
MANDATES.adds(AddMandate, mandates.elect, f"A wing has elected somebody. {_RUNS}")
MANDATES.shows("One mandate.")
MANDATES.moves(
    "end", EndMandate, mandates.end, f"It ends before its term. {_RUNS} Needs `If-Match`.", verb=Verb.END_MANDATE
)

REGISTERS = (GROUPS, PLACES, MANDATES)
"""Group sessions, who came to them, mandates of councils."""
