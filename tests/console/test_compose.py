"""./hjp compose: six files or none, and a line for each fault."""

import json
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pypdfium2 import PdfDocument

from letters.console import compose
from tests.drafting.case_files import (
    COLD,
    EXAMPLES,
    LICENCE,
    MOULD,
    PRIVATE,
    ROOT,
    Json,
    changed,
    example,
    with_landlord_told,
    without,
)

FILES = {"letter.pdf", "letter.docx", "letter.txt", "content.json", "trace.json", "deadlines.json"}
INVESTIGATION = "hazards_in_social_housing_regulations_2025/standard_investigation"
EMERGENCY_INVESTIGATION = "hazards_in_social_housing_regulations_2025/emergency_investigation"
SUMMARY = "hazards_in_social_housing_regulations_2025/written_summary"
Run = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Composes a document into tmp_path / "out"; hands back the exit status."""

    def run(document: object, *more: str, day: str = "2026-11-23", out: str = "out") -> int:
        case = tmp_path / "case.json"
        case.write_text(json.dumps(document), encoding="utf-8")
        return compose.main([str(case), "--day", day, "--out", str(tmp_path / out), *more])

    return run


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def deadline(folder: Path, provision: str) -> Json:
    found = [d for d in read(folder / "deadlines.json")["deadlines"] if d["provision"] == provision]
    made: Json = found[0]
    return made


@pytest.mark.parametrize("name", EXAMPLES)
def test_compose_writes_six_files(name: str, run: Run, tmp_path: Path) -> None:
    assert run(example(name)) == 0

    written = list((tmp_path / "out").iterdir())
    assert {path.name for path in written} == FILES
    assert all(path.stat().st_size > 100 for path in written)


def pages(path: Path) -> list[str]:
    with closing(PdfDocument(path)) as document:
        return [page.get_textpage().get_text_range() for page in document]


@pytest.mark.parametrize("name", EXAMPLES)
def test_ordinary_letter_keeps_to_three_pages(name: str, run: Run, tmp_path: Path) -> None:
    run(example(name))

    assert len(pages(tmp_path / "out" / "letter.pdf")) <= 3


@pytest.mark.parametrize("name", EXAMPLES)
def test_page_1_stands_alone(name: str, run: Run, tmp_path: Path) -> None:
    document = example(name)
    run(document)

    first = " ".join(pages(tmp_path / "out" / "letter.pdf")[0].split())
    assert document["patient"]["name"] in first
    assert "I report to you, as the landlord:" in first
    assert "What we ask you to do" in first
    assert "Name one person who will deal with this" in first


def test_compose_says_where_it_wrote(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(example())

    said = capsys.readouterr()
    assert str(tmp_path / "out") in said.out
    assert said.err == ""


def test_compose_keeps_letters_for_their_owner(run: Run, tmp_path: Path) -> None:
    run(example())

    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out").iterdir()}
    assert modes == {0o600}


def test_compose_twice_writes_the_same_bytes(run: Run, tmp_path: Path) -> None:
    run(example(), out="one")
    run(example(), out="two")

    differing = [
        name
        for name in sorted(FILES)
        if (tmp_path / "one" / name).read_bytes() != (tmp_path / "two" / name).read_bytes()
    ]
    assert differing == []


def test_compose_marks_all_a_preview(run: Run, tmp_path: Path) -> None:
    run(example())

    text = (tmp_path / "out" / "letter.txt").read_text(encoding="utf-8")
    assert text.startswith("Preview: not reviewed, not for sending\n")
    assert "Not signed yet" in text
    content = read(tmp_path / "out" / "content.json")
    assert (content["mark"], content["reference"]) == ("preview", "PREVIEW")


def test_trace_stands_in_a_file_of_its_own(run: Run, tmp_path: Path) -> None:
    run(example())

    trace = read(tmp_path / "out" / "trace.json")
    assert trace["entries"]
    assert all(each["reason"] for each in trace["left_out"])
    assert trace["law_digest"] not in (tmp_path / "out" / "content.json").read_text()


def test_deadline_shows_its_working(run: Run, tmp_path: Path) -> None:
    run(example())

    found = deadline(tmp_path / "out", INVESTIGATION)
    assert found["start_event"] == "awareness"
    assert found["started_at"] == "2026-11-23T09:00:00+00:00"
    assert (found["length"], found["unit"]) == (10, "working_days")
    assert found["due_at"] == "2026-12-07T23:59:59+00:00"
    assert found["counted"][0] == "2026-11-24"
    assert found["counted"][-1] == "2026-12-07"
    assert len(found["counted"]) == 10
    assert [skipped["day"] for skipped in found["skipped"]] == [
        "2026-11-28",
        "2026-11-29",
        "2026-12-05",
        "2026-12-06",
    ]


def test_deadline_over_christmas_skips_the_holidays(run: Run, tmp_path: Path) -> None:
    run(example(), day="2026-12-23")

    found = deadline(tmp_path / "out", INVESTIGATION)
    assert found["due_at"].startswith("2027-01-11")
    reasons = {skipped["day"]: skipped["why"] for skipped in found["skipped"]}
    assert reasons["2026-12-25"] == "bank holiday: Christmas Day"
    assert reasons["2026-12-28"] == "bank holiday: Boxing Day (substitute day)"
    assert "2026-12-24" in found["counted"]


@pytest.mark.parametrize(
    ("day", "received", "due_at"),
    [
        ("2027-03-27", "2027-03-27T16:00", "2027-03-28T17:00:00+01:00"),
        ("2026-10-24", "2026-10-24T16:00", "2026-10-25T15:00:00+00:00"),
        ("2026-11-23", "2026-11-23T16:00", "2026-11-24T16:00:00+00:00"),
    ],
)
def test_hours_run_through_the_change_of_the_clocks(
    run: Run, tmp_path: Path, day: str, received: str, due_at: str
) -> None:
    document = example()
    document = changed(document, ("consent", "given_on"), "2026-10-01")
    document["hazards"][0] |= {"first_noticed_on": None, "landlord_told_on": None}
    document["exacerbations"] = []

    assert run(document, "--received", received, day=day) == 0

    assert deadline(tmp_path / "out", EMERGENCY_INVESTIGATION)["due_at"] == due_at


def test_deadline_waits_for_an_event_that_has_not_happened(run: Run, tmp_path: Path) -> None:
    run(example())

    summary = deadline(tmp_path / "out", SUMMARY)
    assert summary["due_at"] is None
    assert summary["counted"] == []
    assert "which has not happened yet" in summary["explanation"]


def test_deadlines_tell_law_from_service(run: Run, tmp_path: Path) -> None:
    run(example(PRIVATE))

    deadlines = read(tmp_path / "out" / "deadlines.json")["deadlines"]
    numbered = {d["basis"] for d in deadlines if d["length"] is not None}
    assert numbered == {"service"}


def test_received_moves_the_deadlines_and_not_the_letter(run: Run, tmp_path: Path) -> None:
    run(example(), out="read-at-once")
    run(example(), "--received", "2026-11-27T17:00", out="read-late")

    letters = {(tmp_path / out / "letter.txt").read_text() for out in ("read-at-once", "read-late")}
    assert len(letters) == 1
    assert read(tmp_path / "read-late" / "deadlines.json")["received_at"] == (
        "2026-11-27T17:00:00+00:00"
    )
    assert deadline(tmp_path / "read-late", INVESTIGATION)["due_at"].startswith("2026-12-11")


def test_cold_differs_on_both_sides_of_30_november(run: Run, tmp_path: Path) -> None:
    run(example(COLD), day="2026-11-29", out="before")
    run(example(COLD), day="2026-11-30", out="since")

    provisions = [
        {d["provision"] for d in read(tmp_path / out / "deadlines.json")["deadlines"]}
        for out in ("before", "since")
    ]
    assert INVESTIGATION not in provisions[0]
    assert INVESTIGATION in provisions[1]


def refused(capsys: pytest.CaptureFixture[str]) -> list[str]:
    said = capsys.readouterr()
    assert said.out == ""
    return said.err.splitlines()


BAD: list[tuple[Json, str]] = [
    (
        changed(example(), ("tenancy", "tenure"), "Council"),
        '/tenancy/tenure: "Council" is not known here; choose one of council_tenancy',
    ),
    (without(example(), ("hazards", 0, "rooms")), "/hazards/0/rooms: Add this; nothing is assumed"),
    (changed(example(), ("landlord",), None), "/landlord: Add this: a letter cannot be written"),
    (without(example(), ("writer",)), "/writer: Add this: a letter cannot be written"),
    (changed(example(), ("landlord",), "Council"), "/landlord: Write this as an object or null"),
    (with_landlord_told(example(), ["opinion"]), "/consent/grants: Ask the patient first:"),
    (
        changed(example(), ("patient", "nhs_number"), "1234567890"),
        "/patient/nhs_number: Check the NHS number",
    ),
    (changed(example(), ("a\nb",), 1), "/a\\u000ab: Take this out or mend its name"),
]


@pytest.mark.parametrize(("document", "line"), BAD, ids=[line[:24] for _, line in BAD])
def test_compose_writes_nothing_on_bad_input(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], document: Json, line: str
) -> None:
    assert run(document) == 2

    (told,) = refused(capsys)
    assert told.startswith(line)
    assert not (tmp_path / "out").exists()


def test_compose_tells_a_day_beyond_the_calendar(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    document = changed(example(), ("consent", "expires_on"), "2040-01-01")

    assert run(document, day="2039-01-03") == 2

    (line,) = refused(capsys)
    assert line.startswith("/: ")
    assert "outside the bank holidays published for England" in line


def test_compose_tells_every_fault_in_a_line(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    document = changed(example(LICENCE), ("tenancy", "tenure"), "hostel")
    document = changed(document, ("hazards", 1, "hazard"), "mice")
    document = changed(document, ("consent", "grants"), [])

    assert run(document) == 2

    pointers = [line.split(":")[0] for line in refused(capsys)]
    assert pointers == ["/consent/grants", "/hazards/1/hazard", "/tenancy/tenure"]


def test_compose_keeps_what_stood_there_on_bad_input(run: Run, tmp_path: Path) -> None:
    run(example())
    before = (tmp_path / "out" / "letter.txt").read_bytes()

    assert run(without(example(), ("home",))) == 2

    assert (tmp_path / "out" / "letter.txt").read_bytes() == before


def test_compose_refuses_a_file_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = [str(tmp_path / "none.json"), "--day", "2026-11-23", "--out", str(tmp_path / "out")]

    assert compose.main(missing) == 2

    assert refused(capsys) == ["/: Name a file that can be read: No such file or directory"]


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe", b'{"a":1,"a":1}', b"[" * 100_000])
def test_compose_refuses_what_is_no_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], raw: bytes
) -> None:
    case = tmp_path / "case.json"
    case.write_bytes(raw)

    status = compose.main([str(case), "--day", "2026-11-23", "--out", str(tmp_path / "out")])

    assert status == 2
    assert len(refused(capsys)) == 1
    assert not (tmp_path / "out").exists()


def test_compose_refuses_a_folder_it_cannot_write(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")

    assert run(example()) == 2

    (line,) = refused(capsys)
    assert line.startswith("/: Name a folder that can be written: ")
    assert (tmp_path / "out").read_text() == "a file"


def test_compose_leaves_no_unfinished_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out" / "letter.txt").mkdir(parents=True)

    assert run(example()) == 2

    assert {path.name for path in (tmp_path / "out").iterdir()} <= FILES


def test_compose_refuses_to_be_read_before_it_was_written(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(example(), "--received", "2026-11-22T23:59") == 2

    assert refused(capsys) == ["/: Give --received a moment that is not before 2026-11-23"]


@pytest.mark.parametrize(
    ("option", "written", "says"),
    [
        ("--day", "23/11/2026", "argument --day: write the day like 2026-11-23, not '23/11/2026'"),
        ("--received", "noon", "argument --received: write the moment like 2026-12-23T16:00"),
    ],
)
def test_compose_tells_a_mistyped_option_in_a_line(
    run: Run, capsys: pytest.CaptureFixture[str], option: str, written: str, says: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(example(), option, written)

    assert stopped.value.code == 2
    (line,) = refused(capsys)
    assert line.startswith(f"hjp compose: {says}")


@pytest.mark.parametrize("module", ["compose", "due"])
def test_terminal_edge_does_without_django(module: str) -> None:
    asks = (
        f"import sys, letters.console.{module}; "
        "sys.exit(any(m.split('.')[0] in {'django', 'celery', 'rest_framework'} "
        "for m in sys.modules))"
    )

    done = subprocess.run([sys.executable, "-c", asks], cwd=ROOT, check=False)  # noqa: S603

    assert done.returncode == 0


def test_letters_text_is_what_the_others_say(run: Run, tmp_path: Path) -> None:
    run(example(MOULD))

    content = read(tmp_path / "out" / "content.json")
    text = (tmp_path / "out" / "letter.txt").read_text(encoding="utf-8")
    assert content["heading"] in text
    assert content["small_print"][0].split("\N{NO-BREAK SPACE}")[0][:40] in text
