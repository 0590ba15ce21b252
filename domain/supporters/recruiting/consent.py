"""What an applicant agrees to: the text, and its versions."""

from enum import StrEnum
from typing import Final


class ConsentText(StrEnum):
    """The versions of the text that an applicant agrees to. A text is never changed: another is another version."""

    V1 = "V1"


CONSENT: Final = ConsentText.V1
"""The version that is shown now."""
CONSENT_WORDS: Final = (
    "We look at your incentive level, your release date and alerts on your record to see whether this role is right for"
    " you. Security says yes or no. The prison and the scheme's partner read your application. You may withdraw at any"
    " time, and nothing is held against you."
)
"""What version V1 says."""
