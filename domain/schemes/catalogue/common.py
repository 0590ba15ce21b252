"""What many kinds have in common, said once."""

from typing import Final

from domain.kernel.bands import Band
from domain.schemes.sheet import Debrief, Eligibility, Load
from domain.schemes.vocabulary import Basis, DebriefAfter, EligibilityRule, Weight

_R, _W = EligibilityRule, Weight

CLEARED: Final = Eligibility(_R.SECURITY_CLEARANCE, _W.HARD, 12)
"""Security's outcome, no older than twelve months (domain facts 2.3)."""
TIME_LEFT_6: Final = Eligibility(_R.TIME_LEFT, _W.SOFT, 6)
TIME_LEFT_9: Final = Eligibility(_R.TIME_LEFT, _W.SOFT, 9)
"""A qualification takes nine to twelve months."""
STANDARD: Final = Eligibility(_R.INCENTIVE_LEVEL, _W.SOFT, 2)
LOOKED_AT: Final = (
    Eligibility(_R.ACCT_OPEN, _W.REVIEW),
    Eligibility(_R.CSIP_OPEN, _W.REVIEW),
    Eligibility(_R.RECENT_VIOLENCE, _W.REVIEW, 6),
    Eligibility(_R.SAFETY_ALERT, _W.REVIEW),
)
"""Reasons to talk with somebody, and never bans (domain facts 1.1, 2.3)."""
USUAL: Final = (CLEARED, TIME_LEFT_6, STANDARD, *LOOKED_AT)

STAFF_ARE_TOLD: Final = (Basis.CONSENT, Basis.VITAL_INTERESTS, Basis.CHILD_PROTECTION, Basis.ADULT_SAFEGUARDING)
"""Open upward: the person agrees, or somebody is in danger."""

DAY: Final = (Band.AM, Band.PM, Band.ED)
DAY_AND_NIGHT: Final = (Band.AM, Band.LUNCH_LOCKUP, Band.PM, Band.ED, Band.NIGHT)

PART_TIME: Final = Load(hours_soft=8, hours_hard=12, nights_in_seven=0, rest_hours=10)
A_JOB: Final = Load(hours_soft=25, hours_hard=35, nights_in_seven=0, rest_hours=10)
"""A place of work by day, as the regime has them."""
AFTER_CONCERN: Final = Debrief(DebriefAfter.CONCERN_RAISED, 24)
ON_REQUEST: Final = Debrief(DebriefAfter.ON_REQUEST, 72)
