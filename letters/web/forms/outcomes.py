"""What came of a letter."""

from letters.outcomes.models import HealthChange, Remediation, Response
from letters.web.fields import Choice, Day, LongText, Look, Moment, Whole
from letters.web.forms.answers import yes_no
from letters.web.forms.form import Form

KINDS = {
    Response.Kind.ACKNOWLEDGED: "They acknowledged the letter",
    Response.Kind.INSPECTION_BOOKED: "They booked an inspection",
    Response.Kind.INSPECTED: "They inspected the home",
    Response.Kind.WRITTEN_FINDINGS: "They sent written findings",
    Response.Kind.WORKS_BOOKED: "They booked works",
    Response.Kind.DISPUTED: "They dispute it",
    Response.Kind.BLAMED_OCCUPANT: "They blame the household",
    Response.Kind.RETALIATED: "They threatened or punished the household",
}


class ResponseForm(Form):
    """One thing the landlord said or did."""

    kind = Choice(
        "What did the landlord do?",
        [(kind.value, words) for kind, words in KINDS.items()],
        missing="Choose what the landlord did",
        coerce=Response.Kind,
        look=Look(
            component="radios",
            size="m",
            hints={
                Response.Kind.RETALIATED: "Tell the adviser today: there may be a time limit.",
                Response.Kind.WRITTEN_FINDINGS: "The time for the works runs from these.",
            },
        ),
    )
    received_at = Moment(
        "When?",
        hint="The day, and the time if it is known, such as 14:30. If not, 12:00.",
        missing="Enter the day and time",
    )
    summary = LongText("In a few words", hint="Optional")


class RemediationForm(Form):
    """One claim about what was done to a hazard."""

    claimed_by = Choice(
        "Who says so?",
        Remediation.Claimant.choices,
        missing="Choose who says so",
        coerce=Remediation.Claimant,
    )
    extent = Choice(
        "What was done?",
        Remediation.Extent.choices,
        missing="Choose what was done",
        coerce=Remediation.Extent,
        look=Look(component="radios", size="m"),
    )
    completed_on = Day("Finished on", hint="Needed if it was mended; otherwise leave empty")
    cause_addressed = yes_no(
        "Was the cause dealt with, not only the surface?",
        missing="Choose yes, no or not known: cause dealt with",
    )
    verification = Choice(
        "Who has checked?",
        Remediation.Verification.choices,
        missing="Choose who has checked, or 'Not verified'",
        hint="Only a claim that somebody went to check ends the deadlines.",
        coerce=Remediation.Verification,
    )
    description = LongText("In a few words", hint="Optional")


class HealthChangeForm(Form):
    """How the patient is, some time after a letter."""

    observed_on = Day("As seen on", missing="Enter the day")
    change = Choice(
        "Compared with before the letter",
        HealthChange.Change.choices,
        missing="Choose how the patient is",
        coerce=HealthChange.Change,
        look=Look(component="radios", size="m"),
    )
    respondent = Choice(
        "Who says so?",
        HealthChange.Respondent.choices,
        missing="Choose who says so",
        coerce=HealthChange.Respondent,
    )
    steroid_courses = Whole("Courses of oral steroids since the letter", hint="Empty if not asked")
    admissions = Whole("Hospital admissions since the letter", hint="Empty if not asked")
