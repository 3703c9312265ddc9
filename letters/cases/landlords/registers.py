"""A public register as a CSV file: what each line says of a landlord, or why it cannot be taken."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from letters.cases.landlords.errors import RegisterUnreadable
from letters.drafting.identifiers import NotAPostcode, normal_postcode
from letters.law.tenures import LandlordKind

MOST_BYTES: Final = 20_000_000
MOST_LINES: Final = 50_000
LONGEST: Final = 200
# A table program runs what begins so; no name and no address does.
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which column of the file says what. `kind` is one kind for every line, or a column with what
    each of its values means; `email` is '' where the file has none."""

    number: str
    name: str
    address: Sequence[str]
    postcode: str
    email: str
    kind: LandlordKind | tuple[str, Mapping[str, LandlordKind]]

    @property
    def needed(self) -> frozenset[str]:
        named = {self.number, self.name, *self.address, self.postcode, self.email}
        if isinstance(self.kind, tuple):
            named.add(self.kind[0])
        return frozenset(named - {""})


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What one line says of a landlord; `number` is the register's own for it."""

    line: int
    number: str
    kind: LandlordKind
    name: str
    address: tuple[str, ...]
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BadLine:
    """A line that cannot be taken. It repeats nothing of the line, which may name a person."""

    line: int
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """All of a file."""

    landlords: tuple[Registered, ...]
    bad: tuple[BadLine, ...]


def read_register(data: bytes, columns: Columns) -> Register:
    """Every line, taken or told of by its number; RegisterUnreadable for a file as a whole."""
    lines = list(_lines(data, columns))
    taken = [each for each in lines if isinstance(each, Registered)]
    count = Counter(each.number for each in taken)
    twice = [
        BadLine(line=each.line, says="give each number once: another line has this one too")
        for each in taken
        if count[each.number] > 1
    ]
    bad = [*(each for each in lines if isinstance(each, BadLine)), *twice]
    return Register(
        landlords=tuple(each for each in taken if count[each.number] == 1),
        bad=tuple(sorted(bad, key=lambda each: each.line)),
    )


def _lines(data: bytes, columns: Columns) -> Iterator[Registered | BadLine]:
    reader = csv.DictReader(io.StringIO(_text(data), newline=""), strict=True)
    try:
        missing = columns.needed - set(reader.fieldnames or ())
        if missing:
            names = ", ".join(sorted(missing))
            raise RegisterUnreadable(f"add the columns {names}, or name others")
        for count, cells in enumerate(reader, start=1):
            if count > MOST_LINES:
                raise RegisterUnreadable(f"split it: it has more than {MOST_LINES} lines")
            yield _landlord(reader.line_num, cells, columns)
    except csv.Error:
        raise RegisterUnreadable(f"mend line {reader.line_num + 1}: it is no CSV") from None


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise RegisterUnreadable(f"split it: it is larger than {MOST_BYTES // 1_000_000} MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RegisterUnreadable("save it as UTF-8") from None
    if "\0" in text:
        raise RegisterUnreadable("save it as CSV: this is a file of another kind")
    return text


def _landlord(
    line: int, cells: Mapping[str | None, str | list[str] | None], columns: Columns
) -> Registered | BadLine:
    if None in cells or None in cells.values():
        return BadLine(line=line, says="give it as many cells as the first line has")
    said = {name: " ".join(str(cells[name]).split()) for name in columns.needed} | {"": ""}
    try:
        return _checked(line, said, columns)
    except ValueError as fault:
        return BadLine(line=line, says=str(fault))


def _checked(line: int, said: Mapping[str, str], columns: Columns) -> Registered:
    """ValueError with what to mend."""
    if not said[columns.number] or not said[columns.name]:
        raise ValueError("give it a number and a name")
    street = [said[column] for column in columns.address if said[column]]
    if not street:
        raise ValueError("give it an address")
    for cell in said.values():
        if len(cell) > LONGEST or not cell.isprintable() or cell.startswith(_FORMULA):
            raise ValueError("take out formulas, signs that cannot be seen, and cells too long")
    try:
        postcode = normal_postcode(said[columns.postcode])
    except NotAPostcode:
        raise ValueError("give it a full postcode") from None
    return Registered(
        line=line,
        number=said[columns.number],
        kind=_kind(said, columns),
        name=said[columns.name],
        address=(*street, postcode),
        email=_email(said[columns.email]),
    )


def _kind(said: Mapping[str, str], columns: Columns) -> LandlordKind:
    if isinstance(columns.kind, LandlordKind):
        return columns.kind
    column, kinds = columns.kind
    if said[column] not in kinds:
        raise ValueError("say in the columns what kind of landlord its kind is")
    return kinds[said[column]]


def _email(address: str) -> str:
    if address:
        try:
            validate_email(address)
        except ValidationError:
            raise ValueError("mend its e-mail address, or empty it") from None
    return address
