"""Law and wording, unit by unit, and the reviewers who stand for them."""

import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from letters.issuing import actions as issuing
from letters.issuing.models import Letter, SignOff
from letters.issuing.units import WHOLE_NATION, units_of
from letters.law.jurisdictions import Jurisdiction
from letters.web.differences import changed_lines
from tests import factories
from tests.factories import NOW
from tests.web.conftest import AsPerson, words
from tests.web.test_urls import refuse_unclear

REVIEW = {"review_by-day": "1", "review_by-month": "5", "review_by-year": "2027"}
LADDER = "england/ladder"
_PHASE_2 = (
    "england/law/hazards_in_social_housing_regulations_2025/standard_investigation@2026-11-30"
)
_SECTION_11 = "england/law/landlord_and_tenant_act_1985/section_11@1985-10-30"


@pytest.fixture
def section_11_cases(settings: LazySettings, tmp_path: Path) -> Path:
    """The worked cases of section 11, in a copy of the reviewers' files that a test may spoil."""
    copy = Path(shutil.copytree(settings.TEMPLATES_LEGAL, tmp_path / "templates_legal"))
    settings.TEMPLATES_LEGAL = copy
    return copy / "england" / "cases" / "landlord_and_tenant_act_1985" / "section_11.yaml"


@pytest.fixture
def unsigned(db: None) -> factories.House:
    return factories.a_house()


@pytest.fixture
def reviewer(unsigned: factories.House, signed_in: AsPerson) -> Client:
    return signed_in(unsigned.reviewer)


@pytest.fixture
def second(unsigned: factories.House, signed_in: AsPerson) -> Client:
    return signed_in(unsigned.second_reviewer)


def _value(unit_id: str) -> str:
    return f"{unit_id} {units_of(Jurisdiction.ENGLAND)[unit_id].digest}"


def _press(client: Client, house: factories.House, verb: str, *units: str, **given: str) -> str:
    address = f"/law/england/review/{house.partnership.pk}/{verb}/"
    ticked = {"unit": [_value(unit) for unit in units]}
    return words(client.post(address, REVIEW | ticked | given, follow=True))


def _list(client: Client, **asked: str) -> str:
    return words(client.get("/law/england/review/", asked))


def test_reviews_say_that_no_lawyer_has_reviewed_it(reviewer: Client) -> None:
    page = words(reviewer.get("/law/review/"))

    assert "No lawyer has reviewed it as it is shipped" in page
    assert f"{len(units_of(Jurisdiction.ENGLAND))} not signed" in page


def test_reviews_tell_of_law_that_is_about_to_begin(
    unsigned: factories.House, reviewer: Client
) -> None:
    title = units_of(Jurisdiction.ENGLAND)[_PHASE_2].title
    before = words(reviewer.get("/law/review/"))

    factories.law_signed(unsigned)

    assert "Until they are signed" in before
    assert title in before
    assert title not in words(reviewer.get("/law/review/"))


def test_review_shows_what_each_unit_says(reviewer: Client) -> None:
    page = _list(reviewer, kind="ladder")

    unit = units_of(Jurisdiction.ENGLAND)[LADDER]
    assert unit.title in page
    assert unit.said[-1].partition(": ")[2] in page.replace("&#39;", "'")
    refuse_unclear("review", page)


def test_two_people_stand_for_a_unit(
    unsigned: factories.House, reviewer: Client, second: Client
) -> None:
    assert "Signed: 1. A second reviewer must confirm." in _press(
        reviewer, unsigned, "sign", LADDER
    )
    assert "signed, waits for a second person" in _list(reviewer, kind="ladder").lower()

    assert "Confirmed: 1." in _press(second, unsigned, "confirm", LADDER)

    page = _list(second, status="signed")
    assert "1 found" in page
    assert "Confirmed by Pat Placeholder" in page


def test_several_are_signed_at_once(unsigned: factories.House, reviewer: Client) -> None:
    page = _press(reviewer, unsigned, "sign", LADDER, "england/words", "england/receipt")

    assert "Signed: 3." in page
    assert SignOff.objects.count() == 3


def test_the_one_who_signed_cannot_confirm(unsigned: factories.House, reviewer: Client) -> None:
    _press(reviewer, unsigned, "sign", LADDER)

    page = _press(reviewer, unsigned, "confirm", LADDER)

    assert "Ask a second reviewer: the one who signed cannot confirm" in page


def test_a_review_day_beyond_a_year_is_refused(unsigned: factories.House, reviewer: Client) -> None:
    address = f"/law/england/review/{unsigned.partnership.pk}/sign/?kind=ladder"
    given = REVIEW | {"unit": _value(LADDER), "review_by-year": "2031"}

    page = words(reviewer.post(address, given))

    assert "Enter a review day after today, within a year" in page
    assert 'value="2031"' in page
    assert [box for box in re.findall(r"<input[^>]*>", page) if LADDER in box and "checked" in box]
    assert not SignOff.objects.exists()


def test_nothing_ticked_is_refused(unsigned: factories.House, reviewer: Client) -> None:
    for verb in ("sign", "confirm"):
        assert "Tick at least one" in _press(reviewer, unsigned, verb)


def test_words_that_changed_since_they_were_read_are_refused(
    unsigned: factories.House, reviewer: Client
) -> None:
    page = _press(reviewer, unsigned, "sign", unit=f"{LADDER} {'0' * 64}")

    assert "Read it again" in page


def test_a_signature_is_taken_back_with_a_reason(
    unsigned: factories.House, reviewer: Client
) -> None:
    _press(reviewer, unsigned, "sign", LADDER)
    address = f"/law/sign-offs/{SignOff.objects.get().pk}/withdraw/"

    assert "Say why" in words(reviewer.post(address, {"reason": ""}))
    reviewer.post(address, {"reason": "A rung is missing"})

    page = words(reviewer.get(f"/law/england/review/{LADDER}/"))
    assert "A rung is missing" in page
    assert "Not signed" in page


def test_a_unit_says_what_changed_since_the_version_before(reviewer: Client) -> None:
    page = words(reviewer.get(f"/law/england/review/{_PHASE_2}/"))

    assert "What changed since the version before" in page
    assert '<ins><span class="nhsuk-u-visually-hidden">Added: </span>' in page
    assert "Taken out: " in page
    refuse_unclear(_PHASE_2, page)


def test_a_unit_says_what_changed_since_it_was_signed(
    unsigned: factories.House, reviewer: Client
) -> None:
    _signed_in_other_words(unsigned)

    listed, page = (
        _list(reviewer, status="changed"),
        words(reviewer.get(f"/law/england/review/{LADDER}/")),
    )

    assert "1 found" in listed
    assert "What changed since it was signed" in page
    assert "a rung that was" in re.sub(r"<[^>]+>", "", page)


def _signed_in_other_words(house: factories.House) -> None:
    unit = units_of(Jurisdiction.ENGLAND)[LADDER]
    SignOff.objects.create(
        partnership=house.partnership,
        unit=LADDER,
        digest="2" * 64,
        said=[*unit.said, "steps, 99, says: a rung that was"],
        signed_by=house.reviewer,
        signed_at=NOW - timedelta(days=30),
        confirmed_by=house.second_reviewer,
        confirmed_at=NOW - timedelta(days=29),
        review_by=(NOW + timedelta(days=30)).date(),
    )


def test_a_unit_past_its_review_day_says_so(unsigned: factories.House, reviewer: Client) -> None:
    factories.law_signed(unsigned, at=NOW - timedelta(days=200))

    assert "past its review day" in words(reviewer.get("/law/review/"))
    assert "0 signed and confirmed" in " ".join(_list(reviewer).split())


def test_a_unit_counts_what_rests_on_it(house: factories.House, signed_in: AsPerson) -> None:
    factories.a_draft(house, factories.a_full_case(house))

    page = words(signed_in(house.reviewer).get(f"/law/england/review/{LADDER}/"))
    seen = words(signed_in(house.adviser).get(f"/law/england/review/{LADDER}/"))

    assert "1 letter in 1 open case" in " ".join(page.split())
    assert 'href="/letters/' not in page
    assert f'href="/letters/{Letter.objects.get().pk}/"' in seen


def test_an_old_signature_is_kept_and_counts_for_nothing(
    unsigned: factories.House, reviewer: Client
) -> None:
    SignOff.objects.create(
        partnership=unsigned.partnership,
        unit=WHOLE_NATION,
        digest="1" * 64,
        signed_by=unsigned.reviewer,
        signed_at=NOW,
        review_by=NOW.date(),
    )

    page = _list(reviewer)

    assert "Nothing goes on their strength now" in page
    assert "0 signed and confirmed" in " ".join(page.split())


def test_a_demonstration_signature_says_that_nobody_reviewed(db: None, signed_in: AsPerson) -> None:
    house = factories.a_house(is_demonstration=True)
    factories.law_signed(house)

    page = _list(signed_in(house.adviser), kind="ladder")

    assert "Demonstration signature, nobody reviewed this." in page


def test_a_nation_or_unit_that_is_not_there_is_not_found(
    unsigned: factories.House, reviewer: Client
) -> None:
    for address in ("/law/atlantis/review/", "/law/england/review/england/nothing/"):
        assert reviewer.get(address).status_code == 404


def test_another_partnership_is_not_found(reviewer: Client) -> None:
    other = factories.a_house().partnership.pk

    assert reviewer.get(f"/law/england/review/?partnership={other}").status_code == 404
    assert reviewer.get("/law/england/review/?partnership=x").status_code == 404


def test_a_clinician_reads_but_does_not_sign(house: factories.House, clinician: Client) -> None:
    page = _list(clinician)

    assert "I stand for" not in page
    address = f"/law/england/review/{house.partnership.pk}/sign/"
    assert clinician.post(address, REVIEW).status_code == 403


def test_a_list_is_shown_a_page_at_a_time(reviewer: Client) -> None:
    first, later = _list(reviewer), _list(reviewer, page="2")

    assert len(_ticks(first)) == 25
    assert "page=2" in first
    assert set(_ticks(first)).isdisjoint(_ticks(later))


def _ticks(page: str) -> list[str]:
    return re.findall(r'name="unit"[^>]*value="([^"]+)"', page)


def test_a_list_asks_little_of_the_database(
    house: factories.House,
    signed_in: AsPerson,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in(house.reviewer)

    with django_assert_max_num_queries(12):
        _list(client)


def test_a_draft_says_that_the_law_changed_since(house: factories.House, clinician: Client) -> None:
    letter = factories.a_draft(house, factories.a_full_case(house))
    unit = units_of(Jurisdiction.ENGLAND)[LADDER]
    assert "changed since this was drafted" not in words(clinician.get(f"/letters/{letter.pk}/"))
    Letter.objects.filter(pk=letter.pk).update(units={**letter.units, LADDER: "0" * 64})

    page = words(clinician.get(f"/letters/{letter.pk}/"))

    assert "The law or wording changed since this was drafted" in page
    assert unit.title in page


def test_a_draft_that_outlives_a_version_says_so(house: factories.House, clinician: Client) -> None:
    letter = factories.a_draft(house, factories.a_full_case(house))
    old = {key: value for key, value in letter.units.items() if "@" not in key}
    replaced = "england/law/landlord_and_tenant_act_1985/section_11@1900-01-01"
    Letter.objects.filter(pk=letter.pk).update(units={**old, replaced: "0" * 64})

    page = words(clinician.get(f"/letters/{letter.pk}/"))

    assert "Section 11, section 11 of the Landlord and Tenant Act 1985" in page


def test_an_approved_letter_does_not_say_that_the_law_changed(
    house: factories.House, clinician: Client
) -> None:
    letter = factories.an_approved_letter(house)
    assert issuing.read_letter(letter=letter, by=house.clinician, at=NOW).digest

    assert "changed since" not in words(clinician.get(f"/letters/{letter.pk}/"))


def test_changed_lines_tell_words_apart() -> None:
    before = ("duty: The landlord must act within 10 days", "same: yes", "gone: was here")
    after = ("same: yes", "duty: The landlord must act within 5 days", "new: is here")

    told = [
        [(piece.change.value, piece.words) for piece in line.pieces]
        for line in changed_lines(before, after)
    ]

    assert told == [
        [
            ("same", "duty: The landlord must act within"),
            ("removed", "10"),
            ("added", "5"),
            ("same", "days"),
        ],
        [("added", "new: is here")],
        [("removed", "gone: was here")],
    ]


def test_a_unit_shows_its_worked_cases_as_the_engine_answers_them(reviewer: Client) -> None:
    page = words(reviewer.get(f"/law/england/review/{_SECTION_11}/"))

    assert "Disrepair that is not known leaves it open and is asked about" in page
    assert "Asks about:</strong> disrepair" in page
    assert "The day before it begins it is not the law" in page
    assert "As written" in page
    assert "The engine says otherwise" not in page
    refuse_unclear(_SECTION_11, page)


def test_a_unit_shows_the_cases_of_its_phase_with_their_days(reviewer: Client) -> None:
    page = " ".join(words(reviewer.get(f"/law/england/review/{_PHASE_2}/")).split())

    assert "The second phase covers cold from its first day" in page
    assert "The first phase does not cover cold" not in page
    assert "begun at 10 am on Monday 30 November 2026, ends on 14 December 2026" in page


def test_a_unit_that_is_no_law_has_no_worked_cases(reviewer: Client) -> None:
    assert "Worked cases" not in words(reviewer.get(f"/law/england/review/{LADDER}/"))


def test_a_unit_with_a_failing_case_is_neither_shown_as_right_nor_signed(
    unsigned: factories.House, reviewer: Client, section_11_cases: Path
) -> None:
    text = section_11_cases.read_text(encoding="utf-8")
    section_11_cases.write_text(text.replace("expect: may_apply", "expect: applies", 1))

    page = words(reviewer.get(f"/law/england/review/{_SECTION_11}/"))

    assert "The engine says otherwise" in page
    assert "it may apply, and not: applies" in page
    assert "Have this mended first" in _press(reviewer, unsigned, "sign", LADDER, _SECTION_11)
    assert not SignOff.objects.exists()


def test_a_unit_whose_cases_cannot_be_read_is_not_signed(
    unsigned: factories.House, reviewer: Client, section_11_cases: Path
) -> None:
    section_11_cases.write_text("cases:\n  - named: Nothing\n", encoding="utf-8")

    page = words(reviewer.get(f"/law/england/review/{_SECTION_11}/"))

    assert "england/cases/landlord_and_tenant_act_1985/section_11.yaml:2: unknown key" in page
    assert "Its worked cases cannot be read" in _press(reviewer, unsigned, "sign", _SECTION_11)
    assert not SignOff.objects.exists()


def test_a_case_that_fails_later_keeps_a_unit_from_being_confirmed(
    unsigned: factories.House, reviewer: Client, second: Client, section_11_cases: Path
) -> None:
    good = section_11_cases.read_text(encoding="utf-8")
    section_11_cases.write_text(good.replace("expect: may_apply", "expect: applies", 1))
    _signed_and_waiting(unsigned)

    assert "Have this mended first" in _press(second, unsigned, "confirm", _SECTION_11)
    assert not SignOff.objects.filter(confirmed_at__isnull=False).exists()


def _signed_and_waiting(house: factories.House) -> None:
    unit = units_of(Jurisdiction.ENGLAND)[_SECTION_11]
    SignOff.objects.create(
        partnership=house.partnership,
        unit=unit.id,
        digest=unit.digest,
        said=list(unit.said),
        signed_by=house.reviewer,
        signed_at=NOW,
        review_by=(NOW + timedelta(days=30)).date(),
    )
