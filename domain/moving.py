"""Whether what an act does may be done to a record from where it stands: the first guard of every move."""

from domain.act import Act
from domain.confidentiality.record import Record


def may_move(act: Act, record: Record) -> tuple[bool, str]:
    """The guard that the record's life has this act's verb where it stands now (`STATE_<NOW>`): for `require`, so that
    it is told with whatever else forbids the move. A 409 tells which moves are left."""
    life = record.shape.life
    if life is None:
        raise TypeError(f"{record.shape.kind} has no life")
    stands = getattr(record, life.field)
    return stands in life.moves[act.decision.verb], f"STATE_{stands.value}"
