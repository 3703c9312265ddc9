"""A clinician with three minutes: from the sign-in to a letter that is signed and on its way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Locator
from typing_extensions import override

from letters.access.models import User
from letters.cases import actions as cases
from letters.cases.models import Case, Landlord, Patient
from letters.delivery.models import Dispatch
from letters.issuing.models import Letter
from tests import factories
from tests.journeys.pages import Walk
from tests.sign_in import a_code_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
A_CODE = 1  # of the second step, which everybody has who sees patients outside a demonstration
READ = "I have read this letter and I stand for what it says"


@pytest.fixture
def landlord(house: factories.House) -> Landlord:
    return factories.a_landlord(house)


@pytest.fixture
def patient(house: factories.House) -> Patient:
    """Somebody of full age whose last case is closed, so that the home is known."""
    case = factories.a_case(house)
    case.patient.date_of_birth = date(1961, 3, 4)
    case.patient.save()
    cases.close_case(case=case, by=house.clinician, at=factories.NOW)
    return case.patient


@pytest.fixture
def cut_off(browser: Browser, web_server: str) -> Iterator[Walk]:
    """A telephone whose connection fails: failed requests are what the test is about."""
    context = browser.new_context(
        base_url=web_server, locale="en-GB", viewport={"width": 375, "height": 800}
    )
    yield Walk(context.new_page())
    context.close()


@dataclass
class Hand:
    """A person who fills in and presses; what they fill in and the screens they see are counted."""

    walk: Walk
    inputs: list[str] = field(default_factory=list)

    def fill(self, label: str, words: str) -> None:
        self.inputs.append(label)
        self.walk.fill(label, words)

    def day(self, question: str, day: str, month: str, year: str) -> None:
        self.inputs.append(question)
        self.walk.day(question, day, month, year)

    def choose(self, question: str, answer: str) -> None:
        self.inputs.append(question)
        self.pick(self._answer(question, answer))

    def select(self, label: str, words: str) -> None:
        self.inputs.append(label)
        self.walk.select(label, words)

    def tick(self, label: str) -> None:
        self.inputs.append(label)
        self.pick(self.walk.page.get_by_label(label, exact=True))

    def press(self, words: str) -> None:
        """A screen is sent once what was typed before is kept, and so goes a moment later."""
        with self.walk.page.expect_navigation():
            self.push(self.walk.page.get_by_role("button", name=words).first)
        self.walk.look()

    def pick(self, box: Locator) -> None:
        box.check()

    def push(self, button: Locator) -> None:
        button.click()

    def _answer(self, question: str, answer: str) -> Locator:
        group = self.walk.page.get_by_role("group", name=question, exact=True)
        return group.get_by_label(answer, exact=True)

    @property
    def screens(self) -> int:
        """What the browser came to; a page that only led on was never seen."""
        return len(self.walk.seen)


class Keys(Hand):
    """The same without a pointer: Tab to each, Space and arrows to choose, Enter to press."""

    @override
    def fill(self, label: str, words: str) -> None:
        self.inputs.append(label)
        self._tab_to(self.walk.page.get_by_label(label, exact=True))
        self.walk.page.keyboard.type(words)

    @override
    def pick(self, box: Locator) -> None:
        if box.get_attribute("type") == "radio":
            self._pick_radio(box)
        else:
            self._tab_to(box)
            self.walk.page.keyboard.press("Space")
        assert box.is_checked()

    @override
    def push(self, button: Locator) -> None:
        self._tab_to(button)
        self.walk.page.keyboard.press("Enter")

    def _pick_radio(self, box: Locator) -> None:
        """Tab leads to a group; within it, the arrows choose."""
        self._tab_to(box, "(box) => document.activeElement.name === box.name")
        self.walk.page.keyboard.press("Space")
        while not box.is_checked():
            self.walk.page.keyboard.press("ArrowDown")

    def _tab_to(self, box: Locator, there: str = "(box) => document.activeElement === box") -> None:
        for _ in range(200):
            self.walk.page.keyboard.press("Tab")
            if box.evaluate(there):
                return
        raise AssertionError(f"no Tab leads to {box}")


class Path:
    """The steps of the journey, in the words of the pages."""

    def __init__(self, hand: Hand) -> None:
        self.hand = hand
        self.walk = hand.walk

    def given_a_clinician_has_signed_in(self, clinician: User) -> None:
        self.walk.go("/sign-in/")
        self.hand.fill("E-mail address", clinician.email)
        self.hand.fill("Password", factories.PASSWORD)
        code = a_code_of(clinician)
        self.hand.press("Sign in")
        self.hand.fill("Code", code)
        self.hand.press("Sign in")

    def when_a_patient_whose_home_is_known_is_looked_for(self, patient: Patient) -> None:
        self.hand.fill("NHS number", patient.nhs_number)
        self.hand.press("Start: record a housing problem")
        assert patient.name in self.walk.words

    def when_somebody_who_is_not_here_is_looked_for(self) -> None:
        self.hand.fill("NHS number", "9990000018")
        self.hand.press("Start: record a housing problem")
        assert "Nobody with these details is here yet" in self.walk.words

    def when_their_name_and_birth_are_entered(self) -> None:
        self.hand.fill("Full name", "Maya Sampleton")
        self.hand.day("Date of birth", "4", "3", "1961")

    def when_asthma_is_ticked(self) -> None:
        self.hand.choose("Which illness does the home make worse?", "Asthma")
        self.hand.press("Continue")

    def when_mould_is_ticked_in_the_bedroom(self) -> None:
        self.hand.choose("Damp and mould", "Bedroom")
        self.hand.choose("How do you know?", "Reported by the patient or family")
        self.hand.press("Continue")

    def when_the_home_is_looked_over(self) -> None:
        assert "from the last case" in self.walk.words
        self.hand.press("Continue")

    def when_the_home_is_entered(self) -> None:
        self.hand.fill("Address", "14 Sample Court\nExampleton")
        self.hand.fill("Postcode", "zz99 3cz")
        self.hand.choose("Which nation is the home in?", "England")
        self.hand.choose(
            "How is the home held?", "A tenancy from the council or the Housing Executive"
        )
        self.hand.select(
            "Who is the landlord or managing body?",
            "Exampleton Borough Council (invented), Housing Repairs Team, ZZ99 3AA",
        )
        self.hand.choose("Whose name is on the agreement?", "The patient's")
        self.hand.press("Continue")

    def when_the_patient_agrees(self) -> None:
        self.hand.choose(
            "Could a letter bring harm? Talk about each, alone with the patient.",
            "None of these: they may be contacted in any way",
        )
        self.hand.choose(
            "May the landlord be told what is listed above?",
            "Yes: in this letter, and in reminders if nothing happens",
        )
        self.hand.choose(
            "May the welfare adviser be told all that is recorded in the case, now and later?",
            "Yes",
        )
        self.hand.choose("Who agreed to this today, and how?", "The patient, here with me")
        self.hand.press("Continue to the letter")

    def when_the_letter_is_read_signed_and_sent(self) -> None:
        assert "Damp and mould in the bedroom" in self.walk.words
        self.hand.tick(READ)
        self.hand.choose("How should it go?", "By e-mail to repairs@council.example")
        self.hand.press("Sign and send")

    def when_the_letter_is_read_signed_and_passed_on(self) -> None:
        self.hand.tick(READ)
        self.hand.press("Sign and pass to the adviser")

    def then_it_is_on_its_way_once(self) -> None:
        assert "The letter is on its way" in self.walk.title
        assert Dispatch.objects.count() == Letter.objects.count() == 1
        assert Case.objects.filter(closed_at=None).count() == 1

    def then_the_letter_waits_for_the_adviser(self, adviser: User) -> None:
        assert "It has not been sent" in self.walk.words
        self.walk.press("Sign out")
        self.walk.sign_in(adviser)
        assert "Signed, and not sent yet" in self.walk.words

    def then_no_address_of_a_page_names_anybody(self, patient: Patient) -> None:
        told = [at for at in self.walk.seen if "aya" in at or str(patient.nhs_number) in at]
        assert not told


class Broken(Path):
    """What goes wrong on the way."""

    def when_the_connection_is_cut(self) -> None:
        self.walk.page.context.set_offline(True)

    def when_a_room_is_ticked(self, room: str) -> None:
        self.hand.choose("Damp and mould", room)

    def when_continue_is_pressed_in_vain(self) -> None:
        before = self.walk.page.url
        self.walk.page.get_by_role("button", name="Continue").click()
        self.then_the_page_says("Not sent: no connection.")
        assert self.walk.page.url == before

    def when_the_connection_is_back(self) -> None:
        self.walk.page.context.set_offline(False)

    def when_the_session_ends(self) -> None:
        self.walk.page.context.clear_cookies(name="sessionid")

    def when_the_session_locks(self) -> None:
        """Nobody has done anything in it for an hour."""
        for row in Session.objects.all():
            store = SessionStore(row.session_key)
            store["active_at"] -= 3600
            store.save()

    def when_it_is_unlocked_in_another_tab(self) -> None:
        with self.walk.page.expect_popup() as opened:
            self.walk.page.get_by_role("link", name="Sign in again").click()
        other = Walk(opened.value)
        other.fill("Password", factories.PASSWORD)
        other.press("Go on")
        other.page.close()

    def when_the_clinician_signs_in_in_another_tab(self, clinician: User) -> None:
        with self.walk.page.expect_popup() as opened:
            self.walk.page.get_by_role("link", name="Sign in again").click()
        other = Walk(opened.value)
        other.sign_in_here(clinician)
        other.page.close()

    def when_the_page_is_loaded_again(self) -> None:
        self.walk.page.reload()

    def then_the_page_says(self, words: str) -> None:
        told = self.walk.page.get_by_role("status")
        told.filter(has_text=re.compile(f"^{re.escape(words)}")).wait_for()

    def then_these_rooms_are_ticked(self, *rooms: str) -> None:
        group = self.walk.page.get_by_role("group", name="Damp and mould", exact=True)
        ticked = group.get_by_role("checkbox", checked=True)
        assert [each.get_attribute("value") for each in ticked.all()] == list(rooms)

    def then_another_device_goes_on_there(self, device: Walk, clinician: User) -> None:
        device.sign_in(clinician)
        assert "Unfinished" in device.words
        device.follow("Started")
        Broken(Hand(device)).then_these_rooms_are_ticked("bedroom", "kitchen")


def test_three_minutes_on_a_telephone(
    house: factories.House, patient: Patient, narrow_walk: Walk
) -> None:
    path = Path(Hand(narrow_walk))

    path.given_a_clinician_has_signed_in(house.clinician)
    path.when_a_patient_whose_home_is_known_is_looked_for(patient)
    path.when_asthma_is_ticked()
    path.when_mould_is_ticked_in_the_bedroom()
    path.when_the_home_is_looked_over()
    path.when_the_patient_agrees()
    path.when_the_letter_is_read_signed_and_sent()
    path.then_it_is_on_its_way_once()
    path.then_no_address_of_a_page_names_anybody(patient)
    assert len(path.hand.inputs) == 12 + A_CODE
    assert path.hand.screens == 8 + A_CODE


def test_the_same_by_keyboard_alone(house: factories.House, patient: Patient, walk: Walk) -> None:
    path = Path(Keys(walk))

    path.given_a_clinician_has_signed_in(house.clinician)
    path.when_a_patient_whose_home_is_known_is_looked_for(patient)
    path.when_asthma_is_ticked()
    path.when_mould_is_ticked_in_the_bedroom()
    path.when_the_home_is_looked_over()
    path.when_the_patient_agrees()
    path.when_the_letter_is_read_signed_and_sent()
    path.then_it_is_on_its_way_once()
    assert len(path.hand.inputs) == 12 + A_CODE


def test_somebody_new_without_scripts(
    house: factories.House, landlord: Landlord, walk_without_scripts: Walk
) -> None:
    """Eight inputs more: name and birth, the address, and what the law asks about the home; the
    nation only because no invented postcode tells it."""
    path = Path(Hand(walk_without_scripts))

    path.given_a_clinician_has_signed_in(house.clinician)
    path.when_somebody_who_is_not_here_is_looked_for()
    path.when_their_name_and_birth_are_entered()
    path.when_asthma_is_ticked()
    path.when_mould_is_ticked_in_the_bedroom()
    path.when_the_home_is_entered()
    path.when_the_patient_agrees()
    path.when_the_letter_is_read_signed_and_sent()
    path.then_it_is_on_its_way_once()
    assert len(path.hand.inputs) == 20 + A_CODE
    assert path.hand.screens == 8 + A_CODE


def test_a_connection_cut_in_the_middle_loses_nothing(
    house: factories.House, patient: Patient, cut_off: Walk, narrow_walk: Walk
) -> None:
    path = Broken(Hand(cut_off))

    path.given_a_clinician_has_signed_in(house.clinician)
    path.when_a_patient_whose_home_is_known_is_looked_for(patient)
    path.when_asthma_is_ticked()
    path.when_a_room_is_ticked("Bedroom")
    path.then_the_page_says("Saved")
    path.when_the_connection_is_cut()
    path.when_a_room_is_ticked("Kitchen")
    path.then_the_page_says("Not saved: no connection, trying again")
    path.when_continue_is_pressed_in_vain()
    path.when_the_connection_is_back()
    path.then_the_page_says("Saved")
    path.when_the_page_is_loaded_again()
    path.then_these_rooms_are_ticked("bedroom", "kitchen")
    path.then_another_device_goes_on_there(narrow_walk, house.clinician)


def test_a_session_that_ends_loses_nothing(
    house: factories.House, patient: Patient, cut_off: Walk
) -> None:
    path = Broken(Hand(cut_off))

    path.given_a_clinician_has_signed_in(house.clinician)
    path.when_a_patient_whose_home_is_known_is_looked_for(patient)
    path.when_asthma_is_ticked()
    path.when_the_session_ends()
    path.when_a_room_is_ticked("Bedroom")
    path.then_the_page_says("Not saved: your session has ended.")
    path.when_the_clinician_signs_in_in_another_tab(house.clinician)
    path.then_the_page_says("Saved")
    path.when_mould_is_ticked_in_the_bedroom()
    path.when_the_home_is_looked_over()
    path.when_the_patient_agrees()
    path.when_the_letter_is_read_signed_and_passed_on()
    path.then_the_letter_waits_for_the_adviser(house.adviser)


def test_a_session_that_locks_loses_nothing(
    house: factories.House, patient: Patient, narrow_walk: Walk
) -> None:
    path = Broken(Hand(narrow_walk))

    path.given_a_clinician_has_signed_in(house.clinician)
    path.when_a_patient_whose_home_is_known_is_looked_for(patient)
    path.when_asthma_is_ticked()
    path.when_the_session_locks()
    path.when_a_room_is_ticked("Bedroom")
    path.then_the_page_says("Not saved: your session is locked.")
    path.when_it_is_unlocked_in_another_tab()
    path.then_the_page_says("Saved")
    path.when_the_page_is_loaded_again()
    path.then_these_rooms_are_ticked("bedroom")
