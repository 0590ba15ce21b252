"""What was made of packs in each prison: evidence, a register for a spreadsheet, and a chronology after the death for
which the hold is."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from domain.confidentiality.record import Record
from domain.oversight.record import ExportOf, Job, JobKind, JobState
from domain.packs.covering import CoverKept
from tests.http.cast import START, actor

HASH = "0" * 64


def records(place: Any) -> Iterator[Record]:
    """All three, done, and the cover of a month."""
    far = {"far:": "far-coordinator", "irish:": "irish-coordinator"}.get(place.prefix)
    made: dict[str, Any] = {
        "jurisdiction": place.jurisdiction,
        "prison": place.prison,
        "state": JobState.DONE,
        "progress": 100,
        "made_at": START - timedelta(hours=1),
        "ended_at": START,
    }
    yield Job(
        id=place.id("job:evidence"),
        author=actor(far or "imb"),
        kind=JobKind.EVIDENCE,
        quarter=date(2026, 7, 1),
        file=json.dumps({"numbers": [], "sampled": []}),
        **made,
    )
    yield Job(
        id=place.id("job:export"),
        author=actor(far or "coordinator"),
        kind=JobKind.EXPORT,
        scheme=place.id("scheme:insiders"),
        exported=ExportOf.RISKS,
        rule="coordinator.operations.own-scheme.registers",
        file=json.dumps({"head": ["id"], "rows": [], "whole": True}),
        **made,
    )
    yield Job(
        id=place.id("job:chronology"),
        author=actor(far or "ombudsman"),
        kind=JobKind.CHRONOLOGY,
        hold=place.id("envelope-hold"),
        about=HASH,
        file=json.dumps(
            {
                "firstDay": "2026-10-14",
                "lastDay": "2026-11-14",
                "recordedAt": "2026-11-14T10:00:00Z",
                "events": [],
                "sha256": HASH,
            }
        ),
        **made,
    )
    yield CoverKept(
        id=place.id("cover-kept"),
        jurisdiction=place.jurisdiction,
        prison=place.prison,
        scheme=place.id("scheme:insiders"),
        month=date(2026, 1, 1),
        wings=("ALL",),
        day_needed=(30,),
        day_covered=(25,),
        night_needed=(0,),
        night_covered=(0,),
    )
