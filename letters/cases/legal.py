"""The law of every nation, read once when the program starts."""

from functools import cache

from django.conf import settings

from letters.law.library import Library, read_library


@cache
def library() -> Library:
    """Every provision of every nation that has files, with how homes can be held there."""
    return read_library(settings.TEMPLATES_LEGAL)
