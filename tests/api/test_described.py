"""The string below a member is its description, and of nothing else."""

from typing import Annotated

from pydantic import Field

from api.described import Described, Shown


class Kept(Described):
    """Of itself."""

    first: int
    """The first,
    in two lines."""
    second: Annotated[int, Field(description="What its type says.")] = 2
    """What stands below."""
    third: Annotated[int, Field(description="What its type says.")] = 3

    def fourth(self) -> int:
        """Of what it does."""
        return self.first


class Later(Kept):
    fifth: str | None = None
    """The fifth."""


def told(model: type[Described]) -> dict[str, str | None]:
    """Each member's description in the schema."""
    return {n: member.get("description") for n, member in model.model_json_schema()["properties"].items()}


def test_what_stands_below_a_member_describes_it() -> None:
    """Before what its type says, and without a blank at its lines' beginnings."""
    kept = {"first": "The first,\nin two lines.", "second": "What stands below.", "third": "What its type says."}
    assert told(Kept) == kept
    assert told(Later) == {**kept, "fifth": "The fifth."}
    assert Later(first=1).model_dump() == {"first": 1, "second": 2, "third": 3, "fifth": None}


def test_a_class_within_a_function_is_none_of_the_module_s() -> None:
    """It has no words, were there one of its name or not; and what is shown takes nothing beside it."""

    class Kept(Shown):
        first: int
        """Not read."""

    assert told(Kept) == {"first": None}
    assert Kept.model_config.get("extra") == "forbid"
