"""The one Django app."""

from django.apps import AppConfig
from typing_extensions import override

from letters.issuing import sources


class LettersConfig(AppConfig):
    """Rows, pages and programs of the letters."""

    name = "letters"
    verbose_name = "Letters"

    @override
    def ready(self) -> None:
        """A law or wording file that cannot be read stops the start, naming file and line."""
        sources.read_all()
