"""What a person does about a letter in trouble."""

from typing import Any

from typing_extensions import override

from letters.web.fields import Choice
from letters.web.forms.form import Form
from letters.web.operations import Way


class WayForm(Form):
    """One of the ways that there are for a dispatch as it is now."""

    way = Choice("What should happen?", missing="Choose what should happen")

    def __init__(self, data: Any = None, *, ways: tuple[Way, ...]) -> None:
        super().__init__(data)
        field = self.fields["way"]
        assert isinstance(field, Choice)  # noqa: S101 - as declared above
        field.choices = [(way.key, way.says) for way in ways]

    @override
    def values(self) -> dict[str, Any]:
        return {}
