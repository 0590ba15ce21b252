"""The page as HTML: headings in order, a language, a style for paper; no script, and nothing from anywhere else.

Jinja2 escapes whatever it is given, and an unknown name is a fault instead of nothing. The one style stands in the
page, so its hash stands in the policy that lets it work: no other style would, from wherever it came.
"""

import base64
import hashlib
from pathlib import Path
from typing import Final

from jinja2 import Environment, StrictUndefined

from api.printing.page import Page

_HERE: Final = Path(__file__).parent
_STYLE: Final = (_HERE / "charter.css").read_text()
_ENVIRONMENT: Final = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


_ENVIRONMENT.filters["encoded"] = _encoded  # pyright: ignore[reportUnknownMemberType]
_TEMPLATE: Final = _ENVIRONMENT.from_string((_HERE / "charter.html.jinja").read_text())
_HASH: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The Content-Security-Policy of the page."""
POLICY_WITH_FIGURES: Final = f"{POLICY}; img-src data:"
"""The same of a page that has plots: they stand in it, and run nothing."""


def html_of(page: Page) -> bytes:
    """The page's bytes."""
    return _TEMPLATE.render(page=page, style=_STYLE).encode()
