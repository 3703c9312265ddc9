"""What a clinician records: hazards, illness, household, other people."""

from typing import Any

from typing_extensions import override

from letters.cases.models import HazardReport
from letters.drafting.vocabulary import Event, OpinionLevel, Source
from letters.law.facts import HealthCondition, Severity
from letters.law.hazards import Hazard
from letters.web.fields import (
    Choice,
    Choices,
    Day,
    Lines,
    LongText,
    Look,
    Text,
    Whole,
    boxes,
    named,
    options,
)
from letters.web.forms.answers import SEVERITY, SEVERITY_HINTS, yes_no
from letters.web.forms.form import Form

OFTEN = (
    Hazard.DAMP_AND_MOULD,
    Hazard.EXCESS_COLD,
    Hazard.PESTS,
    Hazard.CROWDING,
    Hazard.CARBON_MONOXIDE,
    Hazard.ELECTRICAL,
    Hazard.SANITATION,
)
_ANOTHER = "another"
ROOMS = ("bedroom", "living room", "kitchen", "bathroom", "hallway", "whole home")
_MONTHS = 12


class CorrectHazardForm(Form):
    """A hazard that has been reported, with everything that can be said of it."""

    severity = Choice(
        "How bad is it?",
        named(SEVERITY),
        missing="Choose how bad it is",
        coerce=Severity,
        look=Look(component="radios", hints=SEVERITY_HINTS),
    )
    rooms = Choices(
        "Where?",
        [(room, room.capitalize()) for room in ROOMS],
        look=Look(component="checkboxes", classes="app-columns"),
    )
    other_room = Text("Another room", hint="Such as 'back bedroom'")
    description = LongText(
        "What is there?",
        hint="A sentence for the letter, such as 'black mould over half of the outside wall'",
        missing="Say in a few words what is there",
    )
    first_noticed_on = Day("First noticed", hint="Leave empty if not known")
    landlord_told_on = Day(
        "When was the landlord told?", hint="Leave empty if they were not told, or it is not known"
    )
    landlord_response = LongText(
        "What did the landlord say or do?", hint="Only if they were told and answered"
    )
    source = Choice(
        "How do you know?",
        options(Source),
        missing="Choose how you know: the letter says so",
        coerce=Source,
    )
    disrepair = yes_no(
        "Has something broken or worn out that once worked?",
        hint="Such as a leaking roof, gutter, pipe, window, fan or boiler",
        missing="Choose yes, no or not known: broken or worn out",
    )
    landlord_controls_cause = yes_no(
        "Does the cause lie in the building, its pipes or its heating?",
        missing="Choose yes, no or not known: cause in the building",
    )
    heating_or_hot_water_lost = yes_no(
        "Is the home without heating or hot water now?",
        missing="Choose yes, no or not known: heating or hot water",
    )

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("rooms") and not given.get("other_room") and "rooms" not in self.errors:
            self.add_error("rooms", "Choose at least one room")
        return given

    @override
    def values(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        other_room = given.pop("other_room")
        return given | {"rooms": [*given.pop("rooms"), *([other_room] if other_room else [])]}


class HazardReportForm(CorrectHazardForm):
    """One hazard; another is another form."""

    field_order = ("hazard", "another_hazard")
    hazard = Choice(
        "What is wrong?",
        [*options(OFTEN), (_ANOTHER, "Something else")],
        missing="Choose what is wrong",
        look=Look(component="radios", size="m", asks={_ANOTHER: ["another_hazard"]}),
    )
    another_hazard = Choice(
        "Which hazard?",
        options([hazard for hazard in Hazard if hazard not in OFTEN]),
        coerce=Hazard,
        look=Look(component="select"),
    )

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("hazard") == _ANOTHER and not given.get("another_hazard"):
            self.add_error("another_hazard", "Choose which hazard it is")
        return given

    @override
    def values(self) -> dict[str, Any]:
        given = super().values()
        another, hazard = given.pop("another_hazard"), given.pop("hazard")
        return given | {"hazard": another if hazard == _ANOTHER else Hazard(hazard)}


def as_reported(report: HazardReport) -> dict[str, Any]:
    """What the row says, for a form to begin with."""
    alike = ("severity", "description", "landlord_response", "source", "disrepair")
    known = (*alike, "landlord_controls_cause", "heating_or_hot_water_lost")
    rooms = [room for room in report.rooms if room in ROOMS]
    return {name: getattr(report, name) for name in known} | {
        "rooms": rooms,
        "other_room": ", ".join(room for room in report.rooms if room not in rooms),
        "first_noticed_on": boxes(report.first_noticed_on),
        "landlord_told_on": boxes(report.landlord_told_on),
    }


class HealthForm(Form):
    """The illness, how bad it has been, and what the clinician is prepared to say."""

    condition = Choice(
        "Which illness does the home make worse?",
        options(HealthCondition),
        missing="Choose the illness",
        coerce=HealthCondition,
        look=Look(component="radios", size="m", classes="app-columns"),
    )
    basis = Text("How is it known?", hint="Such as 'spirometry with reversibility, May 2025'")
    severity = Text("How severe is it?", hint="Such as 'night symptoms on most nights'")
    treatment = Text("Treatment that matters here", hint="Such as 'daily inhaled steroid'")
    oral_steroid_course = Whole("Courses of oral steroids")
    emergency_attendance = Whole("Emergency department attendances")
    hospital_admission = Whole("Hospital admissions")
    intensive_care_admission = Whole("Intensive care admissions")
    gp_visit = Whole("Unplanned GP visits")
    school_or_work_day_lost = Whole("School or work days lost")
    better_away_from_home = yes_no(
        "Is it better away from home?", missing="Choose yes, no or not known: better away from home"
    )
    level = Choice(
        "What are you prepared to say in the letter?",
        options(OpinionLevel),
        missing="Choose what you are prepared to say",
        coerce=OpinionLevel,
        look=Look(
            component="radios",
            size="m",
            asks={OpinionLevel.LIKELY: ["opinion_basis"]},
            hints={
                OpinionLevel.RECOGNISED_RISK: "States only what is known in general: conditions "
                "like these are recognised to worsen this illness.",
                OpinionLevel.CONSISTENT_WITH: "Says that this patient's pattern fits with the home "
                "contributing. Enough for most letters.",
                OpinionLevel.LIKELY: "Says that, in your opinion and on balance, the home makes "
                "this patient's illness worse. Needs your basis.",
            },
        ),
    )
    opinion_basis = LongText(
        "Basis of your opinion", hint="What you have seen or measured that supports it"
    )

    @override
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        counts = {event: given[event.value] for event in Event if given[event.value] is not None}
        named = ("condition", "basis", "severity", "treatment", "level", "better_away_from_home")
        return {name: given[name] for name in named} | {
            "counts": counts,
            "months": _MONTHS,
            "opinion_basis": given["opinion_basis"],
        }

    @override
    def refuse(self, refusal: Exception) -> None:
        if getattr(refusal, "field", "") == "basis":
            self.add_error("opinion_basis", str(refusal))
        else:
            super().refuse(refusal)


class HouseholdForm(Form):
    """What the household already does, when the landlord may come, and an adjustment."""

    household_measures = Lines(
        "What does the household already do?",
        hint="One thing a line, such as 'Opens windows after cooking'. Leave empty if not asked.",
        look=Look(component="textarea", rows=4),
    )
    access_offered = Text(
        "When and how may the landlord come?",
        hint="Such as 'any weekday after 3.30 pm; please telephone first'",
        max_length=400,
    )
    adjustment_requested = yes_no(
        "Is a disabled person in the home asking for a reasonable adjustment?",
        missing="Choose yes, no or not known: reasonable adjustment",
    )
    adjustment = LongText("What is asked for?", hint="Only if you chose yes")


class OccupantForm(Form):
    """Another person in the home: an age and illnesses, never a name."""

    age = Whole("Age in years", hint="Leave empty if not known", most=120)
    conditions = Choices(
        "Illnesses the home may worsen", options(HealthCondition), coerce=HealthCondition
    )
    agreed_to_mention = yes_no(
        "Has that person, or their parent, agreed that letters mention them?",
        hint="Without agreement no letter mentions them.",
        missing="Choose yes, no or not known: agreement to be mentioned",
    )
