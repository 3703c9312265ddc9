"""The whole line by program: a case document in, what came of it out."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from time_machine import Traveller

from letters.audit.models import AuditEvent
from letters.console import compose
from letters.drafting.content import LetterContent, Mark
from letters.drafting.frozen import content_from_json, to_json
from letters.issuing.models import Letter
from letters.rendering import text
from tests import factories, servers
from tests.api.programs import (
    Json,
    Program,
    a_program,
    approve,
    draft,
    example,
    open_case,
    send,
    written_by,
)
from worker import tasks

pytestmark = pytest.mark.django_db

INSPECTED = {"kind": "inspected", "received_at": "2026-11-25T09:30:00Z", "summary": "Came."}
MENDED = {
    "claimed_by": "adviser",
    "extent": "full",
    "completed_on": "2026-11-26",
    "cause_addressed": "yes",
    "verification": "visit",
    "description": "The wall is dry.",
}
BETTER = {
    "observed_on": "2026-11-26",
    "change": "better",
    "respondent": "parent",
    "steroid_courses": 0,
    "admissions": None,
}


def test_a_case_goes_the_whole_line(
    house: factories.House, clinic: Program, mail_server: servers.MailServer, noon: Traveller
) -> None:
    case = open_case(clinic, example())
    letter = draft(clinic, case)
    trace = clinic.get(f"letters/{letter}/trace/").body["trace"]
    dispatch = send(clinic, letter)
    noon.shift(timedelta(days=2))
    adviser = a_program(house.adviser)  # a token lasts a quarter of an hour
    due = adviser.get("deadlines/").body

    assert {"provision_id"} <= {key for entry in trace["entries"] for key in _cited(entry)}
    assert adviser.get(f"dispatches/{dispatch}/").body["status"] == "accepted"
    assert len(mail_server.messages) == 1
    assert {deadline["case"] for deadline in due} == {case}
    assert due == sorted(due, key=lambda deadline: deadline["due_at"])


def _cited(entry: Json) -> set[str]:
    return {key for provision in entry["provisions"] for key in provision}


def test_what_came_of_it_ends_the_deadlines(
    house: factories.House, clinic: Program, mail_server: servers.MailServer, noon: Traveller
) -> None:
    case = open_case(clinic, example())
    letter = draft(clinic, case)
    send(clinic, letter)
    noon.shift(timedelta(days=3))
    adviser = a_program(house.adviser)
    (hazard,) = adviser.get(f"cases/{case}/").body["hazards"]

    answers = [
        adviser.post(f"letters/{letter}/responses/", INSPECTED),
        adviser.post(f"hazards/{hazard['id']}/remediations/", MENDED),
        adviser.post(f"cases/{case}/health-changes/", BETTER),
    ]
    summary = a_program(house.evaluator, "summary:read").get("summary/").body

    assert [answer.status for answer in answers] == [201, 201, 201]
    assert adviser.get("deadlines/").body == []
    assert summary[0]["mended_verified"] == {"value": None, "withheld": True}
    assert summary[0]["health_worse"] == {"value": 0, "withheld": False}


def test_a_missed_deadline_leads_to_a_reminder(
    house: factories.House, clinic: Program, mail_server: servers.MailServer, noon: Traveller
) -> None:
    case = open_case(clinic, example())
    send(clinic, draft(clinic, case))
    noon.shift(timedelta(days=30))

    tasks.mark_missed()
    adviser = a_program(house.adviser)
    stages = {row["stage"]: row for row in adviser.get(f"cases/{case}/").body["letters"]}
    reminder = adviser.get(f"letters/{stages['missed_deadline']['id']}/")

    assert reminder.body["status"] == "draft"
    assert reminder.status == 200


@pytest.mark.parametrize(
    "name",
    sorted(path.stem for path in (settings.CASE_SCHEMA.parent / "examples").glob("*.json")),
)
def test_the_letter_says_what_compose_says(
    house: factories.House, clinic: Program, tmp_path: Path, name: str
) -> None:
    document = written_by(house, example(name))
    (tmp_path / "case.json").write_text(json.dumps(document))
    arguments = [str(tmp_path / "case.json"), "--day", "2026-11-23", "--out", str(tmp_path)]

    letter = draft(clinic, open_case(clinic, document), document["narrative"])
    by_program = content_from_json(clinic.get(f"letters/{letter}/").body["content"])
    by_command = _composed(arguments, tmp_path)

    assert text.render(_unmarked(by_program)) == text.render(_unmarked(by_command))


def _composed(arguments: list[str], folder: Path) -> LetterContent:
    assert compose.main(arguments) == 0
    return content_from_json(json.loads((folder / "content.json").read_text()))


def _unmarked(content: LetterContent) -> LetterContent:
    """Without what differs by right: a preview has no reference of its own, nobody signed it, and
    nobody stands for evidence that was not read at its source."""
    named = json.dumps(to_json(content)).replace(content.reference, "REFERENCE")
    plain = content_from_json(json.loads(named))
    unsigned = replace(plain.sign_off, signed_on=None)
    blocks = tuple(block for block in plain.blocks if not block.id.startswith("known."))
    return replace(plain, mark=Mark.NONE, sign_off=unsigned, blocks=blocks)


def test_the_frozen_words_are_those_that_were_read(clinic: Program) -> None:
    letter = draft(clinic, open_case(clinic, example()))

    read = clinic.get(f"letters/{letter}/").body
    approve(clinic, letter)
    frozen = clinic.get(f"letters/{letter}/").body

    assert frozen["content"] == read["content"]
    assert frozen["digest"] == read["digest"] == Letter.objects.get(pk=letter).content_digest


def test_reading_is_recorded(house: factories.House, clinic: Program) -> None:
    case = open_case(clinic, example())
    letter = draft(clinic, case)

    clinic.get(f"cases/{case}/")
    clinic.get(f"letters/{letter}/")
    clinic.get(f"letters/{letter}/trace/")

    views = AuditEvent.objects.filter(verb="viewed", actor_id=house.clinician.pk)
    assert sorted(str(view.subject_id) for view in views) == sorted([case, letter, letter])


def test_the_pdf_is_there_once_it_is_made(clinic: Program, mail_server: servers.MailServer) -> None:
    letter = draft(clinic, open_case(clinic, example()))

    before = clinic.get(f"letters/{letter}/letter.pdf")
    send(clinic, letter)
    after = clinic.get(f"letters/{letter}/letter.pdf")

    assert (before.status, before.code) == (409, "files_not_made")
    assert after.body.startswith(b"%PDF")
    assert "no-store" in after.headers["Cache-Control"]


def test_a_printed_letter_is_said_to_be_posted(clinic: Program, agency: Program) -> None:
    letter = draft(clinic, open_case(clinic, example()))
    approve(clinic, letter)
    dispatch = clinic.post(f"letters/{letter}/dispatches/", {"channel": "download"}).body["id"]
    tasks.deliver(dispatch)

    posted = clinic.post(f"dispatches/{dispatch}/posted/", {"posted_on": "2026-11-23"})
    tasks.start_clocks()

    assert posted.body["status"] == "posted"
    assert agency.get("deadlines/").body != []


@pytest.mark.parametrize(
    ("verb", "more", "status"),
    [
        ("pause", {}, "paused"),
        ("meet", {}, "met"),
        ("close", {}, "closed"),
        ("extend", {"until": "2027-03-01"}, "open"),
    ],
)
def test_a_deadline_is_changed_with_a_reason(
    clinic: Program,
    agency: Program,
    mail_server: servers.MailServer,
    verb: str,
    more: Json,
    status: str,
) -> None:
    send(clinic, draft(clinic, open_case(clinic, example())))
    deadline = agency.get("deadlines/").body[0]

    changed = agency.post(f"deadlines/{deadline['id']}/{verb}/", {"reason": "agreed", **more})
    refused = agency.post(f"deadlines/{deadline['id']}/{verb}/", {"reason": " ", **more})

    assert changed.body["status"] == status
    assert changed.body["original_due_at"] == deadline["due_at"]
    assert (refused.status, refused.fields) == (400, ["/reason"])


def test_a_paused_deadline_is_resumed(
    clinic: Program, agency: Program, mail_server: servers.MailServer
) -> None:
    send(clinic, draft(clinic, open_case(clinic, example())))
    deadline = agency.get("deadlines/").body[0]["id"]
    agency.post(f"deadlines/{deadline}/pause/", {"reason": "access"})

    resumed = agency.post(f"deadlines/{deadline}/resume/", {"reason": "access again"})
    again = agency.post(f"deadlines/{deadline}/resume/", {"reason": "access again"})

    assert resumed.body["status"] == "open"
    assert (again.status, again.code) == (409, "not_paused")


def test_withdrawn_consent_stops_the_letter(clinic: Program) -> None:
    case = open_case(clinic, example())
    letter = draft(clinic, case)

    withdrawn = clinic.post(f"cases/{case}/consent/withdraw/", {"reason": ""})
    refused = clinic.get(f"letters/{letter}/")

    assert withdrawn.status == 204
    assert (refused.status, refused.code) == (409, "consent_missing")
    assert clinic.get(f"cases/{case}/").body["grants"] == []
