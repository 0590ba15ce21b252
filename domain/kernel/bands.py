"""The parts of a prison's day."""

from enum import StrEnum


class Band(StrEnum):
    """Regime bands, with the night that the estate's own systems lack (domain facts 12)."""

    AM = "AM"
    LUNCH_LOCKUP = "LUNCH_LOCKUP"
    PM = "PM"
    ED = "ED"
    NIGHT = "NIGHT"
