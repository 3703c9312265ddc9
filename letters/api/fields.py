"""Fields of a request that say what to do, and never repeat what was sent."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from typing_extensions import override


def one_of(
    values: Iterable[StrEnum], **more: Any
) -> Any:  # a ChoiceField, whose stub has no value type
    """One of a closed set, spelled as everywhere else."""
    names = [value.value for value in values]
    says = f"Choose one of {', '.join(names)}"
    return serializers.ChoiceField(choices=names, error_messages={"invalid_choice": says}, **more)


def passage(longest: int) -> serializers.CharField:
    """Free words, or an empty text."""
    return serializers.CharField(max_length=longest, allow_blank=True, trim_whitespace=False)


def reason() -> serializers.CharField:
    """Why something was done; it stands in the history of the case."""
    return serializers.CharField(max_length=500)


class Moment(serializers.DateTimeField):
    """A moment that says its time zone; without one it would be anybody's guess."""

    @override
    def enforce_timezone(self, value: datetime) -> datetime:
        if value.utcoffset() is None:
            raise ValidationError("Give the moment with its time zone, like 2026-11-23T09:30:00Z")
        return value
