"""The last form of the short path: read, signed, and on its way."""

from typing import Any

from typing_extensions import override

from letters.delivery.models import Channel
from letters.issuing.models import Letter
from letters.web.fields import Choice, Hidden, Tick
from letters.web.forms.form import Form
from letters.web.reading import send_form_of

SEND, PASS = "send", "pass"


class SignForm(Form):
    """`seen` stands for the words that were on the page; `then` is the button pressed."""

    seen = Hidden(missing="Read the letter again: the page did not say which words you read")
    has_read = Tick(
        "I have read this letter and I stand for what it says",
        missing="Tick the box to say that you have read the letter",
    )
    channel = Choice("How should it go?", coerce=Channel)
    then = Choice("", ((SEND, ""), (PASS, "")), missing="Press one of the buttons")

    def __init__(self, data: Any = None, *, channels: Any) -> None:
        super().__init__(data)
        field = self.fields["channel"]
        assert isinstance(field, Choice)  # noqa: S101 - as declared above
        field.choices = channels

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("then") == SEND and not given.get("channel") and "channel" not in self.errors:
            self.add_error("channel", "Choose how to send the letter")
        return given

    @override
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        seen = {"seen": given["seen"]}
        return seen if given["then"] == PASS else seen | {"channel": given["channel"]}


def sign_form_of(letter: Letter, data: Any = None) -> SignForm:
    """With the ways in which this letter can go."""
    channel = send_form_of(letter).fields["channel"]
    assert isinstance(channel, Choice)  # noqa: S101 - as declared there
    return SignForm(data, channels=channel.offered)
