"""What an act has noted so far, and the entry that it will make: sights, changes, and how little may be said of
them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Final
from uuid import UUID

from domain.confidentiality.about import ABOUT
from domain.confidentiality.classification import Classification
from domain.confidentiality.entry import BY_THE_WEEK, Change, Entry, Family, Outcome, Sight
from domain.confidentiality.policy import Decision
from domain.confidentiality.record import KINDS, R, Record, changed_fields, columns
from domain.confidentiality.roles import IN_CUSTODY, Role
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import (
    Absent,
    NotNow,
    Refused,
    Stale,
    TagRequired,
    TooMany,
    Trouble,
    Unacceptable,
    Unavailable,
    Unreadable,
)
from domain.kernel.ids import ActorId, EntryId
from domain.ports import Kept

OF_THE_NIGHT: Final = frozenset({"request", "concern", "suite-use", "escalation"})
"""Kinds of which what is live, or what was passed on, of a closed policy is told: whoever may reach one looks at them
even where none is there."""
DAYLESS: Final = frozenset({"escalation"})
"""Kinds that outlive the night and keep no day of it under a closed policy: no line has the id of one, or its hour
would be theirs (rules 1 and 4)."""
OF_CODES: Final = frozenset({"feedback-code", "feedback-sheets", "prison-event", "tokens-ended"})
"""Kinds that nobody reads through the service: their ids have no place in a line that somebody reads. That of an event
is the estate's own, and would join his id here to his number there (rule 4); that of tokens that ended would tell who
ended them twice."""
PASS_ON: Final = frozenset({Role.WING_OFFICER, Role.ORDERLY_OFFICER})
WHOM_TO_ASK: Final = frozenset(
    {Verb.READ_SUPPORTER, Verb.READ_ROSTER, Verb.READ_ROSTER_ENTRY, Verb.READ_ROTA_SHEET, Verb.READ_NIGHT_PACK}
)
"""Where those who pass a call on look whom they can ask. To the second such a line would tell that somebody on their
wing asked for a Listener (rules 4 and 9): it tells hour and family, as that of his request does."""
HANDED_IN: Final = frozenset({Verb.HAND_IN_TALLY, Verb.HAND_IN_DISPUTE, Verb.HAND_IN_BY_CODE})
"""What goes into a letterbox."""
REPORTS: Final = frozenset({Verb.REPORT_INCIDENT, Verb.COMPLAIN})
"""What is answered by a short code, and by the same one where its key comes again."""

TRIED: Final = "tried"
"""The code of a line whose act would have been done and was only tried, by every rule but those that the database alone
can say when something is kept. It changed nothing."""


@dataclass(slots=True)
class Notes:
    """The notes of one act.

    `closed`: about closed-policy participation, so no person in custody is named. `posted`: something went into a
    letterbox; `unsigned`: something was given anonymously. Of those two the entry says only that it happened, and on
    which day or week: no actor, no record. `last`: what was fetched last.
    """

    closed: bool = False
    open: bool = False
    """It touched participation of an open-policy scheme."""
    posted: bool = False
    unsigned: bool = False
    replayed: bool = False
    prison: str | None = None
    sights: dict[tuple[str, UUID], tuple[str, ...]] = field(default_factory=dict[tuple[str, UUID], tuple[str, ...]])
    pages: list[tuple[str, tuple[str, ...], Sequence[UUID]]] = field(
        default_factory=list[tuple[str, tuple[str, ...], Sequence[UUID]]]
    )
    searches: dict[str, int] = field(default_factory=dict[str, int])
    reports: bool = False
    """It is a report of pressure or a complaint: unsigned, and yet whoever sends his key again is told the same."""
    last: Record | None = None
    was: dict[tuple[str, UUID], Record] = field(default_factory=dict[tuple[str, UUID], Record])

    @property
    def retold(self) -> bool:
        """Whether a key that comes again shows what it was used for."""
        return self.reports or not (self.posted or self.unsigned)

    def saw(self, record: Record) -> None:
        """A record was fetched; shown or not is said later."""
        self.sights.setdefault((record.shape.kind, record.id), ())
        self.last = record
        self.about(record)

    def saw_page(self, kind: type[R], records: Sequence[R], fields: tuple[str, ...]) -> None:
        """All of these were fetched, and these fields of each are shown: as `saw` of one after another."""
        found = columns(records, noted_of(kind))
        if found["id"]:
            self.pages.append((kind.shape.kind, fields, found["id"]))
        if found["id"] and kind.shape.existence is Classification.PARTICIPATION:
            closed = found.get("closed") or [False]
            self.closed = self.closed or any(closed)
            self.open = self.open or not all(closed)
        self.prison = self.prison or next((prison for prison in found.get("prison", ()) if prison), None)

    def searched(self, kind: type[Record], found: int) -> None:
        """A kind was searched, and so many were found."""
        self.searches[kind.shape.kind] = self.searches.get(kind.shape.kind, 0) + found

    def about(self, record: Record) -> None:
        """The act touches this record: is it closed-policy participation, and in which prison?"""
        if record.shape.existence is Classification.PARTICIPATION:
            self.closed = self.closed or getattr(record, "closed", False)
            self.open = self.open or not getattr(record, "closed", False)
        self.prison = self.prison or getattr(record, "prison", None)

    def tried(self, kept: Mapping[tuple[str, UUID], Kept]) -> dict[tuple[str, UUID], Kept]:
        """Nothing is kept after all, and nobody saw what would have been new."""
        for place in kept:
            if kept[place].before == 0:
                self.sights.pop(place, None)
        return {}

    def entry(
        self, id: EntryId, at: datetime, decision: Decision, outcome: Outcome, code: str | None, kept: Collection[Kept]
    ) -> Entry:
        """The line of the ledger."""
        viewer = decision.viewer
        nameless = self.posted or self.unsigned
        in_custody = viewer.role in IN_CUSTODY
        # What a prisoner only looks at is as nameless as what he asks for: a named line in the same minute would tell.
        # Of his own open matters that he changes (an application, a session) the line says who he is.
        only_looked = in_custody and not (outcome is Outcome.DONE and kept)
        # A grant that reaches live closed-policy requests looks at them even where none is there: an empty board, or an
        # id that is none, leaves the line that a full one does.
        at_night = decision.grant.closed and not self.open and ABOUT[decision.verb].kind in OF_THE_NIGHT
        at_night = at_night and decision.verb is not Verb.ASK
        for_a_call = passes_on(viewer.role, decision.verb)
        closed = self.closed or self.posted or only_looked or at_night or for_a_call or in_confidence(decision.verb)
        anonymous = nameless or (closed and in_custody)
        return Entry(
            id=id,
            at=_blurred(at, nameless, closed, decision.verb in BY_THE_WEEK),
            actor=None if anonymous else viewer.actor,
            client=None if nameless else viewer.principal.client,
            role=_role(viewer.role, nameless),
            assignment=None if anonymous else viewer.assignment,
            purpose=decision.grant.purpose,
            verb=decision.verb,
            family=ABOUT[decision.verb].family,
            rule=decision.rule,
            outcome=outcome,
            code=code,
            prison=self.prison or _one(viewer.fact("prisons")),
            jurisdiction=_one(viewer.fact("jurisdictions")),
            closed=closed,
            nameless=nameless,
            sights=self._grouped(decision.rule, nameless, closed),
            changes=tuple(self._change(k, nameless, closed) for k in kept) if outcome is Outcome.DONE else (),
        )

    def _change(self, kept: Kept, nameless: bool, closed: bool) -> Change:
        record = kept.record
        fields = changed_fields(self.was.get((record.shape.kind, record.id)), record)
        unsaid = nameless or record.shape.kind in OF_CODES or (closed and record.shape.kind in DAYLESS)
        return Change(record.shape.kind, None if unsaid else record.id, kept.before, kept.before + 1, fields)

    def _grouped(self, rule: str, nameless: bool, closed: bool) -> tuple[Sight, ...]:
        groups: dict[tuple[str, tuple[str, ...]], list[UUID]] = {}
        for (kind, id), fields in self.sights.items():
            groups.setdefault((kind, fields), []).append(id)
        for kind, fields, ids in self.pages:
            groups.setdefault((kind, fields), []).extend(ids)
        for kind, count in self.searches.items():
            if count == 0:
                groups.setdefault((kind, ()), [])
        return tuple(
            Sight(kind, rule, () if nameless or (closed and kind in DAYLESS) else tuple(ids), len(ids), fields)
            for (kind, fields), ids in groups.items()
        )


def notes_of(verb: Verb) -> Notes:
    """The notes of an act that begins. What is said without a name is so before anything of it can go wrong."""
    reports = verb in REPORTS
    return Notes(posted=verb in HANDED_IN, unsigned=reports, reports=reports)


_IN_CONFIDENCE: Final = frozenset({Classification.WELLBEING, Classification.CASEWORK})


def in_confidence(verb: Verb) -> bool:
    """Whether what it is about is how a supporter fares, or casework, or all of that at once (what waits for somebody):
    its lines name nobody in custody and tell hour and family, found or not (rules 4, 9 and 15)."""
    if verb is Verb.READ_TASKS:
        return True
    kind = KINDS.get(ABOUT[verb].kind or "")
    return kind is not None and kind.shape.existence in _IN_CONFIDENCE


def passes_on(role: Role | None, verb: Verb | None) -> bool:
    """Whether it is a look at whom one could ask, by one who passes on what is asked."""
    return role in PASS_ON and verb in WHOM_TO_ASK


SAID_WITHOUT_A_NAME: Final = HANDED_IN | REPORTS | {Verb.GIVE_FEEDBACK}
"""What names nobody in the ledger, nor an attempt at it: whoever reads the ledger may be he whom it is against."""


def outcome_of(error: BaseException) -> Outcome:
    """What the ledger calls this ending."""
    match error:
        case Refused():
            return Outcome.REFUSED
        case Absent():
            return Outcome.ABSENT
        case Unreadable() | Unacceptable():
            return Outcome.MALFORMED
        case Stale() | TagRequired():
            return Outcome.STALE
        case NotNow():
            return Outcome.NOT_NOW
        case TooMany():
            return Outcome.LIMITED
        case Unavailable():
            return Outcome.FAILED
        case Trouble():
            return Outcome.REFUSED
        case _:
            return Outcome.FAILED


def turned_away(
    id: EntryId,
    at: datetime,
    *,
    actor: ActorId | None,
    client: str | None,
    role: Role | None,
    verb: Verb | None,
    outcome: Outcome,
    code: str,
    prison: str | None,
    jurisdiction: str | None,
    in_custody: bool,
) -> Entry:
    """The line of an attempt by a known viewer that ended before any act began: the verb refused, the body unreadable,
    the rate spent. Of a person in custody it names nobody: what he tried may be to ask for a Listener. An attempt at a
    request by whose role it is tells hour and family only, as one that succeeds does; one at a letterbox, at feedback
    or at a report of pressure names nobody: the next one would be his. Only the verb refused is not theirs: a key used
    before, or a capacity that was not named, is the slip of somebody who may."""
    theirs = verb is not None and code != Refused.code
    nameless = theirs and verb in SAID_WITHOUT_A_NAME
    secret = verb is not None and (ABOUT[verb].kind in OF_THE_NIGHT or in_confidence(verb))
    closed = in_custody or nameless or (theirs and (secret or passes_on(role, verb)))
    return Entry(
        id=id,
        at=_blurred(at, nameless, closed, verb in BY_THE_WEEK),
        actor=None if in_custody or nameless else actor,
        client=None if nameless else client,
        role="NONE" if role is None else _role(role, nameless),
        assignment=None,
        purpose=None,
        verb=verb or "NONE",
        family=ABOUT[verb].family if verb else Family.LOOK,
        rule=None,
        outcome=outcome,
        code=code,
        prison=prison,
        jurisdiction=jurisdiction,
        closed=closed,
        nameless=nameless,
    )


def _blurred(at: datetime, nameless: bool, closed: bool, weekly: bool = False) -> datetime:
    """The instant as it is kept: to the day for what names nobody (`weekly`: what somebody said, to the week), to the
    hour for what is closed (rules 1 and 4). Not only shown so: a dump of the ledger must not tell more than its readers
    see."""
    if nameless:
        day = at.replace(hour=0, minute=0, second=0, microsecond=0)
        return day - timedelta(days=day.weekday()) if weekly else day
    return at.replace(minute=0, second=0, microsecond=0) if closed else at


def _role(role: Role, nameless: bool) -> Role:
    """The capacity as a line tells it. Of what names nobody it is one for everybody in custody: there may be one
    supporter, and he is known."""
    return Role.PERSON_IN_CUSTODY if nameless and role in IN_CUSTODY else role


def _one(fact: frozenset[object] | None) -> str | None:
    return str(next(iter(fact))) if fact and len(fact) == 1 else None


@cache
def noted_of(kind: type[Record]) -> tuple[str, ...]:
    """The fields of a record that its sight is noted by."""
    return ("id", *(name for name in ("closed", "prison") if name in kind.shape.fields))
