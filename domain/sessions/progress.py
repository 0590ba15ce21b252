"""How far somebody has come, planned against delivered, for himself, his mentor and those who run the programme: what
the progress card says (S3; domain facts 1.3)."""

from collections import Counter
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.verbs import Verb
from domain.sessions.codes import NotDelivered, Programme
from domain.sessions.record import Enrolment, Session, SessionState

MINUTES: Final = 20
"""How long a session is meant to be, in minutes."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The card. Sessions are counted whose time has come: planned, delivered, missed by reason, and not recorded yet.
    Minutes a week are those that are meant."""

    programme: Programme | None
    manual: int
    page: int | None
    manuals_passed: tuple[int, ...]
    planned: int
    delivered: int
    missed: dict[NotDelivered, int]
    not_recorded: int
    minutes: int
    minutes_a_week_planned: int


async def progress(begin: Begin, enrolment: UUID) -> Progress:
    """The card of one enrolment."""
    async with begin(Verb.READ_PROGRESS) as act:
        of = await act.fetch(Enrolment, enrolment)
        act.disclose(of)
        return await counted(act, of)


async def counted(act: Act, of: Enrolment) -> Progress:
    """What its sessions come to."""
    held = [s for s in await looking.all_known(act, Session, {"enrolment": of.id}) if s.starts_at <= act.now]
    states = Counter(each.state for each in held)
    return Progress(
        programme=of.programme,
        manual=of.manual,
        page=of.page,
        manuals_passed=of.manuals_passed,
        planned=len(held),
        delivered=states[SessionState.DELIVERED],
        missed=dict(sorted(Counter(s.not_delivered for s in held if s.not_delivered is not None).items())),
        not_recorded=states[SessionState.PLANNED],
        minutes=sum(s.minutes or 0 for s in held),
        minutes_a_week_planned=of.sessions_a_week * MINUTES,
    )
