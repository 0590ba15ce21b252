"""Leaks in matching: of who waits elsewhere, and of who was with somebody: rows 1 and 3; in a rota's calendar and in
batches: rows 25 and 30."""

import dataclasses
from collections.abc import Iterator
from typing import Any

from api.routes import late
from domain.care import published
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import NotNow
from domain.sessions import offering
from domain.sessions.request import RequestState
from tests.proofs.noninterference.house import House
from tests.proofs.noninterference.leaks import does, instead, leak, of, who

ON_A_WING = who(lambda m: any(capacity.fact("wings") for capacity, _ in m.eyes.may(Verb.OFFER_REQUEST)))
"""Whoever offers what is asked on some wings, and does not reach the others."""


@leak(3, ON_A_WING, kinds=("request",), acts=frozenset({Verb.OFFER_REQUEST}))
def whoever_waits_elsewhere_comes_first(house: House) -> Iterator[None]:
    """Nobody is offered while somebody waits longer, on whatever wing: an officer learns that there is one."""

    def made(chosen: Any) -> Any:
        async def instead_of_it(act: Any, source: Any, request: Any, *more: Any) -> Any:
            found = await chosen(act, source, request, *more)
            waiting = [
                r for r in of(house, "request") if r.state is RequestState.RECEIVED and r.scheme == request.scheme
            ]
            if any(r.asked_at < request.asked_at or str(r.id) < str(request.id) for r in waiting):
                raise NotNow(["NOT_AVAILABLE"])
            return found

        return instead_of_it

    with instead(offering, "chosen", made):
        yield


@leak(1, ON_A_WING, kinds=("request",), acts=frozenset({Verb.OFFER_REQUEST}))
def whoever_was_called_rests(house: House) -> Iterator[None]:
    """Who was with somebody rests after it, by the contact and not by the rota: that he cannot be had tells of it (rule
    9)."""

    def made(facts_of: Any) -> Any:
        async def instead_of_it(*given: Any) -> Any:
            facts = await facts_of(*given)
            over = {r.offered_to for r in of(house, "request") if r.state is RequestState.COMPLETED}
            return dataclasses.replace(facts, busy=facts.busy | frozenset(over - {None}))

        return instead_of_it

    with instead(offering, "_facts", made):
        yield


@leak(25, does(Verb.READ_ROTA_CALENDAR), kinds=("request",), acts=frozenset({Verb.READ_ROTA_CALENDAR}))
def whoever_was_called_is_shown_as_busy(house: House) -> Iterator[None]:
    """The calendar takes the duty of whoever was called away again: a coordinator learns that somebody asked."""

    def made(calendar: Any) -> Any:
        async def instead_of_it(begin: Any, scheme: Any) -> Any:
            called = {str(r.offered_to) for r in of(house, "request") if r.scheme == scheme}
            busy = {e.id for e in of(house, "roster-entry") if str(e.supporter) in called}
            found = await calendar(begin, scheme)
            return [dataclasses.replace(each, withdrawn=each.withdrawn or each.id in busy) for each in found]

        return instead_of_it

    with instead(published, "calendar", made):
        yield


@leak(30, does(Verb.RECORD_SESSION), kinds=("session",), acts=frozenset({Verb.RECORD_SESSION}))
def a_late_one_says_that_it_is_another_s(house: House) -> Iterator[None]:
    """What is out of reach is answered, among several, otherwise than what never was."""

    def made(answered: Any) -> Any:
        async def instead_of_it(alone: Any, route: Any, item: Any, *more: Any) -> Any:
            answer = await answered(alone, route, item, *more)
            there = {str(r.id) for r in of(house, "session")}
            if answer["status"] == 404 and isinstance(item, dict) and item.get("session") in there:
                return {**answer, "status": 403}
            return answer

        return instead_of_it

    with instead(late, "_answered", made):
        yield
