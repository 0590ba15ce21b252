"""What a scheme is for, beside a record of it: the words of its kind, in the reader's language (S6, rule 28)."""

from typing import Annotated, Any

from pydantic import BaseModel, Field

from api import language
from api.call import Call
from api.described import Shown
from api.routes.shapes import Body
from api.texts import spoken
from domain.confidentiality.record import R
from domain.schemes.told import Told

_Words = Annotated[str, Field(max_length=1000)]


class Label(Body):
    """A code in the answer's words."""

    code: Annotated[str, Field(max_length=40)]
    text: Annotated[str, Field(max_length=80)]


_Tasks = Annotated[list[Label], Field(max_length=100)]


class Terms(Shown):
    """What the scheme is for; what its supporters may be asked to do, and what nobody may ask of them. The same for
    everybody of the scheme."""

    kind: Annotated[str, Field(max_length=40)]
    purpose: _Words
    purposePlain: Annotated[_Words, Field(description="The same in plain words.")]
    permittedTasks: _Tasks
    prohibitedTasks: _Tasks
    language: Annotated[language.Language, Field(description="The language that this is in.")]
    inLanguageAsked: Annotated[
        bool, Field(description="False: not approved in the language asked for; this is English.")
    ]


class WithTerms(BaseModel):
    """A record that is answered with the terms of its scheme."""

    terms: Annotated[Terms | None, Field(description="Null: no scheme answers, or not of a kind that is public here.")]


def members(call: Call, told: Told[R]) -> dict[str, Any]:
    """The member that stands beside the record."""
    asked = language.of(call.request.scope)
    known = told.terms
    return {"terms": None if known is None else spoken.terms(known, asked, made_here=told.made_here)}
