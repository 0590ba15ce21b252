"""One piece of feedback. Its instant is kept no finer than the week, and its author only where he chose to be named
and the scheme's policy is open: a signed word about a Listener would say that its author had met one."""

from datetime import date
from enum import StrEnum

from domain.confidentiality.classification import Classification, Content, Counted, Open, Participation
from domain.confidentiality.record import Record, record
from domain.kernel.ids import ActorId, FeedbackId, SchemeId


class Voice(StrEnum):
    """Whose view it is."""

    RECIPIENT = "RECIPIENT"
    SUPPORTER = "SUPPORTER"
    STAFF = "STAFF"


class Theme(StrEnum):
    """What it is about."""

    GOT_HELP_IN_TIME = "GOT_HELP_IN_TIME"
    HAD_TO_WAIT = "HAD_TO_WAIT"
    FELT_LISTENED_TO = "FELT_LISTENED_TO"
    FELT_PRIVATE = "FELT_PRIVATE"
    NOT_PRIVATE = "NOT_PRIVATE"
    STAFF_HELPED = "STAFF_HELPED"
    STAFF_DID_NOT_HELP = "STAFF_DID_NOT_HELP"
    NEED_MORE_TRAINING = "NEED_MORE_TRAINING"
    ROLE_IS_HEAVY = "ROLE_IS_HEAVY"
    WORKS_WELL = "WORKS_WELL"


@record(kind="feedback", kept="two years; its words one", existence=Classification.PARTICIPATION)
class Feedback(Record):
    """A rating of 1 to 5 (smileys), themes as codes, and words only where the scheme's policy holds content."""

    id: Open[FeedbackId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    """The scheme that it is about."""
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    closed: Open[bool]
    voice: Participation[Voice]
    rating: Participation[int]
    """From 1 to 5: the smileys of a kiosk."""
    themes: Participation[tuple[Theme, ...]] = ()
    would_again: Participation[bool | None] = None
    """Whether he would use it, or give it, again; null: he did not say."""
    words: Content[str | None] = None
    """Only where the scheme's policy holds content, and only to those who read content."""
    words_gone_on: Participation[date | None] = None
    """The day on which its free text was deleted, whether there was any or not; null: it is kept still (F72)."""
    week_of: Participation[date]
    """The Monday of the week in which it was given."""
    helped_to_answer: Participation[bool] = False
    """Somebody read it out to him or typed it for him."""
    by_code: Counted[bool | None] = None
    """True: given by a single-use code, one code, one answer; else null. It is counted by, and told to nobody: what
    came by a token would be told from what came by codes."""
    author: Participation[ActorId | None] = None
    """Who gave it; None where it was given anonymously."""
