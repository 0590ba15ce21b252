"""The stand-in for the prison's systems: caseloads that change while it runs."""

from domain.confidentiality.principal import Principal, PrincipalKind
from persistence.prison.standin import StandInCaseloads


def staff(subject: str, issuer: str = "https://one.example") -> Principal:
    """A member of staff of that name."""
    return Principal(issuer, subject, PrincipalKind.STAFF)


async def test_it_knows_in_which_prisons_staff_work() -> None:
    """By name alone, whoever signed the token; whom it does not know works nowhere."""
    ask = StandInCaseloads({"OFFICER": ["MDI"], "HEADS": {"MDI", "LEI"}})
    assert await ask(staff("OFFICER")) == {"MDI"}
    assert await ask(staff("OFFICER", "https://two.example")) == {"MDI"}
    assert await ask(staff("HEADS")) == {"MDI", "LEI"}
    assert await ask(staff("STRANGER")) == frozenset()


async def test_only_staff_have_a_caseload() -> None:
    """A partner or a person in custody with the name of an officer has none."""
    ask = StandInCaseloads({"OFFICER": ["MDI"]})
    for kind in set(PrincipalKind) - {PrincipalKind.STAFF}:
        assert await ask(Principal("https://one.example", "OFFICER", kind)) == frozenset()


async def test_a_caseload_may_be_given_and_withdrawn() -> None:
    """The next question has the new answer; what was never had is withdrawn in silence."""
    ask = StandInCaseloads({"OFFICER": ["MDI"]})
    ask.give("OFFICER", "LEI")
    assert await ask(staff("OFFICER")) == {"MDI", "LEI"}
    ask.withdraw("OFFICER", "MDI")
    ask.withdraw("OFFICER", "MDI")
    assert await ask(staff("OFFICER")) == {"LEI"}
    ask.give("NEW", "MDI")
    assert await ask(staff("NEW")) == {"MDI"}
    ask.withdraw("NOBODY", "MDI")
    assert await ask(staff("NOBODY")) == frozenset()


async def test_what_it_was_made_of_is_its_own() -> None:
    """Changing the given data afterwards changes nothing here."""
    given = {"OFFICER": ["MDI"]}
    ask = StandInCaseloads(given)
    given["OFFICER"].append("LEI")
    assert await ask(staff("OFFICER")) == {"MDI"}
