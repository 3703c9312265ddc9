"""The link to a letter, for the program of those who sent it."""

import pytest

from tests import factories
from tests.api.programs import Program, a_program, approve, draft, example, open_case


@pytest.fixture
def dispatch(clinic: Program) -> str:
    letter = draft(clinic, open_case(clinic, example()))
    approve(clinic, letter)
    return str(clinic.post(f"letters/{letter}/dispatches/", {"channel": "email"}).body["id"])


def test_a_link_is_made_read_and_ended(clinic: Program, dispatch: str) -> None:
    made = [clinic.post(f"dispatches/{dispatch}/link/renew/", {}, key="new") for _ in "12"]
    there = clinic.get(f"dispatches/{dispatch}/link/").body
    clinic.post(f"dispatches/{dispatch}/link/end/", {})
    gone = clinic.get(f"dispatches/{dispatch}/link/").body

    assert [answer.body["number"] for answer in made] == [1, 1]
    assert there["url"].startswith("http://testserver/letter/")
    assert (there["shut"], there["visits"]) == (None, [])
    assert gone == {"url": None, "expires_at": None, "shut": None, "visits": []}


def test_another_team_does_not_find_it(dispatch: str) -> None:
    stranger = a_program(factories.a_house().clinician)

    assert stranger.get(f"dispatches/{dispatch}/link/").status == 404
    assert stranger.post(f"dispatches/{dispatch}/link/renew/", {}).status == 404
    assert stranger.post(f"dispatches/{dispatch}/link/end/", {}).status == 404
