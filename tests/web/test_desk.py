"""The adviser's desk: whose case it is, cover for leave, lists of one's own, several at once."""

import html
import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client

from letters.access import actions as access
from letters.access.errors import NotAllowed
from letters.access.models import User
from letters.access.roles import Role
from letters.audit.models import AuditEvent
from letters.cases import actions as cases
from letters.cases.models import Case
from letters.cases.questions import actions as questions
from letters.cases.questions.models import Side
from letters.desk import actions as desk
from letters.desk.errors import NotColleagues, NotInTheTeam
from letters.desk.models import Assignment, Cover, KeptList
from letters.desk.several import Wanted, do_with_each
from letters.issuing.models import Letter
from letters.tracking import actions as tracking
from letters.tracking.models import Commitment, Deadline, Escalation
from tests import factories
from tests.factories import NOW
from tests.web.conftest import AsPerson, posted, words

TODAY = NOW.date()
DAY = timedelta(days=1)


@pytest.fixture
def case(house: factories.House) -> Case:
    """Its letter was posted twelve days ago, and nothing came of it."""
    case = posted(house, at=NOW - 12 * DAY).letter.case
    tracking.mark_missed(at=NOW)
    return case


@pytest.fixture
def colleague(house: factories.House) -> User:
    return factories.a_member(house.agency, Role.ADVISER, "Jo Sampleton")


def said(response: Any) -> str:
    return html.unescape(words(response))


def assign(house: factories.House, case: Case, person: User) -> Assignment:
    return desk.assign_case(case=case, person=person, by=house.adviser, at=NOW)


def cover(
    house: factories.House, person: User, covered_by: User, *, first: date = TODAY, days: int = 5
) -> Cover:
    return desk.arrange_cover(
        person=person,
        covered_by=covered_by,
        first_day=first,
        last_day=first + days * DAY,
        by=house.adviser,
        at=NOW,
    )


def listed(client: Client, **chosen: str) -> str:
    """The worklist, its form for choosing apart."""
    page = said(client.get("/worklist/", chosen))
    return re.sub(r"<details.*?</details>", "", page, count=1, flags=re.DOTALL)


def test_a_case_is_given_to_an_adviser(
    adviser: Client, clinician: Client, case: Case, colleague: User
) -> None:
    adviser.post(f"/cases/{case.pk}/adviser/", {"person": str(colleague.pk)})

    assert colleague.name in said(clinician.get(f"/cases/{case.pk}/"))
    assert f"With {colleague.name}" in listed(adviser)
    assert AuditEvent.objects.get(verb="assign_case").details["person"] == str(colleague.pk)


def test_what_is_ones_own_says_so(house: factories.House, adviser: Client, case: Case) -> None:
    assert "Yours" not in listed(adviser)

    assign(house, case, house.adviser)

    assert "Yours" in listed(adviser)


def test_a_case_has_one_adviser_at_a_time(
    house: factories.House, case: Case, colleague: User
) -> None:
    for person in (house.adviser, house.adviser, colleague):
        assign(house, case, person)

    assert list(Assignment.objects.filter(ended_at=None).values_list("person", flat=True)) == [
        colleague.pk
    ]
    assert Assignment.objects.count() == 2


def test_a_case_can_be_nobodys_again(house: factories.House, adviser: Client, case: Case) -> None:
    assign(house, case, house.adviser)

    for _ in range(2):
        adviser.post(f"/cases/{case.pk}/adviser/", {"person": "nobody"})

    assert "Yours" not in listed(adviser)
    assert AuditEvent.objects.filter(verb="release_case").count() == 1


def test_nobody_gets_a_case_that_they_could_not_see(
    house: factories.House, adviser: Client, case: Case
) -> None:
    stranger = factories.a_house().adviser

    page = adviser.post(f"/cases/{case.pk}/adviser/", {"person": str(stranger.pk)})

    assert "Choose who works on this case" in said(page)
    with pytest.raises(NotInTheTeam):
        assign(house, case, stranger)


def test_a_clinician_gives_no_case_away(
    house: factories.House, clinician: Client, case: Case
) -> None:
    sent = {"person": str(house.adviser.pk)}

    assert clinician.post(f"/cases/{case.pk}/adviser/", sent).status_code == 403
    assert clinician.get(f"/cases/{case.pk}/adviser/").status_code == 403
    assert f"/cases/{case.pk}/adviser/" not in said(clinician.get(f"/cases/{case.pk}/"))


def test_a_closed_case_is_given_to_nobody(
    house: factories.House, adviser: Client, case: Case
) -> None:
    cases.close_case(case=case, by=house.clinician, at=NOW)

    page = adviser.post(f"/cases/{case.pk}/adviser/", {"person": str(house.adviser.pk)})

    assert "this one is closed" in said(page)


def test_the_case_of_somebody_who_left_is_nobodys_and_given_anew(
    house: factories.House, adviser: Client, case: Case, colleague: User
) -> None:
    assign(house, case, colleague)

    colleague.membership_set.all().delete()

    assert case.reference in listed(adviser, whose="nobody")
    assert colleague.name not in listed(adviser)
    assign(house, case, house.adviser)
    assert "Yours" in listed(adviser)


def test_whoever_covers_finds_the_cases_and_reads_whose_they_are(
    house: factories.House, adviser: Client, case: Case, colleague: User
) -> None:
    assign(house, case, colleague)
    assert case.reference not in listed(adviser, whose="mine")

    cover(house, colleague, house.adviser)

    page = listed(adviser, whose="mine")
    assert case.reference in page
    assert f"Covering for {colleague.name}" in page
    assert f"You cover for {colleague.name}" in page


@pytest.mark.parametrize("days", [-1, 0, 5, 6])
def test_cover_counts_from_its_first_day_to_its_last(
    house: factories.House,
    case: Case,
    colleague: User,
    signed_in: AsPerson,
    days: int,
) -> None:
    assign(house, case, colleague)
    cover(house, colleague, house.adviser)

    with time_machine.travel(NOW + days * DAY, tick=False):
        page = listed(signed_in(house.adviser))

    assert (f"Covering for {colleague.name}" in page) == (0 <= days <= 5)


def test_cover_opens_no_case_to_anybody(
    house: factories.House, case: Case, colleague: User, signed_in: AsPerson
) -> None:
    theirs = _a_case_elsewhere(colleague)
    assign(house, case, colleague)

    cover(house, colleague, house.adviser)

    page = listed(signed_in(house.adviser), whose="mine")
    assert case.reference in page
    assert theirs.reference not in page
    assert signed_in(house.adviser).get(f"/cases/{theirs.pk}/").status_code == 404


def _a_case_elsewhere(colleague: User) -> Case:
    """One that the colleague has in another partnership, and nobody has beside it."""
    elsewhere = _signed(factories.a_house())
    access.add_member(team=elsewhere.agency, user=colleague, role=Role.ADVISER, by=None)
    posted(elsewhere, at=NOW)
    theirs = posted(elsewhere, at=NOW).letter.case
    desk.assign_case(case=theirs, person=colleague, by=elsewhere.adviser, at=NOW)
    return theirs


def _signed(house: factories.House) -> factories.House:
    factories.law_signed(house)
    return house


def test_cover_ends_with_the_common_team(
    house: factories.House, adviser: Client, case: Case, colleague: User
) -> None:
    assign(house, case, colleague)
    cover(house, colleague, house.adviser)

    colleague.membership_set.all().delete()

    assert "Covering for" not in listed(adviser)


def test_only_colleagues_of_one_team_cover_for_each_other(house: factories.House) -> None:
    other = factories.a_house()
    theirs = factories.a_member(other.agency, Role.ADVISER, "Lee Sampleton")

    for person, covered_by in (
        (house.adviser, other.adviser),
        (other.adviser, house.adviser),
        (other.adviser, theirs),
        (house.adviser, house.adviser),
        (house.clinician, house.adviser),
    ):
        with pytest.raises(NotColleagues):
            cover(house, person, covered_by)
    assert not Cover.objects.exists()


def arrange(client: Client, person: User, covered_by: User, last: date) -> Any:
    sent = {"person": str(person.pk), "covered_by": str(covered_by.pk)}
    for name, day in (("first_day", TODAY), ("last_day", last)):
        sent |= {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    return client.post("/worklist/cover/", sent, follow=True)


def test_cover_is_arranged_and_ended_on_its_pages(
    house: factories.House, adviser: Client, colleague: User
) -> None:
    for _ in range(2):
        page = said(arrange(adviser, colleague, house.adviser, TODAY + DAY))

    assert f"{house.adviser.name} covers" in page
    row = Cover.objects.get()
    for _ in range(2):
        page = said(adviser.post(f"/covers/{row.pk}/end/", follow=True))
    assert f"{house.adviser.name} covers" not in page
    assert AuditEvent.objects.filter(verb="end_cover").count() == 1


def test_nobody_is_covered_twice_on_a_day(
    house: factories.House, adviser: Client, colleague: User
) -> None:
    third = factories.a_member(house.agency, Role.ADVISER, "Lee Sampleton")
    cover(house, colleague, house.adviser, first=TODAY + DAY)

    assert "it overlaps with these" in said(arrange(adviser, colleague, third, TODAY + DAY))


def test_cover_does_not_end_before_it_begins(
    house: factories.House, adviser: Client, colleague: User
) -> None:
    page = arrange(adviser, colleague, house.adviser, TODAY - DAY)

    assert "Enter a last day that is not before the first" in said(page)


def test_somebody_elses_cover_is_not_found(
    house: factories.House, colleague: User, signed_in: AsPerson
) -> None:
    row = cover(house, colleague, house.adviser)
    stranger = signed_in(factories.a_house().adviser)

    assert stranger.post(f"/covers/{row.pk}/end/").status_code == 404
    assert colleague.name not in said(stranger.get("/worklist/people/"))


def test_who_has_what_is_counted(
    house: factories.House, adviser: Client, case: Case, colleague: User
) -> None:
    late = posted(house, at=NOW - 5 * DAY).letter.case
    posted(house, at=NOW)
    for each in (case, late):
        assign(house, each, colleague)
    _a_case_elsewhere(colleague)

    rows = _rows(said(adviser.get("/worklist/people/")))

    assert rows[colleague.name] == ["2", "1", "3"]
    assert rows[house.adviser.name] == ["0", "0", "0"]
    assert rows["Nobody in particular"] == ["1", "0", "0"]


def _rows(page: str) -> dict[str, list[str]]:
    """By name: the numbers beside it."""
    found = {}
    for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL)[1:]:
        cells = re.findall(r"<div>(.*?)</div>", row, re.DOTALL)
        told = [re.sub("<.*?>", "", each).strip() for each in cells]
        found[told[0]] = told[1:4]
    return found


def test_the_worklist_is_chosen_by_person(
    house: factories.House, adviser: Client, case: Case, colleague: User
) -> None:
    assign(house, case, colleague)

    assert case.reference in listed(adviser, whose=str(colleague.pk))
    assert case.reference not in listed(adviser, whose=str(house.adviser.pk))
    assert case.reference not in listed(adviser, whose="nobody")


@pytest.mark.parametrize(
    "chosen",
    [
        {"nation": "england", "hazard": "damp_and_mould", "stage": "first_letter"},
        {"what": "next"},
        {"what": "no such part"},  # everything is shown
    ],
)
def test_what_was_chosen_is_shown(adviser: Client, case: Case, chosen: dict[str, str]) -> None:
    assert case.reference in listed(adviser, **chosen)


@pytest.mark.parametrize(
    "chosen",
    [{"nation": "wales"}, {"hazard": "excess_cold"}, {"stage": "ombudsman"}, {"what": "held"}],
)
def test_what_was_not_chosen_is_not(adviser: Client, case: Case, chosen: dict[str, str]) -> None:
    assert case.reference not in listed(adviser, **chosen)


def test_a_choice_of_letters_leaves_out_what_is_about_none(
    house: factories.House, adviser: Client, case: Case
) -> None:
    questions.ask_question(
        question_id=uuid4(),
        case=case,
        asked_of=Side.ADVICE,
        words="Who rang?",
        by=house.clinician,
        at=NOW,
    )

    assert "Who rang?" in listed(adviser, hazard="damp_and_mould")
    assert "Who rang?" not in listed(adviser, stage="first_letter")


def test_the_worklist_is_chosen_by_the_days_that_are_left(
    house: factories.House, adviser: Client
) -> None:
    posted(house, at=NOW)

    assert 'id="later"' in listed(adviser, what="deadlines", within="30")
    assert 'id="later"' not in listed(adviser, what="deadlines", within="1")


def test_held_letters_are_chosen_as_well(house: factories.House, adviser: Client) -> None:
    held = factories.a_full_case(house)
    factories.safety(house, held, yes=("eviction_or_reprisal",))
    factories.a_draft(house, held)

    assert 'id="held"' in listed(adviser, hazard="damp_and_mould")
    assert 'id="held"' not in listed(adviser, hazard="excess_cold")
    assert 'id="held"' not in listed(adviser, stage="complaint")
    assert 'id="held"' not in listed(adviser, what="next")


def test_choosing_shows_nobody_elses_cases(adviser: Client, case: Case) -> None:
    theirs = posted(_signed(factories.a_house()), at=NOW).letter.case

    assert theirs.reference not in listed(adviser, whose="nobody", nation="england")


def keep(client: Client, name: str, **chosen: str) -> Any:
    return client.post("/worklist/lists/keep/", {"name": name} | chosen, follow=True)


def test_a_list_is_kept_under_a_name(house: factories.House, adviser: Client, case: Case) -> None:
    page = said(keep(adviser, "  Damp ", hazard="damp_and_mould", nation=""))

    assert 'href="/worklist/?hazard=damp_and_mould">Damp</a>' in page
    assert KeptList.objects.get().owner == house.adviser


def test_a_list_of_the_same_name_takes_its_place(adviser: Client) -> None:
    keep(adviser, "Damp", hazard="damp_and_mould")
    keep(adviser, "damp", hazard="excess_cold")

    assert KeptList.objects.get().chosen == {"hazard": "excess_cold"}


def test_a_list_needs_a_name(adviser: Client) -> None:
    page = said(keep(adviser, " ", hazard="excess_cold"))

    assert "Enter a name for this list" in page
    assert '<input type="hidden" name="hazard" value="excess_cold">' in page


def test_no_more_lists_than_anybody_looks_through(adviser: Client) -> None:
    for number in range(desk.MOST_LISTS + 1):
        page = said(keep(adviser, f"List {number}"))

    assert "Remove a list first" in page
    assert KeptList.objects.count() == desk.MOST_LISTS


def test_a_list_is_removed_and_is_its_owners(
    adviser: Client, colleague: User, signed_in: AsPerson
) -> None:
    keep(adviser, "Damp", hazard="damp_and_mould")
    address = f"/worklist/lists/{KeptList.objects.get().pk}/remove/"

    assert signed_in(colleague).post(address).status_code == 404
    assert "Damp</a>" not in said(signed_in(colleague).get("/worklist/"))
    adviser.post(address)
    assert not KeptList.objects.exists()


def test_the_name_of_a_list_is_not_readable_in_the_database(adviser: Client) -> None:
    keep(adviser, "Those of the corner house")

    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM letters_keptlist")
        assert "corner" not in cursor.fetchone()[0]


def test_whoever_covers_reads_what_was_answered_meanwhile(
    house: factories.House, adviser: Client, case: Case, colleague: User, signed_in: AsPerson
) -> None:
    asked = questions.ask_question(
        question_id=uuid4(),
        case=case,
        asked_of=Side.CLINIC,
        words="Is she better?",
        by=colleague,
        at=NOW,
    )
    questions.answer_question(
        answer_id=uuid4(), question=asked, words="A little.", by=house.clinician, at=NOW
    )
    assert "Is she better?" not in listed(adviser)

    cover(house, colleague, house.adviser)

    assert "Is she better?" in listed(adviser)
    assert f"Asked by {colleague.name}" in listed(adviser)
    assert "I have read the answer" not in said(adviser.get(f"/questions/{asked.pk}/"))
    assert "Is she better?" in listed(signed_in(colleague))


def several(client: Client, wanted: str, *things: str, **given: str) -> str:
    sent = {"wanted": wanted, "things": list(things)} | given
    return said(client.post("/worklist/several/", sent, follow=True))


def a_step() -> str:
    return f"step:{Escalation.objects.latest('made_at').pk}"


def test_several_things_are_dealt_with_at_once(
    house: factories.House, adviser: Client, case: Case
) -> None:
    promise = factories.a_promise(house, case, day=TODAY - DAY)
    tracking.mark_promises_missed(at=NOW)

    page = several(adviser, "settle", a_step(), f"promise:{promise.pk}")

    assert "Could not be done" not in page
    assert page.count(f'href="/cases/{case.pk}/"') == 2
    assert Escalation.objects.get().settled_at == NOW
    assert Commitment.objects.get().settled_at == NOW


def test_each_thing_keeps_its_own_rules(
    house: factories.House, adviser: Client, case: Case
) -> None:
    running = posted(house, at=NOW).letter
    deadline = Deadline.objects.filter(letter=running)[0]

    page = several(adviser, "settle", f"deadline:{deadline.pk}", a_step())

    refused, done = page.split("Could not be done")[1].split(">Done<")
    assert "with its own reason" in refused
    assert running.case.reference in refused
    assert case.reference in done
    deadline.refresh_from_db()
    assert deadline.ended_at is None


def test_the_same_again_is_said_and_changes_nothing(adviser: Client, case: Case) -> None:
    thing = a_step()
    several(adviser, "settle", thing)

    page = several(adviser, "settle", thing)

    assert "this does not stand there any more" in page
    assert AuditEvent.objects.filter(verb="settle_escalation").count() == 1


def test_the_next_letter_of_each_is_drafted_once(adviser: Client, case: Case) -> None:
    Escalation.objects.update(next_letter=None)
    Letter.objects.filter(case=case, stage="missed_deadline").delete()

    for _ in range(2):
        page = several(adviser, "draft", a_step())

    assert "Could not be done" not in page
    assert Letter.objects.filter(case=case, stage="missed_deadline").count() == 1
    assert Escalation.objects.get().next_letter is not None


def test_a_letter_that_may_not_be_drafted_says_why(
    house: factories.House, adviser: Client, case: Case
) -> None:
    Escalation.objects.update(step="speak_to_the_mp")

    assert "Take this step yourself: it is not a letter" in several(adviser, "draft", a_step())


def test_cases_are_given_to_a_colleague_at_once(
    adviser: Client, case: Case, colleague: User
) -> None:
    for _ in range(2):
        page = several(adviser, "assign", a_step(), person=str(colleague.pk))

    assert "Could not be done" not in page
    assert Assignment.objects.get().person == colleague


@pytest.mark.parametrize(
    ("wanted", "things", "says"),
    [
        ("settle", (), "Tick at least one thing in the list"),
        ("settle", ("nonsense",), "Tick at least one thing in the list"),
        ("", (f"step:{uuid4()}",), "Choose what to do with what is ticked"),
        ("assign", (f"step:{uuid4()}",), "Choose who gets the cases"),
    ],
)
def test_what_is_missing_is_asked_for(
    adviser: Client, case: Case, wanted: str, things: tuple[str, ...], says: str
) -> None:
    assert says in several(adviser, wanted, *things)


def test_what_was_ticked_stays_ticked_when_something_is_missing(
    adviser: Client, case: Case
) -> None:
    page = several(adviser, "", a_step())

    assert re.search(rf'value="{a_step()}"\s+checked', page)


def test_somebody_elses_things_are_not_touched(case: Case, signed_in: AsPerson) -> None:
    stranger = signed_in(factories.a_house().adviser)

    page = several(stranger, "settle", a_step())

    assert "this does not stand there any more" in page
    assert case.reference not in page
    assert Escalation.objects.get().settled_at is None


def test_several_at_once_are_not_the_clinicians(
    house: factories.House, clinician: Client, case: Case
) -> None:
    several(clinician, "settle", a_step())

    with pytest.raises(NotAllowed):
        do_with_each([], wanted=Wanted.SETTLE, person=None, by=house.clinician, at=NOW)
    assert Escalation.objects.get().settled_at is None
    assert 'id="several"' not in said(clinician.get("/worklist/"))
