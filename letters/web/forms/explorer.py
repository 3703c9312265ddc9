"""What somebody looks for in the law, and the facts they hold against it. Nobody is named."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from typing_extensions import override

from letters.drafting.errors import DocumentRefused
from letters.issuing.explorer import Sought, nations_with_law
from letters.issuing.sources import library
from letters.law.facts import (
    Answer,
    CaseFacts,
    HazardFacts,
    HealthCondition,
    OccupantFacts,
    Severity,
)
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.law.periods import StartEvent
from letters.law.tenures import Agreement, LandlordKind, Tenure
from letters.web.fields import Choice, Day, Look, Moment, Text, Whole, boxes, named, options
from letters.web.forms.answers import SEVERITY, YES_NO
from letters.web.forms.form import Form

HAZARDS = OCCUPANTS = (1, 2, 3)
_SELECT = Look(component="select")
_ANY = Look(component="select", nothing="Any")
_NONE = Look(component="select", nothing="None")
_ANSWERED = ("disrepair", "controlled", "heating")
_EVENTS = (StartEvent.AWARENESS, StartEvent.INVESTIGATION_CONCLUDED)


class SoughtForm(Form):
    """Every question is optional: none answered finds everything."""

    words = Text("Words", hint="In the name of a law, or in what it asks for")
    nation = Choice("Nation", look=_ANY, coerce=Jurisdiction)
    hazard = Choice("Hazard", options(Hazard), look=_ANY, coerce=Hazard)
    tenure = Choice("How the home is held", options(Tenure), look=_ANY, coerce=Tenure)
    day = Day("In force on")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        _offer(self, "nation", nations_with_law())

    @property
    def sought(self) -> Sought:
        """What to look for; everything while the form has faults."""
        return Sought(**self.cleaned_data) if self.is_valid() else Sought()


class WhatAppliesForm(Form):
    """The facts of a home that may be nobody's, a day, and what has happened."""

    day = Day("Under the law of which day?", missing="Enter the day of the law")
    tenure = Choice(
        "How is the home held?", look=_SELECT, coerce=Tenure, missing="Choose how it is held"
    )
    agreement = Choice(
        "Under what agreement?", look=_SELECT, coerce=Agreement, missing="Choose the agreement"
    )
    landlord_kind = Choice(
        "Who is the landlord?", look=_SELECT, coerce=LandlordKind, missing="Choose the landlord"
    )
    adjustment_requested = Choice(
        "Does a disabled person ask for an adjustment?",
        named(YES_NO),
        look=_SELECT,
        coerce=Answer,
        missing="Choose yes, no or not known",
    )
    awareness = Moment("When did the landlord become aware?", hint="Leave it empty if not yet.")
    investigation_concluded = Moment("When was the landlord's investigation concluded?")
    other_event = Choice(
        "Something else that has happened",
        options(event for event in StartEvent if event not in _EVENTS),
        look=_NONE,
        coerce=StartEvent,
    )
    other_at = Moment("When did that happen?")

    def __init__(self, data: Any = None, *, nation: Jurisdiction, today: date) -> None:
        initial = {"day": boxes(today), "adjustment_requested": Answer.NOT_KNOWN.value}
        super().__init__(data, initial=initial)
        self.nation = nation
        ways = library().tenure_rules_of(nation).ways
        _offer(self, "tenure", (*ways, Tenure.NOT_KNOWN))
        _offer(self, "agreement", _in_order(Agreement, (each for each, _ in ways.values())))
        _offer(self, "landlord_kind", _in_order(LandlordKind, (each for _, each in ways.values())))
        for number in HAZARDS:
            self._ask_for_hazard(number)
        for number in OCCUPANTS:
            self._ask_for_occupant(number)

    def _ask_for_hazard(self, number: int) -> None:
        is_first = number == HAZARDS[0]
        asked = {
            "hazard": Choice(
                "Hazard",
                options(Hazard),
                missing="Choose a hazard" if is_first else "",
                coerce=Hazard,
                look=_SELECT if is_first else _NONE,
            ),
            "severity": Choice("How bad is it?", named(SEVERITY), coerce=Severity, look=_SELECT),
            "disrepair": _answer("Is something broken or worn that once worked?"),
            "controlled": _answer("Is the cause in what the landlord is responsible for?"),
            "heating": _answer("Is the home without heating or hot water?"),
            "told_on": Day("When was the landlord first told?", hint="Leave it empty if not told."),
        }
        for name, question in asked.items():
            self.fields[f"{name}_{number}"] = question
        for name in _ANSWERED:
            self.initial[f"{name}_{number}"] = Answer.NOT_KNOWN.value

    def _ask_for_occupant(self, number: int) -> None:
        self.fields[f"condition_{number}"] = Choice(
            "Illness", options(HealthCondition), coerce=HealthCondition, look=_NONE
        )
        self.fields[f"age_{number}"] = Whole("Age in years", most=120)

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for number in HAZARDS:
            if given.get(f"hazard_{number}") and not given.get(f"severity_{number}"):
                self.add_error(f"severity_{number}", "Choose how bad it is")
        if bool(given.get("other_event")) is not bool(given.get("other_at")):
            missing = "other_at" if given.get("other_event") else "other_event"
            if missing not in self.errors:
                self.add_error(missing, "Say both what happened and when")
        return given

    @override
    def values(self) -> dict[str, Any]:
        """What issuing.what_applies takes."""
        given = self.cleaned_data
        facts = CaseFacts(
            jurisdiction=self.nation,
            tenure=given["tenure"],
            agreement=given["agreement"],
            landlord_kind=given["landlord_kind"],
            hazards=tuple(_hazard(given, number) for number in self._hazards),
            occupants=tuple(_occupants(given)),
            adjustment_requested=given["adjustment_requested"],
        )
        return {"facts": facts, "day": given["day"], "started": _started(given)}

    @property
    def _hazards(self) -> list[int]:
        return [number for number in HAZARDS if self.cleaned_data.get(f"hazard_{number}")]

    @override
    def refuse(self, refusal: Exception) -> None:
        """Each fact that cannot be true beside another, next to where it was given."""
        if not isinstance(refusal, DocumentRefused):
            super().refuse(refusal)
            return
        for fault in refusal.faults:
            self.add_error(self._field_at(fault.pointer), fault.says)

    def _field_at(self, pointer: str) -> str | None:
        names = {"landlord_told_on": "told_on"}
        match pointer.strip("/").split("/"):
            case ["hazards", place, name]:
                field = f"{names.get(name, name)}_{self._hazards[int(place)]}"
            case ["started", event] if event not in self.fields:
                field = "other_at"
            case [*_, name]:
                field = name
        return field if field in self.fields else None


def _offer(form: Form, name: str, values: Iterable[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, Choice)  # noqa: S101 - as declared above
    field.choices = list(options(values))


def _in_order(kinds: Any, groups: Iterable[frozenset[Any]]) -> list[Any]:  # an enum, its members
    """Every member that some group holds, and "not known", in the order of the enum."""
    held = frozenset().union(*groups) | {kinds.NOT_KNOWN}
    return [member for member in kinds if member in held]


def _answer(question: str) -> Choice:
    return Choice(question, named(YES_NO), coerce=Answer, look=_SELECT)


def _hazard(given: dict[str, Any], number: int) -> HazardFacts:
    def said(name: str) -> Any:  # as the field made it
        return given.get(f"{name}_{number}")

    return HazardFacts(
        hazard=said("hazard"),
        severity=said("severity"),
        first_noticed_on=None,
        landlord_told_on=said("told_on"),
        disrepair=said("disrepair") or Answer.NOT_KNOWN,
        landlord_controls_cause=said("controlled") or Answer.NOT_KNOWN,
        heating_or_hot_water_lost=said("heating") or Answer.NOT_KNOWN,
    )


def _occupants(given: dict[str, Any]) -> Iterable[OccupantFacts]:
    for number in OCCUPANTS:
        age, condition = given.get(f"age_{number}"), given.get(f"condition_{number}")
        if age is not None or condition is not None:
            yield OccupantFacts(age=age, conditions=(condition,) if condition else ())


def _started(given: dict[str, Any]) -> dict[StartEvent, datetime]:
    happened = {event: given.get(event.value) for event in _EVENTS}
    if other := given.get("other_event"):
        happened[other] = given.get("other_at")
    return {event: at for event, at in happened.items() if at is not None}
