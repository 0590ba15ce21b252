"""The policy: one table, in code, under review. No screen can widen it; `peer-support policy` prints it.

A line says: in this role, for this purpose, this far, these classes of field are seen, and these things may be done.
What no line grants is refused. The lines stand by subject, a module each, and are one table here. Sources: section 4.2
and 7 of the domain facts; CONFIDENTIALITY rules 2, 7, 8, 10, 13, 14, 15, 19, 30.
"""

from typing import Final

from domain.confidentiality.grants.care import CARE
from domain.confidentiality.grants.evaluation import EVALUATION
from domain.confidentiality.grants.everyday import EVERYDAY
from domain.confidentiality.grants.feedback import FEEDBACK
from domain.confidentiality.grants.grant import Grant
from domain.confidentiality.grants.importing import IMPORTING
from domain.confidentiality.grants.kinds import KINDS
from domain.confidentiality.grants.life import LIFE
from domain.confidentiality.grants.machines import MACHINES
from domain.confidentiality.grants.merging import MERGING
from domain.confidentiality.grants.metrics import METRICS
from domain.confidentiality.grants.passports import PASSPORTS
from domain.confidentiality.grants.pay import PAY
from domain.confidentiality.grants.planning import PLANNING
from domain.confidentiality.grants.recruiting import RECRUITING
from domain.confidentiality.grants.registers import REGISTERS
from domain.confidentiality.grants.sessions_bodies import BODIES
from domain.confidentiality.grants.sessions_contacts import CONTACTS
from domain.confidentiality.grants.sessions_matching import SESSIONS_MATCHING
from domain.confidentiality.grants.sessions_rota import ROTA
from domain.confidentiality.grants.sessions_tasks import SESSIONS_TASKS
from domain.confidentiality.grants.standing import STANDINGS
from domain.confidentiality.grants.subject_access import SUBJECT_ACCESS
from domain.confidentiality.grants.telling import TELLING
from domain.confidentiality.grants.tokens import TOKENS
from domain.confidentiality.grants.training import TRAINING
from domain.confidentiality.grants.turnover import TURNOVER

GRANTS: Final[tuple[Grant, ...]] = (
    *EVERYDAY,
    *LIFE,
    *PLANNING,
    *REGISTERS,
    *KINDS,
    *RECRUITING,
    *STANDINGS,
    *TRAINING,
    *TURNOVER,
    *PASSPORTS,
    *PAY,
    *CARE,
    *ROTA,
    *SESSIONS_MATCHING,
    *BODIES,
    *CONTACTS,
    *SESSIONS_TASKS,
    *METRICS,
    *EVALUATION,
    *FEEDBACK,
    *SUBJECT_ACCESS,
    *MERGING,
    *TELLING,
    *IMPORTING,
    *MACHINES,
    *TOKENS,
)
"""The whole policy."""
