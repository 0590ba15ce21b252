"""The records of oversight. The ledger's lines are read like any record, and never written like one."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from domain.confidentiality.classification import Casework, Identity, Open, Operational, Security
from domain.confidentiality.principal import PrincipalKind
from domain.confidentiality.record import Record, record
from domain.confidentiality.roles import Role
from domain.kernel.bands import Band
from domain.kernel.ids import ActorId, AssignmentId, DutyId, EntryId, EnvelopeHoldId, JobId, PersonId, SchemeId


@record(kind="actor", kept="until erased: this row alone joins our id to an identity (rule 4)")
class Actor(Record):
    """Staff, a partner or a client as we know them; never a prisoner. `person` is set for one who was in custody
    (rule 30)."""

    id: Open[ActorId]
    version: Open[int] = 0
    issuer: Operational[str]
    subject: Identity[str]
    kind: Operational[PrincipalKind]
    person: Operational[PersonId | None] = None


@record(kind="assignment", kept="six years after it ends")
class Assignment(Record):
    """That somebody may act in a role, where, and until when. Made by one person and, for roles that read
    participation, casework or the ledger, confirmed by a second of another organisation (rule 14)."""

    id: Open[AssignmentId]
    version: Open[int] = 0
    holder: Operational[ActorId]
    issuer: Operational[str]
    subject: Identity[str]
    principal_kind: Operational[PrincipalKind]
    role: Operational[Role]
    jurisdiction: Open[str]
    prison: Open[str | None] = None
    """None: every prison of the jurisdiction; national roles only."""
    scheme: Operational[SchemeId | None] = None
    """The one scheme to which it is bounded; None: every scheme of its prison, or of its partner."""
    organisation: Operational[str]
    """Whose person the holder is; for a partner's volunteer also what the reach is bounded by."""
    visit_days: Operational[tuple[date, ...]] = ()
    """Partner volunteers: the days of their visits. Empty: no bound was set."""
    starts_on: Operational[date]
    """The first day on which it holds."""
    ends_on: Operational[date]
    """The last day on which it holds."""
    proposed_by: Operational[ActorId | None] = None
    proposer_organisation: Operational[str | None] = None
    confirmed_by: Operational[ActorId | None] = None
    needs_second: Operational[bool]
    """It holds only once a second person has confirmed it."""
    ended_at: Operational[datetime | None] = None
    last_used_on: Operational[date | None] = None
    """The day of its last use: ninety days without one end it."""


@record(kind="duty", kept="thirty days")
class Duty(Record):
    """'I am on these wings until this band ends.' Gives wing reach for that time (rule 13)."""

    id: Open[DutyId]
    version: Open[int] = 0
    author: Operational[ActorId]
    jurisdiction: Open[str]
    prison: Open[str]
    wings: Operational[tuple[str, ...]]
    """The wings whose live requests its holder reaches while it lasts."""
    band: Operational[Band]
    starts_at: Operational[datetime]
    ends_at: Operational[datetime]
    """The band's end."""


class JobState(StrEnum):
    """Where a job stands."""

    FOR_A_SECOND = "FOR_A_SECOND"
    """A chronology: it is seen to whether it may be made, or it waits until a second person has asked for the same."""
    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"


class JobKind(StrEnum):
    """What long work there is."""

    SCHEME_SUMMARY = "SCHEME_SUMMARY"
    TURNOVER = "TURNOVER"
    """The forecast of every scheme of the jurisdiction, in counts that may leave a prison."""
    ROTA = "ROTA"
    """Who might be on a scheme's rota in the four weeks that begin next Monday, where it is short."""
    EVALUATION = "EVALUATION"
    """The report of a scheme's evaluation, with its plots; `/v1/jobs/{id}/report.html` has it as a page."""
    EVIDENCE = "EVIDENCE"
    """What inspectors and monitors ask for, of a prison, or one scheme of it, and a quarter that is over;
    `/v1/jobs/{id}/evidence` has it."""
    EXPORT = "EXPORT"
    """A register of a scheme for a spreadsheet; `/v1/jobs/{id}/export.csv` has it, for a day."""
    CHRONOLOGY = "CHRONOLOGY"
    """For coroner and ombudsman, of one person after a death; `/v1/jobs/{id}/chronology` has it."""


class ExportOf(StrEnum):
    """What may be had for a spreadsheet, row by row. None of it names anybody in custody, and nothing of a closed
    policy's use is among it (rule 3)."""

    RISKS = "RISKS"
    STAKEHOLDERS = "STAKEHOLDERS"
    RESOURCES = "RESOURCES"
    PUBLICITY = "PUBLICITY"
    SPOT_CHECKS = "SPOT_CHECKS"
    ROUTINE_CHECKS = "ROUTINE_CHECKS"
    ACTIONS = "ACTIONS"
    COVER_NEEDS = "COVER_NEEDS"


@record(
    kind="job",
    kept="thirty days after it ends, or no second person asked; the file of an export one day, a chronology seven",
    parties=("person",),
)
class Job(Record):
    """Long work: started by an act, done in a child process, its result passed through disclosure again when read.
    Its maker alone may read it. `progress` in per cent."""

    id: Open[JobId]
    version: Open[int] = 0
    author: Operational[ActorId]
    jurisdiction: Open[str]
    prison: Open[str | None] = None
    """None: it is about every prison of the jurisdiction."""
    kind: Operational[JobKind]
    scheme: Operational[SchemeId | None] = None
    """The scheme that it is about; None: none."""
    quarter: Operational[date | None] = None
    """Of `EVIDENCE`: the first day of the quarter that it is about."""
    exported: Operational[ExportOf | None] = None
    """Of `EXPORT`: what is exported."""
    rule: Operational[str | None] = None
    """Of `EXPORT`: the rule by which its maker reads what is exported."""
    hold: Operational[EnvelopeHoldId | None] = None
    """Of `CHRONOLOGY`: the hold after the death."""
    person: Security[PersonId | None] = None
    """Of `CHRONOLOGY`: whom it is about, if he is known here; told to nobody."""
    about: Security[str | None] = None
    """Of `CHRONOLOGY`: a keyed hash of the hold and the number that was asked for; told to nobody."""
    state: Operational[JobState] = JobState.WAITING
    progress: Operational[int] = 0
    """Per cent, 0 to 100."""
    made_at: Operational[datetime]
    ended_at: Operational[datetime | None] = None
    result: Operational[dict[str, Any] | None] = None
    """Counts that passed disclosure control when they were made; of `ROTA` who is proposed, for his coordinator."""
    file: Casework[str | None] = None
    """Of `EVIDENCE`, `EXPORT` and `CHRONOLOGY`: what was made, as JSON. It is fetched at an address of its own, under
    the rules of that, and told to nobody here."""


@record(kind="ledger-line", kept="six years", judged=("author",), embargo="readable_from")
class LedgerLine(Record):
    """What a reader of the ledger sees of an entry: conduct, never a person in custody. For closed-policy
    participation and casework `at` is the hour and `act` the family (rules 4 and 15), and nobody reads it before that
    hour is over."""

    id: Open[EntryId]
    version: Open[int] = 0
    at: Operational[datetime]
    readable_from: Operational[datetime]
    actor: Operational[ActorId | None]
    author: Operational[ActorId | None]
    """The actor again, so that one's own acts can be told from others' (nobody reviews his own)."""
    client: Operational[str | None]
    role: Operational[str]
    purpose: Operational[str | None]
    act: Operational[str]
    rule: Operational[str | None]
    outcome: Operational[str]
    code: Operational[str | None]
    jurisdiction: Open[str | None]
    prison: Open[str | None]
