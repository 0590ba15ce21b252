"""What is given of whom, and that nothing about a person was forgotten (F89, rule 21)."""

from collections.abc import Iterator

import pytest

from domain.confidentiality.classification import Classification
from domain.confidentiality.disclosure import mask
from domain.confidentiality.grants import GRANTS
from domain.confidentiality.record import KINDS, Field, Record
from domain.confidentiality.verbs import Verb
from domain.subject_access.helped import HELPED
from domain.subject_access.helping import BY_SUPPORTER, HELPING, NOTHING_OF, OF_THE_OTHER, OTHERS
from domain.subject_access.of_staff import NOTHING_OF_STAFF, STAFF
from domain.subject_access.supporting import SUPPORTING
from domain.subject_access.told import PLUMBING, Given, Why
from domain.subject_access.words import label, said

OF_PEOPLE = (SUPPORTING, BY_SUPPORTER, HELPING, HELPED, OTHERS)
FOUND_BY = "person"
"""The one row by which he is found, given beside other things."""


def lines() -> Iterator[tuple[type[Record], Given]]:
    """Every line of the tables."""
    for table in (*OF_PEOPLE, STAFF):
        yield from table.items()


def of_a_person(field: Field) -> bool:
    """Whether it holds somebody in custody: by an id, or as words that are ciphertext at rest because they name him."""
    return any(id in str(field.type) for id in ("PersonId", "SupporterId")) or field.mark.encrypted


def of_staff(field: Field) -> bool:
    """Whether it says by whom of those who act here."""
    return "ActorId" in str(field.type)


@pytest.mark.parametrize(
    ("kind", "line"), list(lines()), ids=lambda each: getattr(each, "title", None) or each.__name__
)
def test_each_field_is_given_or_says_why_not(kind: type[Record], line: Given) -> None:
    """Of a kind of which anything is given no field is forgotten: a new one breaks this until somebody has decided."""
    given = (*line.gives, *line.staff)
    assert len(given) == len(set(given))
    assert not set(given) & set(line.leaves)
    assert {*given, *line.leaves} | PLUMBING == set(kind.shape.fields) | PLUMBING
    assert {line.by, line.on} - {None} <= set(kind.shape.fields)
    assert all(of_staff(kind.shape.fields[name]) for name in line.staff)
    assert not [name for name in line.gives if of_staff(kind.shape.fields[name])]


@pytest.mark.parametrize("name", sorted(KINDS))
def test_no_kind_that_is_about_somebody_in_custody_is_forgotten(name: str) -> None:
    """It is in a table, or says why nothing of it is given; never both, and never for nothing."""
    shape = KINDS[name].shape
    about = bool(shape.parties) or any(of_a_person(field) for field in shape.fields.values())
    told = any(KINDS[name] in table for table in OF_PEOPLE) or name == FOUND_BY
    assert not (told and name in NOTHING_OF)
    assert not about or told or name in NOTHING_OF


@pytest.mark.parametrize("name", sorted(name for name, kind in KINDS.items() if kind.shape.parties))
def test_each_who_is_a_party_has_his_side(name: str) -> None:
    """Each field that holds a party is how somebody is found there, unless all of the kind is the other's."""
    kind = KINDS[name]
    if name in NOTHING_OF:
        return
    found = {table[kind].by for table in (SUPPORTING, HELPING, HELPED) if kind in table}
    assert set(kind.shape.parties) - found == ({"supporter_person"} if name in OF_THE_OTHER else set())


@pytest.mark.parametrize("name", sorted(KINDS))
def test_no_kind_that_says_who_of_the_staff_is_forgotten(name: str) -> None:
    """Staff are subjects too: what names them is given, or says why not."""
    says = any(of_staff(field) for field in KINDS[name].shape.fields.values()) or name == "actor"
    assert says is (KINDS[name] in STAFF or name in NOTHING_OF_STAFF)
    assert not (KINDS[name] in STAFF and name in NOTHING_OF_STAFF)


@pytest.mark.parametrize("verb", [Verb.READ_SUBJECT_ACCESS, Verb.READ_STAFF_SUBJECT_ACCESS])
def test_what_is_given_is_what_the_policy_shows(verb: Verb) -> None:
    """No member is in a table that its grant does not see: so nothing of security's, and nothing sealed."""
    (grant,) = (grant for grant in GRANTS if verb in grant.may)
    tables = OF_PEOPLE if verb is Verb.READ_SUBJECT_ACCESS else (STAFF,)
    for table in tables:
        for kind, line in table.items():
            assert {*line.gives, *line.staff} <= set(mask(kind, grant.sees)[0]), kind
    assert not grant.sees & {Classification.SECURITY, Classification.SEALED}


def test_of_whoever_is_helped_a_supporter_is_given_nothing() -> None:
    """Neither who, nor where, nor what for, nor what came of it: what he did himself, and when."""
    others = {"person", "name", "wing", "enrolment", "note", "goal", "issue", "outcome", "arrived_at", "language"}
    for kind, line in HELPING.items():
        assert not set(line.gives) & others, kind
        assert not line.staff
        assert {line.leaves[name] for name in set(kind.shape.fields) & others} <= {Why.ANOTHER}


def test_of_whoever_helps_the_helped_is_given_nothing() -> None:
    """No supporter of his, now or earlier, by whatever id."""
    for kind, line in HELPED.items():
        for name, field in kind.shape.fields.items():
            if "SupporterId" in str(field.type) or name == "supporter_person":
                assert line.leaves[name] in (Why.ANOTHER, Why.OFFERS), (kind, name)


def test_all_that_a_supporter_is_given_says_how_much_under_a_closed_policy() -> None:
    """Months, numbers of them, or nothing: no line of his role is without (rule 21)."""
    for table in (SUPPORTING, HELPING, BY_SUPPORTER):
        assert [kind for kind, line in table.items() if line.closed is None] == []
    assert all(line.closed is None for line in HELPED.values())


def test_of_conduct_nothing_is_given_that_an_account_would_change() -> None:
    """A dispute moves none of it, so that whoever coded it does not learn of one (rule 6)."""
    (conduct,) = (line for kind, line in STAFF.items() if kind.shape.kind == "conduct")
    moved = {"review", "verdict", "accounts", "reconciled", "accounts_on", "window_asked_for", "reviewed_by"}
    assert not moved & set(conduct.gives)
    assert {"noted_by", "cleared_by"} <= set(conduct.leaves)


def test_each_thing_has_a_label_in_plain_words() -> None:
    """No label is a code, and no two of one record are alike, so that none is taken for another."""
    for kind, line in lines():
        labels = [label(name) for name in (*line.gives, *line.staff)]
        assert len(labels) == len(set(labels)), (kind, sorted(labels))
        assert not [each for each in labels if "_" in each or each.isupper()]


def test_values_are_said_in_words() -> None:
    """Codes as words, yes and no, each of several; nothing where nothing is."""
    assert said(Why.ANOTHER) == ("Another",)
    assert said((Why.ANOTHER, Why.BY_WHOM)) == ("Another", "By whom")
    assert said(value=True) == ("Yes",)
    assert said(({"question": "WHY", "mark": 3},)) == ("Question WHY, Mark 3",)
    assert said(None) == said("") == said(()) == ()
