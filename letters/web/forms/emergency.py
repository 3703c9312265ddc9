"""Seeing another team's cases in an emergency, and looking at that later."""

from letters.cases.emergency import EmergencyAccess
from letters.web.fields import Choice, LongText, Look
from letters.web.forms.form import Form


class EmergencyForm(Form):
    """Why now."""

    reason = LongText(
        "Why do you need to see it now?",
        missing="Say why you need to see this now: somebody else will read it",
        hint="For example: the patient is on the ward, and has to be told tonight whether a "
        "letter has gone to their address.",
        look=Look(component="textarea", size="m", rows=4),
    )


class ReviewForm(Form):
    """Whether there was a reason."""

    finding = Choice(
        "Was there a reason to look?",
        EmergencyAccess.Finding.choices,
        missing="Choose whether there was a reason to look",
        coerce=EmergencyAccess.Finding,
        look=Look(component="radios"),
    )
    note = LongText(
        "What was found, or done about it",
        hint="Optional. Name no patient.",
        look=Look(component="textarea", size="m", rows=4),
    )
