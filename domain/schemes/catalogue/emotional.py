"""Listeners and Insiders (domain facts 1.1, 1.2)."""

from typing import Final

from domain.confidentiality.admission import RecipientIdentity, RecordLevel
from domain.confidentiality.classification import Classification as C
from domain.kernel.bands import Band
from domain.schemes.catalogue.common import (
    AFTER_CONCERN,
    CLEARED,
    DAY_AND_NIGHT,
    LOOKED_AT,
    PART_TIME,
    STAFF_ARE_TOLD,
    STANDARD,
    TIME_LEFT_6,
)
from domain.schemes.sheet import LIVE, Coverage, Debrief, Eligibility, Kind, Load, SelfService, forbidding
from domain.schemes.tasks import Task as T
from domain.schemes.vocabulary import Basis, Contact, DebriefAfter, Holder, Pay, Stage, SupportType, Weight
from domain.schemes.vocabulary import EligibilityRule as R

LISTENERS: Final = Kind(
    code="LISTENERS",
    title="Listeners",
    support_types=(SupportType.EMOTIONAL,),
    stage_of_sentence=(Stage.INDUCTION, Stage.ANY),
    purpose="Confidential emotional support for anyone who is struggling to cope or feels suicidal, by day and night.",
    purpose_plain="Feeling low, or thinking of suicide? A Listener will hear you, day or night. It is private.",
    partner="SAMARITANS",
    closed_policy=True,
    record_level=RecordLevel.COUNT_ONLY,
    recipient_identity=RecipientIdentity.UNTIL_BAND_END,
    holds=LIVE | {C.SEALED, C.WELLBEING},
    told_to_newcomers="What you say stays with the Listeners and Samaritans. Staff are not told what is said.",
    told_plain="What you say stays with Listeners and Samaritans. Officers are not told.",
    content_owned_by=(Holder.PARTNER,),
    identity_held_by=(Holder.PRISON,),
    # The published list only: an adult able to decide for himself is in none of it, and what prisons often assume
    # (escape, hostage) is for Samaritans to say.
    disclosure=(
        Basis.CONSENT,
        Basis.VITAL_INTERESTS,
        Basis.CHILD_PROTECTION,
        Basis.ADULT_SAFEGUARDING,
        Basis.TERRORISM,
        Basis.COURT_ORDER,
    ),
    # Unlocked late at night, so good conduct; no offence bars as such; literacy is not required.
    eligibility=(CLEARED, TIME_LEFT_6, *LOOKED_AT, Eligibility(R.DRUG_ADJUDICATION, Weight.REVIEW, 6)),
    partner_certifies=True,
    certified_by="SAMARITANS",
    modules=(
        "LISTENING",
        "BOUNDARIES",
        "CONFIDENTIALITY",
        "SUICIDE_AND_SELF_HARM",
        "SAFEGUARDING",
        "LOOKING_AFTER_YOURSELF",
    ),
    training_hours=20,
    observed_contacts=3,
    probation_days=28,
    supervision_days=14,
    debrief=Debrief(DebriefAfter.ROSTERED_BAND, 24),
    load=Load(hours_soft=8, hours_hard=12, nights_in_seven=2, rest_hours=10),
    pay=Pay.UNPAID,
    bands=DAY_AND_NIGHT,
    coverage=Coverage(people_for_one=50, on_each_wing=1),
    # A band that is dropped at once, or is not, would tell of a Listener what the rota does not (rules 9 and 10).
    self_service=SelfService(waits=True),
    response_target_day=60,
    response_target_night=90,
    permitted_tasks=(T.LISTEN_IN_PRIVATE, T.EXPLORE_FEELINGS, T.TELL_HOW_TO_REACH_SAMARITANS),
    prohibited_tasks=forbidding(
        T.GIVE_ADVICE, T.CONSTANT_SUPERVISION, T.ATTEND_CASE_REVIEW_AS_INFORMANT, T.CARRY_ITEMS
    ),
    contact=Contact.TALLY,
)

INSIDERS: Final = Kind(
    code="INSIDERS",
    title="Insiders",
    support_types=(SupportType.INDUCTION,),
    stage_of_sentence=(Stage.INDUCTION, Stage.TRANSFER),
    purpose="Meet every new arrival within 24 hours, explain how the prison works, and say who can help.",
    purpose_plain="New here? An Insider is a prisoner who shows you how things work.",
    partner="PRISON",
    closed_policy=False,
    record_level=RecordLevel.CODED,
    recipient_identity=RecipientIdentity.WITH_RECORD,
    holds=LIVE,
    told_to_newcomers="I tell staff if I am worried about you. To talk in confidence, ask for a Listener.",
    told_plain="If I worry about you, I tell an officer. To talk in private, ask for a Listener.",
    content_owned_by=(Holder.PRISON,),
    identity_held_by=(Holder.PRISON,),
    disclosure=STAFF_ARE_TOLD,
    # Offence and length of sentence are weighed (Edinburgh's protocol).
    eligibility=(CLEARED, TIME_LEFT_6, STANDARD, *LOOKED_AT, Eligibility(R.OFFENCE_TYPE, Weight.SOFT)),
    partner_certifies=False,
    certified_by=None,
    modules=("COMMUNICATION", "INDUCTION_FACTS", "WHEN_TO_TELL_STAFF"),
    training_hours=6,
    observed_contacts=2,
    probation_days=28,
    supervision_days=28,
    debrief=AFTER_CONCERN,
    load=PART_TIME,
    pay=Pay.LOCAL_BAND,
    bands=(Band.PM, Band.ED),
    coverage=Coverage(),
    response_target_day=1440,
    response_target_night=1440,
    permitted_tasks=(T.MEET_AND_GREET, T.SHOW_ROUND, T.EXPLAIN_FORMS, T.SIGNPOST),
    prohibited_tasks=forbidding(T.ASK_ABOUT_OFFENCE, T.ASSESS_RISK, T.HANDLE_PROPERTY),
    contact=Contact.INDUCTION,
)
