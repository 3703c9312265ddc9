"""The whole line without a browser: recorded, sent, missed, reminded, answered, mended."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from letters.access.models import User
from letters.cases.models import Case, HazardReport, Landlord, Patient
from letters.delivery.models import Dispatch, DispatchStatus
from letters.drafting.vocabulary import Concern
from letters.issuing.models import Letter
from letters.outcomes.models import Remediation
from letters.tracking.models import Deadline, DeadlineStatus, Escalation
from tests import factories, servers
from tests.factories import NOW
from tests.sign_in import browser_of
from worker import tasks

pytestmark = pytest.mark.django_db

HOME: Mapping[str, object] = {
    "address": "14 Sample Court\nExampleton",
    "postcode": "ZZ99 3CZ",
    "jurisdiction": "england",
    "tenure": "council_tenancy",
    "tenant": "somebody_else",
    "tenant_name": "Leila Sampleton",
}
MOULD: Mapping[str, object] = {
    "hazard": "damp_and_mould",
    "severity": "severe",
    "rooms": ["bedroom"],
    "description": "Black mould over the outside wall",
    "source": "photograph",
    "disrepair": "yes",
    "landlord_controls_cause": "yes",
    "heating_or_hot_water_lost": "no",
}
HEALTH: Mapping[str, object] = {
    "condition": "asthma",
    "better_away_from_home": "yes",
    "level": "consistent_with",
}
SAFETY: Mapping[str, object] = {
    **dict.fromkeys(Concern, "no"),
    "contact": "any",
    "hide_whereabouts": "no",
    "note": "",
}
CONSENT: Mapping[str, object] = {
    "landlord": "everything",
    "later_letters": "yes",
    "adviser": "everything",
    "patient_record": "nothing",
    "evaluator": "everything",
    "given_by": "parent",
    "capacity_basis": "She is seven.",
    "method": "in_person",
    "language": "en-GB",
    "interpreter": "no",
    "reprisal_discussed": "yes",
    "copy_given": "yes",
    "given": "today",
    "lasts": "365",
}


class Line:
    """The steps, each by the pages of the person whose step it is."""

    def __init__(self, house: factories.House, landlord: Landlord) -> None:
        self.house, self.landlord = house, landlord
        self.at = NOW

    def when_the_clinician_records_mould(self) -> None:
        person: dict[str, object] = {"name": "Maya Sampleton", "nhs_number": "9990000018"}
        born = {f"date_of_birth-{p}": v for p, v in (("day", 4), ("month", 3), ("year", 2019))}
        self._send(self.house.clinician, "/patients/register/", person | born)
        team: dict[str, object] = {
            "landlord": self.landlord.pk,
            "advice_team": self.house.agency.pk,
        }
        patient = Patient.objects.get()
        self._send(self.house.clinician, f"/patients/{patient.pk}/cases/open/", {**HOME, **team})
        for page, answers in (
            ("hazards/report", MOULD),
            ("health/record", HEALTH),
            ("household/describe", {"adjustment_requested": "no"}),
            ("safety", SAFETY),
            ("consent/give", CONSENT),
        ):
            self._send(self.house.clinician, f"/cases/{self.case.pk}/{page}/", answers)

    def when_the_clinician_approves_and_sends_the_letter(self) -> None:
        self._send(self.house.clinician, f"/cases/{self.case.pk}/letters/draft/", {})
        self._approve_and_send(self.house.clinician, Letter.objects.get())

    def then_it_left_and_its_clocks_run(self, mail_server: servers.MailServer) -> None:
        assert len(mail_server.messages) == 1
        assert Deadline.objects.filter(status=DeadlineStatus.OPEN).count() > 1

    def when_two_weeks_pass_without_an_answer(self) -> None:
        self.at = NOW + timedelta(days=15)
        with time_machine.travel(self.at, tick=False):
            tasks.mark_missed()

    def then_the_adviser_finds_the_next_letter(self) -> None:
        page = self._client(self.house.adviser).get("/worklist/").content.decode()
        assert f"/letters/{self.reminder.pk}/" in page

    def when_the_adviser_approves_and_sends_it(self) -> None:
        self._approve_and_send(self.house.adviser, self.reminder)

    def then_two_letters_have_left(self, mail_server: servers.MailServer) -> None:
        assert len(mail_server.messages) == 2
        assert Dispatch.objects.filter(status=DispatchStatus.ACCEPTED).count() == 2

    def when_the_landlord_inspects_and_mends(self) -> None:
        day = {"day": self.at.day, "month": self.at.month, "year": self.at.year}
        answer = {"kind": "inspected", "received_at-time": "09:00"}
        answer |= {f"received_at-{part}": str(value) for part, value in day.items()}
        self._send(self.house.adviser, f"/letters/{self.reminder.pk}/responses/record/", answer)
        claim = {"claimed_by": "adviser", "extent": "full", "verification": "visit"}
        claim |= {f"completed_on-{part}": str(value) for part, value in day.items()}
        report = HazardReport.objects.get()
        self._send(
            self.house.adviser,
            f"/hazards/{report.pk}/remediations/record/",
            claim | {"cause_addressed": "yes"},
        )

    def then_nothing_is_due_any_more(self) -> None:
        assert Remediation.objects.get().extent == Remediation.Extent.FULL
        assert not Deadline.objects.filter(status=DeadlineStatus.OPEN).exists()

    def then_the_evaluator_is_told_nothing_of_one_patient(self) -> None:
        page = self._client(self.house.evaluator).get("/summary/").content.decode()
        assert "Withheld (fewer than 8)" in page

    @property
    def case(self) -> Case:
        return Case.objects.get()

    @property
    def reminder(self) -> Letter:
        letter = Escalation.objects.get().next_letter
        assert letter is not None
        return letter

    def _client(self, user: User) -> Client:
        return browser_of(user)

    def _send(self, user: User, address: str, given: Mapping[str, object]) -> None:
        with _standing(self.at):
            response = self._client(user).post(address, given)
        assert response.status_code == 302, re.findall(
            r"nhsuk-error-summary__list.*?</ul>", response.content.decode(), re.DOTALL
        )

    def _approve_and_send(self, user: User, letter: Letter) -> None:
        with _standing(self.at):
            page = self._client(user).get(f"/letters/{letter.pk}/").content.decode()
        (seen,) = re.findall(r'name="seen" value="(\w{64})"', page)
        approval = {"seen": seen, "has_read": "on"}
        self._send(user, f"/letters/{letter.pk}/approve/", approval)
        self._send(user, f"/letters/{letter.pk}/send/", {"channel": "email"})
        with _standing(self.at):
            tasks.deliver(str(Dispatch.objects.get(letter=letter).pk))


def _standing(at: datetime) -> time_machine.travel:
    return time_machine.travel(at, tick=False)


@pytest.fixture
def house(db: None) -> factories.House:
    house = factories.a_house()
    factories.law_signed(house)
    return house


def test_the_whole_line(house: factories.House, mail_server: servers.MailServer) -> None:
    line = Line(house, factories.a_landlord(house))

    line.when_the_clinician_records_mould()
    line.when_the_clinician_approves_and_sends_the_letter()
    line.then_it_left_and_its_clocks_run(mail_server)
    line.when_two_weeks_pass_without_an_answer()
    line.then_the_adviser_finds_the_next_letter()
    line.when_the_adviser_approves_and_sends_it()
    line.then_two_letters_have_left(mail_server)
    line.when_the_landlord_inspects_and_mends()
    line.then_nothing_is_due_any_more()
    line.then_the_evaluator_is_told_nothing_of_one_patient()
