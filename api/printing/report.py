"""The report of an evaluation as a page, in English: what was asked and how, the figures, the plots with their words
and their data, and what has to be said beside them. It shows what the job's result tells, and works nothing out."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from api.language import Language
from api.printing.page import Page
from api.printing.words import clean, day
from domain.schemes.registers.resources import UNIT_OF, ResourceKind, ResourceUnit

_EN: Final = Language.ENGLISH
_FIRST: Final = "What has to be known before they are read?"
_TOO_FEW: Final = "too few to tell"
_DESIGNS: Final = {
    "SINGLE_GROUP": "The same people before and after, compared with nobody",
    "WAIT_LIST": "Compared with people who were waiting",
    "STEPPED_ROLL_OUT": "Compared with wings that the scheme had not reached",
    "MATCHED_WING": "Compared with a wing without the scheme",
    "BEFORE_AFTER_SERIES": "A measure month by month, before and after the scheme began",
}
_GROUPS: Final = {"scheme": "Those of the scheme", "compared": "Those compared with"}


def page_of(result: Mapping[str, Any]) -> Page:
    """The page."""
    told = result["report"]
    method = told["method"]
    early = "Too early to judge: the scheme has not run as long as was planned." if told["tooEarlyToJudge"] else ""
    return {
        "lang": _EN.value,
        "title": f"Evaluation: {clean(method['title'])}",
        "notice": early,
        "facts": _parts(
            ("As it was on", _day(method["asOf"])),
            ("Answers counted until", _day(method["countedUntil"])),
            ("Design", _DESIGNS[method["design"]]),
            ("Primary outcome", method["outcomeTitle"]),
            ("Registered on", _day(method["registeredOn"])),
        ),
        "sections": [section for section in _sections(told) if section["parts"]],
        "figures": [_figure(plot) for plot in result["plots"]],
    }


def _sections(told: Mapping[str, Any]) -> list[Page]:
    method = told["method"]
    change: Mapping[str, Any] = told["change"] or {}
    lost: Mapping[str, int | None] = told["notMeasuredAfter"] or {}
    leavers: Mapping[str, Any] = told["leavers"] or {}
    caveats = _listed("Limits", [c["says"] for c in told["caveats"]])
    return [
        # What limits the figures stands before them.
        {"title": "What these figures cannot say", "question": _FIRST, "parts": caveats, "blank": ""},
        _section("Question and method", "What was to be found out, and how?", *_method(method)),
        _section(
            "Flow",
            "How many were asked, said yes, and were measured?",
            *((_plain(each["step"]), _count(each["people"])) for each in told["flow"] or ()),
        ),
        _section(
            "Not measured after",
            "Who was lost, and why?",
            *((_plain(why), _count(lost[why])) for why in sorted(lost, key=lambda why: (why == "total", why))),
            *(("Before: " + who, _mean_of(each["before"])) for who, each in leavers.items()),
        ),
        _section("Change", "How did people change?", *_changes(change)),
        *(
            _section(f"Further: {each['title']}", "No answer to the question.", *_changes(each))
            for each in told["further"]
        ),
        _section("Dose", "How much of the scheme did they have?", *_dose(told["dose"])),
        _section("Series", "How did the measure change when the scheme began?", *_series(told["series"])),
        _section("Requests", "How many asked for a Listener in this prison, and how long did it take?", *_asked(told)),
        _section("Themes", "What did people say of it?", *_themes(told["themes"])),
        _section("Harms", "Did anybody come to harm?", *_harms(told["harms"])),
        _section(
            "Cost", "What did the scheme use?", *((_plain(k), _used(k, told["used"][k])) for k in sorted(told["used"]))
        ),
        _section("Answers", "How were the answers collected?", *_collected(told["collected"])),
        _section("Conclusion", "What was found?", ("Conclusion", method["conclusion"])),
    ]


def _method(method: Mapping[str, Any]) -> list[tuple[str, str | None]]:
    return [
        ("Question", method["question"]),
        ("Began", _day(method["startsOn"])),
        ("To be analysed on", _day(method["analysisOn"])),
        ("Least weeks of running", f"{method['runningWeeks']}"),
        ("Wanted", f"{method['wanted']}"),
        ("Whoever was not measured after", _plain(method["missingAs"])),
        ("Collected by", _plain(method["collectedBy"])),
        ("Version of the words of consent", f"{method['consentVersion']}"),
    ]


def _changes(told: Mapping[str, Any]) -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = []
    for name, called in _GROUPS.items():
        if name in told:
            found += [(f"{called}: {label}", said) for label, said in _change(told[name])]
    if "difference" in told:
        found.append(("Difference between the two", _interval(told["difference"])))
    return found


def _change(of: Mapping[str, Any]) -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = [
        ("people", _count(of["people"])),
        ("mean change", _interval(of)),
        ("standard deviation of the changes", _mean_of(of["sd"])),
        ("mean before and after", f"{_mean_of(of['before'])}, {_mean_of(of['after'])}"),
    ]
    if of["standardised"] is not None:
        made = of["standardised"]
        found.append(("standardised change", f"d_z {made['dZ']}, d_av {made['dAv']}, Hedges g {made['g']}"))
    if of["reliable"] is not None:
        made = of["reliable"]
        shares: Mapping[str, Any] = made["shares"] or {}
        for name in ("improved", "neither", "deteriorated"):
            share = f", {_share(shares[name])}" if name in shares else ""
            found.append(
                (f"reliably {name}" if name != "neither" else "no reliable change", _count(made[name]) + share)
            )
    return found


def _dose(of: Mapping[str, Any] | None) -> list[tuple[str, str | None]]:
    if of is None:
        return []
    each = of["changeASession"]
    return [
        ("People", _count(of["people"])),
        ("Sessions, median", _mean_of(of["sessions"])),
        ("Minutes, median", _mean_of(of["minutes"])),
        ("Delivered of what was planned", None if of["delivered"] is None else _share(of["delivered"])),
        (
            "Change with each further session",
            None if each is None else f"{each['by']} (95 % interval {each['low']} to {each['high']})",
        ),
    ]


def _series(of: Mapping[str, Any] | None) -> list[tuple[str, str | None]]:
    if of is None:
        return []
    return [("Change of level", _interval(of["level"])), ("Change of slope, a month", _interval(of["slope"]))]


def _asked(told: Mapping[str, Any]) -> list[tuple[str, str | None]]:
    return [
        (
            each["month"],
            f"{_count(each['day'])} by day, {_count(each['night'])} by night; not met: {_count(each['unmet'])};"
            f" half within {_minutes(each['median'])}, nine in ten within {_minutes(each['nineInTen'])}",
        )
        for each in told["requests"]
    ]


def _used(kind: str, amount: int) -> str:
    """With its unit; money as units and hundredths of the prison's currency."""
    unit = UNIT_OF[ResourceKind(kind)]
    return (
        f"{amount / 100:,.2f} in the currency of the prison"
        if unit is ResourceUnit.MINOR_UNITS
        else f"{amount:,} {unit.value.lower()}"
    )


def _themes(of: Mapping[str, Any] | None) -> list[tuple[str, str | None]]:
    if of is None:
        return []
    return [
        ("Said something", _count(of["given"])),
        *((_plain(t), _count(of["themes"][t])) for t in sorted(of["themes"])),
    ]


def _harms(of: Mapping[str, Any]) -> list[tuple[str, str | None]]:
    rate = of["rate"]
    said = None if rate is None else f"{rate['perThousandDays']} (95 % interval {rate['low']} to {rate['high']})"
    return [("People", _count(of["people"])), ("In a thousand prisoner-days", said)]


def _collected(of: Mapping[str, Any]) -> list[tuple[str, str | None]]:
    return [
        *((_plain(m), _count(of["modes"][m])) for m in sorted(of["modes"], key=lambda m: (m == "total", m))),
        ("First measured late", _count(of["lateBaselines"])),
        ("Answered too little to be scored", _count(of["unscored"])),
    ]


def _figure(plot: Mapping[str, Any]) -> Page:
    head = list(plot["data"][0])
    rows = [["not told" if row[name] is None else f"{row[name]}" for name in head] for row in plot["data"]]
    return {
        "title": plot["title"],
        "alternative": plot["alternative"],
        "svg": plot["svg"],
        "head": [_plain(name) for name in head],
        "rows": rows,
    }


def _section(title: str, question: str, *told: tuple[str, str | None]) -> Page:
    return {"title": title, "question": question, "parts": _parts(*told), "blank": ""}


def _parts(*told: tuple[str, str | None]) -> list[Page]:
    return [
        {"label": label, "said": [clean(said)], "list": False, "english": False}
        for label, said in told
        if said is not None
    ]


def _listed(label: str, said: Sequence[str]) -> list[Page]:
    return [{"label": label, "said": [clean(each) for each in said], "list": True, "english": False}]


def _count(n: int | None) -> str:
    return _TOO_FEW if n is None else f"{n:,}"


def _mean_of(value: float | None) -> str:
    return _TOO_FEW if value is None else f"{value}"


def _interval(of: Mapping[str, Any] | None) -> str:
    if of is None or of["mean"] is None:
        return _TOO_FEW
    return f"{of['mean']} (95 % interval {of['low']} to {of['high']})"


def _minutes(of: int | None) -> str:
    return "a time that is not told" if of is None else f"{of} minutes"


def _share(of: Mapping[str, Any]) -> str:
    return f"{of['perCent']} % (95 % interval {of['low']} to {of['high']} %)"


def _day(said: str | None) -> str | None:
    return None if said is None else day(date.fromisoformat(said), _EN)


def _plain(code: str) -> str:
    return code.replace("_", " ").capitalize()
