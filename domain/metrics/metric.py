"""What a metric is: of what over what, whose it is, and who may read it."""

from dataclasses import dataclass
from enum import StrEnum

from domain.metrics.series import LAYOUTS, Series
from domain.schemes.measures import Direction


class MetricArea(StrEnum):
    """What a metric is about (domain facts 5.7)."""

    COVERAGE = "COVERAGE"
    ACCESS = "ACCESS"
    QUALITY = "QUALITY"
    CARE = "CARE"
    EQUALITY = "EQUALITY"
    REGIME = "REGIME"
    OUTCOME = "OUTCOME"


class MetricUnit(StrEnum):
    """In what a metric is told."""

    COUNT = "COUNT"
    PER_CENT = "PER_CENT"
    """With Wilson's interval, and the exact one of Clopper and Pearson."""
    PER_1000_PRISONER_DAYS = "PER_1000_PRISONER_DAYS"
    """With the exact interval of Garwood."""
    MINUTES = "MINUTES"
    """A median, and the wait that nine in ten are under: of all who asked, those who were never met included."""


class MetricOwner(StrEnum):
    """Who answers for a metric."""

    COORDINATOR = "COORDINATOR"
    SAFER_CUSTODY = "SAFER_CUSTODY"
    PARTNER = "PARTNER"
    GOVERNOR = "GOVERNOR"


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric. `better` is None where neither way is. `of` over `among`, both words of its series; `among` is None
    for a count, and for a rate, whose denominator is prisoner-days."""

    code: str
    title: str
    definition: str
    area: MetricArea
    unit: MetricUnit
    better: Direction | None
    owner: MetricOwner
    series: Series
    of: str
    among: str | None = None

    @property
    def cleared(self) -> bool:
        """Whether only who sees casework may read it."""
        return LAYOUTS[self.series].cleared
