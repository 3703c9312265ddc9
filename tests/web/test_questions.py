"""Questions between the clinic and the adviser on a case, on their pages and lists."""

import html
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client

from letters.access import actions as access
from letters.access.roles import Role
from letters.audit.models import AuditEvent
from letters.cases import actions as cases
from letters.cases.models import Case
from letters.cases.questions import actions as questions
from letters.cases.questions.errors import AsksOwnSide
from letters.cases.questions.models import CaseAnswer, CaseQuestion, Side
from letters.drafting.vocabulary import Recipient
from letters.web.chronology import Kind, chronology_of
from tests import factories
from tests.factories import NOW
from tests.web.conftest import AsPerson, words

WORDS = "Has she told the landlord about the cough?"
SAID = "Yes, by telephone in March."


@pytest.fixture
def case(house: factories.House) -> Case:
    return factories.a_full_case(house)


@pytest.fixture
def question(house: factories.House, case: Case) -> CaseQuestion:
    """The adviser asks the clinic."""
    return questions.ask_question(
        question_id=uuid4(),
        case=case,
        asked_of=Side.CLINIC,
        words=WORDS,
        by=house.adviser,
        at=NOW,
    )


def said(response: Any) -> str:
    return html.unescape(words(response))


def ask(client: Client, case: Case, **given: str) -> Any:
    sent = {"question_id": str(uuid4()), "words": WORDS} | given
    return client.post(f"/cases/{case.pk}/questions/ask/", sent)


def answer(client: Client, question: CaseQuestion, **given: str) -> Any:
    sent = {"answer_id": str(uuid4()), "words": SAID} | given
    return client.post(f"/questions/{question.pk}/", sent)


def press(client: Client, question: CaseQuestion, what: str, **given: str) -> Any:
    return client.post(f"/questions/{question.pk}/{what}/", given, follow=True)


def read(client: Client, question: CaseQuestion) -> Any:
    """By the button of the page, as it stands."""
    page = words(client.get(f"/questions/{question.pk}/"))
    last = re.search(r'name="last" value="([^"]*)"', page)
    return press(client, question, "read", last=last[1] if last else "nothing")


def test_an_adviser_asks_the_clinic(house: factories.House, adviser: Client, case: Case) -> None:
    ask(adviser, case)

    row = CaseQuestion.objects.get()
    assert (row.asked_of, row.words, row.asked_by) == (Side.CLINIC, WORDS, house.adviser)
    event = AuditEvent.objects.get(verb="ask_question")
    assert (event.subject_id, "cough" in str(event.details)) == (row.pk, False)


def test_a_clinician_asks_the_adviser(clinician: Client, case: Case) -> None:
    ask(clinician, case)

    assert CaseQuestion.objects.get().asked_of == Side.ADVICE


def test_who_works_on_both_sides_says_whom_they_ask(
    house: factories.House, case: Case, signed_in: AsPerson
) -> None:
    both = factories.a_member(house.clinic, Role.CLINICIAN, "Dr Sam Specimen")
    access.add_member(team=house.agency, user=both, role=Role.ADVISER, by=None)

    refused = said(ask(signed_in(both), case))
    ask(signed_in(both), case, asked_of="advice")

    assert "Choose whom you ask" in refused
    assert CaseQuestion.objects.get().asked_of == Side.ADVICE


def test_nobody_asks_their_own_side(house: factories.House, case: Case) -> None:
    with pytest.raises(AsksOwnSide):
        questions.ask_question(
            question_id=uuid4(),
            case=case,
            asked_of=Side.ADVICE,
            words=WORDS,
            by=house.adviser,
            at=NOW,
        )


def test_the_words_are_not_readable_in_the_database(question: CaseQuestion) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM letters_casequestion")
        assert "cough" not in cursor.fetchone()[0]


def test_a_question_sent_twice_is_one(adviser: Client, case: Case) -> None:
    twice = str(uuid4())

    for _ in range(2):
        assert ask(adviser, case, question_id=twice).status_code == 302

    assert CaseQuestion.objects.count() == 1


def test_an_empty_question_is_refused(adviser: Client, case: Case) -> None:
    assert "Enter your question" in said(ask(adviser, case, words=" "))
    assert not CaseQuestion.objects.exists()


def test_nobody_is_asked_who_cannot_see_the_case(
    house: factories.House, clinician: Client, case: Case
) -> None:
    cases.withdraw_grants(
        case=case, recipients=(Recipient.ADVISER,), reason="", by=house.clinician, at=NOW
    )

    assert "no adviser can see this case" in said(ask(clinician, case))
    assert not CaseQuestion.objects.exists()


def test_an_open_question_stands_where_the_clinicians_work_begins(
    clinician: Client, adviser: Client, question: CaseQuestion
) -> None:
    assert WORDS in said(clinician.get("/start/"))
    assert WORDS in said(clinician.get("/worklist/"))
    assert WORDS not in said(adviser.get("/worklist/"))


def test_an_open_question_stands_on_the_advisers_worklist(
    clinician: Client, adviser: Client, case: Case
) -> None:
    ask(clinician, case)

    assert WORDS in said(adviser.get("/worklist/"))
    assert WORDS not in said(clinician.get("/start/"))


def test_an_answer_settles_it_and_comes_back_to_who_asked(
    clinician: Client, adviser: Client, question: CaseQuestion
) -> None:
    answer(clinician, question)

    assert WORDS not in said(clinician.get("/start/"))
    assert "Answers to your questions" in said(adviser.get("/worklist/"))
    assert SAID in said(adviser.get(f"/questions/{question.pk}/"))
    read(adviser, question)
    assert "Answers to your questions" not in said(adviser.get("/worklist/"))


def test_a_second_answer_is_read_again(
    clinician: Client, adviser: Client, question: CaseQuestion
) -> None:
    answer(clinician, question)
    read(adviser, question)

    answer(clinician, question, words="And again in June.")

    assert "Answers to your questions" in said(adviser.get("/worklist/"))
    assert CaseAnswer.objects.count() == 2


def test_an_answer_sent_twice_is_one(clinician: Client, question: CaseQuestion) -> None:
    twice = str(uuid4())

    for _ in range(2):
        answer(clinician, question, answer_id=twice)

    assert CaseAnswer.objects.count() == 1
    assert AuditEvent.objects.filter(verb="answer_question").count() == 1


def test_who_asked_does_not_answer(adviser: Client, question: CaseQuestion) -> None:
    assert "Leave this to the team that was asked" in said(answer(adviser, question))
    assert not CaseAnswer.objects.exists()


def test_a_colleague_of_who_asked_reads_without_settling(
    house: factories.House, clinician: Client, signed_in: AsPerson, question: CaseQuestion
) -> None:
    answer(clinician, question)
    colleague = factories.a_member(house.agency, Role.ADVISER, "Jo Placeholder")

    last = CaseAnswer.objects.get().pk
    press(signed_in(colleague), question, "read", last=str(last))

    question.refresh_from_db()
    assert question.read_at is None


def test_an_answer_added_meanwhile_is_read_first(
    clinician: Client, adviser: Client, question: CaseQuestion
) -> None:
    answer(clinician, question)
    before = CaseAnswer.objects.get().pk
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        answer(clinician, question, words="And again in June.")

    page = said(press(adviser, question, "read", last=str(before)))

    assert "Read on: something was added" in page
    assert "And again in June." in page
    question.refresh_from_db()
    assert question.read_at is None


def test_a_question_is_no_longer_needed(
    clinician: Client, adviser: Client, question: CaseQuestion
) -> None:
    for _ in range(2):
        assert "No longer needed" in said(press(adviser, question, "drop"))

    assert WORDS not in said(clinician.get("/start/"))
    assert "this question is no longer needed" in said(answer(clinician, question))
    assert AuditEvent.objects.filter(verb="drop_question").count() == 1


def test_who_was_asked_cannot_drop_it(clinician: Client, question: CaseQuestion) -> None:
    assert "the team that asked can take it back" in said(press(clinician, question, "drop"))

    question.refresh_from_db()
    assert question.settled_at is None


def test_what_was_answered_is_not_dropped(
    clinician: Client, adviser: Client, question: CaseQuestion
) -> None:
    answer(clinician, question)

    assert "this question has been answered" in said(press(adviser, question, "drop"))


def test_the_case_and_its_chronology_tell_both(
    house: factories.House, clinician: Client, case: Case, question: CaseQuestion
) -> None:
    answer(clinician, question)

    page = said(clinician.get(f"/cases/{case.pk}/"))
    answered, asked = chronology_of(case, Kind.QUESTIONS)
    assert (WORDS in page, SAID in page) == (True, True)
    assert (asked.says, asked.who) == ("Question to the clinical team", house.adviser.name)
    assert (answered.says, answered.more) == ("Answer from the clinical team", SAID)


@pytest.mark.parametrize("who", ["clinician", "adviser"])
def test_somebody_elses_question_is_not_found(
    signed_in: AsPerson, question: CaseQuestion, who: str
) -> None:
    stranger = signed_in(getattr(factories.a_house(), who))

    assert stranger.get(f"/questions/{question.pk}/").status_code == 404
    assert answer(stranger, question).status_code == 404
    assert press(stranger, question, "drop").status_code == 404
    assert WORDS not in said(stranger.get("/worklist/"))


def test_an_adviser_who_may_see_the_case_no_more_sees_no_question(
    house: factories.House, clinician: Client, adviser: Client, case: Case
) -> None:
    ask(clinician, case)
    question = CaseQuestion.objects.get()

    cases.withdraw_consent(case=case, reason="", by=house.clinician, at=NOW)

    assert adviser.get(f"/questions/{question.pk}/").status_code == 404
    assert WORDS not in said(adviser.get("/worklist/"))


def test_a_closed_case_asks_nothing_more(
    house: factories.House, clinician: Client, question: CaseQuestion
) -> None:
    cases.close_case(case=question.case, by=house.clinician, at=NOW)

    assert WORDS not in said(clinician.get("/start/"))
    assert "this one is closed" in said(answer(clinician, question))
