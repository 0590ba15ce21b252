"""The attack corpus: tokens that must be refused, each one change away from a good one (security.md 1.2).

Each says for which reason it must be refused, so that none is refused by accident while its own rule sleeps. Signed
attacks carry the issuer's true signature: those that a library lets through are among them.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives import hashes

from api.identity.refusal import Reason
from tests.api.identity import forge
from tests.api.identity.worlds import KID, NOW, OTHER_KID, World


@dataclass(frozen=True)
class Attack:
    """One token. Built when its test runs, since some are 8 MB long."""

    id: str
    reason: Reason
    build: Callable[[], str]


def attacks(world: World) -> Iterator[Attack]:
    """All of them, for one issuer."""
    yield from _algorithms(world)
    yield from _key_ids(world)
    yield from _headers(world)
    yield from _forms(world)
    yield from _signatures(world)
    yield from _times(world)
    yield from _claims(world)
    yield from _payloads(world)
    yield from _other_tokens(world)


def _algorithms(world: World) -> Iterator[Attack]:
    header, payload = world.header, world.payload
    own = forge.rsa_key("attacker") if header["alg"] == "RS256" else forge.ec_key("attacker")
    for name in ("none", "nOnE", "NONE", "HS256", "RS384", "EdDSA", "rs256", "es256", "dir"):
        yield Attack(
            f"alg-{name}", Reason.KEY, lambda name=name: forge.sign(header | {"alg": name}, payload, world.key)
        )
    unsigned = forge.content(header | {"alg": "none"}, payload)
    yield Attack("alg-none-without-signature", Reason.ENCODING, lambda: f"{unsigned}.")
    for name, value in {"empty": "", "null": None, "list": ["RS256"], "object": {"RS256": 1}, "number": 256}.items():
        yield Attack(
            f"alg-{name}", Reason.HEADER, lambda value=value: forge.sign(header | {"alg": value}, payload, world.key)
        )
    yield Attack("alg-missing", Reason.HEADER, lambda: forge.sign(forge.without(header, "alg"), payload, world.key))
    secrets = {
        "pem": forge.pem(world.key),
        "pem-stripped": forge.pem(world.key).strip(),
        "der": forge.der(world.key),
        "jwk": json.dumps(forge.jwk(world.key, KID)).encode(),
        "nothing": b"",
        "one-byte": b"k",
    }
    for name, secret in secrets.items():
        yield Attack(
            f"hs256-with-{name}",
            Reason.KEY,
            lambda secret=secret: forge.sign_hmac(header | {"alg": "HS256"}, payload, secret),
        )
        yield Attack(
            f"hmac-as-{header['alg']}-with-{name}",
            Reason.SIGNATURE,
            lambda secret=secret: forge.sign_hmac(header, payload, secret),
        )
    yield Attack(
        "hs512-with-der",
        Reason.KEY,
        lambda: forge.sign_hmac(header | {"alg": "HS512"}, payload, forge.der(world.key), "sha512"),
    )
    yield Attack("own-key", Reason.SIGNATURE, lambda: forge.sign(header, payload, own))
    pss = forge.rsa_key("attacker")
    yield Attack("ps256-own-key", Reason.KEY, lambda: forge.sign_pss(header | {"alg": "PS256"}, payload, pss))
    yield Attack("pss-in-place", Reason.SIGNATURE, lambda: forge.sign_pss(header, payload, pss))
    offered = {
        "jwk": forge.jwk(own, KID),
        "jku": "https://attacker.example.test/keys",
        "x5u": "https://attacker.example.test/certificate",
        "x5c": ["MIIB"],
    }
    for name, value in offered.items():
        yield Attack(
            f"{name}-own-key", Reason.HEADER, lambda n=name, v=value: forge.sign(header | {n: v}, payload, own)
        )
        yield Attack(
            f"{name}-true-key", Reason.HEADER, lambda n=name, v=value: forge.sign(header | {n: v}, payload, world.key)
        )


def _key_ids(world: World) -> Iterator[Attack]:
    header, payload = world.header, world.payload
    own = forge.rsa_key("attacker") if header["alg"] == "RS256" else forge.ec_key("attacker")
    foreign = {
        "path": "../../../../dev/null",
        "sql": "x' UNION SELECT 'AA' -- ",
        "command": "| true",
        "address": "https://attacker.example.test/key.pem",
        "NUL": f"{KID}\0",
        "blank": f"{KID} ",
        "case": KID.upper(),
        "unknown": "some-other-key",
    }
    for name, kid in foreign.items():
        yield Attack(f"kid-{name}", Reason.KEY, lambda kid=kid: forge.sign(header | {"kid": kid}, payload, own))
    yield Attack(
        "kid-not-of-this-key-signed", Reason.KEY, lambda: forge.sign(header | {"kid": "other"}, payload, world.key)
    )
    yield Attack(
        "kid-of-a-key-of-the-other-sort",
        Reason.KEY,
        lambda: forge.sign(header | {"kid": OTHER_KID}, payload, world.key),
    )
    for name, value in {"null": None, "empty": "", "number": 1, "list": [KID], "object": {"kid": KID}}.items():
        yield Attack(
            f"kid-{name}-signed",
            Reason.HEADER,
            lambda value=value: forge.sign(header | {"kid": value}, payload, world.key),
        )
    yield Attack(
        "kid-missing-signed", Reason.HEADER, lambda: forge.sign(forge.without(header, "kid"), payload, world.key)
    )


def _headers(world: World) -> Iterator[Attack]:
    header, payload = world.header, world.payload
    more: dict[str, dict[str, Any]] = {
        "crit-unknown": {"crit": ["must"], "must": True},
        "crit-empty": {"crit": []},
        "b64-false": {"b64": False, "crit": ["b64"]},
        "b64-false-uncritical": {"b64": False},
        "zip": {"zip": "DEF"},
        "cty": {"cty": "JWT"},
        "enc": {"enc": "A128CBC-HS256"},
        "p2c": {"p2c": 2**31},
        "unknown-name": {"x-debug": "1"},
        "typ-null": {"typ": None},
        "typ-list": {"typ": ["JWT"]},
        "x5t-list": {"x5t": ["a"]},
        "too-large": {"x5t": "a" * 1100},
    }
    for name, members in more.items():
        yield Attack(
            f"header-{name}-signed",
            Reason.HEADER,
            lambda members=members: forge.sign(header | members, payload, world.key),
        )
    types = ["logout+jwt", "dpop+jwt", "secevent+jwt", "JOSE", "", "at+jwt\n", "application/application/at+jwt"]
    if "jwt" not in world.profile.types:
        types += ["JWT", "jwt", "application/jwt", "id+jwt"]
    for kind in types:
        yield Attack(
            f"typ-{kind!r}-signed",
            Reason.TYPE,
            lambda kind=kind: forge.sign(header | {"typ": kind}, payload, world.key),
        )
    if None not in world.profile.types:
        yield Attack(
            "typ-missing-signed", Reason.TYPE, lambda: forge.sign(forge.without(header, "typ"), payload, world.key)
        )
    plain = json.dumps(header)
    raw: dict[str, bytes] = {
        "duplicate-alg": (plain[:-1] + ',"alg":"none"}').encode(),
        "duplicate-kid": (plain[:-1] + f',"kid":"{KID}"}}').encode(),
        "nested-1200": ('{"alg":' + "[" * 1200 + "]" * 1200 + "}").encode(),
        "nested-40-objects": ('{"alg":' + '{"a":' * 40 + "1" + "}" * 41).encode(),
        "array": f"[{plain}]".encode(),
        "string": json.dumps(plain).encode(),
        "number": b"1",
        "null": b"null",
        "NaN": (plain[:-1] + ',"x5t":NaN}').encode(),
        "utf-16": plain.encode("utf-16"),
        "utf-8-mark": b"\xef\xbb\xbf" + plain.encode(),
        "not-utf-8": plain.encode()[:-1] + b',"x5t":"\xff"}',
        "not-json": b"alg: RS256",
        "two-documents": (plain + "{}").encode(),
        "trailing-comma": (plain[:-1] + ",}").encode(),
    }
    for name, data in raw.items():
        yield Attack(f"header-{name}-signed", Reason.HEADER, lambda data=data: forge.sign(data, payload, world.key))


def _forms(world: World) -> Iterator[Attack]:
    good = world.token()
    first, second, third = good.split(".")
    written: dict[str, str] = {
        "one-segment": first,
        "two-segments": f"{first}.{second}",
        "four-segments": f"{good}.{third}",
        "five-segments-encrypted": f"{first}.{second}.{third}.{third}.{third}",
        "json-serialisation": json.dumps({"payload": second, "signatures": [{"protected": first, "signature": third}]}),
        "lone-surrogate": good + "\ud800",
        "full-width-letter": "\uff45" + good[1:],
        "full-width-dot": good.replace(".", "\uff0e"),
        "latin-1": good + "\xa0",
        "just-too-long": forge.sign(world.header, world.payload | {"pad": "a" * 8192}, world.key),
    }
    for name, token in written.items():
        yield Attack(f"form-{name}", Reason.FORM, lambda token=token: token)
    yield Attack(
        "form-8-megabytes-signed",
        Reason.FORM,
        lambda: forge.sign(world.header, world.payload | {"pad": "a" * 6_000_000}, world.key),
    )
    yield Attack("form-8-megabytes-of-header", Reason.FORM, lambda: f"{'e' * 8_000_000}.{second}.{third}")
    yield Attack("form-8-megabytes-of-dots", Reason.FORM, lambda: "." * 8_000_000)
    spelled: dict[str, str] = {
        "padded": f"{good}==",
        "header-padded": f"{first}=.{second}.{third}",
        "four-characters-more-junk": f"{good}!!!!",
        "line-break": f"{first}.{second}\n.{third}",
        "line-break-at-the-end": f"{good}\n",
        "tab": f"{first}.\t{second}.{third}",
        "two-tokens": f"{good},{first}",
        "plus-and-slash": f"{first}.{second}.{third[:-2]}+/",
        "percent": f"{first}.{second}.{third[:-3]}%3D",
        "spare-bits": f"{first}.{second}.{_spare_bits(third)}",
        "spare-bits-of-payload": forge.sign(world.header, _odd(world), world.key).replace(
            (odd := forge.b64(_odd(world))), _spare_bits(odd)
        ),
        "impossible-length": f"{first}.{second}.{third + 'A' * ((1 - len(third)) % 4)}",
        "empty-header": f".{second}.{third}",
        "empty-payload": f"{first}..{third}",
        "empty-signature": f"{first}.{second}.",
        "dots": "..",
    }
    for name, token in spelled.items():
        yield Attack(f"encoding-{name}", Reason.ENCODING, lambda token=token: token)


def _odd(world: World) -> bytes:
    """The payload, of a length whose last base64url character has spare bits."""
    data = forge.as_json(world.payload)
    return data + b" " * (1 - len(data) % 3 if len(data) % 3 < 2 else 2)


def _spare_bits(segment: str) -> str:
    """The same bytes to a decoder that does not look: the last character, with a spare bit set."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    assert len(segment) % 4 in (2, 3)
    return segment[:-1] + alphabet[alphabet.index(segment[-1]) | 1]


def _signatures(world: World) -> Iterator[Attack]:
    first, second, third = world.token().split(".")
    text = f"{first}.{second}"
    made = forge.signature(text, world.key)
    changed = bytes([made[0] ^ 1]) + made[1:]
    longer = forge.b64(forge.as_json(world.payload | {world.speaker: "ANOTHER"}))
    replaced: dict[str, str] = {
        "first-bit": f"{text}.{forge.b64(changed)}",
        "cut": f"{text}.{forge.b64(made[:-3])}",
        "longer": f"{text}.{forge.b64(made + bytes(3))}",
        "zeros": f"{text}.{forge.b64(bytes(len(made)))}",
        "one-byte": f"{text}.AA",
        "of-other-text": f"{text}.{forge.b64(forge.signature('other', world.key))}",
        "other-hash": f"{text}.{forge.b64(forge.signature(text, world.key, hashes.SHA384()))}",
        "payload-changed": f"{first}.{longer}.{third}",
        "header-changed": f"{forge.b64(forge.as_json(world.header | {'x5t': 'a'}))}.{second}.{third}",
        "der-form": f"{text}.{forge.b64(b'0E' + made)}",
    }
    for name, token in replaced.items():
        yield Attack(f"signature-{name}", Reason.SIGNATURE, lambda token=token: token)


def _times(world: World) -> Iterator[Attack]:
    life = world.profile.longest_life
    wrong: dict[str, tuple[Reason, dict[str, object]]] = {
        "expired-an-hour-ago": (Reason.TIME, {"iat": NOW - 3610, "exp": NOW - 3600}),
        "expired-a-second-ago": (Reason.TIME, {"exp": NOW - 1}),
        "exp-now": (Reason.TIME, {"exp": NOW}),
        "exp-now-and-issued-now": (Reason.TIME, {"exp": NOW, "iat": NOW}),
        "exp-not-after-iat": (Reason.TIME, {"exp": NOW + 3, "iat": NOW + 3}),
        "exp-negative": (Reason.TIME, {"exp": -1}),
        "exp-9e99": (Reason.TIME, {"exp": 9e99}),
        "exp-beyond-years": (Reason.TIME, {"exp": 10**30}),
        "exp-a-day-after-the-longest-life": (Reason.LIFE, {"exp": NOW + life + 86_400}),
        "exp-just-after-the-longest-life": (Reason.LIFE, {"iat": NOW, "exp": NOW + life + 1}),
        "issued-long-ago-for-long": (Reason.LIFE, {"iat": NOW - life, "exp": NOW + 60}),
        "exp-string": (Reason.CLAIM, {"exp": str(NOW + 60)}),
        "exp-true": (Reason.CLAIM, {"exp": True}),
        "exp-null": (Reason.CLAIM, {"exp": None}),
        "exp-list": (Reason.CLAIM, {"exp": [NOW + 60]}),
        "exp-object": (Reason.CLAIM, {"exp": {"value": NOW + 60}}),
        "iat-far-in-the-future": (Reason.TIME, {"iat": NOW + 600, "exp": NOW + 900}),
        "iat-beyond-leeway": (Reason.TIME, {"iat": NOW + 6, "exp": NOW + 60}),
        "iat-string": (Reason.CLAIM, {"iat": str(NOW)}),
        "iat-false": (Reason.CLAIM, {"iat": False}),
        "iat-null": (Reason.CLAIM, {"iat": None}),
        "nbf-in-the-future": (Reason.TIME, {"nbf": NOW + 60}),
        "nbf-string": (Reason.CLAIM, {"nbf": str(NOW)}),
        "nbf-true": (Reason.CLAIM, {"nbf": True}),
        "nbf-null": (Reason.CLAIM, {"nbf": None}),
    }
    for name, (reason, changed) in wrong.items():
        yield Attack(name, reason, lambda changed=changed: world.token(**changed))
    yield _lacking(world, "exp", Reason.CLAIM)
    if world.profile.issued_at:
        yield _lacking(world, "iat", Reason.CLAIM)
    for name, number in {"Infinity": "Infinity", "1e400": "1e400", "NaN": "NaN", "digits": "9" * 5000}.items():
        yield Attack(
            f"exp-{name}",
            Reason.PAYLOAD,
            lambda number=number: forge.sign(world.header, _with_raw(world, "exp", number), world.key),
        )


def _claims(world: World) -> Iterator[Attack]:
    issuer = world.profile.issuer
    for name, value in {
        "foreign": "https://attacker.example.test",
        "with-slash": f"{issuer}/",
        "case": issuer.upper(),
        "list": [issuer],
        "number": 1,
        "null": None,
        "empty": "",
    }.items():
        yield Attack(f"iss-{name}", Reason.ISSUER, lambda value=value: world.token(iss=value))
    yield _lacking(world, "iss", Reason.ISSUER)
    names = {"subject": world.speaker, "token-id": "jti"}
    if world.name != "launchpad":
        names["client"] = "client_id"
    for what, claim in names.items():
        # A client that is no text is first of all no mark of an access token.
        unformed = Reason.NOT_ACCESS if what == "client" else Reason.CLAIM
        yield _lacking(world, claim, unformed)
        for name, value in {"number": 7, "null": None, "list": ["a", "b"], "object": {"a": 1}, "true": True}.items():
            yield Attack(f"{what}-{name}", unformed, lambda c=claim, v=value: world.token(**{c: v}))
        for name, value in {
            "empty": "",
            "blank": " ",
            "of-256": "a" * 256,
            "with-blank": "A0001AA A0002AA",
            "full-width": "\uff21\uff22",
            "accented": "Siân",
        }.items():
            yield Attack(f"{what}-{name}", Reason.CLAIM, lambda c=claim, v=value: world.token(**{c: v}))
        for name, value in {
            "NUL": "A\0B",
            "line-break": "A\nB",
            "right-to-left": "A\u202eB",
            "hidden": "A\u200bB",
        }.items():
            yield Attack(f"{what}-{name}", Reason.PAYLOAD, lambda c=claim, v=value: world.token(**{c: v}))
        yield Attack(f"{what}-lone-surrogate", Reason.PAYLOAD, lambda c=claim: world.token(**{c: "\ud800"}))
    if world.profile.audiences is not None:
        for name, value, reason in (
            ("foreign", "another-service", Reason.AUDIENCE),
            ("foreign-list", ["another-service"], Reason.AUDIENCE),
            ("empty-list", [], Reason.AUDIENCE),
            ("part-of-ours", "peer", Reason.AUDIENCE),
            ("number", 1, Reason.CLAIM),
            ("object", {"aud": "peer-support"}, Reason.CLAIM),
            ("list-of-list", [["peer-support"]], Reason.CLAIM),
            ("null", None, Reason.CLAIM),
            *([("ours-and-another", [world.payload["aud"], "b"], Reason.CLAIM)] if world.name == "launchpad" else []),
        ):
            yield Attack(f"aud-{name}", reason, lambda value=value: world.token(aud=value))
        yield _lacking(world, "aud", Reason.CLAIM)
    scope = next(claim for claim, prefix in world.profile.authority_claims if prefix)
    for name, value in {
        "of-numbers": [1],
        "with-blank": ["read write"],
        "of-lists": [["read"]],
        "endless": ["r"] * 201,
    }.items():
        yield Attack(f"scope-{name}", Reason.CLAIM, lambda value=value: world.token(**{scope: value}))


def _payloads(world: World) -> Iterator[Attack]:
    plain = json.dumps(world.payload)
    raw: dict[str, bytes] = {
        "duplicate-exp": _with_raw(world, "exp", str(NOW + 60), twice=True),
        "duplicate-iss": _with_raw(world, "iss", json.dumps(world.profile.issuer), twice=True),
        "duplicate-subject": _with_raw(world, world.speaker, '"ANOTHER"', twice=True),
        "duplicate-within": (plain[:-1] + ',"establishment":{"a":1,"a":2}}').encode(),
        "duplicate-by-escape": (plain[:-1] + ',"\\u0065xp":9999999999}').encode(),
        "array": f"[{plain}]".encode(),
        "string": json.dumps(plain).encode(),
        "null": b"null",
        "number": b"1",
        "NaN-within": (plain[:-1] + ',"x":[NaN]}').encode(),
        "minus-infinity": (plain[:-1] + ',"x":-Infinity}').encode(),
        "1e999-within": (plain[:-1] + ',"x":[1e999]}').encode(),
        "nested-2000": (plain[:-1] + ',"x":' + "[" * 2000 + "]" * 2000 + "}").encode(),
        "brackets-300": (plain[:-1] + ',"x":[' + "[]," * 299 + "[]]}").encode(),
        "utf-16": plain.encode("utf-16"),
        "utf-8-mark": b"\xef\xbb\xbf" + plain.encode(),
        "not-utf-8": plain.encode()[:-1] + b',"x":"\xc0\xaf"}',
        "not-json": b"sub=A0001AA",
        "two-documents": (plain + plain).encode(),
        "form-feed": b"\x0c" + plain.encode(),
        "single-quotes": plain.replace('"', "'").encode(),
        "comment": (plain + "/**/").encode(),
    }
    for name, data in raw.items():
        yield Attack(f"payload-{name}", Reason.PAYLOAD, lambda data=data: forge.sign(world.header, data, world.key))


def _other_tokens(world: World) -> Iterator[Attack]:
    """ID, refresh, log-out and bound tokens, truly signed by the issuer and with all that its access tokens have."""
    for name, claims in {
        "nonce": {"nonce": "n-0S6"},
        "nonce-null": {"nonce": None},
        "at-hash": {"at_hash": "77QmUPtjPfzWtF2AnpK9RQ"},
        "c-hash": {"c_hash": "77QmUPtjPfzWtF2AnpK9RQ"},
        "refresh-token": {"ati": "0f21b9e0"},
        "log-out": {"events": {"http://schemas.openid.net/event/backchannel-logout": {}}},
        "bound-to-a-key": {"cnf": {"jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}},
    }.items():
        yield Attack(f"other-{name}", Reason.NOT_ACCESS, lambda claims=claims: world.token(**claims))


def _lacking(world: World, claim: str, reason: Reason) -> Attack:
    return Attack(
        f"no-{claim}", reason, lambda: forge.sign(world.header, forge.without(world.payload, claim), world.key)
    )


def _with_raw(world: World, claim: str, written: str, *, twice: bool = False) -> bytes:
    """The payload with this claim written so, instead of or after the good one."""
    claims = world.payload if twice else forge.without(world.payload, claim)
    return (json.dumps(claims)[:-1] + f',"{claim}":{written}}}').encode()
