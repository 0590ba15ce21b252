"""The schemes of the demonstration: three ready-made kinds in each prison, live, one in draft, one paused."""

from datetime import date, timedelta
from typing import Final

from api.demonstration.hat import Hat
from api.demonstration.people import JURISDICTION, LEI, MDI, Prison
from domain.kernel.ids import ActorId, SchemeId
from domain.schemes.kinds import INSIDERS, KINDS, LISTENERS, SHANNON_TRUST, Kind
from domain.schemes.record import PauseReason, Scheme, SchemeState

_ASK: Final = {
    LISTENERS.code: "Ask an officer or a Listener, use the kiosk, or ring the cell bell at night. No reason is asked.",
    INSIDERS.code: "Nobody needs to ask: an Insider comes to every new arrival. Later, ask on the induction wing.",
    SHANNON_TRUST.code: "Ask a mentor, the library or education. Nobody else needs to know.",
}
_FOR_WHOM: Final = {
    LISTENERS.code: "Anyone in the prison, at any hour.",
    INSIDERS.code: "Everybody in the first three days after arrival.",
    SHANNON_TRUST.code: "Anyone who finds reading or numbers hard.",
}
_PLACES: Final = {
    LISTENERS.code: ("Listener suite, A wing", "Quiet room by the chapel", "The caller's own cell"),
    INSIDERS.code: ("Reception", "First night centre, B wing"),
    SHANNON_TRUST.code: ("Library", "Education, room 3", "Association area, C wing"),
}


def schemes(hat: Hat, prison: Prison, approved_by: ActorId) -> list[Scheme]:
    """The prison's schemes: the live ones in the order of the kinds, then the one that is not."""
    live = [_live(hat, prison, kind, approved_by) for kind in KINDS.values()]
    return [*live, _draft(hat) if prison is MDI else _paused(hat, approved_by)]


def _scheme(hat: Hat, prison: Prison, kind: Kind, name: str, state: SchemeState, **more: object) -> Scheme:
    id = SchemeId(hat.ids())
    plan: dict[str, object] = {
        "target_group": _FOR_WHOM[kind.code],
        "how_to_ask": _ASK[kind.code],
        "places": _PLACES[kind.code],
        **more,
    }
    return Scheme(
        id=id,
        scheme=id,
        kind=kind.code,
        name=name,
        jurisdiction=JURISDICTION,
        prison=prison.code,
        organisation=kind.partner,
        closed=kind.policy.closed,
        state=state,
        purpose=kind.purpose,
        **plan,  # pyright: ignore[reportArgumentType]
    )


def _live(hat: Hat, prison: Prison, kind: Kind, approved_by: ActorId) -> Scheme:
    wanted = prison.listeners_wanted if kind is LISTENERS else prison.active[kind.code] + 2
    return _scheme(
        hat,
        prison,
        kind,
        f"{kind.title.split(' (')[0]} at {prison.code}",
        SchemeState.LIVE,
        supporters_wanted=wanted,
        review_on=_ahead(hat, 20, 200),
        approved_by=approved_by,
        opened_on=hat.today - hat.days(900, 1600),
    )


def _draft(hat: Hat) -> Scheme:
    """Planned, and waiting for the governor."""
    return _scheme(
        hat,
        MDI,
        INSIDERS,
        "Insiders for people held apart, H wing",
        SchemeState.DRAFT,
        target_group="New arrivals who are held apart for their own protection.",
        places=("H wing, interview room",),
        supporters_wanted=4,
        review_on=_ahead(hat, 60, 120),
    )


def _paused(hat: Hat, approved_by: ActorId) -> Scheme:
    """Open once, and stopped for now: no staff to move people in the evening."""
    return _scheme(
        hat,
        LEI,
        SHANNON_TRUST,
        "Count Me In, evenings",
        SchemeState.PAUSED,
        target_group="Anyone who finds numbers hard and works during the day.",
        places=("Association area, E wing",),
        supporters_wanted=3,
        review_on=_ahead(hat, 10, 40),
        approved_by=approved_by,
        opened_on=hat.today - hat.days(300, 340),
        paused_for=PauseReason.REGIME,
    )


def _ahead(hat: Hat, least: int, most: int) -> date:
    return hat.today + timedelta(days=hat.chance.randint(least, most))
