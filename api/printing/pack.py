"""A pack of evidence as a page, in English. It shows what the pack tells, and works nothing out."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from api.language import Language
from api.printing.page import Page
from api.printing.words import clean, day
from domain.packs.reading import SAYS, Pack, PackPart

_EN: Final = Language.ENGLISH
_STATES: Final = {
    "TOO_FEW": "too few to tell",
    "NO_RECORDS": "no records",
    "NOT_CLOSED": "not let out yet",
}
_NOT_CLEARED: Final = "Not for this reader, as his role is now."


def page_of(pack: Pack) -> Page:
    """The page."""
    return {
        "lang": _EN.value,
        "title": f"Evidence: {clean(pack.prison)}",
        "notice": "",
        "facts": [
            _part("Quarter", f"{day(pack.first, _EN)} to {day(pack.last, _EN)}"),
            _part("About", "one scheme" if pack.scheme else "every scheme of the prison"),
            _part("Seed of the sample", str(pack.job)),
        ],
        "sections": [_section(pack, part) for part in PackPart],
    }


def _section(pack: Pack, part: PackPart) -> Page:
    said = SAYS[part]
    return {
        "title": said.title,
        "question": said.definition,
        "parts": [*_parts(pack, part), _part("Kept back", said.withheld)],
        "blank": "",
    }


def _parts(pack: Pack, part: PackPart) -> list[Page]:
    if part in pack.not_cleared:
        return [_part("Not told", _NOT_CLEARED)]
    match part:
        case PackPart.REFUSALS:
            return _rows(pack.refusals, "at", "There is none in the quarter.")
        case PackPart.SAMPLE:
            return _rows(pack.looks, "at", "There was none in the quarter.")
        case _:
            return [_part(_label(each, pack), _told(each)) for each in pack.numbers if each["section"] == part.value]


def _rows(rows: Sequence[Mapping[str, Any]], label: str, none: str) -> list[Page]:
    if not rows:
        return [_part("Rows", none)]
    return [{**_part(f"{row[label]:%d %b %Y %H:%M} UTC", ""), "said": _said(row, label), "list": True} for row in rows]


def _said(row: Mapping[str, Any], label: str) -> list[str]:
    return [
        f"{_plain(name)}: {_value(value)}"
        for name, value in row.items()
        if name not in (label, "id") and value not in (None, (), [])
    ]


def _value(value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case list() | tuple():
            return ", ".join(clean(str(each)) for each in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        case _:
            return clean(str(value))


def _label(number: Mapping[str, Any], pack: Pack) -> str:
    scheme = None if pack.scheme else number["scheme"]
    said = (number["wing"], number["part"] and _plain(number["part"]), _plain(number["word"]))
    return ": ".join(each for each in (*said, scheme and f"scheme {scheme}") if each)


def _told(number: Mapping[str, Any]) -> str:
    return _STATES.get(str(number["state"])) or f"{number['told']:,}"


def _part(label: str, said: str) -> Page:
    return {"label": label, "said": [said], "list": False, "english": False}


def _plain(code: str) -> str:
    return str(code).replace("_", " ").capitalize()
