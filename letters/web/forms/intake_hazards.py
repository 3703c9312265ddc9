"""The second screen of the short path: what is wrong, by the rooms in which it is."""

from collections.abc import Iterator
from typing import Any

from typing_extensions import override

from letters.cases.intakes.actions import Values
from letters.drafting.phrases import listed
from letters.drafting.vocabulary import Source
from letters.law.facts import Answer, Severity
from letters.law.hazards import Hazard
from letters.web.fields import Choice, Choices, Day, Look, named, options
from letters.web.forms.answers import SEVERITY, yes_no
from letters.web.forms.cases import OFTEN, ROOMS
from letters.web.forms.form import Form

ANOTHER = "another"
_CHIPS = "app-chips"
_ABOUT_ALL = ("source", "first_noticed_on", "landlord_told_on")
_LAW = ("disrepair", "landlord_controls_cause", "heating_or_hot_water_lost")
# What the letter says is there, where the name of the hazard cannot be said of a room.
_IN_A_ROOM = {
    Hazard.SANITATION: "A problem with washing, toilets or drainage",
    Hazard.CARBON_MONOXIDE: "Smoke or carbon monoxide from an appliance",
    Hazard.ELECTRICAL: "An electrical danger",
}


def _name(hazard: Hazard) -> str:
    label = hazard.label
    return label[:1].upper() + label[1:]


def described(hazard: Hazard, rooms: list[str], severity: Severity) -> str:
    """What was ticked, in words for the letter: "Damp and mould in the bedroom: severe"."""
    where = listed([f"the {room}" for room in rooms])
    says = f"{_IN_A_ROOM.get(hazard, _name(hazard))} in {where}"
    return says if severity is Severity.PRESENT else f"{says}: {severity.label}"


class IntakeHazardsForm(Form):
    """A room that is ticked beside a hazard says that it is there; only what is ticked is
    reported."""

    another_hazard = Choice(
        "Something else",
        options([hazard for hazard in Hazard if hazard not in OFTEN]),
        coerce=Hazard,
        look=Look(component="select", nothing="Nothing else"),
    )
    source = Choice(
        "How do you know?",
        options(Source),
        hint="If the patient showed you a photograph today, choose 'Seen in a photograph': it "
        "counts without being kept here",
        missing="Choose how you know: the letter says so",
        coerce=Source,
    )
    first_noticed_on = Day("First noticed", hint="Leave empty if not known")
    landlord_told_on = Day(
        "When was the landlord told?", hint="Leave empty if they were not told, or it is not known"
    )
    disrepair = yes_no(
        "Has something broken or worn out that once worked?",
        hint="Such as a leaking roof, gutter, pipe, window, fan or boiler",
        missing="",
    )
    landlord_controls_cause = yes_no(
        "Does the cause lie in the building, its pipes or its heating?", missing=""
    )
    heating_or_hot_water_lost = yes_no("Is the home without heating or hot water now?", missing="")

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        for key, name in self.kinds:
            self.fields[f"{key}_rooms"] = _rooms(f"Where? {name}" if key == ANOTHER else name)
            self.fields[f"{key}_severity"] = _severity(name)

    @property
    def kinds(self) -> tuple[tuple[str, str], ...]:
        """The key and the name of each hazard that has boxes of its own, and of any other."""
        return *((hazard.value, _name(hazard)) for hazard in OFTEN), (ANOTHER, "Something else")

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for key, _ in self.kinds:
            if given.get(f"{key}_severity") and not given.get(f"{key}_rooms"):
                self.add_error(f"{key}_rooms", "Tick where it is")
        if given.get(f"{ANOTHER}_rooms") and not given.get("another_hazard"):
            self.add_error("another_hazard", "Choose which hazard it is")
        if given.get("another_hazard") and not given.get(f"{ANOTHER}_rooms"):
            self.add_error(f"{ANOTHER}_rooms", "Tick where it is")
        if not self.errors and not any(given[f"{key}_rooms"] for key, _ in self.kinds):
            self.add_error(f"{OFTEN[0].value}_rooms", "Tick a room beside what is wrong")
        return given

    def hazards(self) -> tuple[Values, ...]:
        """Each hazard that is there, as it is reported."""
        given = self.cleaned_data
        common = {name: given[name] for name in _ABOUT_ALL}
        common |= {name: given[name] or Answer.NOT_KNOWN for name in _LAW}
        return tuple(
            common
            | {
                "hazard": hazard,
                "severity": severity,
                "rooms": rooms,
                "description": described(hazard, rooms, severity),
                "landlord_response": "",
            }
            for hazard, rooms, severity in self._there()
        )

    def _there(self) -> Iterator[tuple[Hazard, list[str], Severity]]:
        given = self.cleaned_data
        for key, _ in self.kinds:
            if rooms := given[f"{key}_rooms"]:
                hazard = given["another_hazard"] if key == ANOTHER else Hazard(key)
                # a tick says that it is there, and "present" says no more
                yield hazard, rooms, given[f"{key}_severity"] or Severity.PRESENT


def _rooms(label: str) -> Choices:
    rooms = [(room, room.capitalize()) for room in ROOMS]
    return Choices(label, rooms, look=Look(component="checkboxes", size="s", classes=_CHIPS))


def _severity(name: str) -> Choice:
    return Choice(
        f"How bad is it? {name}",
        named(SEVERITY),
        coerce=Severity,
        look=Look(component="radios", classes=_CHIPS),
    )
