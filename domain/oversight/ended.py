"""Tokens that end before their time: one that its holder signs out with, and all of somebody's whose device is in other
hands (F105).

A token is a bearer's: whoever finds a shared kiosk as the last man left it is that man, until it runs out. So that it
ends is kept, and every process that verifies tokens reads it (`api.hearing`).

What is kept names nobody. A row is found by whoever has the token, or knows for whom it speaks, and our key: its id is
worked out of the two, and nothing else in it tells one person from another. Its times are as coarse as they can be.
Locking out looks nobody up, so it cannot tell whether he is known here, where he is, or whether he has a token at all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.classification import Classification, Open
from domain.confidentiality.record import Record, record
from domain.confidentiality.roles import IN_CUSTODY
from domain.confidentiality.verbs import Verb
from domain.kernel.ids import TokensEndedId
from domain.ports import Query

Marks = Sequence[UUID]
"""What stands for one token, or for all of one subject, under each version of our key: the newest first."""
LOCKS_OUT: Final = frozenset({Verb.LOCK_OUT, Verb.LOCK_OUT_BY_NUMBER})


@record(kind="tokens-ended", kept="until no token that it ends could be alive", existence=Classification.SEALED)
class TokensEnded(Record):
    """That tokens are worth nothing any more: one token, or all of one subject that were issued before an instant."""

    id: Open[TokensEndedId]
    version: Open[int] = 0
    ended_at: Open[datetime]
    """The minute: by it each process finds what is new."""
    issued_before: Open[datetime | None] = None
    """None: it is one token."""
    until: Open[datetime]
    """The whole hour after which every token that it ends has run out by itself."""


async def sign_out(begin: Begin, marks: Marks, runs_out: datetime) -> list[TokensEnded]:
    """End one token, which would have run out at that instant. A second time it is as it was. No key is read or
    spent: a key is for what a device may send twice, and of the same token twice is once.

    Of a person in custody the line names nobody and tells the hour: when somebody left a kiosk says when he was at it,
    and what else was done in that minute (rule 4)."""
    async with begin(Verb.SIGN_OUT) as act:  # two at once make one row: who comes second finds it when he tries again
        act.mark_closed(act.viewer.role in IN_CUSTODY)
        return [await _ended(act, marks, None, runs_out)]


async def lock_out(begin: Begin, verb: Verb, whom: Iterable[Marks], longest: timedelta) -> list[TokensEnded]:
    """End all tokens that were issued until now: of one subject, or of one man as each of several issuers vouches for
    him. No token lives longer than `longest`. He who holds them may log in anew."""
    async with begin.serially(verb) as act:
        return [await _ended(act, marks, act.now, act.now + longest) for marks in whom]


async def locked_out_before(begin: Begin, verb: Verb) -> None:
    """The key of a lock-out came again: nothing more is ended, or whoever has logged in since would be locked out."""
    async with begin(verb) as act:
        act.replays()


async def _ended(act: Act, marks: Marks, before: datetime | None, runs_out: datetime) -> TokensEnded:
    found = await act.known(TokensEnded, Query(equal={"id": frozenset(marks)}, limit=len(marks)))
    minute, until = act.now.replace(second=0, microsecond=0), _hour_after(runs_out)
    if not found:
        ended = TokensEnded(id=TokensEndedId(marks[0]), ended_at=minute, issued_before=before, until=until)
        act.keep_beside(ended, subject=True)
        return ended
    was = found[0]
    if before is None:
        return was
    ended = replace(was, ended_at=minute, issued_before=before, until=max(until, was.until))
    act.keep_beside(ended, was=was, subject=True)
    return ended


def _hour_after(instant: datetime) -> datetime:
    return instant.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
