"""What one provision makes of one hazard: it applies, may apply, or is left out, and why.

Tenure, agreement and kind of landlord say whose duty it is. When one of them is not known the
provision is left out and the question asked: nobody is told of a duty that may not be theirs.
A yes-or-no fact that is not known has the outcome its file gives it.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain

from letters.law.facts import Answer, CaseFacts, HazardFacts, Severity
from letters.law.hazards import Hazard
from letters.law.periods import day_in_words
from letters.law.provision import Applies, Condition, Fact, Outcome, Provision, Version
from letters.law.tenures import Agreement, LandlordKind, Tenure

_FACTS_OF_A_HAZARD = (
    Fact.DISREPAIR,
    Fact.LANDLORD_CONTROLS_CAUSE,
    Fact.HEATING_OR_HOT_WATER_LOST,
)
_NOT_KNOWN = (Tenure.NOT_KNOWN, Agreement.NOT_KNOWN, LandlordKind.NOT_KNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactUsed:
    """A fact that brought a provision in; `hazard` is None for a fact of the whole case."""

    name: Fact
    value: str
    hazard: Hazard | None

    @property
    def label(self) -> str:
        return f"{self.name.label} is {self.value.replace('_', ' ')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The answer for one hazard, or for the case when the provision turns on none."""

    hazard: Hazard | None
    outcome: Outcome
    reason: str
    because: tuple[FactUsed, ...]
    to_ask: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Test:
    """One fact held against the provision."""

    used: FactUsed
    outcome: Outcome
    reason: str = ""
    is_open: bool = False


def find_for_case(facts: CaseFacts, version: Version) -> Finding:
    """The finding for a provision that turns on no hazard."""
    applies = version.applies
    return _finding(
        None,
        chain(
            _home_tests(facts, applies),
            _condition_tests(facts, None, applies),
            _open_tests(applies),
        ),
    )


def find_for_hazards(
    facts: CaseFacts,
    *,
    provision: Provision,
    version: Version,
    day: date,
    urgent: Collection[Hazard],
) -> tuple[Finding, ...]:
    """The finding for each hazard of the case; what kind of home it is, is looked at once."""
    applies = version.applies
    home = tuple(_home_tests(facts, applies))
    return tuple(
        _finding(
            each.hazard,
            chain(
                home,
                _hazard_tests(
                    each, provision, version, day=day, may_be_emergency=each.hazard in urgent
                ),
                _condition_tests(facts, each, applies),
                _open_tests(applies),
            ),
        )
        for each in facts.hazards
    )


def _finding(hazard: Hazard | None, tests: Iterable[_Test]) -> Finding:
    """The first fact that settles against the provision ends the looking."""
    held: list[_Test] = []
    for test in tests:
        if test.outcome is Outcome.LEFT_OUT and not test.is_open:
            return Finding(
                hazard=hazard,
                outcome=Outcome.LEFT_OUT,
                reason=test.reason,
                because=(test.used,),
                to_ask=(),
            )
        held.append(test)
    open_tests = [test for test in held if test.is_open]
    return Finding(
        hazard=hazard,
        outcome=_weakest(held),
        reason=" and ".join(t.reason for t in open_tests if t.outcome is Outcome.LEFT_OUT),
        because=tuple(test.used for test in held),
        to_ask=tuple(test.used.name for test in open_tests),
    )


def _weakest(tests: list[_Test]) -> Outcome:
    outcomes = {test.outcome for test in tests}
    order = (Outcome.LEFT_OUT, Outcome.MAY_APPLY, Outcome.APPLIES)
    return next(outcome for outcome in order if outcome in outcomes)


def _home_tests(facts: CaseFacts, applies: Applies) -> Iterator[_Test]:
    homes = applies.homes
    yield _home_test(Fact.TENURE, facts.tenure, homes.tenures, applies)
    yield _home_test(Fact.AGREEMENT, facts.agreement, homes.agreements, applies)
    yield _home_test(Fact.LANDLORD_KIND, facts.landlord_kind, homes.landlord_kinds, applies)


def _home_test(fact: Fact, value: StrEnum, reached: tuple[StrEnum, ...], applies: Applies) -> _Test:
    used = FactUsed(name=fact, value=value.value, hazard=None)
    if value in reached:
        return _Test(used=used, outcome=Outcome.APPLIES)
    if value in _NOT_KNOWN:
        reason = f"it turns on the {fact.label}, which is not known"
        return _Test(used=used, outcome=Outcome.LEFT_OUT, reason=reason, is_open=True)
    reason = _given_reason(fact, value, applies) or (
        f"the {fact.label} is {_words(value)}; this is for {_either(reached)}"
    )
    return _Test(used=used, outcome=Outcome.LEFT_OUT, reason=reason)


def _hazard_tests(
    hazard: HazardFacts,
    provision: Provision,
    version: Version,
    *,
    day: date,
    may_be_emergency: bool,
) -> Iterator[_Test]:
    yield _hazard_test(hazard, provision, version, day=day, may_be_emergency=may_be_emergency)


def _hazard_test(
    hazard: HazardFacts,
    provision: Provision,
    version: Version,
    *,
    day: date,
    may_be_emergency: bool,
) -> _Test:
    applies = version.applies
    kind = hazard.hazard
    used = FactUsed(name=Fact.SEVERITY, value=hazard.severity.value, hazard=kind)
    if kind in applies.hazards:
        named = FactUsed(name=Fact.HAZARD, value=kind.value, hazard=kind)
        return _Test(used=named, outcome=Outcome.APPLIES)
    is_unsafe = hazard.severity is Severity.UNSAFE_NOW
    covering = applies.emergency_hazards if is_unsafe else applies.significant_hazards
    if kind in covering:
        return _Test(used=used, outcome=Outcome.APPLIES)
    if may_be_emergency and kind in applies.emergency_hazards:
        return _Test(used=used, outcome=Outcome.MAY_APPLY)
    reason = _hazard_reason(hazard, provision, version, day)
    return _Test(used=used, outcome=Outcome.LEFT_OUT, reason=reason)


def _hazard_reason(hazard: HazardFacts, provision: Provision, version: Version, day: date) -> str:
    kind = hazard.hazard
    given = _given_reason(Fact.HAZARD, kind, version.applies)
    later = provision.covers_from(kind, day)
    if given:
        return given
    if hazard.severity is Severity.UNSAFE_NOW and kind in version.applies.significant_hazards:
        return f"{kind.label} is reported as unsafe now: the emergency periods run instead"
    if later is not None and kind not in version.applies.significant_hazards:
        return (
            f"not in force on {day_in_words(day)} for {kind.label}: "
            f"significant {kind.label} is covered from {day_in_words(later)}"
        )
    if version.applies.covers(kind):
        return f"{kind.label} is not reported as unsafe now; this is for emergencies"
    return f"it does not cover {kind.label}"


def _condition_tests(
    facts: CaseFacts, hazard: HazardFacts | None, applies: Applies
) -> Iterator[_Test]:
    return (_condition_test(facts, hazard, condition) for condition in applies.conditions)


def _condition_test(facts: CaseFacts, hazard: HazardFacts | None, condition: Condition) -> _Test:
    answer = _answer(facts, hazard, condition.fact)
    of_hazard = hazard.hazard if hazard and condition.fact in _FACTS_OF_A_HAZARD else None
    used = FactUsed(name=condition.fact, value=answer.value, hazard=of_hazard)
    if answer is Answer.YES:
        return _Test(used=used, outcome=Outcome.APPLIES)
    if answer is Answer.NO:
        reason = f"the answer to {condition.fact.label} is no"
        return _Test(used=used, outcome=condition.if_no, reason=reason)
    return _Test(
        used=used,
        outcome=condition.if_not_known,
        reason=f"it turns on {condition.fact.label}, which is not known",
        is_open=condition.if_not_known is not Outcome.APPLIES,
    )


def _open_tests(applies: Applies) -> list[_Test]:
    if not applies.open_question:
        return []
    used = FactUsed(name=Fact.OPEN_QUESTION, value=Answer.NOT_KNOWN.value, hazard=None)
    return [_Test(used=used, outcome=Outcome.MAY_APPLY, is_open=True)]


def _answer(facts: CaseFacts, hazard: HazardFacts | None, fact: Fact) -> Answer:
    answers = {Fact.ADJUSTMENT_REQUESTED: facts.adjustment_requested}
    if hazard is not None:
        answers[Fact.DISREPAIR] = hazard.disrepair
        answers[Fact.LANDLORD_CONTROLS_CAUSE] = hazard.landlord_controls_cause
        answers[Fact.HEATING_OR_HOT_WATER_LOST] = hazard.heating_or_hot_water_lost
    return answers[fact]


def _given_reason(fact: Fact, value: StrEnum, applies: Applies) -> str:
    given = (r for r in applies.left_out_because if r.fact is fact and r.value == value.value)
    return next((reason.says for reason in given), "")


def _either(values: tuple[StrEnum, ...]) -> str:
    words = [_words(value) for value in values]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _words(value: StrEnum) -> str:
    plain = value.value.replace("_", " ")
    return f"a {plain}" if isinstance(value, Agreement) and value is not Agreement.NONE else plain
