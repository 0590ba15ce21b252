"""The plots of an evaluation's report, as SVG: each with its data and with words that say the same to whoever cannot
see it. They show what the report tells, and nothing beside it: what is not told is no point, and the words say so.

Vega-Altair and vl-convert are heavy: this module is imported in a job's child process alone, and needs neither a
browser nor the network. The same report is the same plots.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import altair as alt
import vl_convert

Rows = Sequence[Mapping[str, Any]]
Plot = dict[str, Any]
_WIDE, _TALL = 480, 240
_INK: Final = "#1a1a1a"
_FILL: Final = "#9ec1dd"
_FONT: Final = "Libertinus Serif"
"""The font that the press has of its own; a browser that has it not takes the next best."""
_GRADIENT: Final = re.compile(r"gradient_\d+")
_WEEK: Final = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
_BANDS: Final = ("AM", "LUNCH_LOCKUP", "PM", "ED", "NIGHT")


def drawn(told: Mapping[str, Any]) -> list[Plot]:
    """Every plot of which this report has anything to show, in the order in which they are read."""
    found = (_flow(told), _trend(told), _series(told), _waits(told), _cover(told), _staying(told))
    return [plot for plot in found if plot is not None]


def _flow(told: Mapping[str, Any]) -> Plot | None:
    rows = [{"step": _plain(each["step"]), "people": each["people"]} for each in told["flow"] or ()]
    steps = alt.Y("step:N", sort=[row["step"] for row in rows], title=None)
    base = _chart(rows).encode(y=steps)
    bars = base.mark_bar(color=_FILL, stroke=_INK).encode(x=alt.X("people:Q", title="People, to the nearest five"))
    # No bar is nobody; who is not told is not nobody.
    untold = base.transform_filter("datum.people === null").mark_text(align="left", dx=4, color=_INK, fontSize=12)
    return _plot(
        "FLOW",
        "From those who were asked to those who were analysed",
        rows,
        lambda row: f"{row['step']} {_few(row['people'])}",
        "people",
        bars + untold.encode(x=alt.datum(0), text=alt.value("not told")),
    )


def _trend(told: Mapping[str, Any]) -> Plot | None:
    rows = [{**each, "point": _plain(each["point"])} for each in told["points"] if each["people"] != 0]
    score = alt.Y("mean:Q", title="Mean score", scale=alt.Scale(zero=False))
    points = alt.X("point:N", sort=[row["point"] for row in rows], title=None, axis=alt.Axis(labelAngle=0))
    base = _chart(rows)
    chart = (
        base.mark_errorbar(ticks=True, color=_INK).encode(
            x=points, y=alt.Y("low:Q", title="Mean score", scale=alt.Scale(zero=False)), y2="high:Q"
        )
        + base.mark_line(color=_INK).encode(x=points, y=score)
        + base.mark_point(color=_INK, filled=True, size=60, opacity=1).encode(x=points, y=score)
    )

    def said(row: Mapping[str, Any]) -> str:
        if row["mean"] is None:
            return f"{row['point']}: too few to tell"
        return f"{row['point']}: mean {row['mean']}, 95 % interval {row['low']} to {row['high']}"

    return _plot(
        "TREND", f"Mean score with its 95 % interval: {told['method']['outcomeTitle']}", rows, said, "mean", chart
    )


def _series(told: Mapping[str, Any]) -> Plot | None:
    of: Mapping[str, Any] = told["series"] or {"months": (), "began": ""}
    rows: Rows = [{**each} for each in of["months"]]
    month = alt.X("month:O", title="Month")
    base = _chart(rows)
    began = _chart([{"month": of["began"]}]).mark_rule(strokeDash=[4, 3], color=_INK).encode(x=month)
    chart = (
        base.mark_point(color=_INK, filled=True).encode(x=month, y=alt.Y("value:Q", title="Value, to the nearest five"))
        # Two lines, for what lies between them is no month.
        + base.transform_calculate(after=f"datum.month >= '{of['began']}'")
        .mark_line(color=_INK)
        .encode(x=month, y="fitted:Q", detail="after:N")
        + began
    )
    return _plot(
        "SERIES",
        f"Month by month; the scheme began in {of['began']}",
        rows,
        lambda row: f"{row['month']}: {_few(row['value'])}",
        "value",
        chart,
    )


def _waits(told: Mapping[str, Any]) -> Plot | None:
    rows = [
        {"month": each["month"], "share": share, "minutes": each[name]}
        for each in told["requests"]
        for name, share in (("median", "half"), ("nineInTen", "nine in ten"))
    ]
    base = _chart(rows).encode(
        x=alt.X("month:O", title="Month"), y=alt.Y("minutes:Q", title="Minutes", scale=alt.Scale(zero=True))
    )
    chart = base.mark_line(color=_INK).encode(
        strokeDash=alt.StrokeDash("share:N", legend=None, scale=alt.Scale(range=[[1, 0], [5, 3]]))
    ) + base.mark_point(color=_INK, filled=True, size=60, opacity=1).encode(
        shape=alt.Shape("share:N", title="Share met", scale=alt.Scale(range=["circle", "square"]))
    )
    return _plot(
        "WAITS",
        "Minutes within which half of all requests of a month were met, and nine in ten",
        rows,
        lambda row: (
            f"{row['month']}, {row['share']}: "
            + ("not told, or not met" if row["minutes"] is None else f"{row['minutes']} minutes")
        ),
        "minutes",
        chart,
    )


def _cover(told: Mapping[str, Any]) -> Plot | None:
    rows = [
        {"weekday": _plain(each["weekday"]), "band": _plain(each["band"]), "perCent": each["perCent"]}
        for each in told["cover"]
    ]
    base = _chart(rows).encode(
        x=alt.X("weekday:N", sort=[_plain(day) for day in _WEEK], title=None),
        y=alt.Y("band:N", sort=[_plain(band) for band in _BANDS], title=None),
    )
    scale = alt.Scale(domain=[0, 100], range=["#ffffff", "#2f6690"], interpolate="rgb")
    shade = alt.Color("perCent:Q", title="Per cent", scale=scale)
    dark = alt.condition("datum.perCent > 80", alt.value("#ffffff"), alt.value(_INK))
    shown, untold = (base.transform_filter(f"datum.perCent {sign} null") for sign in ("!==", "==="))
    chart = (
        shown.mark_rect(stroke=_INK).encode(color=shade)
        + shown.mark_text().encode(text="perCent:Q", color=dark)
        + untold.mark_text(color=_INK).encode(text=alt.value("not told"))
    )
    return _plot(
        "COVER",
        "Days on which everybody needed was on the rota, in per cent",
        rows,
        lambda row: (
            f"{row['weekday']}, {row['band']}: "
            + ("too few days to tell" if row["perCent"] is None else f"{row['perCent']} per cent")
        ),
        "perCent",
        chart,
    )


def _staying(told: Mapping[str, Any]) -> Plot | None:
    rows = [dict(each) for each in told["supportersStaying"]]
    day = alt.X("day:Q", title="Days in the role")
    base = _chart(rows)
    share = alt.Y("share:Q", title="Share still in the role", scale=alt.Scale(domain=[0, 1]))
    chart = base.mark_area(color=_FILL, interpolate="step-after").encode(
        x=day, y=alt.Y("low:Q", title="Share still in the role", scale=alt.Scale(domain=[0, 1])), y2="high:Q"
    ) + base.mark_line(color=_INK, interpolate="step-after").encode(x=day, y=share)
    return _plot(
        "STAYING",
        "How long supporters stay, with the 95 % interval",
        rows,
        lambda row: (
            f"after {row['day']} days {round(100 * row['share'])} per cent"
            f" ({round(100 * row['low'])} to {round(100 * row['high'])})"
        ),
        "share",
        chart,
    )


def _chart(rows: Rows) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=list(rows)), width=_WIDE, height=_TALL)


def _plot(
    name: str, title: str, rows: Rows, said: Callable[[Mapping[str, Any]], str], shown: str, chart: Any
) -> Plot | None:
    """The plot; None: there is nothing that it could show."""
    if all(row[shown] is None for row in rows):
        return None
    spec = chart.configure(font=_FONT, background="#ffffff").configure_axis(
        labelFontSize=12, titleFontSize=12, labelLimit=200
    )
    return {
        "name": name,
        "title": title,
        "alternative": f"{title}. " + "; ".join(said(row) for row in rows) + ".",
        "data": [dict(row) for row in rows],
        "svg": _numbered(vl_convert.vegalite_to_svg(spec.to_dict())),
    }


def _numbered(svg: str) -> str:
    """With its gradients counted from nought: the renderer counts them through all that it ever drew."""
    order = list(dict.fromkeys(_GRADIENT.findall(svg)))
    return _GRADIENT.sub(lambda found: f"gradient_{order.index(found[0])}", svg)


def _few(count: int | None) -> str:
    return "too few to tell" if count is None else f"{count}"


def _plain(code: str) -> str:
    return code.replace("_", " ").capitalize()
