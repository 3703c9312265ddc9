"""What the library refuses, and that its digest follows the content and nothing else."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from letters.law.errors import LawFileError, NotInForce, UnknownProvision
from letters.law.grounds import grounds_for
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.law.library import read_library
from letters.law.tenures import Agreement, LandlordKind, Tenure
from tests.law.law_cases import TEMPLATES, facts_of

LIBRARY = read_library(TEMPLATES)
SECTION = "landlord_and_tenant_act_1985/section_11"
GOOD = """\
citation: section 1 of the Example Act 2001
reference:
  title: Example Act 2001
  href: https://example.org/act
versions:
  2001-01-01:
    verification: unverified
    sources:
      - K https://example.org/act
    duty: The landlord must keep the home dry.
    duty_on: landlord
    remedy: Keep the home dry.
    forum: County court
    cite: by_number
    letters: clinician
    applies:
      homes: {tenures: any, agreements: any, landlord_kinds: any}
      hazards: [damp_and_mould]
    periods:
      dry:
        length: 10
        unit: working_days
        start_event: awareness
        requires: the home dry
        basis: law
"""
# what is changed in a good file, to what, and what the refusal says
REFUSED = {
    "an unknown key": ("    duty_on: landlord", "    duty_om: landlord", "unknown key duty_om"),
    "a missing key": ("    forum: County court\n", "", "the key forum is missing"),
    "a wrong tenure": ("tenures: any", "tenures: [flat]", "tenures: flat is not one of"),
    "a wrong hazard": ("[damp_and_mould]", "[damp]", "hazards: damp is not one of"),
    "a wrong unit": ("unit: working_days", "unit: days", "unit: days is not one of hours"),
    "a wrong event": ("start_event: awareness", "start_event: posting", "is not one of awareness"),
    "a plain link": ("href: https://", "href: http://", "https://"),
    "a plain source": ("- K https://", "- K http://", "https address"),
    "a source without a key": ("- K https://", "- https://", "a source is a key"),
    "a duty cut short": ("the home dry.\n    duty_on", "the home\n    duty_on", "sentence"),
    "no number": ("length: 10", "length: null", "length is a number"),
    "a number of nought": ("length: 10", "length: 0", "length is a number"),
    "a number with no fixed unit": ("working_days", "reasonable_time", "length is a number"),
    "clear days as a deadline": ("working_days", "clear_days", "not_before"),
    "a counted day of working days": (
        "basis: law",
        "basis: law\n        day_of_event: counted",
        "only calendar days",
    ),
    "an extension without words": (
        "basis: law",
        "basis: law\n        extension: {length: 5, unit: working_days}",
        "the key says is missing",
    ),
    "an extension in hours": (
        "basis: law",
        "basis: law\n        extension: {length: 5, unit: hours, says: So.}",
        "a number of days",
    ),
    "an open question that asks nothing": (
        "hazards: [damp_and_mould]",
        "hazards: any\n      open_question: It depends.",
        "must be a question",
    ),
    "two days for one hazard": (
        "    periods:",
        """    earlier_reports:
      fresh_report_needed:
        - {hazards: [damp_and_mould], from: 2001-01-01}
        - {hazards: any, from: 2002-01-01}
    periods:""",
        "two days for damp_and_mould",
    ),
    "homes not defined": (
        "homes: {tenures: any, agreements: any, landlord_kinds: any}",
        "homes: castles",
        "castles is not defined",
    ),
    "no hazards named": ("      hazards: [damp_and_mould]\n", "", "say which hazards"),
    "hazards named two ways": (
        "hazards: [damp_and_mould]",
        "hazards: [damp_and_mould]\n      emergency_hazards: any",
        "give it alone",
    ),
    "a condition on nothing known": (
        "hazards: [damp_and_mould]",
        "hazards: [damp_and_mould]\n      conditions:\n        rich: {if_no: applies}",
        "conditions: rich",
    ),
    "a question about a hazard that is not needed": (
        "hazards: [damp_and_mould]",
        """hazards: not_needed
      conditions:
        disrepair: {if_no: left_out, if_not_known: left_out}""",
        "disrepair is asked of a hazard",
    ),
    "a reason for a fact without values": (
        "hazards: [damp_and_mould]",
        "hazards: any\n      left_out_because:\n        - {fact: age, value: old, says: so}",
        "no reason can be given",
    ),
    "a number that may not be printed": ("cite: by_number", "cite: by_instrument", "number"),
    "a doubt not defined": ("    periods:", "    doubts: [D99]\n    periods:", "D99"),
    "a version after its end": ("versions:\n", "versions:\n  2000-01-01: null\n", "follows a null"),
    "versions out of order": ("versions:\n", "versions:\n  2026-01-01: null\n", "stands after"),
    "an end without its reason": ("versions:\n", "versions:\n  1999-01-01: null\n", "null"),
    "a reason without an end": ("reference:", "gone_because: it went\nreference:", "goes with"),
}


@pytest.fixture
def law(tmp_path: Path) -> Path:
    """A nation with one good file."""
    folder = tmp_path / "england" / "law"
    (folder / "example_act_2001").mkdir(parents=True)
    (folder / "example_act_2001" / "section_1.yaml").write_text(GOOD, encoding="utf-8")
    shutil.copy(TEMPLATES / "england" / "law" / "tenures.yaml", folder)
    shutil.copy(TEMPLATES / "postcode_areas.yaml", tmp_path)
    return folder


def test_read_library_of_one_good_file(law: Path) -> None:
    library = read_library(law.parents[1])

    assert [provision.id for provision in library.provisions] == ["example_act_2001/section_1"]


@pytest.mark.parametrize("name", REFUSED)
def test_read_library_refuses(name: str, law: Path) -> None:
    before, after, says = REFUSED[name]
    assert before in GOOD
    path = law / "example_act_2001" / "section_1.yaml"
    path.write_text(GOOD.replace(before, after), encoding="utf-8")

    with pytest.raises(LawFileError) as refusal:
        read_library(law.parents[1])

    assert says in refusal.value.says
    assert refusal.value.path == path
    assert refusal.value.line >= 1


LISTED = """\
lists:
  2001-01-01:
    name: the list of 2001
    verification: unverified
    sources: [K https://example.org/list]
    hazards:
      - {name: Hygiene, hazards: [pests], verification: unverified}
      - {name: Noise, hazards: [noise], verification: unverified}
"""
SIGN = """\
no_heating:
  starts_on: 2025-10-27
  verification: unverified
  source: K https://example.org/guidance
  why: There is no heating.
  homes: {tenures: any, agreements: any, landlord_kinds: any}
  hazards: [excess_cold]
  severities: any
  heating_or_hot_water_lost: "yes"
"""


def test_read_library_refuses_a_sign_that_is_not_a_yes(law: Path) -> None:
    path = law / "potential_emergencies.yaml"
    path.write_text(SIGN.replace('"yes"', '"no"'), encoding="utf-8")

    with pytest.raises(LawFileError, match="only be asked for as 'yes'"):
        read_library(law.parents[1])


def test_digest_follows_the_signs_of_emergency(law: Path) -> None:
    path = law / "potential_emergencies.yaml"
    path.write_text(SIGN, encoding="utf-8")
    before = read_library(law.parents[1]).digest

    path.write_text(SIGN.replace("2025-10-27", "2025-10-28"), encoding="utf-8")

    assert read_library(law.parents[1]).digest != before


def test_read_library_refuses_a_doubt_without_a_number(law: Path) -> None:
    (law / "definitions.yaml").write_text("doubts:\n  when:\n    says: Well.\n", encoding="utf-8")

    with pytest.raises(LawFileError, match="not a doubt's id"):
        read_library(law.parents[1])


def test_left_out_gives_the_reason_its_file_gives(law: Path) -> None:
    reason = "{fact: hazard, value: noise, says: noise has a law of its own}"
    path = law / "example_act_2001" / "section_1.yaml"
    path.write_text(
        GOOD.replace("    periods:", f"      left_out_because: [{reason}]\n    periods:"),
        encoding="utf-8",
    )

    grounds = grounds_for(facts_of(hazard="noise"), date(2026, 1, 1), read_library(law.parents[1]))

    assert [out.reason for out in grounds.left_out] == ["noise has a law of its own"]


@pytest.mark.parametrize("place", ["section_1.yaml", "act/Section_1.yaml", "a/b/c.yaml"])
def test_read_library_refuses_a_path_that_is_no_id(place: str, law: Path) -> None:
    (law / place).parent.mkdir(parents=True, exist_ok=True)
    (law / place).write_text(GOOD, encoding="utf-8")

    with pytest.raises(LawFileError, match="path is <instrument>/<provision>"):
        read_library(law.parents[1])


def test_read_library_refuses_a_nation_without_tenures(law: Path) -> None:
    (law / "tenures.yaml").unlink()

    with pytest.raises(LawFileError, match="how a home can be held"):
        read_library(law.parents[1])


def test_read_library_refuses_a_tenure_left_unsaid(law: Path) -> None:
    path = law / "tenures.yaml"
    kept = [line for line in path.read_text().splitlines() if "housing_executive" not in line]
    path.write_text("\n".join(line for line in kept if line != "not_here:"), encoding="utf-8")

    with pytest.raises(LawFileError, match="housing_executive_tenancy must stand either"):
        read_library(law.parents[1])


def test_read_library_refuses_a_hazard_listed_twice(law: Path) -> None:
    (law / "hazard_list.yaml").write_text(LISTED.replace("[pests]", "[noise]"), encoding="utf-8")

    with pytest.raises(LawFileError, match="noise stands in the list twice"):
        read_library(law.parents[1])


def test_hazard_list_of_a_day(law: Path) -> None:
    (law / "hazard_list.yaml").write_text(LISTED, encoding="utf-8")

    library = read_library(law.parents[1])

    before = library.hazard_list(Jurisdiction.ENGLAND, date(2000, 12, 31))
    after = library.hazard_list(Jurisdiction.ENGLAND, date(2001, 1, 1))
    assert before is None
    assert after is not None
    assert after.name_of(Hazard.PESTS) == "Hygiene"
    assert after.name_of(Hazard.LEAD) == ""


def test_read_library_refuses_an_area_in_two_nations(law: Path) -> None:
    path = law.parents[1] / "postcode_areas.yaml"
    path.write_text(path.read_text().replace("[BT]", "[BT, EH]"), encoding="utf-8")

    with pytest.raises(LawFileError, match="EH is there twice"):
        read_library(law.parents[1])


@pytest.mark.parametrize(
    ("postcode", "nation"),
    [
        ("EH1 1AA", Jurisdiction.SCOTLAND),
        ("E1 1AA", Jurisdiction.ENGLAND),
        ("BT1 1AA", Jurisdiction.NORTHERN_IRELAND),
        ("TD15 1AA", None),
        ("ZZ99 3CZ", None),
    ],
)
def test_nation_of_a_postcode(postcode: str, nation: Jurisdiction | None) -> None:
    assert LIBRARY.nation_of(postcode) is nation


@pytest.mark.parametrize(
    ("tenure", "agreement", "landlord_kind", "says"),
    [
        ("housing_executive_tenancy", "tenancy", "housing_executive", "Northern Ireland only"),
        ("private_tenancy", "licence", "private_landlord", "and licence as agreement cannot both"),
        (
            "council_tenancy",
            "tenancy",
            "private_landlord",
            "and private landlord as landlord cannot",
        ),
        ("private_tenancy", "none", "private_landlord", "Private tenancy and no agreement cannot"),
        ("not_known", "occupation_contract", "not_known", "Occupation contract is not known"),
        ("not_known", "not_known", "housing_executive", "Housing executive is not known"),
        ("council_tenancy", "not_known", "not_known", ""),
        ("not_known", "licence", "not_known", ""),
    ],
)
def test_contradiction_in_england(
    tenure: str, agreement: str, landlord_kind: str, says: str
) -> None:
    rules = LIBRARY.tenure_rules_of(Jurisdiction.ENGLAND)

    found = rules.contradiction(Tenure(tenure), Agreement(agreement), LandlordKind(landlord_kind))

    assert says in found
    assert bool(found) is bool(says)


OPEN = "hazards: [damp_and_mould]\n      open_question: Does the agreement say who mends it?"


def test_open_question_leaves_the_provision_open(law: Path) -> None:
    path = law / "example_act_2001" / "section_1.yaml"
    path.write_text(GOOD.replace("hazards: [damp_and_mould]", OPEN), encoding="utf-8")

    grounds = grounds_for(facts_of(), date(2026, 1, 1), read_library(law.parents[1]))

    assert [ground.strength.value for ground in grounds.applying] == ["may_apply"]
    assert [question.asks for question in grounds.questions] == [
        "Does the agreement say who mends it?"
    ]


PHASED = """\
act_hazards:
  2001-01-01:
    adds: [damp_and_mould]
    verification: source
    sources: [K https://example.org/first]
  2002-01-01:
    adds: [excess_cold]
    verification: unverified
    sources: [K https://example.org/second]
"""


def phased(law: Path) -> Path:
    (law / "phases.yaml").write_text(PHASED, encoding="utf-8")
    path = law / "example_act_2001" / "section_1.yaml"
    written = GOOD.replace("hazards: [damp_and_mould]", "significant_hazards: act_hazards")
    path.write_text(written, encoding="utf-8")
    return path


def test_a_version_stands_anew_from_each_phase(law: Path) -> None:
    phased(law)

    (provision,) = read_library(law.parents[1]).provisions
    first, second = provision.versions

    assert (first.starts_on, second.starts_on) == (date(2001, 1, 1), date(2002, 1, 1))
    assert first.applies.significant_hazards == (Hazard.DAMP_AND_MOULD,)
    assert second.applies.significant_hazards == (Hazard.DAMP_AND_MOULD, Hazard.EXCESS_COLD)
    assert "K https://example.org/second" in second.sources
    assert second.is_of_a_phase
    assert [rule.told_from for rule in second.earlier_reports] == [
        first.starts_on,
        second.starts_on,
    ]


def test_a_phase_ends_where_another_version_begins(law: Path) -> None:
    path = phased(law)
    later = path.read_text().split("versions:\n")[1].replace("2001-01-01", "2001-06-01")
    path.write_text(path.read_text() + later, encoding="utf-8")

    (provision,) = read_library(law.parents[1]).provisions

    days = [(version.starts_on, version.is_of_a_phase) for version in provision.versions]
    assert days == [
        (date(2001, 1, 1), False),
        (date(2001, 6, 1), False),
        (date(2002, 1, 1), True),
    ]


def test_read_library_refuses_a_hazard_in_two_phases(law: Path) -> None:
    phased(law)
    (law / "phases.yaml").write_text(PHASED.replace("[excess_cold]", "[damp_and_mould]"))

    with pytest.raises(LawFileError, match="a hazard is added by two phases"):
        read_library(law.parents[1])


def test_read_library_refuses_reports_said_twice(law: Path) -> None:
    path = phased(law)
    rule = """    earlier_reports:
      fresh_report_needed:
        - {hazards: any, from: 2001-01-01}
"""
    path.write_text(path.read_text().replace("    periods:", rule + "    periods:"))

    with pytest.raises(LawFileError, match="a phased list says by itself"):
        read_library(law.parents[1])


def test_read_library_refuses_another_ending(law: Path) -> None:
    (law / "example_act_2001" / "section_2.yml").write_text(GOOD, encoding="utf-8")

    with pytest.raises(LawFileError, match="a law file ends in"):
        read_library(law.parents[1])


def test_read_library_refuses_what_nothing_uses(law: Path) -> None:
    (law / "definitions.yaml").write_text("doubts:\n  D9:\n    says: Unused.\n", encoding="utf-8")

    with pytest.raises(LawFileError, match="nothing uses D9"):
        read_library(law.parents[1])


def test_read_library_without_files(tmp_path: Path) -> None:
    with pytest.raises(LawFileError, match="no law files"):
        read_library(tmp_path)


def test_provision_unknown_names_the_nearest() -> None:
    with pytest.raises(UnknownProvision, match="landlord_and_tenant_act_1985/section_11"):
        LIBRARY.provision(Jurisdiction.ENGLAND, "landlord_and_tenant_act_1985/section_111")


def test_provision_is_not_lent_to_another_nation() -> None:
    with pytest.raises(UnknownProvision):
        LIBRARY.provision(Jurisdiction.SCOTLAND, SECTION)


def test_of_gives_one_nation() -> None:
    assert {p.jurisdiction for p in LIBRARY.of(Jurisdiction.ENGLAND)} == {Jurisdiction.ENGLAND}


def test_on_before_the_first_version() -> None:
    provision = LIBRARY.provision(Jurisdiction.ENGLAND, SECTION)

    with pytest.raises(NotInForce, match="begins on 30 October 1985"):
        provision.on(date(1985, 10, 29))


def test_on_picks_the_version_of_the_day() -> None:
    provision = LIBRARY.provision(
        Jurisdiction.ENGLAND, "hazards_in_social_housing_regulations_2025/safety_work"
    )

    assert provision.on(date(2026, 11, 29)).starts_on == date(2025, 10, 27)
    assert provision.on(date(2026, 11, 30)).starts_on == date(2026, 11, 30)


def test_digest_ignores_comments_and_order(law: Path) -> None:
    before = read_library(law.parents[1]).digest
    path = law / "example_act_2001" / "section_1.yaml"
    first, rest = GOOD.split("\n", 1)

    path.write_text(f"# a remark\n{rest}{first}\n", encoding="utf-8", newline="\r\n")

    assert read_library(law.parents[1]).digest == before


@pytest.mark.parametrize("change", [("10", "11"), ("dry.", "warm."), ("2001-01-01", "2001-01-02")])
def test_digest_follows_the_content(change: tuple[str, str], law: Path) -> None:
    before = read_library(law.parents[1]).digest
    path = law / "example_act_2001" / "section_1.yaml"

    path.write_text(GOOD.replace(*change), encoding="utf-8")

    assert read_library(law.parents[1]).digest != before


def test_digest_follows_the_path(law: Path) -> None:
    before = read_library(law.parents[1]).digest

    (law / "example_act_2001" / "section_1.yaml").rename(
        law / "example_act_2001" / "section_2.yaml"
    )

    assert read_library(law.parents[1]).digest != before


def test_digest_of_one_nation_stands_alone(law: Path) -> None:
    before = read_library(law.parents[1])
    shutil.copytree(law, law.parents[1] / "wales" / "law")

    after = read_library(law.parents[1])

    assert after.digest_of(Jurisdiction.ENGLAND) == before.digest_of(Jurisdiction.ENGLAND)
    assert after.digest != before.digest


def test_digest_of_a_nation_without_files(law: Path) -> None:
    with pytest.raises(UnknownProvision, match="Scotland"):
        read_library(law.parents[1]).digest_of(Jurisdiction.SCOTLAND)
