"""A night of Listeners, told by a client that was generated from the document: nothing here knows a URL or a member.

Run as `python story.py <address> <tokens as JSON>`, where `peer_support_client` is what the generator made.
"""
# pyright: reportMissingImports=false

import json
import sys
from contextlib import ExitStack
from typing import TypeVar

from peer_support_client import AuthenticatedClient
from peer_support_client.api.access import declare_duty
from peer_support_client.api.requests import (
    answer_offer,
    ask_for_support,
    complete_request,
    get_request,
    offer_request,
    refuse_request,
    unlock_request,
)
from peer_support_client.api.schemes import list_schemes
from peer_support_client.api.supporters import get_supporter, list_supporters
from peer_support_client.api.tallies import hand_in_tally
from peer_support_client.models.alternative import Alternative
from peer_support_client.models.answer import Answer
from peer_support_client.models.ask import Ask
from peer_support_client.models.channel import Channel
from peer_support_client.models.concern import Concern
from peer_support_client.models.day_or_night import DayOrNight
from peer_support_client.models.declare_duty import DeclareDuty
from peer_support_client.models.duration_band import DurationBand
from peer_support_client.models.hand_in_tally import HandInTally
from peer_support_client.models.happened import Happened
from peer_support_client.models.offer import Offer
from peer_support_client.models.place import Place
from peer_support_client.models.problem import Problem
from peer_support_client.models.refusal_code import RefusalCode
from peer_support_client.models.refuse import Refuse
from peer_support_client.models.request import Request
from peer_support_client.models.request_state import RequestState
from peer_support_client.models.scheme import Scheme
from peer_support_client.models.scheme_page import SchemePage
from peer_support_client.models.support_type import SupportType
from peer_support_client.models.supporter import Supporter
from peer_support_client.models.supporter_page import SupporterPage
from peer_support_client.models.unlock import Unlock
from peer_support_client.models.urgency import Urgency
from peer_support_client.types import UNSET, Response, Unset

T = TypeVar("T")


def done(answer: Response[Problem | T]) -> T:
    """What was answered, which is no problem."""
    assert not isinstance(answer.parsed, Problem), answer.parsed
    assert answer.parsed is not None, answer.status_code
    return answer.parsed


def refused(answer: Response[Problem | T], status: int) -> Problem:
    """The problem that was answered."""
    assert answer.status_code == status, answer.status_code
    assert isinstance(answer.parsed, Problem)
    return answer.parsed


def codes(problem: Problem) -> list[str]:
    """Its reasons."""
    return [failure.code for failure in problem.failures]


def tag(officer: AuthenticatedClient, asked: Request) -> str:
    """The tag of the request as it is now."""
    return get_request.sync_detailed(asked.id, client=officer).headers["ETag"]


def asked(officer: AuthenticatedClient, key: str) -> Request:
    """A man presses his bell; an officer types it, and reads it back."""
    body = Ask(
        need=SupportType.EMOTIONAL,
        channel=Channel.CELL_BELL,
        urgency=Urgency.NOW,
        wing="MDI-A",
        prison="MDI",
        recipient="Quincy Quagmire",
    )
    first = done(ask_for_support.sync_detailed(client=officer, body=body, idempotency_key=key))
    again = done(ask_for_support.sync_detailed(client=officer, body=body, idempotency_key=key))
    assert first.id == again.id
    return done(get_request.sync_detailed(first.id, client=officer))


def a_night(officer: AuthenticatedClient) -> None:
    """Declared, asked, offered, declined, offered again, accepted, unlocked, over; and one that is refused."""
    duty = done(declare_duty.sync_detailed(client=officer, body=DeclareDuty(prison="MDI", wings=["MDI-A"])))
    assert duty.wings == ["MDI-A"]
    live = asked(officer, "night-key-0001")
    assert (live.state, live.recipient, live.withheld) == (RequestState.RECEIVED, "Quincy Quagmire", [])

    offered = offer_request.sync_detailed(live.id, client=officer, body=Offer(), if_match=tag(officer, live))
    first = done(offered).offered_to
    stale = offer_request.sync_detailed(live.id, client=officer, body=Offer(), if_match='"read-long-ago"')
    assert refused(stale, 412).code == "stale"
    no, yes = Answer(accepted=False), Answer(accepted=True)
    done(answer_offer.sync_detailed(live.id, client=officer, body=no, if_match=offered.headers["ETag"]))
    second = done(offer_request.sync_detailed(live.id, client=officer, body=Offer(), if_match=tag(officer, live)))
    assert second.offered_to not in (None, first)
    done(answer_offer.sync_detailed(live.id, client=officer, body=yes, if_match=tag(officer, live)))
    place = Unlock(place=Place.LISTENER_SUITE)
    done(unlock_request.sync_detailed(live.id, client=officer, body=place, if_match=tag(officer, live)))
    over = done(complete_request.sync_detailed(live.id, client=officer, body=Happened(), if_match=tag(officer, live)))
    assert (over.state, over.place, over.declined_by) == (RequestState.COMPLETED, Place.LISTENER_SUITE, [first])
    twice = complete_request.sync_detailed(live.id, client=officer, body=Happened(), if_match=tag(officer, live))
    assert codes(refused(twice, 409)) == ["STATE_COMPLETED"]

    other = asked(officer, "night-key-0002")
    why = Refuse(code=RefusalCode.NIGHT_STATE, alternative=Alternative.SAMARITANS_PHONE)
    no_more = done(refuse_request.sync_detailed(other.id, client=officer, body=why, if_match=tag(officer, other)))
    assert (no_more.state, no_more.refusal_code) == (RequestState.REFUSED, RefusalCode.NIGHT_STATE)


def a_tally(listener: AuthenticatedClient) -> None:
    """Handed in twice by one key, counted once, with the same receipt."""
    tally = HandInTally(
        month="2026-11",
        part=DayOrNight.NIGHT,
        duration=DurationBand.FROM_30_TO_60,
        concerns=[Concern.FAMILY],
    )
    receipts = [
        done(hand_in_tally.sync_detailed(client=listener, body=tally, idempotency_key="tally-key-0001")).receipt
        for _ in range(2)
    ]
    assert receipts == ["HANDED_IN", "HANDED_IN"]


def all_supporters(coordinator: AuthenticatedClient) -> list[Supporter]:
    """Every page of them."""
    found: list[Supporter] = []
    cursor: str | Unset = UNSET
    while True:
        page = list_supporters.sync_detailed(client=coordinator, limit=3, cursor=cursor)
        shown: SupporterPage = done(page)
        found += shown.items
        assert (shown.next_ is not None) is ("Link" in page.headers)
        if shown.next_ is None:
            return found
        cursor = shown.next_


def nothing_of_what_is_withheld(shown: Scheme | Supporter | Request) -> int:
    """Each member that is withheld is there, and null."""
    wire = shown.to_dict()
    assert [name for name in shown.withheld if wire[name] is not None] == []
    return len(shown.withheld)


def main(address: str, tokens: dict[str, str]) -> None:
    """The whole story, each voice hung up at its end."""
    with ExitStack() as calls:
        tell(
            {
                name: calls.enter_context(AuthenticatedClient(base_url=address, token=token))
                for name, token in tokens.items()
            }
        )


def tell(voices: dict[str, AuthenticatedClient]) -> None:
    """What happened that night, and what everybody sees of it."""
    a_night(voices["officer"])
    a_tally(voices["listener"])
    supporters = all_supporters(voices["coordinator"])
    assert len({s.id for s in supporters}) == len(supporters) > 3

    shown, withheld = 0, 0
    for name, voice in voices.items():
        schemes = list_schemes.sync_detailed(client=voice).parsed
        if isinstance(schemes, Problem):
            assert schemes.code in ("forbidden", "not-found"), name
            continue
        assert isinstance(schemes, SchemePage), name
        one = [get_supporter.sync_detailed(s.id, client=voice).parsed for s in supporters[:3]]
        for record in [*schemes.items, *(found for found in one if isinstance(found, Supporter))]:
            shown, withheld = shown + 1, withheld + nothing_of_what_is_withheld(record)
    assert shown > 0
    assert withheld > 0
    print(json.dumps({"voices": len(voices), "supporters": len(supporters), "shown": shown, "withheld": withheld}))


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
