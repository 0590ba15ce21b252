"""The kinds of Ireland's pack (domain facts 8)."""

from typing import Final

from domain.confidentiality.admission import RecipientIdentity, RecordLevel
from domain.kernel.bands import Band
from domain.schemes.catalogue.common import ON_REQUEST, PART_TIME, STAFF_ARE_TOLD, TIME_LEFT_6
from domain.schemes.sheet import LIVE, Coverage, Eligibility, Kind, forbidding
from domain.schemes.tasks import Task as T
from domain.schemes.vocabulary import Contact, Holder, Pay, Stage, SupportType, Weight
from domain.schemes.vocabulary import EligibilityRule as R

# Community Based Health and First Aid: landings are the communities, projects (hygiene, TB, overdose, testing) the
# work, groups the unit. Volunteers have the 'special status' of members of the society; education boards train them.
RED_CROSS_VOLUNTEERS: Final = Kind(
    code="RED_CROSS_VOLUNTEERS",
    jurisdiction="IE",
    title="Irish Red Cross volunteers",
    support_types=(SupportType.HEALTH_ADVICE,),
    stage_of_sentence=(Stage.ANY,),
    purpose="Community health by members of the Red Cross in custody: projects for the whole landing, in groups.",
    purpose_plain="Red Cross volunteers on your landing teach first aid and how to stay well.",
    partner="IRISH_RED_CROSS",
    closed_policy=False,
    record_level=RecordLevel.CODED,
    recipient_identity=RecipientIdentity.WITH_RECORD,
    holds=LIVE,
    told_to_newcomers="We teach in groups and keep no names, only how many came. If you are ill, we fetch the nurse.",
    told_plain="We teach in groups. We only count how many came. If you are ill, we fetch the nurse.",
    content_owned_by=(Holder.PARTNER,),
    identity_held_by=(),
    disclosure=STAFF_ARE_TOLD,
    eligibility=(
        Eligibility(R.SECURITY_CLEARANCE, Weight.HARD, 12),
        Eligibility(R.MEMBER_OF_PARTNER, Weight.HARD),
        TIME_LEFT_6,
    ),
    partner_certifies=True,
    certified_by="IRISH_RED_CROSS",
    modules=("COMMUNITY_HEALTH", "FIRST_AID", "INFECTION_CONTROL", "RUNNING_A_PROJECT"),
    training_hours=40,
    observed_contacts=2,
    probation_days=28,
    supervision_days=14,
    debrief=ON_REQUEST,
    load=PART_TIME,
    pay=Pay.UNPAID,
    bands=(Band.AM, Band.PM),
    coverage=Coverage(),
    response_target_day=None,
    response_target_night=None,
    permitted_tasks=(T.RUN_HEALTH_PROJECT, T.LEAD_GROUP, T.GIVE_HEALTH_INFORMATION, T.SIGNPOST),
    prohibited_tasks=forbidding(T.GIVE_CLINICAL_ADVICE, T.SEE_CLINICAL_RECORDS),
    contact=Contact.GROUP,
)
