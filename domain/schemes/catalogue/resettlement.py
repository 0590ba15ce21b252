"""Through the gate (domain facts 1.10)."""

from typing import Final

from domain.confidentiality.admission import RecipientIdentity, RecordLevel
from domain.confidentiality.classification import Classification as C
from domain.schemes.catalogue.common import AFTER_CONCERN, CLEARED, DAY, LOOKED_AT, PART_TIME, STAFF_ARE_TOLD
from domain.schemes.sheet import LIVE, Coverage, Eligibility, Kind, forbidding
from domain.schemes.tasks import Task as T
from domain.schemes.vocabulary import Basis, Contact, Holder, Pay, Stage, SupportType, Weight
from domain.schemes.vocabulary import EligibilityRule as R

THROUGH_THE_GATE: Final = Kind(
    code="THROUGH_THE_GATE",
    title="Through-the-gate mentors",
    support_types=(SupportType.RESETTLEMENT,),
    stage_of_sentence=(Stage.BEFORE_RELEASE, Stage.AFTER_RELEASE),
    purpose="Three meetings before release, somebody at the gate on the day, and company in the first weeks after.",
    purpose_plain="Going home soon? A mentor helps you plan, and meets you at the gate.",
    partner="RESETTLEMENT_PROVIDER",
    closed_policy=False,
    record_level=RecordLevel.CODED_WITH_NOTE,
    recipient_identity=RecipientIdentity.WITH_RECORD,
    holds=LIVE | {C.CONTENT},
    told_to_newcomers="Your plan is shared with probation, as you agreed. I do not judge what you tell me.",
    told_plain="Probation sees your plan, if you agree. I do not judge you.",
    content_owned_by=(Holder.PARTNER, Holder.PROBATION),
    identity_held_by=(Holder.PARTNER, Holder.PROBATION),
    disclosure=(*STAFF_ARE_TOLD, Basis.SERIOUS_CRIME_PREVENTION),
    # A mentor may be released himself, or a volunteer of the community: drug-free for two years is usual.
    eligibility=(CLEARED, *LOOKED_AT, Eligibility(R.ABSTINENCE, Weight.SOFT, 24)),
    partner_certifies=True,
    certified_by="RESETTLEMENT_PROVIDER",
    modules=("COMMUNICATION", "MENTORING", "PLANNING_RELEASE", "SAFEGUARDING"),
    training_hours=20,
    observed_contacts=3,
    probation_days=28,
    supervision_days=14,
    debrief=AFTER_CONCERN,
    load=PART_TIME,
    pay=Pay.UNPAID,
    bands=DAY,
    coverage=Coverage(),
    response_target_day=None,
    response_target_night=None,
    permitted_tasks=(T.PLAN_RELEASE, T.MEET_AT_GATE, T.ACCOMPANY_TO_APPOINTMENTS, T.REFER_TO_AGENCY),
    prohibited_tasks=forbidding(T.SPECULATE_ON_LICENCE, T.HANDLE_MONEY),
    contact=Contact.CASE,
)
