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
SchemeKindId = NewType("SchemeKindId", UUID)
ExceptionListId = NewType("ExceptionListId", UUID)
JobId = NewType("JobId", UUID)
CharterId = NewType("CharterId", UUID)
CharterCommentId = NewType("CharterCommentId", UUID)
ObjectiveId = NewType("ObjectiveId", UUID)
FindingId = NewType("FindingId", UUID)
EntryId = NewType("EntryId", UUID)
ContingencyPlanId = NewType("ContingencyPlanId", UUID)
ActivationId = NewType("ActivationId", UUID)
LogEntryId = NewType("LogEntryId", UUID)
RiskId = NewType("RiskId", UUID)
MeetingPlaceId = NewType("MeetingPlaceId", UUID)
OutageId = NewType("OutageId", UUID)
ServiceTimeId = NewType("ServiceTimeId", UUID)
PublicityId = NewType("PublicityId", UUID)
SpotCheckId = NewType("SpotCheckId", UUID)
RoutineCheckId = NewType("RoutineCheckId", UUID)
StakeholderId = NewType("StakeholderId", UUID)
ActionId = NewType("ActionId", UUID)
ResourceId = NewType("ResourceId", UUID)
MeetingId = NewType("MeetingId", UUID)
ProposalId = NewType("ProposalId", UUID)
OutcomeId = NewType("OutcomeId", UUID)
