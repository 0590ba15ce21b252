"""Two other libraries, each as strict as it can be configured, with the same keys and the same profile as ours.

They judge what every library can judge: form, key, algorithm, signature, times, issuer, audience, the claims that must
be there. What our wrapper asks for besides (the mark of an access token, for whom it speaks) can only make it refuse
more, so a token that it accepts and both of these refuse shows a hole in ours.
"""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import datetime, tzinfo
from typing import Any
from unittest.mock import patch

import jwt
from joserfc import jwt as joserfc_jwt
from joserfc.jwk import ECKey, RSAKey
from jwt import api_jwt

from tests.api.identity import forge
from tests.api.identity.worlds import KID, NOW, OTHER_KID, World

Claims = Mapping[str, Any]


class _Frozen(datetime):
    """PyJWT asks the clock itself."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime.fromtimestamp(NOW, tz)


@contextmanager
def at_now() -> Generator[None]:
    """The libraries' clock stands at the worlds' NOW."""
    with patch.object(api_jwt, "datetime", _Frozen):
        yield


class Oracles:
    """Both libraries, set up for one issuer. Each answers with the claims that it believes, or None."""

    def __init__(self, world: World) -> None:
        other = forge.ec_key("other") if world.header["alg"] == "RS256" else forge.rsa_key("other")
        published = {KID: forge.jwk(world.key, KID), OTHER_KID: forge.jwk(other, OTHER_KID)}
        # A key of an algorithm that the profile does not admit is not among those that verify.
        self._jwks = {kid: jwk for kid, jwk in published.items() if jwk["alg"] in world.profile.algorithms}
        self._pyjwt = {kid: jwt.PyJWK(jwk) for kid, jwk in self._jwks.items()}
        importing = {"RSA": RSAKey.import_key, "EC": ECKey.import_key}
        self._joserfc = {kid: importing[jwk["kty"]](jwk) for kid, jwk in self._jwks.items()}
        profile = world.profile
        self._leeway = profile.leeway
        self._audiences = None if profile.audiences is None else sorted(profile.audiences)
        self._issuer = profile.issuer
        issued = ["iat"] if profile.issued_at else []
        self._needed = ["iss", "exp", *issued, profile.id_claim, *(m.claim for m in profile.marks)]

    def pyjwt(self, token: str) -> Claims | None:
        """PyJWT: the key by its id, with the key's own algorithm; leeway for what lies ahead, none for the end."""
        try:
            kid = jwt.get_unverified_header(token)["kid"]
            key, algorithms = self._pyjwt[kid], [self._jwks[kid]["alg"]]
            given: dict[str, Any] = {"algorithms": algorithms, "issuer": self._issuer, "audience": self._audiences}
            aud, needed = self._audiences is not None, self._needed
            jwt.decode(token, key, leeway=self._leeway, options={"require": needed, "verify_aud": aud}, **given)
            ends: Any = {"require": needed, "verify_aud": aud, "verify_iat": False, "verify_nbf": False}
            return jwt.decode(token, key, leeway=0, options=ends, **given)
        except Exception:  # whatever it is: refused
            return None

    def joserfc(self, token: str) -> Claims | None:
        """joserfc: the same."""
        try:
            kid = jwt.get_unverified_header(token)["kid"]
            found = joserfc_jwt.decode(token, self._joserfc[kid], algorithms=[self._jwks[kid]["alg"]])
            options: dict[str, Any] = {name: {"essential": True} for name in self._needed}
            options["iss"] = {"essential": True, "value": self._issuer}
            if self._audiences is not None:
                options["aud"] = {"essential": True, "values": self._audiences}
            joserfc_jwt.JWTClaimsRegistry(now=NOW, leeway=self._leeway, **options).validate(found.claims)
            joserfc_jwt.JWTClaimsRegistry(now=NOW).validate_exp(found.claims.get("exp"))
            return found.claims
        except Exception:  # whatever it is: refused
            return None
