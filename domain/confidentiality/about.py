"""What each verb is about: the kind of record, and the family that the ledger shows.

Most say it by their name; the table holds those that do not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from domain.confidentiality.entry import Family
from domain.confidentiality.verbs import Verb


@dataclass(frozen=True, slots=True)
class VerbFacts:
    """What a verb is about: the kind of record (None: none), and its family in the ledger. `shows`: what is answered is
    records of that kind, and not codes of ours about one."""

    kind: str | None
    family: Family
    shows: bool = True


_OTHERWISE: Final[Mapping[Verb, str | None]] = {
    Verb.READ_ME: None,
    Verb.READ_POLICY: None,
    Verb.READ_KIND: None,
    Verb.READ_EXCEPTIONS: None,
    Verb.READ_AVAILABILITY: None,
    Verb.READ_TASKS: None,
    Verb.HAND_IN_TALLY: None,
    Verb.HAND_IN_DISPUTE: None,
    Verb.NAME_LEAD: "scheme",
    Verb.READ_READINESS: "scheme",
    Verb.READ_CLOSING: "scheme",
    Verb.READ_LEADERS: "scheme",
    Verb.COMMENT: "charter-comment",
    Verb.READ_COMMENT: "charter-comment",
    Verb.APPLY: "supporter",
    Verb.DECIDE_APPLICATION: "supporter",
    Verb.STAND_DOWN_SUPPORTER: "supporter",
    Verb.ASK: "request",
    Verb.READ_BOARD: "request",
    Verb.ANSWER_OFFER: "request",
    Verb.CLEAR_OFFERS: "request",
    Verb.RECORD_NIGHT_SHEET: "request",
    Verb.READ_NIGHT_PACK: "scheme",
    Verb.ENROL: "enrolment",
    Verb.READ_LEDGER: "ledger-line",
    Verb.READ_WAITING_LIST: "application",
    Verb.READ_FORECAST: "scheme",
    Verb.VERIFY_PASSPORT: None,
    Verb.READ_PASSPORT_DOCUMENT: "passport",
    Verb.TAKE_PASSPORT: "supporter",
    Verb.READ_PAY_SHEET: "pay-entry",
    Verb.READ_PAY_PARITY: "comparison-job",
    Verb.READ_OWN_RECORD: "supporter",
    Verb.DECIDE_APPEAL: "suspension",
    Verb.READ_ROSTER: "supporter",
    Verb.READ_ELIGIBLE: "supporter",
    Verb.FAIL_TRAINING: "supporter",
    Verb.RENEW_CERTIFICATE: "supporter",
    Verb.SIGN_OFF: "sign-off",
    Verb.READ_STRAIN: "supervision",
    Verb.READ_FARING: "scheme",
    Verb.READ_ROLE_CREEP: "scheme",
    Verb.READ_OVERDUE: "scheme",
    Verb.READ_COVER: "cover-need",
    Verb.LAY_PATTERN: "roster-entry",
    Verb.LAY_PROPOSAL: "roster-entry",
    Verb.READ_ROTA_SHEET: "roster-entry",
    Verb.READ_ROTA_CALENDAR: "roster-entry",
    Verb.HAND_OUT_WINDOW: None,
    Verb.RECORD_DEATH: "envelope-hold",
    Verb.CHANGE_MENTOR: "enrolment",
    Verb.CARRY_ON_ENROLMENT: "enrolment",
    Verb.READ_PROGRESS: "enrolment",
    Verb.READ_DUE: "scheme",
    Verb.LOG_SUITE_USE: "suite-use",
    Verb.READ_GROUP_COUNTS: "scheme",
    Verb.PRINT_FEEDBACK_CODES: "scheme",
    Verb.READ_BREACH_LINES: "breach",
    Verb.HAND_IN_BY_CODE: None,
    Verb.READ_FEEDBACK_COUNTS: "scheme",
    Verb.COMPLAIN: "complaint",
    Verb.LOOK_INTO_COMPLAINT: "complaint",
    Verb.READ_SPREAD: "scheme",
    Verb.READ_RISK_SIGNALS: "scheme",
    Verb.READ_SUBJECT_ACCESS: None,
    Verb.READ_STAFF_SUBJECT_ACCESS: "assignment",
    Verb.READ_SUPPORTER_FILE: "scheme",
    Verb.READ_ROSTER_FILE: "scheme",
    Verb.READ_QUEUE: None,
    Verb.RETRY_QUEUE: None,
    Verb.PURGE_QUEUE: None,
    Verb.SIGN_OUT: None,
    Verb.LOCK_OUT: None,
    Verb.LOCK_OUT_BY_NUMBER: None,
}
"""The verbs that do not end with the kind of record that they are about, and the kind; None: no record."""
_CODES: Final = frozenset(
    {
        *(Verb.READ_READINESS, Verb.READ_CLOSING, Verb.READ_LEADERS, Verb.READ_FORECAST),
        *(Verb.READ_PAY_SHEET, Verb.READ_PAY_PARITY, Verb.READ_OWN_RECORD, Verb.READ_ROSTER, Verb.READ_ELIGIBLE),
        *(Verb.READ_STRAIN, Verb.READ_FARING, Verb.READ_ROLE_CREEP, Verb.READ_OVERDUE, Verb.REPORT_INCIDENT),
        *(Verb.READ_COVER, Verb.LAY_PATTERN, Verb.LAY_PROPOSAL, Verb.READ_ROTA_SHEET, Verb.READ_ROTA_CALENDAR),
        *(Verb.READ_PROGRESS, Verb.READ_DUE, Verb.READ_NIGHT_PACK, Verb.READ_GROUP_COUNTS),
        *(Verb.PRINT_FEEDBACK_CODES, Verb.READ_FEEDBACK_COUNTS, Verb.COMPLAIN, Verb.READ_SPREAD),
        *(Verb.READ_RISK_SIGNALS, Verb.READ_STAFF_SUBJECT_ACCESS, Verb.READ_SUPPORTER_FILE, Verb.READ_ROSTER_FILE),
    }
)


def _facts(verb: Verb) -> VerbFacts:
    first, _, rest = verb.value.partition("_")
    kind = _OTHERWISE.get(verb, rest.lower().replace("_", "-") or None)
    if verb is Verb.TICK:
        family = Family.TICK
    elif first == "READ":
        family = Family.LOOK
    elif kind == "assignment":
        family = Family.GRANT
    else:
        family = Family.CHANGE
    return VerbFacts(kind, family, verb not in _CODES)


ABOUT: Final = {verb: _facts(verb) for verb in Verb}
"""Every verb's facts."""
