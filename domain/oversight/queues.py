"""That somebody keeps the service's queues: a line for each look, each sending again and each letting go.

The line is written first. What is done at the queue is no part of our transaction: a line of something that then failed
is better than something done without one.
"""

from domain.act import Begin
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent


async def kept(begin: Begin, verb: Verb, *, there: bool = True) -> None:
    """Somebody does this at a queue. Raises `Absent`: no queue of ours puts anything aside in one of that name."""
    async with begin(verb):
        if not there:
            raise Absent
