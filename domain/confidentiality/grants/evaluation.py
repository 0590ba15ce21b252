"""Who plans an evaluation, measures people for it, and reads how they scored (domain facts 5.4 and 7).

The coordinator and the evaluator plan it, those who oversee read the plan. A score is for those who run the scheme, for
its partner and for the man himself: the evaluator has the report, where there are counts, means and intervals, and no
row of anybody.
"""

from typing import Final

from domain.confidentiality.classification import Classification as C
from domain.confidentiality.grants.grant import OPEN, RUN, TAKEN_PART, Grant, may
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

_SCORED: Final = TAKEN_PART | {C.WELLBEING}
_PLANS: Final = may(
    *(V.PLAN_EVALUATION, V.AMEND_EVALUATION, V.REGISTER_EVALUATION, V.CONCLUDE_EVALUATION, V.ABANDON_EVALUATION),
    V.READ_EVALUATION,
)
_COUNTED: Final = RUN | {C.WELLBEING}
"""How many were asked, refused or came to harm, exactly: for those who write it down."""
_READS: Final = may(V.READ_EVALUATION)
_MEASURES: Final = may(V.TAKE_MEASUREMENT, V.READ_MEASUREMENT)
EVALUATION_MEMBERS: Final = frozenset(
    {
        *("title", "question", "design", "outcome", "further", "wanted", "starts_on", "running_weeks", "analysis_on"),
        *("missing_as", "collected_by", "consent_version", "compared_with", "reached", "reached_on"),
        *("risk_lead", "approached", "refused", "harms", "prisoner_days"),
    }
)

EVALUATION: Final[tuple[Grant, ...]] = (
    *(
        Grant(role, P.EVALUATION, Within.OWN_SCHEME, _COUNTED, _PLANS, writes=EVALUATION_MEMBERS, part="evaluations")
        for role in (R.COORDINATOR, R.EVALUATOR)
    ),
    Grant(R.COORDINATOR, P.EVALUATION, Within.OWN_SCHEME, _SCORED, _MEASURES, part="measurements"),
    Grant(R.PARTNER_VOLUNTEER, P.SUPPORT, Within.OWN_ORGANISATION, _SCORED, _MEASURES, part="measurements"),
    Grant(R.PERSON_IN_CUSTODY, P.SUPPORT, Within.OWN_PERSON, _SCORED, may(V.READ_MEASUREMENT), part="measurements"),
    Grant(R.PARTNER_VOLUNTEER, P.OPERATIONS, Within.OWN_ORGANISATION, RUN, _READS, part="evaluations"),
    Grant(R.SAFER_CUSTODY, P.SAFETY, Within.OWN_PRISON, RUN, _READS, part="evaluations"),
    Grant(R.GOVERNOR, P.OVERSIGHT, Within.OWN_PRISON, RUN, _READS, part="evaluations"),
    Grant(R.MONITORING_BOARD, P.OVERSIGHT, Within.OWN_PRISON, RUN, _READS, part="evaluations"),
    Grant(R.INSPECTORATE, P.OVERSIGHT, Within.OWN_PRISON, RUN, _READS, part="evaluations"),
    Grant(R.OMBUDSMAN_CORONER, P.INVESTIGATION, Within.OWN_PRISON, RUN, _READS, part="evaluations"),
    Grant(R.HEADQUARTERS, P.OVERSIGHT, Within.OWN_PRISON, OPEN, _READS, part="evaluations"),
)
"""Plans, and what somebody answered."""
