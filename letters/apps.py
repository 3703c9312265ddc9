"""The one Django app."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
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
        from letters.access import sessions  # rows can be imported now

        user_logged_in.connect(sessions.begin, dispatch_uid="letters.sessions.begin")
