"""What is recorded about a case, and what is refused."""

from datetime import date, timedelta

import pytest
from django.db import connection

from letters.cases import actions as cases
from letters.cases.errors import (
    BasisMissing,
    CaseClosed,
    DateInTheFuture,
    HazardAlreadyReported,
    NobodyMayConsent,
    NothingAgreed,
    OpenCaseExists,
    PatientExists,
)
from letters.cases.models import Case, Consent, HazardReport, Patient
from letters.cases.queries import (
    consented_items,
    find_by_name_and_birth,
    find_by_nhs_number,
    visible_to,
)
from letters.drafting.identifiers import NotAnNhsNumber, NotAPostcode
from letters.drafting.vocabulary import (
    ConsentMethod,
    DataItem,
    GivenBy,
    OpinionLevel,
    Purpose,
    Recipient,
    Source,
)
from letters.law.facts import Answer, Severity
from letters.law.jurisdictions import Jurisdiction
from letters.law.tenures import Agreement, LandlordKind, Tenure
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def house() -> factories.House:
    return factories.a_house()


def _register(house: factories.House, number: str) -> Patient:
    return cases.register_patient(
        partnership=house.partnership,
        name="Tomasz Placeholder",
        date_of_birth=date(1958, 7, 21),
        nhs_number=number,
        by=house.clinician,
        at=NOW,
    )


def test_register_patient_refuses_the_same_number_written_otherwise(
    house: factories.House,
) -> None:
    _register(house, "999 000 0050")

    with pytest.raises(PatientExists):
        _register(house, "9990000050")


@pytest.mark.parametrize("number", ["9990000000", "9434765918", "9999999999", "0000000000", "12"])
def test_register_patient_refuses_a_wrong_number(house: factories.House, number: str) -> None:
    with pytest.raises(NotAnNhsNumber):
        _register(house, number)


def test_find_by_nhs_number_finds_the_patient(house: factories.House) -> None:
    patient = _register(house, "9990000069")

    assert list(find_by_nhs_number(house.clinician, "999-000-0069")) == [patient]


def test_find_by_name_and_birth_forgives_case_and_spaces(house: factories.House) -> None:
    patient = _register(house, "")

    found = find_by_name_and_birth(house.clinician, " tomasz  PLACEHOLDER", date(1958, 7, 21))

    assert list(found) == [patient]


def test_find_by_nhs_number_stays_in_the_partnership(house: factories.House) -> None:
    _register(house, "9990000069")
    stranger = factories.a_house().clinician

    assert not find_by_nhs_number(stranger, "9990000069").exists()


def test_database_holds_no_name_or_number_in_clear(house: factories.House) -> None:
    factories.a_full_case(house)

    words = ("Maya", "Leila", "14 Sample Court", "9990000", "asthma", "spirometry", "wet wall")
    dump = _everything_stored()

    for word in words:
        assert word not in dump


def _everything_stored() -> str:
    tables = ("patient", "home", "tenancy", "landlord", "diagnosis", "exacerbation", "occupant")
    with connection.cursor() as cursor:
        rows = []
        for table in tables:
            cursor.execute(f"SELECT * FROM letters_{table}")  # noqa: S608 - names of our own
            rows.extend(cursor.fetchall())
    return str(rows)


def test_open_case_refuses_a_second_for_the_same_home(house: factories.House) -> None:
    case = factories.a_case(house)

    with pytest.raises(OpenCaseExists):
        _open_again(house, case, postcode="zz993cz")


def test_open_case_refuses_what_is_no_postcode(house: factories.House) -> None:
    case = factories.a_case(house)

    with pytest.raises(NotAPostcode):
        _open_again(house, case, postcode="14 Sample Court")


def _open_again(house: factories.House, case: Case, *, postcode: str) -> Case:
    return cases.open_case(
        patient=case.patient,
        team=house.clinic,
        advice_team=house.agency,
        jurisdiction=Jurisdiction.ENGLAND,
        address=("14 Sample Court",),
        postcode=postcode,
        tenure=Tenure.COUNCIL_TENANCY,
        agreement=Agreement.TENANCY,
        landlord_kind=LandlordKind.COUNCIL,
        landlord=None,
        tenant_name="Leila Sampleton",
        tenancy_reference="",
        tenant_gives_notice=Answer.NOT_KNOWN,
        by=house.clinician,
        at=NOW,
    )


def test_report_hazard_refuses_the_same_one_twice(house: factories.House) -> None:
    case = factories.a_case(house)
    factories.report(house, case)

    with pytest.raises(HazardAlreadyReported):
        factories.report(house, case)


def test_report_hazard_refuses_days_to_come(house: factories.House) -> None:
    with pytest.raises(DateInTheFuture):
        factories.report(house, factories.a_case(house), at=NOW - timedelta(days=400))


def test_report_hazard_refuses_a_closed_case(house: factories.House) -> None:
    case = cases.close_case(case=factories.a_case(house), by=house.clinician, at=NOW)

    with pytest.raises(CaseClosed):
        factories.report(house, case)


def test_report_hazard_keeps_markup_as_text(house: factories.House) -> None:
    case = factories.a_case(house)
    factories.report(house, case)
    report = HazardReport.objects.get(case=case)
    report.description = "<b>=1+1</b> {{ x }}"
    report.save()

    report.refresh_from_db()

    assert report.description == "<b>=1+1</b> {{ x }}"


def test_give_opinion_likely_needs_its_basis(house: factories.House) -> None:
    with pytest.raises(BasisMissing):
        cases.give_opinion(
            case=factories.a_case(house),
            level=OpinionLevel.LIKELY,
            better_away_from_home=Answer.NOT_KNOWN,
            basis=" ",
            by=house.clinician,
            at=NOW,
        )


def _consent(house: factories.House, case: Case, *, grants: int, basis: str) -> Consent:
    told = [(Recipient.LANDLORD, Purpose.LETTER, DataItem.DIAGNOSIS)][:grants]
    return cases.give_consent(
        case=case,
        grants=told,
        given_by=GivenBy.PARENT,
        capacity_basis=basis,
        method=ConsentMethod.WRITTEN,
        language="en-GB",
        interpreter=Answer.NO,
        form_version="2026-10",
        reprisal_discussed=Answer.YES,
        copy_given=Answer.YES,
        given_on=NOW.date(),
        expires_on=NOW.date() + timedelta(days=90),
        by=house.clinician,
        at=NOW,
    )


def test_give_consent_to_nothing_is_refused(house: factories.House) -> None:
    with pytest.raises(NothingAgreed):
        _consent(house, factories.a_case(house), grants=0, basis="a parent")


def test_give_consent_for_another_needs_its_reason(house: factories.House) -> None:
    with pytest.raises(NobodyMayConsent):
        _consent(house, factories.a_case(house), grants=1, basis="")


def test_give_consent_takes_the_place_of_the_one_before(house: factories.House) -> None:
    case = factories.a_full_case(house)

    _consent(house, case, grants=1, basis="a parent")

    assert _told(case) == {DataItem.DIAGNOSIS}
    assert Consent.objects.filter(case=case, withdrawn_at__isnull=True).count() == 1


def test_consented_items_end_with_the_consent(house: factories.House) -> None:
    case = factories.a_case(house)
    _consent(house, case, grants=1, basis="a parent")

    assert _told(case, day=NOW.date() + timedelta(days=90)) == {DataItem.DIAGNOSIS}
    assert _told(case, day=NOW.date() + timedelta(days=91)) == set()
    assert _told(case, day=NOW.date() - timedelta(days=1)) == set()


def test_withdraw_grants_leaves_other_recipients(house: factories.House) -> None:
    case = factories.a_full_case(house)

    cases.withdraw_grants(
        case=case, recipients=(Recipient.LANDLORD,), reason="", by=house.clinician, at=NOW
    )

    assert _told(case) == set()
    assert list(visible_to(house.adviser)) == [case]


def _told(case: Case, *, day: date = TODAY) -> set[DataItem]:
    return set(consented_items(case, recipient=Recipient.LANDLORD, purpose=Purpose.LETTER, day=day))


def test_visible_to_the_team_and_nobody_else(house: factories.House) -> None:
    case = factories.a_case(house)
    stranger = factories.a_house()

    assert list(visible_to(house.clinician)) == [case]
    for user in (stranger.clinician, stranger.adviser, house.evaluator, house.reviewer):
        assert not visible_to(user).exists()


def test_visible_to_the_adviser_only_with_consent(house: factories.House) -> None:
    case = factories.a_case(house)
    before = list(visible_to(house.adviser))

    factories.consent(house, case)
    during = list(visible_to(house.adviser))
    cases.withdraw_consent(case=case, reason="", by=house.clinician, at=NOW)

    assert (before, during) == ([], [case])
    assert not visible_to(house.adviser).exists()


@pytest.mark.parametrize(
    "left_out", [DataItem.DIAGNOSIS, DataItem.SEVERITY, DataItem.EXACERBATIONS, DataItem.OPINION]
)
def test_visible_to_the_adviser_only_if_all_of_it_may_be_known(
    house: factories.House, left_out: DataItem
) -> None:
    case = factories.a_full_case(house)
    before = list(visible_to(house.adviser))

    factories.consent(house, case, items=set(DataItem) - {left_out})

    assert before == [case]
    assert not visible_to(house.adviser).exists()


def test_correct_hazard_leaves_an_approved_letter_as_it_was() -> None:
    demonstration = factories.a_house(is_demonstration=True)
    letter = factories.an_approved_letter(demonstration)
    report = HazardReport.objects.get(case=letter.case)

    _correct(demonstration, report, description="A leak under the sink.")

    letter.refresh_from_db()
    assert "Black mould" in str(letter.content)
    assert HazardReport.objects.get(pk=report.pk).description == "A leak under the sink."


def test_correct_hazard_in_a_closed_case_is_refused(house: factories.House) -> None:
    case = factories.a_case(house)
    factories.report(house, case)
    cases.close_case(case=case, by=house.clinician, at=NOW)

    with pytest.raises(CaseClosed):
        _correct(house, HazardReport.objects.get(case=case), description="x")


def _correct(house: factories.House, report: HazardReport, *, description: str) -> HazardReport:
    return cases.correct_hazard(
        report=report,
        severity=Severity.PRESENT,
        rooms=("kitchen",),
        description=description,
        source=Source.SEEN_BY_CLINICIAN,
        first_noticed_on=None,
        landlord_told_on=None,
        landlord_response="",
        disrepair=Answer.YES,
        landlord_controls_cause=Answer.YES,
        heating_or_hot_water_lost=Answer.NO,
        by=house.clinician,
        at=NOW,
    )
