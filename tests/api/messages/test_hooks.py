"""Webhooks over real TLS on this machine: signed, pinned to the address that was looked at, and nowhere inside."""

import asyncio
import base64
import hashlib
import hmac
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpcore
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from api.messages import hooks
from api.messages.hooks import Webhooks, signed
from domain.telling.ports import Delivery, Undelivered
from domain.telling.subscription import public

AT = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
SECRETS = tuple(f"whsec_{base64.b64encode(bytes([n]) * 32).decode()}" for n in (1, 2))
HOST = "hooks.example.org"


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """(The server's context, one that trusts it), for the name of a receiver."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / "receiver.pem"
    file.write_bytes(pem + private)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file)
    return server, ssl.create_default_context(cadata=pem.decode())


class Receiver:
    """Answers as it is told, and keeps what came."""

    def __init__(self) -> None:
        self.came: list[tuple[bytes, bytes]] = []
        self.answer = b"HTTP/1.1 204 No Content\r\n\r\n"
        self.silent = False
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")
        )
        self.came.append((head, await reader.readexactly(length)))
        if self.silent:
            await asyncio.sleep(30)
        writer.write(self.answer)
        await writer.drain()
        writer.close()


@asynccontextmanager
async def listening(context: ssl.SSLContext) -> AsyncIterator[Receiver]:
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0, ssl=context)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        server.close()


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[tuple[Receiver, Webhooks]]:
    """A receiver of that name, on this machine, where this test alone lets webhooks go."""
    serving, trusting = certificate(tmp_path)

    async def resolve(host: str, port: int) -> Sequence[str]:
        assert (host, port) == (HOST, receiver.port)
        return ["127.0.0.1"]

    async with listening(serving) as receiver:
        yield receiver, Webhooks(resolve, lambda _: True, trusting)


def delivery(port: int = 443, secrets: tuple[str, ...] = SECRETS[:1]) -> Delivery:
    return Delivery("msg_1", f"https://{HOST}:{port}/a", AT, b'{"eventType":"a"}', secrets)


def sound(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """A receiver's own check, written from the text of Standard Webhooks."""
    key = base64.b64decode(secret.split("_", 1)[1])
    said = headers["webhook-id"].encode() + b"." + headers["webhook-timestamp"].encode() + b"." + body
    right = base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()
    return any(each == f"v1,{right}" for each in headers["webhook-signature"].split(" "))


def headers_of(head: bytes) -> dict[str, str]:
    lines = [line.split(": ", 1) for line in head.decode().split("\r\n")[1:] if line]
    return {name.lower(): value for name, value in lines}


async def test_what_comes_is_signed_and_whole(there: tuple[Receiver, Webhooks]) -> None:
    """Under the name in the address, although the connection went to a number; with the right secret it is sound, with
    another it is not, and neither is a body that was changed."""
    receiver, webhooks = there
    await webhooks.deliver(delivery(receiver.port))
    ((head, body),) = receiver.came
    headers = headers_of(head)
    assert head.startswith(b"POST /a HTTP/1.1\r\n")
    assert headers["host"] == f"{HOST}:{receiver.port}"
    assert (headers["webhook-id"], headers["webhook-timestamp"]) == ("msg_1", str(int(AT.timestamp())))
    assert headers["content-type"] == "application/json"
    assert sound(SECRETS[0], headers, body)
    assert not sound(SECRETS[1], headers, body)
    assert not sound(SECRETS[0], headers, body + b" ")


def test_while_two_secrets_hold_either_finds_its_signature() -> None:
    """So a receiver changes over on any day of its own."""
    told, body = signed(delivery(secrets=SECRETS)), delivery().body
    assert sound(SECRETS[0], told, body)
    assert sound(SECRETS[1], told, body)
    assert told["webhook-signature"].count("v1,") == 2


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1/\r\n\r\n",
        b"HTTP/1.1 410 Gone\r\n\r\n",
        b"HTTP/1.1 500 Internal Server Error\r\n\r\n",
        b"nonsense\r\n\r\n",
        b"",
    ],
)
async def test_whatever_is_not_2xx_was_not_taken(there: tuple[Receiver, Webhooks], answer: bytes) -> None:
    """A redirect is one of them: it is followed nowhere. No word of the answer is in what is told of it."""
    receiver, webhooks = there
    receiver.answer = answer
    with pytest.raises(Undelivered) as refused:
        await webhooks.deliver(delivery(receiver.port))
    assert len(receiver.came) == 1
    assert refused.value.__context__ is None
    assert HOST not in str(refused.value)


async def test_the_body_of_an_answer_is_not_read(there: tuple[Receiver, Webhooks]) -> None:
    """It may be without end."""
    receiver, webhooks = there
    receiver.answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"4\r\nmore\r\n" * 1000
    await webhooks.deliver(delivery(receiver.port))


async def test_whoever_does_not_answer_is_waited_for_no_longer(
    there: tuple[Receiver, Webhooks], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is slow on purpose holds up nothing for longer than this."""
    receiver, webhooks = there
    receiver.silent = True
    monkeypatch.setattr(hooks, "SECONDS", 0.3)
    with pytest.raises(Undelivered, match="Timeout"):
        await webhooks.deliver(delivery(receiver.port))


async def test_a_certificate_of_nobody_s_is_refused(there: tuple[Receiver, Webhooks], tmp_path: Path) -> None:
    """Nothing is sent to whoever cannot prove the name."""
    receiver, _ = there

    async def resolve(host: str, port: int) -> Sequence[str]:
        del host, port
        return ["127.0.0.1"]

    with pytest.raises(Undelivered):
        await Webhooks(resolve, lambda _: True).deliver(delivery(receiver.port))
    assert receiver.came == []


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["10.0.0.7"], ["169.254.169.254"], ["::1"], ["93.184.216.34", "127.0.0.1"], ["fe80::1%1"], []],
)
async def test_no_connection_is_made_to_an_address_inside(
    addresses: list[str], there: tuple[Receiver, Webhooks]
) -> None:
    """By name it is as good as any; what it resolves to, today, is what counts: and all of it."""
    receiver, _ = there
    asked: list[str] = []

    async def resolve(host: str, port: int) -> Sequence[str]:
        del port
        asked.append(host)
        return addresses

    with pytest.raises(Undelivered, match="ConnectError"):
        await Webhooks(resolve).deliver(delivery(receiver.port))
    assert (asked, receiver.came) == ([HOST], [])


async def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is public at one look and private at the next gains nothing: there is no next look."""
    looks: list[str] = []
    went: list[str] = []

    async def resolve(host: str, port: int) -> Sequence[str]:
        del port
        looks.append(host)
        return ["93.184.216.34"] if len(looks) == 1 else ["127.0.0.1"]

    async def connect(_self: Any, host: str, *_: Any, **__: Any) -> Any:
        went.append(host)
        raise httpcore.ConnectError("nobody goes out from a test")

    monkeypatch.setattr(httpcore.AnyIOBackend, "connect_tcp", connect)
    with pytest.raises(Undelivered):
        await Webhooks(resolve, public).deliver(delivery())
    assert (looks, went) == ([HOST], ["93.184.216.34"])
