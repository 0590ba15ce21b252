"""The operations, one file a resource. `all_routers` is the whole of /v1."""

from typing import Any

from fastapi import APIRouter

from api.routes import (
    access,
    aftercare,
    aims,
    applications,
    attitudes,
    board,
    by_code,
    catalogues,
    charter_of_scheme,
    charters,
    chronologies,
    complaints,
    conduct,
    contacts,
    contingency,
    enrolments,
    evaluations,
    exceptions,
    feedback,
    forecasts,
    groups,
    importing,
    involvement,
    jobs,
    kinds,
    learning,
    life,
    limits,
    me,
    metrics,
    night_packs,
    night_sheets,
    objectives,
    own,
    packs,
    passports,
    pay,
    pressure,
    published,
    recruiting,
    requests,
    risks,
    roster,
    rota,
    schemes,
    standing,
    suitability,
    supervision,
    supporters,
    tallies,
    tasks,
    times,
    training,
    transfer_holds,
    upkeep,
    vigilance,
    weeks,
    wishes,
)


def all_routers() -> list[APIRouter]:
    """Every router, in the order of the document."""
    modules: tuple[Any, ...] = (
        *(me, tasks, schemes, life, charter_of_scheme, charters, objectives, catalogues),
        *(
            supporters,
            requests,
            board,
            night_sheets,
            night_packs,
            limits,
            conduct,
            tallies,
            weeks,
            learning,
            feedback,
            by_code,
            complaints,
            attitudes,
            vigilance,
            access,
            jobs,
            packs,
            chronologies,
            kinds,
            exceptions,
        ),
        *(contingency, risks, times, upkeep, involvement, recruiting, applications, suitability),
        *(forecasts, metrics, transfer_holds, passports, pay, own),
        *(standing, training),
        *(supervision, roster, rota, published, wishes, pressure, aftercare),
        *(enrolments, aims, contacts, groups, evaluations, importing),
    )
    return [each for module in modules for each in _routers(module)]


def _routers(module: Any) -> list[APIRouter]:
    own = [getattr(module, name) for name in ("routes", "unsigned") if hasattr(module, name)]
    return [*own, *(register.routes for register in getattr(module, "REGISTERS", ()))]
