"""Identifiers. Random, 122 bits, never sequential or ordered by time: a number that counts tells how often (X6, N6)."""

from typing import NewType
from uuid import UUID

ActorId = NewType("ActorId", UUID)
"""Our own name for a principal; the one row that maps it to an issuer and subject is what erasing a person erases
(rule 4). Of a prisoner there is no such row: the id is worked out with our key."""
AssignmentId = NewType("AssignmentId", UUID)
PersonId = NewType("PersonId", UUID)
"""Our own name for a person in custody. Prison numbers change by merge and correction; this does not."""
SchemeId = NewType("SchemeId", UUID)
SupporterId = NewType("SupporterId", UUID)
RequestId = NewType("RequestId", UUID)
EnrolmentId = NewType("EnrolmentId", UUID)
SessionId = NewType("SessionId", UUID)
InductionId = NewType("InductionId", UUID)
FeedbackId = NewType("FeedbackId", UUID)
DutyId = NewType("DutyId", UUID)
WatchId = NewType("WatchId", UUID)
JobId = NewType("JobId", UUID)
EntryId = NewType("EntryId", UUID)
