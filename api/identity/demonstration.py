"""An issuer for the demonstration: it exists only under that command, and its key only in that process (rule 22).

The key is made at start and never written anywhere, so a token of one demonstration is nothing to another one, nor to
a service in earnest: that has no profile for this issuer, and settings cannot make one, since this issuer has no
address of https.
"""

import base64
import json
import secrets
import time
from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from api.identity.issuers import AT_JWT, IssuerProfile, Mark, Speaks, Tells
from api.identity.keys import verification_key
from api.identity.signature import Algorithm, VerificationKey
from domain.confidentiality.principal import PrincipalKind

ISSUER: Final = "urn:peer-support:demonstration"
"""The same at each start: assignments name it, and a second start keeps its data."""
CLIENT: Final = "demonstration"
"""The client that people's tokens are issued to."""
AUDIENCE: Final = "peer-support"
LIFE: Final = 12 * 3600
"""Seconds: one day's showing."""

PROFILE: Final = IssuerProfile(
    issuer=ISSUER,
    jwks_url=None,
    algorithms=frozenset({Algorithm.ES256}),
    audiences=frozenset({AUDIENCE}),
    types=frozenset({AT_JWT}),
    marks=(Mark("client_id"), Mark("kind", one_of=frozenset(PrincipalKind))),
    client_claim="client_id",
    authority_claims=(("authorities", ""),),
    tells=Tells.SUBJECT,
    subject_claim="sub",
    speaks=Speaks(None, "kind", MappingProxyType({kind.value: kind for kind in PrincipalKind})),
    longest_life=LIFE,
)


class Demonstration:
    """A signing key that lives as long as this object. `clock` tells seconds since 1970."""

    profile: Final = PROFILE

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._kid = secrets.token_urlsafe(12)

    def __repr__(self) -> str:
        return "Demonstration()"

    def keys(self) -> Mapping[str, VerificationKey]:
        """The public half, to be handed over in memory: `Identifier(…, in_memory={ISSUER: demonstration.keys()})`."""
        return {self._kid: verification_key(self._kid, self._key.public_key())}

    def issue(self, subject: str, kind: PrincipalKind, authorities: Collection[str] = ()) -> str:
        """A token for 12 hours. A person in custody is named by a prison number; a client by its id, and it alone has
        `authorities`. Raises `ValueError` for a person with authorities, or with the name of our own client."""
        is_client = kind is PrincipalKind.CLIENT
        if not is_client and (subject == CLIENT or authorities):
            raise ValueError("the demonstration's client is no person, and a person has no authorities")
        now = int(self._clock())
        claims: dict[str, object] = {
            "iss": ISSUER,
            "sub": subject,
            "kind": kind.value,
            "client_id": subject if is_client else CLIENT,
            "aud": AUDIENCE,
            "jti": secrets.token_urlsafe(16),
            "iat": now,
            "exp": now + LIFE,
            "authorities": sorted(authorities),
        }
        header = {"alg": Algorithm.ES256.value, "kid": self._kid, "typ": AT_JWT}
        return self._signed(f"{_json(header)}.{_json(claims)}")

    def _signed(self, content: str) -> str:
        # JWS wants the two numbers side by side, 32 bytes each (RFC 7518, 3.4), not the DER that comes out.
        r, s = decode_dss_signature(self._key.sign(content.encode("ascii"), ec.ECDSA(hashes.SHA256())))
        return f"{content}.{_base64url(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def _json(value: Mapping[str, object]) -> str:
    return _base64url(json.dumps(value, separators=(",", ":")).encode())


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
