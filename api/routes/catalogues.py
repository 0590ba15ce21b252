"""What is the same for everybody: the questions that a charter answers, and the measures that an objective is bound
to. Read by the verb of the ready-made kinds, for it is data of the same sort."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api import language
from api.described import Shown
from api.guarded import CallDep, operation, router
from api.wire import camel
from domain.confidentiality.classification import Classification
from domain.confidentiality.verbs import Verb
from domain.oversight.looking import nothing_shown
from domain.schemes.charter import Charter
from domain.schemes.measures import MEASURES, Direction, Grain, Unit
from domain.schemes.questions import QUESTIONS, Area, Section

routes = router("catalogues")
_Word = Annotated[str, Field(max_length=64)]
_Words = Annotated[str, Field(max_length=300)]
_Code = Annotated[str, Field(max_length=40, pattern=r"^[A-Z][A-Z0-9_]{1,39}$", examples=["REQUESTS_MET"])]


class CharterQuestion(BaseModel):
    """One section of a charter: its question, and the members that answer it."""

    model_config = ConfigDict(extra="forbid", alias_generator=camel)

    section: Section
    area: Area
    title: _Words
    question: _Words
    members: Annotated[list[_Word], Field(max_length=20)]
    optional: Annotated[list[_Word], Field(max_length=20, description="The members that may stay blank.")]
    public: Annotated[list[_Word], Field(max_length=20, description="The members that people in custody are shown.")]


class CharterQuestions(Shown):
    """Every section of a charter, in the order in which it is read."""

    items: Annotated[list[CharterQuestion], Field(max_length=100)]


class MeasureOfCatalogue(Shown):
    """A measure: what is counted, in which unit, which direction is better, over what."""

    code: _Code
    title: _Words
    unit: Unit
    better: Direction
    grain: Grain
    kinds: Annotated[
        list[_Code], Field(max_length=50, description="The kinds of scheme that it fits; none: every kind.")
    ]


class Measures(Shown):
    """The catalogue of measures."""

    items: Annotated[list[MeasureOfCatalogue], Field(max_length=200)]


@operation(
    routes,
    "GET",
    "/v1/charter-questions",
    Verb.READ_KIND,
    name="getCharterQuestions",
    summary="The questions of a charter",
    shows=CharterQuestions,
    spoken=True,
)
async def list_questions(call: CallDep) -> Response:
    """The checklist as data, in English or Welsh by `Accept-Language`; codes never change. Every role; purpose:
    operations."""
    await call.run(lambda begin: nothing_shown(begin, Verb.READ_KIND))
    spoken = language.of(call.request.scope)
    items = [_question(section, spoken.value) for section in Section]
    return call.plain({"items": items}, headers={"Content-Language": spoken.value})


def _question(section: Section, spoken: str) -> dict[str, Any]:
    asked, fields = QUESTIONS[section], Charter.shape.fields
    public = [m for m in asked.members if fields[m].mark.classification is Classification.OPEN]
    return {
        "section": section,
        "area": asked.area,
        "title": asked.title[spoken],
        "question": asked.asks[spoken],
        "members": [camel(m) for m in asked.members],
        "optional": [camel(m) for m in asked.members if m in asked.optional],
        "public": [camel(m) for m in public],
    }


@operation(
    routes,
    "GET",
    "/v1/measures",
    Verb.READ_KIND,
    name="getMeasures",
    summary="The measures of objectives",
    shows=Measures,
)
async def list_measures(call: CallDep) -> Response:
    """What an objective may be bound to. Every role; purpose: operations."""
    await call.run(lambda begin: nothing_shown(begin, Verb.READ_KIND))
    return call.plain(
        {
            "items": [
                {
                    "code": m.code,
                    "title": m.title,
                    "unit": m.unit,
                    "better": m.better,
                    "grain": m.grain,
                    "kinds": sorted(m.kinds),
                }
                for m in MEASURES.values()
            ]
        }
    )
