"""What a prison's own variant of a kind may change: it may only tighten. Every member has its rule here, one that
may not change at all too (`_same`); a test holds that none is forgotten.

Tighter is: hold less and for less long, ask less of supporters and train them more, keep every prohibition, promise no
less to those who are helped. The words about confidence, the grounds of disclosure, the partner and the form of contact
are the kind's: who wants others makes another kind, nationally. So are the words of its purpose: Listeners' say that it
is private, and a prison's own would be read as the partner's. What a prison means by its scheme it says in the scheme's
own purpose and name; and a variant has a title of its own, to be told from its base.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from domain.confidentiality.admission import RecipientIdentity, RecordLevel
from domain.kernel.errors import Failure
from domain.kernel.words import camel
from domain.schemes.sheet import Coverage, Debrief, Eligibility, Kind, Load, SelfService
from domain.schemes.vocabulary import Pay, Weight

Tighter = Callable[[Any, Any], bool]
"""(the base's value, the variant's): whether the variant's is no looser."""


def _same(base: Any, own: Any) -> bool:
    return bool(base == own)


def _any(_base: Any, _own: Any) -> bool:
    return True


def _no_more(base: Any, own: Any) -> bool:
    return set(own) <= set(base)


def _no_fewer(base: Any, own: Any) -> bool:
    return set(own) >= set(base)


def _at_least(base: int, own: int) -> bool:
    return own >= base


def _at_most(base: int | None, own: int | None) -> bool:
    return base is None or (own is not None and own <= base)


def _part_at_least(base: int | None, own: int | None) -> bool:
    return base is None or (own is not None and own >= base)


def _level(base: RecordLevel, own: RecordLevel) -> bool:
    order = list(RecordLevel)
    return order.index(own) <= order.index(base)


def _identity(base: RecipientIdentity, own: RecipientIdentity) -> bool:
    order = list(RecipientIdentity)
    return order.index(own) <= order.index(base)


_WEIGHTS: Final = (Weight.REVIEW, Weight.SOFT, Weight.HARD)


def _eligibility(base: tuple[Eligibility, ...], own: tuple[Eligibility, ...]) -> bool:
    mine = {e.rule: e for e in own}
    return all(
        (kept := mine.get(e.rule)) is not None
        and _WEIGHTS.index(kept.weight) >= _WEIGHTS.index(e.weight)
        and kept.parameter == e.parameter
        for e in base
    )


def _debrief(base: Debrief, own: Debrief) -> bool:
    return own.after is base.after and own.within_hours <= base.within_hours


def _load(base: Load, own: Load) -> bool:
    return (
        own.hours_soft <= base.hours_soft
        and own.hours_hard <= base.hours_hard
        and own.nights_in_seven <= base.nights_in_seven
        and own.rest_hours >= base.rest_hours
    )


def _coverage(base: Coverage, own: Coverage) -> bool:
    return _at_most(base.people_for_one, own.people_for_one) and _part_at_least(base.on_each_wing, own.on_each_wing)


def _self_service(base: SelfService, own: SelfService) -> bool:
    offered, waits = own.offered <= base.offered, own.waits >= base.waits
    return offered and waits and own.until_hours >= base.until_hours


def _pay(base: Pay, own: Pay) -> bool:
    # Unpaid is the partner's own rule (Listeners: no benefit, 1.1); what a paid role is paid is the governor's (2.4).
    return base is not Pay.UNPAID or own is Pay.UNPAID


RULES: Final[Mapping[str, tuple[str, Tighter]]] = {
    "title": ("", _any),
    "purpose": ("WORDING_CHANGED", _same),
    "purpose_plain": ("WORDING_CHANGED", _same),
    "support_types": ("SUPPORT_TYPE_ADDED", _no_more),
    "stage_of_sentence": ("STAGE_ADDED", _no_more),
    "partner": ("PARTNER_CHANGED", _same),
    "closed_policy": ("POLICY_CHANGED", _same),
    "record_level": ("RECORDS_MORE", _level),
    "recipient_identity": ("HOLDS_IDENTITY_LONGER", _identity),
    "holds": ("HOLDS_MORE", _no_more),
    "told_to_newcomers": ("WORDING_CHANGED", _same),
    "told_plain": ("WORDING_CHANGED", _same),
    "content_owned_by": ("OWNER_CHANGED", _same),
    "identity_held_by": ("MORE_HOLD_IDENTITY", _no_more),
    "disclosure": ("GROUNDS_CHANGED", _same),
    "eligibility": ("ELIGIBILITY_LOOSENED", _eligibility),
    "partner_certifies": ("CERTIFICATION_CHANGED", _same),
    "certified_by": ("CERTIFICATION_CHANGED", _same),
    "modules": ("MODULE_DROPPED", _no_fewer),
    "training_hours": ("TRAINING_SHORTENED", _at_least),
    "observed_contacts": ("OBSERVATION_SHORTENED", _at_least),
    "probation_days": ("PROBATION_SHORTENED", _at_least),
    "supervision_days": ("SUPERVISION_STRETCHED", _at_most),
    "debrief": ("DEBRIEF_LOOSENED", _debrief),
    "load": ("LOAD_LOOSENED", _load),
    "pay": ("PAY_CHANGED", _pay),
    "bands": ("BAND_DROPPED", _no_fewer),
    "coverage": ("COVERAGE_THINNED", _coverage),
    "self_service": ("SELF_SERVICE_LOOSENED", _self_service),
    "response_target_day": ("RESPONSE_SLOWED", _at_most),
    "response_target_night": ("RESPONSE_SLOWED", _at_most),
    "permitted_tasks": ("TASK_ADDED", _no_more),
    "prohibited_tasks": ("PROHIBITION_DROPPED", _no_fewer),
    "contact": ("CONTACT_CHANGED", _same),
}
"""Each member of the sheet, the code of its loosening, and what is no looser."""


def loosened(base: Kind, own: Kind) -> list[Failure]:
    """Where a variant is looser than its base: all of it, each with its place in the sheet."""
    return [
        Failure(code, f"/sheet/{camel(member)}")
        for member, (code, tighter) in RULES.items()
        if not tighter(getattr(base, member), getattr(own, member))
    ]
