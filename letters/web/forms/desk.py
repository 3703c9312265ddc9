"""What of the worklist somebody wants to see, and who works on what."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from typing_extensions import override

from letters.access.models import User
from letters.desk.several import Thing, Wanted
from letters.drafting.stages import Stage
from letters.issuing.sources import nations
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.web.chosen import MINE, NOBODYS, Part
from letters.web.fields import Choice, Choices, Day, Look, Options, Text, named, options
from letters.web.forms.form import Form

_ANY = Look(component="select", nothing="Any")
_PERSON = Look(component="select", nothing="Choose a colleague")
_DAYS = ((1, "1 day"), (3, "3 days"), (7, "7 days"), (14, "14 days"), (30, "30 days"))
_WANTED = {
    Wanted.SETTLE: "I have dealt with them",
    Wanted.DRAFT: "Draft the next letter of each",
    Wanted.ASSIGN: "Give their cases to a colleague",
}


def _people(people: Iterable[User]) -> Options:
    return [(str(person.pk), person.name) for person in people]


def _offer(form: Form, name: str, offered: Options) -> None:
    field = form.fields[name]
    assert isinstance(field, Choice)  # noqa: S101 - only choices are offered anything
    field.choices = list(offered)


class ChooseForm(Form):
    """Every question is optional: none answered shows everything."""

    whose = Choice("Whose cases", look=_ANY)
    what = Choice("What waits", options(Part), look=_ANY, coerce=Part)
    within = Choice(
        "Deadlines due within",
        [(str(days), words) for days, words in _DAYS],
        look=_ANY,
        coerce=int,
    )
    stage = Choice("Kind of letter", options(Stage), look=_ANY, coerce=Stage)
    hazard = Choice("Hazard", options(Hazard), look=_ANY, coerce=Hazard)
    nation = Choice("Nation", look=_ANY, coerce=Jurisdiction)

    def __init__(self, data: Any = None, *, colleagues: Iterable[User]) -> None:
        super().__init__(data)
        people = _people(colleagues)
        whose = [(MINE, "Mine, and those I cover"), (NOBODYS, "Those of nobody"), *people]
        _offer(self, "whose", whose)
        if not people:
            del self.fields["whose"]  # a clinician's teams give their cases to nobody
        _offer(self, "nation", options(nations()))

    @property
    def asked(self) -> dict[str, str]:
        """What is chosen, as an address has it; nothing while the form has faults."""
        if not self.is_bound or not self.is_valid():
            return {}
        return {name: str(value) for name, value in self.cleaned_data.items() if value is not None}


class KeepListForm(Form):
    """The name of a list."""

    name = Text(
        "Keep this list as",
        hint="Such as “Due this week”. Name no patient.",
        missing="Enter a name for this list",
        max_length=60,
    )


class _Things(Choices):
    """Lines of the worklist. Which there are, the action looks up for itself."""

    @override
    def valid_value(self, value: str) -> bool:  # Django's own signature
        try:
            Thing.read(value)
        except ValueError:
            return False
        return True


class SeveralForm(Form):
    """What is ticked, and what is done with each."""

    things = _Things("Ticked", missing="Tick at least one thing in the list")
    wanted = Choice(
        "What do you want to do with what is ticked?",
        named(_WANTED),
        missing="Choose what to do with what is ticked",
        coerce=Wanted,
        look=Look(component="radios", asks={Wanted.ASSIGN: ["person"]}),
    )
    person = Choice("Colleague", look=_PERSON, coerce=UUID)

    def __init__(self, data: Any = None, *, colleagues: Iterable[User]) -> None:
        super().__init__(data)
        self._colleagues = {person.pk: person for person in colleagues}
        _offer(self, "person", _people(self._colleagues.values()))

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("wanted") is Wanted.ASSIGN and given.get("person") is None:
            self.add_error("person", "Choose who gets the cases")
        return given

    @override
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "things": [Thing.read(key) for key in given["things"]],
            "wanted": given["wanted"],
            "person": self._colleagues.get(given["person"]),
        }


class AssignForm(Form):
    """Who works on a case."""

    person = Choice(
        "Who works on this case?",
        missing="Choose who works on this case",
        look=Look(component="radios"),
    )

    def __init__(self, data: Any = None, *, advisers: Iterable[User]) -> None:
        super().__init__(data)
        self._advisers = {str(person.pk): person for person in advisers}
        offered = [*_people(self._advisers.values()), (NOBODYS, "Nobody in particular")]
        _offer(self, "person", offered)

    @override
    def values(self) -> dict[str, Any]:
        return {"person": self._advisers.get(self.cleaned_data["person"])}


class CoverForm(Form):
    """Who is away, and who stands in."""

    person = Choice("Who is away?", missing="Choose who is away", look=_PERSON)
    covered_by = Choice("Who covers for them?", missing="Choose who covers for them", look=_PERSON)
    first_day = Day("First day", missing="Enter the first day")
    last_day = Day("Last day", missing="Enter the last day")

    def __init__(self, data: Any = None, *, colleagues: Iterable[User]) -> None:
        super().__init__(data)
        self._colleagues = {str(person.pk): person for person in colleagues}
        for name in ("person", "covered_by"):
            _offer(self, name, _people(self._colleagues.values()))

    @override
    def values(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        people = {name: self._colleagues[given[name]] for name in ("person", "covered_by")}
        return given | people
