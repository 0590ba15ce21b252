"""What is released: the facts that a viewer may learn though no grant shows them to him, each with its reason.

This is the whole list. Two worlds in which one of these differs for a viewer are not alike to him and not compared. So
every line weakens the proof: it is read by whoever reviews the policy, it is a function of the state and of what the
viewer may do, and it says no more than the service has to tell. Whatever is not in it must not differ by a byte.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from domain.care.load import Shift
from domain.care.roster import RosterEntry, RosterState, shift_of
from domain.care.supervision import Supervision
from domain.confidentiality.classification import Classification
from domain.confidentiality.record import R, Record
from domain.confidentiality.roles import SECOND_PERSON, Role
from domain.confidentiality.verbs import Verb
from domain.kernel.counts import released as rounded
from domain.kernel.days import local_day
from domain.kernel.ids import SupporterId
from domain.life.acts import leads
from domain.life.ready import Ready, at_risk_for, missing
from domain.life.status import status
from domain.oversight.assignments import effective
from domain.oversight.jobs import FETCHED
from domain.oversight.record import Actor, Assignment, Job, JobKind, JobState
from domain.packs.chronology import ASKS
from domain.packs.evidence import READERS
from domain.packs.exporting import EXPORTED
from domain.people.record import Person
from domain.schemes.exceptions import ExceptionList
from domain.schemes.kinds import kind_of
from domain.schemes.made import KindVersion, kind_in
from domain.schemes.publication import PublicationState
from domain.schemes.record import Scheme, SchemeState
from domain.schemes.registers.places import MeetingPlace
from domain.sessions.matching import Facts, stopped
from domain.sessions.offering import BUSY
from domain.sessions.record import ENDINGS, Enrolment, Session
from domain.sessions.request import Request, RequestState
from domain.supporters.record import IN_ROLE, Standing, Supporter
from domain.supporters.recruiting.assessing import Assessment
from tests.plans import held_by
from tests.proofs.noninterference.cleared import Eyes
from tests.proofs.noninterference.state import Key

Records = Mapping[Key, Record]
Released = Callable[[Eyes, Records], Any]
RELEASES: list[Released] = []
_IN_ROLE = (Standing.ACTIVE, Standing.PROBATION)
_ASKED = (RequestState.RECEIVED, *BUSY)
_NAMES_A_NUMBER = (
    *(Verb.APPLY, Verb.ENROL, Verb.RECORD_INDUCTION),
    *(Verb.NOTE_ARRIVAL, Verb.KEEP_SUPPORT_RECORD, Verb.CARRY_ON_ENROLMENT),
)


def released(function: Released) -> Released:
    """Put it on the list. Without a reason it is not released."""
    if not (function.__doc__ or "").strip():
        raise TypeError(f"{function.__name__} is released for no reason")
    RELEASES.append(function)
    return function


def release(viewer: Eyes, records: Records) -> dict[str, Any]:
    """All that is released to this viewer in this state."""
    ordered = _Ordered(records)
    return {function.__name__: function(viewer, ordered) for function in RELEASES}


class _Ordered(dict[Key, Record]):
    """The records, and beside them those of each kind: each released fact asks for several, and of each scheme."""

    def __init__(self, records: Records) -> None:
        super().__init__(records)
        self.kinds: dict[type[Record], list[Any]] = {}
        for record in self.values():
            self.kinds.setdefault(type(record), []).append(record)


def _of(records: Records, kind: type[R]) -> list[R]:
    if isinstance(records, _Ordered):
        return records.kinds.get(kind, [])
    return [r for r in records.values() if isinstance(r, kind)]


def _here(viewer: Eyes, verb: Verb, record: Any) -> bool:
    """Whether the record is of a prison in which the viewer does this."""
    for capacity, _ in viewer.may(verb):
        prisons, walls = capacity.fact("prisons"), capacity.fact("jurisdictions") or ()
        if record.jurisdiction in walls and (prisons is None or record.prison in prisons):
            return True
    return False


@released
def what_he_is(viewer: Eyes, records: Records) -> Any:
    """The rows about himself: his assignments, duties, standing as a supporter and person. `/v1/me` tells him, by
    purpose: whoever holds a role may know until when, and for what."""
    del records
    return [(r.shape.kind, *(str(getattr(r, n)) for n in r.shape.fields if n != "version")) for r in viewer.own]


@released
def where_schemes_are(viewer: Eyes, records: Records) -> Any:
    """Which schemes there are, of what kind and whether they go on: it hangs on posters. Whoever may ask in a prison is
    told by which scheme he is answered; whoever names a scheme of his own prison learns that it is one."""
    walls = {w for c in viewer.capacities for w in c.fact("jurisdictions") or ()}
    asks = bool(viewer.may(Verb.ASK))
    speaks = (
        *(Verb.GIVE_FEEDBACK, Verb.APPLY, Verb.ENROL, Verb.RECORD_INDUCTION, Verb.START_JOB, Verb.HAND_IN_TALLY),
        *(Verb.NOTE_ARRIVAL, Verb.KEEP_SUPPORT_RECORD, Verb.LOG_SUITE_USE),
    )
    return sorted(
        (
            str(s.id),
            s.prison,
            s.kind,
            s.organisation,
            s.closed,
            s.open,
            s.state is SchemeState.CLOSED,
        )
        for s in _of(records, Scheme)
        if (asks and s.jurisdiction in walls) or any(_here(viewer, v, s) for v in speaks)
    )


@released
def which_kinds_hold(viewer: Eyes, records: Records) -> Any:
    """The versions of kinds that were ever published where he is, with their sheets. A rule that holds for everybody is
    public there, as the ready-made kinds are: whoever is helped may read what is kept of him. Of a prison's own it is
    told to that prison, and to whoever acts for all of them."""
    return sorted(
        (k.code, k.jurisdiction, str(k.prison), k.number, k.state.value, str(sorted(k.sheet.items())))
        for k in _of(records, KindVersion)
        if k.published_on is not None or k.state is PublicationState.PUBLISHED
        if any(
            k.jurisdiction in (c.fact("jurisdictions") or ())
            and (k.prison is None or (prisons := c.fact("prisons")) is None or k.prison in prisons)
            for c in viewer.capacities
        )
    )


@released
def what_partners_promise(viewer: Eyes, records: Records) -> Any:
    """The lists of exceptions that are published in his jurisdiction: a promise that nobody may read is none."""
    walls = {w for c in viewer.capacities for w in c.fact("jurisdictions") or ()}
    return sorted(
        (p.organisation, p.jurisdiction, p.number, str(p.effective_from), str(p.exceptions))
        for p in _of(records, ExceptionList)
        if p.state is PublicationState.PUBLISHED and p.jurisdiction in walls
    )


@released
def who_is_offered_next(viewer: Eyes, records: Records) -> Any:
    """Of the schemes whose requests he may offer: which supporters can be asked now, and the rota, by which their turn
    goes. He is told the next one, or that nobody (or the one he named) is available, never why: rest, another request,
    an enemy, standing (rule 11). Of each request in his reach what decides besides: the language, and which of these
    is not wanted, said no, or asks himself. What is made of these is left to the service: so an order that goes by
    anything else is found."""
    told: list[Any] = []
    for scheme in _of(records, Scheme):
        mine = [r for r in _of(records, Request) if r.scheme == scheme.id]
        reached = [r for r in mine if viewer.reaches(Verb.OFFER_REQUEST, r)]
        if not reached and not _here(viewer, Verb.OFFER_REQUEST, scheme):
            continue
        people = [s for s in _of(records, Supporter) if s.scheme == scheme.id]
        facts = _matching(scheme, mine, records, viewer.now)
        plain: Any = SimpleNamespace(scheme=scheme.id, person=None, declined_by=(), not_wanted=(), closed=True)
        plain.prison, plain.language, plain.wing = scheme.prison, None, ""
        able = [s for s in people if not stopped(plain, s, facts)]
        asks = [
            (
                str(r.id),
                r.language,
                r.wing,
                sorted(str(s.id) for s in able if s.id in (*r.not_wanted, *r.declined_by) or s.person == r.person),
            )
            for r in reached
        ]
        rota = sorted((str(id), s.day.isoformat(), s.band.value) for id, his in facts.shifts.items() for s in his)
        people_told = sorted((str(s.id), str(s.person), s.wing, s.languages) for s in able)
        told.append((str(scheme.id), people_told, sorted(asks, key=repr), rota))
    return sorted(told, key=repr)


def _matching(scheme: Scheme, mine: list[Request], records: Records, now: datetime) -> Facts:
    shifts: dict[SupporterId, list[Shift]] = {}
    for entry in _of(records, RosterEntry):
        if entry.scheme == scheme.id and entry.state is RosterState.PUBLISHED:
            shifts.setdefault(entry.supporter, []).append(shift_of(entry))
    made = [k for k in _of(records, KindVersion) if (k.code, k.number) == (scheme.kind, scheme.kind_version)]
    return Facts(
        now=now,
        load=(kind_in(made[0]) if made else kind_of(scheme.kind)).load,
        shifts={id: tuple(his) for id, his in shifts.items()},
        busy=frozenset(r.offered_to for r in mine if r.state in BUSY and r.offered_to is not None),
        places=tuple(p for p in _of(records, MeetingPlace) if p.scheme == scheme.id),
    )


@released
def who_is_in_the_role(viewer: Eyes, records: Records) -> Any:
    """Of the schemes in which he enrols, plans or records a first meeting: which supporters are in the role now, and
    who they are. One who is not answers as off duty does, NOT_AVAILABLE, whatever the reason."""
    verbs = (Verb.ENROL, Verb.PLAN_SESSION, Verb.RECORD_INDUCTION, Verb.CHANGE_MENTOR, Verb.KEEP_SUPPORT_RECORD)
    return sorted(
        (str(s.id), str(s.scheme), str(s.person), s.prison)
        for s in _of(records, Supporter)
        if s.standing in _IN_ROLE and any(_here(viewer, v, s) for v in verbs)
    )


@released
def when_they_are_busy(viewer: Eyes, records: Records) -> Any:
    """Of the learners and mentors whom he books: when they are booked already. A clash with a booking that he cannot
    see answers NOT_AVAILABLE: busy, and no reason (DESIGN section 4)."""
    mine = [e for e in _of(records, Enrolment) if viewer.reaches(Verb.PLAN_SESSION, e)]
    booked = {p for e in mine for p in (e.person, e.supporter_person)} - {None}
    return sorted(
        (str(p), s.starts_at.isoformat(), s.ends_at.isoformat(), s.state.value)
        for s in _of(records, Session)
        for p in (s.person, s.supporter_person)
        if p in booked
    )


@released
def whose_number_is_known(viewer: Eyes, records: Records) -> Any:
    """Where he types prison numbers: our id for a number and name that he types right, and NOT_AVAILABLE for one who is
    elsewhere or called otherwise. Without it one man would become two (rule 23)."""
    walls = {w for v in _NAMES_A_NUMBER for c, _ in viewer.may(v) for w in c.fact("jurisdictions") or ()}
    if all(c.principal.kind == "IN_CUSTODY" for c in viewer.capacities):
        return []
    return sorted(
        (p.jurisdiction, p.identifier_kind, p.identifier, p.prison, p.name, str(p.id))
        for p in _of(records, Person)
        if p.jurisdiction in walls
    )


@released
def whom_an_administrator_grants(viewer: Eyes, records: Records) -> Any:
    """Whoever proposes an assignment: our id for the principal that he names; whether that one holds, anywhere, an
    administrator's role or one that reads secrets (both in one hand is refused, rule 14), and for which organisations
    (who speaks for a partner acts for no other); and that he holds the very same national role already."""
    if not viewer.may(Verb.PROPOSE_ASSIGNMENT):
        return []
    actors = [("actor", a.issuer, a.subject, a.kind.value, str(a.id)) for a in _of(records, Actor)]
    roles: dict[tuple[str, str], set[Role]] = {}
    whose: dict[tuple[str, str], set[str]] = {}
    national: list[tuple[str, ...]] = []
    for each in _of(records, Assignment):
        if effective(replace(each, needs_second=False), viewer.now.date()):
            roles.setdefault((each.issuer, each.subject), set()).add(each.role)
            whose.setdefault((each.issuer, each.subject), set()).add(each.organisation)
        if each.prison is None and each.ended_at is None:
            same = (each.holder, each.role, each.scheme, each.organisation, each.starts_on, each.ends_on)
            national.append(("national", each.jurisdiction, *map(str, same)))
    held = [
        ("held", *who, str(Role.ACCESS_ADMINISTRATOR in r), str(bool(r & SECOND_PERSON)), *sorted(whose[who]))
        for who, r in roles.items()
    ]
    return sorted([*actors, *held, *national])


@released
def rounded_counts(viewer: Eyes, records: Records) -> Any:
    """Whoever may start a summary: how many supporters of a scheme are in each standing, through disclosure control: 1
    to 7 suppressed, all else to the nearest 5 (security.md 5.2)."""
    schemes = [s for s in _of(records, Scheme) if _here(viewer, Verb.START_JOB, s)]
    counted = {s.id: Counter(x.standing.value for x in _of(records, Supporter) if x.scheme == s.id) for s in schemes}
    return sorted(
        (str(id), sorted((standing, rounded(n)) for standing, n in {**counts, "total": counts.total()}.items()))
        for id, counts in counted.items()
    )


def _facts(scheme: Scheme, records: Records, at: datetime) -> Ready:
    today = local_day(scheme, at)
    standings = Counter(s.standing for s in _of(records, Supporter) if s.scheme == scheme.id)
    lead = next((a for a in _of(records, Assignment) if a.id == scheme.supervision_lead), None)
    return Ready(
        scheme=scheme,
        today=today,
        active=standings[Standing.ACTIVE],
        in_role=sum(standings[s] for s in IN_ROLE),
        led=lead is not None and effective(lead, today),
        supervised=not any(x.scheme == scheme.id and x.forsaken(at) for x in _of(records, Supervision)),
        plans={code: scheme.id in schemes for code, schemes in held_by(records.values(), at).items()},
    )


@released
def how_schemes_stand(viewer: Eyes, records: Records) -> Any:
    """Of the schemes of which he sees where they stand, or is told what they still need: what follows from their
    supporters, from their plans and from whoever leads supervision. That a scheme is at risk, and why, is worked out
    for those who can mend it or answer for it; nobody in custody is told (domain facts 11.4). Numbers leave the prison
    rounded, and with them only what follows from rounded ones."""
    told: list[Any] = []
    for s in _of(records, Scheme):
        sees = {c for _, g in viewer.may(Verb.READ_SCHEME) if Classification.OPERATIONAL in g.sees for c in g.sees}
        reads = sees and viewer.reaches(Verb.READ_SCHEME, s)
        stands = viewer.reaches(Verb.READ_SCHEME_STATUS, s) or viewer.reaches(Verb.READ_READINESS, s)
        moves = viewer.reaches(Verb.OPEN_SCHEME, s) or viewer.reaches(Verb.LAUNCH_SCHEME, s)
        if not (reads or stands or moves):
            continue
        facts = _facts(s, records, viewer.now)
        exact = any(Classification.OPERATIONAL in g.sees for _, g in viewer.may(Verb.READ_SCHEME_STATUS))
        if not (exact or reads or moves):
            how = status(facts, viewer.now)
            counts = (how.supporters_gap, how.supporters_about, how.review_on, how.review_due)
            told.append(repr([str(s.id), how.state_about, how.gaps_about, *counts]))
            continue
        said: list[Any] = [str(s.id), s.state.value, at_risk_for(facts), s.at_risk_for, s.at_risk_since]
        if stands or moves:
            how = status(facts, viewer.now)
            counts = (how.supporters_active, how.supporters_in_role) if exact else how.supporters_about
            said += [how.gaps, how.review_on, how.review_due, counts, s.supervision_since]
            said += [missing(facts, Verb.OPEN_SCHEME), missing(facts, Verb.LAUNCH_SCHEME)]
        told.append(repr(said))
    return sorted(told)


@released
def why_a_move_is_refused(viewer: Eyes, records: Records) -> Any:
    """Whoever moves a scheme or its supporters is told what stands in the way, and only that it does. In a pilot:
    whether one more is within its limit (S21). Of a closing: whether somebody is in role, enrolled or, under an open
    policy, waits for an answer; one bit of each. Of a lead: the assignments that hold and may lead, and who holds
    each; any other is as unknown as one that never was."""
    told: list[Any] = []
    for s in _of(records, Scheme):
        mine = Counter(x.standing for x in _of(records, Supporter) if x.scheme == s.id)
        takes = any(_here(viewer, v, s) for v in (Verb.DECIDE_APPLICATION, Verb.ACTIVATE_SUPPORTER))
        if s.live_from is None and takes:
            serving = mine[Standing.ACTIVE] + mine[Standing.PAUSED]
            taken = serving + sum(mine[n] for n in (Standing.PROBATION, Standing.ACCEPTED, Standing.IN_TRAINING))
            told.append(
                ("pilot", str(s.id), str(s.pilot_limit), *(str(min(n, s.pilot_limit)) for n in (serving, taken)))
            )
        if viewer.reaches(Verb.READ_CLOSING, s) or viewer.reaches(Verb.CLOSE_SCHEME, s):
            held = any(mine[n] for n in (Standing.IN_TRAINING, *IN_ROLE))
            learns = any(e.scheme == s.id and e.state not in ENDINGS for e in _of(records, Enrolment))
            waits = not s.closed and any(r.scheme == s.id and r.state in _ASKED for r in _of(records, Request))
            told.append(("closing", str(s.id), s.state.value, str((held, learns, waits)), str(s.suspended_at)))
        if viewer.reaches(Verb.NAME_LEAD, s) or _here(viewer, Verb.ASSIGN_SUPERVISION, s):
            able = [a for a in _of(records, Assignment) if leads(a, s, viewer.now.date())]
            told += [
                ("lead", str(s.id), str(a.id), str(a.holder), a.role.value, a.organisation, str(a.ends_on))
                for a in able
            ]
    return sorted(told)


@released
def what_an_assessment_comes_to(viewer: Eyes, records: Records) -> Any:
    """Of the assessments that he reads: whether something stands in the way, and not what. Who watches over a prison is
    to see that nobody is taken on past a rule; by which rule might tell who is unwell."""
    return sorted((str(a.id), a.blocked(viewer.now)) for a in _of(records, Assessment) if viewer.knows(a))


@released
def what_was_made_for_him(viewer: Eyes, records: Records) -> Any:
    """Of his own jobs whose file is fetched at an address of its own: what the file tells, or that there is none any
    more. It is no member of the job, so that no list and no look at the job has it; there it is told to the role that
    may have it made. Of a pack the sample is told as how many were drawn, and the lines of it that he reads."""
    told: list[Any] = []
    for job in _of(records, Job):
        if job.kind in FETCHED and job.state is JobState.DONE and viewer.reaches(Verb.READ_JOB, job):
            roles = {c.role for c, _ in viewer.may(Verb.READ_JOB)}
            by = {g.rule for _, g in (viewer.may(EXPORTED[job.exported][1]) if job.exported else ())}
            if roles & {JobKind.EVIDENCE: READERS, JobKind.CHRONOLOGY: ASKS}.get(job.kind, set()) or job.rule in by:
                told.append((str(job.id), _in_the_file(viewer, records, job)))
    return sorted(told, key=repr)


def _in_the_file(viewer: Eyes, records: Records, job: Job) -> Any:
    try:
        told = dict(json.loads(job.file or "null") or {})
    except ValueError:
        return job.file  # no act makes one that cannot be read
    lines = [records.get(("ledger-line", UUID(id))) for id in told.pop("sampled", ())]
    told.pop("whole", None)
    return job.file is None, told, len(lines), sorted(str(e.id) for e in lines if e is not None and viewer.knows(e))


@lru_cache(maxsize=1)
def reasons() -> dict[str, str]:
    """Each released fact with its reason, for the report."""
    return {f.__name__.replace("_", " "): " ".join((f.__doc__ or "").split()) for f in RELEASES}
