"""A supporter's record and standing (domain facts 2.1 and 11.1; suitability, care and turnover arrive with issue C)."""

from datetime import date
from enum import StrEnum
from typing import Final

from domain.confidentiality.classification import Identity, Open, Operational, Wellbeing
from domain.confidentiality.record import Record, record
from domain.confidentiality.verbs import Verb
from domain.kernel.ids import PersonId, SchemeId, SupporterId
from domain.kernel.moves import Life, Moves


class Standing(StrEnum):
    """Where a supporter stands in the role. Availability and certification are axes of their own."""

    APPLIED = "APPLIED"
    REJECTED = "REJECTED"
    ACCEPTED = "ACCEPTED"
    IN_TRAINING = "IN_TRAINING"
    PROBATION = "PROBATION"
    ACTIVE = "ACTIVE"
    PAUSED = "PAUSED"
    STOOD_DOWN = "STOOD_DOWN"
    DEFERRED = "DEFERRED"
    """Not decided now, but by a day."""
    WAITING = "WAITING"
    """Good enough, and no place free."""


IN_ROLE: Final = (Standing.PROBATION, Standing.ACTIVE, Standing.PAUSED)
"""Those who have a capacity of a supporter."""
TAKEN_ON: Final = (Standing.ACCEPTED, Standing.IN_TRAINING, *IN_ROLE)
"""Whoever is taken on has a place, though he is still in training: nobody is trained for a role that he cannot have."""
APPLYING: Final = (Standing.APPLIED, Standing.DEFERRED, Standing.WAITING)
"""Those whose application is open: of one person and scheme, one at a time."""
_S = Standing
_LEAVING: Final = frozenset({_S.STOOD_DOWN})
STANDING_MOVES: Final[Moves[Standing]] = {
    _S.APPLIED: frozenset({_S.ACCEPTED, _S.REJECTED, _S.DEFERRED, _S.WAITING}) | _LEAVING,
    _S.DEFERRED: frozenset({_S.APPLIED}) | _LEAVING,
    _S.WAITING: frozenset({_S.APPLIED}) | _LEAVING,
    _S.REJECTED: frozenset({_S.APPLIED}),
    _S.ACCEPTED: frozenset({_S.IN_TRAINING}) | _LEAVING,
    _S.IN_TRAINING: frozenset({_S.PROBATION}) | _LEAVING,
    _S.PROBATION: frozenset({_S.ACTIVE, _S.PAUSED}) | _LEAVING,
    _S.ACTIVE: frozenset({_S.PAUSED}) | _LEAVING,
    _S.PAUSED: frozenset({_S.ACTIVE, _S.PROBATION}) | _LEAVING,
    _S.STOOD_DOWN: frozenset(),
}

STANDING_LIFE: Final = Life(
    "standing",
    {
        Verb.DECIDE_APPLICATION: frozenset({_S.APPLIED}),
        Verb.TRAIN_SUPPORTER: frozenset({_S.ACCEPTED, _S.IN_TRAINING, _S.PROBATION}),
        Verb.CERTIFY_SUPPORTER: frozenset({_S.IN_TRAINING}),
        Verb.ACTIVATE_SUPPORTER: frozenset({_S.PROBATION}),
        Verb.PAUSE_SUPPORTER: frozenset({_S.PROBATION, _S.ACTIVE}),
        Verb.RESUME_SUPPORTER: frozenset({_S.PAUSED}),
        Verb.STAND_DOWN_SUPPORTER: frozenset(_S) - {_S.REJECTED, _S.STOOD_DOWN},
        Verb.DEFER_SUPPORTER: frozenset({_S.APPLIED}),
        Verb.WAITLIST_SUPPORTER: frozenset({_S.APPLIED}),
        Verb.REOPEN_SUPPORTER: frozenset({_S.DEFERRED, _S.WAITING}),
        Verb.WITHDRAW_SUPPORTER: frozenset(APPLYING),
        Verb.APPEAL_SUPPORTER: frozenset({_S.REJECTED}),
        Verb.HEAR_SUPPORTER: frozenset({_S.REJECTED}),
    },
)
"""From where each verb may move him."""


class Verdict(StrEnum):
    """One side's decision on an application. Prison and partner each give theirs (joint recruitment)."""

    YES = "YES"
    NO = "NO"


class ApplicationReason(StrEnum):
    """Why an application was turned down: kept, and shown to the applicant."""

    NOT_ENOUGH_TIME_LEFT = "NOT_ENOUGH_TIME_LEFT"
    NOT_CLEARED = "NOT_CLEARED"
    NOT_THIS_ROLE = "NOT_THIS_ROLE"
    NO_PLACES = "NO_PLACES"
    TRY_AGAIN_LATER = "TRY_AGAIN_LATER"


class Motivation(StrEnum):
    """Why somebody offers to help, in codes: an application is read by several people, and words name others."""

    WAS_HELPED = "WAS_HELPED"
    GIVE_BACK = "GIVE_BACK"
    LEARN_SKILLS = "LEARN_SKILLS"
    SAW_THE_NEED = "SAW_THE_NEED"
    FAITH = "FAITH"
    FUTURE_WORK = "FUTURE_WORK"


class LeavingReason(StrEnum):
    """Why a supporter left the role. No blame is implied by any of them."""

    OWN_WISH = "OWN_WISH"
    TRANSFERRED = "TRANSFERRED"
    RELEASED = "RELEASED"
    HEALTH = "HEALTH"
    ROLE_ENDED = "ROLE_ENDED"
    SCHEME_CLOSED = "SCHEME_CLOSED"
    PRISON_DECISION = "PRISON_DECISION"
    PARTNER_DECISION = "PARTNER_DECISION"


@record(kind="supporter", kept="twelve months after leaving the role", parties=("person",), life=STANDING_LIFE)
class Supporter(Record):
    """Someone in custody who gives their time to others, or has offered to. That a person is a Listener is no secret
    (photographs hang on the wing); whom he met is, and stands nowhere in here."""

    id: Open[SupporterId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    kind: Open[str]
    """The code of the scheme's kind."""
    kind_version: Open[int | None] = None
    """As the scheme's: by it a supporter's gates are found without the scheme."""
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    person: Operational[PersonId]
    name: Identity[str]
    wing: Operational[str]
    languages: Operational[tuple[str, ...]] = ("en",)
    standing: Operational[Standing] = Standing.APPLIED
    applied_on: Operational[date]
    motivation: Operational[Motivation | None] = None
    prison_verdict: Operational[Verdict | None] = None
    partner_verdict: Operational[Verdict | None] = None
    rejected_for: Operational[ApplicationReason | None] = None
    modules_passed: Operational[tuple[str, ...]] = ()
    """Codes of the training modules of its kind."""
    observed_contacts: Wellbeing[int] = 0
    """How many contacts in practice were observed."""
    compact_signed_on: Operational[date | None] = None
    certificate: Operational[str | None] = None
    certified_on: Operational[date | None] = None
    certificate_expires_on: Operational[date | None] = None
    probation_from: Operational[date | None] = None
    active_from: Operational[date | None] = None
    paused_on: Wellbeing[date | None] = None
    """None: not at rest."""
    left_on: Operational[date | None] = None
    left_for: Operational[LeavingReason | None] = None
