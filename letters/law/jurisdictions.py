"""The four nations, each with law of its own."""

from enum import StrEnum


class Jurisdiction(StrEnum):
    """A nation of the United Kingdom; the value is its folder in templates_legal."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").title()
