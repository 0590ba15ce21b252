"""What a supporter takes with him: a passport that moves his certificates and nothing else, a reference that he reads
first, and how he rates himself; over HTTP, by everybody who may and who may not."""

import dataclasses
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from joserfc import jwk, jws

from api.signing import Signatures
from domain.confidentiality.principal import PrincipalKind
from domain.confidentiality.roles import Role
from domain.passports.passport import Passport
from domain.people.record import Person
from domain.supporters.record import LeavingReason, Standing, Supporter
from domain.supporters.recruiting.application import Application
from domain.supporters.recruiting.clearing import Clearance
from domain.training.certificates import Certificate
from tests.http import tale
from tests.http.cast import CAST, START, person, uid
from tests.http.joining import join
from tests.http.places import LEEDS
from tests.http.world import World, codes, observed, problem

TODAY = START.date()
MENTOR = f"/v1/supporters/{uid('supporter:mentor')}"
LEEDS_SCHEME = f"/v1/schemes/{LEEDS.id('scheme:shannon')}"


async def issued(world: World) -> str:
    """The mentor has a passport made: where it is."""
    made = await world.mentor.post(f"{MENTOR}/passports")
    assert made.status_code == 201, made.text
    return made.headers["Location"]


async def document(world: World, passport: str, name: str = "mentor") -> str:
    """Its signed form."""
    answer = await world[name].get(f"{passport}/document")
    assert answer.status_code == 200, answer.text
    return answer.json()["passport"]


async def verify(world: World, signed: str, name: str = "coordinator") -> Any:
    """Somebody to whom it was shown asks."""
    return await world[name].post("/v1/passport-checks", {"passport": signed})


async def test_a_passport_says_what_was_learned_and_nothing_else(world: World) -> None:
    """He has it made himself; it is signed with a published key, the same bytes each time, and another's library agrees
    with no word of ours."""
    passport = await issued(world)
    signed = await document(world, passport)
    assert await document(world, passport) == signed
    published = (await world.stranger.get("/passport-keys")).json()
    opened = jws.deserialize_compact(signed, jwk.KeySet.import_key_set(published), algorithms=["Ed25519"])
    claims = json.loads(opened.payload)
    assert claims == (await verify(world, signed)).json()
    assert set(claims) == {
        *("iss", "jti", "name", "kind", "awardingBody", "certificate", "certifiedOn", "certificateExpiresOn"),
        *("modules", "competences", "servedFrom", "servedUntil", "issuedOn", "validUntil"),
    }
    assert (claims["name"], claims["kind"]) == (CAST["mentor"].full_name, "SHANNON_TRUST")
    assert (claims["servedFrom"], claims["servedUntil"]) == ("2026-06", None)
    assert claims["competences"] == ["COMMUNICATION", "PROBLEM_SOLVING", "SPECIFIC_NEED"]
    assert not [name for name in claims if "clear" in name.lower()]
    assert claims["validUntil"] == str(TODAY + timedelta(days=364))


async def test_rest_practice_and_the_way_he_left_are_not_in_it(world: World) -> None:
    """Rules 9 and 24: two worlds, in one of which he is at rest and was watched more often, differ in no byte of it."""
    kept = await world.record(Supporter, uid("supporter:mentor"))
    signed: list[str] = []
    for changed in (kept, dataclasses.replace(kept, standing=Standing.PAUSED, paused_on=TODAY, observed_contacts=9)):
        await world.change(changed)
        claims = (await verify(world, await document(world, await issued(world)))).json()
        signed.append(json.dumps({**claims, "jti": None}))
    assert signed[0] == signed[1]


async def test_whatever_is_wrong_with_it_is_one_answer(world: World) -> None:
    """Altered, of no key of ours, run out, taken back, of nobody: byte for byte the same."""
    passport = await issued(world)
    signed = await document(world, passport)
    head, payload, signature = signed.split(".")
    never = Signatures({1: bytes(32)}).signed({**(await verify(world, signed)).json(), "jti": str(uid("nobody"))})
    forged = Signatures({1: b"x" * 32}).signed((await verify(world, signed)).json())
    wrong = [f"{head}.{payload}.{signature[:-4]}AAAA", f"{head}.{payload[:-4]}AAAA.{signature}", never, forged]
    answers = [observed(await verify(world, each)) for each in wrong]
    tag = await world.mentor.tag(passport)
    assert (await world.mentor.post(f"{passport}/withdraw", tag=tag)).json()["state"] == "WITHDRAWN"
    answers.append(observed(await verify(world, signed)))
    another = await issued(world)
    assert (await verify(world, await document(world, another))).status_code == 200
    kept = await world.record(Passport, UUID(another.rpartition("/")[2]))
    await world.change(dataclasses.replace(kept, valid_until=TODAY))
    assert (await verify(world, await document(world, another))).status_code == 200
    await world.change(dataclasses.replace(kept, valid_until=TODAY - timedelta(days=1)))
    answers.append(observed(await verify(world, await document(world, another))))
    assert answers[0][0] == 422
    assert all(each == answers[0] for each in answers)


async def test_a_passport_that_was_taken_back_is_printed_for_nobody(world: World) -> None:
    """Not even for himself; that there was one stays."""
    passport = await issued(world)
    await world.mentor.post(f"{passport}/withdraw", tag=await world.mentor.tag(passport))
    for what in ("document", "passport.pdf"):
        assert codes(await world.mentor.get(f"{passport}/{what}")) == ["STATE_WITHDRAWN"]
    assert (await world.mentor.get(passport)).json()["withdrawnOn"] == str(TODAY)


async def test_nobody_else_has_one_made_or_takes_one_back(world: World) -> None:
    """Consent is his own: staff and partners have no such verb, another man finds nothing there."""
    passport = await issued(world)
    for name in ("coordinator", "facilitator", "governor", "hub"):
        assert (await world[name].post(f"{MENTOR}/passports")).status_code == 403
        assert (await world[name].post(f"{passport}/withdraw", tag='"x"')).status_code == 403
    for name in ("arthur", "second-mentor", "peer-coordinator"):
        assert (await world[name].post(f"{MENTOR}/passports")).status_code == 404
        assert (await world[name].get(passport)).status_code == 404
        assert (await world[name].post(f"{passport}/withdraw", tag='"x"')).status_code == 404


async def test_one_who_never_served_or_left_long_ago_has_none(world: World) -> None:
    """There is nothing to say of the one, and what the other knew is a year old."""
    kept = await world.record(Supporter, uid("supporter:mentor"))
    kept = dataclasses.replace(kept, active_from=TODAY - timedelta(days=700))
    await world.change(dataclasses.replace(kept, active_from=None))
    assert codes(await world.mentor.post(f"{MENTOR}/passports")) == ["NEVER_ACTIVE"]
    left = TODAY - timedelta(days=365)
    gone = dataclasses.replace(kept, standing=Standing.STOOD_DOWN, left_on=left, left_for=LeavingReason.OWN_WISH)
    await world.change(gone)
    assert codes(await world.mentor.post(f"{MENTOR}/passports")) == ["TOO_LONG_SINCE_ACTIVE"]
    await world.change(dataclasses.replace(gone, left_on=left + timedelta(days=1)))
    assert (await world.mentor.post(f"{MENTOR}/passports")).status_code == 201


async def left(world: World) -> None:
    """His own prison tells that he was transferred."""
    await tale.done(world.coordinator, MENTOR, "stand-down", {"reason": "TRANSFERRED"})


async def taken(world: World, signed: str, name: str = "far-coordinator", **more: Any) -> Any:
    """The coordinator of Leeds takes him on."""
    body = {"passport": signed, "identifier": str(CAST["mentor"].number), "wing": "LEI-A", **more}
    return await world[name].post(f"{LEEDS_SCHEME}/supporters", body)


async def test_the_next_prison_takes_him_on_with_what_he_has_learned(world: World) -> None:
    """He applies anew, and is decided on anew: certificates come with him, clearance and compact do not; and the old
    prison's people reach nothing of what he does in the new one (rule 24)."""
    signed = await document(world, await issued(world))
    await left(world)
    made = await taken(world, signed)
    assert made.status_code == 201, made.text
    supporter = made.json()
    assert (supporter["standing"], supporter["prison"]) == ("APPLIED", "LEI")
    assert (supporter["prisonVerdict"], supporter["compactSignedOn"], supporter["activeFrom"]) == (None, None, None)
    assert supporter["certificate"] == "CERT-2026-0001"
    assert supporter["modulesPassed"]
    assert supporter["signedOff"] == ["COMMUNICATION", "PROBLEM_SOLVING", "SPECIFIC_NEED"]
    (applied,) = await world.records(Application, supporter=UUID(supporter["id"]))
    assert applied.applied_on == TODAY
    assert await world.records(Clearance, supporter=UUID(supporter["id"])) == []
    assert (await world.coordinator.get(made.headers["Location"])).status_code == 404
    assert (await world["far-coordinator"].get(made.headers["Location"])).status_code == 200
    assert (await world.record(Person, person("mentor"))).prison == "LEI"
    assert codes(await taken(world, signed)) == ["ALREADY_APPLIED"]


async def test_the_certificate_that_he_brought_holds_on_in_the_next_prison(world: World) -> None:
    """Cleared anew, accepted and on probation with the certificate that he has, to the day on which it ends. For any
    longer he would have to be trained here."""
    signed = await document(world, await issued(world))
    await left(world)
    path = (await taken(world, signed)).headers["Location"]
    coordinator = world["far-coordinator"]
    await join(world, "far-security", Role.SECURITY, prison="LEI")
    partner = {"organisation": "SHANNON_TRUST", "kind": PrincipalKind.PARTNER}
    reader = await join(world, "far-reader", Role.PARTNER_VOLUNTEER, prison="LEI", **partner)
    refused = await tale.moved(coordinator, path, "decide", {"verdict": "YES"})
    assert "CLEARANCE_MISSING" in codes(refused)
    await tale.suited(world, path, security="far-security", by="far-coordinator")
    await tale.done(coordinator, path, "decide", {"verdict": "YES"})
    await tale.done(reader, path, "decide", {"verdict": "YES"})
    await tale.done(coordinator, path, "train", {"compactSigned": True})
    body = {"certificate": "CERT-2026-0001"}
    kept = await world.record(Supporter, UUID(path.rpartition("/")[2]))
    longer = await tale.moved(reader, path, "certify", {**body, "expiresOn": "2031-01-01"})
    assert codes(longer) == ["ATTENDANCE_MISSING", "TRAINING_HOURS_MISSING"]
    now = await tale.done(reader, path, "certify", body)
    assert (now["standing"], now["probationFrom"]) == ("PROBATION", str(TODAY))
    assert now["certificateExpiresOn"] == str(kept.certificate_expires_on)
    (held,) = await world.records(Certificate, supporter=kept.id)
    assert (held.awarded_on, held.expires_on) == (kept.certified_on, kept.certificate_expires_on)


async def test_a_passport_is_of_its_bearer_and_its_kind(world: World) -> None:
    """Another's number beside it is no better than a forgery; and a mentor's is none for an Insider."""
    signed = await document(world, await issued(world))
    other = await taken(world, signed, identifier=str(CAST["ben"].number))
    assert problem(other)[2] == [("PASSPORT_NOT_VALID", "/passport")]
    insiders = f"/v1/schemes/{uid('scheme:insiders')}/supporters"
    body = {"passport": signed, "identifier": str(CAST["mentor"].number), "wing": "MDI-A"}
    assert codes(await world.coordinator.post(insiders, body)) == ["PASSPORT_OF_ANOTHER_KIND"]
    irish = f"/v1/schemes/{uid('irish:scheme:shannon')}/supporters"
    beyond = await world["irish-coordinator"].post(irish, {**body, "identifier": "190123", "wing": "MJY-A"})
    assert problem(beyond)[2] == [("PASSPORT_NOT_VALID", "/passport")]
    assert (await verify(world, signed, "irish-coordinator")).status_code == 422


async def test_a_passport_and_a_reference_are_printed(world: World) -> None:
    """In the reader's language, by the press that prints charters."""
    for name, path in (
        ("mentor", f"/v1/passports/{uid('passport')}/passport.pdf"),
        ("coordinator", f"/v1/references/{uid('reference:signed')}/reference.pdf"),
    ):
        answer = await world[name].get(path, headers={"Accept-Language": "cy"})
        assert answer.status_code == 200, answer.text
        assert answer.content.startswith(b"%PDF-")
        assert answer.headers["Content-Language"] == "cy"


async def test_a_reference_goes_nowhere_before_he_has_signed_it(world: World) -> None:
    """Written by the coordinator in codes; he reads it, signs it, and may take his word back; only between these two is
    it printed."""
    written = await world.coordinator.post(f"{MENTOR}/references", {"strengths": ["PATIENT", "RELIABLE"]})
    reference = written.headers["Location"]
    assert written.json()["strengths"] == ["RELIABLE", "PATIENT"]
    assert codes(await world.coordinator.get(f"{reference}/reference.pdf")) == ["STATE_WRITTEN"]
    assert (await world.coordinator.post(f"{reference}/sign", tag='"x"')).status_code == 403
    signed = await world.mentor.post(f"{reference}/sign", tag=await world.mentor.tag(reference))
    assert (signed.json()["state"], signed.json()["answeredOn"]) == ("SIGNED", str(TODAY))
    assert (await world.coordinator.get(f"{reference}/reference.pdf")).status_code == 200
    await world.mentor.post(f"{reference}/decline", tag=await world.mentor.tag(reference))
    assert codes(await world.coordinator.get(f"{reference}/reference.pdf")) == ["STATE_DECLINED"]
    assert (await world.arthur.get(reference)).status_code == 404
    assert (await world.officer.get(reference)).status_code == 403


async def test_how_he_rates_himself_is_his_and_the_partner_s(world: World) -> None:
    """Nobody who decides about him reads it: neither coordinator nor governor; and before is before."""
    body = {"moment": "AFTER", "identity": 6, "confidence": 7, "employability": 5}
    rated = await world.mentor.post(f"{MENTOR}/self-ratings", body)
    assert rated.status_code == 201
    assert (await world.facilitator.get(rated.headers["Location"])).json()["confidence"] == 7
    for name in ("coordinator", "governor", "officer", "hub", "safer"):
        assert (await world[name].get(rated.headers["Location"])).status_code == 403
    assert codes(await world.mentor.post(f"{MENTOR}/self-ratings", {**body, "moment": "BEFORE"})) == [
        "STATE_ACTIVE",
        "ALREADY_RATED",
    ]


@pytest.mark.parametrize("name", ["officer", "governor", "safer", "imb", "headquarters", "evaluator"])
async def test_a_passport_is_read_by_those_whom_it_serves(world: World, name: str) -> None:
    """Whoever neither runs the scheme nor holds it reads none, and verifies none."""
    assert (await world[name].get(f"/v1/passports/{uid('passport')}")).status_code == 403
    assert (await verify(world, "e30.e30.c2lnbmF0dXJl", name)).status_code == 403


def test_the_seal_is_strict() -> None:
    """Another text for the same bytes, another header, a part too many: none is opened; an older key still is."""
    old, new = Signatures({1: b"a" * 32}), Signatures({2: b"b" * 32, 1: b"a" * 32})
    signed = old.signed({"jti": "1"})
    assert new.opened(signed) == {"jti": "1"}
    assert old.opened(new.signed({"jti": "1"})) is None
    head, payload, signature = signed.split(".")
    for wrong in (
        f"{signed}.",
        f"{head}.{payload}",
        f"{head}.{payload}.{signature}=",
        f"x{head}.{payload}.{signature}",
        "",
    ):
        assert new.opened(wrong) is None
