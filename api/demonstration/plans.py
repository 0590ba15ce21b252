"""The schemes of the demonstration: three ready-made kinds in each prison, live; some in draft, a pilot, one suspended.
One of the live ones has lost whoever led its supervision: the service finds it at risk within a minute."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from api.demonstration.hat import Hat
from api.demonstration.people import JURISDICTION, LEI, MDI, Prison
from domain.care.leading import LEADS
from domain.confidentiality.roles import Role
from domain.kernel.ids import ActorId, SchemeId
from domain.oversight.record import Assignment
from domain.schemes.kinds import COUNCIL, INSIDERS, LISTENERS, RECOVERY_MENTORS, SHANNON_TRUST, SOCIAL_CARE_BUDDIES
from domain.schemes.record import SERVING, Scheme, SchemeState, SuspensionReason
from domain.schemes.sheet import Kind

_ASK: Final = {
    SOCIAL_CARE_BUDDIES.code: "Ask healthcare or your wing office, or have somebody ask for you.",
    COUNCIL.code: "Bring an idea to any member of the council, or leave it in the box on the wing.",
    RECOVERY_MENTORS.code: "Ask a mentor, or the recovery team.",
    LISTENERS.code: "Ask an officer or a Listener, use the kiosk, or ring the cell bell at night. No reason is asked.",
    INSIDERS.code: "Nobody needs to ask: an Insider comes to every new arrival. Later, ask on the induction wing.",
    SHANNON_TRUST.code: "Ask a mentor, the library or education. Nobody else needs to know.",
}
_FOR_WHOM: Final = {
    SOCIAL_CARE_BUDDIES.code: "People with a care plan.",
    COUNCIL.code: "Everybody in the prison.",
    RECOVERY_MENTORS.code: "Anyone who wants to stop using, or has.",
    LISTENERS.code: "Anyone in the prison, at any hour.",
    INSIDERS.code: "Everybody in the first three days after arrival.",
    SHANNON_TRUST.code: "Anyone who finds reading or numbers hard.",
}
_PLACES: Final = {
    SOCIAL_CARE_BUDDIES.code: ("Where the person is",),
    COUNCIL.code: ("Visits hall, first Monday of the month",),
    RECOVERY_MENTORS.code: ("Recovery wing, group room",),
    LISTENERS.code: ("Listener suite, A wing", "Quiet room by the chapel", "The caller's own cell"),
    INSIDERS.code: ("Reception", "First night centre, B wing"),
    SHANNON_TRUST.code: ("Library", "Education, room 3", "Association area, C wing"),
}


_NEXT: Final = {MDI.code: (SOCIAL_CARE_BUDDIES, COUNCIL), LEI.code: (RECOVERY_MENTORS,)}
"""What each prison means to have next."""


def schemes(hat: Hat, prison: Prison, approved_by: ActorId) -> list[Scheme]:
    """The prison's schemes: the live ones in the order of the kinds, then the one that is not."""
    live = [_live(hat, prison, kind, approved_by) for kind in (LISTENERS, INSIDERS, SHANNON_TRUST)]
    others = [_draft(hat), _pilot(hat, approved_by)] if prison is MDI else [_suspended(hat, approved_by)]
    return [*live, *others, *(_planned(hat, prison, kind) for kind in _NEXT[prison.code])]


def led(schemes: Sequence[Scheme], assignments: Sequence[Assignment], today: date) -> list[Scheme]:
    """The open schemes with somebody of their prison who leads supervision; all but one."""
    leads = {
        a.prison: a for a in reversed(assignments) if a.role in LEADS - {Role.PARTNER_VOLUNTEER} and a.scheme is None
    }
    return [_led(s, leads, today) for s in schemes]


def _led(scheme: Scheme, leads: Mapping[str | None, Assignment], today: date) -> Scheme:
    lead = leads.get(scheme.prison)
    vacant = (scheme.prison, scheme.kind) == (LEI.code, INSIDERS.code)
    if lead is None or vacant or not scheme.open:
        return scheme
    return replace(scheme, supervision_lead=lead.id, supervision_since=min(today, lead.starts_on))


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
        open=state in SERVING,
        support_types=kind.support_types,
        stage_of_sentence=kind.stage_of_sentence,
        purpose=kind.purpose,
        **plan,  # pyright: ignore[reportArgumentType]
    )


def _live(hat: Hat, prison: Prison, kind: Kind, approved_by: ActorId) -> Scheme:
    wanted = prison.listeners_wanted if kind is LISTENERS else prison.active[kind.code] + 2
    opened = hat.today - hat.days(900, 1600)
    return _scheme(
        hat,
        prison,
        kind,
        f"{kind.title.split(' (')[0]} at {prison.code}",
        SchemeState.LIVE,
        supporters_wanted=wanted,
        supporters_needed=prison.active[kind.code] // 2,
        pilot_limit=wanted,
        review_on=_ahead(hat, 20, 200),
        approved_by=approved_by,
        opened_on=opened,
        live_from=opened + timedelta(days=56),
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
        supporters_needed=2,
        pilot_limit=2,
        review_on=_ahead(hat, 60, 120),
    )


def _pilot(hat: Hat, approved_by: ActorId) -> Scheme:
    """Open for longer than a pilot must be, with as many mentors as it may have. It lacks an advert, and nothing else,
    to go live."""
    return _scheme(
        hat,
        MDI,
        SHANNON_TRUST,
        "Count Me In, workshops",
        SchemeState.PILOT,
        target_group="Anyone in the workshops who finds numbers hard.",
        places=("Workshop 2, quiet room",),
        supporters_wanted=6,
        supporters_needed=2,
        pilot_limit=2,
        review_on=_ahead(hat, 60, 120),
        approved_by=approved_by,
        opened_on=hat.today - timedelta(days=40),
    )


def _suspended(hat: Hat, approved_by: ActorId) -> Scheme:
    """Open once, and stopped for now: no staff to move people in the evening. It is looked at again within a month."""
    opened = hat.today - hat.days(300, 340)
    return _scheme(
        hat,
        LEI,
        SHANNON_TRUST,
        "Count Me In, evenings",
        SchemeState.SUSPENDED,
        target_group="Anyone who finds numbers hard and works during the day.",
        places=("Association area, E wing",),
        supporters_wanted=3,
        pilot_limit=3,
        review_on=_ahead(hat, 30, 60),
        approved_by=approved_by,
        opened_on=opened,
        live_from=opened + timedelta(days=28),
        suspended_for=SuspensionReason.REGIME,
        suspended_at=datetime.combine(hat.today - timedelta(days=9), time(9, 30), UTC),
        suspension_review_on=hat.today + timedelta(days=21),
    )


def _planned(hat: Hat, prison: Prison, kind: Kind) -> Scheme:
    """On paper only; its kind has all of its rules already."""
    review_on = hat.today + timedelta(days=90)
    return _scheme(hat, prison, kind, f"{kind.title} at {prison.code}", SchemeState.DRAFT, review_on=review_on)


def _ahead(hat: Hat, least: int, most: int) -> date:
    return hat.today + timedelta(days=hat.chance.randint(least, most))
