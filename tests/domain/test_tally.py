"""A Listener's tally: handed in, answered with one constant receipt, and never read back (rule 1)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.confidentiality.about import ABOUT
from domain.confidentiality.grants import GRANTS
from domain.confidentiality.record import KINDS
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent, Unacceptable
from domain.sessions.codes import Concern, DurationBand, YesNoUnknown
from domain.sessions.handing_in import hand_in
from domain.sessions.tally import BOX, MOST_CONCERNS, RECEIPT, DayOrNight, Tally, tally_of
from tests.domain.world import PRISON, World, codes, paths

TALLY: dict[str, Any] = {
    "month": "2026-01",
    "part": DayOrNight.NIGHT,
    "duration": DurationBand.FROM_60_TO_120,
    "concerns": (Concern.BEREAVEMENT, Concern.LONELINESS),
    "first_time": YesNoUnknown.YES,
    "suicidal_feelings": YesNoUnknown.UNKNOWN,
    "self_harm": YesNoUnknown.NO,
}
OTHER: dict[str, Any] = {
    "month": "2025-12",
    "part": DayOrNight.DAY,
    "duration": DurationBand.UNDER_15,
    "concerns": (),
    "first_time": YesNoUnknown.NO,
    "suicidal_feelings": YesNoUnknown.YES,
    "self_harm": YesNoUnknown.YES,
}


async def test_every_tally_gets_one_receipt(world: World) -> None:
    """Whatever is handed in, by whom and how often: the same words, which describe nothing."""
    scheme = world.scheme()
    listener, volunteer = world.supporting(world.supporter(scheme)), world.volunteer(scheme)
    got = [
        await world.make(who, Verb.HAND_IN_TALLY, hand_in, **tally)
        for who in (listener, volunteer)
        for tally in (TALLY, OTHER, TALLY)
    ]
    assert set(got) == {RECEIPT}
    assert len(world.store.letters) == 6
    assert not any(str(v) in RECEIPT for v in (*TALLY.values(), *OTHER.values()))


async def test_a_letter_holds_month_and_codes_and_nothing_finer(world: World) -> None:
    """Prison, month, day or night, bands and codes: no date, wing, supporter, device, author or instant."""
    listener = world.supporting(world.supporter(world.scheme()))
    await world.make(listener, Verb.HAND_IN_TALLY, hand_in, **TALLY)
    (letter,) = world.store.letters
    assert letter.box == BOX
    assert letter.plain == {
        "prison": PRISON,
        "month": "2026-01",
        "part": "NIGHT",
        "duration": "FROM_60_TO_120",
        "concerns": ["BEREAVEMENT", "LONELINESS"],
        "first_time": "YES",
        "suicidal_feelings": "UNKNOWN",
        "self_harm": "NO",
    }
    assert set(Tally.__dataclass_fields__) == set(letter.plain)
    assert world.store.records.keys() & {("tally", id) for _, id in world.store.records} == set()


def test_there_is_no_way_to_read_a_tally() -> None:
    """A tally is no kind of record, and no verb but the one that hands it in is about one."""
    assert "tally" not in KINDS
    assert {v for v in Verb if "TALLY" in v.value} == {Verb.HAND_IN_TALLY}
    assert ABOUT[Verb.HAND_IN_TALLY].kind is None
    assert {g.role for g in GRANTS if Verb.HAND_IN_TALLY in g.may} == {Role.SUPPORTER, Role.PARTNER_VOLUNTEER}


@pytest.mark.parametrize(
    ("now", "this", "last"),
    [
        ("2026-01-14T02:10", "2026-01", "2025-12"),
        ("2026-12-31T23:59", "2026-12", "2026-11"),
        ("2026-06-30T23:30", "2026-07", "2026-06"),
        ("2026-03-31T22:59", "2026-03", "2026-02"),
    ],
    ids=["january", "the last minute", "already July by the prison's clock", "still March"],
)
def test_this_month_and_the_last_are_open(now: str, this: str, last: str) -> None:
    """A tally is of the month that it is by the prison's clock, or of the one before: none ahead, none long past."""
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    given = {**TALLY, "prison": PRISON, "now": at, "zone": "Europe/London"}
    for month in (this, last):
        assert tally_of(**{**given, "month": month}).month == month
    year, number = (int(n) for n in this.split("-"))
    ahead = f"{year + number // 12:04d}-{number % 12 + 1:02d}"
    before = f"{year - (number <= 2):04d}-{(number - 3) % 12 + 1:02d}"
    for month in (ahead, before, f"{year - 1:04d}-{number:02d}", this.replace("-", ""), "", "2026-1"):
        with pytest.raises(Unacceptable) as wrong:
            tally_of(**{**given, "month": month})
        assert (codes(wrong.value), paths(wrong.value)) == (["MONTH_NOT_OPEN"], ["/month"])


def test_concerns_are_few_and_each_is_named_once(world: World) -> None:
    """A list that names a concern twice, or nearly all of them, is no count of one contact."""
    given = {**TALLY, "prison": PRISON, "now": world.clock.now, "zone": "Europe/London"}
    most = tuple(Concern)[:MOST_CONCERNS]
    assert tally_of(**{**given, "concerns": most}).concerns == most
    for concerns in (tuple(Concern)[: MOST_CONCERNS + 1], (Concern.DEBT, Concern.DEBT)):
        with pytest.raises(Unacceptable) as wrong:
            tally_of(**{**given, "concerns": concerns})
        assert (codes(wrong.value), paths(wrong.value)) == (["CONCERNS"], ["/concerns"])


@pytest.mark.parametrize("prisons", [frozenset(), frozenset({"MDI", "LEI"}), None], ids=["none", "two", "all"])
async def test_a_tally_is_of_one_prison(world: World, prisons: Any) -> None:
    """The prison is not typed: it is the one that the giver is in, and where there is not exactly one, there is no
    tally."""
    volunteer = world.volunteer(world.scheme(), prisons=prisons)
    with pytest.raises(Absent):
        await world.make(volunteer, Verb.HAND_IN_TALLY, hand_in, **TALLY)
    assert world.store.letters == []


async def test_only_who_belongs_to_a_scheme_that_counts_hands_in(world: World) -> None:
    """An Insider, a reading mentor, another partner's volunteer, and one across the wall hand in nothing: for them
    there is no such thing."""
    listeners, reading = world.scheme(), world.scheme("SHANNON_TRUST")
    strangers = [
        world.supporting(world.supporter(reading)),
        world.supporting(world.supporter(world.scheme("INSIDERS"))),
        world.volunteer(reading),
        world.volunteer(reading, schemes=None),
        world.volunteer(listeners, jurisdictions=frozenset({"IE"})),
        world.volunteer(listeners, jurisdictions=frozenset()),
        world.volunteer(listeners, prisons=frozenset({"LEI"})),
        world.volunteer(listeners, schemes=frozenset()),
    ]
    for stranger in strangers:
        with pytest.raises(Absent):
            await world.make(stranger, Verb.HAND_IN_TALLY, hand_in, **TALLY)
    assert world.store.letters == []
    for member in (world.supporting(world.supporter(listeners)), world.volunteer(listeners, schemes=None)):
        assert await world.make(member, Verb.HAND_IN_TALLY, hand_in, **TALLY) == RECEIPT
