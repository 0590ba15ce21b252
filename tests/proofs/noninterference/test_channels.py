"""No side channel of the table is forgotten, and the switchboard is as large as it says."""

from tests.http.operations import OPERATIONS
from tests.proofs.noninterference.channels import CHANNELS, NI, NOT_HERE, TIMING
from tests.proofs.noninterference.release import RELEASES, reasons
from tests.proofs.noninterference.test_leaks import SWITCHBOARD


def test_every_side_channel_is_planted_or_not_there() -> None:
    """Each row that the non-interference test answers for has a planted leak, or a reason why there is no place for
    one, and never both: a channel that is built later has its leak planted then."""
    planted = {leak.channel for leak in SWITCHBOARD}
    wanted = {row for row, (_, how) in CHANNELS.items() if how == NI}
    assert sorted(CHANNELS) == list(range(1, 43))
    assert planted - {row for row, (_, how) in CHANNELS.items() if how == TIMING} == wanted - set(NOT_HERE)
    assert not planted & set(NOT_HERE)
    assert all(len(reason) > 20 for reason in NOT_HERE.values())


def test_what_is_not_there_is_not_there() -> None:
    """The reasons hold: no operation searches by words, or tells anybody of anything by itself."""
    words = ("search", "suggest", "notification", "send-event")
    found = [o.template for o in OPERATIONS if any(word in f"{o.template} {o.name}".lower() for word in words)]
    assert found == []


def test_the_switchboard_has_its_leaks() -> None:
    """At least twenty-four, each named once, each saying what is wrong with it."""
    names = [leak.name for leak in SWITCHBOARD]
    assert len(names) == len(set(names)) >= 24
    assert all(len(leak.told) > 20 for leak in SWITCHBOARD)


def test_what_is_released_has_a_reason() -> None:
    """Few facts, each with words that say why; a fact without them cannot be put on the list."""
    assert len(RELEASES) == len(reasons()) <= 14
    assert all(len(reason) > 60 for reason in reasons().values())
