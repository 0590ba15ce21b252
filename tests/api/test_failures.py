"""Every code that `failures` may hold is explained, in both languages, on the page of the kind that tells it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.language import Language
from api.problems.failures import ANY_STATE, FAILURES, STATE, told_by
from api.problems.kinds import KINDS
from api.problems.reading import code_of
from domain.care.load import HARD
from domain.life.plans import PLANS
from domain.schemes.objective import Smart
from domain.schemes.tightening import RULES
from domain.supporters.availability import NotAvailable
from persistence.clashes import CLASHES
from tests.api.sample import AUTHORISED, application, client

ROOT = Path(__file__).parents[2]
EXPLAINED = {code for told in FAILURES.values() for code in told}
_CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+\Z")
_WORD = re.compile(r"[A-Z][A-Z0-9_]{2,}\Z")
_TELLS = {"Failure", "NotNow", "Unacceptable", "Unreadable", "TooLarge", "require", "Guard", "Clash"}
_ELSEWHERE = (
    "counting",
    "demonstration",
    "printing",
    "texts",
    "catalogue",
    "commands",
    "wiring",
    "embedded",
    "policy_text",
    "telemetry",
    "schema",
)
"""Modules that refuse nothing over HTTP."""
UNFIT = set(NotAvailable) - {NotAvailable.ON_PROBATION}
"""Why nothing may be planned with a supporter."""
_NO_CODES = {
    *("HANDED_IN", "LIFE_AT_RISK", "NAME_LEAD", "READ_CLOSING", "READ_LEADERS", "READ_READINESS"),
    *("CSIP_OPEN", "NOT_SAID"),
    *("MESSAGE_CONTRADICTS_ITSELF", "MESSAGE_IS_NOT_JSON", "MESSAGE_LACKS_A_PRISON", "MESSAGE_LACKS_A_TIME"),
    *("MESSAGE_NAMES_NOBODY", "MESSAGE_TOO_LARGE"),
    *("JSMITH_GEN", "VIEW_PEER_SUPPORT_RECORDS_DAILY_NUMBER"),
}
"""Verbs that stand in functions, the receipt of a tally, an urgency, a status of another system; what is wrong with a
message of a queue, which is told to an operator alone; a made-up user and the name of a day's number."""


def _constants(node: ast.AST, form: re.Pattern[str]) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str) and form.match(inner.value):
            yield inner.value


def _told_in(module: ast.Module) -> Iterator[str]:
    """Codes: what whatever tells a failure is given, and what looks like one in a function or by a name of its own."""
    for node in ast.walk(module):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in _TELLS:
                first = node.args[:1] if name in ("Failure", "Guard") else node.args
                for each in first:
                    yield from _constants(each, _WORD)
            case ast.AnnAssign(target=ast.Name(), value=ast.Constant()):
                yield from _constants(node, _CODE)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield from _constants(node, _CODE)
            case _:
                pass


def found_in_the_source() -> set[str]:
    """Every code that product code spells out."""
    found = {
        "UNKNOWN_FIELD",
        *PLANS,
        *Smart,
        *CLASHES.values(),
        *HARD,
        *UNFIT,
        *(code for code, _ in RULES.values() if code),
    }
    for package in ("domain", "api", "persistence"):
        for path in (ROOT / package).rglob("*.py"):
            if not set(path.relative_to(ROOT).with_suffix("").parts) & set(_ELSEWHERE) and "failures" not in path.parts:
                found |= set(_told_in(ast.parse(path.read_text())))
    return {ANY_STATE if code.startswith(STATE) else code for code in found} - _NO_CODES


def test_every_code_of_the_source_is_explained() -> None:
    """Whoever adds a code adds its sentences; and the search finds codes of each way in which one is told."""
    found = found_in_the_source()
    assert sorted(found - EXPLAINED) == []
    ways = {"KIND_UNKNOWN", "SIGNER_IS_AUTHOR", "PILOT_NOT_OVER", "TARGET_IS_BASELINE", "TOO_DEEP", "CLOSED", ANY_STATE}
    assert ways | {"ALREADY_APPLIED", "PROHIBITION_DROPPED", "NOT_ADVERTISED", "LENGTH", "FLOOR_DROPPED"} <= found


def test_nothing_is_explained_that_is_never_told() -> None:
    """A sentence for a code that is gone misleads."""
    found = found_in_the_source() | {code_of(t) for t in ("missing", "x_type", "x_parsing", "other")}
    text = "".join(p.read_text() for p in (ROOT / "api/problems/reading.py", ROOT / "api/strict_json.py"))
    spelt = {code for code in EXPLAINED if f'"{code}"' in text}
    begins = ("BLANK_", "SIGNATURE_MISSING_", "FAILS_", "UNREVIEWED_")
    families = {code for code in EXPLAINED if code.startswith(begins)}
    assert sorted(EXPLAINED - found - spelt - families) == []


@pytest.mark.parametrize("slug", FAILURES)
def test_each_has_a_sentence_in_both_languages(slug: str) -> None:
    """None is missing, none was left in English, each is a sentence."""
    english, welsh = (told_by(slug, language) for language in (Language.ENGLISH, Language.WELSH))
    assert slug in KINDS
    for (code, said), (same, spoken) in zip(english, welsh, strict=True):
        assert code == same
        assert said != spoken, code
        assert all(text[0].isupper() and text.endswith((".", ".\u201d")) for text in (said, spoken)), code


@pytest.mark.parametrize("language", Language)
async def test_the_page_of_a_kind_explains_its_codes(language: Language) -> None:
    """As data and as a page; a kind without failures has none."""
    async with client(application()) as http:
        headers = {**AUTHORISED, "Accept-Language": language.value}
        for slug in KINDS:
            said = (await http.get(f"/problems/{slug}", headers=headers)).json()
            assert [(f["code"], f["meaning"]) for f in said["failures"]] == told_by(slug, language)
        page = (await http.get("/problems/conflict", headers={**headers, "Accept": "text/html"})).text
    for code, _ in told_by("conflict", language):
        assert f"<code>{code}</code>" in page
