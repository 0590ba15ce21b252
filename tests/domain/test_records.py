"""What is true of every record, and what is refused before there can be one."""

import dataclasses
import re
from collections.abc import Iterator
from typing import Annotated, Any, Optional
from uuid import UUID

import pytest

from domain.confidentiality.classification import (
    EVERYTHING,
    Casework,
    Classification,
    Content,
    Controller,
    Counted,
    Health,
    Identity,
    Mark,
    Open,
    Operational,
    Participation,
    ParticipationIdentity,
    Retention,
    Sealed,
    Secret,
    Security,
    Wellbeing,
)
from domain.confidentiality.disclosure import disclose
from domain.confidentiality.principal import Principal, PrincipalKind
from domain.confidentiality.record import ALIKE, KINDS, Record, Unmarked, changed_fields, record
from domain.kernel.ids import PersonId
from domain.ports import Letter, Query
from domain.schemes.objective import Objective
from tests.domain.given import plain, sample

CANARY = "canary-A1234BC"
KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))


@pytest.fixture
def kinds() -> Iterator[dict[str, type[Record]]]:
    """The register of kinds, put back afterwards."""
    before = dict(KINDS)
    yield KINDS
    KINDS.clear()
    KINDS.update(before)


def test_a_field_without_a_mark_cannot_be_imported(kinds: Any) -> None:
    """A field that says not how closely it is held stops its module's import, and the refusal names it."""
    with pytest.raises(Unmarked, match=r"Loose\.name"):

        @record(kind="loose", kept="a day")
        class Loose(Record):
            id: Open[UUID]
            version: Open[int] = 0
            name: str

    assert "loose" not in kinds


@pytest.mark.parametrize(
    "hint",
    [
        Annotated[str, "a remark"],
        Optional[Open[str]],  # noqa: UP045  (an option around the mark, which is what is meant)
        Open[Operational[str]],
    ],
    ids=["annotated otherwise", "marked inside an option", "marked twice"],
)
def test_what_is_not_exactly_one_mark_is_none(kinds: Any, hint: Any) -> None:
    """A remark is no mark, a mark inside an option is not the field's, and two marks say nothing."""
    with pytest.raises(Unmarked):
        record(kind="loose", kept="a day")(
            type("Loose", (Record,), {"__annotations__": {"id": Open[UUID], "version": Open[int], "name": hint}})
        )


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"kept": ""}, {"id": Open[UUID], "version": Open[int]}),
        ({}, {"version": Open[int]}),
        ({}, {"id": Open[UUID]}),
        ({"parties": ("person",)}, {"id": Open[UUID], "version": Open[int]}),
        ({"judged": "author"}, {"id": Open[UUID], "version": Open[int]}),
    ],
    ids=["no end", "no id", "no version", "unknown party", "unknown judged"],
)
def test_a_record_without_its_rules_cannot_be_imported(kinds: Any, given: dict[str, Any], fields: Any) -> None:
    """A record needs a rule for its end, an id and a version, and parties that are fields of its own."""
    with pytest.raises(Unmarked):
        record(**{"kind": "loose", "kept": "a day", **given})(type("Loose", (Record,), {"__annotations__": fields}))


def test_two_kinds_cannot_share_a_name(kinds: Any) -> None:
    """A second kind of one name would take the first one's place in the store and in the policy."""
    fields = {"id": Open[UUID], "version": Open[int]}
    with pytest.raises(Unmarked, match="scheme"):
        record(kind="scheme", kept="a day")(type("Other", (Record,), {"__annotations__": fields}))


@KIND
def test_every_kind_says_what_ends_it(kind: type[Record]) -> None:
    """No kind of record is kept without a rule for its end."""
    assert len(kind.shape.kept) > len("a day")
    assert kind.shape.kind in KINDS


@KIND
def test_every_mark_answers_for_its_field(kind: type[Record]) -> None:
    """Every field's mark names a class, a controller and a retention, and whether it is ciphertext at rest."""
    for field in kind.shape.fields.values():
        mark = field.mark
        assert isinstance(mark.classification, Classification), field.name
        assert isinstance(mark.controller, Controller), field.name
        assert isinstance(mark.retention, Retention), field.name
        assert isinstance(mark.encrypted, bool), field.name


@KIND
def test_what_was_said_and_who_is_meant_are_ciphertext(kind: type[Record]) -> None:
    """Content, health, casework and sealed things are encrypted at rest in every kind, but for casework and what was
    mixed, in codes, days, numbers and ids; and so is each text that is participation: where, in what language and by
    what name somebody asked."""
    secret = {Classification.CONTENT, Classification.HEALTH, Classification.CASEWORK, Classification.SEALED}
    for field in kind.shape.fields.values():
        in_codes = field.mark.classification in {Classification.CASEWORK, Classification.SEALED}
        coded = in_codes and plain(field.type) is not str
        if field.mark.classification in secret and not coded:
            assert field.mark.encrypted, field.name
        if field.mark.classification is Classification.PARTICIPATION and plain(field.type) is str:
            coarse = field.name == "wing" or (kind.shape.kind, field.name) == ("induction", "language")
            assert field.mark.encrypted is not coarse, field.name


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("person", "identifier"),
        ("person", "name"),
        ("supporter", "name"),
        ("actor", "subject"),
        ("assignment", "subject"),
    ],
)
def test_names_and_numbers_are_ciphertext(kind: str, field: str) -> None:
    """The name and number of somebody in custody are operational to those who run the day, ciphertext to a thief; so
    is whom a token speaks for, which of a prisoner is his number and of staff the name that they sign in with."""
    mark = KINDS[kind].shape.fields[field].mark
    assert (mark.classification, mark.encrypted) == (Classification.OPERATIONAL, True)


@KIND
def test_only_open_fields_show_in_a_repr(kind: type[Record]) -> None:
    """Logs and tracebacks print a record without asking anybody: they get its open fields and nothing else."""
    told = repr(sample(kind, CANARY))
    open_ones = [f.name for f in kind.shape.fields.values() if f.mark.classification is Classification.OPEN]
    named = [name for name in re.findall(r"[( ](\w+)=", told) if name != "tzinfo"]  # of an instant, not of the record
    assert named == open_ones
    assert set(re.findall(rf"{CANARY}-(\w+)", told)) <= set(open_ones)


def test_what_carries_values_beside_records_is_as_silent() -> None:
    """A letter handed in, a question to the store, a view and a prisoner's principal hold names, numbers and codes too:
    their reprs show none."""
    assert CANARY not in repr(Letter("tally", {"prison": CANARY}))
    assert CANARY not in repr(Query(equal={"identifier": CANARY}, after=(CANARY, UUID(int=1))))
    assert CANARY not in repr(disclose(sample(KINDS["scheme"], CANARY), EVERYTHING))
    assert CANARY not in repr(Principal("issuer", CANARY, PrincipalKind.IN_CUSTODY))


@KIND
def test_a_record_is_frozen_and_holds_no_more_than_its_fields(kind: type[Record]) -> None:
    """A record changes only by being replaced, takes no field that is not marked, and is made by keyword."""
    made = sample(kind)
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.version = 2
    assert not hasattr(made, "__dict__")
    with pytest.raises(TypeError):
        kind(*(getattr(made, n) for n in kind.shape.fields))  # type: ignore[call-arg]


@KIND
def test_every_person_in_a_record_is_a_party_to_it(kind: type[Record]) -> None:
    """A field that holds a person's id makes him a party, or rule 30 would not keep him out. But for the rows that are
    the person himself, which no grant reaches."""
    if kind.shape.kind in {"person", "actor"}:
        return
    people = {f.name for f in kind.shape.fields.values() if "PersonId" in str(f.type) and f.type is not None}
    assert people == {n for n in kind.shape.fields if n in ("person", "supporter_person")}
    assert people == set(kind.shape.parties)
    assert PersonId.__supertype__ is UUID


@KIND
def test_where_the_fact_is_the_secret_existence_says_so(kind: type[Record]) -> None:
    """A record that only somebody's use of a scheme can have made exists as participation; one that only somebody's
    care or somebody's report can, as wellbeing or casework."""
    told_by_being_there = {
        **dict.fromkeys(("request", "induction", "enrolment", "session", "feedback"), Classification.PARTICIPATION),
        **dict.fromkeys(
            ("enrolment-goal", "follow-up", "award", "arrival", "staff-note"), Classification.PARTICIPATION
        ),
        **dict.fromkeys(
            ("support-record", "suite-use", "group-place", "appointment", "measurement"), Classification.PARTICIPATION
        ),
        **dict.fromkeys(("escalation", "concern", "referral", "movement-review"), Classification.PARTICIPATION),
        **dict.fromkeys(
            ("supervision-talk", "debrief", "wellbeing-check", "postvention-task"), Classification.WELLBEING
        ),
        **dict.fromkeys(
            ("incident", "suspension", "conduct", "complaint", "breach", "unusual-look", "person-merge"),
            Classification.CASEWORK,
        ),  # told to nobody else
        **dict.fromkeys(
            (
                "envelope",
                "mixed-tally",
                "residue",
                "month-count",
                "roll-up",
                "feedback-code",
                "feedback-sheets",
                "cover-kept",
                "month-report",
                "prison-event",
                "tokens-ended",
            ),
            Classification.SEALED,
        ),
    }
    assert kind.shape.existence is told_by_being_there.get(kind.shape.kind, Classification.OPEN)


def test_each_class_has_its_own_duties() -> None:
    """The marks by name: class, controller, how long, encrypted or not. Written out, so that a change is a decision."""

    def mark(alias: Any) -> Mark:
        return alias[str].__metadata__[0]

    c, by, r = Classification, Controller, Retention
    assert [mark(m) for m in (Open, Operational, Identity, Participation, ParticipationIdentity)] == [
        Mark(c.OPEN, by.PRISON, r.WITH_RECORD),
        Mark(c.OPERATIONAL, by.PRISON, r.WITH_RECORD),
        Mark(c.OPERATIONAL, by.PRISON, r.WITH_RECORD, encrypted=True),
        Mark(c.PARTICIPATION, by.JOINT, r.UNTIL_BAND_END),
        Mark(c.PARTICIPATION, by.JOINT, r.UNTIL_BAND_END, encrypted=True),
    ]
    assert mark(Secret) == Mark(c.SEALED, by.PRISON, r.WITH_RECORD, encrypted=True)
    assert [mark(m) for m in (Content, Health, Security, Wellbeing, Casework, Sealed, Counted)] == [
        Mark(c.CONTENT, by.PARTNER, r.CONTENT_FIRST, encrypted=True),
        Mark(c.HEALTH, by.PARTNER, r.CONTENT_FIRST, encrypted=True),
        Mark(c.SECURITY, by.PRISON, r.WITH_RECORD),
        Mark(c.WELLBEING, by.PARTNER, r.WELLBEING_6_MONTHS),
        Mark(c.CASEWORK, by.PRISON, r.SIX_YEARS, encrypted=True),
        Mark(c.SEALED, by.PARTNER, r.UNTIL_MIXED, encrypted=True),
        Mark(c.SEALED, by.PARTNER, r.SIX_YEARS),
    ]
    assert Classification.SEALED not in EVERYTHING


def test_what_changed_is_told_by_names() -> None:
    """The names of what differs, the version never; of something new, of all that is not empty (F79)."""
    before = sample(KINDS["supporter"], languages=("en",), motivation=None)
    after = dataclasses.replace(before, languages=("cy",), wing=CANARY, version=2)
    assert changed_fields(before, after) == ("wing", "languages")
    new = changed_fields(None, before)
    assert "motivation" not in new
    assert "version" not in new
    assert {"id", "name", "languages"} <= set(new)


def test_what_stands_below_a_field_is_what_is_said_of_it() -> None:
    """A string below a field, a derived member's own words, and what a name says in every record; nothing else."""
    fields, derived = Objective.shape.fields, Objective.shape.derived
    assert fields["measure"].said == "A code of the catalogue of measures."
    assert fields["prison"].said == ALIKE["prison"]
    assert fields["starts_on"].said == ""
    assert derived["status"].said == "How it stands today."
    # Of its own, where the name says something else elsewhere.
    assert KINDS["scheme-status"].shape.fields["id"].said == "The scheme's own id."


def test_a_record_whose_source_is_not_at_hand_is_one_all_the_same(kinds: Any) -> None:
    """It says nothing of its fields."""
    hints = {"id": Open[UUID], "version": Open[int]}
    bare = type("Made", (Record,), {"__annotations__": hints, "version": 0, "__module__": "builtins"})
    made: Any = record(kind="sourceless", kept="a day")(bare)
    assert made.shape.fields["version"].said == ""
