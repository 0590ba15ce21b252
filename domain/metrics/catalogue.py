"""The catalogue of metrics: data, as the domain facts (5.7) have them. Each says what it is, of what over what, whose
it is, and who may read it; each is worked out of numbers that were let out, and of nothing else.

What the service does not hold is not in it: uptake by protected characteristics, the cost of movements, ACCT openings.
Wings are compared in what `domain.vigilance.spread` tells: no request of a closed policy is kept with its wing.
A metric is of a scheme, a prison or a jurisdiction, and of a month, a quarter or a year that is over.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from domain.metrics.metric import Metric, MetricArea, MetricOwner, MetricUnit
from domain.metrics.reach import REACH
from domain.metrics.series import ALL, Series
from domain.schemes.measures import Direction

_A, _U, _O, _S = MetricArea, MetricUnit, MetricOwner, Series
_UP, _DOWN = Direction.HIGHER, Direction.LOWER


def _asked(series: Series, who: str, prefix: str) -> tuple[Metric, ...]:
    unmet = "Refused, withdrawn and expired requests count as not met, and so does a claim that nobody confirmed."
    asked = f"Requests {who}, LIFE_AT_RISK apart, which is never queued."
    by = {
        "": ("MET", ALL, ""),
        "_BY_DAY": ("DAY_MET", "DAY", " by day"),
        "_AT_NIGHT": ("NIGHT_MET", "NIGHT", " at night"),
    }
    shares = tuple(
        Metric(
            f"{prefix}MET{when}",
            f"Requests {who}{at} that were met",
            f"{asked} {unmet}",
            *(_A.ACCESS, _U.PER_CENT, _UP, _O.SAFER_CUSTODY, series, met, among),
        )
        for when, (met, among, at) in by.items()
    )
    return (
        Metric(
            f"{prefix}MADE",
            f"Requests {who}",
            asked,
            *(_A.ACCESS, _U.COUNT, _UP, _O.SAFER_CUSTODY, series, ALL),
        ),
        *shares,
        Metric(
            f"{prefix}RATE",
            f"Requests {who}, per 1,000 prisoner-days",
            f"{asked} Prisoner-days are people in the prison, summed over the days.",
            *(_A.ACCESS, _U.PER_1000_PRISONER_DAYS, _UP, _O.SAFER_CUSTODY, series, ALL),
        ),
        Metric(
            f"{prefix}WAIT",
            f"Wait of who asked {who.removeprefix('for ')}",
            f"Minutes from asking to the unlocking, to the nearest 5. {unmet} They are in it as longer than any wait.",
            *(_A.ACCESS, _U.MINUTES, _DOWN, _O.SAFER_CUSTODY, series, ALL),
        ),
    )


_ALL: Final = (
    Metric(
        "SUPPORTERS_ACTIVE",
        "Supporters who are active",
        "When the month was closed. Of a quarter or year it is summed over the months: supporter-months.",
        *(_A.COVERAGE, _U.COUNT, _UP, _O.COORDINATOR, _S.SUPPORTERS, "ACTIVE"),
    ),
    Metric(
        "SUPPORTERS_LEARNING",
        "Supporters who are in training or on probation",
        "Accepted, in training or on probation, when the month was closed.",
        *(_A.COVERAGE, _U.COUNT, _UP, _O.COORDINATOR, _S.SUPPORTERS, "LEARNING"),
    ),
    Metric(
        "SUPPORTERS_READY",
        "Share of supporters who are active",
        "Of all who are in the role or on the way to it, when the month was closed.",
        *(_A.COVERAGE, _U.PER_CENT, _UP, _O.COORDINATOR, _S.SUPPORTERS, "ACTIVE", ALL),
    ),
    Metric(
        "BANDS_COVERED",
        "Bands of the rota in which everybody needed was there",
        "Of bands of days for which the scheme says how many it needs in the prison, by the rota as it was published."
        " Whoever is on probation does not count.",
        *(_A.COVERAGE, _U.PER_CENT, _UP, _O.COORDINATOR, _S.COVER, "WHOLE", ALL),
    ),
    *REACH,
    *_asked(_S.LISTENER_REQUESTS, "for a Listener", "LISTENER_REQUESTS_"),
    *_asked(_S.REQUESTS, "for a supporter of another scheme", "REQUESTS_"),
    Metric(
        "SESSIONS_DELIVERED",
        "Planned sessions that were delivered",
        "Of sessions that were planned for the month. One of which nobody has said what came of it counts as not"
        " delivered.",
        *(_A.QUALITY, _U.PER_CENT, _UP, _O.COORDINATOR, _S.SESSIONS, "DELIVERED", ALL),
    ),
    Metric(
        "SESSIONS_MADE",
        "Sessions that were delivered",
        "Sessions of the month that took place.",
        *(_A.QUALITY, _U.COUNT, _UP, _O.COORDINATOR, _S.SESSIONS, "DELIVERED"),
    ),
    Metric(
        "SESSIONS_RATE",
        "Sessions that were delivered, per 1,000 prisoner-days",
        "Prisoner-days are people in the prison, summed over the days.",
        *(_A.QUALITY, _U.PER_1000_PRISONER_DAYS, _UP, _O.COORDINATOR, _S.SESSIONS, "DELIVERED"),
    ),
    Metric(
        "ARRIVALS_MET_IN_A_DAY",
        "Inductions within 24 hours of arriving",
        "Of those who were met by an Insider at all.",
        *(_A.QUALITY, _U.PER_CENT, _UP, _O.COORDINATOR, _S.INDUCTIONS, "IN_A_DAY", ALL),
    ),
    Metric(
        "CHECKLISTS_WHOLE",
        "Induction checklists that were gone through whole",
        "Nothing is named as not gone through.",
        *(_A.QUALITY, _U.PER_CENT, _UP, _O.COORDINATOR, _S.INDUCTIONS, "WHOLE", ALL),
    ),
    Metric(
        "RATED_GOOD",
        "Ratings of 4 or 5, of 5",
        "What people who were helped said of the scheme, by the week in which they said it.",
        *(_A.QUALITY, _U.PER_CENT, _UP, _O.COORDINATOR, _S.RATINGS, "GOOD", ALL),
    ),
    Metric(
        "DEBRIEFS_HELD",
        "Talks with supporters that were held",
        "Of those that fell due in the month. A supporter may need none: those that were declined are in the whole.",
        *(_A.CARE, _U.PER_CENT, _UP, _O.PARTNER, _S.DEBRIEFS, "HELD", ALL),
    ),
    Metric(
        "ROLE_CREEP",
        "Times that supporters were asked to do what is not theirs",
        "By the day on which it was asked.",
        *(_A.CARE, _U.COUNT, _DOWN, _O.COORDINATOR, _S.TASK_REQUESTS, ALL),
    ),
    Metric(
        "ROLE_CREEP_DONE",
        "Share of these tasks that supporters did",
        "Of what they were asked and is not theirs; neither refused nor passed to staff.",
        *(_A.CARE, _U.PER_CENT, _DOWN, _O.COORDINATOR, _S.TASK_REQUESTS, "DONE", ALL),
    ),
    Metric(
        "INCIDENTS_REPORTED",
        "Reports of pressure and misuse",
        "Reports, whatever came of them: more of them may mean more trust.",
        *(_A.CARE, _U.COUNT, _DOWN, _O.SAFER_CUSTODY, _S.INCIDENTS, ALL),
    ),
    Metric(
        "APPLICATIONS_MADE",
        "Applications to be a supporter",
        "By the day on which somebody applied.",
        *(_A.EQUALITY, _U.COUNT, _UP, _O.COORDINATOR, _S.APPLICATIONS, ALL),
    ),
    Metric(
        "APPLICANTS_TAKEN_ON",
        "Applicants who were taken on",
        "Of all who applied in the month, whatever became of them later. Whoever waits counts as not taken on.",
        *(_A.EQUALITY, _U.PER_CENT, _UP, _O.COORDINATOR, _S.APPLICATIONS, "TAKEN_ON", ALL),
    ),
    Metric(
        "LEAVERS_REMOVED",
        "Leavers who were removed",
        "Of all who left the role in the month. Whoever stood down, was moved or released was not removed.",
        *(_A.EQUALITY, _U.PER_CENT, _DOWN, _O.GOVERNOR, _S.LEAVERS, "REMOVED", ALL),
    ),
    Metric(
        "COMPLAINTS_MADE",
        "Complaints about a scheme or somebody in it",
        "By the week in which they were made, whatever came of them: more of them may mean more trust.",
        *(_A.CARE, _U.COUNT, _DOWN, _O.SAFER_CUSTODY, _S.COMPLAINTS, ALL),
    ),
    Metric(
        "SUPERVISION_HELD",
        "Meetings of supervision that were held",
        "Of those that were booked for the month, with supporters and with staff. One of which nobody has said what"
        " came of it counts as not held.",
        *(_A.CARE, _U.PER_CENT, _UP, _O.PARTNER, _S.SUPERVISION_TALKS, "HELD", ALL),
    ),
    Metric(
        "UNLOCK_MINUTES",
        "Minutes of staff for unlocking",
        "As the scheme's register of resources has them.",
        *(_A.REGIME, _U.COUNT, _DOWN, _O.GOVERNOR, _S.UNLOCKING, ALL),
    ),
    Metric(
        "GOALS_ACHIEVED",
        "Goals that were achieved",
        "Of those that were measured again in the month. Without a group beside it, it says nothing of what the scheme"
        " did: people join when things are bad, and things get better by themselves.",
        *(_A.OUTCOME, _U.PER_CENT, _UP, _O.COORDINATOR, _S.GOALS, "ACHIEVED", ALL),
    ),
)

METRICS: Final[Mapping[str, Metric]] = MappingProxyType({metric.code: metric for metric in _ALL})
"""Every metric, by its code."""
