"""What came of an event of the prison's systems."""

from enum import StrEnum


class Followed(StrEnum):
    """In one word, as the inbox keeps it."""

    NOTHING_TO_DO = "NOTHING_TO_DO"
    """Nothing follows here from it."""
    NOT_KNOWN = "NOT_KNOWN"
    """It is of nobody who is known here: nothing is kept of him."""
    DONE = "DONE"
    AS_IT_WAS = "AS_IT_WAS"
    """What it tells was known already, or has been overtaken."""
    TO_REVIEW = "TO_REVIEW"
    """Somebody is to look at it."""
