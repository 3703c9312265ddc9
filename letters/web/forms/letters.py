"""A letter's free passage, its approval, and how it leaves."""

from typing import Any

from typing_extensions import override

from letters.delivery.models import Channel
from letters.web.fields import Choice, Day, Hidden, LongText, Look, Tick
from letters.web.forms.form import Form


class NarrativeForm(Form):
    """The one passage that is worded freely."""

    narrative = LongText(
        "Your own words about this patient's health",
        hint="Optional. Added to the part on health; the law cannot be edited.",
        look=Look(component="textarea", size="m", rows=6),
    )


class ApproveForm(Form):
    """`seen` stands for the words that were on the page."""

    seen = Hidden(missing="Read the letter again: the page did not say which words you read")
    has_read = Tick(
        "I have read this letter and I stand for what it says",
        missing="Tick the box to say that you have read the letter",
    )

    @override
    def values(self) -> dict[str, Any]:
        return {"seen": self.cleaned_data["seen"]}


class SendForm(Form):
    """By e-mail to the address shown, or printed by hand."""

    channel = Choice("How should it go?", missing="Choose how to send the letter", coerce=Channel)

    def __init__(self, data: Any = None, *, mailbox: str) -> None:
        super().__init__(data)
        field = self.fields["channel"]
        assert isinstance(field, Choice)  # noqa: S101 - as declared above
        by_email = [(Channel.EMAIL.value, f"By e-mail to {mailbox}")] if mailbox else []
        by_hand = (Channel.DOWNLOAD.value, "I will print and post it myself")
        field.choices = [*by_email, by_hand]


class PostedForm(Form):
    """When a printed letter was put in the post."""

    posted_on = Day("Day of posting", missing="Enter the day on which you posted it")


ARRIVED, AGAIN, STOP = "arrived", "again", "stop"


class SettleForm(Form):
    """What became of a dispatch that nobody is sure of, or that was refused."""

    what = Choice("What have you found out?", missing="Choose what you have found out")

    def __init__(self, data: Any = None, *, may_have_arrived: bool) -> None:
        super().__init__(data)
        field = self.fields["what"]
        assert isinstance(field, Choice)  # noqa: S101 - as declared above
        arrived = (ARRIVED, "The landlord has it: count it as sent now")
        again = (AGAIN, "The landlord does not have it, or the address is mended: send it again")
        stop = (STOP, "Stop: it should not go this way")
        field.choices = [arrived, again, stop] if may_have_arrived else [again, stop]

    @override
    def values(self) -> dict[str, Any]:
        return {}
