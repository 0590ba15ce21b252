"""The furnished world of the HTTP tests, with a canary in every text field that is not open.

Which fields these are is read off the records. A text field is planted, or said in `OWN_WORDS` to hold words of the
service's own; a new one is planted without a line.
"""

import dataclasses
import json
from collections.abc import Iterator
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin

from domain.confidentiality.classification import Classification
from domain.confidentiality.principal import Principal
from domain.confidentiality.record import KINDS, Field, Record
from domain.kernel.bands import band_at
from domain.kernel.words import JURISDICTIONS
from domain.oversight.jobs import FETCHED
from domain.oversight.record import Duty, Job, JobKind
from domain.packs.happened import Happened, event
from domain.schemes.kinds import KINDS as SCHEME_KINDS
from tests.http import cast, furniture
from tests.http.cast import CAST, START, actor, uid
from tests.http.merging_furniture import put_back
from tests.proofs.canaries.words import Canaries

_PARTNERS: Final = frozenset(kind.partner for kind in SCHEME_KINDS.values())
OWN_WORDS: Final = {
    ("person", "identifier_kind"): "named by the jurisdiction's rule pack",
    ("supporter", "modules_passed"): "modules of the kind of scheme",
    ("supporter", "failed_module"): "a module of the kind of scheme",
    ("supporter", "away"): "days, worked out of his absences",
    ("application", "turn"): "worked out of points and day",
    ("application", "totals"): "points by question",
    ("panel-score", "scores"): "points by question",
    ("assessment", "results"): "rules, outcomes and reasons, in codes",
    ("assessment", "overrides"): "rules and reasons, in codes, and who asked",
    ("escalation", "ground"): "a code of the partner's list",
    ("concern", "offer"): "a kind of scheme",
    ("resource", "month"): "a month: the table holds nothing else",
    ("envelope-hold", "about"): "keyed hashes: the table holds nothing else",
    ("job", "about"): "a keyed hash: the table holds nothing else",
    ("job", "rule"): "a rule of the policy, by which the file is read",
    ("roll-up", "words"): "the words of its series",
    ("scheme-status", "gaps"): "codes of the guards that fail: the table holds nothing else",
    **{
        ("ledger-line", name): "written by the service: roles, verbs, rules, outcomes, codes, and ids of clients"
        for name in ("client", "role", "purpose", "act", "rule", "outcome", "code")
    },
}
"""Text fields in which nobody writes a word of his own."""


def holds_text(hint: Any) -> bool:
    """Whether a field of that type takes text that is not of a closed vocabulary."""
    if get_origin(hint) in (Union, UnionType, tuple, dict):
        return any(holds_text(part) for part in get_args(hint))
    return hint is str or hint is Any


def closely_held() -> Iterator[tuple[str, Field]]:
    """(kind, field) for every field that is not open."""
    for kind, record in sorted(KINDS.items()):
        for each in record.shape.fields.values():
            if each.mark.classification is not Classification.OPEN:
                yield kind, each


class Planting:
    """The records and the principals of one world, with their canaries."""

    def __init__(self, canaries: Canaries) -> None:
        self.canaries = canaries
        self.planted: set[tuple[str, str]] = set()
        self.fields = 0
        self._same: dict[str, str] = {}

    def records(self) -> list[Record]:
        """All of them; and the duties by which officers reach their wings."""
        made = [self._with_canaries(r) for r in (*cast.records(), *furniture.records(), *_duties())]
        for record in made:
            self.canaries.note(record)
        return made

    def principals(self) -> dict[str, Principal]:
        """Who the tokens of the cast speak for, in the words of the planted rows."""
        return {name: self._principal(cast.principal(name)) for name in CAST}

    def walls(self) -> dict[str, str]:
        """The jurisdictions of the issuers, by their new names."""
        return {self.issuer(issuer): wall for issuer, wall in cast.WALLS.items()}

    def wing(self, old: str) -> str:
        """The wing that stands in the place of this one."""
        prison, _, letter = old.partition("-")
        return self._once(old, lambda: self.canaries.wing(prison, letter, f"wing {old}"))

    def _principal(self, of: Principal) -> Principal:
        return dataclasses.replace(of, issuer=self.issuer(of.issuer), subject=self._subject(of.subject))

    def issuer(self, old: str) -> str:
        """The new name of an issuer."""
        return self._once(old, lambda: f"https://{self.canaries.word(f'issuer {old}').lower()}.example")

    def _subject(self, old: str) -> str:
        packs = [pack for name in CAST if CAST[name].number == old and (pack := JURISDICTIONS[CAST[name].jurisdiction])]
        if packs:
            return self._once(old, lambda: self.canaries.number(f"number {old}", packs[0].identifier_pattern))
        return self._once(old, lambda: self.canaries.word(f"subject {old}"))

    def organisation(self, old: str) -> str:
        """The code that stands in the place of this organisation's."""
        # A partner's code stands in every scheme of his, open to all who reach it: it is no secret, and joins them.
        return old if old in _PARTNERS else self._once(old, lambda: self.canaries.word(f"organisation {old}").upper())

    def band(self, old: str) -> str:
        """The word of a pay band: the same wherever it stands, for a week is paid by its band's rate."""
        return self._once(old, lambda: self.canaries.word(f"band {old}").upper())

    def _once(self, old: str, make: Any) -> str:
        if old not in self._same:
            self._same[old] = make()
        return self._same[old]

    def _with_canaries(self, record: Record) -> Record:
        changes: dict[str, Any] = {}
        kind = record.shape.kind
        for each in record.shape.fields.values():
            of = (kind, each.name)
            if each.mark.classification is Classification.OPEN or of in OWN_WORDS or not holds_text(each.type):
                continue
            changed = self._changed(record, each.name)
            if changed is not None:
                changes[each.name] = changed
                self.fields += 1
                self.planted.add(of)
        return dataclasses.replace(record, **changes) if changes else record  # type: ignore[type-var]

    def _changed(self, record: Record, name: str) -> Any:
        value = getattr(record, name)
        origin = f"{record.shape.kind}.{name}"
        match name:
            case "issuer":
                return self.issuer(value)
            case "subject" | "identifier":
                return self._subject(value)
            case "undo":
                jurisdiction, prison = (getattr(record, name) for name in ("jurisdiction", "prison"))
                number = self.canaries.number(origin, JURISDICTIONS[jurisdiction].identifier_pattern)
                return put_back(jurisdiction, prison, number, self.canaries.word(origin))
            case "secret_before":
                return None if value is None else self.canaries.word(origin)
            case "removed" | "survivor":
                form = JURISDICTIONS[getattr(record, "jurisdiction")].identifier_pattern  # noqa: B009
                return self._once(value, lambda: self.canaries.number(origin, form))
            case "organisation" | "proposer_organisation":
                return None if value is None else self.organisation(value)
            case "wing":
                return None if value is None else self.wing(value)
            case "wings":
                return tuple(self.wing(wing) for wing in value)
            case "cell":
                return self.canaries.cell(origin)
            case "band":
                return self.band(value)
            case "languages":
                return (self.canaries.word(origin), self.canaries.word(origin))
            case "result" if isinstance(record, Job) and record.kind in FETCHED:
                return None  # what is fetched as a file has no result, and the table refuses one
            case "result":
                return {**(value or {}), "told": self.canaries.word(origin)}  # beside what the service reads there
            case "file":
                return None if value is None else self._file(record, json.loads(value), origin)
            case "told":
                return {**value, "told": self.canaries.word(origin)}
            case "kept":
                return json.dumps({**json.loads(value), "told": self.canaries.word(origin)})
            case "snapshot":
                return ({"rule": "OPEN_SEGREGATION", "facts": [self.canaries.word(origin)]},)
            case "words" if getattr(record, "closed", False):
                return None  # a closed policy holds no words, and the table refuses them
            case _:
                return self.canaries.word(origin)

    def _file(self, job: Any, made: dict[str, Any], origin: str) -> str:
        """What a job made, with a word in it where its readers tell one."""
        match job.kind:
            case JobKind.EVIDENCE:
                number = {"section": "PUBLICITY", "scheme": None, "part": None, "word": "SHOWN", "told": 10}
                wing = self.canaries.word(origin)
                made["numbers"] = [*made["numbers"], {**number, "wing": wing, "state": "TOLD"}]
            case JobKind.EXPORT:
                made["rows"] = [*made["rows"], [self.canaries.word(origin) for _ in made["head"]]]
            case _:
                told = [{"name": "place", "value": self.canaries.word(origin)}]
                happened = event(Happened.SESSION_HELD, job, job.made_at)
                made["events"] = [*made["events"], {**happened, "told": told, "versions": [], "sha256": "0" * 64}]
        return json.dumps(made)


def _duties() -> Iterator[Record]:
    for name in ("officer", "second-officer", "two-hats", "far-officer"):
        member = CAST[name]
        band, ends_at = band_at(START, JURISDICTIONS[member.jurisdiction].time_zone)
        yield Duty(
            id=uid(f"duty:canary:{name}"),  # type: ignore[arg-type]
            author=actor(name),
            jurisdiction=member.jurisdiction,
            prison=str(member.prison),
            wings=(f"{member.prison}-A",),
            band=band,
            starts_at=START,
            ends_at=ends_at,
        )
