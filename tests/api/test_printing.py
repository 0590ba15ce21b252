"""The printed charter: what is on the page, in which language, and that what somebody typed is only ever shown."""

import asyncio
import base64
import hashlib
import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import typst

from api.edge.rate import Rate
from api.language import Language
from api.printing import pdf
from api.printing.html import POLICY, html_of
from api.printing.page import Page, page_of
from api.printing.pdf import Press
from api.printing.words import label, phrase
from api.texts import spoken
from domain.confidentiality.classification import Classification
from domain.confidentiality.disclosure import disclose
from domain.confidentiality.grants.grant import RUN
from domain.kernel.errors import TooMany, Unavailable
from domain.schemes.questions import MEMBERS, QUESTIONS
from domain.schemes.tasks import FLOOR, Task
from tests.http import furniture, planned
from tests.http.cast import START

OPEN = frozenset({Classification.OPEN})
ME = "a caller"
TEMPLATE = Path(pdf.__file__).with_name("charter.typ")
ATTACKS = [
    '#read("/etc/passwd")',
    '#panic("out")',
    "#sys.inputs",
    "] #panic() [",
    '") #panic() ("',
    "= A heading *bold* _it_ @ref <label> $x$ `raw` \\ // /* #{panic()} ",
    "\\u{23}panic()",
    "</style><script>alert(1)</script><img src=x onerror=alert(1)>",
    "{{ page }}{% for x in page %}{{ 7*7 }}{% endfor %}",
    "&lt;b&gt; \" ' & <b>",
]
"""Each would do something in typst, in HTML or in the template, were it read as such."""


def page(
    sees: frozenset[Classification] = RUN, language: Language = Language.ENGLISH, *, runs: bool = True, **more: Any
) -> Page:
    """The page of a whole plan, for a viewer with that clearance."""
    whole = {**planned.plan("INSIDERS"), **more}
    made = planned.charter(furniture.MOORLAND, "charter:printed", "scheme:insiders", "INSIDERS", **whole)
    return page_of(disclose(made, sees, START), language, runs=runs)


class Reader(HTMLParser):
    """Reads a page as a screen reader would: elements, their attributes, and the text within."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def named(self, *tags: str) -> list[tuple[str, dict[str, str | None]]]:
        return [element for element in self.elements if element[0] in tags]


@pytest.mark.parametrize("language", Language)
def test_every_question_and_label_has_its_words_in_both_languages(language: Language) -> None:
    """Every section has a heading and every member a label, and the two languages never share one by accident."""
    told = page(language=language)
    assert [s["title"] for s in told["sections"]] == [q.title[language.value] for q in QUESTIONS.values()]
    assert all(label(m, language) for m in MEMBERS)
    assert not {q.asks["en"] for q in QUESTIONS.values()} & {q.asks["cy"] for q in QUESTIONS.values()}


@pytest.mark.parametrize("language", Language)
def test_the_page_can_be_read_without_eyes(language: Language) -> None:
    """A language, a title, one main, one first heading, second ones below it and none skipped; each section named by
    its heading, no id twice; codes in English are marked as such on a Welsh page."""
    read = Reader(html_of(page(language=language)))
    assert read.named("html")[0][1] == {"lang": language.value}
    assert [len(read.named(tag)) for tag in ("title", "main", "h1")] == [1, 1, 1]
    assert [tag for tag, _ in read.named("h1", "h2", "h3")] == ["h1"] + ["h2"] * len(QUESTIONS)
    ids = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(ids) == len(set(ids)) == len(QUESTIONS)
    assert [a["aria-labelledby"] for _, a in read.named("section")] == ids
    marked = {a.get("lang") for _, a in read.named("bdi")}
    assert marked == ({None} if language is Language.ENGLISH else {None, "en"})
    assert "viewport" in {a.get("name") for _, a in read.named("meta")}


@pytest.mark.parametrize("language", Language)
async def test_a_page_of_what_does_not_run_says_so_and_not_how_to_ask(language: Language) -> None:
    """First of all, in the page's own language, with what to do instead; neither when nor where nor how to ask."""
    asking = {"how_to_ask": "Tell the orderly.", "when_available": "Every night.", "places": ("Suite",)}
    stopped, running = (html_of(page(OPEN, language, runs=runs, **asking)).decode() for runs in (False, True))
    notice = phrase("not_running", language)
    told = [t.strip() for t in Reader(stopped.encode()).texts if t.strip()]
    assert told.index(notice) == told.index(page(language=language)["title"], 1) + 1
    assert notice not in running
    assert notice in _texts(json.loads(queried(page(language=language, runs=False), "strong")))
    assert notice not in _texts(json.loads(queried(page(language=language), "strong")))
    for words_of in ("Tell the orderly.", "Every night.", "Suite"):
        assert (words_of in running, words_of in stopped) == (True, False)
    assert phrase("not_running", Language.ENGLISH) != phrase("not_running", Language.WELSH)


def test_the_page_asks_nobody_for_anything() -> None:
    """No script, frame, form, image, link or handler; the one style is the one that the policy lets work."""
    content = html_of(page())
    read = Reader(content)
    assert read.named("script", "iframe", "object", "embed", "form", "img", "link", "base", "a", "svg") == []
    assert {n for _, a in read.elements for n in a} <= {"lang", "charset", "name", "content", "id", "class"} | {
        "aria-labelledby"
    }
    style = re.search(r"<style>(.*)</style>", content.decode(), re.DOTALL)
    assert style is not None
    assert f"'sha256-{base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()}'" in POLICY
    assert "@media print" in style[1]
    assert "url(" not in style[1]


def test_the_page_holds_what_the_viewer_sees_and_no_more() -> None:
    """Of what is withheld not even the heading is there."""
    public, whole = (html_of(page(sees)).decode() for sees in (OPEN, RUN))
    for words in ("Ask any officer", "Nothing leaves the room", "Wing interview room", "Meet and greet", "First days"):
        assert words in public
        assert words in whole
    for words in ("Survey of March", "Chapel vestry", "As any wing job", "Resources", "Pay", "SIGN", "Money a year"):
        assert words not in public
    assert "Survey of March" in whole


def test_tasks_are_called_what_the_kinds_call_them() -> None:
    """By one labeller: in Welsh where there are Welsh words, which then are not marked as English; by their names."""
    given: dict[str, Any] = {
        "permitted_tasks": (Task.TELL_HOW_TO_REACH_SAMARITANS,),
        "prohibited_tasks": (Task.GIVE_ADVICE, *FLOOR),
    }
    english, welsh = (page(language=language, **given)["sections"][0]["parts"] for language in Language)
    assert [part["said"][0] for part in english[1:3]] == ["Tell how to reach Samaritans", "Give advice"]
    assert welsh[2]["said"][0] == "Rhoi cyngor"
    assert [part["english"] for part in welsh] == [False, False, False]
    assert welsh[2]["said"] == [spoken.label(task, Language.WELSH) for task in given["prohibited_tasks"]]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            Language.ENGLISH,
            ("Insiders, A wing", "Signed by", "The governor", "£1,800.00", "target 80%; due", "Meet and greet"),
        ),
        (Language.WELSH, ("Insiders, A wing", "Llofnodwyd gan", "Y llywodraethwr", "£1,800.00", "targed 80%; erbyn")),
    ],
)
def test_the_page_is_for_people(language: Language, said: tuple[str, ...]) -> None:
    """Which scheme it is of, who signed, money in what is paid there, objectives in words with target and day, days as
    written by hand, tasks in the language of the page: no id, no bare code, no day of a machine's. Who may not read the
    objectives is told how many there are."""
    place = furniture.MOORLAND
    goal = planned.objective(place, "objective", "scheme:insiders", "INSIDERS", "NEW_ARRIVALS_MET_IN_24_HOURS")
    more = {
        "money_minor_units_a_year": 180_000,
        "objectives": (goal.id,),
        "signed_by_governor": planned.actor("governor"),
    }
    made = planned.charter(place, "c", "scheme:insiders", "INSIDERS", **{**planned.plan("INSIDERS"), **more})
    view = disclose(made, RUN, START)
    text = html_of(page_of(view, language, "Insiders, A wing", [disclose(goal, RUN, START)], runs=True)).decode()
    for words in said:
        assert words in text
    assert str(goal.id) not in text
    assert not re.search(r"\b20\d\d-\d\d-\d\d\b", text)
    assert ("Meet and greet" in text) is (language is Language.ENGLISH)
    unread = html_of(page_of(view, language, "Insiders, A wing", runs=True)).decode()
    assert str(goal.id) not in unread
    assert goal.title not in unread


def test_a_blank_section_says_so() -> None:
    """A draft is printed too, and nobody takes a blank for an answer."""
    assert "Not answered yet." in html_of(page(contingency=None)).decode()
    assert "Not answered yet." not in html_of(page()).decode()


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_was_typed_is_shown_in_html_and_never_read(attack: str) -> None:
    """It is text of the page, to the letter, and no element more."""
    read = Reader(html_of(page(purpose=attack, places=(attack,))))
    assert "".join(read.texts).count(attack) == 2
    assert [tag for tag, _ in read.elements] == [
        tag for tag, _ in Reader(html_of(page(purpose="x", places=("x",)))).elements
    ]


def queried(told: Page, selector: str) -> str:
    """What typst makes of it, as JSON."""
    found = typst.query(
        str(TEMPLATE),
        selector,
        root=str(TEMPLATE.parent),
        sys_inputs={"page": json.dumps(told)},
        ignore_system_fonts=True,
    )
    return found if isinstance(found, str) else found.decode()


@pytest.mark.parametrize("attack", ATTACKS)
async def test_what_was_typed_is_shown_in_the_pdf_and_never_read(attack: str) -> None:
    """It reaches typst as data: it is text there, to the letter, even as the title; nothing of it is run, and the page
    has no heading more."""
    told = page(purpose=attack)
    told["title"] = attack
    assert attack in _texts(json.loads(queried(told, "heading")))
    assert attack in _texts(json.loads(queried(told, "terms")))
    assert len(json.loads(queried(told, "heading"))) == 1 + len(QUESTIONS)
    assert (await Press().pdf_of(told, ME)).startswith(b"%PDF-")


def _texts(made: Any) -> list[str]:
    if isinstance(made, dict):
        own = [made["text"]] if isinstance(made.get("text"), str) else []
        return own + [text for value in made.values() for text in _texts(value)]
    return [text for value in made for text in _texts(value)] if isinstance(made, list) else []


@pytest.mark.parametrize("language", Language)
async def test_the_pdf_is_tagged_titled_and_in_its_language(language: Language) -> None:
    """A screen reader finds structure, title and language; it says that it is PDF/UA-1; and no date is in it."""
    made = await Press().pdf_of(page(language=language), ME)
    assert f"/Lang({language.value})".encode() in made
    for mark in (b"/StructTreeRoot", b"/Marked true", b"/DisplayDocTitle true", b"<pdfuaid:part>1"):
        assert mark in made
    assert b"CreationDate" not in made
    assert b"ModDate" not in made


async def test_the_same_page_is_the_same_bytes() -> None:
    """Whenever and however often it is printed: else the file would tell what nothing else tells."""
    told = page()
    assert await Press().pdf_of(told, ME) == await Press().pdf_of(told, ME)
    assert await Press().pdf_of(told, ME) != await Press().pdf_of(page(purpose="Another."), ME)


@pytest.mark.parametrize(
    "text", ["\U0001f600", "中文 العربية", "tab\tand\u200ebidi\u202e", "bell\x07", "one\ntwo\r\nthree"]
)
async def test_any_alphabet_can_be_printed(text: str) -> None:
    """Where there is no glyph for a letter the file is tagged all the same; control characters are left out."""
    made = await Press().pdf_of(page(purpose=text), ME)
    assert b"/StructTreeRoot" in made
    assert "\x07" not in html_of(page(purpose=text)).decode()


def _child(folder: Path, program: str) -> Path:
    path = folder / "child.py"
    path.write_text(program)
    return path


def _read(path: Path) -> str:
    return path.read_text()


async def test_a_child_that_hangs_is_ended(tmp_path: Path) -> None:
    """The caller is told to come again, and no process is left."""
    mark = tmp_path / "pid"
    program = f"import os, time\nopen({str(mark)!r}, 'w').write(str(os.getpid()))\ntime.sleep(600)\n"
    with pytest.raises(Unavailable):
        await Press(child=_child(tmp_path, program), seconds=3.0).pdf_of(page(), ME)
    with pytest.raises(ProcessLookupError):
        os.kill(int(_read(mark)), 0)


@pytest.mark.parametrize("program", ["raise SystemExit(1)", "print('hello')", ""])
async def test_what_is_no_pdf_is_not_sent(tmp_path: Path, program: str) -> None:
    """A child that fails, or says something else, is answered as what is not available."""
    with pytest.raises(Unavailable):
        await Press(child=_child(tmp_path, program)).pdf_of(page(), ME)


async def test_so_many_at_once_and_no_more(tmp_path: Path) -> None:
    """Two print, so many wait, and whoever comes then is told to come again."""
    program = "import sys\nsys.stdin.read()\nsys.stdout.write('%PDF-')\n"
    press = Press(at_once=1, waiting=2, child=_child(tmp_path, program))
    results = await asyncio.gather(*(press.pdf_of(page(), n) for n in range(5)), return_exceptions=True)
    assert [isinstance(r, Unavailable) for r in results] == [False] * 3 + [True] * 2
    assert await press.pdf_of(page(), ME) == b"%PDF-"  # and there is room again


COUNTS = "import os, sys\nsys.stdin.read()\nopen({0!r}, 'a').write('x')\nsys.stdout.write('%PDF-' + str(os.nice(0)))\n"


def _counting(folder: Path) -> tuple[Path, Path]:
    """A child that makes a mark for each time that it prints, and where the marks are."""
    marks = folder / "marks"
    marks.touch()
    return _child(folder, COUNTS.format(str(marks))), marks


async def test_one_caller_has_one_place(tmp_path: Path) -> None:
    """Whoever asks sixteen times at once waits once, and is told that it is he who asks too often: so there is room for
    everybody else, to the last place."""
    child, marks = _counting(tmp_path)
    press = Press(at_once=1, waiting=2, child=child)
    mine = [press.pdf_of(page(purpose=f"Loop {n}"), "one") for n in range(16)]
    results = await asyncio.gather(
        *mine, press.pdf_of(page(), "governor"), press.pdf_of(page(), "safer custody"), return_exceptions=True
    )
    told = [type(r) for r in results]
    assert told == [bytes, *[TooMany] * 15, bytes, bytes]
    assert _read(marks) == "xx"  # the governor's page was kept for safer custody


async def test_one_caller_has_his_share(tmp_path: Path) -> None:
    """So many prints, then one as his share fills again; what was printed lately costs him nothing, and others not
    either."""
    now = [0.0]
    child, marks = _counting(tmp_path)
    press = Press(each=Rate(2, 0.2), child=child, monotonic=lambda: now[0])
    for n in range(2):
        await press.pdf_of(page(purpose=f"Print {n}"), "one")
    with pytest.raises(TooMany) as wait:
        await press.pdf_of(page(purpose="Print 3"), "one")
    assert wait.value.retry_after == 5
    await press.pdf_of(page(purpose="Print 1"), "one")
    await press.pdf_of(page(purpose="Print 3"), "another")
    now[0] = 5.0
    await press.pdf_of(page(purpose="Print 4"), "one")
    assert _read(marks) == "xxxx"


async def test_what_is_kept_is_bounded(tmp_path: Path) -> None:
    """The page that was asked for least lately is forgotten, and printed again; one larger than the room is not
    kept."""
    child, marks = _counting(tmp_path)
    press = Press(child=child, kept=15)  # two of seven bytes
    for words in ("one", "two", "one", "three", "one", "two"):
        await press.pdf_of(page(purpose=words), ME)
    assert _read(marks) == "xxxx"
    small = Press(child=child, kept=3)
    assert await small.pdf_of(page(), ME) == await small.pdf_of(page(), ME)
    assert _read(marks) == "xxxxxx"


async def test_what_fails_is_not_kept_and_leaves_its_place(tmp_path: Path) -> None:
    """The next attempt prints."""
    press = Press(child=_child(tmp_path, "raise SystemExit(1)"))
    with pytest.raises(Unavailable):
        await press.pdf_of(page(), ME)
    _counting(tmp_path)
    assert await press.pdf_of(page(), ME)


async def test_the_child_gives_way(tmp_path: Path) -> None:
    """It runs after everything else on the machine: a reading at night does not wait for a print."""
    program = _read(Path(pdf.__file__).with_name("child.py")).partition("if __name__")[0].replace("import typst", "")
    told = program + "_bounded()\nsys.stdin.read()\nsys.stdout.write('%PDF-' + str(os.nice(0)))\n"
    made = await Press(child=_child(tmp_path, told)).pdf_of(page(), ME)
    assert int(made.removeprefix(b"%PDF-")) >= 10


async def test_the_child_gets_no_setting_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither keys nor the database's address are in its environment."""
    monkeypatch.setenv("KEYS", "1:secret")
    program = "import os, sys\nsys.stdin.read()\nsys.stdout.write('%PDF-' + repr(sorted(os.environ)))\n"
    made = await Press(child=_child(tmp_path, program)).pdf_of(page(), ME)
    assert b"KEYS" not in made
    assert b"PATH'" not in made


@pytest.mark.parametrize(
    ("place", "printed"), [(furniture.MOORLAND, "£1,800.05"), (furniture.MOUNTJOY, "€1,800.05")], ids=["EW", "IE"]
)
def test_money_is_printed_in_the_currency_of_the_jurisdiction(place: Any, printed: str) -> None:
    """It is kept in minor units, and read by people."""
    made = planned.charter(place, "charter:printed", "scheme:insiders", "INSIDERS", money_minor_units_a_year=180_005)
    sections = page_of(disclose(made, RUN, START), Language.WELSH, runs=True)["sections"]
    assert [part["said"] for section in sections for part in section["parts"]] == [[printed]]
