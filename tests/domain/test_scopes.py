"""How wide the database opens: for a man who was moved, to what is about himself, and to nobody else."""

from types import MappingProxyType

import pytest

from domain.confidentiality.grants import GRANTS
from domain.confidentiality.grants.grant import Grant
from domain.confidentiality.policy import Decision, reach_of
from domain.confidentiality.record import KINDS
from domain.confidentiality.verbs import Verb
from domain.confidentiality.viewer import Viewer
from domain.confidentiality.within import In, Within
from domain.records import KINDS as ALL
from domain.scopes import to_look
from tests.http.cast import START, principal, uid

FACTS = {
    "prisons": frozenset({"LEI"}),
    "been": frozenset({"LEI", "MDI"}),
    "persons": frozenset({uid("person:mentor")}),
}
IN_CUSTODY = [grant for grant in GRANTS if grant.role.value in ("SUPPORTER", "PERSON_IN_CUSTODY")]


@pytest.mark.parametrize("grant", IN_CUSTODY, ids=[grant.rule for grant in IN_CUSTODY])
def test_the_prisons_where_he_was_are_open_for_what_is_about_himself_alone(grant: Grant) -> None:
    """Of every grant of somebody in custody, for every kind that its reach can be asked of."""
    viewer = Viewer(uid("actor"), principal("mentor"), grant.role, None, MappingProxyType(FACTS))  # type: ignore[arg-type]
    decision = Decision(viewer, next(iter(grant.may)), grant)
    for kind in ALL.values():
        reach = reach_of(grant, kind)
        if not {c.field for c in reach} <= set(kind.shape.fields):
            continue
        opened = to_look(decision, kind, START, None).scope.prisons
        himself = In("person", "persons") in reach
        assert opened == (FACTS["been"] if himself else FACTS["prisons"]), kind


def test_there_is_a_reach_by_whom_he_helps_and_one_by_himself() -> None:
    """So that neither half of it is empty."""
    session = KINDS["session"]
    reaches = {g.within: reach_of(g, session) for g in GRANTS if Verb.READ_SESSION in g.may}
    assert In("person", "persons") in reaches[Within.OWN_PERSON]
    assert In("person", "persons") not in reaches[Within.OWN_SUPPORT]
