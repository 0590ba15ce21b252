"""The child process that makes a PDF: a page as JSON on its standard input, the file on its standard output.

It is run as a file and by itself (`python -I`), so it imports nothing of ours, reads no setting, and has nothing to
give away: it knows the page that it was sent, and typst's own fonts. Its memory and time are bounded before it begins,
and it gives way to everything else.
"""

import os
import sys
from pathlib import Path
from typing import Literal

import typst

_HERE = Path(__file__).parent
_MEMORY = 1 << 30
_SECONDS = 20
_GIVES_WAY = 10


def _bounded() -> None:
    try:
        import resource
    except ImportError:  # no such bounds on Windows; the parent's clock holds there
        return
    os.nice(_GIVES_WAY)
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def made(page: str) -> bytes:
    """The file. PDF/UA-1 where every letter has a glyph in the fonts that there are; else tagged all the same, without
    the claim, for a plan in another alphabet must be printable too. It has no date: the same page is the same bytes."""
    try:
        return _compiled(page, "ua-1")
    except typst.TypstError:
        return _compiled(page, None)


def _compiled(page: str, standard: Literal["ua-1"] | None) -> bytes:
    return typst.compile(
        str(_HERE / "charter.typ"),
        root=str(_HERE),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"page": page},
        pdf_standards=standard,
    )


if __name__ == "__main__":
    _bounded()
    sys.stdout.buffer.write(made(sys.stdin.buffer.read().decode()))
