"""The first screen of the short path: who it is, which illness, what the clinician will say."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from typing_extensions import override

from letters.access.models import Team
from letters.cases.errors import DateInTheFuture
from letters.cases.intakes.actions import Values
from letters.drafting.identifiers import NotAnNhsNumber, normal_nhs_number
from letters.drafting.vocabulary import Event, OpinionLevel
from letters.law.facts import Answer, HealthCondition
from letters.web.fields import Choice, Choices, LongText, Look, Whole, options
from letters.web.forms.answers import yes_no
from letters.web.forms.patients import NewPatientForm

_MONTHS = 12
_CHIPS = "app-chips"
_SHORT = {
    HealthCondition.RESPIRATORY_INFECTION: "Chest infections",
    HealthCondition.PRETERM_LUNG_DISEASE: "Lung disease of prematurity",
}
_NOTHING = "nothing"  # a radio cannot be left open again
_COUNTED = (Event.HOSPITAL_ADMISSION, Event.ORAL_STEROID_COURSE)
_NIGHTS = "night symptoms on most nights"
# An intake that holds one of these is about somebody whom no search has found.
_OF_A_NEW_PATIENT = ("name", "date_of_birth", "nhs_number")


def _chip(condition: HealthCondition) -> tuple[str, str]:
    words = _SHORT.get(condition, condition.short_label)
    return condition.value, words[:1].upper() + words[1:]


class IntakeHealthForm(NewPatientForm):
    """Whoever is here already is not asked for again; everything about health can be left open."""

    team = Choice("Your team", missing="Choose your team")
    conditions = Choices(
        "Which illness does the home make worse?",
        [_chip(condition) for condition in HealthCondition],
        hint="Tick all that are known.",
        coerce=HealthCondition,
        look=Look(component="checkboxes", size="m", classes=_CHIPS),
    )
    nights = Choices(
        "How severe is it?",
        [(_NIGHTS, "Asthma symptoms on most nights")],
        look=Look(component="checkboxes", classes=_CHIPS),
    )
    hospital_admission = Whole("Hospital admissions")
    oral_steroid_course = Whole("Courses of oral steroids")
    better_away_from_home = yes_no("Is it better away from home?", missing="")
    level = Choice(
        "What are you prepared to say in the letter?",
        [*options(OpinionLevel), (_NOTHING, "Nothing about this patient")],
        hint="Leaving it open says nothing either.",
        look=Look(
            component="radios",
            size="m",
            asks={OpinionLevel.LIKELY: ["opinion_basis"]},
            hints={
                OpinionLevel.RECOGNISED_RISK: "Only what is known in general of such homes.",
                OpinionLevel.CONSISTENT_WITH: "This patient's pattern fits. Enough for most "
                "letters.",
                OpinionLevel.LIKELY: "In your opinion, on balance, the home makes it worse. Needs "
                "your basis.",
            },
        ),
    )
    opinion_basis = LongText(
        "Basis of your opinion", hint="What you have seen or measured that supports it"
    )

    def __init__(
        self,
        data: Any = None,
        *,
        initial: Any = None,
        is_new: bool,
        teams: tuple[Team, ...],
        day: date,
    ) -> None:
        super().__init__(data, initial=initial)
        self._day = day
        self._teams = {str(team.pk): team for team in teams}
        field = self.fields["team"]
        assert isinstance(field, Choice)  # noqa: S101 - as declared above
        field.choices = [(pk, team.name) for pk, team in self._teams.items()]
        if len(self._teams) == 1:
            del self.fields["team"]
        if not is_new:
            for name in _OF_A_NEW_PATIENT:
                del self.fields[name]

    def clean_nhs_number(self) -> str:
        """A slip is said at once, and not after the last screen."""
        try:
            return normal_nhs_number(self.cleaned_data["nhs_number"])
        except NotAnNhsNumber as refusal:
            raise ValidationError(str(refusal)) from None

    def clean_date_of_birth(self) -> date:
        born: date = self.cleaned_data["date_of_birth"]
        if born > self._day:
            raise ValidationError(str(DateInTheFuture("date_of_birth")))
        return born

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("nights") and HealthCondition.ASTHMA not in given.get("conditions", ()):
            self.add_error("nights", "Tick asthma as well, or untick this")
        if given.get("level") == OpinionLevel.LIKELY.value and not given.get("opinion_basis"):
            self.add_error(
                "opinion_basis", "Give the basis of your opinion, or choose 'consistent with'"
            )
        if given.get("better_away_from_home") == Answer.YES and given.get("level") in (
            None,
            _NOTHING,
        ):
            says = "Choose what you are prepared to say: the letter tells of it together with that"
            self.add_error("level", says)
        return given

    @property
    def team_chosen(self) -> Team:
        """The clinical team that works on the case."""
        return self._teams[self.cleaned_data.get("team") or next(iter(self._teams))]

    def patient(self) -> Values | None:
        """Who is to be entered; None for somebody who is here already."""
        if "name" not in self.fields:
            return None
        given = {name: self.cleaned_data[name] for name in _OF_A_NEW_PATIENT}
        return given | {"partnership": self.team_chosen.organisation.partnership}

    def diagnoses(self) -> tuple[Values, ...]:
        """Each illness, with nothing said of it that was not asked."""
        given = self.cleaned_data
        nights = _NIGHTS if given["nights"] else ""
        return tuple(
            {
                "condition": condition,
                "basis": "",
                "severity": nights if condition is HealthCondition.ASTHMA else "",
                "treatment": "",
            }
            for condition in given["conditions"]
        )

    def counts(self, until: Any) -> tuple[Values, ...]:
        """What was counted in the twelve months up to the day."""
        counted = {event: self.cleaned_data[event.value] for event in _COUNTED}
        return tuple(
            {"event": event, "count": count, "months": _MONTHS, "until": until}
            for event, count in counted.items()
            if count is not None
        )

    def opinion(self) -> Values | None:
        """What the clinician says of home and illness, if anything."""
        given = self.cleaned_data
        if given["level"] in (None, _NOTHING):
            return None
        return {
            "level": OpinionLevel(given["level"]),
            "better_away_from_home": given["better_away_from_home"] or Answer.NOT_KNOWN,
            "basis": given["opinion_basis"],
        }
