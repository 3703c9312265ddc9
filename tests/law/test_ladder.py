"""The ladder: what comes next, for every way in which a home may be held."""

from pathlib import Path

import pytest

from letters.law.errors import LawFileError
from letters.law.jurisdictions import Jurisdiction
from letters.law.ladder import Ladder, NoLadder, NotOnLadder, SentBy, read_ladder
from letters.law.tenures import Tenure
from tests.law.law_cases import TEMPLATES

LADDER = read_ladder(TEMPLATES, Jurisdiction.ENGLAND)
GOOD = """verification: secondary
sources: [somewhere]
ladders:
  - tenures: [council_tenancy]
    steps: [first_letter, ombudsman]
    emergency: [telephone]
    reserved: [claim]
steps:
  first_letter: {sent_by: clinician, says: Say., public: null, when: Now., needs: none, after: none}
  ombudsman: {sent_by: adviser, says: Go., public: the Ombudsman, when: Later., needs: [a reply],
              after: [first_letter]}
  telephone: {sent_by: clinician, says: Ring., public: null, when: Now., needs: none, after: none}
  claim: {sent_by: solicitor, says: Claim., public: null, when: Late., needs: none, after: none}
"""


def read(folder: Path, text: str) -> Ladder:
    (folder / "england").mkdir()
    (folder / "england" / "ladder.yaml").write_text(text, encoding="utf-8")
    return read_ladder(folder, Jurisdiction.ENGLAND)


@pytest.mark.parametrize("tenure", LADDER.by_tenure)
def test_every_tenure_begins_with_a_letter_and_a_reminder(tenure: Tenure) -> None:
    keys = [step.key for step in LADDER.steps(tenure)]

    assert keys[:2] == ["first_letter", "missed_deadline"]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("tenure", LADDER.by_tenure)
def test_a_clinician_begins_and_never_claims(tenure: Tenure) -> None:
    first, *_ = LADDER.steps(tenure)
    clinical = {s.key for s in LADDER.steps(tenure) if s.sent_by is SentBy.CLINICIAN}

    assert first.sent_by is SentBy.CLINICIAN
    assert not clinical & {"letter_of_claim", "nuisance_notice", "legal_advice"}


def test_council_tenant_is_not_sent_to_the_councils_own_inspectors() -> None:
    keys = [step.key for step in LADDER.steps(Tenure.COUNCIL_TENANCY)]

    assert "council_inspection" not in keys
    assert "council_inspection" in [
        step.key for step in LADDER.steps(Tenure.HOUSING_ASSOCIATION_TENANCY)
    ]


@pytest.mark.parametrize("tenure", [Tenure.PRIVATE_TENANCY, Tenure.LODGING])
def test_no_ombudsman_stands_on_a_private_ladder(tenure: Tenure) -> None:
    assert "ombudsman" not in [step.key for step in LADDER.steps(tenure)]


def test_next_step_goes_one_up() -> None:
    step = LADDER.next_step(Tenure.COUNCIL_TENANCY, after="missed_deadline")

    assert step is not None
    assert step.key == "complaint"


def test_next_step_at_the_top_is_none() -> None:
    assert LADDER.next_step(Tenure.COUNCIL_TENANCY, after="regulator") is None


@pytest.mark.parametrize("tenure", LADDER.by_tenure)
def test_a_step_waits_only_for_steps_below_it(tenure: Tenure) -> None:
    """What a step waits for stands lower on the same ladder, so that every step can be reached."""
    below: list[str] = []
    for step in LADDER.steps(tenure):
        assert set(step.after) <= set(below)
        below.append(step.key)


@pytest.mark.parametrize("tenure", LADDER.by_tenure)
def test_an_emergency_begins_with_the_telephone(tenure: Tenure) -> None:
    first, *others = LADDER.emergency[tenure]

    assert first.says.startswith(("Telephone", "For gas"))
    assert not {step.key for step in (first, *others)} & {s.key for s in LADDER.steps(tenure)}


@pytest.mark.parametrize("tenure", LADDER.by_tenure)
def test_reserved_steps_are_no_clinicians_and_no_rungs(tenure: Tenure) -> None:
    reserved = LADDER.reserved[tenure]

    assert reserved
    assert SentBy.CLINICIAN not in {step.sent_by for step in reserved}
    assert not {step.key for step in reserved} & {step.key for step in LADDER.steps(tenure)}


def test_steps_after_a_step_of_another_ladder_is_refused() -> None:
    with pytest.raises(NotOnLadder, match="private_tenancy has no step ombudsman"):
        LADDER.steps_after(Tenure.PRIVATE_TENANCY, "ombudsman")


def test_a_step_that_needs_nothing_says_none(tmp_path: Path) -> None:
    first, second = read(tmp_path, GOOD).steps(Tenure.COUNCIL_TENANCY)

    assert (first.needs, first.after) == ((), ())
    assert (second.needs, second.after) == (("a reply",), ("first_letter",))


def test_public_names_fit_the_middle_of_a_sentence() -> None:
    named = {s.public for tenure in LADDER.by_tenure for s in LADDER.steps(tenure) if s.public}

    assert named
    assert not [words for words in named if words.endswith(".")]
    assert "" not in {s.says for tenure in LADDER.by_tenure for s in LADDER.steps(tenure)}


def test_steps_of_a_tenure_without_a_ladder_is_refused(tmp_path: Path) -> None:
    ladder = read(tmp_path, GOOD)

    with pytest.raises(NoLadder, match="no ladder for lodging in England"):
        ladder.steps(Tenure.LODGING)


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        (
            "[first_letter, ombudsman]",
            "[first_letter, court]",
            5,
            "the step court is not described",
        ),
        ("[council_tenancy]", "[council_house]", 4, "council_house"),
        ("[council_tenancy]", "[lodging, lodging]", 4, "names one value twice"),
        ("sent_by: adviser", "sent_by: robot", 10, "robot"),
        ("says: Go., ", "", 10, "the key says is missing"),
        (", when: Later.", "", 10, "the key when is missing"),
        (", needs: [a reply]", "", 10, "the key needs is missing"),
        ("[a reply],\n              after: [first_letter]}", "[a reply]}", 10, "the key after is"),
        ("    emergency: [telephone]\n", "", 4, "the key emergency is missing"),
        ("    reserved: [claim]\n", "", 4, "the key reserved is missing"),
        ("needs: [a reply]", "needs: nothing", 10, "needs must be a list"),
        ("verification: secondary", "verified: 'yes'", 1, "verified"),
    ],
)
def test_read_refuses_with_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    with pytest.raises(LawFileError, match=says) as refused:
        read(tmp_path, GOOD.replace(old, new))

    assert refused.value.path.name == "ladder.yaml"
    assert refused.value.line == line


def test_read_refuses_two_ladders_for_one_tenure(tmp_path: Path) -> None:
    twice = GOOD.replace(
        "steps:\n  first_letter:",
        "  - {tenures: [council_tenancy], steps: [claim], emergency: [claim], reserved: [claim]}\n"
        "steps:\n  first_letter:",
    )

    with pytest.raises(LawFileError, match="council_tenancy has two ladders"):
        read(tmp_path, twice)
