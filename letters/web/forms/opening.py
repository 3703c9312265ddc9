"""Opening a case: the home, how it is held, who lives there and who works on it."""

from typing import Any

from django.core.exceptions import ValidationError
from typing_extensions import override

from letters.access.models import Partnership, Team, User
from letters.access.queries import advice_teams_of, teams_of
from letters.access.roles import Role
from letters.cases.models import Landlord, Patient
from letters.cases.queries import landlords_of
from letters.drafting.stages import Stage
from letters.issuing.sources import library, wording
from letters.law.facts import Answer
from letters.law.jurisdictions import Jurisdiction
from letters.law.tenures import Agreement, LandlordKind, Tenure, TenureRules
from letters.web.fields import Choice, Lines, Look, Text, named, options
from letters.web.forms.answers import YES_NO
from letters.web.forms.form import Form
from letters.web.forms.holdings import (
    AGREEMENTS,
    LANDLORD_KINDS,
    Held,
    Wrong,
    agreements_in_words,
    for_homes_in,
    held_as,
    nations_that_ask_the_landlord,
    offered,
    public_tenure,
)
from letters.web.forms.landlords import landlord_in_words

# The five buttons, and what each of them already says to the law.
COUNCIL, ASSOCIATION = Tenure.COUNCIL_TENANCY.value, Tenure.HOUSING_ASSOCIATION_TENANCY.value
PRIVATE, TEMPORARY = Tenure.PRIVATE_TENANCY.value, Tenure.TEMPORARY_ACCOMMODATION.value
OTHER, NOT_KNOWN = "other", Tenure.NOT_KNOWN.value
_BUTTONS = (
    (COUNCIL, "A tenancy from the council or the Housing Executive"),
    (ASSOCIATION, "A tenancy from a housing association"),
    (PRIVATE, "A tenancy from a private landlord or agent"),
    (TEMPORARY, "Temporary accommodation or a hostel"),
    (OTHER, "Owned, or something else"),
    (NOT_KNOWN, "Not known: the adviser will find out"),
)
_OTHERS = {
    Tenure.SUPPORTED_HOUSING: "Supported or sheltered housing",
    Tenure.LODGING: "Lodging: the landlord lives in the same home",
    Tenure.LONG_LEASE: "A long lease",
    Tenure.SHARED_OWNERSHIP: "Shared ownership",
    Tenure.OWNER_OCCUPATION: "The household owns it outright",
}
_PROVIDERS = {
    kind: LANDLORD_KINDS[kind]
    for kind in (
        LandlordKind.REGISTERED_PROVIDER,
        LandlordKind.UNREGISTERED_PROVIDER,
        LandlordKind.NOT_KNOWN,
    )
}
_PRIVATE_LANDLORDS = {
    kind: LANDLORD_KINDS[kind]
    for kind in (
        LandlordKind.PRIVATE_LANDLORD,
        LandlordKind.UNREGISTERED_PROVIDER,
        LandlordKind.NOT_KNOWN,
    )
}
# The fields in which a button asks for the agreement and for the kind of landlord, '' for none.
ASKED = {
    COUNCIL: ("", ""),
    ASSOCIATION: ("", "association_kind"),
    PRIVATE: ("", "private_kind"),
    TEMPORARY: ("temporary_agreement", "temporary_kind"),
    OTHER: ("other_agreement", "other_kind"),
    NOT_KNOWN: ("", ""),
}
_ASK_AGREEMENT = "What is the agreement?"
_ASK_KIND = "Who is the landlord?"
NOT_IN_DIRECTORY, LANDLORD_NOT_KNOWN = "new", "not_known"
PATIENTS_OWN, SOMEBODY_ELSES = "patient", "somebody_else"


class OpenCaseForm(Form):
    """The home and how it is held: five buttons, then only what changes the law."""

    address = Lines(
        "Address",
        hint="One line for each part, without the postcode",
        missing="Enter the address of the home",
        max_length=400,
        look=Look(component="textarea", size="s", rows=3),
    )
    postcode = Text(
        "Postcode",
        missing="Enter the postcode of the home",
        look=Look(component="input", width="10"),
    )
    jurisdiction = Choice(
        "Which nation is the home in?",
        missing="Choose the nation: the law is different in each",
        hint="The law is different in each. Only nations whose law this service has are listed.",
        coerce=Jurisdiction,
    )
    tenure = Choice(
        "How is the home held?",
        _BUTTONS,
        missing="Choose how the home is held, or 'Not known'",
        look=Look(
            component="radios",
            asks={
                ASSOCIATION: ["association_kind"],
                PRIVATE: ["private_kind"],
                TEMPORARY: ["temporary_agreement", "temporary_kind"],
                OTHER: ["other_tenure", "other_agreement", "other_kind"],
            },
        ),
    )
    association_kind = Choice("Which is it?", named(_PROVIDERS), coerce=LandlordKind)
    private_kind = Choice(_ASK_KIND, named(_PRIVATE_LANDLORDS), coerce=LandlordKind)
    temporary_agreement = Choice(_ASK_AGREEMENT, coerce=Agreement)
    temporary_kind = Choice(
        _ASK_KIND,
        hint="Leave empty if you choose the landlord by name below.",
        coerce=LandlordKind,
    )
    other_tenure = Choice("Which is it?", named(_OTHERS), coerce=Tenure)
    other_agreement = Choice(
        _ASK_AGREEMENT,
        hint="For supported housing and lodging only",
        coerce=Agreement,
    )
    other_kind = Choice(
        _ASK_KIND,
        hint="Not for a home that the household owns outright. Leave empty if you choose the "
        "landlord by name below.",
        coerce=LandlordKind,
    )
    landlord = Choice(
        "Who is the landlord or managing body?",
        missing="Choose the landlord, or say that it is not known",
        look=Look(component="select"),
    )
    tenant = Choice(
        "Whose name is on the agreement?",
        ((PATIENTS_OWN, "The patient's"), (SOMEBODY_ELSES, "Somebody else's")),
        missing="Choose whose name is on the agreement",
        look=Look(component="radios", asks={SOMEBODY_ELSES: ["tenant_name"]}),
    )
    tenant_name = Text("Full name of that person")
    tenancy_reference = Text(
        "Tenancy or rent reference",
        hint="If the patient has it to hand",
        look=Look(component="input", width="20"),
    )
    tenant_gives_notice = Choice(
        "Does the person whose name is on the agreement want the letter to be their own notice to "
        "the landlord as well?",
        named(YES_NO),
        coerce=Answer,
        look=Look(component="radios", inline=True),
    )
    team = Choice("Your team", missing="Choose your team")
    advice_team = Choice(
        "Which advice team takes the case on?",
        missing="Choose an advice team",
        hint="They see the case only once the patient agrees.",
    )

    def __init__(
        self, data: Any = None, *, patient: Patient, user: User, nations: tuple[Jurisdiction, ...]
    ) -> None:
        super().__init__(data)
        self._patient = patient
        self._held: Held
        partnership = patient.partnership
        self._landlords = {str(each.pk): each for each in landlords_of(partnership)}
        self._teams = _teams(teams_of(user, Role.CLINICIAN), partnership)
        self._advice_teams = {str(team.pk): team for team in advice_teams_of(partnership)}
        self._offer("jurisdiction", options(nations))
        self._ask_by_nation(nations)
        self._offer("landlord", _landlords(self._landlords))
        self._offer("team", [(pk, team.name) for pk, team in self._teams.items()])
        self._offer(
            "advice_team",
            [(pk, f"{t.name}, {t.organisation.name}") for pk, t in self._advice_teams.items()],
        )
        if len(self._teams) == 1:
            del self.fields["team"]
        if len(self._advice_teams) == 1:
            self.initial["advice_team"] = next(iter(self._advice_teams))

    def _offer(self, name: str, offered: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, Choice)  # noqa: S101 - as declared above
        field.choices = offered

    def _ask_by_nation(self, nations: tuple[Jurisdiction, ...]) -> None:
        """Offer what some nation knows, and say where a question is for some of them only."""
        rules = [library().tenure_rules_of(nation) for nation in nations]
        for name in ("temporary_agreement", "other_agreement"):
            self._offer(name, named(offered(AGREEMENTS, rules)))
        for name in ("temporary_kind", "other_kind"):
            self._offer(name, named(offered(LANDLORD_KINDS, rules)))
        noticing = [nation for nation in nations if _has_notice(nation)]
        self.fields["temporary_agreement"].help_text = agreements_in_words(
            rules, Tenure.TEMPORARY_ACCOMMODATION
        )
        for name, tenure in (
            ("association_kind", Tenure.HOUSING_ASSOCIATION_TENANCY),
            ("private_kind", Tenure.PRIVATE_TENANCY),
        ):
            self.fields[name].help_text = nations_that_ask_the_landlord(rules, tenure)
        if noticing:
            says = f"{for_homes_in(noticing)}, where the law can turn on it"
            self.fields["tenant_gives_notice"].help_text = says
        else:
            del self.fields["tenant_gives_notice"]

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("tenant") == SOMEBODY_ELSES:
            self._need("tenant_name", "Enter the name on the agreement")
        if given.get("tenure") == OTHER:
            self._need("other_tenure", "Choose how the home is held")
        if given.get("jurisdiction") and given.get("tenure") and "other_tenure" not in self.errors:
            self._settle(given)
        return given

    def _settle(self, given: dict[str, Any]) -> None:
        """What the answers come to in the nation, or each fault beside its field."""
        rules, button = library().tenure_rules_of(given["jurisdiction"]), given["tenure"]
        tenure = _tenure(button, given.get("other_tenure"), rules)
        agreement, kind = (given.get(name) for name in ASKED[button])
        several = tenure in rules.ways and len(rules.ways[tenure][1]) > 1
        if kind is None and several and given.get("landlord") in self._landlords:
            kind = LandlordKind.NOT_KNOWN  # the directory knows it
        held = held_as(rules, tenure, agreement, kind)
        if isinstance(held, Held):
            self._held = held
            return
        at_fault = {
            Wrong.TENURE: "other_tenure" if button == OTHER else "tenure",
            Wrong.AGREEMENT: ASKED[button][0] or "tenure",
            Wrong.LANDLORD_KIND: ASKED[button][1] or "tenure",
        }
        for fault in held:
            self.add_error(at_fault[fault.wrong], fault.says)

    def _need(self, name: str, says: str) -> Any:
        value = self.cleaned_data.get(name)
        if not value and name not in self.errors:
            self.add_error(name, ValidationError(says))
        return value

    @override
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        somebody_else = given["tenant"] == SOMEBODY_ELSES
        team = self._teams[given["team"]] if "team" in given else next(iter(self._teams.values()))
        return {
            "address": given["address"],
            "postcode": given["postcode"],
            "jurisdiction": given["jurisdiction"],
            "tenure": self._held.tenure,
            "agreement": self._held.agreement,
            "landlord_kind": self._held.landlord_kind,
            "landlord": self._landlords.get(given["landlord"]),
            "tenant_name": given["tenant_name"] if somebody_else else self._patient.name,
            "tenancy_reference": given["tenancy_reference"],
            "tenant_gives_notice": given.get("tenant_gives_notice") or Answer.NOT_KNOWN,
            "team": team,
            "advice_team": self._advice_teams[given["advice_team"]],
        }

    @property
    def landlord_is_new(self) -> bool:
        """Whether the next thing to do is to enter the landlord."""
        return bool(self.cleaned_data["landlord"] == NOT_IN_DIRECTORY)


def _tenure(button: str, other: Tenure | None, rules: TenureRules) -> Tenure:
    if button == COUNCIL:
        return public_tenure(rules)
    return other if button == OTHER and other is not None else Tenure(button)


def _has_notice(nation: Jurisdiction) -> bool:
    """Whether the nation's first letter has words for the tenant's own notice."""
    return wording(nation).letters[Stage.FIRST_LETTER].has("notice")


def _teams(teams: Any, partnership: Partnership) -> dict[str, Team]:
    mine = teams.filter(organisation__partnership=partnership)
    return {str(team.pk): team for team in mine}


def _landlords(known: dict[str, Landlord]) -> list[tuple[str, str]]:
    listed = sorted((landlord_in_words(each), pk) for pk, each in known.items())
    return [
        *((pk, words) for words, pk in listed),
        (NOT_IN_DIRECTORY, "Not in this list: I will enter it next"),
        (LANDLORD_NOT_KNOWN, "Not known: the adviser will find out"),
    ]
