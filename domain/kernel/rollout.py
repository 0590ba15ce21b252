"""In which prisons the service is rolled out: a setting of the operator (`ACTIVE_AGENCIES`), and all that it decides.

The estate rolls a service out prison by prison, by a list of codes or `***` (hmpps.md 7), which it also serves in
`/info`. What it decides here, and why:

- *A scheme can be prepared.* It is planned, its charter written and signed, people are taken on, trained and imported:
  all that takes months, and is best done before the day. It does not open, go live or go on after a suspension: refused
  with `PRISON_NOT_ROLLED_OUT`, which its readiness says before it is tried (`domain.life.ready`).
- *People in custody have no surface.* Launchpad shows no tile where `/info` does not name the prison. Whoever calls all
  the same, from an old page or a kiosk that was moved, finds nothing there: the 404 that every refusal is for a person
  in custody, with `/v1/me` among it, and not the 403 of the estate's own services, which would be the one answer of
  ours to him that is not (`api.call`).
- *But asking is taken.* A request for help is never refused for a setting: it is recorded as where no scheme answers,
  and LIFE_AT_RISK is told what to do now (rule 5).
- *Codes on paper are taken* wherever they were printed: they say nothing of who has one, nor of where he is.
- *Whoever is not known cannot be placed*, and keeps what is the same for everybody: no prison is taken from his token,
  for that is a caller's word.
- *Staff, partners and inspectors* see and do in such a prison what they may: they are who prepares it.
- *Events of the prison are followed* for the people of whom something is kept, rolled out or not: that somebody was
  moved, released or has died is no matter of a surface, and records that did not follow would be wrong on the first
  day. Of others nothing is begun by an event anywhere.
- *A prison that is taken off the list* keeps its schemes as they stand: no setting stops a night's cover. They show the
  gap, and are not at risk by it; once suspended they do not go on. Its people lose their surface at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

EVERY: Final = "***"
"""The estate's word for all of its prisons."""


@dataclass(frozen=True, slots=True)
class RollOut:
    """The prisons, by their codes; None: all of them."""

    prisons: frozenset[str] | None = None

    def includes(self, prison: str) -> bool:
        """Whether the service is rolled out there."""
        return self.prisons is None or prison in self.prisons


EVERYWHERE: Final = RollOut()


def rolled_out(codes: Iterable[str]) -> RollOut:
    """To these prisons; with `***` among them, to all."""
    found = frozenset(codes)
    return EVERYWHERE if EVERY in found else RollOut(found)
