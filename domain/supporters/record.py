"""A supporter's record and standing (domain facts 2.1 and 11.1).

Three axes that are never mixed: where he stands in the role (`standing`), whether his certificate holds, and whether he
can be had today. The last two are worked out (`domain.supporters.availability`), and typed by nobody.
"""

from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from domain.confidentiality.classification import Identity, OfStanding, Open, Operational, Wellbeing
from domain.confidentiality.record import Record, record
from domain.confidentiality.verbs import Verb
from domain.kernel.ids import ActorId, PersonId, SchemeId, SupporterId
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
    SUSPENDED = "SUSPENDED"
    """By staff or partner, over a risk or an allegation. Nothing is proven yet."""
    LAPSED = "LAPSED"
    """The certificate ran out. A new one brings him back to where he stood."""
    STOOD_DOWN = "STOOD_DOWN"
    DEFERRED = "DEFERRED"
    """Not decided now, but by a day."""
    WAITING = "WAITING"
    """Good enough, and no place free."""
    TRAINING_FAILED = "TRAINING_FAILED"
    REMOVED = "REMOVED"
    """By the words of prison and partner, after a suspension."""
    TRANSFERRED_OUT = "TRANSFERRED_OUT"
    RELEASED = "RELEASED"
    DECEASED = "DECEASED"


IN_ROLE: Final = (Standing.PROBATION, Standing.ACTIVE, Standing.PAUSED)
"""Those who have a capacity of a supporter."""
HOLDING: Final = (*IN_ROLE, Standing.SUSPENDED, Standing.LAPSED)
"""Those who are in the role or may come back to it: they have their place, and a scheme does not close over them."""
TAKEN_ON: Final = (Standing.ACCEPTED, Standing.IN_TRAINING, *HOLDING)
"""Whoever is taken on has a place, though he is still in training: nobody is trained for a role that he cannot have."""
APPLYING: Final = (Standing.APPLIED, Standing.DEFERRED, Standing.WAITING)
"""Those whose application is open: of one person and scheme, one at a time."""
_S = Standing
_LEAVING: Final = frozenset({_S.STOOD_DOWN, _S.TRANSFERRED_OUT, _S.RELEASED, _S.DECEASED})
GONE: Final = _LEAVING | {_S.REMOVED}
"""Those who had the role, and have left it or were removed from it."""
_BACK: Final = frozenset({_S.ACTIVE, _S.PROBATION, _S.PAUSED, _S.LAPSED})
STANDING_MOVES: Final[Moves[Standing]] = {
    _S.APPLIED: frozenset({_S.ACCEPTED, _S.REJECTED, _S.DEFERRED, _S.WAITING}) | _LEAVING,
    _S.DEFERRED: frozenset({_S.APPLIED}) | _LEAVING,
    _S.WAITING: frozenset({_S.APPLIED}) | _LEAVING,
    _S.REJECTED: frozenset({_S.APPLIED}),
    _S.ACCEPTED: frozenset({_S.IN_TRAINING}) | _LEAVING,
    _S.IN_TRAINING: frozenset({_S.PROBATION, _S.TRAINING_FAILED}) | _LEAVING,
    _S.PROBATION: frozenset({_S.ACTIVE, _S.PAUSED, _S.SUSPENDED, _S.LAPSED}) | _LEAVING,
    _S.ACTIVE: frozenset({_S.PAUSED, _S.SUSPENDED, _S.LAPSED}) | _LEAVING,
    _S.PAUSED: frozenset({_S.ACTIVE, _S.PROBATION, _S.SUSPENDED, _S.LAPSED}) | _LEAVING,
    _S.SUSPENDED: _BACK | frozenset({_S.REMOVED}) | _LEAVING,
    _S.LAPSED: frozenset({_S.ACTIVE, _S.PROBATION, _S.PAUSED, _S.SUSPENDED}) | _LEAVING,
    _S.STOOD_DOWN: frozenset(),
    _S.TRAINING_FAILED: frozenset(),
    _S.REMOVED: _BACK,
    _S.TRANSFERRED_OUT: frozenset(),
    _S.RELEASED: frozenset(),
    _S.DECEASED: frozenset(),
}

STANDING_LIFE: Final = Life(
    "standing",
    {
        Verb.DECIDE_APPLICATION: frozenset({_S.APPLIED}),
        Verb.TRAIN_SUPPORTER: frozenset({_S.ACCEPTED, _S.IN_TRAINING, _S.PROBATION}),
        Verb.CERTIFY_SUPPORTER: frozenset({_S.IN_TRAINING}),
        Verb.FAIL_TRAINING: frozenset({_S.IN_TRAINING}),
        Verb.RENEW_CERTIFICATE: frozenset({*IN_ROLE, _S.LAPSED}),
        Verb.ACTIVATE_SUPPORTER: frozenset({_S.PROBATION}),
        Verb.PAUSE_SUPPORTER: frozenset({_S.PROBATION, _S.ACTIVE}),
        Verb.RESUME_SUPPORTER: frozenset({_S.PAUSED}),
        Verb.DEFER_SUPPORTER: frozenset({_S.APPLIED}),
        Verb.WAITLIST_SUPPORTER: frozenset({_S.APPLIED}),
        Verb.REOPEN_SUPPORTER: frozenset({_S.DEFERRED, _S.WAITING}),
        Verb.WITHDRAW_SUPPORTER: frozenset(APPLYING),
        Verb.APPEAL_SUPPORTER: frozenset({_S.REJECTED}),
        Verb.HEAR_SUPPORTER: frozenset({_S.REJECTED}),
        Verb.SUSPEND_SUPPORTER: frozenset({*IN_ROLE, _S.LAPSED}),
        Verb.STAND_DOWN_SUPPORTER: frozenset(s for s, to in STANDING_MOVES.items() if _S.STOOD_DOWN in to),
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


class Appeal(StrEnum):
    """Where the appeal against a no stands."""

    LODGED = "LODGED"
    UPHELD = "UPHELD"
    """The rejection was taken back, and is decided anew."""
    DISMISSED = "DISMISSED"


class Motivation(StrEnum):
    """Why somebody offers to help, in codes: an application is read by several people, and words name others."""

    WAS_HELPED = "WAS_HELPED"
    GIVE_BACK = "GIVE_BACK"
    LEARN_SKILLS = "LEARN_SKILLS"
    SAW_THE_NEED = "SAW_THE_NEED"
    FAITH = "FAITH"
    FUTURE_WORK = "FUTURE_WORK"


class Competence(StrEnum):
    """What a supporter must be able to do, signed for by somebody who did not train him."""

    COMMUNICATION = "COMMUNICATION"
    PROBLEM_SOLVING = "PROBLEM_SOLVING"
    SPECIFIC_NEED = "SPECIFIC_NEED"
    """What this scheme helps with."""


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
    DIED = "DIED"


def left(why: LeavingReason) -> Standing:
    """Where he stands who left for that."""
    match why:
        case LeavingReason.TRANSFERRED:
            return Standing.TRANSFERRED_OUT
        case LeavingReason.RELEASED:
            return Standing.RELEASED
        case LeavingReason.DIED:
            return Standing.DECEASED
        case _:
            return Standing.STOOD_DOWN


MOST: Final = 1_000
"""As many supporters as one scheme may have: a roster is one page."""


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
    standing: OfStanding[Standing] = Standing.APPLIED
    applied_on: Operational[date]
    motivation: Operational[Motivation | None] = None
    prison_verdict: OfStanding[Verdict | None] = None
    partner_verdict: OfStanding[Verdict | None] = None
    rejected_for: OfStanding[ApplicationReason | None] = None
    appeal: OfStanding[Appeal | None] = None
    modules_passed: Operational[tuple[str, ...]] = ()
    """Codes of the training modules of its kind."""
    observed_contacts: Wellbeing[int] = 0
    """How many contacts in practice were observed."""
    shadowed_contacts: Wellbeing[int] = 0
    """How many contacts of somebody else he watched."""
    trained_by: OfStanding[tuple[ActorId, ...]] = ()
    """Whoever trained him, or passed a module of his: they do not sign for him."""
    signed_off: Operational[tuple[Competence, ...]] = ()
    """What others than they say that he can do."""
    failed_module: OfStanding[str | None] = None
    compact_signed_on: Operational[date | None] = None
    certificate: Operational[str | None] = None
    certified_on: Operational[date | None] = None
    certificate_expires_on: Operational[date | None] = None
    probation_from: Operational[date | None] = None
    active_from: Operational[date | None] = None
    paused_on: Wellbeing[date | None] = None
    """None: not at rest."""
    own_word_on: Wellbeing[date | None] = None
    """When he said that he is ready to come back from a rest."""
    supervisor_word_on: Wellbeing[date | None] = None
    """When whoever supports him said so."""
    left_on: OfStanding[date | None] = None
    """When his application or his role ended: from then on nobody reads of him who needs to know who is in a role."""
    left_for: OfStanding[LeavingReason | None] = None
    away: OfStanding[tuple[str, ...]] = ()
    """The days on which he is not here, as intervals of ISO 8601: first and last day, `..` where no end is known.
    Never shown: whoever plans with them reads the absences, and he is not to read here when he is taken to court."""
    agreed_to_be_listed: Operational[bool] = False
    """He agreed that a peer coordinator reads his name, and whether he is available (rule 10)."""
    imported_on: Operational[date | None] = None
    """The day on which he came here with a scheme that had run before: he was chosen, trained and certified elsewhere,
    and never applied here. Null: he was recruited here, or came by his passport."""


def yet_to_return(supporter: Supporter) -> bool:
    """Whether he was taken over with his scheme, and rests ever since: nothing but his own word, his supervisor's and
    security's brings him into the role here."""
    return supporter.imported_on is not None and supporter.paused_on == supporter.imported_on


def trained_by(supporter: Supporter, trainer: UUID) -> tuple[ActorId, ...]:
    """Who trained him, this one too."""
    return tuple(dict.fromkeys((*supporter.trained_by, ActorId(trainer))))
