"""Letting another program be told what happens."""

from collections.abc import Iterable
from typing import Any

from typing_extensions import override

from letters.access.models import Partnership
from letters.announcing.kinds import EventKind
from letters.web.fields import Choice, Choices, Look, Text, options
from letters.web.forms.form import Form


class SubscribeForm(Form):
    """Where to, and of what; the partnership is asked of who has several."""

    partnership = Choice("Partnership", missing="Choose a partnership")
    url = Text(
        "Address of the other program",
        hint="It starts with https://. Only its host is shown afterwards.",
        missing="Enter the address of the other program",
        max_length=500,
        validators=[],
    )
    kinds = Choices(
        "What is it told?",
        options(EventKind),
        missing="Choose what the other program is told",
        hint="Ids only: never a name, an address or what was said",
        coerce=EventKind,
        look=Look(component="checkboxes", size="m"),
    )

    def __init__(
        self, data: Any = None, *, partnerships: Iterable[Partnership], **more: Any
    ) -> None:
        super().__init__(data, **more)
        offered = [(str(each.pk), each.name) for each in partnerships]
        if len(offered) == 1:
            del self.fields["partnership"]
        else:
            self.fields["partnership"].choices = offered  # type: ignore[attr-defined]  # a Choice

    @override
    def values(self) -> dict[str, Any]:
        return {"partnership": None, **super().values()}
