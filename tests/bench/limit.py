"""The limit of Python on this machine: a bare ASGI application on asyncpg and orjson, doing the same SQL by hand.

It gives the same answers, member by member: the same columns of the same table, of the caller's prison, the name opened
from the same ciphertext. It knows a caller by the SHA-256 of his token, verified once by python-jose and remembered. It
leaves out everything else: who may do this and for what purpose, assignments, row security (it reads as the owner),
rates, limits, problems, tags, cursors, headers, and all thought of what was not found. Two limits are made of it:

    plain      a read writes no line in the ledger; a write is the bare record, the table's triggers laid by
    recorded   a read first writes one line of the ledger in a transaction of its own; a write is one statement with
               record, line and use of its idempotency key
"""

import asyncio
import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

import asyncpg
import orjson
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from jose import jwt
from sqlalchemy import Uuid

from api.wire import camel
from domain.confidentiality.disclosure import NEVER
from domain.confidentiality.record import Record
from domain.schemes.charter import Charter
from domain.schemes.kinds import LISTENERS
from domain.sessions.answering import OPEN_STATES
from domain.sessions.request import Request
from domain.sessions.watching import EACH
from domain.supporters.record import Supporter
from persistence.keys import Keys
from persistence.tables import RECORDS
from persistence.tables.columns import IdList
from tests.bench import estate
from tests.bench.issuer import AUDIENCE, ISSUER

POOL: Final = 10
"""Connections, as many as the service has unless it is told otherwise."""


def _told(kind: type[Record]) -> str:
    """The columns that are shown. orjson writes no id of the driver's own class, so PostgreSQL gives ids as text."""
    table, found = RECORDS[kind.shape.kind], list[str]()
    for name in kind.shape.fields:
        if name not in NEVER:
            held = table.c[name].type
            text = "::text[]" if isinstance(held, IdList) else "::text" if isinstance(held, Uuid) else ""
            found.append(f'{name}{text} as "{camel(name)}"')
    return ", ".join(found)


_COLUMNS: Final = _told(Supporter)
_ONE: Final = f"select {_COLUMNS} from supporter where id = $1 and prison = $2 and jurisdiction = 'EW'"
_PAGE: Final = f"select {_COLUMNS} from supporter where prison = $1 and jurisdiction = 'EW' order by id limit 50"
_ELIGIBLE: Final = """
select id::text as id, name, wing from supporter
where scheme = $1 and prison = $2 and jurisdiction = 'EW' and standing = 'ACTIVE'
    and certificate_expires_on >= current_date
    and not exists (
        select from unnest(away) d
        where split_part(d, '/', 1) <= current_date::text and split_part(d, '/', 2) in ('..', current_date::text)
    )
order by id
"""
_CHARTER: Final = f"""select {_told(Charter)} from charter where id = $1 and prison = $2 and jurisdiction = 'EW'"""
_SEALED: Final = tuple(f.name for f in Request.shape.fields.values() if f.mark.encrypted)
_BOARD: Final = f"""
select r.* from unnest($2::text[]) with ordinality as s(state, place), lateral (
    select {_told(Request)} from request
    where prison = $1 and jurisdiction = 'EW' and request.state = s.state and readable_until > now()
    order by request.asked_at, request.id limit {EACH + 1}
) r
order by s.place, r."askedAt"
"""
_INSTANTS: Final = orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS
_ADD: Final = """
insert into request (id, version, scheme, jurisdiction, prison, organisation, closed, unverified, wing, channel,
    need, urgency, band, readable_until, state, asked_at, recorded_at, late, after_hold, recipient, cell, first_night,
    author, declined_by, not_wanted, delay_codes, delay_roles, delay_waits, delay_minutes, delay_actors)
values ($1, 1, $2, 'EW', $3, 'SAMARITANS', true, false, $4, $5,
    $6, $7, 'PM', $8, 'RECEIVED', $9, $9, false, false, $10, $11, false,
    $12, '{}', '{}', '{}', '{}', '{}', '{}', '{}')
returning id
"""
_LINE_VALUES: Final = "'COORDINATOR', 'SUPPORT', 'LOOK', 'coordinator.support', 'DONE', 'EW'"
_LINE_COLUMNS: Final = (
    "id, at, bytes, shown_at, readable_from, actor, prison, closed,"
    " role, purpose, shown_act, rule, outcome, jurisdiction"
)
_LINE: Final = f"insert into ledger ({_LINE_COLUMNS}) values ($1, $2, $3, $2, $2, $4, $5, false, {_LINE_VALUES})"
_ADD_ALL: Final = f"""
with w as ({_ADD}),
e as (
    insert into ledger ({_LINE_COLUMNS})
    select $13::uuid, $9, $14::bytea, $9, $9, $12, $3, true, {_LINE_VALUES} from w
),
k as (insert into idempotency_key (use, body, subject, until) select $15::bytea, $16::bytea, $17::bytea, $8 from w)
select id from w
"""


class Limit:
    """The application. `open` before the first request, `close` after the last."""

    def __init__(self, url: str, jwk: dict[str, Any], *, recorded: bool) -> None:
        self._url = url
        self._jwk = jwk
        self._recorded = recorded
        self._callers: dict[bytes, tuple[str, UUID, UUID]] = {}
        self._names = AESGCM(Keys.parse(estate.KEYS).derive("seal supporter", 1))
        self._requests = AESGCM(Keys.parse(estate.KEYS).derive("seal request", 1))
        self._idle: list[dict[str, Any]] = []
        self._free = asyncio.Semaphore(POOL)
        self._open: list[Any] = []

    async def open(self) -> None:
        """Connect, and prepare every statement on every connection."""
        for _ in range(POOL):
            # As the owner, whom row security does not bind, with triggers laid by: the bare table.
            settings = {"session_replication_role": "replica"}
            connection = await asyncpg.connect(self._url, server_settings=settings)
            self._open.append(connection)
            wanted = {
                "one": _ONE,
                "page": _PAGE,
                "charter": _CHARTER,
                "eligible": _ELIGIBLE,
                "board": _BOARD,
                "line": _LINE,
                "add": _ADD_ALL if self._recorded else _ADD,
            }
            self._idle.append({name: await connection.prepare(sql) for name, sql in wanted.items()})

    async def close(self) -> None:
        """Let every connection go."""
        for connection in self._open:
            await connection.close()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        path: str = scope["path"]
        if scope["method"] == "POST":
            await self._answer(send, 201, await self._write(scope, await _body(receive)))
        elif path.startswith("/v1/supporters/"):
            await self._answer(send, 200, await self._read(scope, UUID(path[15:])))
        elif path.startswith("/v1/charters/"):
            await self._answer(send, 200, await self._charter(scope, UUID(path[13:])))
        elif path.startswith("/v1/schemes/"):
            await self._answer(send, 200, await self._eligible(scope, UUID(path.split("/")[3])))
        elif path == "/v1/board":
            await self._answer(send, 200, await self._board(scope))
        elif path == "/v1/supporters":
            await self._answer(send, 200, await self._list(scope))
        else:
            await self._answer(send, 200, b"{}")

    async def _live(self, receive: Any, send: Any) -> None:
        await receive()
        await self.open()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, send: Any, status: int, body: bytes) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _read(self, scope: Any, id: UUID) -> bytes:
        prison, actor, _ = self._caller(scope)

        async def read(prepared: dict[str, Any]) -> Any:
            if self._recorded:
                await prepared["line"].fetch(*_line(actor, "supporter", [str(id)]), actor, prison)
            return await prepared["one"].fetchrow(id, prison)

        return orjson.dumps(self._shown(await self._on(read)))

    async def _charter(self, scope: Any, id: UUID) -> bytes:
        prison, actor, _ = self._caller(scope)

        async def read(prepared: dict[str, Any]) -> Any:
            if self._recorded:
                await prepared["line"].fetch(*_line(actor, "charter", [str(id)]), actor, prison)
            return await prepared["charter"].fetchrow(id, prison)

        return orjson.dumps({**await self._on(read), "missing": [], "withheld": []})

    async def _eligible(self, scope: Any, scheme: UUID) -> bytes:
        prison, actor, _ = self._caller(scope)

        async def read(prepared: dict[str, Any]) -> Any:
            rows = await prepared["eligible"].fetch(scheme, prison)
            if self._recorded:
                await prepared["line"].fetch(*_line(actor, "supporter", [r["id"] for r in rows]), actor, prison)
            return rows

        said = {"available": True, "trained": True, "certification": "VALID", "notAvailableFor": []}
        rows = await self._on(read)
        items = [{"supporter": r["id"], "name": self._name(r), "wing": r["wing"], **said} for r in rows]
        return orjson.dumps({"items": items})

    async def _board(self, scope: Any) -> bytes:
        prison, actor, _ = self._caller(scope)

        async def read(prepared: dict[str, Any]) -> Any:
            rows = await prepared["board"].fetch(prison, OPEN_STATES)
            if self._recorded:
                await prepared["line"].fetch(*_line(actor, "request", [r["id"] for r in rows]), actor, prison)
            return rows

        items: list[dict[str, Any]] = []
        rows, more, last, many = await self._on(read), False, None, 0
        for row in rows:
            last, many = (last, many + 1) if row["state"] == last else (row["state"], 1)
            more = more or many > EACH
            if many <= EACH:
                items.append({**row, **{n: self._opened(row, n) for n in _SEALED}, "withheld": []})
        tag = hashlib.sha256("|".join(f"{i['id']}={i['state']}" for i in items).encode()).hexdigest()[:32]
        return orjson.dumps({"wings": [], "items": items, "tag": tag, "more": more}, option=_INSTANTS)

    async def _list(self, scope: Any) -> bytes:
        prison, actor, _ = self._caller(scope)

        async def read(prepared: dict[str, Any]) -> Any:
            rows = await prepared["page"].fetch(prison)
            if self._recorded:
                await prepared["line"].fetch(*_line(actor, "supporter", [r["id"] for r in rows]), actor, prison)
            return rows

        items = [self._shown(row) for row in await self._on(read)]
        return orjson.dumps({"items": items, "next": items[-1]["id"]})

    async def _write(self, scope: Any, body: bytes) -> bytes:
        prison, actor, scheme = self._caller(scope)
        asked = orjson.loads(body)
        id, now = uuid4(), datetime.now(UTC)
        until = now + timedelta(hours=5)
        recipient = self._sealed("recipient", id, asked["recipient"])
        cell = self._sealed("cell", id, asked["cell"])
        what = (asked["wing"], asked["channel"], asked["need"], asked["urgency"])
        given = (id, scheme, prison, *what, until, now, recipient, cell, actor)
        if self._recorded:
            entry, _, line = _line(actor, "request", [str(id)])
            key = hashlib.sha256(_header(scope, b"idempotency-key")).digest()
            given = (*given, entry, line, key, hashlib.sha256(body).digest(), self._sealed("key", id, str(id)))
        await self._on(lambda prepared: prepared["add"].fetch(*given))
        shown = {"id": str(id), "scheme": str(scheme), "jurisdiction": "EW", "state": "RECEIVED", "closed": True}
        return orjson.dumps({**asked, **shown, "unverified": False, "askedAt": now, "readableUntil": until})

    async def _on(self, act: Callable[[dict[str, Any]], Any]) -> Any:
        await self._free.acquire()
        prepared = self._idle.pop()
        try:
            return await act(prepared)
        finally:
            self._idle.append(prepared)
            self._free.release()

    def _caller(self, scope: Any) -> tuple[str, UUID, UUID]:
        """Prison, actor and the prison's Listener scheme, which nobody need look up here."""
        token = _header(scope, b"authorization")[7:]
        digest = hashlib.sha256(token).digest()
        known = self._callers.get(digest)
        if known is None:
            claims = jwt.decode(token.decode(), self._jwk, algorithms=["RS256"], audience=AUDIENCE, issuer=ISSUER)
            subject = claims["sub"]
            prison = estate.prison_of(subject)
            known = (prison, estate.uid(f"actor {subject}"), estate.scheme_of(prison, LISTENERS.code))
            self._callers[digest] = known
        return known

    def _shown(self, row: Any) -> dict[str, Any]:
        return {**row, "name": self._name(row), "withheld": []}

    def _name(self, row: Any) -> str:
        sealed: bytes = row["name"]
        place = sealed[:3] + b"supporter|name|" + bytes.fromhex(row["id"].replace("-", "")) + b"|1"
        plain = self._names.decrypt(sealed[3:15], sealed[15:], place)
        return plain[: plain.rindex(b"\x80")].decode()

    def _opened(self, row: Any, column: str) -> str | None:
        sealed: bytes | None = row[column]
        if sealed is None:
            return None
        place = sealed[:3] + f"request|{column}|".encode() + bytes.fromhex(row["id"].replace("-", "")) + b"|1"
        plain = self._requests.decrypt(sealed[3:15], sealed[15:], place)
        return plain[: plain.rindex(b"\x80")].decode()

    def _sealed(self, column: str, id: UUID, text: str) -> bytes:
        nonce = uuid4().bytes[:12]
        filled = (text.encode() + b"\x80").ljust(32, b"\0")
        return b"\1\0\1" + nonce + self._requests.encrypt(nonce, filled, f"request|{column}|{id}".encode())


def _line(actor: UUID, kind: str, ids: list[str]) -> tuple[UUID, datetime, bytes]:
    """What a line of the ledger holds, as bytes."""
    id, at = uuid4(), datetime.now(UTC)
    said = {"id": str(id), "at": at, "actor": str(actor), "outcome": "DONE", "sights": [{"kind": kind, "ids": ids}]}
    return id, at, orjson.dumps(said)


def _header(scope: Any, name: bytes) -> bytes:
    for key, value in scope["headers"]:
        if key == name:
            return value
    raise KeyError(name)


async def _body(receive: Any) -> bytes:
    read = b""
    while True:
        message = await receive()
        read += message["body"]
        if not message.get("more_body"):
            return read
