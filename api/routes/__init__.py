"""The operations, one file a resource. `all_routers` is the whole of /v1."""

from fastapi import APIRouter

from api.routes import (
    access,
    catalogues,
    charter_comments,
    charter_of_scheme,
    charters,
    feedback,
    jobs,
    learning,
    me,
    objectives,
    requests,
    schemes,
    supporters,
    tallies,
)


def all_routers() -> list[APIRouter]:
    """Every router, in the order of the document."""
    modules = (
        *(me, schemes, charter_of_scheme, charters, charter_comments, objectives, catalogues),
        *(supporters, requests, tallies, learning, feedback, access, jobs),
    )
    return [module.routes for module in modules]
