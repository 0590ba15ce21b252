"""What a scheme is for, told beside a record of it (S6: 'a clear predefined purpose for the interaction'): to whoever
asked for support, with an offer to whoever passes it on to the supporter, and with an enrolment to both.

The words are those of the kind, which two people approved and a translator checked; they are the same for everybody of
the scheme, whatever came of it, so they tell nothing but which scheme it is, and that the record says itself. They are
no part of the record: nothing is kept of their having been told.
"""

from dataclasses import dataclass
from typing import Generic
from uuid import UUID

from domain.act import Act
from domain.confidentiality.disclosure import View
from domain.confidentiality.record import R
from domain.schemes.made import terms_of
from domain.schemes.record import Scheme
from domain.schemes.sheet import Kind


@dataclass(frozen=True, slots=True)
class Told(Generic[R]):
    """A record as its viewer may see it, and the terms of its scheme. `terms` is None where no scheme answers, or where
    its kind is not the viewer's to know. `made_here`: the kind was made through the API, and speaks its maker's
    English."""

    view: View[R]
    terms: Kind | None
    made_here: bool = False


async def told(act: Act, record: R, of: Scheme | None) -> Told[R]:
    """The record disclosed, with the terms of this scheme, which is its own."""
    view = act.disclose(record)
    if of is None or not _may_know(act, of):
        return Told(view, None)
    return Told(view, await terms_of(act, of), of.kind_version is not None)


async def told_of(act: Act, record: R) -> Told[R]:
    """The record disclosed, with the terms of its scheme, which is looked up."""
    id: UUID | None = getattr(record, "scheme")  # noqa: B009  (of any kind that belongs to a scheme)
    return await told(act, record, None if id is None else await act.known_one(Scheme, id))


def _may_know(act: Act, of: Scheme) -> bool:
    """Ready-made kinds are everybody's to know. One that was made here may be a prison's own, and which kinds there are
    elsewhere is not to be learned by asking there."""
    prisons = act.viewer.fact("prisons")
    return of.kind_version is None or prisons is None or of.prison in prisons
