"""A passport and a reference as pages for people: printed on the press that prints charters, of plain values."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from api.language import Language
from api.printing.page import Page
from api.printing.words import day, month
from api.texts import spoken
from domain.confidentiality.disclosure import View
from domain.passports.passport import Passport
from domain.passports.reference import Reference
from domain.schemes.kinds import KINDS

_SAID: Final[Mapping[str, tuple[str, str]]] = {
    "passport": ("Passport of a peer supporter", "Pasbort cefnogwr cymheiriaid"),
    "reference": ("Reference for a peer supporter", "Geirda i gefnogwr cymheiriaid"),
    "name": ("Name", "Enw"),
    "kind": ("Role", "Rôl"),
    "awarded": ("Awarded by", "Dyfarnwyd gan"),
    "certificate": ("Certificate", "Tystysgrif"),
    "certified": ("Certified on", "Ardystiwyd ar"),
    "expires": ("Certificate runs out on", "Daw'r dystysgrif i ben ar"),
    "from": ("Served from", "Gwasanaethodd o"),
    "until": ("Served until", "Gwasanaethodd tan"),
    "good": ("Good until", "Yn ddilys tan"),
    "modules": ("What was learned", "Yr hyn a ddysgwyd"),
    "passed": ("Training modules that were passed.", "Modiwlau hyfforddi a basiwyd."),
    "able": ("What was signed for", "Yr hyn y llofnodwyd amdano"),
    "signed_by_others": (
        "What people who did not train him signed that he can do.",
        "Yr hyn y llofnododd pobl nad oeddent yn ei hyfforddi y gall ei wneud.",
    ),
    "strengths": ("Strengths", "Cryfderau"),
    "agreed": (
        "As its writer gave them; the person has read this and agreed to it.",
        "Fel y rhoddodd yr awdur hwy; mae'r person wedi darllen hyn ac wedi cytuno iddo.",
    ),
    "written": ("Written on", "Ysgrifennwyd ar"),
    "signed": ("Signed: check it with the service", "Llofnod: gwiriwch ef gyda'r gwasanaeth"),
    "not_cleared": (
        "This is no security clearance: each prison clears a supporter anew.",
        "Nid yw hwn yn gliriad diogelwch: mae pob carchar yn clirio cefnogwr o'r newydd.",
    ),
    "none": ("None.", "Dim."),
}


def passport_page(view: View[Passport], signed: str, language: Language) -> Page:
    """The passport, with its signed form to be typed or scanned."""
    of = view.values
    facts = [
        *_common(of, language),
        _fact("certificate", of["certificate"], language),
        _fact("certified", of["certified_on"] and day(of["certified_on"], language), language),
        _fact("expires", of["certificate_expires_on"] and day(of["certificate_expires_on"], language), language),
        _fact("good", day(of["valid_until"], language), language),
    ]
    broken = "\n".join(signed[at : at + 80] for at in range(0, len(signed), 80))
    sections = [
        _section("modules", "passed", of["modules"], language),
        _section("able", "signed_by_others", of["signed_off"], language),
        {
            "title": _of("signed", language),
            "question": _of("not_cleared", language),
            "parts": [{"label": "JWS", "said": [broken], "list": False, "english": True}],
            "blank": "",
        },
    ]
    return _page("passport", [f for f in facts if f is not None], sections, language)


def reference_page(view: View[Reference], language: Language) -> Page:
    """The reference."""
    of = view.values
    facts = [*_common(of, language), _fact("written", day(of["written_on"], language), language)]
    sections = [_section("strengths", "agreed", of["strengths"], language)]
    return _page("reference", [f for f in facts if f is not None], sections, language)


def _common(of: Mapping[str, Any], language: Language) -> list[Page | None]:
    kind = KINDS[of["kind"]].title if of["kind"] in KINDS else spoken.label(of["kind"], Language.ENGLISH)
    return [
        _fact("name", of["name"], language),
        _fact("kind", kind, language, english=True),
        _fact("awarded", spoken.label(of["organisation"], Language.ENGLISH), language, english=True),
        _fact("from", month(of["served_from"], language), language),
        _fact("until", of["served_until"] and month(of["served_until"], language), language),
    ]


def _fact(name: str, value: Any, language: Language, *, english: bool = False) -> Page | None:
    if value is None:
        return None
    return {"label": _of(name, language), "said": [str(value)], "list": False, "english": english}


def _section(title: str, question: str, codes: Iterable[str], language: Language) -> Page:
    said = [spoken.label(str(code), Language.ENGLISH) for code in codes]
    parts = [{"label": _of(title, language), "said": said, "list": True, "english": True}] if said else []
    return {
        "title": _of(title, language),
        "question": _of(question, language),
        "parts": parts,
        "blank": "" if said else _of("none", language),
    }


def _page(title: str, facts: list[Page], sections: list[Page], language: Language) -> Page:
    return {"lang": language.value, "title": _of(title, language), "notice": "", "facts": facts, "sections": sections}


def _of(name: str, language: Language) -> str:
    return _SAID[name][0 if language is Language.ENGLISH else 1]
