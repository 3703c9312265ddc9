"""What has to happen before a letter may go, so that it harms nobody: a table, and nothing else.

Each rule says, for one concern, whose letters a "yes" stops until advice has been followed, and
whose it brings before an adviser. An answer that nobody knows brings all of them before an adviser.
While nothing has been recorded, the gate asks for that. docs/gates.md shows the table for people.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from letters.drafting.stages import Stage
from letters.drafting.vocabulary import Concern, ContactWay, Recipient
from letters.law.facts import Answer


class Effect(StrEnum):
    """What a gate does with a letter, the gravest first."""

    STOPS = "stops"  # until the advice has been followed, and an adviser says so
    ADVISER = "adviser"  # until an adviser has looked at it
    RECORD = "record"  # until somebody has asked and recorded


class GateKey(StrEnum):
    """What a gate is about."""

    EVICTION_OR_REPRISAL = "eviction_or_reprisal"
    DOMESTIC_ABUSE = "domestic_abuse"
    IMMIGRATION = "immigration"
    DISPLACEMENT = "displacement"
    OTHER_OCCUPANTS = "other_occupants"
    SAFEGUARDING = "safeguarding"
    CONTACT = "contact"
    WHEREABOUTS = "whereabouts"
    NOT_RECORDED = "not_recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """One thing that holds a letter, and what to do first."""

    key: GateKey
    effect: Effect
    title: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Safety:
    """What was recorded of a case; a concern that nobody was asked about counts as not known."""

    answers: Mapping[Concern, Answer]
    contact: ContactWay
    hide_whereabouts: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """`stops` and `asks` are readers; `also` are kinds of letter that are asked about whoever
    outside reads them."""

    title: str
    advice: str
    stops: frozenset[Recipient] = frozenset()
    asks: frozenset[Recipient] = frozenset()
    also: frozenset[Stage] = frozenset()

    def effect(self, answer: Answer, *, stage: Stage, reader: Recipient) -> Effect | None:
        if answer is Answer.NO:
            return None
        if reader in self.stops and answer is Answer.YES:
            return Effect.STOPS
        by_stage = stage in self.also and reader in _OUTSIDE
        is_asked = reader in self.stops or reader in self.asks or by_stage
        return Effect.ADVISER if is_asked else None


_R = Recipient
# Each of them is, or soon speaks to, whoever the home is held from.
_LANDLORDS = frozenset({_R.LANDLORD, _R.MANAGING_AGENT})
_INSPECTORS = frozenset({_R.COUNCIL})
_DECIDERS = frozenset({_R.OMBUDSMAN})
# Evidence for help that the household itself asks for: what they fear is often why they ask.
_HOUSING = frozenset({_R.COUNCIL_HOUSING})
_OUTSIDE = _LANDLORDS | _INSPECTORS | _DECIDERS | _HOUSING
_PATIENT = frozenset({_R.PATIENT})
# Help with works on the home comes to the landlord's ears, other than the rest of that team's work.
_GRANT = frozenset({Stage.GRANT})

RULES: Mapping[GateKey, _Rule] = {
    GateKey.SAFEGUARDING: _Rule(
        title="A safeguarding concern",
        advice="Follow your organisation's safeguarding procedure first. A letter about the home "
        "is no substitute for it.",
        stops=_OUTSIDE | _PATIENT,
    ),
    GateKey.DOMESTIC_ABUSE: _Rule(
        title="Domestic abuse",
        advice="Somebody in or linked to the home must not learn of this letter. Talk with the "
        "patient alone about who would see it, and take specialist advice before anything goes.",
        stops=_LANDLORDS | _DECIDERS,
        asks=_INSPECTORS | _HOUSING | _PATIENT,
    ),
    GateKey.EVICTION_OR_REPRISAL: _Rule(
        title="Fear of eviction or reprisal",
        advice="Talk with the household about what the landlord could do, what protects them, and "
        "whether they still want the letter sent.",
        asks=_LANDLORDS | _INSPECTORS | _DECIDERS,
        also=_GRANT,
    ),
    GateKey.IMMIGRATION: _Rule(
        title="Worry about immigration status",
        advice="Arrange advice from somebody who may give it on immigration, before the letter "
        "brings in a landlord or an authority.",
        asks=_OUTSIDE,
    ),
    GateKey.DISPLACEMENT: _Rule(
        title="The home may be condemned, or the household have to move out",
        advice="Talk with the household about where they would go, and what they would be owed, if "
        "the home could not be lived in.",
        asks=_LANDLORDS | _INSPECTORS,
        also=_GRANT,
    ),
    GateKey.OTHER_OCCUPANTS: _Rule(
        title="Other people in the building would be affected",
        advice="Think of what an inspection would mean for the other households, and whether they "
        "need advice of their own.",
        asks=_LANDLORDS | _INSPECTORS,
        also=_GRANT,
    ),
    GateKey.WHEREABOUTS: _Rule(
        title="Where the household is must not be told",
        advice="Read the whole letter, with what it says of access and every enclosure, for "
        "anything that tells where the household is now or how to reach them.",
        asks=_OUTSIDE | _PATIENT,
    ),
}
# How a way of reaching the patient bears on the copy that is theirs, and on letters that make
# others get in touch. Filing a copy in the record reaches nobody.
_CONTACT: Mapping[ContactWay, _Rule] = {
    ContactWay.NONE: _Rule(
        title="The patient must not be contacted",
        advice="A letter makes its reader get in touch. Find out with the patient, in a way that "
        "is safe for them, whom the reader could turn to instead.",
        stops=_PATIENT,
        asks=_OUTSIDE,
    ),
    ContactWay.TELEPHONE: _Rule(
        title="The patient may only be telephoned",
        advice="Do not post a copy: read it out, or hand it over where that is safe.",
        asks=_PATIENT,
    ),
    ContactWay.NOT_KNOWN: _Rule(
        title="Nobody knows how the patient may safely be contacted",
        advice="Ask the patient, alone and in a safe way, how they may be reached.",
        asks=_OUTSIDE | _PATIENT,
    ),
}
_NOT_RECORDED = Gate(
    key=GateKey.NOT_RECORDED,
    effect=Effect.RECORD,
    title="Nobody has recorded whether a letter could harm somebody",
    advice="Ask, and record the answers: it takes a minute.",
)


def gates_for(safety: Safety | None, *, stage: Stage, reader: Recipient) -> tuple[Gate, ...]:
    """What holds a letter of this stage to this reader, the gravest first; None: nothing was
    recorded."""
    if safety is None:
        return (_NOT_RECORDED,) if reader in _OUTSIDE | _PATIENT else ()
    found = _gates(safety, stage, reader)
    return tuple(sorted(found, key=lambda gate: gate.effect is not Effect.STOPS))


def _gates(safety: Safety, stage: Stage, reader: Recipient) -> Iterator[Gate]:
    for key, rule in RULES.items():
        effect = rule.effect(_answer(safety, key), stage=stage, reader=reader)
        if effect is not None:
            yield Gate(key=key, effect=effect, title=rule.title, advice=rule.advice)
    contact = _CONTACT.get(safety.contact)
    if contact is not None:
        effect = contact.effect(Answer.YES, stage=stage, reader=reader)
        if effect is not None:
            yield Gate(
                key=GateKey.CONTACT, effect=effect, title=contact.title, advice=contact.advice
            )


def _answer(safety: Safety, key: GateKey) -> Answer:
    if key is GateKey.WHEREABOUTS:
        return safety.hide_whereabouts
    return safety.answers.get(Concern(key.value), Answer.NOT_KNOWN)
