"""What the answers about a home come to in one nation: where its rules leave one possibility it is
filled in, where they leave several it is asked for, and what they do not know is refused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from letters.drafting.phrases import listed
from letters.law.jurisdictions import Jurisdiction
from letters.law.tenures import Agreement, LandlordKind, Tenure, TenureRules

_Kind = TypeVar("_Kind", Agreement, LandlordKind)

AGREEMENTS = {
    Agreement.TENANCY: "A tenancy",
    Agreement.OCCUPATION_CONTRACT: "An occupation contract",
    Agreement.LICENCE: "A licence",
    Agreement.NOT_KNOWN: "Not known",
}
LANDLORD_KINDS = {
    LandlordKind.COUNCIL: "The council",
    LandlordKind.HOUSING_EXECUTIVE: "The Housing Executive",
    LandlordKind.REGISTERED_PROVIDER: "A housing association or other registered provider",
    LandlordKind.PRIVATE_LANDLORD: "A private landlord",
    LandlordKind.UNREGISTERED_PROVIDER: "A charity or company that is not a registered provider",
    LandlordKind.NOT_KNOWN: "Not known",
}
# One button for whichever of these a nation has.
LET_BY_PUBLIC_BODY = (Tenure.COUNCIL_TENANCY, Tenure.HOUSING_EXECUTIVE_TENANCY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How a home is held, as the law asks about it."""

    tenure: Tenure
    agreement: Agreement
    landlord_kind: LandlordKind


class Wrong(StrEnum):
    """Which of the three answers is at fault."""

    TENURE = "tenure"
    AGREEMENT = "agreement"
    LANDLORD_KIND = "landlord_kind"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotHeld:
    """An answer that is missing, or cannot be right, with what to do about it."""

    wrong: Wrong
    says: str


def public_tenure(rules: TenureRules) -> Tenure:
    """What a tenancy from the council or its like is in the nation."""
    return next(
        (tenure for tenure in LET_BY_PUBLIC_BODY if tenure in rules.ways), LET_BY_PUBLIC_BODY[0]
    )


def held_as(
    rules: TenureRules,
    tenure: Tenure,
    agreement: Agreement | None,
    landlord_kind: LandlordKind | None,
) -> Held | tuple[NotHeld, ...]:
    """How the home is held under the nation's rules; None is a question that was not answered."""
    if tenure is Tenure.NOT_KNOWN:
        return _not_known(rules, landlord_kind or LandlordKind.NOT_KNOWN)
    if tenure in rules.not_here:
        says = rules.contradiction(tenure, Agreement.NOT_KNOWN, LandlordKind.NOT_KNOWN)
        return (NotHeld(wrong=Wrong.TENURE, says=says),)
    agreements, kinds = rules.ways[tenure]
    settled = _settled(agreement, agreements), _settled(landlord_kind, kinds)
    faults = (
        _fault(Wrong.AGREEMENT, settled[0], rules, tenure),
        _fault(Wrong.LANDLORD_KIND, settled[1], rules, tenure),
    )
    found = tuple(fault for fault in faults if fault is not None)
    if found or settled[0] is None or settled[1] is None:
        return found
    return Held(tenure=tenure, agreement=settled[0], landlord_kind=settled[1])


def _not_known(rules: TenureRules, kind: LandlordKind) -> Held | tuple[NotHeld, ...]:
    """A tenure that nobody knows leaves the agreement open as well."""
    unknown = Tenure.NOT_KNOWN, Agreement.NOT_KNOWN
    if says := rules.contradiction(*unknown, kind):
        return (NotHeld(wrong=Wrong.LANDLORD_KIND, says=says),)
    return Held(tenure=unknown[0], agreement=unknown[1], landlord_kind=kind)


def _settled(answer: _Kind | None, possible: frozenset[_Kind]) -> _Kind | None:
    return next(iter(possible)) if answer is None and len(possible) == 1 else answer


def _fault(
    wrong: Wrong, answer: Agreement | LandlordKind | None, rules: TenureRules, tenure: Tenure
) -> NotHeld | None:
    agreements, kinds = rules.ways[tenure]
    if answer is None:
        possible = (
            _words(AGREEMENTS, agreements)
            if wrong is Wrong.AGREEMENT
            else _words(LANDLORD_KINDS, kinds)
        )
        return NotHeld(wrong=wrong, says=f"Choose {_either(possible)}, or 'Not known'")
    agreement = answer if isinstance(answer, Agreement) else Agreement.NOT_KNOWN
    kind = answer if isinstance(answer, LandlordKind) else LandlordKind.NOT_KNOWN
    says = rules.contradiction(tenure, agreement, kind)
    return NotHeld(wrong=wrong, says=says) if says else None


def _words(words: Mapping[_Kind, str], possible: Iterable[_Kind]) -> list[str]:
    there = set(possible)
    return [said[:1].lower() + said[1:] for value, said in words.items() if value in there]


def _either(words: list[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def agreements_in_words(all_rules: Iterable[TenureRules], tenure: Tenure) -> str:
    """Which agreements a home held so can be under, nation by nation; '' where all are alike."""
    by_words: dict[str, list[str]] = {}
    for rules in all_rules:
        if tenure in rules.ways:
            words = _either(_words(AGREEMENTS, rules.ways[tenure][0]))
            by_words.setdefault(words, []).append(rules.jurisdiction.label)
    if len(by_words) == 1:
        return ""
    return ". ".join(f"In {listed(nations)}: {words}" for words, nations in by_words.items()) + "."


def nations_that_ask_the_landlord(all_rules: Iterable[TenureRules], tenure: Tenure) -> str:
    """Where a home held so can be let by several kinds of landlord, as a hint; '' for everywhere or
    nowhere."""
    everywhere = [rules for rules in all_rules if tenure in rules.ways]
    asking = [rules.jurisdiction for rules in everywhere if len(rules.ways[tenure][1]) > 1]
    return for_homes_in(asking) if 0 < len(asking) < len(everywhere) else ""


def for_homes_in(nations: Iterable[Jurisdiction]) -> str:
    """ "For homes in Scotland and Northern Ireland"."""
    return f"For homes in {listed([nation.label for nation in nations])}"


def offered(words: Mapping[_Kind, str], all_rules: Iterable[TenureRules]) -> dict[_Kind, str]:
    """Those of the answers that some nation knows, and 'Not known'."""
    known = {Tenure.NOT_KNOWN.value}
    for rules in all_rules:
        for agreements, kinds in rules.ways.values():
            known |= {value.value for value in agreements} | {value.value for value in kinds}
    return {value: said for value, said in words.items() if value.value in known}
