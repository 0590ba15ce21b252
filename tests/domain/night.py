"""A night on a wing, and each step of it as those on duty would take it."""

from typing import Any
from uuid import UUID

from domain.act import Begin
from domain.confidentiality.disclosure import View
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.sessions import answering, asking
from domain.sessions.codes import (
    Alternative,
    Channel,
    Need,
    Place,
    RefusalCode,
    Urgency,
)
from domain.sessions.request import Request
from persistence.prison.standin import StandInKeptApart
from tests.domain.world import PRISON, WING, World

ASKING: dict[str, Any] = {"need": Need.EMOTIONAL, "channel": Channel.CELL_BELL, "urgency": Urgency.NOW, "wing": WING}


class Night:
    """A night on wing B: two Listeners, an officer on duty, whoever runs the prison, and a request."""

    def __init__(self, world: World, listeners: int = 2) -> None:
        self.world = world
        self.scheme = world.scheme()
        self.listeners = [world.supporter(self.scheme) for _ in range(listeners)]
        self.officer = world.viewer(Role.WING_OFFICER)
        self.apart = StandInKeptApart()
        self.orderly = world.viewer(Role.ORDERLY_OFFICER)

    async def offering(self, begin: Begin, id: UUID, **given: Any) -> Any:
        """`answering.offer`, with the world's own source of who is kept apart."""
        return await answering.offer(begin, self.apart, id, **given)

    async def ask(self, **given: Any) -> View[Request]:
        made = {**ASKING, "prison": PRISON, **given}
        return (await self.world.make(self.officer, Verb.ASK, asking.ask, **made)).view

    async def offer(self, request: Any, **given: Any) -> Request:
        await self.world.change(self.officer, Verb.OFFER_REQUEST, self.offering, request, **given)
        return self.world.kept(request)

    async def answer(self, request: Any, accepted: bool, **given: Any) -> Request:
        given["accepted"] = accepted
        await self.world.change(self.officer, Verb.ANSWER_OFFER, answering.answer, request, **given)
        return self.world.kept(request)

    async def unlock(self, request: Any, place: Place = Place.LISTENER_SUITE) -> Request:
        await self.world.change(self.orderly, Verb.UNLOCK_REQUEST, answering.unlock, request, place=place)
        return self.world.kept(request)

    async def complete(self, request: Any) -> Request:
        await self.world.change(self.officer, Verb.COMPLETE_REQUEST, answering.complete, request)
        return self.world.kept(request)

    async def refuse(self, request: Any, code: RefusalCode = RefusalCode.NIGHT_STATE, **more: Any) -> Request:
        given = {"code": code, "alternative": Alternative.SAMARITANS_PHONE, **more}
        await self.world.change(self.officer, Verb.REFUSE_REQUEST, answering.refuse, request, **given)
        return self.world.kept(request)

    async def withdraw(self, request: Any, **given: Any) -> Request:
        await self.world.change(self.officer, Verb.WITHDRAW_REQUEST, answering.withdraw, request, **given)
        return self.world.kept(request)
