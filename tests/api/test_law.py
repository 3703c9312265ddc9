"""The law for programs: anybody's, tagged, and nothing kept of what was asked."""

import logging
from copy import deepcopy

import pytest
import time_machine
from django.test import Client

from letters.issuing.explorer import NOTICE
from letters.issuing.sources import library
from letters.law.jurisdictions import Jurisdiction
from tests.api.programs import NOBODY, Answer, Json

ASKED: Json = {
    "nation": "england",
    "day": "2026-12-01",
    "tenure": "council_tenancy",
    "agreement": "tenancy",
    "landlord_kind": "council",
    "hazards": [
        {
            "hazard": "damp_and_mould",
            "severity": "severe",
            "disrepair": "yes",
            "landlord_controls_cause": "yes",
            "heating_or_hot_water_lost": "no",
        }
    ],
    "occupants": [{"age": 7, "conditions": ["asthma"]}],
    "adjustment_requested": "not_known",
    "started": [{"event": "awareness", "at": "2026-12-01T10:00:00Z"}],
}
_INVESTIGATION = "hazards_in_social_housing_regulations_2025/standard_investigation"

pytestmark = pytest.mark.django_db


def _ask(**changes: Json) -> Answer:
    return NOBODY.post("law/what-applies/", deepcopy(ASKED) | changes)


def test_law_lists_every_provision_today() -> None:
    with time_machine.travel("2026-11-22T10:00:00Z", tick=False):
        answer = NOBODY.get("law/")

    ids = {(each["nation"], each["id"]) for each in answer.body["provisions"]}
    digests = {each["nation"]: each["digest"] for each in answer.body["law"]}
    assert ids == {(p.jurisdiction.value, p.id) for p in library().provisions}
    assert digests["england"] == library().digest_of(Jurisdiction.ENGLAND)
    assert answer.body["day"] == "2026-11-22"
    assert answer.body["notice"] == NOTICE


def test_law_of_a_day_says_what_is_not_in_force() -> None:
    listed = NOBODY.get("law/?nation=england&day=2026-05-01").body["provisions"]

    (gone,) = (each for each in listed if each["id"] == "deregulation_act_2015/section_33")
    assert gone["in_force_from"] is None
    assert gone["duty"] is None
    assert "abolished that day" in gone["not_in_force"]


@pytest.mark.parametrize("query", ["nation=atlantis", "day=tomorrow", "day=2026-02-30"])
def test_law_refuses_a_question_that_is_none(query: str) -> None:
    answer = NOBODY.get(f"law/?{query}")

    assert answer.status == 400
    assert answer.fields == [f"/{query.partition('=')[0]}"]


def test_law_is_tagged_by_its_digest_and_day() -> None:
    first = NOBODY.get("law/?day=2026-05-01")
    again = Client().get(
        "/api/v1/law/?day=2026-05-01", headers={"If-None-Match": first.headers["ETag"]}
    )
    other = NOBODY.get("law/?day=2026-05-02")

    assert again.status_code == 304
    assert again.content == b""
    assert other.headers["ETag"] != first.headers["ETag"]
    assert "public" in first.headers["Cache-Control"]
    assert "Cookie" not in first.headers.get("Vary", "")


def test_provision_tells_every_version() -> None:
    answer = NOBODY.get(f"law/england/{_INVESTIGATION}/")

    versions = answer.body["versions"]
    assert [each["starts_on"] for each in versions] == ["2025-10-27", "2026-11-30"]
    assert versions[0]["applies"]["tenures"]
    assert versions[0]["periods"][0]["length"] == 10
    assert versions[0]["sources"][0].startswith("S04 https://")
    assert answer.body["notice"] == NOTICE


@pytest.mark.parametrize("path", ["law/atlantis/a/b/", "law/england/no_act/section_1/"])
def test_provision_that_is_not_there_is_not_found(path: str) -> None:
    assert NOBODY.get(path).status == 404


def test_what_applies_counts_each_deadline_day_by_day() -> None:
    answer = _ask()

    (found,) = (each for each in answer.body["deadlines"] if each["provision"] == _INVESTIGATION)
    assert answer.status == 200
    assert found["due"]["due_on"] == "2026-12-15"
    assert len(found["due"]["counted"]) == 10
    assert found["due"]["skipped"][0] == {"day": "2026-12-05", "why": "Saturday"}
    assert "day 1 of 10 working days" in found["due"]["explanation"]


def test_what_applies_tells_the_whole_answer() -> None:
    body = _ask().body

    assert _INVESTIGATION in {each["provision"] for each in body["grounds"]}
    assert body["potential_emergencies"][0]["hazard"] == "damp_and_mould"
    assert {each["fact"] for each in body["questions"]} == {"adjustment_requested"}
    assert all(each["reason"] for each in body["left_out"])
    assert body["law_digest"] == library().digest_of(Jurisdiction.ENGLAND)


def test_what_applies_leaves_out_what_was_not_begun() -> None:
    body = _ask(started=[]).body

    assert all(each["due"] is None and each["waits_for"] for each in body["deadlines"])


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"landlord_kind": "private_landlord"}, "/landlord_kind", "document_refused"),
        ({"tenure": "housing_executive_tenancy"}, "/tenure", "document_refused"),
        ({"hazards": ASKED["hazards"] * 2}, "/hazards/1/hazard", "document_refused"),
        ({"hazards": []}, "/hazards", "min_length"),
        ({"tenure": "castle"}, "/tenure", "invalid_choice"),
        ({"day": "9999-99-99"}, "/day", "invalid"),
        (
            {"started": [{"event": "awareness", "at": "2026-12-01T10:00:00"}]},
            "/started/0/at",
            "invalid",
        ),
        (
            {"started": [{"event": "awareness", "at": "2099-12-01T10:00:00Z"}]},
            "/started/awareness",
            "document_refused",
        ),
    ],
)
def test_what_applies_points_to_what_is_wrong(changes: Json, field: str, code: str) -> None:
    answer = _ask(**changes)

    assert answer.status == 400
    assert answer.fields == [field]
    assert answer.code == code


def test_what_applies_refuses_a_nation_without_law() -> None:
    without = set(Jurisdiction) - set(library().digests)

    for nation in without:
        assert _ask(nation=nation.value).fields == ["/nation"]


def test_what_applies_is_kept_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = _ask()
        _ask(landlord_kind="private_landlord")

    assert "no-store" in answer.headers["Cache-Control"]
    assert not [each for each in caplog.records if "asthma" in str(vars(each))]
