"""The facts of schemes, looked up: as many looks for all of a prison's as for one.

The looks note no sight (`Act.known`): they serve the rules. What they decide is told in codes, to whoever may read how
a scheme stands.

That supervision is late is told as a reason for risk of a scheme only in which five or more supporters are supervised.
It says of nobody that he was or was not talked with: but of a scheme of one or two it would, to every officer of the
prison, and to the minute (it goes as soon as a talk was held). Whether a supporter was talked with is wellbeing, and
leaves the partner as a count over five alone (rule 17). Nothing is lost for who acts on it: coordinator and partner
have it in the list of what waits, safer custody, governor and monitoring board in the supervisions that they read.

That a refusal waits for its review is told of all closed-policy schemes of its prison, for it names none; by the day,
so that its minute is not told; and by the code of the staff alone, whatever those concerned say, for nothing that staff
read may tell whether somebody spoke up (rule 6).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from domain.act import Act
from domain.care.supervision import Supervision
from domain.care.wellbeing import FEWEST
from domain.kernel.days import local_day
from domain.kernel.ids import AssignmentId, SchemeId
from domain.life.plans import MOST, PLANS, Where
from domain.life.ready import Ready
from domain.oversight.assignments import effective
from domain.oversight.record import Assignment
from domain.ports import Query
from domain.schemes.record import Scheme
from domain.sessions.conduct import Conduct, Review
from domain.supporters.record import IN_ROLE, Standing, Supporter


async def of_one(act: Act, scheme: Scheme) -> Ready:
    """The facts of one scheme."""
    return (await of_all(act, [scheme], {"scheme": scheme.id}))[scheme.id]


async def of_all(act: Act, schemes: Sequence[Scheme], where: Where) -> Mapping[SchemeId, Ready]:
    """The facts of these schemes, which `where` names."""
    counted = Counter[tuple[UUID, Standing]]()
    for standing in IN_ROLE:
        found = await act.known(Supporter, Query(equal={**where, "standing": standing}, limit=MOST))
        counted.update((s.scheme, standing) for s in found)
    leads = await _holding(act, {s.supervision_lead: s for s in schemes if s.supervision_lead is not None})
    running = await act.known(Supervision, Query(equal={**where, "ended_on": None}, limit=MOST))
    forsaken = {each.scheme for each in running if each.forsaken(act.now)}
    supervised = Counter(each.scheme for each in running if each.supporter is not None)
    neglected = {prison for prison in {s.prison for s in schemes if s.closed} if await _neglected(act, prison)}
    plans = {code: await fact(act, where) for code, fact in PLANS.items()}
    return {
        s.id: Ready(
            scheme=s,
            today=local_day(s, act.now),
            active=counted[s.id, Standing.ACTIVE],
            in_role=sum(counted[s.id, standing] for standing in IN_ROLE),
            led=s.supervision_lead in leads,
            plans={code: s.id in held for code, held in plans.items()},
            supervised=s.id not in forsaken or supervised[s.id] < FEWEST,
            reviewed=not s.closed or s.prison not in neglected,
            rolled_out=act.is_rolled_out(s.prison),
        )
        for s in schemes
    }


async def _neglected(act: Act, prison: str) -> bool:
    """Whether something in this prison waits for its review longer than it may."""
    waiting = await act.known(
        Conduct, Query(equal={"prison": prison, "review": Review.WAITING}, order="at", limit=MOST)
    )
    return any(each.neglected(act.now) for each in waiting)


async def _holding(act: Act, leads: Mapping[AssignmentId, Scheme]) -> frozenset[AssignmentId]:
    """Those of these assignments that hold today."""
    held = [(id, await act.known_one(Assignment, id)) for id in leads]
    return frozenset(id for id, a in held if a is not None and effective(a, local_day(a, act.now)))
