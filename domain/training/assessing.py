"""What whoever assesses says of a trainee: that a module was not passed. What was passed is noted as it is learned
(`domain.supporters.acts.train`)."""

from dataclasses import replace
from uuid import UUID

from domain.act import Begin
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.days import local_day
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.moves import move, require
from domain.moving import may_move
from domain.schemes.made import terms_of
from domain.supporters.record import STANDING_MOVES, Standing, Supporter


async def fail(begin: Begin, id: UUID, *, seen: Tag, module: str) -> View[Supporter]:
    """A module was not passed, and training ends with it. Whoever certifies says so, and nobody else."""
    async with begin(Verb.FAIL_TRAINING) as act:
        was = await act.fetch(Supporter, id, seen=seen)
        kind = await terms_of(act, was)
        if module not in kind.modules:
            raise Unacceptable([Failure("MODULE_UNKNOWN", "/module")])
        require(
            may_move(act, was),
            (module not in was.modules_passed, "MODULE_PASSED"),
            (not kind.partner_certifies or act.viewer.role is Role.PARTNER_VOLUNTEER, "PARTNER_CERTIFIES"),
        )
        to = move(STANDING_MOVES, was.standing, Standing.TRAINING_FAILED)
        now = replace(was, standing=to, failed_module=module, left_on=local_day(was, act.now))
        act.keep(now, was=was)
        return act.disclose(now)
