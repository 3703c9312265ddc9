"""Which provisions apply to the facts of a case on a day, which do not, and what to ask."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from letters.law.emergencies import (
    PotentialEmergency,
    Sign,
    potential_emergencies,
    signs_of_emergency,
)
from letters.law.errors import NotInForce
from letters.law.facts import CaseFacts
from letters.law.findings import FactUsed, Finding, find_for_case, find_for_hazards
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.law.library import Library
from letters.law.periods import Period
from letters.law.provision import (
    Doubt,
    DutyOn,
    Fact,
    FreshReportNeeded,
    Letters,
    Outcome,
    Provision,
    Reference,
    Verification,
    Version,
)
from letters.law.questions import ASKS

_Value = TypeVar("_Value")
_Asked = tuple[Fact, str]  # a fact and the words in which it is asked for


class Strength(StrEnum):
    """Whether the facts bring the provision in, or leave it open."""

    APPLIES = "applies"
    MAY_APPLY = "may_apply"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A provision that applies, or may, to these hazards; no hazards where it turns on none."""

    provision_id: str
    citation: str
    reference: Reference
    version_starts_on: date
    verification: Verification
    sources: tuple[str, ...]
    duty: str
    duty_on: DutyOn
    remedy: str
    forum: str
    hazards: tuple[Hazard, ...]
    strength: Strength
    because: tuple[FactUsed, ...]
    periods: tuple[Period, ...]
    doubts: tuple[Doubt, ...]
    earlier_reports: tuple[FreshReportNeeded, ...] = ()

    def told_from(self, hazard: Hazard) -> date | None:
        """The first day on which telling the landlord starts a clock; None where any day does."""
        days = (rule.told_from for rule in self.earlier_reports if hazard in rule.hazards)
        return next(days, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A provision that was looked at and not used, for these hazards or for the whole case."""

    provision_id: str
    citation: str
    reason: str
    hazards: tuple[Hazard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A fact that is not known and would change what applies."""

    fact: Fact
    asks: str
    hazards: tuple[Hazard, ...]
    provision_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """The whole answer for one case on one day.

    A provision stands in `applying` at most once for each strength: damp may bring it in for
    certain and cold perhaps, and neither answer may be lent to the other hazard.
    `for_adviser` holds what a clinician's letter never cites.
    """

    jurisdiction: Jurisdiction
    day: date
    law_digest: str
    applying: tuple[Ground, ...]
    for_adviser: tuple[Ground, ...]
    left_out: tuple[LeftOut, ...]
    questions: tuple[Question, ...]
    potential_emergencies: tuple[PotentialEmergency, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looked:
    """One provision that is in force, with what was found for each hazard or for the case."""

    provision: Provision
    version: Version
    findings: tuple[Finding, ...]


def grounds_for(facts: CaseFacts, day: date, library: Library) -> Grounds:
    """What the law of the case's nation says on the day, with nothing assumed."""
    signs = signs_of_emergency(facts, day, library)
    looked: list[_Looked] = []
    left_out: list[LeftOut] = []
    for provision in library.of(facts.jurisdiction):
        try:
            version = provision.on(day)
        except NotInForce as refusal:
            left_out.append(_left_out(provision, refusal.says, ()))
            continue
        findings = _findings(facts, provision, version, day=day, signs=signs)
        looked.append(_Looked(provision=provision, version=version, findings=findings))
        left_out.extend(_left_out_for(provision, findings))
    grounds = [
        (each, ground)
        for each in looked
        if any(finding.outcome is not Outcome.LEFT_OUT for finding in each.findings)
        for ground in _grounds(each, facts)
    ]
    return Grounds(
        jurisdiction=facts.jurisdiction,
        day=day,
        law_digest=library.digest_of(facts.jurisdiction),
        applying=tuple(g for each, g in grounds if not _for_adviser(each.version, facts)),
        for_adviser=tuple(g for each, g in grounds if _for_adviser(each.version, facts)),
        left_out=tuple(left_out),
        questions=_questions(looked, signs),
        potential_emergencies=potential_emergencies(signs),
    )


def without(grounds: Grounds, reasons: Mapping[str, str]) -> Grounds:
    """The same, but for what only may apply and a person leaves out: by provision id, why. What
    applies stays, whatever is asked."""

    def is_left_out(ground: Ground) -> bool:
        return ground.strength is Strength.MAY_APPLY and ground.provision_id in reasons

    found = [each for each in (*grounds.applying, *grounds.for_adviser) if is_left_out(each)]
    return replace(
        grounds,
        applying=tuple(each for each in grounds.applying if not is_left_out(each)),
        for_adviser=tuple(each for each in grounds.for_adviser if not is_left_out(each)),
        left_out=(
            *grounds.left_out,
            *(
                LeftOut(
                    provision_id=each.provision_id,
                    citation=each.citation,
                    reason=reasons[each.provision_id],
                    hazards=each.hazards,
                )
                for each in found
            ),
        ),
    )


def _findings(
    facts: CaseFacts, provision: Provision, version: Version, *, day: date, signs: Iterable[Sign]
) -> tuple[Finding, ...]:
    if not version.applies.turns_on_a_hazard:
        return (find_for_case(facts, version),)
    urgent = {sign.hazard for sign in signs if not sign.to_ask}
    return find_for_hazards(facts, provision=provision, version=version, day=day, urgent=urgent)


def _grounds(looked: _Looked, facts: CaseFacts) -> tuple[Ground, ...]:
    grounds: list[Ground] = []
    for strength in Strength:
        findings = [f for f in looked.findings if f.outcome == strength.value]
        if findings:
            grounds.append(_ground(looked, facts, findings, strength))
    return tuple(grounds)


def _ground(
    looked: _Looked, facts: CaseFacts, findings: list[Finding], strength: Strength
) -> Ground:
    provision, version = looked.provision, looked.version
    hazards = _hazards(findings)
    return Ground(
        provision_id=provision.id,
        citation=provision.citation,
        reference=provision.reference,
        version_starts_on=version.starts_on,
        verification=version.verification,
        sources=version.sources,
        duty=version.duty,
        duty_on=version.duty_on,
        remedy=version.remedy,
        forum=version.forum,
        hazards=hazards,
        strength=strength,
        because=_unique(used for finding in findings for used in finding.because),
        periods=version.periods,
        doubts=tuple(d for d in version.doubts if _concerns(d, facts, hazards)),
        earlier_reports=version.earlier_reports,
    )


def _concerns(doubt: Doubt, facts: CaseFacts, hazards: tuple[Hazard, ...]) -> bool:
    in_this_home = not doubt.tenures or facts.tenure in doubt.tenures
    of_this_hazard = not doubt.hazards or bool(set(doubt.hazards) & set(hazards))
    return in_this_home and of_this_hazard


def _for_adviser(version: Version, facts: CaseFacts) -> bool:
    return (
        version.letters is Letters.ADVISER_ONLY or facts.tenure in version.applies.adviser_tenures
    )


def _left_out(provision: Provision, reason: str, hazards: tuple[Hazard, ...]) -> LeftOut:
    return LeftOut(
        provision_id=provision.id, citation=provision.citation, reason=reason, hazards=hazards
    )


def _left_out_for(provision: Provision, findings: tuple[Finding, ...]) -> tuple[LeftOut, ...]:
    out = [finding for finding in findings if finding.outcome is Outcome.LEFT_OUT]
    if len(out) < 2:
        return tuple(_left_out(provision, f.reason, _hazards([f])) for f in out)
    by_reason = {reason: [f for f in out if f.reason == reason] for reason in _reasons(out)}
    return tuple(_left_out(provision, reason, _hazards(same)) for reason, same in by_reason.items())


def _reasons(findings: Iterable[Finding]) -> tuple[str, ...]:
    return _unique(finding.reason for finding in findings)


def _questions(looked: list[_Looked], signs: Iterable[Sign]) -> tuple[Question, ...]:
    hazards: dict[_Asked, list[Hazard]] = {}
    provision_ids: dict[_Asked, list[str]] = {}
    for asked, hazard, provision_id in [*_asked_by_law(looked), *_asked_by_signs(signs)]:
        hazards.setdefault(asked, []).extend([hazard] if hazard else [])
        provision_ids.setdefault(asked, []).extend([provision_id] if provision_id else [])
    order = list(ASKS)
    return tuple(
        Question(
            fact=fact,
            asks=asks,
            hazards=_unique(hazards[fact, asks]),
            provision_ids=_unique(provision_ids[fact, asks]),
        )
        for fact, asks in sorted(hazards, key=lambda asked: order.index(asked[0]))
    )


def _asked_by_law(looked: Iterable[_Looked]) -> Iterable[tuple[_Asked, Hazard | None, str]]:
    for each in looked:
        own = each.version.applies.open_question
        for finding in each.findings:
            for fact in finding.to_ask:
                asks = own if fact is Fact.OPEN_QUESTION else ASKS[fact]
                yield (fact, asks), finding.hazard, each.provision.id


def _asked_by_signs(signs: Iterable[Sign]) -> Iterable[tuple[_Asked, Hazard | None, str]]:
    for sign in signs:
        for fact in sign.to_ask:
            yield (fact, ASKS[fact]), sign.hazard, ""


def _hazards(findings: Iterable[Finding]) -> tuple[Hazard, ...]:
    return _unique(finding.hazard for finding in findings if finding.hazard is not None)


def _unique(values: Iterable[_Value]) -> tuple[_Value, ...]:
    return tuple(dict.fromkeys(values))
