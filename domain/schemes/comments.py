"""What those who may sign a charter say to a section of it, and what its authors answer."""

from datetime import datetime
from uuid import UUID

from domain.act import Act, Begin
from domain.confidentiality.classification import Open, Operational
from domain.confidentiality.disclosure import View
from domain.confidentiality.record import record
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.ids import ActorId, CharterCommentId, CharterId, SchemeId
from domain.kernel.moves import require
from domain.schemes.belonging import OfScheme, made, not_closed
from domain.schemes.charter import UNPUBLISHED, Charter
from domain.schemes.questions import Section


@record(kind="charter-comment", kept="as long as the version of the charter that it is about")
class CharterComment(OfScheme):
    """One comment on one section of a version that is not published yet. It is never changed."""

    id: Open[CharterCommentId]
    version: Open[int] = 0
    scheme: Open[SchemeId]
    jurisdiction: Open[str]
    prison: Open[str]
    organisation: Open[str]
    charter: Open[CharterId]
    section: Open[Section]
    words: Operational[str]
    made_by: Operational[ActorId]
    made_as: Operational[Role]
    made_at: Operational[datetime]


async def comment(begin: Begin, charter: UUID, *, section: Section, words: str) -> View[CharterComment]:
    """Say something to a section. `Absent` for a version out of reach, or of another prison."""
    async with begin(Verb.COMMENT) as act:
        of = await act.fetch(Charter, charter)
        require((of.state in UNPUBLISHED, f"STATE_{of.state.value}"), await not_closed(act, of))
        said = said_of(act, of, section, words)
        act.keep(said)
        return act.disclose(said)


def said_of(act: Act, charter: Charter, section: Section, words: str) -> CharterComment:
    """The comment that the viewer makes now."""
    return made(
        act,
        charter,
        CharterComment,
        charter=charter.id,
        section=section,
        words=words,
        made_by=act.viewer.actor,
        made_as=act.viewer.role,
        made_at=act.now,
    )
