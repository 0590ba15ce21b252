"""The operations, one file a resource. `all_routers` is the whole of /v1."""

from fastapi import APIRouter

from api.routes import (
    access,
    catalogues,
    charter_comments,
    charter_of_scheme,
    charters,
    contingency,
    exceptions,
    feedback,
    involvement,
    jobs,
    kinds,
    learning,
    life,
    me,
    objectives,
    requests,
    risks,
    schemes,
    supporters,
    tallies,
    times,
    upkeep,
)


def all_routers() -> list[APIRouter]:
    """Every router, in the order of the document."""
    modules = (
        *(me, schemes, life, charter_of_scheme, charters, charter_comments, objectives, catalogues),
        *(supporters, requests, tallies, learning, feedback, access, jobs, kinds, exceptions),
    )
    registers = (*contingency.REGISTERS, *risks.REGISTERS, *times.REGISTERS, *upkeep.REGISTERS, *involvement.REGISTERS)
    return [*(module.routes for module in modules), *(register.routes for register in registers)]
