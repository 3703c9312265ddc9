"""The screens of the short path as forms over what an intake holds, and what they come to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from letters.access.models import Team, User
from letters.access.queries import teams_of
from letters.access.roles import Role
from letters.cases.errors import OpenCaseExists
from letters.cases.intakes.actions import Boxes, Told
from letters.cases.intakes.models import Intake, Screen
from letters.cases.models import Patient
from letters.drafting.vocabulary import DataItem, Event, OpinionLevel
from letters.issuing.sources import nations
from letters.law.periods import LONDON
from letters.web.fields import Day
from letters.web.forms.form import Form
from letters.web.forms.intake_agreed import IntakeAgreedForm
from letters.web.forms.intake_hazards import IntakeHazardsForm
from letters.web.forms.intake_health import IntakeHealthForm
from letters.web.forms.intake_home import IntakeHomeForm
from letters.web.refusals import field_of

# Refusals call some fields as the actions do, and not as these screens do.
_FIELDS = {"basis": "opinion_basis", "grants": "landlord_told", "hazard": "another_hazard"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CouldBeTold:
    """One thing that a recipient may be told, in the words that are recorded."""

    item: DataItem
    words: tuple[str, ...]


class Screens:
    """The four screens of one intake, each as it stands."""

    def __init__(self, intake: Intake, *, by: User, at: datetime) -> None:
        self._intake, self._by = intake, by
        self._day = at.astimezone(LONDON).date()

    def shown(self, screen: Screen) -> Form:
        """The screen as it was left, with nothing said about what is missing."""
        form = self._make(screen, None)
        boxes = self._boxes(screen)
        form.initial = {**form.initial} | {
            name: field.widget.value_from_datadict(boxes, {}, name)
            for name, field in form.fields.items()
            if any(box in boxes for box in _boxes_of(name, field))
        }
        return form

    def checked(self, screen: Screen) -> Form:
        """The screen with everything that is wrong with it."""
        return self._make(screen, self._boxes(screen))

    def boxes_in(self, screen: Screen, posted: QueryDict) -> Boxes:
        """What was sent of a screen; of a name that it has not, nothing."""
        return {name: posted.getlist(name) for name in self.names(screen)}

    def names(self, screen: Screen) -> tuple[str, ...]:
        """Every box of a screen."""
        fields = self._make(screen, None).fields
        return tuple(box for name, field in fields.items() for box in _boxes_of(name, field))

    @property
    def who(self) -> str:
        """What the patient is called, as far as that is known."""
        if self._intake.patient is not None:
            return str(self._intake.patient.name)
        return str(self._boxes(Screen.HEALTH).get("name") or "")

    @property
    def says_who(self) -> bool:
        """Whether the first screen is filled in, on which the later ones rest."""
        return self.checked(Screen.HEALTH).is_valid()

    def at_fault(self) -> tuple[Screen, Form] | None:
        """The first screen on which something is wrong or missing."""
        for screen in Screen:
            form = self.checked(screen)
            if not form.is_valid():
                return screen, form
        return None

    def refused(self, refusal: Exception) -> tuple[Screen, Form]:
        """The screen that a refusal belongs to, with it beside its field."""
        fault = _FIELDS.get(field_of(refusal), field_of(refusal))
        for screen in Screen:
            form = self.checked(screen)
            if form.is_valid() and fault in form.fields:
                form.add_error(fault, str(refusal))
                return screen, form
        screen = Screen.HOME if isinstance(refusal, OpenCaseExists) else Screen.AGREED
        form = self.checked(screen)
        form.add_error(None, str(refusal))
        return screen, form

    def told(self) -> Told:
        """What all screens say; nothing may be at fault."""
        health = self._health(self._boxes(Screen.HEALTH))
        hazards = IntakeHazardsForm(self._boxes(Screen.HAZARDS))
        home = self._home(self._boxes(Screen.HOME))
        agreed = self._agreed(self._boxes(Screen.AGREED))
        assert health.is_valid() and hazards.is_valid()  # noqa: S101, PT018 - see at_fault
        assert home.is_valid() and agreed.is_valid()  # noqa: S101, PT018 - see at_fault
        return Told(
            patient=health.patient(),
            home=home.values(),
            hazards=hazards.hazards(),
            diagnoses=health.diagnoses(),
            counts=health.counts(self._day),
            opinion=health.opinion(),
            consent=agreed.consent(),
            safety=agreed.safety(),
        )

    def could_be_told(self) -> tuple[CouldBeTold, ...]:
        """What is recorded so far that somebody could be told of, in its own words."""
        return tuple(each for each in self._could_be_told() if each.words)

    def _could_be_told(self) -> Iterator[CouldBeTold]:
        hazards = IntakeHazardsForm(self._boxes(Screen.HAZARDS))
        health = self._health(self._boxes(Screen.HEALTH))
        if hazards.is_valid():
            words = tuple(each["description"] for each in hazards.hazards())
            yield CouldBeTold(item=DataItem.HOUSING_CONDITIONS, words=words)
        if not health.is_valid():
            return
        illnesses = health.diagnoses()
        named = tuple(_capital(each["condition"].label) for each in illnesses)
        severe = tuple(_capital(each["severity"]) for each in illnesses if each["severity"])
        counted = tuple(
            f"{Event(each['event']).label} in 12 months: {each['count']}"
            for each in health.counts(self._day)
        )
        opinion = health.opinion()
        says = (OpinionLevel(opinion["level"]).label,) if opinion else ()
        yield CouldBeTold(item=DataItem.DIAGNOSIS, words=named)
        yield CouldBeTold(item=DataItem.SEVERITY, words=severe)
        yield CouldBeTold(item=DataItem.EXACERBATIONS, words=counted)
        yield CouldBeTold(item=DataItem.OPINION, words=says)

    def _make(self, screen: Screen, boxes: Any) -> Form:
        if screen is Screen.HEALTH:
            return self._health(boxes)
        if screen is Screen.HAZARDS:
            return IntakeHazardsForm(boxes)
        if screen is Screen.HOME:
            return self._home(boxes)
        return self._agreed(boxes)

    def _health(self, boxes: Any) -> IntakeHealthForm:
        is_new = self._intake.patient is None
        return IntakeHealthForm(boxes, is_new=is_new, teams=self._teams, day=self._day)

    def _home(self, boxes: Any) -> IntakeHomeForm:
        health = self._health(self._boxes(Screen.HEALTH))
        health.full_clean()
        team = health.team_chosen
        return IntakeHomeForm(
            boxes,
            patient=self._intake.patient or _not_entered(health, team),
            user=self._by,
            team=team,
            nations=nations(),
        )

    def _agreed(self, boxes: Any) -> IntakeAgreedForm:
        held = [each.item for each in self.could_be_told()]
        return IntakeAgreedForm(boxes, day=self._day, held=held)

    @cached_property
    def _teams(self) -> tuple[Team, ...]:
        """The clinical teams in which the case can be worked."""
        teams = teams_of(self._by, Role.CLINICIAN)
        if self._intake.patient is not None:
            teams = teams.filter(organisation__partnership=self._intake.patient.partnership)
        return tuple(teams)

    def _boxes(self, screen: Screen) -> MultiValueDict[str, str]:
        return MultiValueDict(self._intake.answers.get(screen.value, {}))


def _not_entered(health: IntakeHealthForm, team: Team) -> Patient:
    """The patient as they will be entered; no row yet."""
    name = health.cleaned_data.get("name", "")
    return Patient(partnership=team.organisation.partnership, name=name)


def _boxes_of(name: str, field: Any) -> tuple[str, ...]:
    if isinstance(field, Day):
        return tuple(f"{name}-{part}" for part in field.parts)
    return (name,)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
