"""A clinician records mould, reads the letter, approves it, and it leaves by e-mail."""

from email.message import EmailMessage

import pypdfium2
import pytest
from django.utils import timezone

from letters.access.models import User
from letters.cases.models import Landlord
from letters.delivery.models import Dispatch, DispatchStatus
from tests import factories, servers
from tests.journeys.pages import Walk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
NHS_NUMBER = "9990000018"


@pytest.fixture
def landlord(house: factories.House) -> Landlord:
    return factories.a_landlord(house)


class Clinic:
    """The steps of the journey, in the words of the pages."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk

    def given_a_clinician_has_signed_in(self, clinician: User) -> None:
        self.walk.sign_in(clinician)

    def when_a_patient_is_looked_for_and_entered(self) -> None:
        self.walk.fill("NHS number", NHS_NUMBER)
        self.walk.press("Find")
        self.walk.fill("Full name", "Maya Sampleton")
        self.walk.day("Date of birth", "4", "3", "2019")
        self.walk.press("Enter this patient")

    def when_a_case_is_opened_for_the_home(self) -> None:
        self.walk.fill("Address", "14 Sample Court\nExampleton")
        self.walk.fill("Postcode", "zz99 3cz")
        self.walk.choose("Which nation is the home in?", "England")
        self.walk.choose(
            "How is the home held?", "A tenancy from the council or the Housing Executive"
        )
        self.walk.select(
            "Who is the landlord or managing body?",
            "Exampleton Borough Council (invented), Housing Repairs Team, ZZ99 3AA",
        )
        self.walk.choose("Whose name is on the agreement?", "Somebody else's")
        self.walk.fill("Full name of that person", "Leila Sampleton")
        self.walk.press("Open the case")

    def when_severe_mould_is_reported(self) -> None:
        self.walk.choose("What is wrong?", "Damp and mould")
        self.walk.choose("How bad is it?", "Severe")
        self.walk.choose("Where?", "Bedroom")
        self.walk.fill("What is there?", "Black mould over the outside wall & ceiling <all of it>")
        self.walk.choose("How do you know?", "Seen in a photograph")
        self.walk.choose("Has something broken or worn out that once worked?", "Yes")
        self.walk.choose("Does the cause lie in the building, its pipes or its heating?", "Yes")
        self.walk.choose("Is the home without heating or hot water now?", "No")
        self.walk.press("Save this hazard")
        self.walk.press("Continue to health")

    def when_asthma_is_recorded(self) -> None:
        self.walk.choose("Which illness does the home make worse?", "Asthma")
        self.walk.fill("Courses of oral steroids", "3")
        self.walk.choose("Is it better away from home?", "Yes")
        self.walk.choose(
            "What are you prepared to say in the letter?", "Consistent with the home contributing"
        )
        self.walk.press("Continue")

    def when_the_household_is_described(self) -> None:
        self.walk.choose(
            "Is a disabled person in the home asking for a reasonable adjustment?", "Not known"
        )
        self.walk.press("Continue")

    def when_nothing_is_to_be_feared(self) -> None:
        for question in (
            "Are they afraid of eviction, or that the landlord makes life harder?",
            "Is there domestic abuse, so that somebody must not learn of the letter?",
            "Does anybody in the home worry about their immigration status?",
            "Could the home be condemned, or the household have to move out?",
            "Would other people in the building be affected?",
            "Is there a safeguarding concern, about a child or an adult?",
            "Must nobody be told where the household is?",
        ):
            self.walk.choose(question, "No")
        self.walk.choose("How may the patient safely be contacted?", "Any way")
        self.walk.press("Record")

    def when_the_mother_agrees(self) -> None:
        self.walk.choose("The landlord may be told", "Yes, everything listed above")
        self.walk.choose("May later letters tell the landlord the same, if nothing happens?", "Yes")
        self.walk.choose("The welfare adviser may be told", "Yes, everything listed above")
        self.walk.choose("The patient's health record may hold", "No, nothing")
        self.walk.choose("People who find out whether letters help may count", "No, nothing")
        self.walk.choose("Who gave consent?", "A person with parental responsibility")
        self.walk.fill("Why may this person consent for the patient?", "She is seven.")
        self.walk.choose("How?", "In person")
        self.walk.select("In which language?", "English")
        self.walk.choose("With an interpreter?", "No")
        self.walk.choose("Have you talked about fear of eviction or reprisal?", "Yes")
        self.walk.choose("Has the patient been given a copy of what they agreed to?", "Yes")
        self.walk.choose("When?", "Today")
        self.walk.choose("For how long?", "12 months")
        self.walk.press("Record consent")

    def when_the_letter_is_drafted_read_and_approved(self) -> None:
        self.walk.press("Draft the letter")
        self.walk.page.get_by_label("I have read this letter and I stand for what it says").check()
        self.walk.press("Approve this letter")

    def when_it_is_sent_by_email(self) -> None:
        self.walk.choose("How should it go?", "By e-mail to repairs@council.example")
        self.walk.press("Send this letter")

    def then_the_next_page_says_what_happens_next(self) -> None:
        assert "The letter is on its way" in self.walk.title
        assert "Until then you can stop it" in self.walk.words
        assert "The first deadline will be" in self.walk.words

    def then_the_text_for_the_record_is_copied(self) -> None:
        text = self.walk.page.get_by_label("Copy this into the patient's record")
        assert "Maya" not in text.input_value()
        self.walk.page.get_by_role("button", name="Copy").click()
        self.walk.page.get_by_role("status").get_by_text("Copied").wait_for()

    def when_the_letter_has_left(self) -> None:
        Dispatch.objects.update(status=DispatchStatus.ACCEPTED, sent_at=timezone.now())

    def then_the_clinician_finds_it_among_their_months(self) -> None:
        self.walk.follow("My month")
        assert "1\xa0letter sent" in (self.walk.page.locator("svg.app-chart").text_content() or "")
        assert "Mended" in self.walk.words

    def then_the_clinician_was_told_to_telephone_first(self) -> None:
        assert "Telephone first" in self.walk.words

    def then_the_page_says_that_it_went(self) -> None:
        servers.wait_until(self._has_gone, "the letter to be accepted")
        self.walk.follow("Look again")
        assert "Accepted by the carrier" in self.walk.words

    def then_one_message_holds_the_letter(self, messages: list[EmailMessage]) -> None:
        (message,) = messages
        text = _text_of_pdf(message)
        assert "repairs@council.example" in str(message["To"])
        assert "Black mould over the outside wall & ceiling <all of it>" in text
        assert "Maya Sampleton" in text

    def then_no_nhs_number_left_the_house(self, messages: list[EmailMessage]) -> None:
        everything = messages[0].as_string() + _text_of_pdf(messages[0])
        assert NHS_NUMBER not in everything.replace(" ", "")

    def then_no_address_of_a_page_names_anybody(self) -> None:
        assert not [at for at in self.walk.seen if "aya" in at or NHS_NUMBER in at]

    @staticmethod
    def _has_gone() -> bool:
        return Dispatch.objects.filter(status=DispatchStatus.ACCEPTED).exists()


def _text_of_pdf(message: EmailMessage) -> str:
    (attachment,) = message.iter_attachments()
    with pypdfium2.PdfDocument(attachment.get_content()) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(pages).split())


def test_mould_becomes_a_letter_that_leaves(
    house: factories.House,
    landlord: Landlord,
    walk: Walk,
    running_worker: servers.Process,
    mail_server: servers.MailServer,
) -> None:
    clinic = Clinic(walk)

    clinic.given_a_clinician_has_signed_in(house.clinician)
    clinic.when_a_patient_is_looked_for_and_entered()
    clinic.when_a_case_is_opened_for_the_home()
    clinic.when_severe_mould_is_reported()
    clinic.when_asthma_is_recorded()
    clinic.when_the_household_is_described()
    clinic.when_nothing_is_to_be_feared()
    clinic.when_the_mother_agrees()
    clinic.then_the_clinician_was_told_to_telephone_first()
    clinic.when_the_letter_is_drafted_read_and_approved()
    clinic.when_it_is_sent_by_email()
    clinic.then_the_page_says_that_it_went()
    clinic.then_one_message_holds_the_letter(mail_server.wait_for_messages(1))
    clinic.then_no_nhs_number_left_the_house(mail_server.messages)
    clinic.then_no_address_of_a_page_names_anybody()


def test_the_same_without_scripts(
    house: factories.House,
    landlord: Landlord,
    walk_without_scripts: Walk,
    running_worker: servers.Process,
    mail_server: servers.MailServer,
) -> None:
    clinic = Clinic(walk_without_scripts)

    clinic.given_a_clinician_has_signed_in(house.clinician)
    clinic.when_a_patient_is_looked_for_and_entered()
    clinic.when_a_case_is_opened_for_the_home()
    clinic.when_severe_mould_is_reported()
    clinic.when_asthma_is_recorded()
    clinic.when_the_household_is_described()
    clinic.when_nothing_is_to_be_feared()
    clinic.when_the_mother_agrees()
    clinic.when_the_letter_is_drafted_read_and_approved()
    clinic.when_it_is_sent_by_email()
    clinic.then_one_message_holds_the_letter(mail_server.wait_for_messages(1))


def test_the_same_on_a_telephone(
    house: factories.House, landlord: Landlord, narrow_walk: Walk
) -> None:
    clinic = Clinic(narrow_walk)

    clinic.given_a_clinician_has_signed_in(house.clinician)
    clinic.when_a_patient_is_looked_for_and_entered()
    clinic.when_a_case_is_opened_for_the_home()
    clinic.when_severe_mould_is_reported()
    clinic.when_asthma_is_recorded()
    clinic.when_the_household_is_described()
    clinic.when_nothing_is_to_be_feared()
    clinic.when_the_mother_agrees()
    clinic.when_the_letter_is_drafted_read_and_approved()
    clinic.when_it_is_sent_by_email()
    clinic.then_the_next_page_says_what_happens_next()
    clinic.then_the_text_for_the_record_is_copied()
    clinic.when_the_letter_has_left()
    clinic.then_the_clinician_finds_it_among_their_months()
