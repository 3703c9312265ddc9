"""An adviser meets a missed deadline: the next letter is drafted, approved and sent."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from letters.access.models import User
from letters.cases.models import Case
from letters.delivery.models import Dispatch, DispatchStatus
from letters.issuing.files import make_files
from letters.issuing.models import Letter
from letters.tracking import actions as tracking
from letters.tracking.models import Deadline
from tests import factories, servers
from tests.journeys.pages import Walk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


class Agency:
    """The steps of the journey, in the words of the pages."""

    def __init__(self, walk: Walk, house: factories.House) -> None:
        self.walk = walk
        self.house = house
        self.case: Case

    def given_a_letter_was_posted_weeks_ago(self) -> None:
        _posted(self.house, at=timezone.now() - timedelta(days=12))

    def given_its_first_deadlines_were_missed(self) -> None:
        assert tracking.mark_missed(at=timezone.now())

    def given_an_adviser_has_signed_in(self, adviser: User) -> None:
        self.walk.sign_in(adviser)

    def then_the_worklist_shows_the_next_step(self) -> None:
        assert "Say which date has passed, and ask again." in self.walk.words

    def when_the_drafted_letter_is_read_and_approved(self) -> None:
        self.walk.press("Read the drafted letter")
        self.walk.page.get_by_label("I have read this letter and I stand for what it says").check()
        self.walk.press("Approve this letter")

    def when_it_is_sent_by_email(self) -> None:
        self.walk.choose("How should it go?", "By e-mail to repairs@council.example")
        self.walk.press("Send this letter")

    def then_it_leaves(self, mail_server: servers.MailServer) -> None:
        mail_server.wait_for_messages(1)
        servers.wait_until(
            Dispatch.objects.filter(status=DispatchStatus.ACCEPTED).exists, "it to be accepted"
        )

    def when_the_step_is_settled(self) -> None:
        self.walk.follow("Worklist")
        self.walk.press("I have dealt with it")

    def then_the_step_is_gone(self) -> None:
        assert "Say which date has passed" not in self.walk.words

    def when_a_deadline_is_put_off(self, until: datetime) -> None:
        self.walk.follow("A written reply that says what will be done and when")
        self.walk.follow("Put it off")
        self.walk.day("Put off until the end of", *f"{until:%d %m %Y}".split())
        self.walk.press("Put it off")

    def then_the_reason_is_asked_for(self) -> None:
        assert self.walk.title.startswith("Error:")
        assert "Give the reason" in self.walk.words

    def when_the_reason_is_given(self) -> None:
        self.walk.fill("Reason", "They have booked a surveyor.")
        self.walk.press("Put it off")

    def then_the_original_day_stays_beside_the_new_one(self) -> None:
        assert "put off from" in self.walk.words
        assert "They have booked a surveyor." in self.walk.words

    def when_the_case_is_opened(self) -> None:
        self.walk.go(f"/cases/{Deadline.objects.all()[0].letter.case_id}/")

    def then_its_clocks_are_drawn_and_told(self) -> None:
        line = self.walk.page.get_by_role("img", name="Time line of deadlines and promises")
        assert line.is_visible()
        assert "put off from" in self.walk.page.locator(".app-clocks").inner_text()

    def when_its_chronology_is_opened(self) -> None:
        self.walk.follow("Chronology of the case")

    def when_only_deadlines_are_asked_for(self) -> None:
        self.walk.follow("Deadlines")

    def then_what_was_put_off_leads_to_its_page(self) -> None:
        assert "Approved:" not in self.walk.words
        self.walk.follow("Deadline put off")
        assert "They have booked a surveyor." in self.walk.words

    def given_a_letter_was_posted_yesterday(self) -> None:
        self.case = _posted(self.house, at=timezone.now() - timedelta(days=1)).case

    def when_the_step_is_drafted(self, title: str) -> None:
        self.walk.go(f"/cases/{self.case.pk}/")
        if title == "Letter of claim":
            self.walk.page.get_by_text("Steps for an adviser or a solicitor alone").click()
        buttons = self.walk.page.get_by_role("button", name="Draft this letter")
        buttons.filter(has_text=title).first.click()
        self.walk.press("Draft this letter")

    def then_it_goes_only_in_the_tenants_name(self) -> None:
        self._tick("I have read this letter and I stand for what it says")
        self.walk.press("Approve this letter")
        assert self.walk.title.startswith("Error:")

    def when_the_tenant_has_asked_for_it(self) -> None:
        self._tick("I have read this letter and I stand for what it says")
        self._tick("The tenant has read this letter and asked us to send it in their name")
        self.walk.press("Approve this letter")

    def then_the_clocks_of_the_code_run(self) -> None:
        code = Deadline.objects.filter(provision_id__startswith="housing_ombudsman_complaint")
        servers.wait_until(code.exists, "the clocks of the Code")
        self.walk.go(f"/cases/{self.case.pk}/")
        assert "acknowledge" in self.walk.words.lower()

    def when_it_is_signed(self, button: str) -> None:
        self._tick("I have read this letter and I stand for what it says")
        self.walk.press(button)

    def then_it_waits_for_somebody_else(self) -> None:
        assert "You have signed. Somebody else must sign as well." in self.walk.words
        assert "How should it go?" not in self.walk.words

    def when_another_adviser_finds_it(self, adviser: User) -> None:
        self.walk.press("Sign out")
        self.walk.sign_in(adviser)
        assert "you may sign" in self.walk.words
        self.walk.follow("Letter of claim, case")

    def then_it_can_be_sent(self) -> None:
        assert "How should it go?" in self.walk.words

    def _tick(self, words: str) -> None:
        self.walk.page.get_by_label(words).check()


def _posted(house: factories.House, *, at: datetime) -> Letter:
    """Before a worker runs, who would carry it as well."""
    factories.law_signed(house, at=at)
    letter = factories.an_approved_letter(house, at=at)
    make_files(letter_id=letter.pk, at=at)
    return factories.posted(house, letter, at=at)


@pytest.fixture
def house(transactional_db: None) -> factories.House:
    """Its law is signed on the day the first letter was written."""
    return factories.a_house()


def test_a_missed_deadline_becomes_the_next_letter(
    house: factories.House,
    walk: Walk,
    start_worker: Callable[[], servers.Process],
    mail_server: servers.MailServer,
) -> None:
    agency = Agency(walk, house)

    agency.given_a_letter_was_posted_weeks_ago()
    agency.given_its_first_deadlines_were_missed()
    start_worker()
    agency.given_an_adviser_has_signed_in(house.adviser)
    agency.then_the_worklist_shows_the_next_step()
    agency.when_the_drafted_letter_is_read_and_approved()
    agency.when_it_is_sent_by_email()
    agency.then_it_leaves(mail_server)
    agency.when_the_step_is_settled()
    agency.then_the_step_is_gone()


def test_a_deadline_is_put_off_with_its_reason(house: factories.House, narrow_walk: Walk) -> None:
    agency = Agency(narrow_walk, house)

    agency.given_a_letter_was_posted_weeks_ago()
    agency.given_an_adviser_has_signed_in(house.adviser)
    agency.when_a_deadline_is_put_off(timezone.now() + timedelta(days=30))
    agency.then_the_reason_is_asked_for()
    agency.when_the_reason_is_given()
    agency.then_the_original_day_stays_beside_the_new_one()
    agency.when_the_case_is_opened()
    agency.then_its_clocks_are_drawn_and_told()
    agency.when_its_chronology_is_opened()
    agency.when_only_deadlines_are_asked_for()
    agency.then_what_was_put_off_leads_to_its_page()


def test_a_complaint_goes_in_the_tenants_name(
    house: factories.House,
    walk: Walk,
    start_worker: Callable[[], servers.Process],
    mail_server: servers.MailServer,
) -> None:
    agency = Agency(walk, house)

    agency.given_a_letter_was_posted_yesterday()
    start_worker()
    agency.given_an_adviser_has_signed_in(house.adviser)
    agency.when_the_step_is_drafted("Formal complaint, first stage")
    agency.then_it_goes_only_in_the_tenants_name()
    agency.when_the_tenant_has_asked_for_it()
    agency.when_it_is_sent_by_email()
    agency.then_it_leaves(mail_server)
    agency.then_the_clocks_of_the_code_run()


def test_a_letter_of_claim_takes_two_advisers(house: factories.House, narrow_walk: Walk) -> None:
    agency = Agency(narrow_walk, house)

    agency.given_a_letter_was_posted_yesterday()
    agency.given_an_adviser_has_signed_in(house.adviser)
    agency.when_the_step_is_drafted("Letter of claim")
    agency.when_it_is_signed("Give the first of two signatures")
    agency.then_it_waits_for_somebody_else()
    agency.when_another_adviser_finds_it(factories.a_second_adviser(house))
    agency.when_it_is_signed("Give the second signature")
    agency.then_it_can_be_sent()
