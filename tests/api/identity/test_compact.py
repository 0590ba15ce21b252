"""Rule 2: base64url in its one canonical form."""

import base64
import itertools
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.identity.compact import decoded
from api.identity.refusal import TokenRefused

ALPHABET = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"


def by_python(segment: str) -> bytes | None:
    """Decoded, where encoding it again gives it back."""
    try:
        data = base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
    except ValueError:
        return None
    return data if segment and base64.urlsafe_b64encode(data).rstrip(b"=") == segment.encode() else None


def by_us(segment: str) -> bytes | None:
    try:
        return decoded(segment)
    except TokenRefused:
        return None


@pytest.mark.parametrize("beyond", range(4))
def test_of_the_last_characters_those_without_spare_bits_are_taken(beyond: int) -> None:
    """Each last character and each before it, behind none and behind a whole four."""
    for last in itertools.product(ALPHABET, repeat=min(beyond, 2)):
        for before in ("", "QUJD"):
            segment = before + "A" * (beyond - len(last)) + "".join(last)
            assert by_us(segment) == by_python(segment), segment


@given(st.text(ALPHABET + "+/=. \n\0é", max_size=12))
def test_what_is_foreign_is_refused(segment: str) -> None:
    """And not skipped, as Python's decoder does."""
    assert by_us(segment) == by_python(segment)
