"""Who may ask for what: tokens, scopes, people who are signed in, and other teams."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from oauth2_provider.models import get_access_token_model
from time_machine import Traveller

from letters.access.models import User
from letters.api import urls
from letters.api.authentication import scopes_of
from tests import factories, servers
from tests.api.programs import (
    NOBODY,
    SCOPES,
    Program,
    a_program,
    ask_for_token,
    draft,
    example,
    open_case,
    register,
    send,
)
from tests.sign_in import browser_of

pytestmark = pytest.mark.django_db

PUBLIC = {"schema", "case_schema", "token", "nothing_here"} | {"law", "provision", "what_applies"}
_SOMEWHERE = "00000000-0000-4000-8000-000000000000"
_PROTECTED = ["cases/", f"cases/{_SOMEWHERE}/", f"letters/{_SOMEWHERE}/", "deadlines/", "summary/"]


@pytest.mark.parametrize("path", _PROTECTED)
def test_nobody_is_told_anything(path: str) -> None:
    answer = NOBODY.get(path)

    assert (answer.status, answer.code) == (401, "not_authenticated")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="api"'


def _scopes() -> dict[str, dict[str, str]]:
    """By the name of the address."""
    return {str(each.name): scopes_of(vars(each.callback)["cls"]) for each in urls.urlpatterns}


def test_every_address_names_its_scopes_or_is_public() -> None:
    assert {name for name, scopes in _scopes().items() if not scopes} == PUBLIC


def test_every_scope_that_a_view_names_can_be_asked_for() -> None:
    named = {scope for scopes in _scopes().values() for scope in scopes.values()}

    assert named == set(SCOPES)


def test_a_token_opens_what_its_scopes_say(
    house: factories.House, program_of: Callable[[User, str], Program]
) -> None:
    reader = program_of(house.clinician, "cases:read")

    read, written = reader.get("cases/"), reader.post("cases/", example())

    assert read.status == 200
    assert (written.status, written.code) == (403, "scope_missing")
    assert "cases:write" in written.body["errors"][0]["message"]


@pytest.mark.parametrize("scopes", ["", "cases:read everything"])
def test_a_token_needs_scopes_that_there_are(house: factories.House, scopes: str) -> None:
    response = ask_for_token(register(house.clinician), scopes)

    assert response.status_code == 400
    assert json.loads(response.content)["error"] == "invalid_scope"


def test_a_wrong_secret_is_refused(house: factories.House) -> None:
    response = ask_for_token(register(house.clinician), "cases:read", secret="another")  # noqa: S106

    body = json.loads(response.content)
    assert response.status_code == 401
    assert body["error"] == body["errors"][0]["code"] == "invalid_client"


def test_a_token_runs_out(clinic: Program, noon: Traveller) -> None:
    noon.shift(timedelta(minutes=15, seconds=1))

    answer = clinic.get("cases/")

    assert (answer.status, answer.code) == (401, "token_refused")


def test_a_token_in_the_address_opens_nothing(clinic: Program) -> None:
    assert NOBODY.get(f"cases/?access_token={clinic.token}").status == 401


def test_a_query_that_is_none_opens_nothing(clinic: Program) -> None:
    assert clinic.get("cases/?%zz").status == 401


def test_a_person_who_has_left_is_refused(house: factories.House, clinic: Program) -> None:
    house.clinician.is_active = False
    house.clinician.save()

    assert clinic.get("cases/").code == "token_refused"


def test_a_token_is_not_kept_as_it_is(clinic: Program) -> None:
    kept = get_access_token_model().objects.values_list("token", flat=True)

    assert clinic.token not in kept


def test_a_person_signed_in_needs_no_token(house: factories.House) -> None:
    browser = browser_of(house.clinician)

    assert browser.get("/api/v1/cases/").status_code == 200


def test_a_page_elsewhere_cannot_post_for_a_person(house: factories.House) -> None:
    browser = browser_of(house.clinician)
    browser.handler.enforce_csrf_checks = True

    response = browser.post("/api/v1/cases/", "{}", content_type="application/json")

    assert response.status_code == 403
    assert response.json()["errors"][0]["code"] == "permission_denied"


def test_another_partnership_s_rows_are_not_there(clinic: Program) -> None:
    case = open_case(clinic, example())
    letter = draft(clinic, case)
    stranger = a_program(factories.a_house().clinician)

    answers = [
        stranger.get(f"cases/{case}/"),
        stranger.get(f"letters/{letter}/"),
        stranger.get(f"letters/{letter}/trace/"),
        stranger.post(f"letters/{letter}/approve/", {"seen": "0" * 64}),
        stranger.post(f"cases/{case}/consent/withdraw/", {"reason": ""}),
    ]

    assert {(answer.status, answer.code) for answer in answers} == {(404, "not_found")}
    assert stranger.get("cases/").body["results"] == []


def test_a_colleague_in_another_team_sees_nothing(house: factories.House, clinic: Program) -> None:
    case = open_case(clinic, example())

    assert a_program(house.reviewer).get(f"cases/{case}/").status == 404


def test_an_evaluator_reads_the_summary_and_no_case(clinic: Program, evaluation: Program) -> None:
    case = open_case(clinic, example())
    letter = draft(clinic, case)

    read = {
        path: evaluation.get(path).status
        for path in ("summary/", f"cases/{case}/", f"letters/{letter}/", f"letters/{letter}/trace/")
    }

    assert read.pop("summary/") == 200
    assert set(read.values()) == {404}
    assert evaluation.get("cases/").body["results"] == evaluation.get("deadlines/").body == []


def test_an_evaluator_opens_no_case(evaluation: Program) -> None:
    answer = evaluation.post("cases/", example())

    assert (answer.status, answer.code) == (400, "team_not_clear")


def test_a_legal_reviewer_reads_no_summary(house: factories.House) -> None:
    answer = a_program(house.reviewer).get("summary/")

    assert (answer.status, answer.code) == (403, "not_allowed")


def test_an_adviser_needs_the_patient_s_consent(clinic: Program, agency: Program) -> None:
    document = example()
    grants = document["consent"]["grants"]
    document["consent"]["grants"] = [each for each in grants if each["recipient"] != "adviser"]

    case = open_case(clinic, document)

    assert clinic.get(f"cases/{case}/").status == 200
    assert agency.get(f"cases/{case}/").status == 404


def test_only_an_adviser_changes_deadlines(
    clinic: Program, agency: Program, mail_server: servers.MailServer
) -> None:
    send(clinic, draft(clinic, open_case(clinic, example())))
    deadline = agency.get("deadlines/").body[0]["id"]

    answer = clinic.post(f"deadlines/{deadline}/close/", {"reason": "mended"})

    assert (answer.status, answer.code) == (403, "not_allowed")
