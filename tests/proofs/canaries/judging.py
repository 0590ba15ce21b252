"""Where a canary may stand: in the body of a 2xx answer, to a viewer whose grant sees that class of field of a record
that he reaches. Nowhere else. What is wrong becomes a sentence, so that the same judge can be shown a planted fault.
"""

import json
from collections.abc import Iterator
from typing import Any

from prometheus_client import REGISTRY, generate_latest

from domain.care.leading import LEADS
from domain.care.roster import RosterEntry
from domain.confidentiality.about import ABOUT
from domain.confidentiality.classification import EVERYTHING, Classification
from domain.confidentiality.disclosure import disclose, mask
from domain.confidentiality.policy import Decision
from domain.confidentiality.record import Record
from domain.confidentiality.verbs import Verb
from domain.confidentiality.within import covers
from domain.oversight.record import Assignment, Duty, Job, JobKind
from domain.people.record import Person
from domain.schemes.registers.places import MeetingPlace
from domain.supporters.record import Supporter
from tests.http import packs_operations
from tests.http.cast import CAST, START, actor, assignment
from tests.proofs.canaries.ground import Ground, Heard
from tests.proofs.canaries.words import Canaries, Place, said

_CLIENT_OF_THE_TEST = "httpx INFO HTTP Request: "
"""Our own client's line: no line of the service, whose clients are kept quiet (`api.logs`)."""
FILES = {
    JobKind.EVIDENCE: packs_operations.EVIDENCE,
    JobKind.EXPORT: ("getJobExport",),
    JobKind.CHRONOLOGY: packs_operations.CHRONOLOGY,
}
"""Where each file that a job made is fetched."""
_FILED: dict[Verb, type[Record]] = {Verb.READ_SUPPORTER_FILE: Supporter, Verb.READ_ROSTER_FILE: RosterEntry}
"""What a file of a scheme is about."""
UNMATCHED = {"verifyPassport", "takePassport", "carryOnEnrolment"}
"""What these take was signed, or written down, before words were planted in the records behind it (a passport; a number
and a name): it is refused, as it should be."""


class Judge:
    """Judges what was heard, and counts how much of it was looked through. `broken`: something was broken on purpose,
    so that 500 is no fault by itself."""

    def __init__(self, ground: Ground, *, broken: bool = False) -> None:
        self._ground = ground
        self._broken = broken
        self._canaries = ground.canaries
        self.requests = 0
        self.bytes = 0
        self.shown: set[tuple[str, str]] = set()
        self.done: set[str] = set()
        self.faults: list[str] = []

    def judge(self, heard: Heard) -> None:
        """Look for canaries in everything that came of one request."""
        self.requests += 1
        answer = heard.answer
        if answer.status_code >= 500 and not self._broken:
            self._wrong(heard, f"answered with {answer.status_code}")
        for name, value in answer.headers.items():
            self._nowhere(heard, f"header {name}", value)
        self._answered(heard)
        for line in heard.lines:
            if not line.startswith(_CLIENT_OF_THE_TEST):
                self._nowhere(heard, "a log line", line)
        for entry in heard.entries:
            self._nowhere(heard, "the ledger", json.dumps(entry.as_json()) + repr(entry))
        for trouble in heard.troubles:
            self._nowhere(heard, "a trouble", f"{trouble!r} {trouble} {vars(trouble)} {trouble.__cause__!r}")
        for record in heard.kept:
            self.faults += [f"{heard.by}, {heard.sent}: {fault}" for fault in spoken(record, self._canaries)]

    async def judge_metrics(self) -> None:
        """Look for canaries in all that a scrape reads; and in what one would read that asked for everything that is
        registered in this process, by whichever library."""
        told = await self._ground.scraped() + generate_latest(REGISTRY).decode()
        self.bytes += len(told)
        self.faults += [f"in a metric: {self._canaries.told(found)}" for found in sorted(self._canaries.find(told))]

    def _nowhere(self, heard: Heard, where: str, text: str) -> None:
        self.bytes += len(text)
        for found in sorted(self._canaries.find(text)):
            self._wrong(heard, f"in {where}: {self._canaries.told(found)}")

    def _answered(self, heard: Heard) -> None:
        text = heard.answer.text
        self.bytes += len(text)
        found = self._canaries.find(text)
        if not heard.answer.is_success:
            for canary in sorted(found):
                self._wrong(heard, f"in a body of {heard.answer.status_code}: {self._canaries.told(canary)}")
            return
        if heard.sent.variant == "good":
            self.done.add(heard.sent.operation.name)
        for canary in sorted(found):
            place = self._allowed(heard, canary)
            if place is None:
                self._wrong(heard, f"shown without a right to it: {self._canaries.told(canary)}")
            elif isinstance(place, Place):
                self.shown.add((place.record.shape.kind, place.field))

    def _allowed(self, heard: Heard, canary: str) -> Place | str | None:
        """The place by which it may be shown; or that it is his own."""
        decision = heard.decision
        if decision is None:
            return None
        for place in self._canaries.places.get(canary, ()):
            if _sees(decision, place) and (heard.sent.method != "GET" or self._reaches(decision, place.record)):
                return place
            if _made_for_him(heard, decision, place):
                return place
            if heard.sent.operation.verb is Verb.READ_LEADERS and _leads_here(decision, place):
                return place
            if heard.sent.operation.verb is Verb.READ_NIGHT_PACK and self._is_on_paper(heard, decision, place):
                return place
            if heard.sent.operation.verb in _FILED and self._is_exported(decision, place):
                return place
            if heard.sent.operation.verb is Verb.READ_STAFF_SUBJECT_ACCESS and _was_on_duty(heard, place):
                return place
        return "his own" if canary in self._canaries.find(" ".join(self._own(heard, decision))) else None

    def _is_on_paper(self, heard: Heard, decision: Decision, place: Place) -> bool:
        """Whom that scheme has, and where they meet, is on its paper by name."""
        told = place.record
        of_it = isinstance(told, (Supporter, RosterEntry, MeetingPlace)) and str(told.scheme) in heard.sent.path
        return of_it and place.field == "name" and self._reaches(decision, told)

    def _is_exported(self, decision: Decision, place: Place) -> bool:
        """What a file of a scheme is about goes out as far as its record may be shown; a supporter by the number by
        which he came in."""
        told = place.record
        if isinstance(told, _FILED[decision.verb]):
            return place.field in mask(type(told), decision.grant.sees)[0] and self._reaches(decision, told)
        roles = (each.record for places in self._canaries.places.values() for each in places)
        return (
            isinstance(told, Person)
            and place.field == "identifier"
            and any(isinstance(r, Supporter) and r.person == told.id and self._reaches(decision, r) for r in roles)
        )

    def _reaches(self, decision: Decision, record: Record) -> bool:
        try:
            return covers(decision.reach(type(record)), decision.viewer, self._ground.world.now, record)
        except AttributeError:  # a kind that has not the fields of this reach is not reached
            return False

    def _own(self, heard: Heard, decision: Decision) -> Iterator[str]:
        """What a viewer is told of himself: in whose name he calls, for whom, and the wings that he declared."""
        yield from (str(wing) for wing in decision.viewer.fact("wings") or ())
        if heard.sent.operation.verb is Verb.READ_ME:
            principal = self._ground.world.stage.tokens[heard.by]
            yield from (principal.issuer, principal.subject)
            for capacity in heard.answer.json()["capacities"]:
                # Shown of an assignment that is his: its own row says whose it is.
                for place in self._canaries.places.get(str(capacity["organisation"]).lower(), ()):
                    if getattr(place.record, "subject", None) == principal.subject:
                        yield str(capacity["organisation"])
                yield from (w for w in capacity["wingsNow"] if self._declared(w, decision))

    def _declared(self, wing: str, decision: Decision) -> bool:
        places = self._canaries.places.get(wing.lower(), ())
        return any(getattr(place.record, "author", None) == decision.viewer.actor for place in places)

    def _wrong(self, heard: Heard, what: str) -> None:
        if len(self.faults) < 50:
            self.faults.append(f"{heard.by}, {heard.sent}: {what}")


def _leads_here(decision: Decision, place: Place) -> bool:
    """Who names the lead of a scheme is told who may be it: staff and partners of the prison, by login and firm."""
    told, prisons = place.record, decision.viewer.fact("prisons")
    return (
        isinstance(told, Assignment)
        and place.field in ("subject", "organisation")
        and told.role in LEADS
        and told.prison is not None
        and (prisons is None or told.prison in prisons)
    )


def _was_on_duty(heard: Heard, place: Place) -> bool:
    """A member of staff is told of his own duties, through whoever sees to his request."""
    duty = place.record
    whose = (actor(name) for name in CAST if CAST[name].role and str(assignment(name)) in heard.sent.path)
    return isinstance(duty, Duty) and place.field == "wings" and duty.author in whose


def _made_for_him(heard: Heard, decision: Decision, place: Place) -> bool:
    """What a job made is told to whoever had it made, at the address of its kind and nowhere else."""
    told = place.record
    return (
        isinstance(told, Job)
        and place.field == "file"
        and told.author == decision.viewer.actor
        and heard.sent.operation.name in FILES[told.kind]
    )


def _sees(decision: Decision, place: Place) -> bool:
    kind = type(place.record)
    return ABOUT[decision.verb].kind == kind.shape.kind and place.field in mask(kind, decision.grant.sees)[0]


def spoken(record: Record, canaries: Canaries) -> Iterator[str]:
    """What the `repr` of a record, or of a view of all of it, tells though its field is not open."""
    views: list[Any] = [record, disclose(record, EVERYTHING, START)]
    told = canaries.find(" ".join(map(repr, views)))
    for name, field in record.shape.fields.items():
        if field.mark.classification is not Classification.OPEN:
            for found in told & canaries.find(said(getattr(record, name))):
                yield f"in a repr of {record.shape.kind}: {canaries.told(found)}"
