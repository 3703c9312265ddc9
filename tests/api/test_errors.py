"""Every refusal has one body, one status and one code, and repeats nothing about a patient."""

import json
import logging
from collections.abc import Iterator

import pytest
from django.test import Client
from rest_framework.test import APIRequestFactory

from hjp_letters.logging import JsonFormatter
from letters.access.errors import AccessError
from letters.api.errors import code_of, handle, status_of
from letters.cases.errors import CaseError, ConsentMissing, OpenCaseExists
from letters.delivery.errors import DeliveryError
from letters.drafting.errors import DraftingError
from letters.issuing.errors import IssuingError
from letters.law.errors import LawError
from letters.outcomes.errors import OutcomeError
from letters.tracking.errors import TrackingError
from tests.api.programs import NOBODY, Json, Program, changed, draft, example, open_case

_BASES = (AccessError, CaseError, DeliveryError, DraftingError, IssuingError, LawError)
_SENTINEL = "Zebedee Quillfeather"


def _kinds(*bases: type[Exception]) -> Iterator[type[Exception]]:
    for base in bases:
        yield base
        yield from _kinds(*base.__subclasses__())


@pytest.mark.parametrize("kind", list(_kinds(*_BASES, OutcomeError, TrackingError)))
def test_every_refusal_has_a_status(kind: type[Exception]) -> None:
    assert status_of(kind) in {400, 403, 409, 422, 500}


def test_a_code_is_the_name_of_the_refusal() -> None:
    assert code_of(ConsentMissing) == "consent_missing"
    assert code_of(OpenCaseExists) == "open_case_exists"


def test_what_nobody_foresaw_is_told_without_its_message(caplog: pytest.LogCaptureFixture) -> None:
    context = {"request": APIRequestFactory().get("/"), "view": None}

    answer = handle(RuntimeError(_SENTINEL), context)

    assert (answer.status_code, json.loads(answer.content)["errors"][0]["code"]) == (
        500,
        "server_error",
    )
    assert _SENTINEL not in answer.content.decode()
    assert _SENTINEL not in _written(caplog)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status", "code"),
    [("nowhere/", 404, "not_found"), ("cases/not-an-id/", 404, "not_found"), ("cases", 404, "")],
)
def test_an_address_that_is_none_has_the_one_body(path: str, status: int, code: str) -> None:
    answer = NOBODY.get(path)

    assert (answer.status, answer.code) == (status, code or "not_found")


@pytest.mark.django_db
def test_a_method_that_is_none_is_refused(clinic: Program) -> None:
    response = Client().delete(
        "/api/v1/cases/", headers={"Authorization": f"Bearer {clinic.token}"}
    )

    assert response.status_code == 405
    assert response.json()["errors"][0]["code"] == "method_not_allowed"
    assert set(response["Allow"].split(", ")) >= {"GET", "POST"}


@pytest.mark.django_db
def test_another_kind_of_body_is_refused(clinic: Program) -> None:
    response = Client().post(
        "/api/v1/cases/", {"a": "b"}, headers={"Authorization": f"Bearer {clinic.token}"}
    )

    assert response.status_code == 415
    assert response.json()["errors"][0]["message"] == "Send application/json"


@pytest.mark.django_db
def test_every_fault_of_a_body_is_pointed_at(clinic: Program) -> None:
    case = open_case(clinic, example())

    answer = clinic.post(f"cases/{case}/health-changes/", {"change": "cured", "admissions": -1})

    assert answer.status == 400
    assert set(answer.fields) == {
        *("/observed_on", "/change", "/respondent", "/steroid_courses", "/admissions"),
    }


def _texts(document: Json, pointer: str = "") -> Iterator[str]:
    """Where a text may stand in the document."""
    pairs = document.items() if isinstance(document, dict) else enumerate(document)
    for name, inner in pairs:
        if isinstance(inner, dict | list):
            yield from _texts(inner, f"{pointer}/{name}")
        elif isinstance(inner, str):
            yield f"{pointer}/{name}"


@pytest.mark.django_db
def test_no_error_repeats_what_was_sent(clinic: Program, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    wrong = changed(example(), "/jurisdiction", "nowhere")  # an error in any case

    answers = [
        clinic.post("cases/", changed(wrong, pointer, _SENTINEL)) for pointer in _texts(wrong)
    ]

    assert len(answers) > 50
    assert {answer.status for answer in answers} == {400}
    assert _SENTINEL not in json.dumps([answer.body for answer in answers])
    assert _SENTINEL not in _written(caplog)


@pytest.mark.django_db
def test_no_later_error_repeats_it_either(
    clinic: Program, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    case = open_case(clinic, changed(example(), "/patient/name", _SENTINEL))
    letter = draft(clinic, case, f"{_SENTINEL} has not slept.")

    answers = [
        clinic.post("cases/", changed(example(), "/patient/name", _SENTINEL)),
        clinic.post("cases/", example()),
        clinic.post(f"cases/{case}/letters/", {"stage": _SENTINEL, "narrative": _SENTINEL}),
        clinic.post(f"letters/{letter}/approve/", {"seen": _SENTINEL}),
        clinic.post(f"letters/{letter}/dispatches/", {"channel": _SENTINEL}),
        clinic.post(f"cases/{case}/consent/withdraw/", {"reason": _SENTINEL * 40}),
        clinic.post(f"cases/{case}/health-changes/", {"observed_on": _SENTINEL}),
    ]

    assert all(answer.status >= 400 for answer in answers)
    assert _SENTINEL not in json.dumps([answer.body for answer in answers])
    assert _SENTINEL not in _written(caplog)


def _written(caplog: pytest.LogCaptureFixture) -> str:
    """The lines as the service writes them."""
    return "\n".join(JsonFormatter().format(record) for record in caplog.records)
