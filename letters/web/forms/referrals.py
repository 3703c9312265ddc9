"""Passing on other needs met on the way, and bringing back what came of it."""

from typing import Any

from typing_extensions import override

from letters.access.models import Team
from letters.cases.referrals.models import Need, Referral, ReferralStatus
from letters.law.facts import Answer
from letters.web.fields import Choice, Day, LongText, Look, NewId, Text, named, options
from letters.web.forms.form import Form

_TEAM, _SERVICE = "team", "service"
_AGREED = {Answer.YES: "Yes", Answer.NO: "No"}
_SAYS = {
    ReferralStatus.TAKEN_UP: "They have taken it up",
    ReferralStatus.NOT_REACHED: "Nobody could be reached",
    ReferralStatus.DECLINED: "It was declined, by the service or by the patient",
    ReferralStatus.DONE: "It is done",
}


class ReferForm(Form):
    """One need, and who is asked to help with it."""

    referral_id = NewId()
    need = Choice(
        "What do they need help with?",
        options(Need),
        missing="Choose what they need help with",
        coerce=Need,
    )
    words = LongText(
        "What should whoever helps know?",
        hint="Optional. Only what the patient agrees to. No letter prints it.",
        max_length=1000,
    )
    who = Choice(
        "Who is asked?",
        missing="Choose who is asked",
        look=Look(
            component="radios",
            asks={_SERVICE: ["service"]},
            hints={_SERVICE: "It hears nothing from here: ring or write to it yourself."},
        ),
    )
    service = Text("Name of the service", max_length=120)
    agreed = Choice(
        "Does the patient agree that they are told?",
        named(_AGREED),
        missing="Choose whether the patient agrees that they are told",
        coerce=Answer,
        look=Look(component="radios", inline=True),
    )
    agreed_on = Day("When did they agree?", missing="Enter the day on which they agreed")

    def __init__(self, data: Any = None, *, team: Team) -> None:
        super().__init__(data)
        field = self.fields["who"]
        assert isinstance(field, Choice)  # noqa: S101 - as declared above
        field.choices = [(_TEAM, team.name), (_SERVICE, "A service outside")]

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("who") == _SERVICE and not given.get("service", "").strip():
            self.add_error("service", "Enter the name of the service")
        return given

    @override
    def values(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        is_outside = given.pop("who") == _SERVICE
        return given | {"service": given["service"].strip() if is_outside else ""}


class FollowReferralForm(Form):
    """How far one referral has come."""

    change_id = NewId()
    status = Choice("How does it stand?", missing="Choose how it stands", coerce=ReferralStatus)
    words = LongText(
        "What came of it?",
        hint="Whoever asked reads it. Needed once it is done or declined.",
        max_length=1000,
    )

    def __init__(self, data: Any = None, *, referral: Referral) -> None:
        super().__init__(data)
        field = self.fields["status"]
        assert isinstance(field, Choice)  # noqa: S101 - as declared above
        # What was sent may have come true meanwhile: the action knows.
        offered = referral.following if data is None else tuple(_SAYS)
        field.choices = [(status.value, _SAYS[status]) for status in offered]
