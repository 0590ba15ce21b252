"""What is looked for in words that somebody typed: a person's number, however it is written, and what no eye sees.

A text is looked at as it reads and not as it is coded: letters of other alphabets that look like ours, marks and signs
that nobody sees, digits of other scripts are folded first.

What is not looked for: names. To know a name one would have to open, on every text that is typed, the names of all who
are known in the prison; those are ciphertext at rest, and somebody is known because he took part. The refusal itself
would answer a question ('is a man of this name known here?') that nobody may ask. So words for everybody are read by a
second person before they are out, and can be taken down: a charter is signed, an outcome published by another than
proposed it.
"""

import re
import unicodedata
from typing import Final

_LIKE: Final = str.maketrans(
    # Cyrillic, Greek, small capitals, a dotless i.
    "АВЕЅІЈКМНОРСТУХҮԚԜаеѕіјкорсухһԛԝ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυχ" + "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ" + "\u0131",
    "ABESIJKMHOPCTYXYQWaesijkopcyxhqw" + "ABEZHIKMNOPTYXaiknopux" + "ABCDEFGHIJKLMNOPRSTUVWYZ" + "i",
)
_EMOJI_A: Final = (0x1F150, 0x1F170, 0x1F1E6)
"""Where letters in circles, in squares and of flags begin, which no normal form folds."""
_EMPTY: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and signs of which nothing is seen."""
_JOINING: Final = frozenset("\u200c\u200d\u200e\u200f\u061c\u2066\u2067\u2068\u2069")
"""Signs that honest text needs though nobody sees them: joiners (emoji, Persian, languages of India), marks and
isolates of text that is written from right to left. Not its overrides, which make a text read otherwise than it is
coded; and no soft hyphen, zero-width space or byte-order mark, which do nothing here. Welsh needs none."""
_FLAGS: Final = tuple(
    "\U0001f3f4" + "".join(chr(0xE0000 + ord(c)) for c in of) + "\U000e007f" for of in ("gbeng", "gbsct", "gbwls")
)
"""The flags of England, Scotland and Wales: alone in being spelled with letters that nobody sees."""


def folded(text: str) -> str:
    """The text as it reads, in plain letters and digits where it has any that look like those; nothing unseen is in
    it."""
    if text.isascii():
        return text
    return "".join(_plain(c) for c in unicodedata.normalize("NFKD", text) if not _unseen(c))


def _unseen(c: str) -> bool:
    return c in _EMPTY or unicodedata.category(c) in ("Cf", "Mn", "Me")


def _plain(c: str) -> str:
    for first in _EMOJI_A:
        if first <= ord(c) < first + 26:
            return chr(ord("A") + ord(c) - first)
    digit = unicodedata.digit(c, None)
    return c.translate(_LIKE) if digit is None else str(digit)


def shows_nothing(text: str) -> bool:
    """Whether no letter, digit, sign or picture of it is seen: such a text is blank."""
    return not any(unicodedata.category(c)[0] in "LNPS" and c not in _EMPTY for c in text)


def hides_something(text: str) -> bool:
    """Whether something is in it that nobody sees and that it does not need: a control character other than a line
    break, a sign without width, an override of its direction, a blank letter, a line break of another kind."""
    if text.isascii() and text.isprintable():
        return False
    for flag in _FLAGS:
        text = text.replace(flag, "")
    return any(_hides(c) for c in text)


def _hides(c: str) -> bool:
    kind = unicodedata.category(c)
    if kind == "Cc":
        return c != "\n"
    return c in _EMPTY or kind in ("Zl", "Zp", "Co", "Cs") or (kind == "Cf" and c not in _JOINING)


_APART: Final = r"[\W_]{0,3}"
_DIGIT: Final = r"[0-9OoIl]"
_NOMS: Final = re.compile(
    rf"(?<![A-Za-z0-9])(?=(?P<head>[A-Za-z]{_APART}{_APART.join([_DIGIT] * 4)})(?P<apart>{_APART})"
    rf"(?P<tail>[A-Za-z]{_APART}[A-Za-z])(?:s|[0-9]{{1,2}})?(?![A-Za-z0-9]))"
)
_SHORT: Final = (
    "am an as at be by do go he hi if in is it me my no of ok on or so to up us we pm st nd rd th "
    "km kg cm mm ml mg lb oz mo tu fr sa su "  # units, days
    "ac ag ai ar ei er eu fe fi fo ga hi ni na os ti un wy yn yr ym "  # Welsh
    "de le se si tu"  # Irish
)
_SHORT_WORDS: Final = frozenset(_SHORT.split())
_CAPITALS: Final = frozenset({"AM", "PM", "UK", "EU"})


def names_noms(read: str) -> bool:
    """Is there a letter, four digits and two letters: a number of the prisons of England and Wales, however cased, with
    whatever between, in letters that look like digits, in the plural? Of more than that, or within another word, there
    is none.

    'Room B5, 2.30 pm' has the same letters and digits: where the digits are apart, and what follows is a short word of
    our languages, it is taken for what it says."""
    return any(_is_number(found) for found in _NOMS.finditer(read))


def _is_number(found: re.Match[str]) -> bool:
    head, tail = found["head"], "".join(c for c in found["tail"] if c.isalpha())
    if sum(c.isdigit() for c in head) < 2:
        return False
    a_word = tail in _CAPITALS or (tail.lower() in _SHORT_WORDS and not tail.isupper())
    return len(head) == 5 or not a_word


_PHONE: Final = re.compile(r"(?<!\w)(?:\+\d{1,3}|0\d{1,3}|1[58]\d0)(?:[ .()-]{1,2}\d{2,4}){1,4}(?!\d)")
_PRIS: Final = re.compile(r"(?<![0-9A-Za-z,.€£$])(?<![€£$] )(?!(?:19|20)\d\d(?!\d))\d{4,6}(?![0-9A-Za-z]|,\d|\.\d)")
_SPELLED: Final = re.compile(r"(?<![0-9A-Za-z])\d(?:[ ._/-]\d){3,5}(?![0-9A-Za-z])")


def names_pris(read: str) -> bool:
    """Are there four to six digits by themselves, or spelled one by one: a number of the Irish Prison Service? A year,
    a sum of money, a telephone number, a number with a comma in it (1,200) is none. Digits split in two are not looked
    for: so are ranges, times and days written."""
    rest = _PHONE.sub(" ", read)
    return _PRIS.search(rest) is not None or _SPELLED.search(rest) is not None
