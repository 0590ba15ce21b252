"""Listeners, from the idea of a scheme to a man who was heard at ten past two, over HTTP; and each line of it."""

import pytest

from domain.confidentiality.entry import Outcome
from tests.http import tale
from tests.http.cast import uid
from tests.http.tale import changes, done, line, moved
from tests.http.world import World, codes, observed, problem


async def test_a_scheme_opens_only_with_a_plan_a_yes_and_somebody_to_ask(empty: World) -> None:
    """Draft, approved by somebody else, and open only with a way to ask, a review date and an active supporter: all
    that is missing is told at once."""
    plan = {"kind": "LISTENERS", "name": "Listeners of Moorland", "prison": "MDI", "howToAsk": "Ask any officer."}
    made = await empty.coordinator.post("/v1/schemes", plan)
    assert made.status_code == 201
    shown = made.json()
    assert (shown["state"], shown["closed"], shown["organisation"]) == ("DRAFT", True, "SAMARITANS")
    path = made.headers["location"]
    assert path == f"/v1/schemes/{shown['id']}"
    assert made.headers["etag"] == await empty.coordinator.tag(path)
    assert codes(await moved(empty.coordinator, path, "open")) == ["STATE_DRAFT"]
    assert (await moved(empty.coordinator, path, "approve")).status_code == 403
    assert codes(await moved(empty.governor, path, "approve")) == ["CHARTER_NOT_PUBLISHED"]
    await tale.chartered(empty, path)
    approved = await done(empty.governor, path, "approve")
    assert approved["state"] == "APPROVED"
    assert approved["approvedBy"] is not None
    wanting = await moved(empty.coordinator, path, "open")
    assert codes(wanting) == ["REVIEW_DATE_MISSING", "NO_ACTIVE_SUPPORTER"]
    tag = await empty.coordinator.tag(path)
    assert (await empty.coordinator.patch(path, {"reviewOn": "2027-12-01"}, tag=tag)).status_code == 200
    assert codes(await moved(empty.coordinator, path, "open")) == ["NO_ACTIVE_SUPPORTER"]
    assert changes(empty) == [
        ("coordinator", "COORDINATOR", "CREATE_SCHEME", "DONE", False, (*["risk"] * 8, "scheme")),
        ("coordinator", "COORDINATOR", "OPEN_SCHEME", "NOT_NOW", False, ()),
        ("coordinator", "COORDINATOR", "APPROVE_SCHEME", "REFUSED", False, ()),
        ("governor", "GOVERNOR", "APPROVE_SCHEME", "NOT_NOW", False, ()),
        ("governor", "GOVERNOR", "APPROVE_SCHEME", "DONE", False, ("scheme",)),
        ("coordinator", "COORDINATOR", "OPEN_SCHEME", "NOT_NOW", False, ()),
        ("coordinator", "COORDINATOR", "AMEND_SCHEME", "DONE", False, ("scheme",)),
        ("coordinator", "COORDINATOR", "OPEN_SCHEME", "NOT_NOW", False, ()),
    ]
    (amended,) = [e for e in empty.entries() if e.verb == "AMEND_SCHEME"]
    assert amended.changes[0].fields == ("review_on",)


async def test_a_man_becomes_a_listener_step_by_step(empty: World) -> None:
    """Prison and Samaritans both say yes; Samaritans alone certify; practice and twenty-eight days stand before the
    role. Each gate names what is missing."""
    scheme = await tale.scheme_approved(empty, "LISTENERS")
    id = scheme.rpartition("/")[2]
    applied = await empty.listener.post("/v1/supporters", {"scheme": id, "wing": "MDI-A", "motivation": "GIVE_BACK"})
    assert (applied.status_code, applied.json()["standing"]) == (201, "APPLIED")
    path = applied.headers["location"]
    again = await empty.listener.post("/v1/supporters", {"scheme": id, "wing": "MDI-A"})
    assert codes(again) == ["ALREADY_APPLIED"]
    assert codes(await moved(empty.coordinator, path, "activate")) == [
        "STATE_APPLIED",
        "OBSERVED_CONTACTS_MISSING",
        "COMPETENCE_NOT_SIGNED",
        "PROBATION_NOT_OVER",
        "CERTIFICATE_EXPIRED",
    ]
    await tale.suited(empty, path)
    half = await done(empty.coordinator, path, "decide", {"verdict": "YES"})
    assert (half["standing"], half["prisonVerdict"], half["partnerVerdict"]) == ("APPLIED", "YES", None)
    assert codes(await moved(empty.coordinator, path, "decide", {"verdict": "YES"})) == ["ALREADY_DECIDED"]
    assert (await done(empty.samaritan, path, "decide", {"verdict": "YES"}))["standing"] == "ACCEPTED"
    begun = await done(empty.coordinator, path, "train", {"modulesPassed": ["LISTENING"]})
    assert (begun["standing"], begun["modulesPassed"]) == ("IN_TRAINING", ["LISTENING"])
    body = {"certificate": "SAM-2026-0117"}
    wanting = await moved(empty.coordinator, path, "certify", body)
    assert codes(wanting) == ["MODULES_MISSING", "COMPACT_NOT_SIGNED", "PARTNER_CERTIFIES"]
    rest = {"modulesPassed": tale.LISTENING, "compactSigned": True}
    await done(empty.coordinator, path, "train", rest)
    typed = await moved(empty.coordinator, path, "train", {"observedContacts": 3})
    assert problem(typed)[2] == [("UNKNOWN_FIELD", "")]
    await tale.watched(empty, path, "coordinator", 2)
    assert codes(await moved(empty.coordinator, path, "certify", body)) == ["PARTNER_CERTIFIES"]
    certified = await done(empty.samaritan, path, "certify", body)
    assert (certified["standing"], certified["probationFrom"]) == ("PROBATION", "2026-11-23")
    early = await moved(empty.coordinator, path, "activate")
    assert codes(early) == ["OBSERVED_CONTACTS_MISSING", "COMPETENCE_NOT_SIGNED", "PROBATION_NOT_OVER"]
    await tale.signed_off(empty, path)
    await tale.watched(empty, path, "samaritan", 1)
    empty.later(days=27)
    assert codes(await moved(empty.coordinator, path, "activate")) == ["PROBATION_NOT_OVER"]
    empty.later(days=1)
    active = await done(empty.coordinator, path, "activate")
    assert (active["standing"], active["activeFrom"]) == ("ACTIVE", "2026-12-21")
    assert (await empty.listener.get(path)).json()["name"] == "Lionel Quaverley"
    opened = await moved(empty.coordinator, scheme, "open")
    assert codes(opened) == ["HOW_TO_ASK_MISSING", "REVIEW_DATE_MISSING"]
    applications = [line(e) for e in empty.entries() if e.verb == "APPLY"]
    assert [outcome for _, _, _, outcome, _, _ in applications] == ["DONE", "NOT_NOW"]


async def test_a_no_has_a_reason_and_ends_an_application(empty: World) -> None:
    """A yes has none; a no from either side has one, which the applicant reads."""
    scheme = await tale.scheme_approved(empty, "LISTENERS")
    body = {"scheme": scheme.rpartition("/")[2], "wing": "MDI-A"}
    path = (await empty.ben.post("/v1/supporters", body)).headers["location"]
    for wrong in ({"verdict": "NO"}, {"verdict": "YES", "reason": "NO_PLACES"}):
        answer = await moved(empty.samaritan, path, "decide", wrong)
        assert problem(answer) == (422, "unacceptable", [("REASON_GOES_WITH_NO", "/reason")])
    await done(empty.samaritan, path, "decide", {"verdict": "NO", "reason": "TRY_AGAIN_LATER"})
    own = (await empty.ben.get(path)).json()
    assert (own["standing"], own["rejectedFor"]) == ("REJECTED", "TRY_AGAIN_LATER")
    assert codes(await moved(empty.coordinator, path, "decide", {"verdict": "YES"})) == ["STATE_REJECTED"]


async def test_ten_past_two(empty: World) -> None:
    """Asked, offered, declined without a reason, offered to the next, accepted, unlocked, over: the wait in its parts,
    and a line for each step that names no man in custody."""
    scheme, supporters = await tale.listeners_open(empty)
    await tale.on_duty(empty)
    mark = len(empty.entries())
    asked = await empty.officer.post("/v1/requests", tale.ASK, key="night-key-0001")
    assert asked.status_code == 201
    shown = asked.json()
    assert (shown["closed"], shown["unverified"], shown["scheme"]) == (True, False, scheme.rpartition("/")[2])
    path = asked.headers["location"]
    live = (await empty.officer.get(path)).json()
    assert (live["state"], live["recipient"], live["cell"]) == ("RECEIVED", "Quincy Quagmire", "A-1-012")
    assert (live["band"], live["readableUntil"], live["late"]) == ("NIGHT", "2027-01-06T09:45:00Z", False)
    assert (live["person"], live["withheld"]) == (None, [])
    empty.later(minutes=3)
    over = await tale.met(empty, path)
    assert over["state"] == "COMPLETED"
    assert (over["minutesToOffer"], over["minutesToAccept"], over["minutesToUnlock"]) == (3, 12, 12)
    both = {s.rpartition("/")[2] for s in supporters}
    assert {over["offeredTo"], *over["declinedBy"]} == both
    assert (over["place"], over["refusalCode"]) == ("LISTENER_SUITE", None)
    assert changes(empty, mark) == [
        ("officer", "WING_OFFICER", verb, "DONE", True, ("request",))
        for verb in (
            "ASK",
            "OFFER_REQUEST",
            "ANSWER_OFFER",
            "OFFER_REQUEST",
            "ANSWER_OFFER",
            "UNLOCK_REQUEST",
            "COMPLETE_REQUEST",
        )
    ]
    for entry in empty.since(mark):
        assert entry.closed
        assert {c.kind for c in entry.changes} | {s.kind for s in entry.sights} <= {"request"}
        assert (entry.prison, entry.jurisdiction) == ("MDI", "EW")
        assert entry.purpose == "support"
    assert codes(await moved(empty.officer, path, "withdraw")) == ["STATE_COMPLETED"]


async def test_a_man_asks_for_himself(empty: World) -> None:
    """From his own token: he names nobody, nobody is named in the line, and he is shown nothing of it afterwards."""
    await tale.listeners_open(empty)
    mark = len(empty.entries())
    body = {k: v for k, v in tale.ASK.items() if k not in ("recipient", "prison")}
    answer = await empty.arthur.post("/v1/requests", {**body, "channel": "KIOSK_OR_LAPTOP"}, key="kiosk-key-1")
    assert answer.status_code == 201
    shown = answer.json()
    assert {name for name, value in shown.items() if value not in (None, [], False, True)} == {
        "id",
        "scheme",
        "jurisdiction",
        "prison",
        "organisation",
        "terms",
        "withheld",
    }
    assert [line(e) for e in empty.since(mark)] == [
        (None, "PERSON_IN_CUSTODY", "ASK", "DONE", True, ("request",)),
    ]
    assert (empty.last.assignment, empty.last.client) == (None, None)
    nowhere = await empty.arthur.get("/v1/requests/" + str(uid("never-existed")))
    assert observed(await empty.arthur.get(answer.headers["location"])) == observed(nowhere)
    assert nowhere.status_code == 404
    await tale.on_duty(empty)
    (live,) = (await empty.officer.get("/v1/board")).json()["items"]
    assert live["recipient"] == "A1001QX Arthur Zephyrine"
    assert (live["person"], live["author"]) == (None, None)


@pytest.mark.parametrize("channel", ["STAFF_REFERRAL", "HEALTHCARE_REFERRAL", "CHAPLAIN_REFERRAL", "KEYWORKER"])
async def test_a_third_person_names_nobody_to_listeners(empty: World, channel: str) -> None:
    """Who wants a Listener asks for one himself: a referral has neither a name nor a cell (rule 31)."""
    await tale.listeners_open(empty)
    referred = await empty.staff.post("/v1/requests", {**tale.ASK, "channel": channel}, key="referral-key-1")
    failures = [("MAY_NOT_BE_HELD", "/recipient"), ("MAY_NOT_BE_HELD", "/cell")]
    assert problem(referred) == (422, "unacceptable", failures)
    assert not [k for k in empty.seen.kept if k.record.shape.kind == "request"]
    body = {k: v for k, v in tale.ASK.items() if k not in ("recipient", "cell")}
    nameless = await empty.staff.post("/v1/requests", {**body, "channel": channel}, key="referral-key-2")
    assert nameless.status_code == 201


@pytest.mark.parametrize(
    ("code", "ground"),
    [
        ("NIGHT_STATE", "SYSTEM"),
        ("NON_ASSOCIATION", "RISK"),
        ("ASLEEP_CLAIMED", "RECIPIENT"),
        ("OTHER_ASK_ME", "IMPROPER"),
    ],
)
async def test_a_refusal_has_a_code_a_ground_and_somebody_who_refused(empty: World, code: str, ground: str) -> None:
    """A code and what was offered instead, never words; the ground is ours to say, and who refused stands in it."""
    await tale.listeners_open(empty)
    await tale.on_duty(empty)
    path = await tale.asked(empty)
    for body in ({"code": code}, {"alternative": "NONE"}, {"code": "HE IS LYING", "alternative": "NONE"}):
        assert (await moved(empty.officer, path, "refuse", body)).status_code == 422
    refused = await done(empty.officer, path, "refuse", {"code": code, "alternative": "SAMARITANS_PHONE"})
    assert (refused["state"], refused["refusalCode"], refused["refusalGround"]) == ("REFUSED", code, ground)
    me = (await empty.officer.get("/v1/me")).json()["id"]
    assert (refused["refusedBy"], refused["alternative"]) == (me, "SAMARITANS_PHONE")
    assert line(empty.entries()[-2]) == ("officer", "WING_OFFICER", "REFUSE_REQUEST", "DONE", True, ("request",))
    for action in ("offer", "withdraw"):
        assert codes(await moved(empty.officer, path, action)) == ["STATE_REFUSED"]


async def test_a_withdrawal_that_an_officer_types_is_a_claim(empty: World) -> None:
    """It is kept as claimed, with who said so."""
    await tale.listeners_open(empty)
    await tale.on_duty(empty)
    gone = await done(empty.officer, await tale.asked(empty), "withdraw")
    assert (gone["state"], gone["refusalCode"], gone["refusalGround"]) == (
        "WITHDRAWN",
        "WITHDRAWN_CLAIMED",
        "RECIPIENT",
    )


async def test_whom_nobody_can_ask_is_not_available_whatever_the_reason(empty: World) -> None:
    """One who is busy, who said no, who is another scheme's and who never was: the same bytes (rule 11)."""
    _, supporters = await tale.listeners_open(empty)
    await tale.on_duty(empty)
    first, second = await tale.asked(empty), await tale.asked(empty, key="night-key-0002")
    one, other = (s.rpartition("/")[2] for s in supporters)
    await done(empty.officer, first, "offer", {"supporter": one})
    busy = await moved(empty.officer, second, "offer", {"supporter": one})
    unknown = await moved(empty.officer, second, "offer", {"supporter": str(uid("never-existed"))})
    assert codes(busy) == ["NOT_AVAILABLE"]
    assert observed(busy) == observed(unknown)
    await done(empty.officer, first, "answer", {"accepted": False})
    declined = await moved(empty.officer, first, "offer", {"supporter": one})
    assert observed(declined) == observed(busy)
    await done(empty.officer, first, "offer", {"supporter": other})
    await done(empty.officer, second, "offer")
    third = await tale.asked(empty, key="night-key-0003")
    assert observed(await moved(empty.officer, third, "offer")) == observed(busy)
    assert len({str(r["offeredTo"]) for r in (await empty.officer.get("/v1/requests")).json()["items"]}) == 3


async def test_a_fact_is_accepted_late_and_marked_and_the_future_is_not(empty: World) -> None:
    """What happened over half an hour ago is LATE; what lies more than five minutes ahead is refused."""
    await tale.listeners_open(empty)
    await tale.on_duty(empty)
    late = await tale.asked(empty, occurredAt="2027-01-06T01:39:00Z")
    shown = (await empty.officer.get(late)).json()
    assert (shown["late"], shown["askedAt"], shown["recordedAt"]) == (
        True,
        "2027-01-06T01:39:00Z",
        "2027-01-06T02:10:00Z",
    )
    soon = await tale.asked(empty, key="night-key-0002", occurredAt="2027-01-06T02:15:00Z")
    assert (await empty.officer.get(soon)).json()["askedAt"] == "2027-01-06T02:10:00Z"
    ahead = await empty.officer.post(
        "/v1/requests", {**tale.ASK, "occurredAt": "2027-01-06T02:15:01Z"}, key="night-key-0003"
    )
    assert problem(ahead) == (422, "unacceptable", [("IN_THE_FUTURE", "/occurredAt")])


async def test_help_does_not_wait_for_what_the_service_does_not_know(empty: World) -> None:
    """No scheme, a prison that is not the officer's: recorded all the same, and marked as unverified."""
    answer = await empty.officer.post("/v1/requests", {**tale.ASK, "prison": "LEI", "wing": "LEI-Z"}, key="night-key-1")
    assert answer.status_code == 201
    assert (answer.json()["unverified"], answer.json()["closed"], answer.json()["scheme"]) == (True, True, None)
    assert empty.last.closed


async def test_a_tally_is_handed_in_once_and_never_read_back(empty: World) -> None:
    """One constant receipt, twice the same bytes for one key, one letter; the line says that something was handed in,
    in that week, by somebody in custody, about nothing. There is no way to read, change or remove one."""
    await tale.listeners_open(empty)
    mark = len(empty.entries())
    first = await empty.listener.post("/v1/tallies", tale.TALLY, key="tally-key-01")
    second = await empty.listener.post("/v1/tallies", tale.TALLY, key="tally-key-01")
    assert (first.status_code, first.json()) == (201, {"receipt": "HANDED_IN"})
    assert observed(first) == observed(second)
    assert not {"location", "etag", "link"} & set(first.headers)
    (letter,) = empty.seen.letters
    assert set(letter.plain) == {
        "prison",
        "month",
        "part",
        "duration",
        "concerns",
        "first_time",
        "suicidal_feelings",
        "self_harm",
    }
    for entry in empty.since(mark):
        assert line(entry)[:3] == (None, "PERSON_IN_CUSTODY", "HAND_IN_TALLY")
        assert (entry.assignment, entry.closed) == (None, True)
        assert (entry.sights, entry.changes) == ((), ())
        assert (entry.at.weekday(), entry.at.hour, entry.at.minute) == (0, 0, 0)
    assert [e.outcome for e in empty.since(mark)] == [Outcome.DONE, Outcome.REPLAYED]
    (use,) = empty.seen.keys
    assert use.subject is None
    for method in ("GET", "PUT", "PATCH", "DELETE"):
        for path in ("/v1/tallies", f"/v1/tallies/{uid('tally')}"):
            answer = await empty.coordinator.send(method, path)
            assert answer.status_code in (404, 405)
    third = await empty.samaritan.post("/v1/tallies", tale.TALLY, key="tally-key-01")
    assert third.content == first.content
    assert len(empty.seen.letters) == 2


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        ({"month": "2027-02"}, "MONTH_NOT_OPEN", "/month"),
        ({"month": "2026-11"}, "MONTH_NOT_OPEN", "/month"),
        ({"concerns": ["FAMILY", "FAMILY"]}, "CONCERNS", "/concerns"),
    ],
)
async def test_a_tally_of_another_time_or_told_twice_is_refused(
    empty: World, change: dict[str, object], code: str, path: str
) -> None:
    """This month's or the last one's, each concern once: and a refused one leaves no letter and no key."""
    await tale.listeners_open(empty)
    answer = await empty.samaritan.post("/v1/tallies", {**tale.TALLY, **change}, key="tally-key-01")
    assert problem(answer) == (422, "unacceptable", [(code, path)])
    assert (empty.seen.letters, empty.seen.keys) == ([], [])
    last_month = await empty.samaritan.post("/v1/tallies", {**tale.TALLY, "month": "2026-12"}, key="tally-key-01")
    assert last_month.status_code == 201


async def test_a_supporter_rests_comes_back_and_leaves_without_blame(empty: World) -> None:
    """He takes a rest himself and gives no reason; while he rests he is not asked; staff bring him back; the end has a
    coded reason; and then he acts no more."""
    _, supporters = await tale.listeners_open(empty)
    path, id = supporters[0], supporters[0].rpartition("/")[2]
    assert (await done(empty.listener, path, "pause"))["standing"] == "PAUSED"
    assert empty.last.changes[0].fields == ("standing", "paused_on")
    await tale.on_duty(empty)
    request = await tale.asked(empty)
    assert codes(await moved(empty.officer, request, "offer", {"supporter": id})) == ["NOT_AVAILABLE"]
    assert (await done(empty.listener, path, "resume"))["standing"] == "PAUSED"
    assert (await done(empty.coordinator, path, "resume"))["standing"] == "ACTIVE"
    for voice, removal in ((empty.samaritan, "PARTNER_DECISION"), (empty.coordinator, "PRISON_DECISION")):
        alone = await moved(voice, path, "stand-down", {"reason": removal})
        assert codes(alone) == ["REMOVAL_NEEDS_SUSPENSION"], "by one word nobody is removed (rule 17)"
    gone = await done(empty.samaritan, path, "stand-down", {"reason": "ROLE_ENDED"})
    assert (gone["standing"], gone["leftFor"]) == ("STOOD_DOWN", "ROLE_ENDED")
    assert (await empty.listener.post("/v1/tallies", tale.TALLY, key="tally-key-01")).status_code == 404
    assert codes(await moved(empty.coordinator, path, "resume")) == ["STATE_STOOD_DOWN"]


WRONG = {
    "approve": ["coordinator", "officer", "samaritan", "headquarters"],
    "open": ["governor", "officer", "samaritan"],
    "offer": ["governor", "samaritan", "hub", "inspector", "staff"],
    "certify": ["governor", "officer", "hub"],
}


@pytest.mark.parametrize(("action", "name"), [(a, n) for a, names in WRONG.items() for n in names])
async def test_a_step_is_refused_to_whom_it_is_not_for(empty: World, action: str, name: str) -> None:
    """403, and the line says who tried what."""
    scheme, supporters = await tale.listeners_open(empty)
    await tale.on_duty(empty)
    place = {"offer": await tale.asked(empty), "certify": supporters[0]}.get(action, scheme)
    body = {"certificate": "SAM-1"} if action == "certify" else None
    answer = await empty[name].post(f"{place}/{action}", body, tag='"x"')
    assert problem(answer) == (403, "forbidden", [])
    assert line(empty.last)[0] == name
    assert empty.last.outcome is Outcome.REFUSED
