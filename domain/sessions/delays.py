"""Why a request was held up, and by which role: from fixed lists (domain facts 3.6; F51, X5).

A delay is told while it waits, by whoever sees it or by whoever made it; it ends nothing. Its codes are those of a
refusal, but for two kinds. What would end it (a withdrawal, a decline, a move) is no delay. And what is about one
supporter is not told: beside his id it would write down from whom somebody is kept apart, or that he was not thought
fit (rule 11); then the next is asked.

What becomes of it where the policy is closed. In LIVE all of it, until the band's end plus two hours, and so in the
ENVELOPE. In CONDUCT, of a request that was not met, the codes and roles that need no review: when and where it was
not met stands there already, and of those the ones that are of the place: what is about one man's health or risk,
beside the minute and the wing, is his. An improper one, or a claim, is conduct of its own whatever came of the
request, told by the month alone: to be met at last does not make it right to have been told to wait until morning,
and a day beside a wing on which nobody was refused would be that of a meeting (rule 2). In RESIDUE nothing: in a
month with one lockdown a row that was held up by it would tell the day; whose wait it was, its parts say.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.confidentiality.roles import Role
from domain.kernel.errors import Failure
from domain.kernel.ids import ActorId
from domain.sessions.codes import GROUND_OF, RefusalCode, RefusalGround


class DelayCode(StrEnum):
    """Why it was held up. ASLEEP_CLAIMED is a claim until confirmed; the last five are improper, and are reviewed by
    somebody who had no part in it."""

    NO_PEER_AVAILABLE = "NO_PEER_AVAILABLE"
    NO_STAFF_TO_UNLOCK = "NO_STAFF_TO_UNLOCK"
    NIGHT_STATE = "NIGHT_STATE"
    SUITE_OUT_OF_USE = "SUITE_OUT_OF_USE"
    NO_PRIVATE_SPACE = "NO_PRIVATE_SPACE"
    REGIME_CURTAILED = "REGIME_CURTAILED"
    LOCKDOWN_INCIDENT = "LOCKDOWN_INCIDENT"
    INFECTION_CONTROL = "INFECTION_CONTROL"
    IT_FAILURE = "IT_FAILURE"
    RECIPIENT_RISK_TO_PEER = "RECIPIENT_RISK_TO_PEER"
    SECURITY_RESTRICTION = "SECURITY_RESTRICTION"
    SEGREGATION_DECISION = "SEGREGATION_DECISION"
    HEALTHCARE_ADVICE = "HEALTHCARE_ADVICE"
    ASLEEP_CLAIMED = "ASLEEP_CLAIMED"
    STAFF_DISCRETION = "STAFF_DISCRETION"
    NOT_PASSED_ON = "NOT_PASSED_ON"
    DENIED_AS_PUNISHMENT = "DENIED_AS_PUNISHMENT"
    TOLD_TO_WAIT_UNTIL_MORNING = "TOLD_TO_WAIT_UNTIL_MORNING"
    OTHER_ASK_ME = "OTHER_ASK_ME"


class HeldUpBy(StrEnum):
    """By which role it was refused or held up. The last three refuse nothing, and do nothing improper."""

    WING_OFFICER = "WING_OFFICER"
    ORDERLY_OFFICER = "ORDERLY_OFFICER"
    ESCORT = "ESCORT"
    """Whoever should have walked the supporter over, or kept watch meanwhile."""
    COORDINATOR = "COORDINATOR"
    SAFER_CUSTODY = "SAFER_CUSTODY"
    GOVERNOR = "GOVERNOR"
    SECURITY = "SECURITY"
    HEALTHCARE = "HEALTHCARE"
    OTHER_STAFF = "OTHER_STAFF"
    SUPPORTER = "SUPPORTER"
    RECIPIENT = "RECIPIENT"
    NOBODY = "NOBODY"
    """The lock state, the regime or the building: nobody decided so."""


class WaitFor(StrEnum):
    """In which part of the wait it was held up."""

    OFFER = "OFFER"
    ACCEPTANCE = "ACCEPTANCE"
    UNLOCKING = "UNLOCKING"


MOST: Final = 20
"""Delays of one request. A default."""
STAFF: Final = frozenset(HeldUpBy) - {HeldUpBy.SUPPORTER, HeldUpBy.RECIPIENT, HeldUpBy.NOBODY}
"""Who decides."""
BY: Final[Mapping[RefusalGround, frozenset[HeldUpBy]]] = {
    RefusalGround.SYSTEM: STAFF | {HeldUpBy.NOBODY},
    RefusalGround.RISK: STAFF,
    RefusalGround.RECIPIENT: frozenset({HeldUpBy.RECIPIENT}),
    RefusalGround.IMPROPER: STAFF,
}
"""By whom a delay with a code of this ground can be: else who is accused of it could say that it was another's fault.
A supporter comes late or not at all, and needs no reason for it: that he is the cause is told with NO_PEER_AVAILABLE
alone."""


@dataclass(frozen=True, slots=True)
class Delay:
    """Why, by which role, and by whom, where whoever tells it did it himself; None: it is not said who."""

    code: DelayCode
    role: HeldUpBy
    by: ActorId | None


def as_refusal(code: DelayCode) -> RefusalCode:
    """The code by the name that a refusal has it by."""
    return RefusalCode(code.value)


def own_role(role: Role) -> HeldUpBy:
    """What this role is called here."""
    return HeldUpBy(role.value) if role.value in STAFF else HeldUpBy.OTHER_STAFF


def told_delay(code: DelayCode, by: HeldUpBy | None, actor: ActorId, role: Role) -> Delay:
    """The delay as it is told. `by`: another of that role, who is not named; None: whoever tells it. That the recipient
    sleeps is a claim of whoever tells it."""
    if GROUND_OF[as_refusal(code)] is RefusalGround.RECIPIENT:
        return Delay(code, HeldUpBy.RECIPIENT, actor)
    return Delay(code, own_role(role), actor) if by is None else Delay(code, by, None)


def misplaced(code: DelayCode, by: HeldUpBy | None, path: str) -> list[Failure]:
    """The failure of a role that cannot have held it up so."""
    peer = code is DelayCode.NO_PEER_AVAILABLE and by is HeldUpBy.SUPPORTER
    fits = by is None or peer or by in BY[GROUND_OF[as_refusal(code)]]
    return [] if fits else [Failure("ROLE_DOES_NOT_FIT_CODE", path)]


def not_staff(by: HeldUpBy | None, code: RefusalCode | None, path: str) -> list[Failure]:
    """The failure of a role that refuses nothing; and of a claim that is said to be another's than his who tells it."""
    claim = code is not None and GROUND_OF[code] is RefusalGround.RECIPIENT
    return [] if by is None or (by in STAFF and not claim) else [Failure("ROLE_DOES_NOT_FIT_CODE", path)]


def stays(code: DelayCode, role: HeldUpBy) -> bool:
    """Whether it stays beside an unmet request, its minute and its wing: it is of the place, and neither of one man's
    health or risk nor of a supporter, whom the rota of that night would name."""
    of_the_place = GROUND_OF[as_refusal(code)] is RefusalGround.SYSTEM and code is not DelayCode.INFECTION_CONTROL
    return of_the_place and role is not HeldUpBy.SUPPORTER
