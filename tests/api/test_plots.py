"""The plots of a report: each says in words what it shows, has its data, and shows nothing that the report does not
tell (X24)."""

import re
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import orjson
import pytest

from api.printing import child, plots
from api.printing.html import html_of
from api.printing.report import page_of
from api.wire import to_bytes
from domain.evaluation.design import ComparisonDesign
from domain.evaluation.facts import Asked, CoverOf, Facts
from domain.evaluation.report import report
from domain.kernel.bands import Band
from domain.kernel.counts import Told
from domain.schemes.registers.hours import Weekday
from domain.turnover.survival import Stay
from tests.domain.test_evaluation_report import PLAN, TODAY, people

FACTS = Facts(
    PLAN,
    TODAY,
    people(30),
    asked=[
        Asked(date(2026, 9, 1), Told(30), Told(40), Told(10), 20, None),
        Asked(date(2026, 10, 1), Told(20), Told(20), Told(0), 25, 55),
    ],
    stays=[Stay(20 * n, n % 2 == 0) for n in range(1, 41)],
    cover={(Weekday.MONDAY, Band.AM): CoverOf(40, 30), (Weekday.MONDAY, Band.PM): CoverOf(40, 37)},
)


def told(facts: Facts) -> dict[str, Any]:
    """A report as it is kept: plain values."""
    return orjson.loads(to_bytes(report(facts)))


@pytest.fixture(scope="module")
def drawn() -> dict[str, plots.Plot]:
    """Its plots, by name."""
    return {plot["name"]: plot for plot in plots.drawn(told(FACTS))}


def test_there_are_flow_trend_waits_cover_and_staying(drawn: dict[str, plots.Plot]) -> None:
    """In the order in which they are read; a series only where one was planned."""
    assert list(drawn) == ["FLOW", "TREND", "WAITS", "COVER", "STAYING"]
    plan = {"design": ComparisonDesign.BEFORE_AFTER_SERIES, "outcome": "SATISFACTION"}
    months = [(date(2025 + (m + 2) // 12, (m + 2) % 12 + 1, 1), 20 + m) for m in range(20)]
    facts = Facts(_with(**plan), TODAY, series=months)
    (series,) = plots.drawn(told(facts))
    assert series["name"] == "SERIES"
    assert "2025-03: 20" in series["alternative"]


def _with(**changes: Any) -> Any:
    return replace(PLAN, **changes)


def test_each_says_in_words_all_that_it_shows(drawn: dict[str, plots.Plot]) -> None:
    """Every number of its data is in its words, so that whoever cannot see it has as much."""
    for plot in drawn.values():
        assert plot["alternative"].startswith(plot["title"])
        assert plot["svg"].startswith("<svg")
        assert plot["data"]
    trend = drawn["TREND"]
    for row in trend["data"]:
        assert f"mean {row['mean']}, 95 % interval {row['low']} to {row['high']}" in trend["alternative"]
    assert drawn["COVER"]["svg"].count(">not told<") == 1
    assert "2026-09, half: 20 minutes" in drawn["WAITS"]["alternative"]
    assert "2026-09, nine in ten: not told, or not met" in drawn["WAITS"]["alternative"]
    assert "Monday, Am: 75 per cent; Monday, Pm: too few days to tell" in drawn["COVER"]["alternative"]


def test_what_is_not_told_is_not_drawn() -> None:
    """Of five people there is no mean, so there is no trend; the flow says so and has no bar for it."""
    few = {plot["name"]: plot for plot in plots.drawn(told(Facts(PLAN, TODAY, people(5))))}
    assert list(few) == ["FLOW"]
    assert "Baseline too few to tell" in few["FLOW"]["alternative"]
    assert few["FLOW"]["svg"].count(">not told<") == sum(row["people"] is None for row in few["FLOW"]["data"]) > 0
    assert {row["step"]: row["people"] for row in few["FLOW"]["data"]}["Baseline"] is None
    assert plots.drawn(told(Facts(_with(approached=0, refused=0), TODAY)))[0]["name"] == "FLOW"


def test_the_same_report_is_the_same_plots(drawn: dict[str, plots.Plot]) -> None:
    """Byte for byte, so that a page that was printed lately is known again; and they need nothing from elsewhere."""
    again = {plot["name"]: plot for plot in plots.drawn(told(FACTS))}
    assert again == drawn
    for plot in drawn.values():
        links = set(re.findall(r"https?://[^\"' ]+", plot["svg"]))
        assert links <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
        assert "<script" not in plot["svg"]


def test_the_page_has_each_plot_with_its_words_and_its_data(drawn: dict[str, plots.Plot]) -> None:
    """An image with an alternative, and a table with a header to each column; headings in order; no script."""
    page = html_of(page_of({"report": told(FACTS), "plots": list(drawn.values())})).decode()
    assert page.count("<figure>") == page.count("<img alt=") == page.count("<table>") == len(drawn)
    assert 'lang="en"' in page
    assert page.count("<h1>") == 1
    assert "<script" not in page
    for plot in drawn.values():
        assert f"<figcaption>{plot['title']}</figcaption>" in page
    assert '<th scope="col">People</th>' in page


def test_the_pdf_claims_to_be_accessible(drawn: dict[str, plots.Plot]) -> None:
    """PDF/UA-1, which typst refuses where an image has no words; the same page is the same bytes."""
    page = orjson.dumps(page_of({"report": told(FACTS), "plots": list(drawn.values())})).decode()
    made = child.made(page)
    assert made.startswith(b"%PDF-")
    assert b"pdfuaid" in made
    assert made == child.made(page)


def test_nobody_s_id_is_in_any_of_them(drawn: dict[str, plots.Plot]) -> None:
    """Neither an enrolment's nor the scheme's."""
    page = html_of(page_of({"report": told(FACTS), "plots": list(drawn.values())})).decode()
    for id in (UUID(int=100), UUID(int=101), PLAN.scheme, PLAN.id):
        assert str(id) not in page
