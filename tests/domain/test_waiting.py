"""What may wait for whom follows from the table of grants, and from nothing else."""

import pytest

from domain.confidentiality.classification import Classification
from domain.confidentiality.policy import grants_of
from domain.confidentiality.roles import IN_CUSTODY, Role
from domain.confidentiality.verbs import Verb
from domain.sessions.request import Request
from domain.sessions.waiting import SOURCES, Source, TaskKind, moved_by


def test_each_kind_of_task_has_one_source_and_somebody_for_whom_it_waits() -> None:
    """None is named that never comes, and none comes twice."""
    assert [source.what for source in SOURCES] == list(dict.fromkeys(source.what for source in SOURCES))
    assert {source.what for source in SOURCES} == set(TaskKind)
    assert [s.what for s in SOURCES if not any(moved_by(role, s) for role in Role)] == []


def test_whoever_has_a_list_may_have_something_on_it() -> None:
    """And of those without one only people in custody could do anything: nobody who is helped has one (rule 7)."""
    listed = {role for role in Role if grants_of(role, Verb.READ_TASKS)}
    moved = {role for role in Role if any(moved_by(role, source) for source in SOURCES)}
    assert listed == moved
    assert listed & IN_CUSTODY == {Role.SUPPORTER}


@pytest.mark.parametrize("source", SOURCES, ids=lambda s: s.what)
def test_no_line_is_made_of_what_its_grant_does_not_see(source: Source) -> None:
    """Every field that decides it or that is told of it is of a class that is shown; a grant that sees less makes no
    line."""
    for role in Role:
        for grant in moved_by(role, source):
            classes = {source.kind.shape.fields[name].mark.classification for name in source.reads}
            assert classes <= grant.sees
            assert source.kind.shape.existence in grant.sees


def test_nobody_in_custody_has_a_request_on_his_list() -> None:
    """What a supporter is asked is passed on by word of mouth: his screen is read over his shoulder (rule 7)."""
    for source in SOURCES:
        if source.kind is Request or source.kind.shape.existence is Classification.CASEWORK:
            assert not any(moved_by(role, source) for role in IN_CUSTODY), source.what
