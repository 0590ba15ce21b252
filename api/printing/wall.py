"""A rota as a page for a wall: days down, bands across, names in between; no prison number, for none is in it."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from api.language import Language
from api.printing.page import Page
from api.printing.words import clean, day
from domain.care.published import Printed
from domain.kernel.bands import Band

BANDS: Final[Mapping[Band, tuple[str, str]]] = {
    Band.AM: ("Morning", "Bore"),
    Band.LUNCH_LOCKUP: ("Lunch lock-up", "Cloi amser cinio"),
    Band.PM: ("Afternoon", "Prynhawn"),
    Band.ED: ("Evening", "Min nos"),
    Band.NIGHT: ("Night", "Nos"),
}
_WEEK: Final = (
    ("Monday", "Dydd Llun"),
    ("Tuesday", "Dydd Mawrth"),
    ("Wednesday", "Dydd Mercher"),
    ("Thursday", "Dydd Iau"),
    ("Friday", "Dydd Gwener"),
    ("Saturday", "Dydd Sadwrn"),
    ("Sunday", "Dydd Sul"),
)
_SAID: Final[Mapping[str, tuple[str, str]]] = {
    "rota": ("Rota", "Rota"),
    "day": ("Day", "Diwrnod"),
    "until": ("to", "hyd"),
}


def wall_page(of: Printed, language: Language) -> Page:
    """The page. It says when its weeks are and not when it was printed: the same rota is the same bytes."""
    at = 0 if language is Language.ENGLISH else 1
    weeks = f"{day(of.days[0], language)} {_SAID['until'][at]} {day(of.days[-1], language)}"
    return {
        "lang": language.value,
        "title": f"{_SAID['rota'][at]}: {clean(of.scheme)}, {of.prison}, {weeks}",
        "notice": "",
        "facts": [],
        "sections": [],
        "table": {
            "head": [_SAID["day"][at], *(BANDS[band][at] for band in of.bands)],
            "rows": [
                [
                    f"{_WEEK[each.weekday()][at]}\n{day(each, language)}",
                    *("\n".join(_there(of, each, band)) for band in of.bands),
                ]
                for each in of.days
            ],
        },
    }


def _there(of: Printed, each: date, band: Band) -> list[str]:
    """The names, and below them how many more: `+2`."""
    more = of.others.get((each, band), 0)
    return [*(clean(name) for name in of.names.get((each, band), ())), *([f"+{more}"] if more else [])]
