"""A request that comes twice is done once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from letters.access.models import AnsweredRequest
from letters.cases.models import Case
from letters.delivery.models import Dispatch
from letters.issuing.models import Letter
from tests import factories
from tests.api.programs import Answer, Program, a_program, approve, changed, draft, example
from tests.api.programs import open_case as opened

_ELSEWHERE = changed(example(), "/home/postcode", "ZZ99 3DA")


@pytest.mark.django_db
def test_the_same_request_again_is_answered_the_same(clinic: Program) -> None:
    first = clinic.post("cases/", example(), key="one")
    again = clinic.post("cases/", example(), key="one")

    assert first.status == again.status == 201
    assert first.body == again.body
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_one_key_for_two_requests_is_refused(clinic: Program) -> None:
    clinic.post("cases/", example(), key="one")

    answer = clinic.post("cases/", _ELSEWHERE, key="one")

    assert (answer.status, answer.code) == (422, "key_used_for_another")
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_one_key_for_two_addresses_is_refused(clinic: Program) -> None:
    case = opened(clinic, example())
    body = {"stage": "first_letter", "narrative": ""}
    clinic.post(f"cases/{case}/letters/", body, key="one")
    other = opened(clinic, _ELSEWHERE)

    assert clinic.post(f"cases/{other}/letters/", body, key="one").status == 422


@pytest.mark.django_db
def test_a_refusal_gives_the_key_back(clinic: Program) -> None:
    refused = clinic.post("cases/", changed(example(), "/jurisdiction", "cornwall"), key="one")
    mended = clinic.post("cases/", example(), key="one")

    assert (refused.status, mended.status) == (400, 201)


@pytest.mark.django_db
def test_two_people_may_choose_one_key(clinic: Program) -> None:
    stranger = a_program(factories.a_house().clinician)

    answers = [program.post("cases/", example(), key="one") for program in (clinic, stranger)]

    assert [answer.status for answer in answers] == [201, 201]
    assert Case.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "a b", "x" * 201, "ключ".encode().decode("latin-1")])
def test_a_key_is_short_and_plain(clinic: Program, key: str) -> None:
    answer = clinic.post("cases/", example(), key=key)

    assert (answer.status, answer.code) == (400, "invalid")


@pytest.mark.django_db
def test_what_is_kept_of_a_request_names_nobody(clinic: Program) -> None:
    clinic.post("cases/", example(), key="Sampleton-9990000018")

    kept = str(list(AnsweredRequest.objects.values()))

    assert "Sampleton" not in kept
    assert "9990000018" not in kept


@pytest.mark.django_db
def test_a_letter_is_drafted_and_sent_once(clinic: Program) -> None:
    case = opened(clinic, example())
    body = {"stage": "first_letter", "narrative": ""}
    for _ in range(2):
        letter = clinic.post(f"cases/{case}/letters/", body, key="draft").body["id"]
    approve(clinic, letter)
    for _ in range(2):
        clinic.post(f"letters/{letter}/dispatches/", {"channel": "download"}, key="send")

    assert Letter.objects.count() == Dispatch.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("callers", [2, 6])
def test_the_same_key_at_once_opens_one_case(clinic: Program, callers: int) -> None:
    answers = _at_once(callers, lambda: clinic.post("cases/", example(), key="one"))

    assert {answer.status for answer in answers} == {201}
    assert len({answer.body["id"] for answer in answers}) == 1
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_document_at_once_opens_one_case(clinic: Program) -> None:
    answers = _at_once(4, lambda: clinic.post("cases/", example()))

    assert sorted(answer.status for answer in answers) == [201, 409, 409, 409]
    assert Case.objects.count() == 1


def _at_once(callers: int, call: Callable[[], Answer]) -> list[Answer]:
    together = Barrier(callers)

    def one(_: int) -> Answer:
        together.wait()
        try:
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(callers) as pool:
        return list(pool.map(one, range(callers)))


@pytest.mark.django_db(transaction=True)
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(calls=st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from([0, 1])), max_size=5))
def test_each_key_stands_for_one_request(clinic: Program, calls: list[tuple[str, int]]) -> None:
    _forget_answers()
    documents = [example(), _ELSEWHERE]
    first: dict[str, tuple[int, Answer]] = {}
    for key, which in calls:
        answer = clinic.post("cases/", documents[which], key=key)
        if key not in first:
            if answer.status == 201:
                first[key] = (which, answer)
            else:
                assert answer.code == "open_case_exists"
        elif first[key][0] == which:
            assert answer.body == first[key][1].body
        else:
            assert answer.status == 422


def _forget_answers() -> None:
    """An example starts as the test did: no answers, no open case."""
    AnsweredRequest.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE letters_case SET closed_at = now() WHERE closed_at IS NULL")


@pytest.mark.django_db
def test_a_crash_gives_the_key_back(clinic: Program, house: factories.House) -> None:
    letter = draft(clinic, opened(clinic, example()))

    early = clinic.post(f"letters/{letter}/dispatches/", {"channel": "download"}, key="send")
    approve(clinic, letter)
    sent = clinic.post(f"letters/{letter}/dispatches/", {"channel": "download"}, key="send")

    assert (early.code, sent.status) == ("letter_not_approved", 201)
