"""A night pack as a page, in one language: what to do where a life may be at risk stands above all else (rule 5)."""

from typing import Final

from api.before_unlocking import TEXTS
from api.language import Language
from api.printing.page import Page
from api.printing.words import day
from domain.kernel.days import zone_of
from domain.sessions.night_pack import NightPack

_E, _C = Language.ENGLISH, Language.WELSH
_WORDS: Final[dict[str, dict[Language, str]]] = {
    "title": {_E: "On call", _C: "Ar alwad"},
    "valid": {_E: "Valid until", _C: "Yn ddilys tan"},
    "scheme": {_E: "Scheme", _C: "Cynllun"},
    "who": {_E: "Who is on call", _C: "Pwy sydd ar alwad"},
    "as_published": {_E: "By the rota as published.", _C: "Yn ôl y rota fel y'i cyhoeddwyd."},
    "no_rota": {
        _E: "Nobody is on the rota who can come: any of these may be asked.",
        _C: "Nid oes neb ar y rota a all ddod: gellir gofyn i unrhyw un o'r rhain.",
    },
    "names": {_E: "Names", _C: "Enwau"},
    "nobody": {
        _E: "Nobody can be asked now. Offer the Samaritans by phone.",
        _C: "Nid oes neb i ofyn iddo ar hyn o bryd. Cynigiwch y Samariaid dros y ffôn.",
    },
    "where": {_E: "Where they meet", _C: "Ble maent yn cyfarfod"},
    "private": {_E: "Somewhere private, where others do not hear.", _C: "Rhywle preifat, lle nad yw eraill yn clywed."},
    "places": {_E: "Places", _C: "Lleoedd"},
    "none": {
        _E: "No place is kept here: ask the orderly officer.",
        _C: "Ni chedwir lle yma: gofynnwch i'r swyddog trefn.",
    },
    "how": {_E: "How to unlock", _C: "Sut i ddatgloi"},
    "asks": {
        _E: "Anybody may ask, at any hour, and gives no reason.",
        _C: "Caiff unrhyw un ofyn, ar unrhyw awr, heb roi rheswm.",
    },
    "steps": {_E: "Steps", _C: "Camau"},
}
_STEPS: Final[dict[Language, tuple[str, ...]]] = {
    _E: (
        "Ask the next on the list. He may say no, and needs no reason.",
        "At night the orderly officer agrees, and two officers unlock.",
        TEXTS[_E],
        "Observations of a person at risk go on as before.",
        "Write down when it was asked, offered, answered, unlocked and over. Type it in when this service answers.",
        "Nobody asks what was said.",
    ),
    _C: (
        "Gofynnwch i'r nesaf ar y rhestr. Caiff wrthod, ac nid oes angen rheswm.",
        "Gyda'r nos mae'r swyddog trefn yn cytuno, ac mae dau swyddog yn datgloi.",
        TEXTS[_C],
        "Mae arsylwadau ar berson mewn perygl yn parhau fel o'r blaen.",
        "Ysgrifennwch pryd y gofynnwyd, y cynigiwyd, yr atebwyd, y datglowyd ac y gorffennwyd. Teipiwch ef pan fydd y"
        " gwasanaeth hwn yn ateb.",
        "Nid oes neb yn gofyn beth a ddywedwyd.",
    ),
}


def page_of(pack: NightPack, do_this_now: str, language: Language) -> Page:
    """The page. `do_this_now` is the approved text of the jurisdiction, in that language or in English."""

    def word(name: str) -> str:
        return _WORDS[name][language]

    who = word("as_published" if pack.rota or not pack.names else "no_rota")
    ends = pack.ends_at.astimezone(zone_of(pack.jurisdiction))
    return {
        "lang": language.value,
        "title": f"{word('title')}: {pack.scheme}, {pack.prison}",
        "notice": do_this_now,
        "facts": [_part(word("valid"), (f"{ends:%H:%M}, {day(ends.date(), language)}",))],
        "sections": [
            _section(word("who"), who, word("names"), pack.names, word("nobody")),
            _section(word("where"), word("private"), word("places"), pack.places, word("none")),
            _section(word("how"), word("asks"), word("steps"), _STEPS[language], ""),
        ],
    }


def _section(title: str, question: str, label: str, said: tuple[str, ...], blank: str) -> Page:
    return {"title": title, "question": question, "parts": [_part(label, said)] if said else [], "blank": blank}


def _part(label: str, said: tuple[str, ...]) -> Page:
    return {"label": label, "list": len(said) > 1, "said": list(said), "english": False}
