"""Handing in a Listener's tally: into the letterbox, one constant receipt, nothing to read back (rule 1)."""

from domain.act import Begin
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent
from domain.kernel.words import JURISDICTIONS
from domain.ports import Letter
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
        prisons = act.viewer.fact("prisons")
        if prisons is None or len(prisons) != 1:
            raise Absent
        jurisdiction = str(next(iter(act.viewer.fact("jurisdictions") or ("EW",))))
        tally = tally_of(
            prison=str(next(iter(prisons))),
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
