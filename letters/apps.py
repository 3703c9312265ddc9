"""The one Django app."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Rows, pages and programs of the letters."""

    name = "letters"
    verbose_name = "Letters"
