"""The parts of the prison day, of which rotas, requests and service times speak alike."""

from enum import StrEnum


class Band(StrEnum):
    """Regime bands, with the night that the estate's own systems lack (domain facts 12)."""

    AM = "AM"
    LUNCH_LOCKUP = "LUNCH_LOCKUP"
    PM = "PM"
    ED = "ED"
    NIGHT = "NIGHT"
