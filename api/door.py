"""The door: what the routes ask of whoever verifies tokens, and what they tell it.

A process that verifies none (a worker, an operator's command) has `NoDoor`. `api.identity` has the real one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from domain.kernel.errors import Unidentified
from domain.oversight.ended import Marks, TokensEnded


@dataclass(frozen=True, slots=True)
class Carried:
    """The token that a request came with: what stands for it at rest, and when it runs out."""

    marks: Marks
    runs_out: datetime


class Door(Protocol):
    """Where tokens are verified."""

    @property
    def longest(self) -> timedelta:
        """No token of any issuer lives longer."""
        ...

    async def carried(self, authorization: str | None) -> Carried:
        """The token in this header. Raises `Unidentified`: it is not valid, or has ended meanwhile."""
        ...

    def of_subject(self, issuer: str, subject: str) -> Marks | None:
        """What stands for all tokens of a subject, named as his issuer names him. None: we trust no such issuer."""
        ...

    def hear(self, ended: Iterable[TokensEnded]) -> None:
        """These have ended: from now on they are refused here. What was heard before is as it was."""
        ...


class NoDoor:
    """No token is verified here."""

    longest = timedelta()

    async def carried(self, authorization: str | None) -> Carried:
        del authorization
        raise Unidentified

    def of_subject(self, issuer: str, subject: str) -> Marks | None:
        del issuer, subject
        return None

    def hear(self, ended: Iterable[TokensEnded]) -> None:
        del ended
