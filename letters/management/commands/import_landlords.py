"""Takes a public register of landlords, saved as CSV, into a partnership's directory.

Without --write it tells what it would do, line by line, and does nothing. The second file says
which column means what; `docs/landlord-columns.example.json` shows the shape.
"""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from typing_extensions import override

from letters.access.models import Partnership
from letters.cases.errors import CaseError
from letters.cases.landlords.importing import Source, plan, take_register
from letters.cases.landlords.registers import MOST_BYTES, Columns, Register, read_register
from letters.law.tenures import LandlordKind

_NOBODY = (LandlordKind.NONE, LandlordKind.NOT_KNOWN)


class Command(BaseCommand):
    """Lines are told of by their number alone: a register may name people."""

    help = __doc__ or ""

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("columns", type=Path)
        parser.add_argument("--partnership", required=True, help="its name")
        parser.add_argument("--register", required=True, help="what the register is called")
        parser.add_argument("--dated", required=True, type=date.fromisoformat, help="YYYY-MM-DD")
        parser.add_argument("--write", action="store_true", help="do it")
        parser.add_argument("--without-bad-lines", action="store_true")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        partnership = Partnership.objects.filter(name=options["partnership"]).first()
        if partnership is None:
            raise CommandError("No partnership has that name")
        source = Source(register=options["register"], dated=options["dated"])
        try:
            register = _register(options["file"], options["columns"])
            for bad in register.bad:
                self.stdout.write(f"line {bad.line}: cannot be taken; {bad.says}\n")
            steps = plan(partnership, register, source)
            if options["write"]:
                steps = take_register(
                    partnership=partnership,
                    register=register,
                    source=source,
                    without_bad_lines=options["without_bad_lines"],
                    at=timezone.now(),
                )
        except CaseError as refusal:
            raise CommandError(str(refusal)) from None
        for step in steps:
            self.stdout.write(f"line {step.landlord.line}: {step.does.value}\n")
        if not options["write"]:
            self.stdout.write("Nothing is written; say --write to do it\n")


def _register(file: Path, columns: Path) -> Register:
    with file.open("rb") as opened:
        data = opened.read(MOST_BYTES + 1)  # one more than may be, so that it is refused
    return read_register(data, _columns(json.loads(columns.read_text(encoding="utf-8"))))


def _columns(given: Mapping[str, Any]) -> Columns:
    names = {"number", "name", "address", "postcode", "email", "kind"}
    if set(given) != names:
        raise CommandError(f"The columns file says these and nothing else: {sorted(names)}")
    return Columns(
        number=given["number"],
        name=given["name"],
        address=tuple(given["address"]),
        postcode=given["postcode"],
        email=given["email"],
        kind=_kinds(given["kind"]),
    )


def _kinds(given: Any) -> LandlordKind | tuple[str, Mapping[str, LandlordKind]]:  # as JSON has it
    if isinstance(given, str):
        return _kind(given)
    return given["column"], {said: _kind(kind) for said, kind in given["values"].items()}


def _kind(value: str) -> LandlordKind:
    kinds = [kind for kind in LandlordKind if kind not in _NOBODY]
    if value not in kinds:
        raise CommandError(f"{value!r} is not one of {', '.join(kinds)}")
    return LandlordKind(value)
