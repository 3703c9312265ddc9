"""Whoever has sent a letter watches it leave."""

import pytest
from django.utils import timezone

from letters.delivery import actions as delivery
from letters.delivery.models import Channel, Dispatch, DispatchStatus
from tests import factories
from tests.journeys.pages import Walk

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def queued(house: factories.House) -> Dispatch:
    """By e-mail; nobody takes it here but the tests."""
    at = timezone.now()
    letter = factories.an_approved_letter(house, at=at)
    return delivery.queue_dispatch(letter=letter, channel=Channel.EMAIL, by=house.clinician, at=at)


def _leave(dispatch: Dispatch) -> None:
    Dispatch.objects.filter(pk=dispatch.pk).update(
        status=DispatchStatus.ACCEPTED, sent_at=timezone.now()
    )


def test_the_page_says_by_itself_that_the_letter_has_left(
    narrow_walk: Walk, house: factories.House, queued: Dispatch
) -> None:
    narrow_walk.sign_in(house.clinician)
    narrow_walk.go(f"/letters/{queued.letter_id}/sent/")
    assert "Being written as PDF" in narrow_walk.words

    _leave(queued)

    narrow_walk.page.get_by_role("heading", name="The letter has left").wait_for()


def test_without_scripts_somebody_looks_again(
    walk_without_scripts: Walk, house: factories.House, queued: Dispatch
) -> None:
    walk_without_scripts.sign_in(house.clinician)
    walk_without_scripts.go(f"/letters/{queued.letter_id}/sent/")
    _leave(queued)

    walk_without_scripts.follow("Look again")

    assert "The letter has left" in walk_without_scripts.words


def test_a_text_that_is_being_copied_stays(
    narrow_walk: Walk, house: factories.House, queued: Dispatch
) -> None:
    narrow_walk.sign_in(house.clinician)
    narrow_walk.go(f"/letters/{queued.letter_id}/sent/")
    narrow_walk.page.locator("textarea").focus()

    _leave(queued)

    narrow_walk.page.get_by_text("Something has happened since: look again.").wait_for()
    assert "The letter is on its way" in narrow_walk.words
