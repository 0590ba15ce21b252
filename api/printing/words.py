"""The page's own words in both languages, in one place. What codes are called is said by `api.texts.spoken`; one that
has no Welsh words is marked as English on a Welsh page (rule 28): a wrong translation would be worse than none."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from api.language import Language
from domain.schemes.measures import Unit

_LABELS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "purpose": ("Purpose", "Diben"),
        "permitted_tasks": ("What a supporter may do", "Yr hyn y caiff cefnogwr ei wneud"),
        "prohibited_tasks": ("What a supporter may not do", "Yr hyn na chaiff cefnogwr ei wneud"),
        "why_needed": ("Why it is needed", "Pam mae ei angen"),
        "meant_to_do": ("What it is meant to do", "Yr hyn y bwriedir iddo ei wneud"),
        "target_group": ("Target group", "Grŵp targed"),
        "needs": ("Needs", "Anghenion"),
        "needs_evidence": ("Evidence of these needs", "Tystiolaeth o'r anghenion hyn"),
        "evidence_sources": ("Sources", "Ffynonellau"),
        "outcomes": ("Outcomes", "Canlyniadau"),
        "support_lasts": ("Support lasts", "Mae'r cymorth yn para"),
        "endings": ("What ends it", "Yr hyn sy'n dod ag ef i ben"),
        "lasts_weeks": ("Weeks", "Wythnosau"),
        "when_available": ("When", "Pryd"),
        "places": ("Where", "Ble"),
        "how_to_ask": ("How to ask", "Sut i ofyn"),
        "passed_on": ("What is passed on", "Beth sy'n cael ei drosglwyddo"),
        "staff_hours_a_week": ("Staff hours a week", "Oriau staff yr wythnos"),
        "unlock_minutes_a_week": ("Unlock minutes a week", "Munudau datgloi yr wythnos"),
        "rooms": ("Rooms", "Ystafelloedd"),
        "materials": ("Materials", "Deunyddiau"),
        "money_minor_units_a_year": ("Money a year", "Arian y flwyddyn"),
        "recruiting": ("How supporters are recruited", "Sut y caiff cefnogwyr eu recriwtio"),
        "advertised_by": ("Where places are advertised", "Ble y caiff lleoedd eu hysbysebu"),
        "weeks_left_at_least": ("Least weeks left to serve", "Lleiafswm yr wythnosau sy'n weddill"),
        "training": ("How supporters are trained", "Sut y caiff cefnogwyr eu hyfforddi"),
        "training_modules": ("Modules", "Modiwlau"),
        "practice_contacts": ("Contacts in practice", "Cysylltiadau ymarfer"),
        "supporting": ("How supporters are supported", "Sut y caiff cefnogwyr eu cefnogi"),
        "supporters_seen_every_days": ("Days between meetings", "Dyddiau rhwng cyfarfodydd"),
        "paying": ("How supporters are paid", "Sut y caiff cefnogwyr eu talu"),
        "paid": ("Paid", "Â thâl"),
        "stakeholders": ("Stakeholders", "Rhanddeiliaid"),
        "engaging": ("How they are engaged", "Sut y cânt eu cynnwys"),
        "knowing": ("How we will know", "Sut y byddwn yn gwybod"),
        "evaluation_design": ("Design of the evaluation", "Cynllun y gwerthusiad"),
        "analysis_on": ("Analysis on", "Dadansoddi ar"),
        "objectives": ("Objectives", "Amcanion"),
        "growing": ("How it grows", "Sut y mae'n tyfu"),
        "probation_weeks": ("Weeks of probation", "Wythnosau prawf"),
        "supervising": ("How all are supervised", "Sut y caiff pawb eu goruchwylio"),
        "staff_seen_every_days": ("Days between meetings with staff", "Dyddiau rhwng cyfarfodydd â staff"),
        "contingency": ("Plans", "Cynlluniau"),
        "maintaining": ("Checks and forward plans", "Gwiriadau a chynlluniau at y dyfodol"),
        "involving": ("How people are involved", "Sut y caiff pobl eu cynnwys"),
        "watching": ("What is watched", "Yr hyn sy'n cael ei wylio"),
        "review_on": ("Reviewed on", "Adolygir ar"),
        "answers": ("Findings answered", "Canfyddiadau a atebwyd"),
    }
)
_PHRASES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "charter": ("Charter", "Siarter"),
        "version": ("Version", "Fersiwn"),
        "state": ("State", "Statws"),
        "since": ("In force since", "Mewn grym ers"),
        "until": ("In force until", "Mewn grym tan"),
        # Like `api.do_this_now`, words that somebody may act on: their owners approve them before a service goes live.
        "not_running": (
            "This scheme does not run now. Do not wait for it. If you need help, speak to any officer or press your "
            "cell bell. If a life may be at risk, raise the alarm now.",
            "Nid yw'r cynllun hwn yn rhedeg nawr. Peidiwch ag aros amdano. Os oes angen help arnoch, siaradwch ag "
            "unrhyw swyddog neu pwyswch gloch y gell. Os gall bywyd fod mewn perygl, codwch y larwm nawr.",
        ),
        "blank": ("Not answered yet.", "Heb ei ateb eto."),
        "scheme": ("Scheme", "Cynllun"),
        "partner": ("Partner", "Partner"),
        "signed": ("Signed by", "Llofnodwyd gan"),
        "signed_by_safer_custody": ("Safer custody", "Dalfa fwy diogel"),
        "signed_by_governor": ("The governor", "Y llywodraethwr"),
        "signed_by_partner": ("The partner", "Y partner"),
        "target": ("target", "targed"),
        "due": ("due", "erbyn"),
        "yes": ("Yes", "Ie"),
        "no": ("No", "Na"),
    }
)
_MONTHS: Final = (
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    [
        "Ionawr",
        "Chwefror",
        "Mawrth",
        "Ebrill",
        "Mai",
        "Mehefin",
        "Gorffennaf",
        "Awst",
        "Medi",
        "Hydref",
        "Tachwedd",
        "Rhagfyr",
    ],
)
_UNITS: Final[Mapping[Unit, tuple[str, str]]] = MappingProxyType(
    {
        Unit.PER_CENT: ("%", "%"),
        Unit.COUNT: ("", ""),
        Unit.MINUTES: (" minutes", " munud"),
        Unit.HOURS: (" hours", " awr"),
        Unit.DAYS: (" days", " diwrnod"),
        Unit.PEOPLE_PER_SUPPORTER: (" people for each supporter", " o bobl i bob cefnogwr"),
        Unit.TENTHS_OF_A_POINT: ("", ""),
        Unit.TENTHS_OF_FIVE: (" of five", " o bump"),
    }
)
_SIGNS: Final = {"GBP": "£", "EUR": "€"}
_AT: Final = {Language.ENGLISH: 0, Language.WELSH: 1}


def label(member: str, language: Language) -> str:
    """What a member of the charter is called."""
    return _LABELS[member][_AT[language]]


def phrase(name: str, language: Language) -> str:
    """One of the page's own phrases."""
    return _PHRASES[name][_AT[language]]


def day(of: date, language: Language) -> str:
    """A day as it is written by hand: 23 November 2026."""
    return f"{of.day} {_MONTHS[_AT[language]][of.month - 1]} {of.year}"


def month(of: date, language: Language) -> str:
    """The month of a day as it is written by hand: November 2026."""
    return f"{_MONTHS[_AT[language]][of.month - 1]} {of.year}"


def money(amount: int, currency: str) -> str:
    """Minor units as people write them: pounds and pence, or what is paid in there."""
    units, minor = divmod(amount, 100)
    return f"{_SIGNS.get(currency, currency + ' ')}{units:,}.{minor:02d}"


def measured(value: int, unit: Unit, language: Language) -> str:
    """A value with its unit; tenths of a point as points."""
    said = f"{value / 10:.1f}" if unit in (Unit.TENTHS_OF_A_POINT, Unit.TENTHS_OF_FIVE) else f"{value:,}"
    return said + _UNITS[unit][_AT[language]]


def clean(text: str) -> str:
    """Without control characters, which no printer can show; line breaks stay."""
    plain = text.replace("\r\n", "\n").replace("\t", " ")
    return "".join(c for c in plain if c == "\n" or unicodedata.category(c) not in ("Cc", "Cn", "Cs"))
