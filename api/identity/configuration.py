"""How a stranger names the issuers of a running service: the setting `ISSUERS`.

`ISSUERS` is a JSON list, or the path of a `.json` or `.toml` file (a list, or a table with a list `issuers`). Each
member starts from a ready-made shape, `preset`:

    ISSUERS='[
      {"preset": "hmpps-auth", "issuer": "https://…/auth/issuer", "jwks_url": "https://…/auth/.well-known/jwks.json",
       "acts_for": {"prisoners": ["launchpad-home"], "staff": ["peer-support-ui-system"]}},
      {"preset": "launchpad", "issuer": "https://…", "jwks_url": "https://…/.well-known/jwks.json",
       "audiences": ["2c47f4d1-8f1a-4c8c-9b7e-6a1d1b0e5f10"]},
      {"preset": "oidc", "issuer": "https://…", "jwks_url": "https://…", "audiences": ["peer-support"], "kind": "STAFF"}
    ]'

Members of all: `issuer` (exactly as in `iss`) and `jwks_url`, https or http to this machine; `longest_life` of a token
in seconds (3600); `prison_number`, a pattern (that of England and Wales).

- `hmpps-auth`: `acts_for` names clients whose token may name a person, `prisoners` or `staff`, never both, without the
  rotation suffix; `clients`, only tokens issued to these; `audiences` ("any"); `kind_by`.
- `launchpad`: `audiences`, the client ids of our own front ends, or "any".
- `oidc`: `audiences`, or "any"; `kind` (STAFF, PARTNER, IN_CUSTODY, CLIENT) of the people it speaks for, or `kind_by`,
  a claim: `{"claim": "role", "values": {"volunteer": "PARTNER"}, "otherwise": "STAFF"}`; `algorithms` (RS256, ES256);
  `types`, accepted `typ` (["at+jwt"]; "absent" where the header lacks it), which need `marks` beside them if they do
  not say that it is an access token: claims that only access tokens have, `[{"claim": "scope", "form": "TEXT"}]` or
  `[{"claim": "typ", "one_of": ["Bearer"]}]`; `client_claim` ("client_id"), `subject_claim` ("sub"), `id_claim`
  ("jti"); `clients`; `acts_for`.
"""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from api.identity.compact import media_type, strict_object
from api.identity.issuers import (
    AT_JWT,
    NOMS_NUMBER,
    Form,
    IssuerProfile,
    Mark,
    Speaks,
    hmpps_auth,
    launchpad,
    oidc,
)
from api.identity.signature import Algorithm
from domain.confidentiality.principal import PrincipalKind

SETTING: Final = "ISSUERS"
LARGEST_FILE: Final = 256 * 1024
_BRACKETS: Final = 10_000

type_of_audiences = Annotated[frozenset[str], Field(min_length=1)] | Literal["any"]


class IssuersUnreadable(ValueError):
    """What is wrong with the setting, in one line for the operator."""


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)


class _ActsFor(_Strict):
    prisoners: frozenset[str] = frozenset()
    staff: frozenset[str] = frozenset()


class _KindBy(_Strict):
    claim: str
    values: dict[str, PrincipalKind]
    otherwise: PrincipalKind | None = None


class _Mark(_Strict):
    claim: str
    form: Form = Form.TEXT
    one_of: frozenset[str] = frozenset()


class _Any(_Strict):
    issuer: str
    jwks_url: str
    longest_life: int = Field(3600, ge=60, le=24 * 3600)
    prison_number: str = NOMS_NUMBER


class _HmppsAuth(_Any):
    preset: Literal["hmpps-auth"]
    audiences: type_of_audiences = "any"
    clients: frozenset[str] | None = None
    acts_for: _ActsFor = _ActsFor()
    kind_by: _KindBy | None = None

    def profile(self) -> IssuerProfile:
        return hmpps_auth(
            self.issuer,
            self.jwks_url,
            audiences=_audiences(self.audiences),
            clients=self.clients,
            acts_for_prisoners=self.acts_for.prisoners,
            acts_for_staff=self.acts_for.staff,
            speaks=None if self.kind_by is None else _speaks(None, self.kind_by),
            longest_life=self.longest_life,
            prison_number=self.prison_number,
        )


class _Launchpad(_Any):
    preset: Literal["launchpad"]
    audiences: type_of_audiences

    def profile(self) -> IssuerProfile:
        return launchpad(
            self.issuer,
            self.jwks_url,
            audiences=_audiences(self.audiences),
            longest_life=self.longest_life,
            prison_number=self.prison_number,
        )


class _Oidc(_Any):
    preset: Literal["oidc"]
    audiences: type_of_audiences
    kind: PrincipalKind | None = None
    kind_by: _KindBy | None = None
    algorithms: frozenset[Algorithm] = frozenset(Algorithm)
    types: frozenset[str] = frozenset({AT_JWT})
    marks: tuple[_Mark, ...] = ()
    client_claim: str = "client_id"
    subject_claim: str = "sub"
    id_claim: str = "jti"
    clients: frozenset[str] | None = None
    acts_for: _ActsFor = _ActsFor()

    def profile(self) -> IssuerProfile:
        return oidc(
            self.issuer,
            self.jwks_url,
            audiences=_audiences(self.audiences),
            speaks=_speaks(self.kind, self.kind_by),
            algorithms=self.algorithms,
            types=frozenset(None if written == "absent" else media_type(written) for written in self.types),
            marks=tuple(Mark(mark.claim, mark.form, mark.one_of) for mark in self.marks),
            client_claim=self.client_claim,
            subject_claim=self.subject_claim,
            id_claim=self.id_claim,
            clients=self.clients,
            acts_for_prisoners=self.acts_for.prisoners,
            acts_for_staff=self.acts_for.staff,
            longest_life=self.longest_life,
            prison_number=self.prison_number,
        )


_ISSUERS: Final = TypeAdapter(list[Annotated[_HmppsAuth | _Launchpad | _Oidc, Field(discriminator="preset")]])


def from_environment(environment: Mapping[str, str]) -> tuple[IssuerProfile, ...]:
    """The issuers that `ISSUERS` names; none if it is not set. Raises `IssuersUnreadable`."""
    written = environment.get(SETTING, "").strip()
    return read_issuers(written) if written else ()


def read_issuers(written: str) -> tuple[IssuerProfile, ...]:
    """The issuers named by JSON, or by the file of that path. Raises `IssuersUnreadable`, one line."""
    members = _members(written.strip())
    try:
        # Through JSON text, so that a list from TOML and one from JSON are judged by the same strict rules.
        settings = _ISSUERS.validate_json(json.dumps(members))
    except ValidationError as error:
        raise IssuersUnreadable(_one_line(error)) from None
    except (TypeError, ValueError):
        raise IssuersUnreadable(f"{SETTING}: holds a value that JSON cannot say") from None
    profiles: dict[str, IssuerProfile] = {}
    for place, setting in enumerate(settings):
        try:
            profile = setting.profile()
        except ValueError as error:
            raise IssuersUnreadable(f"{SETTING}[{place}].{error}") from None
        if profile.issuer in profiles:
            raise IssuersUnreadable(f"{SETTING}[{place}].issuer: named twice")
        profiles[profile.issuer] = profile
    return tuple(profiles.values())


def _members(written: str) -> object:
    if written.startswith(("[", "{")):
        return _json(written)
    path = Path(written)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise IssuersUnreadable(f"{SETTING}: the file is too large")
        text = path.read_text("utf-8")
    except (OSError, ValueError) as error:
        if isinstance(error, IssuersUnreadable):
            raise
        raise IssuersUnreadable(f"{SETTING}: neither a JSON list nor the path of a file that can be read") from None
    if path.suffix.lower() != ".toml":
        return _json(text.strip())
    try:
        return tomllib.loads(text).get("issuers")
    except tomllib.TOMLDecodeError:
        raise IssuersUnreadable(f"{SETTING}: the file is not TOML") from None


def _json(text: str) -> object:
    """A list, or the list `issuers` of an object. A name written twice is refused: one of the two would be ignored."""
    wrapped = f'{{"issuers":{text}}}' if text.startswith("[") else text
    try:
        return strict_object(wrapped.encode(), _BRACKETS).get("issuers")
    except ValueError:
        raise IssuersUnreadable(f"{SETTING}: not JSON, or a name is written twice") from None


def _one_line(error: ValidationError) -> str:
    """All that is wrong and where, without what was written there."""
    presets = {"hmpps-auth", "launchpad", "oidc"}
    told: list[str] = []
    for one in error.errors(include_url=False, include_input=False, include_context=False):
        place, *inside = one["loc"] or ("",)
        names = ".".join(str(part) for part in inside if part not in presets)
        where = f"[{place}]" if isinstance(place, int) else ""
        told.append(f"{SETTING}{where}{'.' if names else ''}{names}: {one['msg']}")
    return "; ".join(told)


def _audiences(written: frozenset[str] | Literal["any"]) -> frozenset[str] | None:
    return None if isinstance(written, str) else written


def _speaks(kind: PrincipalKind | None, by: _KindBy | None) -> Speaks:
    if (kind is None) == (by is None):
        raise ValueError("kind: either this or kind_by")
    return Speaks(kind) if by is None else Speaks(by.otherwise, by.claim, by.values)
