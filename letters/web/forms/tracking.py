"""Changes to a deadline, each with its reason."""

from letters.web.fields import Day, LongText, Look
from letters.web.forms.form import Form


class ReasonForm(Form):
    """Pause, resume, meet or close."""

    reason = LongText(
        "Reason",
        hint="It stands in the history of the case.",
        missing="Give the reason; it stands in the history of the case",
        look=Look(component="textarea", rows=2),
    )


class ExtendForm(ReasonForm):
    """Put off to a later day."""

    until = Day("Put off until the end of", missing="Enter the later day")

    field_order = ("until", "reason")
