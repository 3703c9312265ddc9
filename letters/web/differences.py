"""What changed between two texts, word by word, told in words as well as in colour."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Change(StrEnum):
    """What became of a run of words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of words of one line."""

    change: Change
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedLine:
    """A line that is not in both texts alike."""

    pieces: tuple[Piece, ...]


def changed_lines(before: Sequence[str], after: Sequence[str]) -> tuple[ChangedLine, ...]:
    """The lines that differ; a line that only moved has not changed."""
    gone = [line for line in before if line not in set(after)]
    come = [line for line in after if line not in set(before)]
    return tuple(_paired(gone, come))


def _paired(gone: list[str], come: list[str]) -> Iterator[ChangedLine]:
    """A line that has the same name in both is shown once, with its words beside each other."""
    left = list(gone)
    for line in come:
        old = next((each for each in left if _name(each) == _name(line)), None)
        if old is None:
            yield ChangedLine(pieces=(Piece(change=Change.ADDED, words=line),))
        else:
            left.remove(old)
            yield ChangedLine(pieces=tuple(_pieces(old.split(" "), line.split(" "))))
    for line in left:
        yield ChangedLine(pieces=(Piece(change=Change.REMOVED, words=line),))


def _name(line: str) -> str:
    return line.partition(":")[0]


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Piece(change=Change.SAME, words=" ".join(old[a:b]))
        else:
            if b > a:
                yield Piece(change=Change.REMOVED, words=" ".join(old[a:b]))
            if d > c:
                yield Piece(change=Change.ADDED, words=" ".join(new[c:d]))
