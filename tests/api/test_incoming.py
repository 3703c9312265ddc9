"""What came in, by program: ids and kinds, notes and promises; never a word of a message."""

import json
from datetime import timedelta

import pytest
from django.conf import LazySettings
from time_machine import Traveller

from letters.announcing.models import Event
from letters.incoming.models import Call
from letters.outcomes.models import Response
from letters.tracking import actions as tracking
from tests import factories
from tests.api.programs import Program, a_program
from tests.factories import NOW
from tests.incoming.conftest import Written, come, written
from tests.incoming.mails import MAILBOX, Mail

pytestmark = pytest.mark.django_db

CALL = {
    "caller": "landlord",
    "said": "inspection_booked",
    "words": "Jo rang",
    "promise": {"what": "inspection", "promised_for": "2026-11-24", "words": "in the morning"},
    "called_at": "2026-11-23T10:00:00Z",
}


@pytest.fixture
def sent(house: factories.House, settings: LazySettings) -> Written:
    settings.REPLY_MAILBOX = MAILBOX
    return written(house)


def test_messages_are_listed_without_a_word_of_theirs(sent: Written, agency: Program) -> None:
    message = come(Mail(to=sent.known.address, subject="Private", text="Maya is ill.\n").bytes())

    (listed,) = agency.get(f"cases/{sent.case.pk}/messages/").body

    assert listed == {
        "id": str(message.pk),
        "kind": "reply",
        "came_by": "mailbox",
        "received_at": "2026-11-23T11:00:00Z",
        "letter": None,
        "response": None,
        "waits": True,
    }


def test_a_call_with_a_key_is_noted_once(sent: Written, agency: Program) -> None:
    path = f"cases/{sent.case.pk}/calls/"

    first = agency.post(path, CALL, key="call-1")
    second = agency.post(path, CALL, key="call-1")

    assert (first.status, second.status) == (201, 201)
    assert first.body == second.body
    assert Call.objects.count() == Response.objects.count() == 1
    assert "Jo rang" not in json.dumps(first.body)


def test_a_promise_that_is_not_kept_is_told(
    house: factories.House, sent: Written, agency: Program, noon: Traveller
) -> None:
    agency.post(f"cases/{sent.case.pk}/calls/", CALL)

    noon.shift(timedelta(days=2))
    tracking.mark_promises_missed(at=NOW + timedelta(days=2))
    later = a_program(house.adviser)
    (promise,) = later.get(f"cases/{sent.case.pk}/commitments/").body

    assert (promise["status"], promise["promised_for"]) == ("missed", "2026-11-24")
    kinds = list(Event.objects.order_by("at").values_list("kind", flat=True))
    assert [kind for kind in kinds if kind.startswith("commitment")] == [
        "commitment_made",
        "commitment_missed",
    ]


@pytest.mark.parametrize("ending", ["messages/", "commitments/"])
def test_another_partnerships_case_is_not_found(sent: Written, ending: str) -> None:
    stranger = a_program(factories.a_house().adviser)

    assert stranger.get(f"cases/{sent.case.pk}/{ending}").status == 404
    assert stranger.post(f"cases/{sent.case.pk}/calls/", CALL).status == 404


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"called_at": "2027-11-23T10:00:00Z"}, "not_from_the_future"),
        ({"called_at": "0261-11-23T10:00:00Z"}, "too_long_ago"),
        ({"said": None, "promise": None, "words": " "}, "nothing_said"),
        ({"promise": {**CALL["promise"], "promised_for": "2062-12-03"}}, "promise_too_far"),  # type: ignore[dict-item]  # as JSON
    ],
)
def test_what_cannot_be_is_refused(
    sent: Written, agency: Program, change: dict[str, object], code: str
) -> None:
    answer = agency.post(f"cases/{sent.case.pk}/calls/", {**CALL, **change})

    assert answer.status == 400
    assert [each["code"] for each in answer.body["errors"]] == [code]
