"""The page's own words in both languages, in one place. Codes of the closed vocabularies are said in plain English, and
are marked as English on a Welsh page (rule 28): a wrong translation would be worse than none."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from api.language import Language

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
        "blank": ("Not answered yet.", "Heb ei ateb eto."),
        "yes": ("Yes", "Ie"),
        "no": ("No", "Na"),
    }
)
_AT: Final = {Language.ENGLISH: 0, Language.WELSH: 1}


def label(member: str, language: Language) -> str:
    """What a member of the charter is called."""
    return _LABELS[member][_AT[language]]


def phrase(name: str, language: Language) -> str:
    """One of the page's own phrases."""
    return _PHRASES[name][_AT[language]]


def of_code(code: str) -> str:
    """A code in plain English: `GIVE_ADVICE` is 'Give advice'."""
    return code.replace("_", " ").capitalize()
