"""The idiom of the FastAPI full-stack template, for comparison: what most services of this sort are made like.

Each request verifies its token (PyJWT), opens an ORM session, selects the user, loads objects, and passes them through
`response_model`; a write adds, commits and refreshes. The template's routes are synchronous on psycopg, which is in no
lock file of ours, so this one is async on asyncpg, which takes less CPU. It has no rules, no row security (it reads as
the owner), no ledger and no idempotency. The page's COUNT(*), which the template has, is left out. The tables are ours:
they are SQLModel's already.
"""

import hashlib
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID, uuid4

import asyncpg
import fastapi
import jwt
from fastapi import APIRouter, Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.middleware.cors import CORSMiddleware

from api.wire import camel, model
from domain.confidentiality.disclosure import NEVER
from domain.confidentiality.record import Record
from domain.schemes import charter
from domain.schemes.kinds import LISTENERS
from domain.sessions import request
from domain.sessions.answering import OPEN_STATES
from domain.sessions.watching import EACH
from domain.supporters import record
from persistence.cipher import Cipher
from persistence.keys import Keys
from persistence.tables import Actor, Request, Supporter
from persistence.tables.planning import Charter
from tests.bench import estate
from tests.bench.issuer import AUDIENCE, ISSUER
from tests.bench.limit import POOL

SupporterPublic, CharterPublic = model(record.Supporter), model(charter.Charter)
RequestShown = model(request.Request)
_CIPHER = Cipher(Keys.parse(estate.KEYS))


def _names(kind: type[Record], public: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """Of what is kept that which is told, by both of its names."""
    return tuple((name, camel(name)) for name in kind.shape.fields if camel(name) in public.model_fields)


_NAMES, _SECTIONS = _names(record.Supporter, SupporterPublic), _names(charter.Charter, CharterPublic)

_SHOWN = tuple((name, camel(name)) for name in request.Request.shape.fields if name not in NEVER)
_SEALED = tuple(f.name for f in request.Request.shape.fields.values() if f.mark.encrypted)


class SupportersPublic(BaseModel):
    """A page."""

    items: list[SupporterPublic]  # type: ignore[valid-type]
    next: UUID


class EligiblePublic(BaseModel):
    """Somebody who could be asked."""

    supporter: UUID
    name: str
    wing: str
    available: bool = True
    trained: bool = True
    certification: str = "VALID"
    notAvailableFor: list[str] = []


class EligiblesPublic(BaseModel):
    """All of them."""

    items: list[EligiblePublic]


class BoardPublic(BaseModel):
    """What is open."""

    wings: list[str] = []
    items: list[RequestShown]  # type: ignore[valid-type]
    tag: str
    more: bool


class RequestCreate(BaseModel):
    """What is sent."""

    need: str
    channel: str
    urgency: str
    prison: str
    wing: str
    recipient: str
    cell: str


class RequestPublic(BaseModel):
    """What is answered."""

    id: UUID
    scheme: UUID
    jurisdiction: str
    prison: str
    closed: bool
    unverified: bool
    wing: str
    state: str
    asked_at: datetime
    readable_until: datetime


async def get_db(request: fastapi.Request) -> AsyncGenerator[AsyncSession]:
    async with AsyncSession(request.app.state.engine) as session:
        yield session


SessionDep = Annotated[AsyncSession, Depends(get_db)]
TokenDep = Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]


async def get_current_user(request: fastapi.Request, session: SessionDep, token: TokenDep) -> Actor:
    try:
        key = request.app.state.key
        claims = jwt.decode(token.credentials, key, algorithms=["RS256"], audience=AUDIENCE, issuer=ISSUER)
    except jwt.InvalidTokenError:
        raise HTTPException(403, "Could not validate credentials") from None
    user = (await session.exec(select(Actor).where(Actor.id == estate.uid(f"actor {claims['sub']}")))).first()
    if user is None:
        raise HTTPException(404, "User not found")
    return user


CurrentUser = Annotated[Actor, Depends(get_current_user)]
routes = APIRouter()


@routes.get("/health")
async def health() -> bool:
    return True


@routes.get("/v1/supporters/{id}", response_model=SupporterPublic)
async def get_supporter(session: SessionDep, user: CurrentUser, id: UUID) -> Any:
    one = (await session.exec(select(Supporter).where(Supporter.id == id))).first()
    if one is None or one.prison != _prison(user):
        raise HTTPException(404, "Supporter not found")
    return _public(one)


@routes.get("/v1/charters/{id}", response_model=CharterPublic)
async def get_charter(session: SessionDep, user: CurrentUser, id: UUID) -> Any:
    one = (await session.exec(select(Charter).where(Charter.id == id))).first()
    if one is None or one.prison != _prison(user):
        raise HTTPException(404, "Charter not found")
    values = {wire: getattr(one, name) for name, wire in _SECTIONS}
    return CharterPublic(**values | {"missing": [], "withheld": []})


@routes.get("/v1/supporters", response_model=SupportersPublic)
async def list_supporters(session: SessionDep, user: CurrentUser, limit: int = 50) -> Any:
    wanted = select(Supporter).where(Supporter.prison == _prison(user)).order_by(col(Supporter.id)).limit(limit)
    found = (await session.exec(wanted)).all()
    return SupportersPublic(items=[_public(one) for one in found], next=found[-1].id)


@routes.get("/v1/schemes/{id}/eligible-supporters", response_model=EligiblesPublic)
async def list_eligible(session: SessionDep, user: CurrentUser, id: UUID) -> Any:
    wanted = select(Supporter).where(Supporter.scheme == id, Supporter.prison == _prison(user))
    today = datetime.now(UTC).date()
    found = (await session.exec(wanted.order_by(col(Supporter.id)))).all()
    able = [s for s in found if s.standing == "ACTIVE" and not s.away and (s.certificate_expires_on or today) > today]
    return EligiblesPublic(items=[EligiblePublic(supporter=s.id, name=_name(s), wing=s.wing) for s in able])


@routes.get("/v1/board", response_model=BoardPublic)
async def get_board(session: SessionDep, user: CurrentUser) -> Any:
    shown: list[Request] = []
    more, there = False, col(Request.prison) == _prison(user)
    for state in OPEN_STATES:
        wanted = select(Request).where(there, Request.state == state, Request.readable_until > datetime.now(UTC))
        found = (await session.exec(wanted.order_by(col(Request.asked_at)).limit(EACH + 1))).all()
        more = more or len(found) > EACH
        shown += found[:EACH]
    tag = "|".join(f"{one.id}={one.version}" for one in shown)
    return BoardPublic(items=[_of_board(one) for one in shown], tag=hashlib.sha256(tag.encode()).hexdigest(), more=more)


@routes.post("/v1/requests", response_model=RequestPublic, status_code=201)
async def create_request(session: SessionDep, user: CurrentUser, asked: RequestCreate) -> Any:
    id, now = uuid4(), datetime.now(UTC)
    sealed: dict[str, Any] = {n: _CIPHER.seal("request", n, id, getattr(asked, n)) for n in ("recipient", "cell")}
    values: dict[str, Any] = asked.model_dump() | sealed
    made = Request(
        **values,
        id=id,
        version=1,
        scheme=estate.scheme_of(asked.prison, LISTENERS.code),
        jurisdiction="EW",
        organisation="SAMARITANS",
        closed=True,
        unverified=False,
        band="PM",
        readable_until=now + timedelta(hours=5),
        state="RECEIVED",
        asked_at=now,
        recorded_at=now,
        late=False,
        after_hold=False,
        first_night=False,
        author=user.id,
        declined_by=[],
        not_wanted=[],
        delay_codes=[],
        delay_roles=[],
        delay_waits=[],
        delay_minutes=[],
        delay_actors=[],
    )
    session.add(made)
    await session.commit()
    await session.refresh(made)
    return made


def create_app(url: str, jwk: dict[str, Any]) -> FastAPI:
    """The application."""
    app = FastAPI(redirect_slashes=False)
    app.state.key = jwt.PyJWK(jwk)
    app.state.engine = create_async_engine(
        "postgresql+asyncpg://",
        pool_size=POOL,
        max_overflow=0,
        async_creator=lambda: asyncpg.connect(url, server_settings={"session_replication_role": "replica"}),
    )
    app.add_middleware(CORSMiddleware, allow_origins=["https://front.bench.example"], allow_methods=["*"])
    app.include_router(routes)
    return app


def _public(one: Supporter) -> Any:
    values = {wire: getattr(one, name) for name, wire in _NAMES}
    return SupporterPublic(**values | {"name": _name(one), "withheld": []})


def _of_board(one: Request) -> Any:
    values = {wire: getattr(one, name) for name, wire in _SHOWN}
    for name in _SEALED:
        sealed = getattr(one, name)
        values[camel(name)] = None if sealed is None else _CIPHER.open("request", name, one.id, sealed)
    return RequestShown(**values, withheld=[])


def _name(one: Supporter) -> str:
    return _CIPHER.open("supporter", "name", one.id, one.name)


def _prison(user: Actor) -> str:
    subject = _CIPHER.open("actor", "subject", user.id, user.subject)
    return estate.prison_of(subject)
