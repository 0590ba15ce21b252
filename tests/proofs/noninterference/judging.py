"""Two worlds, one viewer: whether they are alike to him, and whether he can tell them apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from domain.confidentiality.about import ABOUT
from domain.confidentiality.record import KINDS, Record
from domain.confidentiality.verbs import Verb
from tests.http import cast
from tests.http.operations import OPERATIONS
from tests.http.world import actor_of
from tests.proofs.noninterference import cleared
from tests.proofs.noninterference.cleared import Eyes, eyes
from tests.proofs.noninterference.house import Heard, House
from tests.proofs.noninterference.knowledge import cleared_for
from tests.proofs.noninterference.release import release
from tests.proofs.noninterference.runs import Run, World, end_of
from tests.proofs.noninterference.state import Key, base, changed, differing
from tests.proofs.noninterference.traces import Step, Trace

Records = Mapping[Key, Record]


@dataclass(frozen=True, slots=True)
class Difference:
    """What tells the worlds apart: at which step, in which way, and what was heard in each."""

    step: int
    way: str
    one: str
    other: str


@dataclass(slots=True)
class Verdict:
    """What a trace came to: not comparable (`discarded`, with why), no difference, or one."""

    discarded: str = ""
    found: Difference | None = None
    runs: tuple[Run, ...] = field(default=())

    @property
    def requests(self) -> int:
        """How many were sent."""
        return sum(run.requests for run in self.runs)


def alike(viewer: str, one: Records, other: Records, now: datetime = cast.START) -> str:
    """Why the states are not alike to the viewer; empty: they are. He is cleared for no difference, and what is
    released to him is the same."""
    seeing, there = eyes(viewer, one.values(), now), eyes(viewer, other.values(), now)
    differ = differing(one, other)
    if any(seeing.facts(one.get(k)) != there.facts(other.get(k)) for k in differ):
        return "cleared"
    if not differ:
        return "same"
    a, b = release(seeing, one), release(there, other)
    return next((f"released: {name}" for name in a if a[name] != b[name]), "")


def judged(house: House, trace: Trace) -> Verdict:
    """Run both worlds and compare."""
    first, second = base(), changed(base(), trace.secrets)
    why = alike(trace.viewer, first.all(), second.all())
    if trace.secrets and why and not (why == "same" and first != second):
        return Verdict(why)
    one = World(house, first, trace).to_the_end(others=True)
    other = World(house, second, trace).to_the_end(others=False, given=one.asked)
    verdict = Verdict(runs=(one, other))
    if trace.highs:
        verdict.discarded, verdict.found = _of_others(trace, one, other)
        if verdict.discarded or verdict.found:
            return verdict
    verdict.found = _first_difference(trace, one, other)
    if verdict.found and trace.secrets and first != second:
        then = alike(trace.viewer, first.all(), second.all(), one.instants[verdict.found.step])
        if then not in ("", "same"):  # what was secret at the beginning is in force by now
            verdict.discarded, verdict.found = f"by then {then}", None
    return verdict


def _first_difference(trace: Trace, one: Run, other: Run) -> Difference | None:
    mine = _own(trace.viewer, base().records.values())
    for index, (a, b) in enumerate(zip(one.heard, other.heard, strict=True)):
        if way := told_apart(a, b):
            return Difference(index, way, told(a), told(b))
        if one.asked[index].method not in ("GET", "HEAD") and 200 <= a.status < 300:
            now = _own(trace.viewer, one.states[index].values())
            if now != mine and alike(trace.viewer, one.states[index], other.states[index], one.instants[index]) not in (
                "",
                "same",
            ):
                return None  # by his own act, a duty declared, he may know the difference from here on
            mine = now
    last = len(trace.steps) - 1
    if one.log != other.log:
        return Difference(last, "log", one.log, other.log)
    return _end(trace, one, other, last) or _overwritten(trace, one, other, last)


def noticed(house: House, trace: Trace, verdict: Verdict) -> bool | None:
    """P5: whether somebody who is cleared for the secret, asking the same, is told of it. None: nobody is cleared. What
    others do has been done when he asks: his own requests have other looks, in the middle of which it might come late.
    """
    one, other = verdict.runs
    trace = replace(trace, highs=tuple(replace(high, call=0) for high in trace.highs))
    ends = base().all(), changed(base(), trace.secrets).all()
    if trace.highs:
        ends = end_of(one), end_of(other)
    secret = [k for k in differing(*ends) if k[0] != "ledger-line" or not trace.highs]
    able = [name for k in secret for name in cleared_for(ends[0].get(k), ends[1].get(k)) if name != trace.viewer]
    for name in dict.fromkeys(able[:2]):
        told = World(house, base(), trace).to_the_end(others=True, given=one.asked, by=name)
        second = changed(base(), trace.secrets)
        besides = World(house, second, trace).to_the_end(others=False, given=one.asked, by=name)
        verdict.runs = (*verdict.runs, told, besides)
        if any(told_apart(a, b) for a, b in zip(told.heard, besides.heard, strict=True)):
            return True
    return False if able else None


def told_apart(a: Heard, b: Heard) -> str:
    """In which way two answers differ; empty: in none."""
    if a == b:
        return ""
    ways = ("status", "headers", "body", "asked")
    return next(("work" if w == "asked" else w for w in ways if getattr(a, w) != getattr(b, w)), "")


def told(heard: Heard) -> str:
    """An answer as it is printed beside another."""
    lines = [str(heard.status), *(f"{n}: {v}" for n, v in heard.headers), "", heard.body.decode("utf-8", "replace")]
    return "\n".join([*lines, f"[store: {', '.join(' '.join(c).strip() for c in heard.asked)}]"])


def _own(viewer: str, records: Iterable[Record]) -> object:
    return cleared.own_rows(viewer, records)


def _end(trace: Trace, one: Run, other: Run, last: int) -> Difference | None:
    """P1: the end states are alike again."""
    ends = end_of(one), end_of(other)
    now = one.instants[-1]
    seeing = [eyes(trace.viewer, end.values(), now) for end in ends]
    for key in differing(*ends):
        a, b = (eye.facts(end.get(key)) for eye, end in zip(seeing, ends, strict=True))
        if a != b and not _left_by_others(trace, key):
            return Difference(last, f"end state: {key[0]} {key[1]}", str(a), str(b))
    return None


def _left_by_others(trace: Trace, key: Key) -> bool:
    """Their lines; and where a scheme stood when the clock last looked, which is of facts that are released."""
    return key[0] in ("ledger-line", "scheme-status") and bool(trace.highs)


_SPENT = {
    "subscription": frozenset({"secret", "secret_before", "secret_before_until"}),
    "person-merge": frozenset({"undo"}),
}
"""What an act replaces or uses up without showing it: that is what it is for."""


def _overwritten(trace: Trace, one: Run, other: Run, last: int) -> Difference | None:
    """P3: a secret that was there before is there still: what a viewer cannot see he cannot overwrite blindly."""
    if trace.highs or any(step.method == "TICK" for step in trace.steps):
        return None
    starts = base().records, changed(base(), trace.secrets).records
    for key in differing(*starts):
        for start, run in zip(starts, (one, other), strict=True):
            was, now = start.get(key), run.store.records.get(key)
            if was is None or was is now:
                continue
            unseen = set(was.shape.fields) - seeing_of(trace.viewer, start).fields(was) - {"version"}
            unseen -= _SPENT.get(key[0], frozenset())
            lost = sorted(n for n in unseen if now is None or not _kept_or_his(trace, getattr(was, n), getattr(now, n)))
            if lost:
                return Difference(last, f"overwritten: {key[0]} {', '.join(lost)}", repr(was), repr(now))
    return None


def _kept_or_his(trace: Trace, was: object, now: object) -> bool:
    """Whether it is as it was; or says, in its place or behind it, that the viewer himself did something."""
    me = actor_of(trace.viewer)
    return now in (was, me) or (isinstance(was, tuple) and now == (*was, me))


def seeing_of(viewer: str, records: Records) -> Eyes:
    """The viewer's eyes at the beginning."""
    return eyes(viewer, records.values(), cast.START)


# --- what others did -------------------------------------------------------------------------------------------------

_VERB = {(o.method, o.template): o.verb for o in OPERATIONS}


_GOES_ALONG: Final = frozenset({"enrolment-goal", "follow-up", "appointment"})
"""What is open of an enrolment is his mentor's, whoever that is now: he reads it, and who was it before does not."""
_GONE: Final = frozenset({"vacancy", "enrolment", "supervision", "session", "roster-entry", "mandate"}) | _GOES_ALONG
_TOLD_BESIDES: Final[Mapping[Verb | None, frozenset[str]]] = {
    Verb.PUBLISH_PROPOSAL: frozenset({"outcome"}),
    Verb.UNPUBLISH_PROPOSAL: frozenset({"outcome"}),
    # That a talk is booked, or was held, is for those who see to it that there are any; what was said, for the two.
    Verb.BOOK_SUPERVISION_TALK: frozenset({"supervision"}),
    Verb.HOLD_SUPERVISION_TALK: frozenset({"supervision"}),
    Verb.MISS_SUPERVISION_TALK: frozenset({"supervision"}),
    # After a death support is offered in the same act, whoever it was.
    Verb.RECORD_DEATH: frozenset({"postvention", "postvention-task"}),
    # What a review does not explain goes into the register of breaches, for those who read that.
    Verb.REVIEW_UNUSUAL_LOOK: frozenset({"breach"}),
    # On which days somebody is away is for those who plan with him; why, for fewer.
    Verb.KEEP_ABSENCE: frozenset({"supporter"}),
    Verb.SIGN_OFF: frozenset({"supporter"}),
    Verb.JOIN_COHORT: frozenset({"supporter"}),
    Verb.NOTE_PRACTICE: frozenset({"supporter"}),
    Verb.DECIDE_APPEAL: frozenset({"supporter"}),
    # Who is taken on fills an advertised place; who leaves is gone from all that he was to do.
    Verb.DECIDE_APPLICATION: frozenset({"vacancy"}),
    Verb.STAND_DOWN_SUPPORTER: _GONE,
    Verb.DECIDE_SUSPENSION: _GONE | {"supporter"},
    # With a hand-over his supervision ends, and his learners know that he is gone.
    Verb.START_HAND_OVER: frozenset({"supervision", "enrolment", "mandate"}) | _GOES_ALONG,
    # What was planned goes with a learner to his wing, and is off when his mentor changes or he leaves: those who read
    # of his sessions read that.
    Verb.AMEND_ENROLMENT: frozenset({"session"}),
    Verb.CHANGE_MENTOR: frozenset({"session"}) | _GOES_ALONG,
    Verb.SUCCEED_ENROLMENT: _GOES_ALONG,
    Verb.END_ENROLMENT: frozenset({"session"}) | _GOES_ALONG,
    # From there another prison goes on, by his own yes: to those who ran it, a flag.
    Verb.CARRY_ON_ENROLMENT: frozenset({"enrolment"}),
    # What is to be seen to after a contact is for whoever sees to it; who was met waits for nobody any more.
    Verb.RECORD_INDUCTION: frozenset({"follow-up", "arrival"}),
    Verb.KEEP_SUPPORT_RECORD: frozenset({"follow-up"}),
    Verb.RECORD_SESSION: frozenset({"follow-up"}),
    # How many came to a group follows from who did.
    Verb.KEEP_GROUP_PLACE: frozenset({"group-session"}),
    Verb.NOTE_GROUP_PLACE: frozenset({"group-session"}),
    # How to ask, and where the boxes hang, is told with the scheme from the day on which it is published.
    Verb.PUBLISH_CHARTER: frozenset({"scheme"}),
    # Who is on the rota is for all who read it, once it is published or withdrawn; what was wished, for the two of it.
    Verb.ASK_ROTA_WISH: frozenset({"roster-entry"}),
    Verb.ANSWER_ROTA_WISH: frozenset({"roster-entry"}),
    Verb.DECIDE_ROTA_WISH: frozenset({"roster-entry"}),
    # An offer is there for whom it is made to.
    Verb.OPEN_POSTVENTION: frozenset({"postvention-task"}),
    # What was joined is taken apart: each row is read again by those who read it before, as whose it was.
    Verb.REVERSE_PERSON_MERGE: frozenset(k for k in KINDS if k != "request"),
    # A passport says when it was last shown: to the man himself, and to those who read it.
    Verb.VERIFY_PASSPORT: frozenset({"passport"}),
}
"""What an act is there to show besides the record that it is about: where that is seen to move, the pair is none."""


def verb_of(step: Step) -> Verb | None:
    """The verb of what somebody did."""
    parts = ["{id}" if (len(p) == 36 and p.count("-") == 4) or p == "{high}" else p for p in step.path.split("/")]
    return _VERB.get((step.method, "/".join(parts)))


def _of_others(trace: Trace, one: Run, other: Run) -> tuple[str, Difference | None]:
    """Whether what others did was only on what the viewer may not know (else the pair is none), and touched nothing
    besides that he sees (else that is a leak by itself)."""
    if not one.high:
        return "nothing done", None
    for run in (one, other):
        for done in run.high:
            before, after = done.before, done.after
            verb = verb_of(done.step)
            about = None if verb is None else ABOUT[verb].kind
            sees = [eyes(trace.viewer, records.values(), done.at) for records in (before, after)]
            moved = [k for k in {**before, **after} if before.get(k) is not after.get(k)]
            seen = [k for k in moved if sees[0].facts(before.get(k)) != sees[1].facts(after.get(k))]
            if any(key[0] == about or key[0] in _TOLD_BESIDES.get(verb, ()) for key in seen):
                return "cleared", None
            a, b = release(sees[0], before), release(sees[1], after)
            if changed_release := next((n for n in a if a[n] != b[n]), None):
                return f"released: {changed_release}", None
            if seen:
                kind, id = seen[0]
                facts = [str(s.facts(r.get(seen[0]))) for s, r in zip(sees, (before, after), strict=True)]
                return "", Difference(0, f"{verb} moved what he sees: {kind} {id}", *facts)
    a, b = (release(eyes(trace.viewer, end.values(), one.instants[-1]), end) for end in (end_of(one), end_of(other)))
    if changed_release := next((n for n in a if a[n] != b[n]), None):
        return f"released by the end: {changed_release}", None  # what was done comes to tell in time
    return _lines(trace, one, other)


def _end_of(heard: Heard) -> tuple[int, bytes]:
    """How it ended: done, or refused and why."""
    return heard.status, heard.body if heard.status >= 400 else b""


def _lines(trace: Trace, one: Run, other: Run) -> tuple[str, Difference | None]:
    """Lines of the ledger that a reader is cleared for. Where others did the like in both worlds (a twin), the lines
    say the same; where one of whose acts he reads did something in one world alone, the pair is none."""
    mine: list[dict[Key, object]] = []
    for end in (end_of(one), end_of(other)):
        seeing = eyes(trace.viewer, end.values(), one.instants[-1])
        lines = {k: seeing.facts(r) for k, r in end.items() if k[0] == "ledger-line"}
        mine.append({k: facts for k, facts in lines.items() if facts is not None})
    if mine[0] == mine[1]:
        return "", None
    alone = [str(step.by) for high in trace.highs if not high.twins for step in high.steps]
    if any(seeing_of(trace.viewer, base().records).reads_lines_of(by) for by in alone):
        return "a line that he reads", None
    ends = [[_end_of(d.heard) for d in run.high if str(d.step.by) not in alone] for run in (one, other)]
    if ends[0] != ends[1]:
        return "no twin", None
    a, b = (sorted(map(str, lines.values())) for lines in mine)
    return "", Difference(0, "ledger lines", "\n".join(a), "\n".join(b))
