"""An adviser reads what came back: a reply with a promise, a call, post that nobody can place."""

import pytest
from django.conf import LazySettings
from django.utils import timezone

from letters.access.models import User
from letters.incoming.models import Call, Message, MessageLink, MessageStatus
from letters.outcomes.models import Response
from letters.tracking.models import Commitment
from tests import factories
from tests.incoming.conftest import Written, come, written
from tests.incoming.mails import MAILBOX, Mail
from tests.journeys.pages import Walk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


class PostRoom:
    """The steps of the journey, in the words of the pages."""

    def __init__(self, walk: Walk, house: factories.House) -> None:
        self.walk, self.house = walk, house
        self.sent: Written

    def given_a_letter_went_by_email(self, settings: LazySettings) -> None:
        settings.REPLY_MAILBOX = MAILBOX
        self.sent = written(self.house, at=timezone.now())

    def given_a_reply_with_a_file_came(self) -> None:
        text = f"An inspection is booked for Thursday.\n{self.sent.known.quoted}"
        files = [("a plan with a very long name indeed.pdf", "application/pdf", b"%PDF-1.7")]
        mail = Mail(to=self.sent.known.address, text=text, files=files)
        come(mail.bytes(), at=timezone.now())

    def given_a_message_came_without_a_mark(self) -> None:
        come(Mail(subject="Damp in a flat", text="We will come.\n").bytes(), at=timezone.now())

    def given_an_adviser_has_signed_in(self, adviser: User) -> None:
        self.walk.sign_in(adviser)

    def when_the_reply_is_read_and_recorded(self) -> None:
        self.walk.follow("Re: Letter about a home")
        self.walk.choose("What does it say?", "They booked an inspection")
        self.walk.select("Did they promise something for a day?", "An inspection")
        self.walk.day("For which day?", "3", "12", str(timezone.now().year))
        self.walk.press("Record")

    def then_the_case_shows_answer_and_promise(self) -> None:
        assert "An inspection: " in self.walk.words
        assert Response.objects.get().kind == Response.Kind.INSPECTION_BOOKED
        assert Commitment.objects.get().promised_for.day == 3
        assert MessageLink.objects.get().settled_by == self.house.adviser

    def when_a_call_is_noted(self) -> None:
        self.walk.follow("Note a telephone call")
        self.walk.choose("Who called?", "A contractor")
        self.walk.choose("What did they say?", "They booked works")
        self.walk.press("Save")

    def then_the_call_stands_with_the_case(self) -> None:
        assert "Telephone" in self.walk.words
        assert Call.objects.get().response is not None

    def when_the_promise_is_moved(self) -> None:
        self.walk.follow("Another day")
        self.walk.day("The new day", "10", "12", str(timezone.now().year))
        self.walk.press("Move it")

    def then_its_first_day_stands_beside_it(self) -> None:
        assert "First promised for" in self.walk.words

    def when_the_message_is_put_to_the_suggested_case(self) -> None:
        self.walk.follow("Post")
        self.walk.follow("Damp in a flat")
        self.walk.press("Put it here")

    def then_it_waits_with_that_case(self) -> None:
        message = Message.objects.get(messagelink__how=MessageLink.How.PERSON)
        assert message.status == MessageStatus.MATCHED
        assert "What does it come to?" in self.walk.words

    def when_the_other_pages_are_looked_at(self) -> None:
        case = self.sent.case.pk
        for address in (
            "/incoming/returned-post/",
            "/incoming/scan/",
            f"/cases/{case}/messages/paste/",
            f"/messages/{Message.objects.all()[0].pk}/kind/",
            f"/messages/{Message.objects.all()[0].pk}/link/",
            f"/cases/{case}/",
            "/worklist/",
        ):
            self.walk.go(address)


def test_what_came_back_is_read_on_a_telephone(
    house: factories.House, narrow_walk: Walk, settings: LazySettings
) -> None:
    room = PostRoom(narrow_walk, house)
    room.given_a_letter_went_by_email(settings)
    room.given_a_reply_with_a_file_came()
    room.given_an_adviser_has_signed_in(house.adviser)

    room.when_the_reply_is_read_and_recorded()
    room.then_the_case_shows_answer_and_promise()
    room.when_a_call_is_noted()
    room.then_the_call_stands_with_the_case()
    room.when_the_promise_is_moved()
    room.then_its_first_day_stands_beside_it()

    room.given_a_message_came_without_a_mark()
    room.when_the_message_is_put_to_the_suggested_case()
    room.then_it_waits_with_that_case()
    room.when_the_other_pages_are_looked_at()


def test_what_came_back_is_read_without_scripts(
    house: factories.House, walk_without_scripts: Walk, settings: LazySettings
) -> None:
    room = PostRoom(walk_without_scripts, house)
    room.given_a_letter_went_by_email(settings)
    room.given_a_reply_with_a_file_came()
    room.given_an_adviser_has_signed_in(house.adviser)

    room.when_the_reply_is_read_and_recorded()
    room.then_the_case_shows_answer_and_promise()
