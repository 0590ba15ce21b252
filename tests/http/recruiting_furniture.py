"""What recruiting has in each prison: vacancies, applications that stand elsewhere than at the beginning, what a panel
gave, security's word, and assessments."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from domain.confidentiality.record import Record
from domain.schemes.kinds import INSIDERS
from domain.supporters.record import Appeal, ApplicationReason, Standing, Supporter, Verdict
from domain.supporters.recruiting.application import Application, DeferralReason
from domain.supporters.recruiting.consent import CONSENT
from domain.supporters.recruiting.panel import PanelScore, Side
from domain.supporters.recruiting.questions import Question
from domain.supporters.recruiting.vacancies import Vacancy, VacancyState
from tests.http.cast import START, actor
from tests.recruited import assessment, clearance, result

TODAY = START.date()
ADVERTS: Any = (
    {"language": "en", "easyRead": False, "title": "Insiders wanted", "words": "Meet people on their first night."},
    {"language": "en", "easyRead": True, "title": "Insiders", "words": "Help new people. Ask an officer."},
)
ASKED = (Question.WHY_THIS_ROLE, Question.EXPLAINING_PLAINLY)
MARKS: Any = ({"question": "WHY_THIS_ROLE", "mark": 3}, {"question": "EXPLAINING_PLAINLY", "mark": 4})


def of(place: Any, name: str) -> dict[str, Any]:
    """The id of a record that is called so, and its place."""
    return {
        "id": place.id(name),
        "scheme": place.id("scheme:insiders"),
        "jurisdiction": place.jurisdiction,
        "prison": place.prison,
        "organisation": INSIDERS.partner,
    }


def vacancies(place: Any) -> Iterator[Vacancy]:
    """One that is published, and one that is only written."""
    said: dict[str, Any] = {
        "kind": INSIDERS.code,
        "places": 2,
        "closes_on": TODAY + timedelta(days=21),
        "adverts": ADVERTS,
        "questions": ASKED,
        "written_by": actor("coordinator"),
    }
    out = {"state": VacancyState.PUBLISHED, "in_force_from": START - timedelta(days=7)}
    yield Vacancy(**of(place, "vacancy"), **{**said, **out})
    yield Vacancy(**of(place, "vacancy:draft"), **said)


def recruiting(place: Any, supporter: Callable[..., Supporter], there: list[Supporter]) -> Iterator[Record]:
    """All of it, in one prison."""
    yield from vacancies(place)
    (applied,) = [s for s in there if s.id == place.id("supporter:applied")]
    more = {
        "deferred": (Standing.DEFERRED, {"deferred_for": DeferralReason.NEXT_COURSE, "review_on": TODAY}),
        "waiting": (Standing.WAITING, {"waiting": True, "turn": "9649 2025-11-23"}),
        "rejected": (Standing.REJECTED, {"decided_on": TODAY - timedelta(days=3)}),
        "appealed": (
            Standing.REJECTED,
            {"decided_on": TODAY - timedelta(days=9), "appealed_on": TODAY, "decided_by": (actor("coordinator"),)},
        ),
    }
    undecided = {"prison_verdict": None, "partner_verdict": None}
    for name, (standing, how) in more.items():
        said: dict[str, Any] = undecided
        if standing is Standing.REJECTED:
            said = {**undecided, "prison_verdict": Verdict.NO, "rejected_for": ApplicationReason.TRY_AGAIN_LATER}
            said["left_on"] = how["decided_on"]
        if name == "appealed":
            said["appeal"] = Appeal.LODGED
        who = f"{place.prefix}supporter:{name}"
        one = supporter(place, f"supporter:{name}", "scheme:insiders", who, standing, **said)
        yield one
        yield application(place, f"application:{name}", one, **how)
    marks = {"totals": tuple({"question": m["question"], "total": m["mark"]} for m in MARKS), "score": 350, "panel": 1}
    yield application(place, "application", applied, vacancy=place.id("vacancy"), consent_text=CONSENT, **marks)
    yield PanelScore(
        **of(place, "panel-score"),
        supporter=applied.id,
        person=applied.person,
        author=actor("safer"),
        side=Side.PRISON,
        scores=MARKS,
        given_on=TODAY,
    )
    yield clearance(applied, START, **of(place, "clearance"), decided_by=actor("security"))
    (taken,) = [s for s in there if s.id == place.id("supporter:accepted")]
    yield clearance(taken, START, decided_by=actor("security"), expires_on=TODAY + timedelta(days=30))
    barred = result("OFFENCE_TYPE", "HARD", "FAILED", "OFFENCE_RESTRICTED")
    failing: dict[str, Any] = {
        "made_by": actor("coordinator"),
        "results": (barred,),
        "snapshot": ({"rule": "OFFENCE_TYPE", "facts": ["NO"]},),
    }
    yield assessment(applied, START - timedelta(hours=1), **{**of(place, "assessment"), **failing})
    asked = {"rule": "OFFENCE_TYPE", "reason": "OUT_OF_DATE", "askedBy": str(actor("coordinator")), "approvedBy": None}
    yield assessment(applied, START, **{**of(place, "assessment:asked"), **failing, "overrides": (asked,)})


def application(place: Any, name: str, one: Supporter, **how: Any) -> Application:
    """What is kept of his application."""
    about = {"supporter": one.id, "person": one.person, "applied_on": one.applied_on}
    return Application(**of(place, name), **about, **how)
