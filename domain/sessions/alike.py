"""Duplicates are offered, not made (X25): what is typed in afterwards, from paper and from a device, may be there
already. Then the answer names what is, and nothing is kept until whoever typed it says that it is another.

It is looked for among what he reaches by the very grant by which he types: of what he could not read he is told
nothing, and his entry is made (rules 1 and 13). Of a letterbox nothing is ever compared: two tallies that are alike are
two. Nor does anybody's call for help wait for an answer about another: only what is told of the past is looked at.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from domain.act import Act
from domain.confidentiality.record import Record
from domain.kernel.errors import NotNow
from domain.ports import Query

NEAR: Final = timedelta(minutes=30)
"""Two people write down the same minute, give or take their watches and their memory. A default."""
MOST: Final = 10
_FIRST: Final = UUID(int=0)
LOOKS_ALIKE: Final = "LOOKS_LIKE_ANOTHER"


async def offered(
    act: Act,
    new: Record,
    same: tuple[str, ...],
    like: Callable[[Any], bool],
    another: bool,
    *,
    about: str | None = None,
) -> None:
    """Raise `NotNow` if one that is the same in these fields is `like` it, and nobody has said that it is `another`.
    `about`: an instant of both, at most `NEAR` apart; of a kind that is kept for long, no others are looked at."""
    act.within_reach(new)  # before anything is said of what is there
    if another:
        return
    query, found = Query(equal={name: getattr(new, name) for name in same}, limit=100), list[Any]()
    until: datetime | None = None
    if about is not None:
        at: datetime = getattr(new, about)
        query, until = replace(query, order=about, after=(at - NEAR, _FIRST), limit=MOST), at + NEAR
    while True:
        page = await act.page(type(new), query)
        act.saw(type(new), page.items, ())
        near = [each for each in page.items if about is None or until is None or getattr(each, about) <= until]
        found += [each for each in near if like(each)]
        if page.next is None or len(near) < len(page.items) or len(found) >= MOST:
            break
        query = replace(query, after=page.next)
    if found:
        raise NotNow([LOOKS_ALIKE], like=[str(each.id) for each in found[:MOST]])
