"""Who prints codes, reads counts and pulses, decides complaints, and watches over confidentiality (domain facts 4.2, 5
and 7; rules 6, 12, 15 and 19).

Counts are for whoever runs, oversees or judges a scheme; of what those helped say, for its supporters. Complaints are
decided outside of those who run it, and what is against the deciders goes up. Breaches and unusual looks are the matter
of information governance and of those who oversee the prison: never of whoever's acts they are. A breach in which
nobody is named is the monitoring board's.
"""

from typing import Final

from domain.confidentiality.classification import Classification as C
from domain.confidentiality.grants.grant import OPEN, RUN, Grant, may
from domain.confidentiality.roles import Purpose as P
from domain.confidentiality.roles import Role as R
from domain.confidentiality.verbs import Verb as V
from domain.confidentiality.within import Within

_CASE: Final = RUN | {C.CASEWORK}
_WHOLE: Final = _CASE | {C.SECURITY}
_COUNTS: Final = may(V.READ_FEEDBACK_COUNTS, V.READ_PULSE_RESULT)
_RUNS: Final = _COUNTS | may(V.READ_SPREAD, V.READ_RISK_SIGNALS)
_WATCHES: Final = _COUNTS | may(V.READ_SPREAD)
_SIGNALS: Final = may(V.READ_RISK_SIGNALS)
_DECIDES: Final = may(V.READ_COMPLAINT, V.LOOK_INTO_COMPLAINT, V.DECIDE_COMPLAINT)
_LINES: Final = may(V.READ_BREACH_LINES)
_NOTES: Final = _LINES | may(V.NOTE_BREACH)
_ASSESSES: Final = may(V.READ_BREACH, V.ASSESS_BREACH, V.DECIDE_BREACH)
_LOOKS: Final = may(V.READ_UNUSUAL_LOOK, V.REVIEW_UNUSUAL_LOOK)


def _of(role: R, purpose: P, within: Within, sees: frozenset[C], verbs: frozenset[V], part: str) -> Grant:
    return Grant(role, purpose, within, sees, verbs, part=part)


FEEDBACK: Final[tuple[Grant, ...]] = (
    _of(R.COORDINATOR, P.EVALUATION, Within.OWN_SCHEME, RUN, _RUNS | may(V.PRINT_FEEDBACK_CODES), "feedback"),
    _of(
        R.PARTNER_VOLUNTEER,
        P.EVALUATION,
        Within.OWN_ORGANISATION,
        RUN,
        _RUNS | may(V.PRINT_FEEDBACK_CODES),
        "feedback",
    ),
    _of(R.SAFER_CUSTODY, P.SAFETY, Within.OWN_PRISON, RUN, _WATCHES, "feedback"),
    _of(R.GOVERNOR, P.OVERSIGHT, Within.OWN_PRISON, RUN, _WATCHES, "feedback"),
    _of(R.MONITORING_BOARD, P.OVERSIGHT, Within.OWN_PRISON, RUN, _WATCHES, "feedback"),
    _of(R.INSPECTORATE, P.OVERSIGHT, Within.OWN_PRISON, RUN, _WATCHES, "feedback"),
    _of(R.SAFER_CUSTODY, P.SAFETY, Within.OWN_PRISON, _CASE, _SIGNALS, "signals"),
    _of(R.GOVERNOR, P.OVERSIGHT, Within.OWN_PRISON, _CASE, _SIGNALS, "signals"),
    _of(R.MONITORING_BOARD, P.OVERSIGHT, Within.OWN_PRISON, _CASE, _SIGNALS, "signals"),
    _of(R.INSPECTORATE, P.OVERSIGHT, Within.OWN_PRISON, _CASE, _SIGNALS, "signals"),
    _of(R.EVALUATOR, P.EVALUATION, Within.OWN_SCHEME, RUN, _COUNTS, "feedback"),
    _of(R.SUPPORTER, P.EVALUATION, Within.OWN_SCHEME, OPEN, may(V.READ_FEEDBACK_COUNTS), "feedback"),
    _of(R.SAFER_CUSTODY, P.SAFETY, Within.OWN_PRISON_BELOW, _CASE, _DECIDES, "complaints"),
    _of(R.GOVERNOR, P.OVERSIGHT, Within.OWN_PRISON_BELOW, _CASE, _DECIDES, "complaints"),
    _of(R.MONITORING_BOARD, P.OVERSIGHT, Within.OWN_PRISON, _CASE, _DECIDES, "complaints"),
    _of(R.INSPECTORATE, P.OVERSIGHT, Within.OWN_PRISON, _CASE, may(V.READ_COMPLAINT), "complaints"),
    _of(R.INFORMATION_GOVERNANCE, P.INVESTIGATION, Within.OWN_PRISON_BELOW, _WHOLE, _ASSESSES, "breaches"),
    _of(R.INFORMATION_GOVERNANCE, P.INVESTIGATION, Within.OWN_PRISON, _WHOLE, _NOTES | _LOOKS, "breaches"),
    _of(R.GOVERNOR, P.INVESTIGATION, Within.OWN_PRISON_BELOW, _WHOLE, _ASSESSES, "breaches"),
    _of(R.GOVERNOR, P.INVESTIGATION, Within.OWN_PRISON, _WHOLE, _NOTES | _LOOKS, "breaches"),
    _of(R.SAFER_CUSTODY, P.SAFETY, Within.OWN_PRISON_BELOW, _CASE, may(V.READ_BREACH), "breaches"),
    _of(R.SAFER_CUSTODY, P.SAFETY, Within.OWN_PRISON, _CASE, _NOTES, "breaches"),
    _of(
        R.MONITORING_BOARD,
        P.OVERSIGHT,
        Within.OWN_PRISON,
        _WHOLE,
        _ASSESSES | _LOOKS | _LINES,
        "breaches",
    ),
    _of(
        R.INSPECTORATE,
        P.OVERSIGHT,
        Within.OWN_PRISON,
        _CASE,
        may(V.READ_BREACH, V.READ_BREACH_LINES, V.READ_UNUSUAL_LOOK),
        "breaches",
    ),
)
"""Codes, counts, pulses, complaints, breaches, unusual looks."""
