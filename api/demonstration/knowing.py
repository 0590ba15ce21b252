"""What the prison's systems know of the made-up people: worked out from the number, for every one of the made-up range,
so that whoever comes in and applies is known too. Most have nothing in their way, and some have something."""

from collections.abc import Mapping
from datetime import date, timedelta

from api.demonstration.people import made_up_number
from api.demonstration.releasing import release_of
from domain.kernel.prison import IncentiveLevel, PrisonFacts


def known(today: date) -> Mapping[str, PrisonFacts]:
    """Of them all, by prison number."""
    return {number: of_number(number, today) for number in map(made_up_number, range(1, 10_000))}


def of_number(identifier: str, today: date) -> PrisonFacts:
    """Of a number of the made-up range, the same on each start of one day. Each fact goes by a prime of its own, so
    that they fall together seldom."""
    n = int(identifier[1:5])
    alerts = {code for code, every in (("HA", 11), ("XVL", 31), ("XIT", 13)) if n % every == 0}
    return PrisonFacts(
        born_on=date(1960 + n % 45, 1 + n % 12, 1 + n % 28),
        release_on=release_of(identifier, today),
        incentive=IncentiveLevel.BAS if n % 23 == 0 else IncentiveLevel.STD if n % 3 == 0 else IncentiveLevel.ENH,
        alerts=frozenset(alerts),
        csip_open=n % 29 == 0,
        violence_proven_on=(today - timedelta(days=70),) if n % 37 == 0 else (),
        drug_adjudications_on=(today - timedelta(days=100),) if n % 19 == 0 else (),
        offence_allows=n % 41 != 0,
        roles_held=1 if n % 17 == 0 else 0,
        abstinent_months=n % 48,
        literate=n % 43 != 0,
        fit=n % 7 != 0,
        lived_experience=n % 2 == 0,
        served_in_forces=n % 5 == 0,
        elected=n % 7 == 0,
        member_of_partner=n % 3 == 0,
    )
