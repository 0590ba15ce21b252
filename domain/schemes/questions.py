"""The questions that a plan answers: a closed vocabulary of sections, from the seed's checklist.

'Planning and development' whole; of the other three areas what a plan must say beforehand: growth, supervision and
contingency (implementation), checks and involvement (maintaining), risks and attitudes (monitoring). A section is a
question in two languages and the members of the charter that answer it; codes never change with the language. Where
another register of the scheme holds the data (stakeholders, service times, risks, contingency), the section holds
what the plan says of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Area(StrEnum):
    """The seed's four areas."""

    PLANNING = "PLANNING"
    IMPLEMENTATION = "IMPLEMENTATION"
    MAINTAINING = "MAINTAINING"
    MONITORING = "MONITORING"


class Section(StrEnum):
    """One section of a charter, in the order in which it is read."""

    PURPOSE = "PURPOSE"
    WHY = "WHY"
    TARGET_GROUP = "TARGET_GROUP"
    OUTCOMES = "OUTCOMES"
    DURATION = "DURATION"
    AVAILABILITY = "AVAILABILITY"
    CONFIDENTIALITY = "CONFIDENTIALITY"
    RESOURCES = "RESOURCES"
    RECRUITMENT = "RECRUITMENT"
    TRAINING = "TRAINING"
    SUPPORT = "SUPPORT"
    PAY = "PAY"
    STAKEHOLDERS = "STAKEHOLDERS"
    IMPACT = "IMPACT"
    GROWTH = "GROWTH"
    SUPERVISION = "SUPERVISION"
    CONTINGENCY = "CONTINGENCY"
    MAINTENANCE = "MAINTENANCE"
    INVOLVEMENT = "INVOLVEMENT"
    RISKS = "RISKS"
    REVIEW = "REVIEW"


@dataclass(frozen=True, slots=True)
class Question:
    """What a section asks. `members` are the charter's fields that answer it; those in `optional` may stay empty, and
    the section is answered all the same."""

    area: Area
    title: Mapping[str, str]
    asks: Mapping[str, str]
    members: tuple[str, ...]
    optional: frozenset[str] = frozenset()


def _question(
    area: Area, en: tuple[str, str], cy: tuple[str, str], *members: str, optional: tuple[str, ...] = ()
) -> Question:
    title, asks = MappingProxyType({"en": en[0], "cy": cy[0]}), MappingProxyType({"en": en[1], "cy": cy[1]})
    return Question(area, title, asks, members + optional, frozenset(optional))


_PLAN, _START, _KEEP, _WATCH = Area.PLANNING, Area.IMPLEMENTATION, Area.MAINTAINING, Area.MONITORING

QUESTIONS: Final[Mapping[Section, Question]] = MappingProxyType(
    {
        Section.PURPOSE: _question(
            _PLAN,
            ("Purpose", "What is the purpose of the interaction, and what may a supporter do and not do?"),
            ("Diben", "Beth yw diben y rhyngweithio, a beth gaiff cefnogwr ei wneud a pheidio â'i wneud?"),
            "purpose",
            "permitted_tasks",
            "prohibited_tasks",
        ),
        Section.WHY: _question(
            _PLAN,
            ("Why", "Why do you need it, and what do you need it to do?"),
            ("Pam", "Pam mae ei angen arnoch, a beth mae angen iddo ei wneud?"),
            "why_needed",
            "meant_to_do",
        ),
        Section.TARGET_GROUP: _question(
            _PLAN,
            ("Who it is for", "What is the target group, and what are their needs?"),
            ("I bwy y mae", "Pwy yw'r grŵp targed, a beth yw eu hanghenion?"),
            "target_group",
            "needs",
            "needs_evidence",
            "evidence_sources",
        ),
        Section.OUTCOMES: _question(
            _PLAN,
            ("Outcomes", "Which outcomes, defined by the needs of the people supported, is it meant to have?"),
            ("Canlyniadau", "Pa ganlyniadau, wedi'u diffinio gan anghenion y bobl a gefnogir, y bwriedir eu cael?"),
            "outcomes",
        ),
        Section.DURATION: _question(
            _PLAN,
            ("How long support lasts", "How long does support last, and what ends it?"),
            ("Pa mor hir y mae'r cymorth yn para", "Pa mor hir y mae'r cymorth yn para, a beth sy'n dod ag ef i ben?"),
            "support_lasts",
            "endings",
            optional=("lasts_weeks",),
        ),
        Section.AVAILABILITY: _question(
            _PLAN,
            ("When, where and how to ask", "When, where and how will the service be available?"),
            ("Pryd, ble a sut i ofyn", "Pryd, ble a sut y bydd y gwasanaeth ar gael?"),
            "when_available",
            "places",
            "how_to_ask",
        ),
        Section.CONFIDENTIALITY: _question(
            _PLAN,
            ("What is passed on", "What is passed on, to whom and when, and what is not?"),
            ("Beth sy'n cael ei drosglwyddo", "Beth sy'n cael ei drosglwyddo, i bwy a phryd, a beth nad yw?"),
            "passed_on",
        ),
        Section.RESOURCES: _question(
            _PLAN,
            ("Resources", "What resources are available?"),
            ("Adnoddau", "Pa adnoddau sydd ar gael?"),
            "staff_hours_a_week",
            "unlock_minutes_a_week",
            "rooms",
            "materials",
            "money_minor_units_a_year",
        ),
        Section.RECRUITMENT: _question(
            _PLAN,
            ("Recruitment", "How will the peer supporters be recruited, openly and with turnover in mind?"),
            ("Recriwtio", "Sut y caiff y cefnogwyr eu recriwtio, yn agored a chan gofio trosiant?"),
            "recruiting",
            "advertised_by",
            optional=("weeks_left_at_least",),
        ),
        Section.TRAINING: _question(
            _PLAN,
            ("Training", "How will the peer supporters be trained, and when do they practise?"),
            ("Hyfforddi", "Sut y caiff y cefnogwyr eu hyfforddi, a phryd y byddant yn ymarfer?"),
            "training",
            "training_modules",
            "practice_contacts",
        ),
        Section.SUPPORT: _question(
            _PLAN,
            ("Support for supporters", "How will the peer supporters be supported?"),
            ("Cymorth i gefnogwyr", "Sut y caiff y cefnogwyr eu cefnogi?"),
            "supporting",
            "supporters_seen_every_days",
        ),
        Section.PAY: _question(
            _PLAN,
            ("Pay", "How will the peer supporters be paid, or why are they not?"),
            ("Tâl", "Sut y caiff y cefnogwyr eu talu, neu pam nad ydynt?"),
            "paying",
            "paid",
        ),
        Section.STAKEHOLDERS: _question(
            _PLAN,
            ("Stakeholders", "Who are the stakeholders, and how will you engage them?"),
            ("Rhanddeiliaid", "Pwy yw'r rhanddeiliaid, a sut y byddwch yn eu cynnwys?"),
            "stakeholders",
            "engaging",
        ),
        Section.IMPACT: _question(
            _PLAN,
            ("Impact", "How will you know if it has the intended impact?"),
            ("Effaith", "Sut y byddwch yn gwybod a yw'n cael yr effaith a fwriadwyd?"),
            "knowing",
            "evaluation_design",
            "analysis_on",
            "objectives",
        ),
        Section.GROWTH: _question(
            _START,
            ("Growth", "How will the scheme grow steadily, with a probationary period, and be made known to users?"),
            ("Twf", "Sut y bydd y cynllun yn tyfu'n gyson, gyda chyfnod prawf, ac yn dod yn hysbys i ddefnyddwyr?"),
            "growing",
            "probation_weeks",
        ),
        Section.SUPERVISION: _question(
            _START,
            ("Supervision", "How are staff and peer supporters supervised?"),
            ("Goruchwylio", "Sut y caiff staff a chefnogwyr eu goruchwylio?"),
            "supervising",
            "staff_seen_every_days",
        ),
        Section.CONTINGENCY: _question(
            _START,
            ("Contingency", "Which emergency and contingency plans are in place?"),
            ("Cynlluniau wrth gefn", "Pa gynlluniau argyfwng a chynlluniau wrth gefn sydd ar waith?"),
            "contingency",
        ),
        Section.MAINTENANCE: _question(
            _KEEP,
            (
                "Maintenance",
                "How are communication, training and support checked, and future recruitment, resources and need"
                " planned?",
            ),
            (
                "Cynnal",
                "Sut y caiff cyfathrebu, hyfforddi a chymorth eu gwirio, a sut y cynllunnir recriwtio, adnoddau ac"
                " angen at y dyfodol?",
            ),
            "maintaining",
        ),
        Section.INVOLVEMENT: _question(
            _KEEP,
            ("Involvement", "How are staff, peer supporters and stakeholders involved in developing it?"),
            ("Cynnwys pobl", "Sut y caiff staff, cefnogwyr a rhanddeiliaid eu cynnwys wrth ei ddatblygu?"),
            "involving",
        ),
        Section.RISKS: _question(
            _WATCH,
            ("Risks", "How will you watch attitudes, preferential treatment and the use of confidential information?"),
            ("Risgiau", "Sut y byddwch yn gwylio agweddau, triniaeth ffafriol a'r defnydd o wybodaeth gyfrinachol?"),
            "watching",
        ),
        Section.REVIEW: _question(
            _WATCH,
            ("Review", "When is the plan reviewed, and which findings does this version answer?"),
            ("Adolygu", "Pryd y caiff y cynllun ei adolygu, a pha ganfyddiadau y mae'r fersiwn hon yn eu hateb?"),
            "review_on",
            optional=("answers",),
        ),
    }
)
"""Every section's question. All must be answered before a version is published."""

MEMBERS: Final = tuple(member for question in QUESTIONS.values() for member in question.members)
"""Every member of a charter that somebody writes."""
