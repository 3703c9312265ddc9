"""Turns a closed set of values into what a model field or a constraint asks for."""

from enum import StrEnum


def choices_of(values: type[StrEnum]) -> list[tuple[str, str]]:
    """Value and label of each; given to fields as a function, so new values need no migration."""
    return [(value.value, getattr(value, "label", value.replace("_", " "))) for value in values]


def values_of(values: type[StrEnum]) -> list[str]:
    """The bare values, for constraints."""
    return [value.value for value in values]
