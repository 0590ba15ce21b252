"""Envelopes: two layers, each for one holder, and keys that are public or are refused."""

import base64
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from api.settings import Settings
from api.wiring import windows
from api.wiring.database import CannotStart
from api.wiring.secrets import envelopes_of
from domain.kernel.ids import EnvelopeId
from domain.sessions import envelopes
from domain.sessions.envelopes import Envelope, Window
from persistence.sealing import LENGTH, NotPublic, NotThisLayer, outside, plain_of, public_key, take_off, written

ONE, TWO = X25519PrivateKey.generate(), X25519PrivateKey.generate()
PLACE = "MDI|2027-01-06|an-id"


def _der(key: X25519PrivateKey) -> str:
    return base64.b64encode(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())).decode()


def _sealed(plain: bytes) -> bytes:
    return base64.b64decode(outside(written(ONE.public_key()), written(TWO.public_key())).seal(PLACE, plain))


@pytest.mark.parametrize("plain", [b"", b"a", b"\x80\0", b"x" * (LENGTH - 1), b"y" * LENGTH])
def test_both_layers_come_off_in_turn(plain: bytes) -> None:
    """What was sealed comes back byte for byte, whatever it ends with."""
    assert plain_of(take_off(TWO, PLACE, take_off(ONE, PLACE, _sealed(plain)))) == plain


def test_the_length_tells_nothing() -> None:
    """Every envelope is as long as any other, until its words do not fit; then by a whole step."""
    lengths = [len(_sealed(b"x" * n)) for n in (0, 700, LENGTH - 1, LENGTH)]
    assert lengths[0] == lengths[1] == lengths[2]
    assert lengths[3] == lengths[0] + LENGTH


def test_no_bit_may_be_changed_and_no_other_place_given() -> None:
    """A changed byte anywhere, another place, a short one: none opens."""
    sealed = _sealed(b"who asked")
    for at in (0, 1, 40, len(sealed) - 1):
        wrong = bytearray(sealed)
        wrong[at] ^= 1
        with pytest.raises(NotThisLayer):
            take_off(ONE, PLACE, bytes(wrong))
    for place, cut in (("LEI|2027-01-06|an-id", sealed), (PLACE, sealed[:20]), (PLACE, b"")):
        with pytest.raises(NotThisLayer):
            take_off(ONE, place, cut)
    with pytest.raises(NotThisLayer):
        plain_of(take_off(ONE, PLACE, sealed))


def test_equal_things_are_sealed_unlike() -> None:
    """Nobody tells by the ciphertext that the same man asked twice."""
    assert _sealed(b"who asked") != _sealed(b"who asked")


def test_only_a_public_key_is_taken() -> None:
    """A private key in the settings is refused, as is what is no key; and one of another kind."""
    for text in ("", "rubbish", "AAAA", _der(ONE)):
        with pytest.raises(NotPublic):
            public_key(text)
    other = Ed25519PrivateKey.generate().public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    with pytest.raises(NotPublic):
        public_key(base64.b64encode(other).decode())


def test_a_start_takes_both_keys_or_none() -> None:
    """None: no envelopes. One alone, one twice, or a private one: it does not start, and the line holds no key."""
    one, two = written(ONE.public_key()), written(TWO.public_key())

    def made(partner: str | None, estate: str | None) -> object:
        return envelopes_of(Settings(envelope_key_partner=partner, envelope_key_estate=estate))

    assert made(None, None) is None
    assert made(one, two) is not None
    for partner, estate in ((one, None), (None, two), (one, one), (one, _der(TWO))):
        with pytest.raises(CannotStart) as told:
            made(partner, estate)
        assert one not in str(told.value)
        assert _der(TWO) not in str(told.value)


def test_a_holder_makes_his_key_himself(tmp_path: Path) -> None:
    """The file is his alone, opens with his passphrase and no other, and is never written over; what is printed is the
    public half."""
    file = tmp_path / "holder.pem"
    public = windows.make_key(file, "correct horse")
    assert file.stat().st_mode & 0o777 == 0o600
    assert written(windows.read_key(file, "correct horse").public_key()) == public
    for passphrase in (None, "wrong"):
        with pytest.raises(windows.CannotOpen):
            windows.read_key(file, passphrase)
    with pytest.raises(windows.CannotOpen):
        windows.make_key(file, "correct horse")


def test_a_window_of_two_generations_of_keys_opens_with_both(tmp_path: Path) -> None:
    """A holder changed his key meanwhile: neither alone opens all of it, and then nothing is written."""
    later, day = X25519PrivateKey.generate(), date(2027, 1, 6)
    made: list[Envelope] = []
    for partner in (ONE, later):
        id = EnvelopeId(uuid4())
        sealed = outside(written(partner.public_key()), written(TWO.public_key())).seal
        asked = sealed(envelopes.place_of(id, "MDI", day), b"{}")
        made.append(Envelope(id=id, jurisdiction="EW", prison="MDI", day=day, delete_on=day, sealed=asked))
    file, half, read = (tmp_path / name for name in ("window", "half", "read"))
    windows.write_window(file, Window("MDI", day, day, tuple(made)))
    for alone in (ONE, later):
        with pytest.raises(windows.CannotOpen):
            windows.open_window(file, [alone], half)
    assert not half.exists()
    assert windows.open_window(file, [later, ONE], half) == (2, 1)
    assert windows.open_window(half, [TWO], read) == (2, 0)


@pytest.mark.parametrize(
    "content",
    [
        "rubbish",
        "[]",
        "{}",
        '{"id": 1}',
        '{"id": 1, "prison": 2, "day": 3, "layers": "2", "sealed": 4}',
        '{"id": 1, "prison": 2, "day": 3, "layers": 2, "sealed": 4}',
    ],
)
def test_what_is_no_window_is_refused(tmp_path: Path, content: str) -> None:
    """In one line; and nothing is written."""
    file = tmp_path / "window"
    file.write_text(content)
    with pytest.raises(windows.CannotOpen):
        windows.open_window(file, [ONE], tmp_path / "into")
    assert not (tmp_path / "into").exists()
