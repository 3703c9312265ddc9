"""Fields of a request that say what to do, and never repeat what was sent."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from rest_framework import serializers


def one_of(values: Iterable[StrEnum]) -> Any:  # a ChoiceField, whose stub has no value type
    """One of a closed set, spelled as everywhere else."""
    names = [value.value for value in values]
    says = f"Choose one of {', '.join(names)}"
    return serializers.ChoiceField(choices=names, error_messages={"invalid_choice": says})


def passage(longest: int) -> serializers.CharField:
    """Free words, or an empty text."""
    return serializers.CharField(max_length=longest, allow_blank=True, trim_whitespace=False)


def reason() -> serializers.CharField:
    """Why something was done; it stands in the history of the case."""
    return serializers.CharField(max_length=500)
