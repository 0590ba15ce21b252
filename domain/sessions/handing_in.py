"""Handing in a Listener's tally: into the letterbox, one constant receipt, nothing to read back (rule 1)."""

from domain.act import Act, Begin
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent
from domain.kernel.words import JURISDICTIONS
from domain.ports import Letter, Query
from domain.schemes.record import Scheme
from domain.sessions.asking import MOST_SCHEMES
from domain.sessions.codes import Concern, DurationBand, YesNoUnknown
from domain.sessions.tally import BOX, RECEIPT, DayOrNight, tally_of


async def hand_in(
    begin: Begin,
    *,
    month: str,
    part: DayOrNight,
    duration: DurationBand,
    concerns: tuple[Concern, ...],
    first_time: YesNoUnknown,
    suicidal_feelings: YesNoUnknown,
    self_harm: YesNoUnknown,
) -> str:
    """The receipt, the same for every tally and every replay."""
    async with begin(Verb.HAND_IN_TALLY) as act:
        prison, jurisdiction = await where_he_serves(act)
        tally = tally_of(
            prison=prison,
            month=month,
            part=part,
            duration=duration,
            concerns=concerns,
            first_time=first_time,
            suicidal_feelings=suicidal_feelings,
            self_harm=self_harm,
            now=act.now,
            zone=JURISDICTIONS[jurisdiction].time_zone,
        )
        act.post(Letter(BOX, tally.plain()))
        return RECEIPT


async def where_he_serves(act: Act) -> tuple[str, str]:
    """(prison, jurisdiction) of the viewer's own scheme that counts by tallies. Raises `Absent`: he has none."""
    prisons, schemes = act.viewer.fact("prisons"), act.viewer.fact("schemes")
    organisations = act.viewer.fact("organisations") or frozenset()
    if prisons is None or len(prisons) != 1:
        raise Absent
    for prison in prisons:
        # Closed policies count by tallies, and no others do.
        for scheme in await act.known(Scheme, Query(equal={"prison": prison, "closed": True}, limit=MOST_SCHEMES)):
            mine = scheme.id in schemes if schemes is not None else scheme.organisation in organisations
            if mine and scheme.jurisdiction in (act.viewer.fact("jurisdictions") or ()):
                return scheme.prison, scheme.jurisdiction
    raise Absent
