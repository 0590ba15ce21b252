"""Models whose members are described by the string below them.

Pydantic does that too (`use_attribute_docstrings`), but on Python 3.11 it walks the stack and tokenises the module anew
for each class: a quarter of the time from nothing to ready. Here a module's classes are parsed once, each by itself.
"""

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

_GOES_ON = " \n#)"
"""What a line of a class begins with, and one of the next thing does not."""


class Described(BaseModel):
    """The string below a member is its description. Made when first needed: most are needed by the document alone."""

    model_config = ConfigDict(defer_build=True)

    def __init_subclass__(cls, **settings: Any) -> None:
        super().__init_subclass__(**settings)
        for name, words in _below_members(cls.__module__).get(cls.__qualname__, {}).items():
            cls.__annotations__[name] = Annotated[cls.__annotations__[name], Field(description=words)]


@lru_cache(1)  # the classes of a module are made one after the other
def _below_members(module: str) -> Mapping[str, Mapping[str, str]]:
    """Of each class of a module: the words below each of its members."""
    file = Path(getattr(sys.modules.get(module), "__file__", None) or "")
    source = file.read_text("utf-8") if file.suffix == ".py" else ""
    return {made.name: dict(_words(made)) for made in map(_parsed, _classes(source.splitlines(keepends=True)))}


def _classes(source: list[str]) -> Iterator[str]:
    block: list[str] = []
    for line in [*source, "end"]:
        if line[0] not in _GOES_ON:
            if block:
                yield "".join(block)
            block = []
        if block or line.startswith("class "):
            block.append(line)


def _parsed(block: str) -> ast.ClassDef:
    (made,) = ast.parse(block).body
    assert isinstance(made, ast.ClassDef)
    return made


def _words(made: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for member, below in zip(made.body, made.body[1:], strict=False):
        match member, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(words))):
                yield name, inspect.cleandoc(words)
            case _:
                pass


class Shown(Described):
    """What is shown, and nothing beside it."""

    model_config = ConfigDict(extra="forbid")
