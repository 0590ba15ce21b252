"""Kinds and exceptions as they are told in a language: plain values for an answer, and which languages it is in."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from api.language import Language
from api.texts import welsh
from api.texts.welsh import Words
from domain.schemes.exceptions import Promise
from domain.schemes.sheet import Kind
from domain.schemes.tasks import Task
from domain.schemes.vocabulary import SupportType
from domain.schemes.written import written

TRANSLATED: Final[Mapping[Language, Mapping[str, Words]]] = {Language.WELSH: welsh.KINDS}
"""Each language's words for ready-made kinds, by code. A kind that was made through the API is told in the English in
which it was made."""
PROMISED: Final[Mapping[Language, Mapping[tuple[str, int], Mapping[str, str]]]] = {Language.WELSH: welsh.PROMISES}
_NAMES: Final[Mapping[str, str]] = {Task.TELL_HOW_TO_REACH_SAMARITANS: "Tell how to reach Samaritans"}
_CALLED: Final[Mapping[Language, Mapping[type[str], Any]]] = {
    Language.WELSH: {SupportType: welsh.SUPPORT_TYPES, Task: welsh.TASKS}
}
"""Each language's words for codes, by vocabulary: one word may stand in two, and be called otherwise in each."""


def says(code: str, language: Language) -> bool:
    """Whether the code has words in this language. In English each has, its own."""
    return language is Language.ENGLISH or type(code) in _CALLED[language]


def label(code: str, language: Language) -> str:
    """A code in words: `GIVE_ADVICE` is 'Give advice', and in Welsh as the translator has it; in English where the
    language has none for its vocabulary."""
    if language is not Language.ENGLISH and says(code, language):
        return str(_CALLED[language][type(code)][code])
    return _NAMES.get(code) or code.replace("_", " ").capitalize()


def kind(
    of: Kind,
    asked: Language,
    *,
    made_here: bool = False,
    translated: Mapping[Language, Mapping[str, Words]] = TRANSLATED,
) -> dict[str, Any]:
    """A kind's sheet with its words in the language asked for; or all of it in English, and `inLanguageAsked` false,
    where what it promises is not approved in that language. `made_here`: it was made through the API."""
    words = _approved(of, asked, made_here, translated)
    language = Language.ENGLISH if words is None else asked
    told = {} if words is None else _told(words)
    codes = (*of.support_types, *of.permitted_tasks, *of.prohibited_tasks)
    return {
        "code": of.code,
        **written(of),
        **told,
        "labels": _labels(codes, language),
        **_spoken(language, asked),
    }


def terms(of: Kind, asked: Language, *, made_here: bool = False) -> dict[str, Any]:
    """What a scheme of this kind is for, and what its supporters may be asked to do and what never: each task with its
    label. In the language that the kind itself is told in."""
    words = _approved(of, asked, made_here, TRANSLATED)
    language = Language.ENGLISH if words is None else asked
    return {
        "kind": of.code,
        "purpose": of.purpose if words is None else words.purpose,
        "purposePlain": of.purpose_plain if words is None else words.purpose_plain,
        "permittedTasks": _labels(of.permitted_tasks, language),
        "prohibitedTasks": _labels(of.prohibited_tasks, language),
        **_spoken(language, asked),
    }


def promise(
    of: Promise,
    asked: Language,
    *,
    in_force: bool,
    promised: Mapping[Language, Mapping[tuple[str, int], Mapping[str, str]]] = PROMISED,
) -> dict[str, Any]:
    """A partner's list: in the language asked for where all of its words are approved in it, else in English."""
    words = promised.get(asked, {}).get((of.organisation, of.number), {})
    language = asked if all(ground.code in words for ground in of.exceptions) else Language.ENGLISH
    return {
        "organisation": of.organisation,
        "number": of.number,
        "effectiveFrom": of.effective_from,
        "inForce": in_force,
        "exceptions": [
            {
                "code": ground.code,
                "label": words[ground.code] if language is not Language.ENGLISH else ground.label,
                "duty": ground.duty,
                "notifyTo": ground.notify_to,
                "personTold": ground.person_told,
                "basis": ground.basis,
            }
            for ground in of.exceptions
        ],
        **_spoken(language, asked),
    }


def headers(items: Iterable[Mapping[str, Any]], asked: Language) -> dict[str, str]:
    """`Content-Language`: every language that something in the answer is in, as RFC 9110, 8.5 has it; `Vary`, because
    another reader of the same address gets other words."""
    used = sorted({str(item["language"]) for item in items}) or [asked.value]
    return {"Content-Language": ", ".join(used), "Vary": "Accept-Language"}


def _approved(
    of: Kind, asked: Language, made_here: bool, translated: Mapping[Language, Mapping[str, Words]]
) -> Words | None:
    """A kind's words in the language asked for, where its owner approved them in it."""
    words = None if made_here else translated.get(asked, {}).get(of.code)
    return words if words is not None and words.approved else None


def _labels(codes: Iterable[SupportType | Task], language: Language) -> list[dict[str, str]]:
    return [{"code": code, "text": label(code, language)} for code in codes]


def _told(words: Words) -> dict[str, str]:
    return {
        "title": words.title,
        "purpose": words.purpose,
        "purposePlain": words.purpose_plain,
        "toldToNewcomers": words.told_to_newcomers,
        "toldPlain": words.told_plain,
    }


def _spoken(language: Language, asked: Language) -> dict[str, Any]:
    return {"language": language, "inLanguageAsked": language is asked}
