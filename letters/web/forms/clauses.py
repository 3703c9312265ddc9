"""Leaving a clause out of one letter."""

from letters.web.fields import LongText, Look
from letters.web.forms.form import Form


class LeaveOutForm(Form):
    """Why."""

    reason = LongText(
        "Why does it not belong in this letter?",
        missing="Say why it does not belong in this letter",
        hint="For example: the tenancy was granted before the duty began. It stands among the "
        "reasons of the letter, for those who work on the case.",
        look=Look(component="textarea", size="m", rows=4),
    )
