"""What has no printed form is made visible, alike in every format, so that it can neither hide
nor reorder words."""

from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import TypeVar
from unicodedata import category

Tree = TypeVar("Tree")

# Controls, invisible formatting (bidirectional controls among them), private use, surrogates,
# unassigned, and the two separators that no format but HTML breaks a line at.
WITHOUT_FORM = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})


def printable(text: str) -> str:
    """Line breaks and tabs keep their meaning; any other hidden character becomes "[U+0007]"."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if text.isprintable():  # leaves most texts as they are
        return text
    return "".join(_visible(character) for character in text)


def printable_tree(tree: Tree) -> Tree:
    """The same tree of frozen dataclasses and tuples, with every text in it printable."""
    made: object = tree
    if isinstance(tree, str) and not isinstance(tree, Enum):
        made = printable(tree)
    elif isinstance(tree, tuple):
        made = tuple(printable_tree(member) for member in tree)
    elif is_dataclass(tree) and not isinstance(tree, type):
        made = replace(
            tree, **{each.name: printable_tree(getattr(tree, each.name)) for each in fields(tree)}
        )
    return made  # type: ignore[return-value]  # each branch makes what it was given


def _visible(character: str) -> str:
    if character == "\n" or category(character) not in WITHOUT_FORM:
        return character
    return f"[U+{ord(character):04X}]"
