"""Following what happens, and letting another program be told of it."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import transaction

from letters.access.models import AnsweredRequest, User
from letters.access.roles import Role
from letters.announcing.kinds import EventKind
from letters.announcing.models import Announcement, AnnouncementStatus, Event, Subscription
from letters.announcing.record import announce
from tests import factories
from tests.announcing.waiting import let_others_end
from tests.api.programs import Program, a_program, approve, draft, example, open_case

URL = "https://hooks.example/take?token=an-invented-word"
BODY = {"url": URL, "kinds": ["letter_approved", "reply_received"]}


@pytest.fixture
def administrator(house: factories.House) -> User:
    return factories.a_member(house.clinic, Role.ADMINISTRATOR, "Ash Placeholder")


@pytest.fixture
def office(administrator: User) -> Program:
    """The partnership's own system, which acts as the administrator."""
    return a_program(administrator)


@pytest.fixture
def made(office: Program) -> str:
    """The id of a subscription."""
    return str(office.post("subscriptions/", BODY).body["id"])


def _happens(house: factories.House) -> Event:
    with transaction.atomic():
        announce(
            EventKind.LETTER_APPROVED,
            partnership_id=house.partnership.pk,
            subject_id=uuid4(),
            case_id=None,
            at=factories.NOW,
        )
    return Event.objects.latest("number")


@pytest.mark.django_db(transaction=True)
def test_an_approved_letter_is_in_the_log(clinic: Program, evaluation: Program) -> None:
    case = open_case(clinic, example())
    letter = draft(clinic, case)
    approve(clinic, letter)

    let_others_end()
    answer = evaluation.get("events/")

    (event,) = answer.body["events"]
    assert (event["kind"], event["subject"], event["case"]) == ("letter_approved", letter, case)
    assert set(event) == {"id", "kind", "at", "subject", "case", "partnership"}


@pytest.mark.django_db(transaction=True)
def test_the_log_goes_on_from_its_cursor(house: factories.House, office: Program) -> None:
    made = [str(_happens(house).public_id) for _ in range(3)]

    let_others_end()
    first = office.get("events/?limit=2").body
    rest = office.get(f"events/?after={first['cursor']}").body
    none = office.get(f"events/?after={rest['cursor']}").body

    assert [event["id"] for event in first["events"] + rest["events"]] == made
    assert none == {"events": [], "cursor": rest["cursor"]}


@pytest.mark.parametrize("query", ["after=x", "limit=0", "limit=501", "limit=many"])
def test_a_wrong_question_is_refused(office: Program, query: str) -> None:
    assert office.get(f"events/?{query}").status == 400


def test_the_log_takes_its_scope(
    administrator: User, program_of: Callable[[User, str], Program]
) -> None:
    assert program_of(administrator, "cases:read").get("events/").code == "scope_missing"


def test_the_secret_is_told_once(office: Program) -> None:
    answer = office.post("subscriptions/", BODY)

    made = Subscription.objects.get()
    assert answer.status == 201
    assert answer.body["secret"] == made.secret
    assert answer.body["host"] == "hooks.example"
    for again in (office.get("subscriptions/"), office.get(f"subscriptions/{made.pk}/")):
        assert made.secret not in str(again.body)
        assert "an-invented-word" not in str(again.body)


def test_the_same_key_makes_one_and_keeps_no_secret(office: Program) -> None:
    first = office.post("subscriptions/", BODY, key="one")
    again = office.post("subscriptions/", BODY, key="one")

    made = Subscription.objects.get()
    assert first.body == again.body
    assert first.body["secret"] == made.secret
    assert made.secret not in str(list(AnsweredRequest.objects.values()))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"url": "http://hooks.example/"}, "address_not_allowed"),
        ({"url": "https://169.254.169.254/latest/"}, "address_not_allowed"),
        ({"kinds": []}, "min_length"),
        ({"kinds": ["patient_named"]}, "invalid_choice"),
        ({"partnership": str(uuid4())}, "partnership_not_clear"),
    ],
)
def test_what_is_wrong_is_refused(office: Program, change: dict[str, object], code: str) -> None:
    answer = office.post("subscriptions/", BODY | change)

    assert (answer.status, answer.code) == (400, code)
    assert not Subscription.objects.exists()


def test_who_is_no_administrator_may_not(evaluation: Program) -> None:
    assert evaluation.post("subscriptions/", BODY).code == "not_allowed"
    assert evaluation.get("subscriptions/").body == []


def test_another_partnerships_is_not_found(made: str) -> None:
    elsewhere = factories.a_house()
    stranger = a_program(factories.a_member(elsewhere.clinic, Role.ADMINISTRATOR, "Cas Other"))

    assert stranger.get(f"subscriptions/{made}/").status == 404
    for verb in ("secret", "resume", "end"):
        assert stranger.post(f"subscriptions/{made}/{verb}/", {}).status == 404


def test_a_secret_is_changed(office: Program, made: str) -> None:
    before = Subscription.objects.get().secret

    answer = office.post(f"subscriptions/{made}/secret/", {}, key="change")
    again = office.post(f"subscriptions/{made}/secret/", {}, key="change")

    assert answer.status == 200
    assert answer.body["secret"] == again.body["secret"] == Subscription.objects.get().secret
    assert answer.body["secret"] != before


def test_what_was_given_up_is_told_again(
    house: factories.House, office: Program, made: str
) -> None:
    _happens(house)
    Announcement.objects.update(
        status=AnnouncementStatus.FAILED, reason="program_not_reached", attempts=8
    )
    (missed,) = office.get(f"subscriptions/{made}/").body["given_up"]

    again = office.post(f"announcements/{missed['id']}/tell-again/", {})
    twice = office.post(f"announcements/{missed['id']}/tell-again/", {})

    assert (missed["reason"], missed["kind"]) == ("program_not_reached", "letter_approved")
    assert (again.status, twice.code) == (200, "not_given_up")
    assert office.get(f"subscriptions/{made}/").body["waiting"] == 1


def test_what_ended_is_not_resumed(office: Program, made: str) -> None:
    ended = office.post(f"subscriptions/{made}/end/", {})

    assert ended.body["ended_at"] is not None
    assert office.post(f"subscriptions/{made}/resume/", {}).code == "subscription_ended"


def test_a_rehearsal_names_no_reader(clinic: Program, house: factories.House) -> None:
    letter = draft(clinic, open_case(clinic, example()))
    approve(clinic, letter)

    (one,) = clinic.get("rehearsal/").body

    assert (one["letter"], one["channel"], one["would_go"]) == (letter, "email", True)
    assert one["starts"]
    assert "Borough" not in str(one)


def test_a_rehearsal_takes_the_right(evaluation: Program) -> None:
    assert evaluation.get("rehearsal/").code == "not_allowed"
