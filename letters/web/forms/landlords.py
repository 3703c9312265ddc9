"""Landlords: finding one in the directory, adding one, and keeping what is said of them."""

from collections.abc import Iterable
from typing import Any

from typing_extensions import override

from letters.access.models import Partnership
from letters.cases.landlords.models import LandlordContact
from letters.cases.landlords.vocabulary import EntrySource
from letters.cases.models import Landlord
from letters.cases.queries import landlords_of
from letters.law.tenures import LandlordKind
from letters.web.fields import Choice, Day, Email, Lines, Look, Text, named, options
from letters.web.forms.form import Form
from letters.web.forms.holdings import LANDLORD_KINDS

_KINDS = [option for option in named(LANDLORD_KINDS) if option[0] != LandlordKind.NOT_KNOWN]


def landlord_in_words(landlord: Landlord) -> str:
    """Name, department and postcode, to tell one from another."""
    return ", ".join(
        part for part in (landlord.name, landlord.department, *landlord.address[-1:]) if part
    )


class NameLandlordForm(Form):
    """The landlord of an open case, from the directory."""

    landlord = Choice("Landlord", missing="Choose the landlord", look=Look(component="select"))

    def __init__(self, data: Any = None, *, partnership: Partnership) -> None:
        super().__init__(data)
        self._landlords = {str(each.pk): each for each in landlords_of(partnership)}
        field = self.fields["landlord"]
        assert isinstance(field, Choice)  # noqa: S101 - as declared above
        field.choices = [(pk, landlord_in_words(each)) for pk, each in self._landlords.items()]

    @override
    def values(self) -> dict[str, Any]:
        return {"landlord": self._landlords[self.cleaned_data["landlord"]]}


class AddLandlordForm(Form):
    """A landlord who is not in the directory yet."""

    kind = Choice(
        "What kind of landlord is it?",
        _KINDS,
        missing="Choose the kind of landlord: the law turns on it",
        coerce=LandlordKind,
    )
    name = Text("Name", hint="The person or body itself", missing="Enter the landlord's name")
    department = Text("Department", hint="Such as 'Repairs team', if known")
    address = Lines(
        "Address for letters",
        hint="One line for each part, postcode last",
        missing="Enter the address for letters",
        max_length=400,
        look=Look(component="textarea", rows=4),
    )
    email = Email("E-mail address for letters", hint="Leave empty to print and post letters")


class SearchLandlordForm(Form):
    """By whole words of the name: it is kept encrypted, and parts of words cannot be found."""

    words = Text(
        "Name of the landlord",
        hint="One or more whole words of it, such as 'Exampleton'",
        missing="Enter one or more words of the landlord's name",
    )


def _source() -> Choice:
    return Choice(
        "Where does this come from?",
        options(EntrySource),
        missing="Choose where this comes from",
        coerce=EntrySource,
    )


def _source_detail() -> Text:
    return Text("Which one?", hint="Such as the name of the register, or the page. Optional.")


def _source_on() -> Day:
    return Day(
        "On which day did it say so?",
        hint="The day of the paper or page, or the day you were told. For example, 5 10 2026",
        missing="Enter the day on which it said so",
    )


class EntryForm(AddLandlordForm):
    """What the directory says of a landlord, and how it is known."""

    source, source_detail, source_on = _source(), _source_detail(), _source_on()


class AgentAloneForm(Form):
    """An agent, where nobody knows the landlord's name."""

    kind = Choice(
        "What kind of landlord does the agent act for?",
        _KINDS,
        missing="Choose the kind of landlord: the law turns on it",
        coerce=LandlordKind,
    )
    agent = Text("Name of the agent", missing="Enter the agent's name", max_length=120)
    address = Lines(
        "Address of the agent",
        hint="One line for each part, postcode last",
        missing="Enter the agent's address",
        max_length=400,
        look=Look(component="textarea", rows=4),
    )
    email = Email("E-mail address for letters", hint="Leave empty to print and post letters")
    source, source_detail, source_on = _source(), _source_detail(), _source_on()


class EnterLandlordForm(EntryForm):
    """A landlord whom no case names yet."""

    partnership = Choice("For which partnership?", missing="Choose the partnership")

    def __init__(self, data: Any = None, *, partnerships: Iterable[Partnership]) -> None:
        super().__init__(data)
        self._partnerships = {str(each.pk): each for each in partnerships}
        field = self.fields["partnership"]
        assert isinstance(field, Choice)  # noqa: S101 - as declared above
        field.choices = [(pk, each.name) for pk, each in self._partnerships.items()]
        if len(self._partnerships) == 1:
            del self.fields["partnership"]

    @override
    def values(self) -> dict[str, Any]:
        chosen = self.cleaned_data.get("partnership") or next(iter(self._partnerships))
        return self.cleaned_data | {"partnership": self._partnerships[chosen]}


class ContactForm(Form):
    """Whom to reach at a landlord's for one thing."""

    name = Text("Name", hint="Of the team, agent or manager")
    address = Lines(
        "Address",
        hint="One line for each part, postcode last",
        max_length=400,
        look=Look(component="textarea", rows=4),
    )
    email = Email("E-mail address")
    telephone = Text("Telephone", look=Look(component="input", type="tel", width="20"))
    source, source_detail, source_on = _source(), _source_detail(), _source_on()


def as_entered(landlord: Landlord) -> dict[str, Any]:
    """What the form about an entry starts with. Where it comes from is asked each time: what is
    typed now was said by somebody now."""
    return {
        "kind": landlord.kind,
        "name": landlord.name,
        "department": landlord.department,
        "address": "\n".join(landlord.address),
        "email": landlord.email,
    }


def as_recorded(contact: LandlordContact | None) -> dict[str, Any]:
    """The same for a contact; nothing where there is none."""
    if contact is None:
        return {}
    return {
        "name": contact.name,
        "address": "\n".join(contact.address),
        "email": contact.email,
        "telephone": contact.telephone,
    }


class MergeForm(Form):
    """Which of two entries stays."""

    kept = Choice("Which entry stays?", missing="Choose which entry stays")

    def __init__(self, data: Any = None, *, one: Landlord, other: Landlord) -> None:
        super().__init__(data)
        self._entries = {str(one.pk): one, str(other.pk): other}
        field = self.fields["kept"]
        assert isinstance(field, Choice)  # noqa: S101 - as declared above
        places = zip(("first", "second"), self._entries.items(), strict=False)
        field.choices = [
            (pk, f"The {place}: {landlord_in_words(each)}") for place, (pk, each) in places
        ]

    @override
    def values(self) -> dict[str, Any]:
        chosen = self.cleaned_data["kept"]
        (other,) = (pk for pk in self._entries if pk != chosen)
        return {"kept": self._entries[chosen], "duplicate": self._entries[other]}
