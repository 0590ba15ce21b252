"""What whoever assesses says of a trainee: that he is certified, or that he did not pass a module. What was passed is
noted as it is learned (`domain.supporters.acts.train`)."""

from dataclasses import replace
from typing import Any
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
from domain.supporters.recruiting import clearing, gate
from domain.training import certificates, cohorts


async def certify(begin: Begin, id: UUID, *, seen: Tag, certificate: str, **given: Any) -> View[Supporter]:
    """The certificate, and with it probation. By the partner where the kind says so (Samaritans assess Listeners). One
    that he brought by his passport holds on as it is, and stands for the courses that he attended elsewhere."""
    async with begin.serially(Verb.CERTIFY_SUPPORTER) as act:
        was = await act.fetch(Supporter, id, seen=seen)
        kind = await terms_of(act, was)
        brought = certificates.carries(was, certificate, given.get("expires_on"), act.now)
        require(
            may_move(act, was),
            (set(kind.modules) <= set(was.modules_passed), "MODULES_MISSING"),
            (was.compact_signed_on is not None, "COMPACT_NOT_SIGNED"),
            (not kind.partner_certifies or act.viewer.role is Role.PARTNER_VOLUNTEER, "PARTNER_CERTIFIES"),
            *(() if brought else await cohorts.missing(act, was, kind.training_hours)),
        )
        if brought:
            held = await certificates.carried(act, was, **{n: v for n, v in given.items() if n != "expires_on"})
        else:
            held = await certificates.awarded(act, was, number=certificate, **given)
        now = replace(
            was,
            standing=move(STANDING_MOVES, was.standing, Standing.PROBATION),
            certificate=held.number,
            certified_on=held.awarded_on,
            certificate_expires_on=held.expires_on,
            probation_from=local_day(was, act.now),
        )
        act.keep(now, was=was)
        return act.disclose(now)


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
        await gate.frees_his_place(act, was)
        await clearing.lapse(act, was)
        now = replace(was, standing=to, failed_module=module, left_on=local_day(was, act.now))
        act.keep(now, was=was)
        return act.disclose(now)
