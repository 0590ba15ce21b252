"""Whether a supporter spoke up lately: the look behind a suspension that may be a retaliation (rule 17).

Each kind of record by which a supporter speaks up (an incident that was put to him, a request that nobody acted on)
says here how his are found. What is found decides one field that the partner and the monitoring board read, and nothing
that the suspending side could tell apart.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

from domain.act import Act
from domain.supporters.record import Supporter

LATELY: Final = timedelta(days=28)
Look = Callable[[Act, Supporter], Awaitable[bool]]
REPORTS: Final[dict[str, Look]] = {}
"""By kind of record: has this supporter made one within the last 28 days?"""


async def reported_lately(act: Act, supporter: Supporter) -> bool:
    """Whether any was made. Every look is taken, whatever the others found: the work tells nothing."""
    return any([await look(act, supporter) for look in REPORTS.values()])
