"""Every operation of the application, each with one request of the furnished world that is done when it is sent.

The list is read off the application's own routes; `EXAMPLES` says of each who sends what. A test holds the two to be
the same, so that a new route has its example, and with it every test that runs over all operations.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from fastapi.routing import APIRoute

from api import guarded
from api.wire import camel
from domain.confidentiality.about import ABOUT
from domain.confidentiality.grants import GRANTS
from domain.confidentiality.principal import PrincipalKind
from domain.confidentiality.roles import IMPLICIT, Role
from domain.confidentiality.verbs import Verb
from tests.http import (
    bodies_operations,
    care_operations,
    contacts_operations,
    evaluation_operations,
    feedback_operations,
    importing_operations,
    merging_operations,
    packs_operations,
    planned,
    queues,
    recruiting_operations,
    registers_operations,
    subject_access_operations,
    telling_operations,
    turnover_operations,
)
from tests.http.cast import CAST, Member, assignment, uid
from tests.http.furnished_kinds import EXEMPTION
from tests.http.world import World, theatre


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Who sends it, about which record, with which body (all members that it may have)."""

    by: str
    on: str | None = None
    about: str | None = None
    """The record that is shown, where `on` names not it but its scheme: `/v1/schemes/{id}/charter`."""
    body: dict[str, Any] | None = None
    values: dict[str, str] = field(default_factory=dict[str, str])
    query: str = ""
    """Without which it is nothing."""


def _id(name: str) -> str:
    return str(uid(name))


_AT = "2026-11-23T10:00:00Z"
_PLAN: dict[str, Any] = {
    camel(name): list(value) if isinstance(value, tuple) else value.isoformat() if isinstance(value, date) else value
    for name, value in {**planned.plan("INSIDERS"), "lasts_weeks": 12, "weeks_left_at_least": 26}.items()
} | {"objectives": [_id("objective")], "answers": [_id("finding")]}
_OBJECTIVE: dict[str, Any] = {
    "forWhom": "New arrivals",
    "need": "FIRST_DAYS",
    "baseline": 60,
    "baselineSource": "SCHEME_RECORDS",
    "baselineBy": "2026-12-01",
    "target": 95,
    "achievable": "Two more supporters are in training.",
    "startsOn": "2026-11-01",
    "dueOn": "2027-06-01",
    "runningWeeks": 12,
}
EXAMPLES: dict[str, Example] = {
    "getMe": Example(by="officer"),
    "getPolicy": Example(by="officer"),
    "listKinds": Example(by="officer"),
    "getKind": Example(by="officer", values={"code": "LISTENERS"}),
    "listSchemes": Example(by="officer"),
    "createScheme": Example(
        by="coordinator",
        body={
            "kind": "INSIDERS",
            "name": "Insiders on A wing",
            "prison": "MDI",
            "purpose": "Meet every new arrival.",
            "targetGroup": "New arrivals",
            "howToAsk": "Ask in reception.",
            "places": ["Reception"],
            "supportersWanted": 3,
            "supportersNeeded": 2,
            "pilotLimit": 2,
            "pilotDays": 30,
            "reviewOn": "2027-02-01",
        },
    ),
    "getScheme": Example(by="officer", on="scheme:insiders"),
    "amendScheme": Example(
        by="coordinator",
        on="scheme:planned",
        body={
            "name": "Insiders",
            "purpose": "Meet every new arrival within a day.",
            "targetGroup": "New arrivals",
            "howToAsk": "Ask in reception.",
            "places": ["Reception", "A wing"],
            "supportersWanted": 4,
            "supportersNeeded": 2,
            "pilotLimit": 3,
            "pilotDays": 30,
            "reviewOn": "2027-03-01",
            "partnerToldOn": "2026-11-20",
            "lessons": "Reception is the place to meet.",
            "learnersGo": "TO_STAFF",
        },
    ),
    "approveScheme": Example(by="governor", on="scheme:draft", body={}),
    "getReadiness": Example(by="coordinator", on="scheme:pilot"),
    "getClosing": Example(by="coordinator", on="scheme:insiders"),
    "getSupervisionLeads": Example(by="coordinator", on="scheme:insiders"),
    "openScheme": Example(by="coordinator", on="scheme:approved", body={}),
    "launchScheme": Example(by="coordinator", on="scheme:pilot", body={}),
    "reviewScheme": Example(by="governor", on="scheme:insiders", body={"found": "GOES_ON", "reviewOn": "2027-05-23"}),
    "suspendScheme": Example(by="governor", on="scheme:insiders", body={"reason": "REGIME", "reviewOn": "2026-12-07"}),
    "resumeScheme": Example(by="governor", on="scheme:suspended", body={}),
    "nameSupervisionLead": Example(
        by="coordinator", on="scheme:at-risk", body={"assignment": str(assignment("coordinator"))}
    ),
    "listSchemeStatuses": Example(by="governor"),
    "getSchemeStatus": Example(by="governor", on="scheme:insiders"),
    "closeScheme": Example(by="coordinator", on="scheme:draft", body={"reason": "NO_DEMAND"}),
    "getSchemeCharter": Example(by="officer", on="scheme:insiders", about="charter:insiders"),
    "getSchemeCharterDifference": Example(by="officer", on="scheme:insiders", about="charter:insiders"),
    "getSchemeCharterPage": Example(by="officer", on="scheme:insiders", about="charter:insiders"),
    "getSchemeCharterPdf": Example(by="officer", on="scheme:insiders", about="charter:insiders"),
    "getCharterQuestions": Example(by="officer"),
    "getMeasures": Example(by="officer"),
    "draftCharter": Example(by="coordinator", values={"id": _id("scheme:listeners")}, body={}),
    "listCharters": Example(by="coordinator", on="scheme:insiders", about="charter:insiders"),
    "listAllCharters": Example(by="coordinator"),
    "getCharter": Example(by="coordinator", on="charter:draft"),
    "amendCharter": Example(by="coordinator", on="charter:draft", body=_PLAN),
    "submitCharter": Example(by="coordinator", on="charter:ready", body={}),
    "returnCharter": Example(
        by="governor", on="charter:submitted", body={"section": "WHY", "words": "Which survey is that?"}
    ),
    "discardCharter": Example(by="coordinator", on="charter:draft", body={}),
    "signCharter": Example(by="safer", on="charter:submitted", body={}),
    "publishCharter": Example(by="coordinator", on="charter:signed", body={}),
    "commentOnCharter": Example(
        by="safer",
        values={"id": _id("charter:signed")},
        body={"section": "CONTINGENCY", "words": "Who is told at night?"},
    ),
    "listCharterComments": Example(by="safer", values={"id": _id("charter:submitted")}),
    "getCharterComment": Example(by="safer", on="charter-comment"),
    "setObjective": Example(
        by="coordinator",
        values={"id": _id("scheme:insiders")},
        body={
            "title": "Met on the first day",
            "measure": "NEW_ARRIVALS_MET_IN_24_HOURS",
            **_OBJECTIVE,
        },
    ),
    "listObjectives": Example(by="coordinator", values={"id": _id("scheme:insiders")}),
    "listAllObjectives": Example(by="coordinator"),
    "getObjective": Example(by="coordinator", on="objective"),
    "amendObjective": Example(
        by="coordinator",
        on="objective:free",
        body={"title": "Seven in ten of what was planned", **_OBJECTIVE, "need": "READING"},
    ),
    "measureObjective": Example(
        by="coordinator", on="objective", body={"value": 55, "on": "2026-10-20", "source": "SCHEME_RECORDS"}
    ),
    "closeObjective": Example(by="coordinator", on="objective", body={"reason": "REPLACED"}),
    "recordFinding": Example(
        by="coordinator",
        values={"id": _id("scheme:insiders")},
        body={
            "source": "EVALUATION",
            "design": "BEFORE_AND_AFTER",
            "found": "One in five was met late.",
            "foundOn": "2026-11-20",
            "recommendation": "Roster one more on Fridays.",
        },
    ),
    "listFindings": Example(by="coordinator", values={"id": _id("scheme:insiders")}),
    "listAllFindings": Example(by="coordinator"),
    "getFinding": Example(by="coordinator", on="finding"),
    "declineFinding": Example(by="governor", on="finding", body={"reason": "NO_RESOURCES"}),
    "listSupporters": Example(by="coordinator"),
    "applyToSupport": Example(
        by="coordinator",
        body={
            "scheme": _id("scheme:insiders"),
            "wing": "MDI-A",
            "languages": ["en"],
            "motivation": "GIVE_BACK",
            "identifier": "A3001QX",
            "name": "Noel Quarterman",
            "vacancy": _id("vacancy"),
        },
    ),
    "getSupporter": Example(by="coordinator", on="supporter:applied"),
    "amendSupporter": Example(
        by="coordinator",
        on="supporter:applied",
        body={"name": "Noel Quarterman", "wing": "MDI-B", "languages": ["en", "cy"]},
    ),
    "decideApplication": Example(
        by="coordinator", on="supporter:applied", body={"verdict": "NO", "reason": "NO_PLACES"}
    ),
    "noteTraining": Example(
        by="coordinator",
        on="supporter:accepted",
        body={"modulesPassed": ["COMMUNICATION"], "compactSigned": True},
    ),
    "certifySupporter": Example(
        by="coordinator",
        on="supporter:in_training",
        body={
            "certificate": "INS-2026-0117",
            "level": "LEVEL-1",
            "awardingBody": "Another body",
            "expiresOn": "2028-11-23",
        },
    ),
    "activateSupporter": Example(by="coordinator", on="supporter:probation", body={}),
    "pauseSupporter": Example(by="coordinator", on="supporter:insider", body={}),
    "resumeSupporter": Example(by="coordinator", on="supporter:paused", body={}),
    "standDownSupporter": Example(by="coordinator", on="supporter:insider", body={"reason": "OWN_WISH"}),
    "askForSupport": Example(
        by="officer",
        body={
            "need": "EMOTIONAL",
            "channel": "CELL_BELL",
            "urgency": "NOW",
            "wing": "MDI-A",
            "prison": "MDI",
            "cell": "A-1-012",
            "recipient": "Sam",
            "language": "cy",
            "firstNight": True,
            "stageOfSentence": "INDUCTION",
            "notWanted": [_id("supporter:listener")],
            "occurredAt": _AT,
        },
    ),
    "listRequests": Example(by="oscar"),
    "getRequest": Example(by="oscar", on="request:received"),
    "offerRequest": Example(
        by="oscar",
        on="request:received",
        body={"supporter": _id("supporter:listener"), "occurredAt": _AT},
    ),
    "answerOffer": Example(by="oscar", on="request:offered", body={"accepted": True, "occurredAt": _AT}),
    "clearOffers": Example(by="oscar", on="request:received", body={}),
    "unlockRequest": Example(by="oscar", on="request:accepted", body={"place": "LISTENER_SUITE", "occurredAt": _AT}),
    "completeRequest": Example(by="oscar", on="request:in-progress", body={"occurredAt": _AT}),
    "refuseRequest": Example(
        by="oscar",
        on="request:received",
        body={
            "code": "NIGHT_STATE",
            "alternative": "SAMARITANS_PHONE",
            "decidedBy": "WING_OFFICER",
            "occurredAt": _AT,
        },
    ),
    "delayRequest": Example(
        by="oscar",
        on="request:accepted",
        body={"code": "NO_STAFF_TO_UNLOCK", "by": "WING_OFFICER", "occurredAt": _AT},
    ),
    "withdrawRequest": Example(by="oscar", on="request:received", body={"occurredAt": _AT}),
    "getBoard": Example(by="oscar"),
    "handInTally": Example(
        by="samaritan",
        body={
            "month": "2026-11",
            "part": "NIGHT",
            "duration": "FROM_15_TO_30",
            "concerns": ["FAMILY", "LONELINESS"],
            "firstTime": "YES",
            "suicidalFeelings": "UNKNOWN",
            "selfHarm": "NO",
        },
    ),
    "recordInduction": Example(
        by="coordinator",
        body={
            "scheme": _id("scheme:insiders"),
            "wing": "MDI-A",
            "arrivedAt": "2026-11-23T07:00:00Z",
            "seenAt": "2026-11-23T09:00:00Z",
            "checklist": ["MET_IN_RECEPTION", "PHONE_EXPLAINED"],
            "toldPolicy": True,
            "language": "en",
            "concernToldToStaff": False,
            "followUpOn": "2026-11-24",
            "supporter": _id("supporter:insider"),
            "identifier": "A3002QX",
            "name": "Nigel Quickfall",
            "another": True,
        },
    ),
    "listInductions": Example(by="coordinator"),
    "getInduction": Example(by="coordinator", on="induction"),
    "enrolLearner": Example(
        by="coordinator",
        body={
            "scheme": _id("scheme:shannon"),
            "identifier": "A3003QX",
            "name": "Norman Quayle",
            "wing": "MDI-A",
            "goal": "READ_A_LETTER",
            "supporter": _id("supporter:mentor"),
            "sessionsAWeek": 5,
            "needs": ["READING"],
            "stageOfSentence": "SETTLED",
            "programme": "COUNT_ME_IN",
        },
    ),
    "listEnrolments": Example(by="coordinator"),
    "getEnrolment": Example(by="coordinator", on="enrolment"),
    "endEnrolment": Example(by="coordinator", on="enrolment", body={"ending": "COMPLETED", "because": "GOAL_MET"}),
    "planSession": Example(
        by="coordinator",
        body={
            "enrolment": _id("enrolment"),
            "startsAt": "2026-11-26T10:00:00Z",
            "endsAt": "2026-11-26T10:20:00Z",
        },
    ),
    "listSessions": Example(by="coordinator"),
    "getSession": Example(by="coordinator", on="session"),
    "recordSession": Example(
        by="coordinator",
        on="session",
        body={
            "delivered": False,
            "notDelivered": "NOT_UNLOCKED",
            "minutes": None,
            "manual": None,
            "page": None,
            "note": "Start at page five.",
        },
    ),
    "giveFeedback": Example(
        by="officer",
        body={
            "scheme": _id("scheme:shannon"),
            "rating": 4,
            "themes": ["WORKS_WELL"],
            "words": "It works well.",
            "anonymous": True,
            "helpedToAnswer": True,
            "onBehalfOf": "RECIPIENT",
        },
    ),
    "listFeedback": Example(by="coordinator"),
    "getFeedback": Example(by="coordinator", on="feedback"),
    "proposeAssignment": Example(
        by="admin",
        body={
            "issuer": "https://staff.example",
            "subject": "newcomer-2",
            "principalKind": "STAFF",
            "role": "ACTIVITIES_HUB",
            "organisation": "HMPPS",
            "endsOn": "2027-05-01",
            "prison": "MDI",
            "scheme": _id("scheme:insiders"),
            "visitDays": ["2026-12-01"],
        },
    ),
    "listAssignments": Example(by="admin"),
    "getAssignment": Example(by="admin", on="assignment:waiting"),
    "confirmAssignment": Example(by="imb", on="assignment:waiting", body={}),
    "endAssignment": Example(by="admin", on="assignment:waiting", body={}),
    "declareDuty": Example(by="officer", body={"prison": "MDI", "wings": ["MDI-A"]}),
    "openWatch": Example(by="oscar", body={"prison": "MDI"}),
    "getWatch": Example(by="oscar", on="watch"),
    "closeWatch": Example(by="oscar", on="watch", body={}),
    "listDuties": Example(by="officer"),
    "getDuty": Example(by="oscar", on="duty"),
    "signOut": Example(by="officer", body={}),
    "lockOut": Example(by="admin", body={"issuer": "https://staff.example", "subject": "newcomer-2"}),
    "lockOutByNumber": Example(by="oscar", body={"identifier": "A3003QX"}),
    "listLedgerLines": Example(by="safer"),
    "startJob": Example(by="coordinator", body={"kind": "SCHEME_SUMMARY", "scheme": _id("scheme:insiders")}),
    "getJob": Example(by="coordinator", on="job"),
    **{name: Example(**given) for name, given in registers_operations.EXAMPLES.items()},
    **{name: Example(**given) for name, given in recruiting_operations.EXAMPLES.items()},
    "getMetrics": Example(by="evaluator"),
    "getMetric": Example(by="headquarters", values={"code": "LISTENER_REQUESTS_MET"}),
    **{name: Example(**given) for name, given in turnover_operations.EXAMPLES.items()},
    **{name: Example(**given) for name, given in care_operations.EXAMPLES.items()},
    **{name: Example(**given) for name, given in contacts_operations.EXAMPLES.items()},
    **{name: Example(**given) for name, given in evaluation_operations.EXAMPLES.items()},
    **{name: Example(**given) for name, given in feedback_operations.EXAMPLES.items()},
    **{name: Example(**given) for name, given in merging_operations.EXAMPLES.items()},
    **{name: Example(**given) for name, given in bodies_operations.EXAMPLES.items()},
    **{name: Example(**given) for name, given in packs_operations.EXAMPLES.items()},
    **{name: Example(**given) for name, given in subject_access_operations.EXAMPLES.items()},
    **{name: Example(**given) for name, given in telling_operations.EXAMPLES.items()},
    **{name: Example(**given) for name, given in importing_operations.EXAMPLES.items()},
    **{name: Example(**given) for name, given in queues.EXAMPLES.items()},
    "createKindVersion": Example(
        by="safer",
        body={
            "code": "QUIET_INSIDERS",
            "prison": "MDI",
            "base": "INSIDERS",
            "sheet": {"title": "Quiet Insiders", "probationDays": 35},
        },
    ),
    "listKindVersions": Example(by="safer"),
    "getKindVersion": Example(by="safer", on="scheme-kind"),
    "confirmKindVersion": Example(by="lead", on="scheme-kind:to-confirm", body={}),
    "publishKindVersion": Example(by="safer", on="scheme-kind", body={}),
    "withdrawKindVersion": Example(by="safer", on="scheme-kind", body={}),
    "getExceptions": Example(by="officer"),
    "createExceptionList": Example(by="lead", body={"effectiveFrom": "2026-12-24", "exceptions": [EXEMPTION]}),
    "listExceptionLists": Example(by="lead"),
    "getExceptionList": Example(by="lead", on="exception-list"),
    "publishExceptionList": Example(by="lead", on="exception-list", body={}),
    "withdrawExceptionList": Example(by="lead", on="exception-list", body={}),
}


AT_QUEUES = frozenset({Verb.RETRY_QUEUE, Verb.PURGE_QUEUE})
"""What is done at a queue: it takes no body, and keeps nothing here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation, and its example."""

    name: str
    method: str
    template: str
    verb: Verb
    key_required: bool
    example: Example

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """The address of its example."""
        return self.path_of(None if self.example.on is None else _id(self.example.on))

    @property
    def address(self) -> str:
        """Its template with what its example lists or makes under."""
        return self.template.format(**{"id": "{id}", **self.example.values})

    def path_of(self, id: object) -> str:
        """The address for another record."""
        return self.template.format(**{"id": id, **self.example.values}) + self.example.query

    def path_under(self, id: object) -> str:
        """The address at which it lists or makes under another record."""
        return self.template.format(id=id)

    @property
    def of_one(self) -> bool:
        """Whether it is about one record, and does not list or make what is under one."""
        return "{id}" in self.template and "id" not in self.example.values

    @property
    def flat(self) -> str:
        """Where what it lists or makes is read one by one."""
        if self.name == "recordNightSheet":
            return "/v1/requests"  # what a sheet makes is a request like any other
        return re.sub("/[a-z-]+/{id}", "", self.template)

    @property
    def under(self) -> dict[str, UUID]:
        """What it lists or makes is under this: {"scheme": its id}. Empty, where it is under nothing."""
        id = self.example.on if self.example.about else self.example.values.get("id")
        if id is None:
            return {}
        above = self.template.split("/")[2].removesuffix("s")
        return {above: uid(id) if self.example.about else UUID(id)}

    @property
    def shown(self) -> str | None:
        """The name of the record that its example is about."""
        return self.example.about or self.example.on

    def path_to(self, record: Any) -> str:
        """The address by which it shows that record: its own id, or that of its scheme."""
        return self.path_of(record.id if self.example.about is None else record.scheme)

    @property
    def moves(self) -> bool:
        """Whether it changes an existing record, so that it needs `If-Match`."""
        return self.of_one and self.method != "GET"

    @property
    def has_body(self) -> bool:
        """Whether it reads one."""
        return self.method in ("POST", "PUT", "PATCH") and self.verb not in AT_QUEUES

    @property
    def record(self) -> str:
        """The address template of the record that it moves."""
        return self.template.partition("{id}")[0] + "{id}"

    async def send(self, world: World, *, by: str | None = None, **changes: Any) -> Any:
        """Its example, sent; `changes` are arguments of `Voice.send` to send instead. A tag and a key of its own, where
        they are needed and not given."""
        asked: dict[str, Any] = {}
        if self.has_body:
            asked["body"] = self.example.body
        if self.moves and "tag" not in changes:
            changes["tag"] = await world[self.example.by].tag(self.record.format(id=_id(str(self.example.on))))
        if self.key_required and "key" not in changes:
            changes["key"] = f"key-{world.stage.random.getrandbits(60):x}"
        path = changes.pop("path", self.path)
        if "content" in changes:
            asked.pop("body", None)
        return await world[by or self.example.by].send(self.method, path, **{**asked, **changes})


def all_operations() -> list[Operation]:
    """Every operation of /v1, in the order of the routes."""
    return [
        Operation(
            name=str(route.operation_id),
            method=next(iter(route.methods or ())),
            template=route.path,
            verb=verb,
            key_required=guarded.key_required(route),
            example=EXAMPLES.get(str(route.operation_id), Example(by="officer")),
        )
        for route in theatre().app.routes
        if isinstance(route, APIRoute) and (verb := guarded.verb_of(route)) is not None
    ]


OPERATIONS = all_operations()
IMPORTS = ("importSchemes", "importSupporters", "importRoster")
EACH_FOR_ITSELF = ("handInLateTallies", "recordLateSessions", "planSessions", *IMPORTS)
"""Those that take several items, each with a key of its own: what is wrong with one is told of it alone."""
WITH_BODY = [o for o in OPERATIONS if o.has_body]
OF_ONE = [o for o in OPERATIONS if o.of_one]
MOVES = [o for o in OPERATIONS if o.moves]
LISTS = [o for o in OPERATIONS if o.name.startswith("list") and o.name != "listKinds"]
"""Those with a page, a cursor and a limit."""
OF_RECORDS = [o for o in LISTS if ABOUT[o.verb].kind is not None] + [o for o in OPERATIONS if o.name == "getBoard"]
"""Those whose items are records, each as it is shown by itself; the board's are those that are open."""
NARROWED = {"listWaiting", "listClearanceRenewals", "listExpiringCertificates"}
"""Those that hold some only of what is reached, by a rule of their own."""


def operation(name: str) -> Operation:
    """The operation of that name."""
    return next(o for o in OPERATIONS if o.name == name)


SUPPORTERS = ("listener", "second-listener", "third-listener", "insider", "mentor", "second-mentor")
"""Whose standing gives them the capacity of a supporter."""


def roles_of(member: Member) -> set[Role]:
    """All the roles in which a member may act."""
    held = {member.role, *member.further} - {None}
    if member.kind in IMPLICIT:
        held.add(IMPLICIT[member.kind])
    if any(CAST[name] is member for name in SUPPORTERS):
        held.add(Role.SUPPORTER)
    return {role for role in held if role is not None}


@cache
def may(name: str, verb: Verb) -> bool:
    """Whether the policy gives a member the verb in any of his roles. A supporter's capacity is his standing."""
    roles = roles_of(CAST[name])
    if name in ("bare-client", "bare-sar"):
        roles.clear()
    return any(verb in grant.may for grant in GRANTS if grant.role in roles)


def never(verb: Verb, *, in_custody: bool) -> list[str]:
    """The members who never do this, in whatever role."""
    return [
        name
        for name, member in CAST.items()
        if (member.kind is PrincipalKind.IN_CUSTODY) is in_custody and not may(name, verb)
    ]
