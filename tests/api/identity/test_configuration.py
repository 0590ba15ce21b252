"""A stranger points a running service at issuers of his own, by one setting; a mistake in it is one clear line."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.identity.configuration import IssuersUnreadable, from_environment, read_issuers
from api.identity.identifier import Identifier
from api.identity.issuers import Form, Mark
from api.identity.signature import Algorithm
from domain.confidentiality.principal import PrincipalKind
from tests.api.identity import forge
from tests.api.identity.worlds import HMPPS, LAUNCHPAD, OIDC_ES256, OIDC_RS256, WORLDS, transport

HMPPS_SETTING: dict[str, Any] = {
    "preset": "hmpps-auth",
    "issuer": HMPPS.profile.issuer,
    "jwks_url": HMPPS.profile.jwks_url,
    "acts_for": {"prisoners": ["kiosk-ui-system"], "staff": ["peer-support-ui-system"]},
}
LAUNCHPAD_SETTING: dict[str, Any] = {
    "preset": "launchpad",
    "issuer": LAUNCHPAD.profile.issuer,
    "jwks_url": LAUNCHPAD.profile.jwks_url,
    "audiences": ["00000000-0000-4000-8000-00000000000a"],
}
OIDC_SETTING: dict[str, Any] = {
    "preset": "oidc",
    "issuer": OIDC_ES256.profile.issuer,
    "jwks_url": OIDC_ES256.profile.jwks_url,
    "audiences": ["peer-support"],
    "kind": "PARTNER",
}
OTHER_SETTING = OIDC_SETTING | {"issuer": OIDC_RS256.profile.issuer, "jwks_url": OIDC_RS256.profile.jwks_url}
ALL = [HMPPS_SETTING, LAUNCHPAD_SETTING, OTHER_SETTING, OIDC_SETTING]

TOML = """
[[issuers]]
preset = "launchpad"
issuer = "https://launchpad.example.test"
jwks_url = "https://launchpad.example.test/.well-known/jwks.json"
audiences = ["00000000-0000-4000-8000-00000000000a"]
"""


def one(setting: dict[str, Any], **changed: object) -> str:
    return json.dumps([setting | changed])


async def test_what_the_setting_says_is_what_is_trusted() -> None:
    """The three ready-made shapes, by settings alone, take the good tokens of every issuer."""
    profiles = from_environment({"ISSUERS": json.dumps(ALL)})
    assert list(profiles) == [world.profile for world in WORLDS]
    entry = Identifier(profiles, clock=forge.Clock(), http=httpx.AsyncClient(transport=transport(*WORLDS)))
    for world in WORLDS:
        assert (await entry.identify(f"Bearer {world.token()}"))[0] == world.principal


@pytest.mark.parametrize("environment", [{}, {"ISSUERS": ""}, {"ISSUERS": "  "}, {"OTHER": "[]"}, {"ISSUERS": "[]"}])
def test_without_the_setting_nobody_is_trusted(environment: dict[str, str]) -> None:
    """Whether a service may start like that is for its wiring to say."""
    assert from_environment(environment) == ()


def test_a_path_may_stand_for_the_list(tmp_path: Path) -> None:
    """JSON, as a list or under `issuers`, and TOML: the same."""
    for name, text in {
        "a.json": json.dumps([LAUNCHPAD_SETTING]),
        "b.json": json.dumps({"issuers": [LAUNCHPAD_SETTING]}, indent=2) + "\n",
        "c.toml": TOML,
        "d.TOML": TOML,
    }.items():
        (tmp_path / name).write_text(text)
        assert read_issuers(f" {tmp_path / name}\n") == (LAUNCHPAD.profile,)


def test_every_part_of_a_profile_can_be_set() -> None:
    """Each member reaches the profile."""
    (hmpps,) = read_issuers(
        one(
            HMPPS_SETTING,
            audiences=["a"],
            clients=["c"],
            longest_life=1200,
            prison_number="[0-9]{6}",
            kind_by={"claim": "auth_source", "values": {"auth": "PARTNER"}, "otherwise": "STAFF"},
        )
    )
    assert (hmpps.audiences, hmpps.clients, hmpps.longest_life) == (frozenset("a"), frozenset("c"), 1200)
    assert hmpps.prison_number == "[0-9]{6}"
    assert (hmpps.speaks.claim, hmpps.speaks.otherwise) == ("auth_source", PrincipalKind.STAFF)
    assert dict(hmpps.speaks.values) == {"auth": PrincipalKind.PARTNER}
    (oidc,) = read_issuers(
        one(
            OIDC_SETTING,
            audiences="any",
            algorithms=["ES256"],
            types=["application/AT+JWT", "absent", "JWT"],
            marks=[{"claim": "typ", "one_of": ["Bearer"]}, {"claim": "scope", "form": "LIST"}],
            client_claim="azp",
            subject_claim="oid",
            id_claim="uti",
            clients=["app"],
            acts_for={"prisoners": ["p"], "staff": ["s"]},
        )
    )
    assert oidc.audiences is None
    assert oidc.algorithms == {Algorithm.ES256}
    assert oidc.types == {"at+jwt", "jwt", None}
    assert oidc.marks == (Mark("typ", Form.TEXT, frozenset({"Bearer"})), Mark("scope", Form.LIST))
    assert (oidc.client_claim, oidc.subject_claim, oidc.id_claim) == ("azp", "oid", "uti")
    assert (oidc.clients, oidc.acts_for_prisoners, oidc.acts_for_staff) == ({"app"}, {"p"}, {"s"})


def test_this_machine_may_be_asked_over_http() -> None:
    """For an issuer on one's own desk."""
    (profile,) = read_issuers(one(OIDC_SETTING, issuer="http://localhost:3000", jwks_url="http://127.0.0.1:3000/jwks"))
    assert profile.issuer == "http://localhost:3000"


WRONG: dict[str, tuple[str, str]] = {
    "not-json": ("[{", "ISSUERS: not JSON"),
    "no-list": ('{"preset":"oidc"}', "ISSUERS: "),
    "name-twice": ('[{"preset":"oidc","preset":"launchpad"}]', "written twice"),
    "too-many-brackets": ("[" * 20_000, "ISSUERS: not JSON"),
    "too-deep": ('{"issuers":' + "[" * 4000 + "]" * 4000 + "}", "ISSUERS: not JSON"),
    "no-preset": ('[{"issuer":"https://a.test"}]', "ISSUERS[0]"),
    "unknown-preset": (one(OIDC_SETTING, preset="okta"), "preset"),
    "no-issuer": (json.dumps([forge.without(OIDC_SETTING, "issuer")]), "ISSUERS[0].issuer: "),
    "no-jwks-url": (json.dumps([forge.without(OIDC_SETTING, "jwks_url")]), "ISSUERS[0].jwks_url: "),
    "second-member": (json.dumps([HMPPS_SETTING, forge.without(OIDC_SETTING, "jwks_url")]), "ISSUERS[1].jwks_url: "),
    "misspelt": (one(OIDC_SETTING, audience="a"), "ISSUERS[0].audience: "),
    "not-of-this-preset": (one(LAUNCHPAD_SETTING, acts_for={}), "ISSUERS[0].acts_for: "),
    "wrong-kind-of-value": (one(OIDC_SETTING, longest_life="3600"), "ISSUERS[0].longest_life: "),
    "life-too-long": (one(HMPPS_SETTING, longest_life=86_401), "ISSUERS[0].longest_life: "),
    "unknown-kind": (one(OIDC_SETTING, kind="GOVERNOR"), "ISSUERS[0].kind: "),
    "unknown-algorithm": (one(OIDC_SETTING, algorithms=["HS256"]), "ISSUERS[0].algorithms.0: "),
    "none-algorithm": (one(OIDC_SETTING, algorithms=["none"]), "ISSUERS[0].algorithms.0: "),
    "no-algorithm": (one(OIDC_SETTING, algorithms=[]), "ISSUERS[0].algorithms"),
    "no-audiences": (json.dumps([forge.without(OIDC_SETTING, "audiences")]), "ISSUERS[0].audiences: "),
    "no-audiences-launchpad": (json.dumps([forge.without(LAUNCHPAD_SETTING, "audiences")]), "ISSUERS[0].audiences: "),
    "empty-audiences": (one(OIDC_SETTING, audiences=[]), "ISSUERS[0].audiences"),
    "audiences-null": (one(OIDC_SETTING, audiences=None), "ISSUERS[0].audiences"),
    "no-kind": (json.dumps([forge.without(OIDC_SETTING, "kind")]), "ISSUERS[0].kind: "),
    "two-kinds": (one(OIDC_SETTING, kind_by={"claim": "role", "values": {}}), "ISSUERS[0].kind: "),
    "types-without-marks": (one(OIDC_SETTING, types=["JWT"]), "ISSUERS[0].marks: "),
    "acts-for-both": (
        one(HMPPS_SETTING, acts_for={"prisoners": ["app-1"], "staff": ["app-2"]}),
        "ISSUERS[0].acts_for: ",
    ),
    "http": (one(OIDC_SETTING, jwks_url="http://id.example.test/keys"), "ISSUERS[0].jwks_url: https"),
    "issuer-http": (one(OIDC_SETTING, issuer="http://id.example.test"), "ISSUERS[0].issuer: https"),
    "password": (one(OIDC_SETTING, jwks_url="https://me:hunter2@id.example.test/"), "ISSUERS[0].jwks_url: "),
    "private-key": (one(OIDC_SETTING, key={"kty": "RSA", "d": "hunter2"}), "ISSUERS[0].key: "),
    "twice": (json.dumps([OIDC_SETTING, OIDC_SETTING]), "ISSUERS[1].issuer: "),
    "bad-pattern": (one(OIDC_SETTING, prison_number="["), "ISSUERS[0].prison_number: "),
    "no-such-file": ("issuers-hunter2.json", "ISSUERS: neither"),
    "no-path-at-all": ("a\0b", "ISSUERS: neither"),
}


@pytest.mark.parametrize(("written", "told"), WRONG.values(), ids=list(WRONG))
def test_a_mistake_is_one_line_that_says_where(written: str, told: str) -> None:
    """The place is named; what was written there is not, since it may be a secret in the wrong place."""
    with pytest.raises(IssuersUnreadable) as refused:
        read_issuers(written)
    line = str(refused.value)
    assert told in line
    assert "\n" not in line
    assert "hunter2" not in line
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.toml", "issuers = ["),
        ("b.toml", "other = 1"),
        ("c.toml", 'issuers = ["a"]'),
        ("d.toml", "[[issuers]]\npreset = 2026-01-01"),
        ("e.toml", TOML + "longest_life = inf"),
        ("f.json", "{"),
        ("g.json", '{"issuer": []}'),
        ("h.json", " " * 300_000),
        ("i.json", "\xff"),
        ("j.json", ""),
    ],
)
def test_a_mistake_in_a_file_is_one_line_too(name: str, text: str, tmp_path: Path) -> None:
    """Whatever is in it."""
    (tmp_path / name).write_text(text, "latin-1")
    with pytest.raises(IssuersUnreadable, match=r"^ISSUERS") as refused:
        read_issuers(str(tmp_path / name))
    assert "\n" not in str(refused.value)


def test_a_file_of_unreasonable_size_is_not_read(tmp_path: Path) -> None:
    """A path given by mistake may be that of a database."""
    (tmp_path / "a.json").write_text(json.dumps(ALL).ljust(256 * 1024))
    assert len(read_issuers(str(tmp_path / "a.json"))) == len(ALL)
    (tmp_path / "a.json").write_text(json.dumps(ALL).ljust(256 * 1024 + 1))
    with pytest.raises(IssuersUnreadable, match="too large"):
        read_issuers(str(tmp_path / "a.json"))


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    """One line, no traceback."""
    with pytest.raises(IssuersUnreadable, match="neither"):
        read_issuers(str(tmp_path))
