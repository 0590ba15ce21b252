"""What each role does from day to day."""

from typing import Final

from domain.confidentiality.classification import Classification as C
from domain.confidentiality.grants.grant import ANSWERED_FOR, OPEN, RUN, STANDING, TAKEN_PART, WORKED_ON, Grant, may
from domain.confidentiality.grants.life import PLANNED
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

_EVERYBODY: Final = frozenset({V.READ_ME, V.READ_POLICY, V.READ_KIND, V.READ_EXCEPTIONS, V.SIGN_OUT})
_NIGHT: Final = frozenset(
    {
        V.READ_REQUEST,
        V.READ_BOARD,
        V.OFFER_REQUEST,
        V.ANSWER_OFFER,
        V.UNLOCK_REQUEST,
        V.COMPLETE_REQUEST,
        V.REFUSE_REQUEST,
        V.DELAY_REQUEST,
        V.WITHDRAW_REQUEST,
    }
)
_LEARNING: Final = frozenset(
    {V.ENROL, V.READ_ENROLMENT, V.END_ENROLMENT, V.PLAN_SESSION, V.RECORD_SESSION, V.READ_SESSION}
)


_LEDGER_READERS: Final = frozenset({V.READ_ASSIGNMENT})
"""Whoever reads the ledger sees who else does: readers are listed to each other (rule 15)."""
_SAYS: Final = may(V.GIVE_FEEDBACK, V.REPORT_INCIDENT, V.COMPLAIN)
"""What is said without a name. One rule for all: it stands in the ledger, and one of its own would say that somebody
reported pressure, or complained (rule 6)."""


_EVERY_ROLE: Final = tuple(
    Grant(role, P.OPERATIONS, Within.ANYONE, OPEN, _EVERYBODY) for role in R if role not in {R.SERVICE, R.INTEGRATOR}
)

_STAFF: Final = (
    Grant(R.STAFF_MEMBER, P.SUPPORT, Within.ANYONE, RUN, may(V.ASK) | _SAYS, closed=True),
    Grant(R.STAFF_MEMBER, P.OPERATIONS, Within.OWN_PRISON, OPEN, may(V.READ_SCHEME)),
    Grant(R.WING_OFFICER, P.SUPPORT, Within.OWN_WING_ON_DUTY, TAKEN_PART, _NIGHT, closed=True),
    Grant(R.WING_OFFICER, P.SUPPORT, Within.ANYONE, RUN, may(V.ASK, V.GIVE_FEEDBACK), closed=True),
    Grant(
        R.WING_OFFICER,
        P.SUPPORT,
        Within.OWN_WING,
        TAKEN_PART,
        may(V.READ_INDUCTION, V.READ_ENROLMENT, V.READ_SESSION),
    ),
    Grant(R.WING_OFFICER, P.OPERATIONS, Within.OWN_PRISON, RUN, may(V.READ_SCHEME, V.DECLARE_DUTY)),
    Grant(R.WING_OFFICER, P.OPERATIONS, Within.OWN_PRISON_HERE, RUN, may(V.READ_SUPPORTER)),
    Grant(R.WING_OFFICER, P.OPERATIONS, Within.OWN_ACTS, RUN, may(V.READ_DUTY)),
    Grant(R.WING_OFFICER, P.SUPPORT, Within.OWN_ACTS, RUN, may(V.READ_WATCH, V.CLOSE_WATCH)),
    Grant(R.ORDERLY_OFFICER, P.SUPPORT, Within.OWN_PRISON_TONIGHT, TAKEN_PART, _NIGHT, closed=True),
    Grant(R.ORDERLY_OFFICER, P.SUPPORT, Within.OWN_ACTS, RUN, may(V.READ_WATCH, V.CLOSE_WATCH)),
    Grant(R.ORDERLY_OFFICER, P.SUPPORT, Within.ANYONE, RUN, may(V.ASK, V.GIVE_FEEDBACK), closed=True),
    Grant(R.ORDERLY_OFFICER, P.OPERATIONS, Within.OWN_PRISON, STANDING, may(V.READ_SCHEME, V.READ_DUTY)),
    Grant(
        R.ORDERLY_OFFICER,
        P.OPERATIONS,
        Within.OWN_PRISON_HERE,
        STANDING,
        may(V.READ_SUPPORTER, V.SUSPEND_SUPPORTER),
    ),
    Grant(
        R.COORDINATOR,
        P.OPERATIONS,
        Within.OWN_SCHEME,
        RUN,
        may(V.AMEND_SCHEME, V.OPEN_SCHEME, V.CLOSE_SCHEME),
        writes=PLANNED | {"name", "purpose", "target_group", "how_to_ask", "places", "supporters_wanted", "review_on"},
    ),
    Grant(R.COORDINATOR, P.OPERATIONS, Within.OWN_PRISON, RUN, may(V.CREATE_SCHEME, V.READ_SCHEME)),
    Grant(
        R.COORDINATOR,
        P.RECRUITMENT,
        Within.OWN_SCHEME,
        STANDING | {C.WELLBEING},
        may(
            V.APPLY,
            V.READ_SUPPORTER,
            V.AMEND_SUPPORTER,
            V.DECIDE_APPLICATION,
            V.TRAIN_SUPPORTER,
            V.CERTIFY_SUPPORTER,
            V.ACTIVATE_SUPPORTER,
            V.PAUSE_SUPPORTER,
            V.RESUME_SUPPORTER,
            V.STAND_DOWN_SUPPORTER,
            V.SUSPEND_SUPPORTER,
        ),
        writes=frozenset({"name", "wing", "languages"}),
    ),
    Grant(
        R.COORDINATOR,
        P.SUPPORT,
        Within.OWN_SCHEME,
        ANSWERED_FOR,
        _LEARNING
        | may(V.RECORD_INDUCTION, V.READ_INDUCTION, V.READ_REQUEST, V.OFFER_REQUEST, V.ANSWER_OFFER)
        | may(V.COMPLETE_REQUEST, V.REFUSE_REQUEST, V.DELAY_REQUEST, V.WITHDRAW_REQUEST),
    ),
    Grant(R.COORDINATOR, P.SUPPORT, Within.ANYONE, RUN, may(V.ASK, V.GIVE_FEEDBACK), closed=True),
    Grant(R.COORDINATOR, P.EVALUATION, Within.OWN_SCHEME, RUN | {C.CONTENT, C.PARTICIPATION}, may(V.READ_FEEDBACK)),
    Grant(R.COORDINATOR, P.OVERSIGHT, Within.OWN_ACTS, RUN, may(V.START_JOB, V.READ_JOB)),
    Grant(
        R.SAFER_CUSTODY,
        P.SAFETY,
        Within.OWN_PRISON,
        TAKEN_PART | STANDING,
        may(V.READ_SCHEME, V.APPROVE_SCHEME, V.READ_SUPPORTER, V.READ_REQUEST, V.READ_DUTY, V.READ_LEDGER)
        | may(V.SUSPEND_SUPPORTER)
        | _LEDGER_READERS,
    ),
    Grant(R.SAFER_CUSTODY, P.SUPPORT, Within.ANYONE, RUN, may(V.ASK, V.GIVE_FEEDBACK), closed=True),
    Grant(
        R.GOVERNOR,
        P.OVERSIGHT,
        Within.OWN_PRISON,
        STANDING,
        may(
            V.READ_SCHEME,
            V.APPROVE_SCHEME,
            V.CLOSE_SCHEME,
            V.READ_SUPPORTER,
            V.STAND_DOWN_SUPPORTER,
            V.SUSPEND_SUPPORTER,
            V.READ_LEDGER,
            V.READ_ASSIGNMENT,
        ),
    ),
    Grant(R.GOVERNOR, P.INVESTIGATION, Within.OWN_PRISON, RUN, may(V.READ_LEDGER)),
    Grant(R.GOVERNOR, P.OVERSIGHT, Within.OWN_ACTS, RUN, may(V.START_JOB, V.READ_JOB)),
    Grant(R.ACTIVITIES_HUB, P.OPERATIONS, Within.OWN_PRISON, STANDING, may(V.READ_SCHEME)),
    Grant(R.ACTIVITIES_HUB, P.OPERATIONS, Within.OWN_PRISON_HERE, STANDING, may(V.READ_SUPPORTER)),
    Grant(R.SECURITY, P.RECRUITMENT, Within.OWN_PRISON, STANDING, may(V.READ_SCHEME)),
    Grant(R.SECURITY, P.RECRUITMENT, Within.OWN_PRISON_HERE, STANDING, may(V.READ_SUPPORTER)),
    Grant(R.HEALTHCARE, P.SUPPORT, Within.OWN_PRISON, OPEN, may(V.READ_SCHEME)),
    Grant(R.INFORMATION_GOVERNANCE, P.OVERSIGHT, Within.OWN_PRISON, RUN, may(V.READ_LEDGER, V.READ_ASSIGNMENT)),
    Grant(R.INFORMATION_GOVERNANCE, P.INVESTIGATION, Within.OWN_PRISON, RUN, may(V.READ_LEDGER)),
    Grant(
        R.ACCESS_ADMINISTRATOR,
        P.OPERATIONS,
        Within.OWN_PRISON,
        RUN,
        may(V.PROPOSE_ASSIGNMENT, V.CONFIRM_ASSIGNMENT, V.END_ASSIGNMENT, V.READ_ASSIGNMENT),
    ),
)

_OUTSIDE: Final = (
    Grant(
        R.PARTNER_VOLUNTEER,
        P.RECRUITMENT,
        Within.OWN_ORGANISATION,
        STANDING | {C.WELLBEING},
        may(
            V.READ_SCHEME,
            V.READ_SUPPORTER,
            V.DECIDE_APPLICATION,
            V.TRAIN_SUPPORTER,
            V.CERTIFY_SUPPORTER,
            V.ACTIVATE_SUPPORTER,
            V.PAUSE_SUPPORTER,
            V.RESUME_SUPPORTER,
            V.STAND_DOWN_SUPPORTER,
            V.SUSPEND_SUPPORTER,
        ),
    ),
    Grant(R.PARTNER_VOLUNTEER, P.SUPPORT, Within.OWN_ORGANISATION, ANSWERED_FOR, _LEARNING),
    Grant(R.PARTNER_VOLUNTEER, P.SUPPORT, Within.ANYONE, OPEN, may(V.HAND_IN_TALLY) | _SAYS, closed=True),
    Grant(
        R.PARTNER_VOLUNTEER,
        P.EVALUATION,
        Within.OWN_ORGANISATION,
        RUN | {C.CONTENT, C.PARTICIPATION},
        may(V.READ_FEEDBACK),
    ),
    Grant(R.EVALUATOR, P.EVALUATION, Within.OWN_SCHEME, OPEN, may(V.READ_SCHEME)),
    Grant(R.EVALUATOR, P.EVALUATION, Within.OWN_ACTS, RUN, may(V.START_JOB, V.READ_JOB)),
    Grant(
        R.MONITORING_BOARD,
        P.OVERSIGHT,
        Within.OWN_PRISON,
        TAKEN_PART | STANDING,
        may(V.READ_SCHEME, V.READ_SUPPORTER, V.READ_REQUEST, V.READ_LEDGER, V.READ_ASSIGNMENT, V.CONFIRM_ASSIGNMENT),
    ),
    Grant(
        R.INSPECTORATE,
        P.OVERSIGHT,
        Within.OWN_PRISON,
        TAKEN_PART | STANDING,
        may(V.READ_SCHEME, V.READ_SUPPORTER, V.READ_REQUEST, V.READ_LEDGER) | _LEDGER_READERS,
    ),
    Grant(R.MONITORING_BOARD, P.OVERSIGHT, Within.OWN_ACTS, RUN, may(V.START_JOB, V.READ_JOB)),
    Grant(R.INSPECTORATE, P.OVERSIGHT, Within.OWN_ACTS, RUN, may(V.START_JOB, V.READ_JOB)),
    Grant(
        R.OMBUDSMAN_CORONER,
        P.INVESTIGATION,
        Within.OWN_PRISON,
        RUN,
        may(V.READ_SCHEME, V.READ_LEDGER) | _LEDGER_READERS,
    ),
    Grant(R.OMBUDSMAN_CORONER, P.INVESTIGATION, Within.OWN_ACTS, RUN, may(V.START_JOB, V.READ_JOB)),
    Grant(R.HEADQUARTERS, P.OVERSIGHT, Within.OWN_PRISON, OPEN, may(V.READ_SCHEME)),
    Grant(R.INTEGRATOR, P.INTEGRATION, Within.ANYONE, OPEN, _EVERYBODY),
    Grant(R.INTEGRATOR, P.INTEGRATION, Within.OWN_PRISON, OPEN, may(V.READ_SCHEME)),
    Grant(R.SERVICE, P.OPERATIONS, Within.ANYONE, OPEN, may(V.TICK)),
    # Of whoever holds a single-use code nobody knows who he is: the service hands in what he says (rule 12).
    Grant(R.SERVICE, P.SUPPORT, Within.ANYONE, OPEN, may(V.HAND_IN_BY_CODE)),
)

_IN_CUSTODY: Final = (
    # Suspended or gone, a supporter can still say that he is pressed: it may be why.
    Grant(R.PERSON_IN_CUSTODY, P.SUPPORT, Within.ANYONE, OPEN, may(V.ASK, V.HAND_IN_DISPUTE) | _SAYS, closed=True),
    Grant(R.PERSON_IN_CUSTODY, P.OPERATIONS, Within.OWN_PRISON, OPEN, may(V.READ_SCHEME)),
    Grant(R.PERSON_IN_CUSTODY, P.RECRUITMENT, Within.OWN_PERSON, STANDING, may(V.APPLY, V.READ_SUPPORTER)),
    Grant(R.PERSON_IN_CUSTODY, P.SUPPORT, Within.OWN_PERSON, WORKED_ON, may(V.READ_ENROLMENT, V.READ_SESSION)),
    Grant(R.SUPPORTER, P.SUPPORT, Within.ANYONE, OPEN, may(V.HAND_IN_TALLY, V.HAND_IN_DISPUTE) | _SAYS, closed=True),
    Grant(R.SUPPORTER, P.OPERATIONS, Within.OWN_PRISON, OPEN, may(V.READ_SCHEME)),
    Grant(
        R.SUPPORTER,
        P.OPERATIONS,
        Within.OWN_PERSON,
        STANDING | {C.WELLBEING},
        may(V.READ_SUPPORTER, V.AMEND_SUPPORTER, V.PAUSE_SUPPORTER, V.RESUME_SUPPORTER),
        writes=frozenset({"languages", "agreed_to_be_listed"}),
    ),
    Grant(
        R.SUPPORTER,
        P.SUPPORT,
        Within.OWN_SUPPORT,
        WORKED_ON,
        may(V.RECORD_INDUCTION, V.READ_INDUCTION, V.READ_ENROLMENT, V.READ_SESSION, V.RECORD_SESSION),
    ),
    Grant(R.PEER_COORDINATOR, P.OPERATIONS, Within.OWN_PRISON, OPEN, may(V.READ_SCHEME)),
)

EVERYDAY: Final[tuple[Grant, ...]] = (*_EVERY_ROLE, *_STAFF, *_OUTSIDE, *_IN_CUSTODY)
"""Schemes, supporters, requests, sessions, feedback, assignments, duties, the ledger."""
