"""What `/info` says: what was built of which commit, and which prisons have it (hmpps.md 2.6)."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class _Shown(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=to_camel, populate_by_name=True)


_Word = Annotated[str, Field(max_length=100, pattern=r"^[^\u0000-\u001F]*$")]


class Commit(_Shown):
    """The commit that was built."""

    id: Annotated[_Word, Field(examples=["0e10013"])]
    time: Annotated[_Word, Field(examples=["2026-08-20T09:00:00Z"])]


class Git(_Shown):
    """Where the code comes from."""

    branch: Annotated[_Word, Field(examples=["main"])]
    commit: Commit


class Build(_Shown):
    """What was built, and when."""

    artifact: Annotated[_Word, Field(examples=["peer-support"])]
    name: Annotated[_Word, Field(examples=["peer-support"])]
    version: Annotated[_Word, Field(examples=["2026-08-20.123.0e10013"])]
    time: Annotated[_Word, Field(examples=["2026-08-20T09:00:00Z"])]
    by: Annotated[_Word, Field(examples=["ci"])]


class Info(_Shown):
    """What runs here, for whom: read by the estate's menus and dashboards."""

    git: Git
    build: Build
    product_id: Annotated[_Word, Field(examples=["DPS999"])]
    active_agencies: Annotated[
        list[Annotated[str, Field(max_length=6, pattern=r"^([A-Z0-9]{2,6}|\*{3})$")]],
        Field(max_length=500, examples=[["MDI", "LEI"]], description="Prisons that have it; *** for all."),
    ]
    demonstration: Annotated[bool, Field(description="Whether everybody in it is made up.", examples=[False])]
