"""The public halves of the keys that sign what people carry away, for whoever is handed such a document. Open: a prison
of another service, a college or an employer has no token of ours, and needs none to check a signature."""

from typing import Annotated, Literal

import orjson
from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.signing import Signatures


class PublicKey(BaseModel):
    """One key, as RFC 8037 writes it."""

    model_config = ConfigDict(extra="forbid")
    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    use: Literal["sig"]
    alg: Literal["Ed25519"]
    kid: Annotated[str, Field(max_length=8, pattern="^v[0-9]{1,5}$", examples=["v1"])]
    x: Annotated[
        str,
        Field(
            min_length=43,
            max_length=43,
            pattern="^[A-Za-z0-9_-]{43}$",
            examples=["11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"],
        ),
    ]


class PublicKeys(BaseModel):
    """A JWK set (RFC 7517), newest first."""

    model_config = ConfigDict(extra="forbid")
    keys: Annotated[list[PublicKey], Field(max_length=1000)]


def routes(signatures: Signatures) -> APIRouter:
    """The one route."""
    router = APIRouter(tags=["passports"])
    told = orjson.dumps(signatures.published())

    async def keys() -> Response:
        """By these whoever is handed a passport checks its signature, with no token. Whether it was taken back is told
        by `/v1/passport-checks` alone. Open."""
        return Response(told, media_type="application/json")

    router.add_api_route(
        "/passport-keys",
        keys,
        operation_id="passportKeys",
        summary="The keys that sign passports",
        response_model=PublicKeys,
    )
    return router
