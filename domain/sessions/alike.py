"""Duplicates are offered, not made (X25): what is typed in afterwards, from paper and from a device, may be there
already. Then the answer names what is, and nothing is kept until whoever typed it says that it is another.

It is looked for among what he reaches by the very grant by which he types: of what he could not read he is told
nothing, and his entry is made (rules 1 and 13). Of a letterbox nothing is ever compared: two tallies that are alike are
two. Nor does anybody's call for help wait for an answer about another: only what is told of the past is looked at.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from domain.act import Act
from domain.confidentiality.record import Record
from domain.kernel.errors import NotNow
from domain.ports import Query

NEAR: Final = timedelta(minutes=30)
"""Two people write down the same minute, give or take their watches and their memory. A default."""
MOST: Final = 10
LOOKS_ALIKE: Final = "LOOKS_LIKE_ANOTHER"


async def offered(act: Act, new: Record, same: tuple[str, ...], like: Callable[[Any], bool], another: bool) -> None:
    """Raise `NotNow` if one that is the same in these fields is `like` it, and nobody has said that it is `another`."""
    if another:
        return
    query, found = Query(equal={name: getattr(new, name) for name in same}, limit=100), list[Any]()
    while True:
        page = await act.search(type(new), query)
        found += [each for each in page.items if like(each)]
        if page.next is None or len(found) >= MOST:
            break
        query = replace(query, after=page.next)
    if found:
        raise NotNow([LOOKS_ALIKE], like=[str(each.id) for each in found[:MOST]])
