"""Who plans a scheme, signs the plan, judges it, and reads which part of it (row 'Scheme charter' of domain facts 7).

The coordinator writes; safer custody, governor and partner sign; oversight reads every version. Everybody else reads
the version in force, and people in custody and supporters of it only what is open: the public page.
"""

from typing import Final

from domain.confidentiality.grants.grant import OPEN, RUN, Grant, may
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

_SIGNING: Final = may(
    V.READ_CHARTER, V.SIGN_CHARTER, V.RETURN_CHARTER, V.COMMENT, V.READ_COMMENT, V.READ_OBJECTIVE, V.READ_FINDING
)
_OVERSIGHT: Final = may(V.READ_CHARTER, V.READ_COMMENT, V.READ_OBJECTIVE, V.READ_FINDING, V.RECORD_FINDING)
CHARTER_MEMBERS: Final = frozenset(
    {
        "purpose",
        "permitted_tasks",
        "prohibited_tasks",
        "why_needed",
        "meant_to_do",
        "target_group",
        "needs",
        "needs_evidence",
        "evidence_sources",
        "outcomes",
        "support_lasts",
        "endings",
        "lasts_weeks",
        "when_available",
        "places",
        "how_to_ask",
        "passed_on",
        "staff_hours_a_week",
        "unlock_minutes_a_week",
        "rooms",
        "materials",
        "money_minor_units_a_year",
        "recruiting",
        "advertised_by",
        "weeks_left_at_least",
        "training",
        "training_modules",
        "practice_contacts",
        "supporting",
        "supporters_seen_every_days",
        "paying",
        "paid",
        "stakeholders",
        "engaging",
        "knowing",
        "evaluation_design",
        "analysis_on",
        "objectives",
        "growing",
        "probation_weeks",
        "supervising",
        "staff_seen_every_days",
        "contingency",
        "maintaining",
        "involving",
        "watching",
        "review_on",
        "answers",
    }
)
"""What a coordinator writes: the members that answer the plan's questions; a test holds the two equal."""
OBJECTIVE_MEMBERS: Final = frozenset(
    {
        "title",
        "for_whom",
        "need",
        "baseline",
        "baseline_source",
        "baseline_by",
        "target",
        "achievable",
        "starts_on",
        "due_on",
        "running_weeks",
    }
)


PLANNING: Final[tuple[Grant, ...]] = (
    Grant(
        R.COORDINATOR,
        P.OPERATIONS,
        Within.OWN_SCHEME,
        RUN,
        may(V.READ_CHARTER, V.DRAFT_CHARTER, V.AMEND_CHARTER, V.SUBMIT_CHARTER, V.RETURN_CHARTER, V.PUBLISH_CHARTER)
        | may(V.DISCARD_CHARTER, V.COMMENT, V.READ_COMMENT),
        writes=CHARTER_MEMBERS,
        part="charter",
    ),
    Grant(
        R.COORDINATOR,
        P.EVALUATION,
        Within.OWN_SCHEME,
        RUN,
        may(V.READ_OBJECTIVE, V.SET_OBJECTIVE, V.AMEND_OBJECTIVE, V.MEASURE_OBJECTIVE, V.CLOSE_OBJECTIVE)
        | may(V.READ_FINDING, V.RECORD_FINDING),
        writes=OBJECTIVE_MEMBERS,
        part="objectives",
    ),
    Grant(R.SAFER_CUSTODY, P.SAFETY, Within.OWN_PRISON, RUN, _SIGNING, part="charter"),
    Grant(R.GOVERNOR, P.OVERSIGHT, Within.OWN_PRISON, RUN, _SIGNING | {V.DECLINE_FINDING}, part="charter"),
    Grant(R.PARTNER_VOLUNTEER, P.OPERATIONS, Within.OWN_ORGANISATION, RUN, _SIGNING, part="charter"),
    Grant(
        R.EVALUATOR,
        P.EVALUATION,
        Within.OWN_SCHEME,
        RUN,
        may(V.READ_CHARTER, V.READ_OBJECTIVE, V.READ_FINDING, V.RECORD_FINDING),
        part="charter",
    ),
    Grant(R.MONITORING_BOARD, P.OVERSIGHT, Within.OWN_PRISON, RUN, _OVERSIGHT, part="charter"),
    Grant(R.INSPECTORATE, P.OVERSIGHT, Within.OWN_PRISON, RUN, _OVERSIGHT, part="charter"),
    Grant(
        R.OMBUDSMAN_CORONER,
        P.INVESTIGATION,
        Within.OWN_PRISON,
        RUN,
        may(V.READ_CHARTER, V.READ_OBJECTIVE, V.READ_FINDING),
        part="charter",
    ),
    *(
        Grant(role, purpose, Within.OWN_PRISON_IN_FORCE, RUN, may(V.READ_CHARTER))
        for role, purpose in (
            (R.WING_OFFICER, P.OPERATIONS),
            (R.ORDERLY_OFFICER, P.OPERATIONS),
            (R.ACTIVITIES_HUB, P.OPERATIONS),
            (R.SECURITY, P.RECRUITMENT),
        )
    ),
    *(
        Grant(role, purpose, Within.OWN_PRISON_IN_FORCE, OPEN, may(V.READ_CHARTER))
        for role, purpose in (
            (R.STAFF_MEMBER, P.OPERATIONS),
            (R.HEALTHCARE, P.SUPPORT),
            (R.HEADQUARTERS, P.OVERSIGHT),
            (R.PERSON_IN_CUSTODY, P.OPERATIONS),
            (R.SUPPORTER, P.OPERATIONS),
            (R.PEER_COORDINATOR, P.OPERATIONS),
        )
    ),
    Grant(R.HEADQUARTERS, P.OVERSIGHT, Within.OWN_PRISON, OPEN, may(V.READ_OBJECTIVE), part="objectives"),
)
"""Charters, objectives, findings."""
