"""Who gives cover in the forecast, by where he stands: worked out by hand, and told over HTTP (S25, X3)."""

from datetime import timedelta
from math import exp
from typing import Any

from domain.supporters.record import Standing, Supporter
from tests.http.cast import START, uid
from tests.http.furniture import supporter
from tests.http.places import MOORLAND
from tests.http.world import World

TODAY = START.date()
FORECAST = f"/v1/schemes/{uid('scheme:shannon')}/forecast"
GONE: dict[str, Any] = {"left_on": TODAY}


def one(name: str, standing: Standing, **more: Any) -> Supporter:
    """One more of the reading scheme; who was ever active has been for 170 days."""
    return supporter(MOORLAND, f"cover:{name}", "scheme:shannon", f"cover:{name}", standing, **more)


async def test_each_standing_counts_as_the_module_says(world: World) -> None:
    """By hand. Beside two mentors and two who are suspended: one rests, one has lapsed, one's certificate ended
    yesterday: these five give no cover. Two are away, one for ten days and one with no end known, and one's certificate
    ends in twenty days: with the mentors five are active. One is on probation and will be active tomorrow; another is,
    without a certificate. One was removed today, one failed, one left while he was only waiting.

    Ten stay and one left in eleven times 170 days, 1,870; with the prior 5 in 3,310. Of twelve who began eleven became
    active.
    At the end of the first week three are there (the mentors, and whose certificate ends), and eleven twelfths of who
    comes; at the end of the second the fourth is back."""
    active = Standing.ACTIVE
    since: dict[str, Any] = {"active_from": TODAY - timedelta(days=170)}
    ended: dict[str, Any] = {"certificate_expires_on": TODAY - timedelta(days=1)}
    soon: dict[str, Any] = {"certificate_expires_on": TODAY + timedelta(days=20)}
    await world.keep(
        [
            one("rests", Standing.PAUSED),
            one("lapsed", Standing.LAPSED, **since, **ended),
            one("ended", active, **ended),
            one("back", active, away=(f"{TODAY}/{TODAY + timedelta(days=9)}",)),
            one("away", active, away=(f"{TODAY}/..",)),
            one("soon", active, **soon),
            one("coming", Standing.PROBATION),
            one("not-coming", Standing.PROBATION, **ended),
            one("removed", Standing.REMOVED, **since, **GONE),
            one("failed", Standing.TRAINING_FAILED, **GONE),
            one("only-waited", Standing.STOOD_DOWN, **GONE),
        ]
    )
    rate, coming = 5 / (1870 + 1440), 11 / 12
    told = (await world.coordinator.get(FORECAST)).json()
    assert (told["active"], told["notGivingCover"], told["certificatesEnding"]) == (5, 5, 1)
    assert (told["usualDropOut"]["leavers"], told["usualDropOut"]["days"]) == (1, 1870)
    assert (told["pipeline"]["inTraining"], told["pipeline"]["of"]) == (1, 12)
    assert told["pipeline"]["finishing"] == round(coming, 2)
    assert [w["expected"] for w in told["weeks"][:3]] == [
        round(3 * exp(-7 * rate) + coming * exp(-6 * rate), 2),
        round(4 * exp(-14 * rate) + coming * exp(-13 * rate), 2),
        round(4 * exp(-21 * rate) + coming * exp(-20 * rate), 2),
    ]


async def test_one_who_is_away_is_counted_on_the_day_of_his_return(world: World) -> None:
    """A week counts by its last day: away until the sixth day from today he is in the first; until the seventh, not."""
    before = (await world.coordinator.get(FORECAST)).json()["weeks"][0]["expected"]
    await world.keep([one("back", Standing.ACTIVE, away=(f"{TODAY}/{TODAY + timedelta(days=5)}",))])
    in_it = (await world.coordinator.get(FORECAST)).json()["weeks"][0]["expected"]
    await world.keep([one("later", Standing.ACTIVE, away=(f"{TODAY}/{TODAY + timedelta(days=6)}",))])
    not_in_it = (await world.coordinator.get(FORECAST)).json()["weeks"][0]["expected"]
    assert round(in_it - before) == 1
    assert round(not_in_it - in_it) == 0
