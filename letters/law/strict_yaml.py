"""Reads YAML that can be read one way only, and names file and line when it cannot."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Never, Protocol, TypeVar

import yaml

from letters.law.errors import LawFileError

_Choice = TypeVar("_Choice", bound=StrEnum)


class _Mark(Protocol):
    @property
    def line(self) -> int: ...


# libyaml where PyYAML was built with it, ten times as fast; the same events and nodes either way
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAYBE_BOOLEAN = {"yes", "no", "on", "off", "y", "n", "true", "false"}
_MARKS = re.compile(r"[&*!]|^(---|\.\.\.)|^%", re.M)
_WHOLE_NUMBER = re.compile(r"0|[1-9][0-9]*")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK_TIME = re.compile(r"[0-9]+(:[0-9]+)+(\.[0-9]+)?")
_OTHER_DAY = re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}([ Tt].*)?")
_OTHER_NUMBER = re.compile(
    r"[-+]?\.?[0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?|0[xob][0-9a-fA-F_]+"
)


@dataclass(frozen=True, slots=True)
class Item:
    """One value as written, with the line it stands on."""

    value: "str | int | date | Entry | tuple[Item, ...] | None"
    line: int


class Entry:
    """A mapping as written; every reading checks, and every refusal names the line."""

    def __init__(self, path: Path, line: int, items: dict[str | date, Item]) -> None:
        self.path = path
        self.line = line
        self._items = items

    def allow(self, required: Iterable[str], optional: Iterable[str] = ()) -> None:
        """Refuses a key that is not named here, and the lack of one that is required."""
        known = [*required, *optional]
        for key, item in self._items.items():
            if key not in known:
                self.refuse(f"unknown key {key!s}; the keys here are {', '.join(known)}", item.line)
        for key in known[: len(known) - len(list(optional))]:
            if key not in self._items:
                self.refuse(f"the key {key} is missing")

    def has(self, key: str) -> bool:
        return key in self._items

    def names(self) -> tuple[str, ...]:
        """The keys as text, for an entry whose keys are names."""
        return tuple(self._text_key(key) for key in self._items)

    def line_of(self, key: str | date) -> int:
        return self._items[key].line

    def is_null(self, key: str | date) -> bool:
        return self._items[key].value is None

    def text(self, key: str) -> str:
        value = self._value(key)
        if not isinstance(value, str) or not value.strip():
            self.refuse(f"{key} must be text", self.line_of(key))
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(self._text_item(key, item) for item in self._list(key))

    def number(self, key: str) -> int:
        value = self._value(key)
        if not isinstance(value, int):
            self.refuse(f"{key} must be a whole number", self.line_of(key))
        return value

    def day(self, key: str) -> date:
        value = self._value(key)
        if not isinstance(value, date):
            self.refuse(f"{key} must be a day, written 2026-11-30", self.line_of(key))
        return value

    def choice(self, key: str, choices: type[_Choice]) -> _Choice:
        return self._choice(key, Item(self.text(key), self.line_of(key)), choices)

    def choices(self, key: str, choices: type[_Choice]) -> tuple[_Choice, ...]:
        """A list of members, each at most once."""
        found = tuple(self._choice(key, item, choices) for item in self._list(key))
        if len(set(found)) != len(found):
            self.refuse(f"{key} names one value twice", self.line_of(key))
        return found

    def is_text(self, key: str) -> bool:
        return isinstance(self._value(key), str)

    def entry(self, key: str | date) -> "Entry":
        value = self._value(key)
        if not isinstance(value, Entry):
            self.refuse(f"{key!s} must hold keys of its own", self.line_of(key))
        return value

    def entries(self, key: str) -> tuple["Entry", ...]:
        return tuple(self._entry_item(key, item) for item in self._list(key))

    def days(self) -> Iterator[date]:
        """The keys of an entry that is keyed by days, which must stand in order."""
        last: date | None = None
        for key, item in self._items.items():
            if not isinstance(key, date):
                self.refuse(f"{key} must be a day, written 2026-11-30", item.line)
            if last is not None and key <= last:
                self.refuse(f"{key} stands after {last}; days go from first to last", item.line)
            last = key
            yield key

    def plain(self) -> dict[str, object]:
        """The content without lines and comments, for a digest."""
        return {str(key): _plain(item) for key, item in self._items.items()}

    def refuse(self, says: str, line: int | None = None) -> Never:
        raise LawFileError(self.path, line or self.line, says)

    def _value(self, key: str | date) -> "str | int | date | Entry | tuple[Item, ...] | None":
        if key not in self._items:
            self.refuse(f"the key {key!s} is missing")
        return self._items[key].value

    def _list(self, key: str) -> tuple[Item, ...]:
        value = self._value(key)
        if not isinstance(value, tuple) or not value:
            self.refuse(f"{key} must be a list with something in it", self.line_of(key))
        return value

    def _text_key(self, key: str | date) -> str:
        if isinstance(key, date):
            self.refuse(f"{key} is a day where a name is expected", self.line_of(key))
        return key

    def _text_item(self, key: str, item: Item) -> str:
        if not isinstance(item.value, str) or not item.value.strip():
            self.refuse(f"{key} must be a list of texts", item.line)
        return item.value.strip()

    def _entry_item(self, key: str, item: Item) -> "Entry":
        if not isinstance(item.value, Entry):
            self.refuse(f"{key} must be a list of entries with keys", item.line)
        return item.value

    def _choice(self, key: str, item: Item, choices: type[_Choice]) -> _Choice:
        try:
            return choices(self._text_item(key, item))
        except ValueError:
            known = ", ".join(choices)
            self.refuse(f"{key}: {item.value!s} is not one of {known}", item.line)


def read(path: Path) -> Entry:
    """The one mapping that the file holds."""
    try:
        text = path.read_text(encoding="utf-8")
        _refuse_shorthand(path, text)
        node = yaml.compose(text, Loader=_LOADER)
    except UnicodeDecodeError:
        raise LawFileError(path, 1, "the file is not UTF-8") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise LawFileError(path, _at(mark) if mark else 1, error.problem or "not YAML") from None
    except yaml.YAMLError as error:
        raise LawFileError(path, 1, f"not YAML: {error}") from None
    if not isinstance(node, yaml.MappingNode):
        raise LawFileError(path, 1, "the file must hold keys and values")
    return _entry(path, node)


def _refuse_shorthand(path: Path, text: str) -> None:
    # anchors, aliases and tags make a line mean what another line says; a text without their marks
    # has none, and is not read a second time
    if not _MARKS.search(text):
        return
    for event in yaml.parse(text, Loader=_LOADER):
        line = _at(event.start_mark) if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise LawFileError(path, line, "anchors and aliases are refused: write it out")
        if getattr(event, "tag", None):
            raise LawFileError(path, line, "tags are refused")
        if isinstance(event, yaml.DocumentStartEvent) and event.explicit:
            raise LawFileError(path, line, "one document a file, without ---")


def _entry(path: Path, node: yaml.MappingNode) -> Entry:
    items: dict[str | date, Item] = {}
    for key_node, value_node in node.value:
        line = _line(key_node)
        key = _key(path, key_node)
        if key in items:
            raise LawFileError(path, line, f"the key {key!s} is there twice")
        items[key] = Item(_item(path, value_node).value, line)
    return Entry(path, _line(node), items)


def _key(path: Path, node: yaml.Node) -> str | date:
    if not isinstance(node, yaml.ScalarNode):
        raise LawFileError(path, _line(node), "a key must be a word or a day")
    value = _scalar(path, node)
    if isinstance(value, str | date):
        return value
    raise LawFileError(path, _line(node), f"the key {node.value or 'null'} must be a word or a day")


def _item(path: Path, node: yaml.Node) -> Item:
    if isinstance(node, yaml.MappingNode):
        return Item(_entry(path, node), _line(node))
    if isinstance(node, yaml.SequenceNode):
        return Item(tuple(_item(path, child) for child in node.value), _line(node))
    assert isinstance(node, yaml.ScalarNode)  # noqa: S101 - YAML has these three kinds of node
    return Item(_scalar(path, node), _line(node))


def _scalar(path: Path, node: yaml.ScalarNode) -> str | int | date | None:
    text: str = node.value
    if node.style:  # quoted, or a block: text, whatever it looks like
        return text
    if text == "null":
        return None
    if _WHOLE_NUMBER.fullmatch(text):
        return int(text)
    if _ISO_DAY.fullmatch(text):
        return _day(path, node)
    for looks_like, says in _REFUSED:
        if looks_like(text):
            raise LawFileError(path, _line(node), says.format(text=text))
    return text


def _day(path: Path, node: yaml.ScalarNode) -> date:
    try:
        return date.fromisoformat(node.value)
    except ValueError:
        raise LawFileError(path, _line(node), f"there is no day {node.value}") from None


_REFUSED = (
    (lambda text: text in {"", "~", "Null", "NULL"}, "a value is missing; write null if meant"),
    (lambda text: text.lower() in _MAYBE_BOOLEAN, "{text} may mean true or a word: quote it"),
    (_CLOCK_TIME.fullmatch, "{text} is a clock time: quote it"),
    (_OTHER_DAY.fullmatch, "{text} looks like a day: write it as 2026-11-30, or quote it"),
    (_OTHER_NUMBER.fullmatch, "{text} is not a whole number: quote it"),
)


def _plain(item: Item) -> object:
    if isinstance(item.value, Entry):
        return item.value.plain()
    if isinstance(item.value, tuple):
        return [_plain(child) for child in item.value]
    if isinstance(item.value, date):
        return item.value.isoformat()
    return item.value


def _line(node: yaml.Node) -> int:
    return _at(node.start_mark)


def _at(mark: _Mark) -> int:
    return mark.line + 1
