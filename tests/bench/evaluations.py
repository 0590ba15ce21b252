"""What the report of an evaluation costs. A measurement, not a test; run from the repository's root:

    python -m tests.bench.evaluations

Goal (issue E): the report of 500 people in less than 3 s, over PostgreSQL, with everything on: gathered, reckoned, its
plots drawn, and set as a page and a PDF. Each of them has forty sessions, and was measured before and after.
"""

import asyncio
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any, Final

import orjson
import uvloop

from api.printing import plots
from api.printing.html import html_of
from api.printing.report import page_of
from api.wire import to_bytes
from api.wiring.opening import opened
from api.work.bench import service_begin
from domain.confidentiality.record import Record
from domain.evaluation.design import ComparisonDesign
from domain.evaluation.gathering import gathered
from domain.evaluation.measurement import CompletionMode, Measurement, MeasuringPoint
from domain.evaluation.plan import Evaluation, EvaluationState
from domain.evaluation.report import report
from domain.kernel.ids import (
    ActorId,
    EnrolmentId,
    EvaluationId,
    JobId,
    MeasurementId,
    PersonId,
    SchemeId,
    SessionId,
    SupporterId,
)
from domain.oversight.record import Job, JobKind
from domain.schemes.record import Scheme, SchemeState
from domain.sessions.record import Enrolment, EnrolmentState, Session, SessionState
from persistence import driver, migrate
from persistence.cipher import Cipher
from persistence.keys import Keys
from persistence.mapping import MAPPED
from tests.bench import estate, inproc, issuer, machine

PEOPLE: Final = 500
SESSIONS: Final = 40
_PRISON: Final = "F000"
_CODE: Final = next(code for code, kind in estate.KINDS.items() if not kind.policy.closed)
_NOW: Final = datetime.now(UTC)
_TODAY: Final = _NOW.date()
_PLAN: Final = EvaluationId(estate.uid("evaluation"))
_SCHEME: Final = SchemeId(estate.scheme_of(_PRISON, _CODE))
_PLACE: Final[dict[str, Any]] = {
    "scheme": _SCHEME,
    "jurisdiction": "EW",
    "prison": _PRISON,
    "organisation": estate.KINDS[_CODE].partner,
}


def records() -> Iterator[Sequence[Record]]:
    """The scheme, its evaluation, people, sessions and what they answered."""
    kind, random = estate.KINDS[_CODE], Random(1)
    about: dict[str, Any] = {"support_types": kind.support_types, "stage_of_sentence": kind.stage_of_sentence}
    yield [
        Scheme(
            id=_SCHEME,
            kind=_CODE,
            name=kind.title,
            closed=False,
            purpose=kind.purpose,
            state=SchemeState.LIVE,
            open=True,
            live_from=_TODAY,
            opened_on=_TODAY,
            **about,
            **_PLACE,
        )
    ]
    yield [
        Evaluation(
            id=_PLAN,
            title="Do they fare better?",
            question="Does wellbeing change?",
            design=ComparisonDesign.WAIT_LIST,
            outcome="SWEMWBS",
            wanted=PEOPLE,
            starts_on=_TODAY - timedelta(days=300),
            running_weeks=26,
            analysis_on=_TODAY,
            approached=700,
            refused=100,
            state=EvaluationState.REGISTERED,
            registered_on=_TODAY - timedelta(days=301),
            **_PLACE,
        )
    ]
    everybody = [EnrolmentId(estate.uid(f"enrolment {n}")) for n in range(PEOPLE)]
    yield [_enrolment(id, n) for n, id in enumerate(everybody)]
    yield [_session(id, n, s) for n, id in enumerate(everybody) for s in range(SESSIONS)]
    yield [
        _measurement(id, n, point, random)
        for n, id in enumerate(everybody)
        for point in (MeasuringPoint.BASELINE, MeasuringPoint.END)
    ]


def _enrolment(id: EnrolmentId, n: int) -> Enrolment:
    return Enrolment(
        id=id,
        wing=f"{_PRISON}-A",
        person=PersonId(estate.uid(f"person {n}")),
        name="Sam Made-Up",
        state=EnrolmentState.STARTED,
        enrolled_on=_TODAY - timedelta(days=290),
        **_PLACE,
    )


def _session(id: EnrolmentId, n: int, s: int) -> Session:
    starts = _NOW - timedelta(days=s + 1, minutes=n)
    return Session(
        id=SessionId(estate.uid(f"session {n} {s}")),
        enrolment=id,
        wing=f"{_PRISON}-A",
        person=PersonId(estate.uid(f"person {n}")),
        supporter=SupporterId(estate.uid(f"supporter {n}")),
        supporter_person=PersonId(estate.uid(f"supporting {n}")),
        starts_at=starts,
        ends_at=starts + timedelta(minutes=20),
        state=SessionState.DELIVERED if (n + s) % 4 else SessionState.NOT_DELIVERED,
        minutes=20,
        **_PLACE,
    )


def _measurement(id: EnrolmentId, n: int, point: MeasuringPoint, random: Random) -> Measurement:
    better = 0.6 if point is MeasuringPoint.END and n % 3 else 0.0
    return Measurement(
        id=MeasurementId(estate.uid(f"measurement {n} {point}")),
        evaluation=_PLAN,
        enrolment=id,
        person=PersonId(estate.uid(f"person {n}")),
        instrument="SWEMWBS",
        instrument_version=1,
        point=point,
        taken_on=_TODAY - timedelta(days=290 if point is MeasuringPoint.BASELINE else 40),
        enrolled_on=_TODAY - timedelta(days=290),
        compared=n % 3 == 0,
        mode=CompletionMode.ON_PAPER,
        consent_version=1,
        answers=tuple(max(1, min(5, round(random.gauss(2.7 + better, 1)))) for _ in range(7)),
        **_PLACE,
    )


async def _fill(url: str) -> None:
    await migrate.upgrade(url)
    cipher, connection = Cipher(Keys.parse(estate.KEYS)), await driver.connect(url, timeout=5)
    try:
        await connection.execute("set session_replication_role = replica")
        for made in records():
            rows = [MAPPED[r.shape.kind].row(r, cipher, 1) for r in made]
            table = MAPPED[made[0].shape.kind].name
            values = [tuple(row.values()) for row in rows]
            await connection.copy_records_to_table(table, records=values, columns=list(rows[0]))
        await connection.execute("vacuum (analyze)")
    finally:
        await connection.close()


async def _measure(postgres: machine.Postgres, issuers: str) -> None:
    job = Job(
        id=JobId(estate.uid("job")),
        author=ActorId(estate.uid("evaluator")),
        jurisdiction="EW",
        prison=_PRISON,
        kind=JobKind.EVALUATION,
        scheme=_SCHEME,
        made_at=_NOW,
    )
    async with opened(inproc.settings(postgres.app_url, issuers)) as found:
        for _ in range(3):
            at = [time.perf_counter()]
            facts = await gathered(service_begin(found.runtime), job)
            at.append(time.perf_counter())
            assert facts is not None
            assert len(facts.taken) == 2 * PEOPLE
            told = orjson.loads(to_bytes(report(facts)))
            at.append(time.perf_counter())
            drawn = plots.drawn(told)
            at.append(time.perf_counter())
            page = page_of({"report": told, "plots": drawn})
            size = len(html_of(page))
            at.append(time.perf_counter())
            printed = await found.runtime.press.pdf_of(page, time.perf_counter())
            at.append(time.perf_counter())
            names = ("gathered", "reckoned", "drawn", "page", "PDF")
            spent = ", ".join(
                f"{name} {1000 * (b - a):.0f} ms" for name, (a, b) in zip(names, pairwise(at), strict=True)
            )
            whole = at[-1] - at[0]
            print(f"{PEOPLE} people: {whole:.2f} s ({spent}); {size} and {len(printed)} bytes")


def main() -> None:
    """Measure, and print."""
    with machine.postgres() as postgres, issuer.published() as issuers:
        asyncio.run(_fill(postgres.owner_url))
        uvloop.run(_measure(postgres, issuers))


if __name__ == "__main__":
    main()
