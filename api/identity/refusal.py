"""Why a token was refused: one word for the security log, nothing for the caller."""

from enum import StrEnum
from typing import Final

from domain.kernel.errors import Unidentified


class Reason(StrEnum):
    """Which rule refused. For the security log only: told to a caller, it would teach an attacker where he stands."""

    AUTHORIZATION = "AUTHORIZATION"
    """No Authorization header, or not of the scheme Bearer."""
    FORM = "FORM"
    """Rule 1: not three segments of ASCII within 8 KiB."""
    ENCODING = "ENCODING"
    """Rule 2: a segment is not canonical base64url."""
    HEADER = "HEADER"
    """Rules 3 and 4: the header is not strict JSON, is too large, or has a name that we do not read."""
    ISSUER = "ISSUER"
    """`iss` is not one of the configured issuers."""
    KEY = "KEY"
    """Rule 5: no key of that id at this issuer, or the key has another algorithm."""
    TYPE = "TYPE"
    """Rule 6: `typ` is not one that this issuer's access tokens have."""
    SIGNATURE = "SIGNATURE"
    """Rule 7: the signature is not that of the key."""
    PAYLOAD = "PAYLOAD"
    """Rule 8: the payload is not strict JSON, or a text in it cannot be printed."""
    CLAIM = "CLAIM"
    """Rule 8: a claim that is needed is missing, or has the wrong form."""
    TIME = "TIME"
    """Rule 8: expired, or not yet valid."""
    LIFE = "LIFE"
    """Rule 8: it lives longer than this issuer's tokens do."""
    AUDIENCE = "AUDIENCE"
    """Rule 8: meant for someone else."""
    NOT_ACCESS = "NOT_ACCESS"
    """Rule 6: an ID token, a refresh token, or one bound to a key that a bearer does not show."""
    CLIENT = "CLIENT"
    """Issued to a client that this profile does not admit."""
    KIND = "KIND"
    """It does not say for what kind of principal it speaks, or its subject does not fit that kind."""
    ON_BEHALF = "ON_BEHALF"
    """A client names a person for whom it may not act (rule 8 of CONFIDENTIALITY.md)."""
    REVOKED = "REVOKED"
    """Rule 9: revoked."""


class TokenRefused(Unidentified):
    """`Unidentified`, with the reason beside it. `str` of it is the code that every refusal has; raise it `from None`,
    so that no library's words travel with it."""

    def __init__(self, reason: Reason) -> None:
        super().__init__()
        self.reason: Final = reason
