"""The template of the subject access report: the bytes that are registered, the helpers that the estate has, and names
that the answer has (hmpps.md 2.8)."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import pytest

from api.document import document_text
from api.routes.subject_access import FINGERPRINT, TEMPLATE, SubjectAccess

REGISTERED: Final = "cd2b962cf1fd726847be3aae4e8482a44c41f66375f54e8ff6d517ad42c06598"
"""SHA-256 of the template. A change is registered with the estate's subject access service as pending *before* the
release that brings it: until then every report that asks us fails."""
HELPERS: Final = frozenset(
    {
        *("formatDate", "optionalValue", "optionalString", "getPrisonName", "getUserLastName"),
        *("getLocationNameByDpsId", "getLocationNameByNomisId", "convertBoolean", "buildDate", "buildDateNumber"),
        *("eq", "convertCamelCase", "getIndexPlusOne", "inlineAttachment", "inlineAttachmentContent"),
    }
)
"""All that the estate's renderer knows."""
TEXT: Final = TEMPLATE.decode()
_TAG: Final = re.compile(r"\{\{\s*([#/]?)\s*([^}]*?)\s*\}\}")


class Renderer:
    """As much of Handlebars as the template uses: sections over lists, objects and texts, `.`, and helpers of one
    argument. A name that is nowhere is an error, not nothing."""

    def __init__(self, helpers: Mapping[str, Callable[[Any], str]]) -> None:
        self.helpers = helpers

    def render(self, text: str, root: Any) -> str:
        """The text for this content."""
        parts = _TAG.split(text)
        done, at = self._until(parts, 0, [root], None)
        assert at == len(parts)
        return done

    def _until(self, parts: Sequence[str], at: int, above: list[Any], name: str | None) -> tuple[str, int]:
        out = [parts[at]]
        at += 1
        while at < len(parts):
            sign, what, after = parts[at], parts[at + 1], parts[at + 2]
            if sign == "/":
                assert what == name
                return "".join(out), at + 2
            if sign == "#":
                value = self._value(what, above)
                each = value if isinstance(value, list | tuple) else [] if value in (None, "", False) else [value]
                end = self._skip(parts, at + 2, what)
                out += [self._until(parts, at + 2, [*above, one], what)[0] for one in each]
                at = end
                out.append(parts[at])
                at += 1
                continue
            out.append(self._said(what, above))
            out.append(after)
            at += 3
        assert name is None
        return "".join(out), at

    def _skip(self, parts: Sequence[str], at: int, name: str) -> int:
        depth = 1
        at += 1
        while depth:
            if parts[at + 1] == name:
                depth += {"#": 1, "/": -1}.get(parts[at], 0)
            at += 3
        return at - 1

    def _said(self, what: str, above: list[Any]) -> str:
        helper, _, argument = what.partition(" ")
        return self.helpers[helper](self._value(argument, above)) if argument else str(self._value(what, above))

    def _value(self, name: str, above: list[Any]) -> Any:
        if name == ".":
            return above[-1]
        return next(each[name] for each in reversed(above) if isinstance(each, dict) and name in each)


RENDERER: Final = Renderer(
    {
        "optionalValue": lambda value: str(value) if value not in (None, "") else "No Data Held",
        "formatDate": lambda value: f"date({value})",
        "getPrisonName": lambda value: f"prison({value})",
        "getUserLastName": lambda value: f"last-name({value})",
    }
)
CONTENT: Final[list[dict[str, Any]]] = [
    {
        "title": "You",
        "items": [
            {
                "scheme": None,
                "prison": "MDI",
                "facts": [{"label": "Name", "texts": ["Made Up"], "dates": [], "users": []}],
            }
        ],
    },
    {
        "title": "What you can do",
        "items": [
            {
                "scheme": "Insiders",
                "prison": "MDI",
                "facts": [
                    {"label": "Signed on", "texts": [], "dates": ["2026-11-03"], "users": []},
                    {"label": "Signed by", "texts": [], "dates": [], "users": ["ASMITH_GEN"]},
                    {"label": "Modules", "texts": ["Listening", "Boundaries"], "dates": [], "users": []},
                ],
            }
        ],
    },
]
SEALED: Final = "You can ask for a search of what is sealed."


def test_the_template_is_the_one_that_is_registered() -> None:
    """Byte for byte: the estate compares the hash."""
    assert FINGERPRINT == REGISTERED
    assert b"\r" not in TEMPLATE


def test_it_uses_the_estate_s_helpers_alone() -> None:
    """Whatever takes an argument is a helper of theirs."""
    used = {what.split()[0] for sign, what in _TAG.findall(TEXT) if not sign and " " in what}
    assert used
    assert used <= HELPERS
    assert used == set(RENDERER.helpers)


def test_every_name_in_it_is_in_the_answer() -> None:
    """No name that the answer's schema has not."""
    schemas = json.loads(document_text())["components"]["schemas"]
    known = {name for schema in ("Section", "Item", "Fact") for name in schemas[f"SubjectAccess{schema}"]["properties"]}
    used = {what.split()[-1] for _, what in _TAG.findall(TEXT)} - {"."}
    assert used == known


def test_it_shows_all_that_an_answer_holds() -> None:
    """Each label and value once; days, prisons and staff by the estate's helpers."""
    SubjectAccess.model_validate({"content": CONTENT})
    shown = RENDERER.render(TEXT, CONTENT)
    for part in (
        "<h2>You</h2>",
        '<td class="data-column-30">Prison</td><td>prison(MDI)</td>',
        '<td class="data-column-30">Scheme</td><td>Insiders</td>',
        '<td class="data-column-30">Signed on</td><td><div>date(2026-11-03)</div></td>',
        '<td class="data-column-30">Signed by</td><td><div>last-name(ASMITH_GEN)</div></td>',
        "<div>Listening</div><div>Boundaries</div>",
    ):
        assert shown.count(part) == (2 if "prison(" in part else 1), part
    assert shown.count(">Scheme<") == 1


@pytest.mark.parametrize("content", [[], CONTENT[:1], CONTENT], ids=["nothing", "one", "two"])
def test_how_to_ask_for_what_is_sealed_is_told_to_everybody_alike(content: list[dict[str, Any]]) -> None:
    """Once, below whatever else there is, in the same words."""
    shown = RENDERER.render(TEXT, content)
    assert shown.count(SEALED) == 1
    assert (
        shown[shown.index("<h2>What is not shown here</h2>") :] == TEXT[TEXT.index("<h2>What is not shown here</h2>") :]
    )
