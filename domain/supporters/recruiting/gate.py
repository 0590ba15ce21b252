"""What stands between an application and a yes: security's word, the rules of the kind, the panel, the places. Gates
stand on the write, and all that fail are told to those who may know; to others, that he is not available."""

from typing import Final

from domain.act import Act
from domain.confidentiality.roles import Role
from domain.kernel.moves import require
from domain.schemes.belonging import with_
from domain.schemes.made import terms_of
from domain.schemes.sheet import Kind
from domain.schemes.vocabulary import Weight
from domain.supporters.record import TAKEN_ON, Supporter
from domain.supporters.recruiting import application, assessing, clearing, panel
from domain.supporters.recruiting.application import Application
from domain.supporters.recruiting.vacancies import Vacancy

TOLD_NOTHING: Final = frozenset({Role.PARTNER_VOLUNTEER})
"""Roles that decide, and may not know what is known of an applicant."""
BEGINS: Final = {Weight.HARD: "FAILS_", Weight.REVIEW: "UNREVIEWED_"}
"""What the code of a rule that stands in the way begins with, by how it counts; the rule follows."""


async def unsuited(act: Act, supporter: Supporter) -> list[str]:
    """Why the prison may not say yes to him, by code: security's word, and the rules that are not met."""
    clearance = await clearing.fault(act, supporter)
    made = await assessing.newest(act, supporter)
    found = [] if clearance is None else [clearance]
    if made is None:
        return [*found, "NOT_ASSESSED"]
    if not assessing.holds(made, act.now):
        return [*found, "ASSESSMENT_STALE"]
    return [*found, *(BEGINS[each["weight"]] + each["rule"] for each in assessing.blocking(made))]


def unheard(kept: Application, kind: Kind) -> list[str]:
    """What the panel lacks, of an application for an advertised place."""
    if kept.vacancy is None:
        return []
    lacks = [(kept.panel >= panel.AT_LEAST, "PANEL_TOO_SMALL")]
    if kind.partner_certifies:
        lacks.append((kept.panel_of_partner > 0, "PANEL_WITHOUT_PARTNER"))
    return [code for holds, code in lacks if not holds]


async def may_be_taken_on(
    act: Act, supporter: Supporter, kept: Application, kind: Kind, *further: tuple[bool, str]
) -> None:
    """Raises `NotNow` with all that stands in the way of a yes; to some, that he is not available."""
    found = await unsuited(act, supporter)
    if act.viewer.role in TOLD_NOTHING:
        found = ["NOT_AVAILABLE"] if found else []
    require(*((False, code) for code in (*found, *unheard(kept, kind))), *further)


async def may_return(act: Act, supporter: Supporter) -> tuple[tuple[bool, str], ...]:
    """The guards of staff's word for somebody who was taken over with his scheme, and with it comes into the role here.

    He has said so first, so that it is never his word that security's stands against: he would learn what it is. And
    where the partner certifies, it speaks for him: what a file says of his certificate, whoever typed it said."""
    fault, kind = await clearing.fault(act, supporter), await terms_of(act, supporter)
    if fault is not None and act.viewer.role in TOLD_NOTHING:
        fault = "NOT_AVAILABLE"
    return (
        (supporter.own_word_on is not None, "OWN_WORD_FIRST"),
        (fault is None, fault or ""),
        (not kind.partner_certifies or act.viewer.role is Role.PARTNER_VOLUNTEER, "PARTNER_CERTIFIES"),
    )


async def place_left(act: Act, kept: Application) -> tuple[bool, str]:
    """The guard that one of the places that he applied for is free."""
    vacancy = await _applied_for(act, kept)
    return vacancy is None or vacancy.filled < vacancy.places, "PLACES_FILLED"


async def take_a_place(act: Act, kept: Application) -> None:
    """He is taken on for the place that he applied for, which `place_left` has found."""
    vacancy = await _applied_for(act, kept)
    if vacancy is not None:
        act.keep_beside(with_(vacancy, filled=vacancy.filled + 1), was=vacancy)


async def _applied_for(act: Act, kept: Application) -> Vacancy | None:
    return None if kept.vacancy is None else await act.known_one(Vacancy, kept.vacancy)


async def frees_his_place(act: Act, was: Supporter) -> None:
    """He was taken on, and leaves before he has served: the advertised place that he took is free again."""
    if was.standing not in TAKEN_ON or was.active_from is not None:
        return
    kept, _ = await application.of(act, was)
    vacancy = await _applied_for(act, kept)
    if vacancy is not None and vacancy.filled:
        act.keep_beside(with_(vacancy, filled=vacancy.filled - 1), was=vacancy)
