"""What holds of the law whatever the facts and the day, in every nation."""

from datetime import date

from hypothesis import given

from letters.law.facts import Answer, CaseFacts
from letters.law.grounds import Ground, Grounds, Strength, grounds_for
from letters.law.hazards import Hazard
from letters.law.library import read_library
from letters.law.provision import Version
from tests.law.law_cases import TEMPLATES
from tests.law.strategies import days, facts_in, without_one_fact, without_one_of_many

LIBRARY = read_library(TEMPLATES)
FACTS = facts_in(LIBRARY)
DAYS = days(LIBRARY)


def found(facts: CaseFacts, day: date) -> Grounds:
    return grounds_for(facts, day, LIBRARY)


def both(grounds: Grounds) -> tuple[Ground, ...]:
    """What anybody's letter may cite, and what is for advisers alone."""
    return (*grounds.applying, *grounds.for_adviser)


def added(fewer: Grounds, more: Grounds) -> list[Ground]:
    """What is found from fewer facts and not from more."""
    known = {ground.provision_id for ground in both(more)}
    return [ground for ground in both(fewer) if ground.provision_id not in known]


def version_of(ground: Ground, facts: CaseFacts) -> Version:
    provision = LIBRARY.provision(facts.jurisdiction, ground.provision_id)
    (version,) = (v for v in provision.versions if v.starts_on == ground.version_starts_on)
    return version


@given(facts=FACTS, day=DAYS)
def test_no_ground_is_of_another_nation(facts: CaseFacts, day: date) -> None:
    folder = TEMPLATES / facts.jurisdiction.value / "law"

    for ground in both(found(facts, day)):
        assert (folder / f"{ground.provision_id}.yaml").is_file()


@given(facts=FACTS, day=DAYS)
def test_every_ground_is_in_force_on_the_day(facts: CaseFacts, day: date) -> None:
    for ground in both(found(facts, day)):
        provision = LIBRARY.provision(facts.jurisdiction, ground.provision_id)
        begun = [v.starts_on for v in provision.versions if v.starts_on <= day]

        assert ground.version_starts_on == max(begun)
        assert provision.ends_on is None or day < provision.ends_on


@given(facts=FACTS, day=DAYS)
def test_every_ground_reaches_the_home(facts: CaseFacts, day: date) -> None:
    for ground in both(found(facts, day)):
        homes = version_of(ground, facts).applies.homes

        assert facts.tenure in homes.tenures
        assert facts.agreement in homes.agreements
        assert facts.landlord_kind in homes.landlord_kinds


@given(facts=FACTS, day=DAYS)
def test_every_ground_is_of_hazards_that_were_reported(facts: CaseFacts, day: date) -> None:
    reported = {hazard.hazard for hazard in facts.hazards}

    for ground in both(found(facts, day)):
        applies = version_of(ground, facts).applies

        assert set(ground.hazards) <= reported
        assert bool(ground.hazards) == applies.turns_on_a_hazard
        assert all(applies.covers(hazard) for hazard in ground.hazards)


@given(facts=FACTS, day=DAYS)
def test_every_provision_is_found_or_left_out_with_a_reason(facts: CaseFacts, day: date) -> None:
    grounds = found(facts, day)

    used = {ground.provision_id for ground in both(grounds)}
    left_out = {out.provision_id for out in grounds.left_out}
    assert used | left_out == {provision.id for provision in LIBRARY.of(facts.jurisdiction)}
    assert all(out.reason for out in grounds.left_out)


@given(facts=FACTS, day=DAYS)
def test_knowing_less_adds_nothing_certain(facts: CaseFacts, day: date) -> None:
    before = found(facts, day)

    for name, fewer in without_one_fact(facts):
        after = found(fewer, day)
        more = added(after, before)

        assert all(ground.strength is Strength.MAY_APPLY for ground in more)
        assert not more or said_no(name, facts) or signs(after) - signs(before)


def said_no(name: str, facts: CaseFacts) -> bool:
    """A no that is forgotten leaves a possibility and its question."""
    return Answer.NO in {getattr(hazard, name, None) for hazard in facts.hazards}


def signs(grounds: Grounds) -> set[tuple[str, Hazard]]:
    """A home of which less is known is not ruled out as one where an emergency shows."""
    return {(sign.rule_id, sign.hazard) for sign in grounds.potential_emergencies}


@given(facts=FACTS, day=DAYS)
def test_fewer_hazards_or_people_add_nothing(facts: CaseFacts, day: date) -> None:
    before = found(facts, day)

    for fewer in without_one_of_many(facts):
        assert added(found(fewer, day), before) == []
