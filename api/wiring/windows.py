"""Windows of envelopes outside the service: a file that an operator hands out, and what each holder of a key does with
it. Nothing here needs a database, a setting or the service.

A file has one JSON object a line: `id`, `prison`, `day`, `layers` (how many are still on) and `sealed` (base64). The
partner's holder takes the first layer off each and gives the new file to the estate's, who takes off the second: what
he writes is read. Neither sees the other's private key, and neither file alone says anything before that.
"""

import base64
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Final

import orjson
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from domain.sessions.envelopes import Window, place_of
from persistence.sealing import LAYERS, NotThisLayer, plain_of, take_off, written

_OURS: Final = 0o600
_MEMBERS: Final = frozenset({"id", "prison", "day", "layers", "sealed"})


class CannotOpen(Exception):
    """Why a window does not open, in one line that holds nothing of it."""


def make_key(file: Path, passphrase: str | None) -> str:
    """Write a new private key, readable by its owner alone, and give its public half as the setting wants it."""
    key = X25519PrivateKey.generate()
    how = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    _write_new(file, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how))
    return written(key.public_key())


def read_key(file: Path, passphrase: str | None) -> X25519PrivateKey:
    """A holder's private key. Raises `CannotOpen`."""
    try:
        key = load_pem_private_key(file.read_bytes(), passphrase.encode() if passphrase else None)
    except OSError as error:
        raise CannotOpen(f"the key cannot be read ({error.strerror})") from None
    except (ValueError, TypeError):
        raise CannotOpen("the key cannot be read: wrong passphrase, or no private key") from None
    if not isinstance(key, X25519PrivateKey):
        raise CannotOpen("it is a key of another kind than X25519")
    return key


def write_window(file: Path, window: Window) -> None:
    """The window as it is handed out, all layers on, in the order of random ids."""
    lines = [
        {"id": str(e.id), "prison": e.prison, "day": e.day.isoformat(), "layers": LAYERS, "sealed": e.sealed}
        for e in sorted(window.envelopes, key=lambda each: each.id)
    ]
    _write_new(file, _told(lines))
    if window.merges:
        _write_new(_map_of(file), _told({"removed": old, "survivor": new} for old, new in window.merges))


def _map_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.merges")


def open_window(file: Path, keys: Sequence[X25519PrivateKey], into: Path) -> tuple[int, int]:
    """Take this holder's layer off each envelope of the file, by whichever of his keys it was sealed to: how many there
    are, and how many layers are left. After the last, each line is the request as it was. Raises `CannotOpen`, and
    writes nothing."""
    lines = _read(file)
    left = {line["layers"] - 1 for line in lines} or {0}
    if len(left) > 1 or min(left) < 0:
        raise CannotOpen("it is no window that is still sealed")
    (layers,) = left
    _write_new(into, _told(_opened(line, keys, layers) for line in lines))
    return len(lines), layers


def _opened(line: dict[str, Any], keys: Sequence[X25519PrivateKey], left: int) -> dict[str, Any]:
    try:
        place = place_of(line["id"], line["prison"], date.fromisoformat(line["day"]))
        under = _under(base64.b64decode(line["sealed"]), place, keys)
        if left:
            return {**line, "layers": left, "sealed": base64.b64encode(under).decode()}
        return {"prison": line["prison"], "day": line["day"], "request": orjson.loads(plain_of(under))}
    except (NotThisLayer, TypeError, ValueError):
        raise CannotOpen("none of these keys is the next one, or the file was changed") from None


def _under(sealed: bytes, place: str, keys: Sequence[X25519PrivateKey]) -> bytes:
    for key in keys:
        with suppress(NotThisLayer):
            return take_off(key, place, sealed)
    raise NotThisLayer


def _read(file: Path) -> list[dict[str, Any]]:
    try:
        lines: list[Any] = [orjson.loads(line) for line in file.read_bytes().splitlines() if line.strip()]
    except OSError as error:
        raise CannotOpen(f"the window cannot be read ({error.strerror})") from None
    except ValueError:
        raise CannotOpen("it is no window") from None
    if not all(_is_sealed(line) for line in lines):
        raise CannotOpen("it is no window that is still sealed")
    return lines


def _is_sealed(line: Any) -> bool:
    return isinstance(line, dict) and all(name in line for name in _MEMBERS) and isinstance(line["layers"], int)


def _told(lines: Iterable[dict[str, Any]]) -> bytes:
    return b"".join(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE) for line in lines)


def _write_new(file: Path, content: bytes) -> None:
    try:
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OURS), "wb") as made:
            made.write(content)
    except FileExistsError:
        raise CannotOpen(f"{file} is there already: nothing is written over") from None
    except OSError as error:
        raise CannotOpen(f"{file} cannot be written ({error.strerror})") from None
