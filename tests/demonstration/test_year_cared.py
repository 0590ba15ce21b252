"""How the demonstration's supporters are looked after: there is something in each list, and it is true to the rules."""

from datetime import datetime

from api.demonstration.people import PRISONS
from api.demonstration.year import Year
from domain.care.cover import CoverNeed
from domain.care.debriefs import Debrief, DebriefState
from domain.care.pattern import RotaLine
from domain.care.roster import RosterEntry
from domain.care.supervision import Supervision
from domain.care.wellbeing import WellbeingCheck
from domain.care.wish import RotaWish
from domain.confidentiality.roles import Role
from domain.oversight.record import Assignment, Job, JobKind, JobState
from domain.schemes.kinds import kind_of
from domain.supporters.record import Standing, Supporter
from tests.demonstration.stage import by_id, of


def test_all_but_one_are_supervised(year: Year, now: datetime) -> None:
    """Nobody twice, in each live scheme; one's is late, and no scheme is at risk by it."""
    people, running = by_id(of(year, Supporter)), of(year, Supervision)
    assert len({s.supporter for s in running}) == len(running)
    for scheme in {s.scheme for s in running}:
        active = {p.id for p in people.values() if p.scheme == scheme and p.standing is Standing.ACTIVE}
        mine = [s for s in running if s.scheme == scheme]
        assert len(active - {s.supporter for s in mine}) == 1
        assert [s.overdue(now) for s in mine].count(True) == 1
        assert not any(s.forsaken(now) for s in mine)
    assert {s.prison for s in running} == {p.code for p in PRISONS}


def test_each_place_on_the_rota_has_its_talk(year: Year) -> None:
    """In a band of the kind, for one who is active; the talk opens with the band's end, and nothing is said before."""
    people, entries = by_id(of(year, Supporter)), by_id(of(year, RosterEntry))
    talks = of(year, Debrief)
    assert {d.entry for d in talks} == set(entries)
    for entry in entries.values():
        who = people[entry.supporter]
        assert (who.standing, who.name) == (Standing.ACTIVE, entry.name)
        assert entry.band in kind_of(who.kind).bands
    for talk in talks:
        assert talk.state is DebriefState.DUE or talk.opens_at < talk.due_by
        assert (talk.hard is None) is (talk.state is DebriefState.DUE)


def test_more_than_five_said_how_they_are(year: Year) -> None:
    """So counts may be shown; each is heard by his supervisor, and by nobody else."""
    heard = {s.supporter: s.supervisor for s in of(year, Supervision) if s.hears}
    checks = of(year, WellbeingCheck)
    assert {c.supporter: c.supervisor for c in checks} == heard
    assert len([c for c in checks if c.prison == "MDI"]) > 5


def test_a_pattern_fills_half_of_what_is_needed(year: Year) -> None:
    """One line for each band of which something is said, by somebody who is active: there is a gap, and one to fill."""
    people, lines, needs = by_id(of(year, Supporter)), of(year, RotaLine), of(year, CoverNeed)
    assert needs
    assert {(n.scheme, n.weekday, n.band) for n in needs} == {(x.scheme, x.weekday, x.band) for x in lines}
    assert len(lines) == len(needs)
    for line in lines:
        who = people[line.supporter]
        assert (who.standing, who.scheme) == (Standing.ACTIVE, line.scheme)
        assert line.band in kind_of(who.kind).bands


def test_something_waits_on_the_rota(year: Year, now: datetime) -> None:
    """In each scheme with a rota: two who would change places and have said yes, each about a band that he has and that
    is still to come; one who would drop his; and a proposal that his coordinator asked for, and nobody made up."""
    people, rota = by_id(of(year, Supporter)), of(year, RosterEntry)
    has = {(e.supporter, e.day, e.band) for e in rota}
    for scheme in {e.scheme for e in rota}:
        wishes = by_id([w for w in of(year, RotaWish) if w.scheme == scheme])
        assert sorted(f"{w.wish} {w.state}" for w in wishes.values()) == ["DROP ASKED", "SWAP AGREED", "SWAP AGREED"]
        for wish in wishes.values():
            assert (wish.person, list(wish.faults()), wish.lapsed(now)) == (people[wish.supporter].person, [], False)
            whose = wish.other if wish.asked_of_him else wish.supporter
            assert (whose, wish.day, wish.band) in has
            if wish.side is not None:
                other = wishes[wish.side]
                assert (other.side, other.supporter, other.other) == (wish.id, wish.other, wish.supporter)
        (job,) = [j for j in of(year, Job) if j.scheme == scheme]
        assert (job.kind, job.state, job.result) == (JobKind.ROTA, JobState.WAITING, None)
        assert Role.COORDINATOR in {a.role for a in of(year, Assignment) if a.holder == job.author}
