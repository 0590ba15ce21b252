"""The operations, one file a resource. `all_routers` is the whole of /v1."""

from fastapi import APIRouter

from api.routes import access, feedback, jobs, learning, me, requests, schemes, supporters, tallies


def all_routers() -> list[APIRouter]:
    """Every router, in the order of the document."""
    modules = (me, schemes, supporters, requests, tallies, learning, feedback, access, jobs)
    return [module.routes for module in modules]
