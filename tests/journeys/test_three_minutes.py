"""A clinician with three minutes: from the sign-in to a letter that is signed and on its way."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from letters.access.models import User
from letters.cases import actions as cases
from letters.cases.models import Case, Landlord, Patient
from letters.delivery.models import Dispatch
from letters.issuing.models import Letter
from tests import factories
from tests.journeys.pages import Walk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def landlord(house: factories.House) -> Landlord:
    return factories.a_landlord(house)


@dataclass
class Counted:
    """A walk that counts what a person has to fill in, and the screens they come to."""

    walk: Walk
    inputs: list[str] = field(default_factory=list)

    def fill(self, label: str, words: str) -> None:
        self.walk.fill(label, words)
        self.inputs.append(label)

    def choose(self, question: str, answer: str) -> None:
        self.walk.choose(question, answer)
        self.inputs.append(question)

    def press(self, words: str) -> None:
        """A screen is sent once what was typed before is kept, and so goes a moment later."""
        with self.walk.page.expect_navigation():
            self.walk.page.get_by_role("button", name=words).first.click()
        self.walk.look()

    @property
    def screens(self) -> int:
        """What the browser came to; a page that only led on was never seen."""
        return len(self.walk.seen)


class Path:
    """The steps of the journey, in the words of the pages."""

    def __init__(self, walk: Walk) -> None:
        self.by = Counted(walk)
        self.walk = walk

    def given_a_clinician_has_signed_in(self, clinician: User) -> None:
        self.walk.go("/sign-in/")
        self.by.fill("E-mail address", clinician.email)
        self.by.fill("Password", factories.PASSWORD)
        self.walk.press("Sign in")

    def when_a_patient_whose_home_is_known_is_looked_for(self, patient: Patient) -> None:
        self.by.fill("NHS number", patient.nhs_number)
        self.walk.press("Start: record a housing problem")
        assert patient.name in self.walk.words

    def when_asthma_is_ticked(self) -> None:
        self.by.choose("Which illness does the home make worse?", "Asthma")
        self.by.press("Continue")

    def when_mould_is_ticked_in_the_bedroom(self) -> None:
        self.by.choose("Damp and mould", "Bedroom")
        self.by.choose("How do you know?", "Reported by the patient or family")
        self.by.press("Continue")

    def when_the_home_is_looked_over(self) -> None:
        assert "from the last case" in self.walk.words
        self.by.press("Continue")

    def when_the_patient_agrees(self) -> None:
        self.by.choose(
            "May the landlord be told what is listed above?",
            "Yes: in this letter, and in reminders if nothing happens",
        )
        self.by.choose(
            "May the welfare adviser be told all that is recorded in the case, now and later?",
            "Yes",
        )
        self.by.choose("Who agreed to this today, and how?", "The patient, here with me")
        self.by.choose("Have you talked about fear of eviction or reprisal?", "Yes")
        self.by.press("Continue to the letter")

    def when_the_letter_is_read_signed_and_sent(self) -> None:
        assert "Damp and mould in the bedroom" in self.walk.words
        label = "I have read this letter and I stand for what it says"
        self.walk.page.get_by_label(label).check()
        self.by.inputs.append(label)
        self.by.choose("How should it go?", "By e-mail to repairs@council.example")
        self.by.press("Sign and send")

    def then_it_is_on_its_way_once(self) -> None:
        assert "The letter is on its way" in self.walk.title
        assert Dispatch.objects.count() == Letter.objects.count() == 1
        assert Case.objects.filter(closed_at=None).count() == 1

    def then_no_address_of_a_page_names_anybody(self, patient: Patient) -> None:
        told = [at for at in self.walk.seen if "aya" in at or str(patient.nhs_number) in at]
        assert not told


@pytest.fixture
def patient(house: factories.House) -> Patient:
    """Somebody of full age whose last case is closed, so that the home is known."""
    case = factories.a_case(house)
    case.patient.date_of_birth = date(1961, 3, 4)
    case.patient.save()
    cases.close_case(case=case, by=house.clinician, at=factories.NOW)
    return case.patient


def test_three_minutes_on_a_telephone(
    house: factories.House, patient: Patient, narrow_walk: Walk
) -> None:
    path = Path(narrow_walk)

    path.given_a_clinician_has_signed_in(house.clinician)
    path.when_a_patient_whose_home_is_known_is_looked_for(patient)
    path.when_asthma_is_ticked()
    path.when_mould_is_ticked_in_the_bedroom()
    path.when_the_home_is_looked_over()
    path.when_the_patient_agrees()
    path.when_the_letter_is_read_signed_and_sent()
    path.then_it_is_on_its_way_once()
    path.then_no_address_of_a_page_names_anybody(patient)
    assert len(path.by.inputs) == 12
    assert path.by.screens == 8
