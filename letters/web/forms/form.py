"""What every form does: check shape, call one action, keep what was typed when it is refused."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest

from letters.web.refusals import REFUSALS, field_of


class Form(forms.Form):
    """Checks shape. Meaning is the action's business; its refusal is shown like any other error."""

    use_required_attribute = False

    def __init__(self, data: Any = None, **more: Any) -> None:  # as Django passes them
        more.setdefault("auto_id", "%s")
        super().__init__(data, **more)
        self.done: Any = None  # what the action made

    def values(self) -> dict[str, Any]:
        """What the action takes; a form whose questions are others than the action's says how."""
        return dict(self.cleaned_data)

    def does(self, action: Callable[..., object], **given: Any) -> bool:
        """Whether the form is in shape and the action was done with it."""
        if not self.is_valid():
            return False
        try:
            self.done = action(**self.values(), **given)
        except REFUSALS as refusal:
            self.refuse(refusal)
            return False
        return True

    def refuse(self, refusal: Exception) -> None:
        """Show a refusal beside the field at fault, or above the form."""
        field = field_of(refusal)
        self.add_error(field if field in self.fields else None, str(refusal))


class Confirmation(Form):
    """A button without questions."""


def sent(request: HttpRequest) -> Any:  # the data of the form, None where nothing was sent
    """What a form is given: the posted data, or nothing when the page is only looked at."""
    return request.POST if request.method == "POST" else None
