"""Says of each file whether it is, byte for byte, one that this service made of a letter."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from typing_extensions import override

from letters.issuing.verifying import Issued, digest_of_file, issued_as


class Command(BaseCommand):
    """Exit status 1 when a file is none of this service's, or cannot be read."""

    help = __doc__ or ""

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path)

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        found = [self._tell(path) for path in options["files"]]
        if not all(found):
            raise SystemExit(1)

    def _tell(self, path: Path) -> bool:
        try:
            with path.open("rb") as file:
                digest = digest_of_file(file)
        except OSError as reason:
            raise CommandError(f"{path} cannot be read: {reason.strerror}") from None
        issued = issued_as(digest)
        told = "not a file that this service made" if issued is None else _in_words(issued)
        self.stdout.write(f"{path}: {told}\n  SHA-256 {digest}\n")
        return issued is not None


def _in_words(issued: Issued) -> str:
    what = "an invented letter of a demonstration" if issued.is_demonstration else "a letter"
    told = [
        f"this is the {issued.file_format.label} of {what}, {issued.reference}",
        f"from {issued.organisation}",
        f"approved on {issued.approved_on:%-d %B %Y}",
    ]
    if issued.withdrawn_on:
        told.append(f"WITHDRAWN on {issued.withdrawn_on:%-d %B %Y}")
    return ", ".join(told)
