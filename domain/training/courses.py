"""The courses of a scheme: the modules of its kind, and what it teaches besides (seed: 'train with core skills:
communication, problem solving, specific needs')."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain import looking
from domain.act import Act, Begin
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.disclosure import Tag, View
from domain.confidentiality.record import record
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Failure, Unacceptable
from domain.kernel.ids import CourseId, SchemeId
from domain.schemes import belonging
from domain.schemes.belonging import OfScheme, made, scheme_to_write
from domain.schemes.made import terms_of


class Skill(StrEnum):
    """What a course is for."""

    COMMUNICATION = "COMMUNICATION"
    PROBLEM_SOLVING = "PROBLEM_SOLVING"
    SPECIFIC_NEED = "SPECIFIC_NEED"
    SCHEME = "SCHEME"
    """What this scheme asks of its own."""


@record(kind="course", kept="six years after its scheme closes; it names nobody")
class Course(OfScheme):
    """A module that the scheme teaches."""

    id: Open[CourseId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    module: Open[str]
    """Its code: a module of the kind, or one of the scheme's own."""
    skill: Open[Skill]
    hours: Open[int]
    """Hours that it takes."""
    mandatory: Open[bool] = True
    """Nobody is certified who was not there. The modules of the kind always are."""
    in_force: Operational[bool] = True
    """False: it is taught no more, and gates nobody."""

    def faults(self) -> Iterable[Failure]:
        """A course takes some time."""
        if self.hours < 1:
            yield Failure("NO_HOURS", "/hours")


async def add(
    begin: Begin, scheme: UUID, *, module: str, skill: Skill, hours: int, mandatory: bool = True
) -> View[Course]:
    """A course: each module once. What the kind asks for is mandatory."""
    async with begin.serially(Verb.KEEP_COURSE) as act:
        of = await scheme_to_write(act, scheme, Course)
        if any(each.module == module for each in await of_scheme(act, of.id)):
            raise Unacceptable([Failure("TWICE", "/module")])
        if module in (await terms_of(act, of)).modules and not mandatory:
            raise Unacceptable([Failure("THE_KIND_ASKS_FOR_IT", "/mandatory")])
        course = made(act, of, Course, module=module, skill=skill, hours=hours, mandatory=mandatory)
        act.keep(course)
        return act.disclose(course)


async def amend(begin: Begin, id: UUID, *, seen: Tag, changes: Mapping[str, Any]) -> View[Course]:
    """Change its hours, or whether it is taught."""
    return await belonging.amend(begin, Verb.KEEP_COURSE, Course, id, seen=seen, changes=changes)


async def of_scheme(act: Act, scheme: UUID) -> list[Course]:
    """The courses that a scheme teaches now."""
    return await looking.all_known(act, Course, {"scheme": scheme, "in_force": True})
