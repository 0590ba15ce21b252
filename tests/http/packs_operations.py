"""What the tests that run over every operation need of packs: as `registers_operations`."""

from typing import Any

CHRONOLOGY = ("getChronology", "getChronologyPage", "getChronologyPdf")
EVIDENCE = ("getEvidencePack", "getEvidencePackPage", "getEvidencePackPdf")

EXAMPLES: dict[str, dict[str, Any]] = {
    **{name: {"by": "imb", "on": "job:evidence"} for name in EVIDENCE},
    "getJobExport": {"by": "coordinator", "on": "job:export"},
    **{name: {"by": "ombudsman", "on": "job:chronology"} for name in CHRONOLOGY},
    "getMonthlyFigures": {"by": "headquarters"},
    "getMonthlyFiguresCsv": {"by": "headquarters"},
}
"""By operation: who sends it, about which record, with which body."""

HIDDEN: dict[str, dict[str, list[str]]] = {
    **{
        name: {"imb": ["far:job:evidence", "job:export"], "inspector": ["job:evidence"], "governor": ["job:evidence"]}
        for name in EVIDENCE
    },
    "getJobExport": {"coordinator": ["far:job:export", "job:evidence"], "governor": ["job:export"]},
    **{name: {"ombudsman": ["far:job:chronology", "job:evidence"], "imb": ["job:chronology"]} for name in CHRONOLOGY},
}
"""By operation on one record: who may do it, and records that are out of his reach."""
