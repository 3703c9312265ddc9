"""Referrals for other needs: asked with the patient's yes, followed up, told to who asked."""

import html
import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from letters.audit.models import AuditEvent
from letters.cases import actions as cases
from letters.cases.models import Case
from letters.cases.referrals import actions as referrals
from letters.cases.referrals.models import Need, Referral, ReferralChange
from letters.drafting.vocabulary import Recipient
from letters.law.facts import Answer
from letters.web.chronology import Kind, chronology_of
from tests import factories
from tests.factories import NOW
from tests.web.conftest import AsPerson, words

ASKED: dict[str, str] = {
    "need": "debt",
    "words": "A letter from the bailiffs came on Monday.",
    "who": "team",
    "service": "",
    "agreed": "yes",
    "agreed_on-day": "23",
    "agreed_on-month": "11",
    "agreed_on-year": "2026",
}
ENDED = "A plan was agreed with the council."


@pytest.fixture
def case(house: factories.House) -> Case:
    return factories.a_full_case(house)


@pytest.fixture
def referral(house: factories.House, case: Case) -> Referral:
    """The clinician asks the advice team."""
    return a_referral(house, case)


def a_referral(house: factories.House, case: Case, *, service: str = "") -> Referral:
    return referrals.refer(
        referral_id=uuid4(),
        case=case,
        need=Need.DEBT,
        words=ASKED["words"],
        service=service,
        agreed=Answer.YES,
        agreed_on=NOW.date(),
        by=house.clinician,
        at=NOW,
    )


def said(response: Any) -> str:
    return html.unescape(words(response))


def refer(client: Client, case: Case, **given: str) -> Any:
    sent = {"referral_id": str(uuid4())} | ASKED | given
    return client.post(f"/cases/{case.pk}/referrals/ask/", sent)


def follow(client: Client, referral: Referral, status: str, told: str = "", **given: str) -> Any:
    sent = {"change_id": str(uuid4()), "status": status, "words": told} | given
    return client.post(f"/referrals/{referral.pk}/", sent)


def read(client: Client, referral: Referral) -> Any:
    """By the button of the page, as it stands."""
    page = words(client.get(f"/referrals/{referral.pk}/"))
    last = re.search(r'name="last" value="([^"]*)"', page)
    sent = {"last": last[1] if last else "nothing"}
    return client.post(f"/referrals/{referral.pk}/read/", sent, follow=True)


def test_a_clinician_asks_the_advice_team(
    house: factories.House, clinician: Client, case: Case
) -> None:
    refer(clinician, case)

    row = Referral.objects.get()
    assert (row.need, row.team, row.service) == (Need.DEBT, house.agency, None)
    assert (row.agreed_on, row.asked_by) == (NOW.date(), house.clinician)
    event = AuditEvent.objects.get(verb="refer")
    assert (event.subject_id, event.details) == (row.pk, {"case": str(case.pk)})


def test_a_service_outside_is_named(clinician: Client, case: Case) -> None:
    assert "Enter the name of the service" in said(refer(clinician, case, who="service"))

    refer(clinician, case, who="service", service="Exampleton Food Bank (invented)")

    row = Referral.objects.get()
    assert (row.team, row.service) == (None, "Exampleton Food Bank (invented)")
    assert "ring or write to them yourself" in said(clinician.get(f"/referrals/{row.pk}/"))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"agreed": "no"}, "a referral takes their yes to who is told"),
        ({"agreed": ""}, "Choose whether the patient agrees that they are told"),
        ({"agreed_on-day": "24"}, "Enter a date that is not in the future"),
        ({"agreed_on-day": ""}, "The date must include a day"),
    ],
)
def test_nothing_is_passed_on_without_a_yes_and_its_day(
    clinician: Client, case: Case, given: dict[str, str], says: str
) -> None:
    assert says in said(refer(clinician, case, **given))
    assert not Referral.objects.exists()


def test_no_answer_is_chosen_beforehand(clinician: Client, case: Case) -> None:
    assert " checked" not in words(clinician.get(f"/cases/{case.pk}/referrals/ask/"))


def test_no_team_is_asked_that_cannot_see_the_case(
    house: factories.House, clinician: Client, case: Case
) -> None:
    cases.withdraw_grants(
        case=case, recipients=(Recipient.ADVISER,), reason="", by=house.clinician, at=NOW
    )

    assert "no adviser can see this case" in said(refer(clinician, case))
    assert refer(clinician, case, who="service", service="A food bank").status_code == 302


def test_need_words_and_service_are_not_readable_in_the_database(
    house: factories.House, case: Case
) -> None:
    a_referral(house, case, service="A refuge (invented)")

    with connection.cursor() as cursor:
        cursor.execute("SELECT need, words, service FROM letters_referral")
        stored = " ".join(cursor.fetchone())
    assert not [each for each in ("debt", "bailiffs", "refuge") if each in stored]


def test_a_referral_sent_twice_is_one(clinician: Client, case: Case) -> None:
    twice = str(uuid4())

    for _ in range(2):
        assert refer(clinician, case, referral_id=twice).status_code == 302

    assert Referral.objects.count() == 1


def test_it_stands_on_the_advisers_worklist_until_it_has_ended(
    adviser: Client, referral: Referral
) -> None:
    assert "Referrals to follow up" in said(adviser.get("/worklist/"))

    follow(adviser, referral, "taken_up")
    assert "Referrals to follow up" in said(adviser.get("/worklist/"))
    follow(adviser, referral, "done", ENDED)
    assert "Referrals to follow up" not in said(adviser.get("/worklist/"))


def test_who_passed_it_on_outside_follows_it_up(
    house: factories.House, clinician: Client, adviser: Client, case: Case
) -> None:
    a_referral(house, case, service="A food bank (invented)")

    assert "Referrals to follow up" in said(clinician.get("/start/"))
    assert "Referrals to follow up" not in said(adviser.get("/worklist/"))


@pytest.mark.parametrize("status", ["taken_up", "not_reached", "declined"])
def test_news_goes_back_to_who_asked_until_they_have_read_it(
    clinician: Client, adviser: Client, referral: Referral, status: str
) -> None:
    assert "What came of your referrals" not in said(clinician.get("/start/"))

    follow(adviser, referral, status, "She rang on Tuesday.")

    assert "What came of your referrals" in said(clinician.get("/start/"))
    assert "She rang on Tuesday." in said(clinician.get(f"/referrals/{referral.pk}/"))
    read(clinician, referral)
    assert "What came of your referrals" not in said(clinician.get("/start/"))


def test_what_came_of_it_is_news_again(
    clinician: Client, adviser: Client, referral: Referral
) -> None:
    follow(adviser, referral, "taken_up")
    read(clinician, referral)

    follow(adviser, referral, "done", ENDED)

    assert "What came of your referrals" in said(clinician.get("/start/"))


def test_somebody_elses_look_leaves_the_news_where_it_is(
    clinician: Client, adviser: Client, referral: Referral
) -> None:
    follow(adviser, referral, "taken_up")
    last = str(ReferralChange.objects.get().pk)

    adviser.post(f"/referrals/{referral.pk}/read/", {"last": last})

    assert "What came of your referrals" in said(clinician.get("/start/"))


def test_news_that_came_meanwhile_is_read_first(
    clinician: Client, adviser: Client, referral: Referral
) -> None:
    follow(adviser, referral, "taken_up")

    page = clinician.post(f"/referrals/{referral.pk}/read/", {"last": str(uuid4())})

    assert "Read on: something was added" in said(page)
    assert "What came of your referrals" in said(clinician.get("/start/"))


@pytest.mark.parametrize("status", ["done", "declined"])
def test_an_end_says_what_came_of_it(adviser: Client, referral: Referral, status: str) -> None:
    follow(adviser, referral, "not_reached" if status == "declined" else "taken_up")

    assert "Say what came of it" in said(follow(adviser, referral, status, " "))
    assert follow(adviser, referral, status, ENDED).status_code == 302


def test_news_sent_twice_is_one(adviser: Client, referral: Referral) -> None:
    twice = str(uuid4())

    for _ in range(2):
        assert follow(adviser, referral, "taken_up", change_id=twice).status_code == 302

    assert ReferralChange.objects.count() == 1


def test_nobody_reached_is_tried_again(adviser: Client, referral: Referral) -> None:
    for _ in range(2):
        assert follow(adviser, referral, "not_reached", "No answer.").status_code == 302

    assert ReferralChange.objects.count() == 2


def test_what_has_ended_takes_no_more_news(adviser: Client, referral: Referral) -> None:
    follow(adviser, referral, "declined", "She does not want it now.")

    assert "it stands at “Declined” by now" in said(follow(adviser, referral, "taken_up"))
    assert ReferralChange.objects.count() == 1


def test_the_case_and_its_chronology_tell_it(
    house: factories.House, adviser: Client, case: Case, referral: Referral
) -> None:
    follow(adviser, referral, "taken_up", "First meeting on Friday.")

    page = said(adviser.get(f"/cases/{case.pk}/"))
    told, asked = chronology_of(case, Kind.REFERRALS)
    assert f"/referrals/{referral.pk}/" in page
    assert asked.says == f"Referral: debt, to {house.agency.name}"
    assert (told.says, told.more) == ("Referral: debt, taken up", "First meeting on Friday.")


@pytest.mark.parametrize("who", ["clinician", "adviser"])
def test_somebody_elses_referral_is_not_found(
    signed_in: AsPerson, referral: Referral, who: str
) -> None:
    stranger = signed_in(getattr(factories.a_house(), who))

    assert stranger.get(f"/referrals/{referral.pk}/").status_code == 404
    assert follow(stranger, referral, "taken_up").status_code == 404
    assert "to follow up" not in said(stranger.get("/worklist/"))


def test_an_adviser_who_may_see_the_case_no_more_sees_no_referral(
    house: factories.House, adviser: Client, referral: Referral
) -> None:
    cases.withdraw_consent(case=referral.case, reason="", by=house.clinician, at=NOW)

    assert adviser.get(f"/referrals/{referral.pk}/").status_code == 404
    assert "to follow up" not in said(adviser.get("/worklist/"))
