"""`/docs`, its assets, `/favicon.ico`, `/openapi.json`. Open to all: names of fields are no secrets (side channel 28).

The page loads nothing from anywhere else, and its Content-Security-Policy would stop it if it tried: scripts, styles,
images and connections are this service's own. No inline script; inline styles only as attributes of elements, which
Swagger UI sets by itself.
"""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from domain.kernel.errors import Absent

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src-elem 'self'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

_ASSETS: Final = {
    "swagger-ui-bundle.js": ("swagger-ui/swagger-ui-bundle.js", "text/javascript"),
    "swagger-ui.css": ("swagger-ui/swagger-ui.css", "text/css"),
    "LICENSE": ("swagger-ui/LICENSE", "text/plain"),
    "NOTICE": ("swagger-ui/NOTICE", "text/plain"),
    "swagger-ui-bundle.js.LICENSE.txt": ("swagger-ui/swagger-ui-bundle.js.LICENSE.txt", "text/plain"),
    "start.js": ("start.js", "text/javascript"),
    "page.css": ("page.css", "text/css"),
    "favicon.svg": ("favicon.svg", "image/svg+xml"),
}
_ICON: Final = "favicon.svg"

_PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" type="image/svg+xml" href="{icon}">
<link rel="stylesheet" href="{swagger_css}">
<link rel="stylesheet" href="{page_css}">
</head>
<body>
<header class="bar"><img src="{icon}" alt=""><strong>{title}</strong><a href="/openapi.json">openapi.json</a></header>
{banner}<main id="documentation"></main>
<noscript><p>This page needs JavaScript; <a href="/openapi.json">the document itself</a> does not.</p></noscript>
<script src="{bundle}"></script>
<script src="{start}"></script>
</body>
</html>
"""
_BANNER: Final = '<p class="demonstration">Demonstration. Everybody in it is made up.</p>\n'


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the page: its bytes, its media type and the address that changes as they do."""

    content: bytes
    media_type: str
    address: str


@cache
def asset(name: str) -> Asset:
    """The asset of that name, read once. Raises LookupError for a name that is none."""
    path, media_type = _ASSETS[name]
    content = files("api.docs").joinpath("assets", path).read_bytes()
    address = f"/docs/{name}?v={hashlib.sha256(content).hexdigest()[:16]}"
    return Asset(content, media_type, address)


@cache
def packed(name: str) -> bytes:
    """The same packed, when it is first asked for: most processes are never asked, and a start need not wait for it."""
    return gzip.compress(asset(name).content, mtime=0)


def routes(title: str, document: Callable[[], bytes], *, demonstration: bool = False) -> APIRouter:
    """The routes, ready to be joined to an application. `document` gives the finished document's bytes."""
    router = APIRouter(include_in_schema=False)
    page = _PAGE.format(
        title=escape(title),
        icon=asset(_ICON).address,
        swagger_css=asset("swagger-ui.css").address,
        page_css=asset("page.css").address,
        bundle=asset("swagger-ui-bundle.js").address,
        start=asset("start.js").address,
        banner=_BANNER if demonstration else "",
    )

    async def documentation(_request: Request) -> Response:
        return HTMLResponse(page, headers={"Content-Security-Policy": POLICY, "Content-Language": "en"})

    async def file(request: Request) -> Response:
        name: str = request.path_params["name"]
        if name not in _ASSETS:
            raise Absent
        return _sent(request, name)

    async def icon(request: Request) -> Response:
        return _sent(request, _ICON)

    async def openapi(_request: Request) -> Response:
        return Response(document(), media_type="application/json")

    router.add_route("/docs", documentation, methods=["GET"], include_in_schema=False)
    router.add_route("/docs/{name}", file, methods=["GET"], include_in_schema=False)
    router.add_route("/favicon.ico", icon, methods=["GET"], include_in_schema=False)
    router.add_route("/openapi.json", openapi, methods=["GET"], include_in_schema=False)
    return router


def _sent(request: Request, name: str) -> Response:
    """The asset, packed where the browser takes that: 1.7 MB of script are much for a wing office's line."""
    found = asset(name)
    # Its address has its hash, so that what is kept is never stale; without the hash it must be asked for again.
    kept = "public, max-age=31536000, immutable" if request.url.query else "no-cache"
    headers = {"Cache-Control": kept, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed(name), 200, {**headers, "Content-Encoding": "gzip"}, found.media_type)
    return Response(found.content, 200, headers, found.media_type)
