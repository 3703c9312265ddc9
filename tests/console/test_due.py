"""./hjp due: the working of one period, or one line that says what to type instead."""

import json
from typing import Any

import pytest

from letters.console import due

INVESTIGATION = "hazards_in_social_housing_regulations_2025/standard_investigation"


def arguments(**changes: str) -> list[str]:
    asked = {
        "jurisdiction": "england",
        "provision": INVESTIGATION,
        "event": "awareness",
        "from": "2026-12-23T16:00",
        **changes,
    }
    return [word for key, value in asked.items() for word in (f"--{key}", value)]


def answer(capsys: pytest.CaptureFixture[str], **changes: str) -> Any:
    assert due.main(arguments(**changes)) == 0
    return json.loads(capsys.readouterr().out)


def refusal(capsys: pytest.CaptureFixture[str], **changes: str) -> str:
    try:
        status = due.main(arguments(**changes))
    except SystemExit as stopped:
        status = int(str(stopped.code))
    said = capsys.readouterr()
    assert (status, said.out) == (2, "")
    (line,) = said.err.splitlines()
    return line


def test_due_shows_the_working(capsys: pytest.CaptureFixture[str]) -> None:
    worked = answer(capsys)

    assert worked["provision"] == INVESTIGATION
    assert worked["version_starts_on"] == "2026-11-30"
    assert worked["started_at"] == "2026-12-23T16:00:00+00:00"
    assert (worked["length"], worked["unit"]) == (10, "working_days")
    assert worked["due_at"] == "2027-01-11T23:59:59+00:00"
    assert worked["counted"][0] == "2026-12-24"
    assert len(worked["counted"]) == 10
    assert "2026-12-28" in [skipped["day"] for skipped in worked["skipped"]]
    assert worked["explanation"].endswith("The last day is Monday 11 January 2027.")


def test_due_shows_what_is_doubtful(capsys: pytest.CaptureFixture[str]) -> None:
    worked = answer(capsys)

    assert worked["verification"] == "secondary"
    assert [doubt for doubt in worked["doubts"] if doubt.startswith("D1: ")]


def test_due_uses_the_version_of_the_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, **{"from": "2026-11-29T10:00"})["version_starts_on"] == "2025-10-27"


def test_due_reads_a_day_in_london(capsys: pytest.CaptureFixture[str]) -> None:
    worked = answer(capsys, **{"from": "2026-07-01T23:30:00+00:00"})  # 2 July in London

    assert worked["counted"][0] == "2026-07-03"


def test_due_counts_hours_as_they_pass(capsys: pytest.CaptureFixture[str]) -> None:
    worked = answer(
        capsys,
        provision="hazards_in_social_housing_regulations_2025/emergency_investigation",
        **{"from": "2027-03-27T16:00"},
    )

    assert worked["due_at"] == "2027-03-28T17:00:00+01:00"
    assert worked["counted"] == []


def test_due_names_ids_near_an_unknown_one(capsys: pytest.CaptureFixture[str]) -> None:
    line = refusal(capsys, provision=INVESTIGATION[:-1])

    assert line.startswith(f"England has no provision {INVESTIGATION[:-1]}; near it: ")
    assert INVESTIGATION in line


def test_due_says_which_event_it_counts_from(capsys: pytest.CaptureFixture[str]) -> None:
    line = refusal(capsys, event="complaint_received")

    assert line == (
        f"{INVESTIGATION} has no period counted from complaint_received; it has from awareness"
    )


def test_due_says_that_a_period_has_no_number(capsys: pytest.CaptureFixture[str]) -> None:
    provision = "hazards_in_social_housing_regulations_2025/completion"

    line = refusal(capsys, provision=provision, event="investigation_concluded")

    assert line.endswith("it has from no event")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (
            {"from": "23/12/2026"},
            "hjp due: argument --from: write the moment like 2026-12-23T16:00, not '23/12/2026'",
        ),
        ({"from": "2026-02-30"}, "hjp due: argument --from: write the moment like"),
        ({"event": "noticed"}, "hjp due: argument --event: 'noticed' is not known; choose one of"),
        ({"jurisdiction": "UK"}, "hjp due: argument --jurisdiction: 'UK' is not known; choose one"),
        ({"from": "2036-12-23T16:00"}, "2036-12-24 lies outside the bank holidays published"),
        ({"from": "2025-10-26T16:00"}, f"{INVESTIGATION} is not in force on 26 October 2025"),
        ({"jurisdiction": "wales"}, "Wales has no provision"),
    ],
)
def test_due_refuses_in_one_line(
    capsys: pytest.CaptureFixture[str], changes: dict[str, str], says: str
) -> None:
    assert refusal(capsys, **changes).startswith(says)


def test_due_names_what_was_not_given(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        due.main([])

    (line,) = capsys.readouterr().err.splitlines()
    assert line == (
        "hjp due: the following arguments are required: "
        "--jurisdiction, --provision, --event, --from"
    )
