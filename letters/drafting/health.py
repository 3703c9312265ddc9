"""What a letter says about health: the illness, counts, what is known, and an opinion.

Only what particulars hold is said; they were limited to what the addressee may be told.
"""

from collections.abc import Iterable
from itertools import groupby

from letters.drafting.evidence import Evidence, Statement
from letters.drafting.particulars import Diagnosis, Exacerbations, OtherOccupant, Particulars
from letters.drafting.phrases import clause, counted, listed, sentence, short_day
from letters.drafting.vocabulary import Event, OpinionLevel, Source
from letters.drafting.writing import Writing
from letters.law.facts import Answer, CaseFacts, HealthCondition

_ADULT = 18
# Labels that would not do after "who has".
_NAMED = {
    HealthCondition.ALLERGY: "an allergy",
    HealthCondition.IMMUNOSUPPRESSION: "a weakened immune system",
    HealthCondition.OTHER: "a long-term illness",
}


def conditions_in_words(particulars: Particulars) -> str:
    """ "asthma", "asthma and an allergy"; '' where the addressee may not be told."""
    labels = [_illness(diagnosis.condition) for diagnosis in particulars.diagnoses]
    return listed(labels) if labels else ""


def write_health(
    writing: Writing,
    facts: CaseFacts,
    particulars: Particulars,
    *,
    evidence: Evidence,
    approved: frozenset[str],
) -> None:
    """The section on health; a heading without anything below it is never printed."""
    if particulars.diagnoses or particulars.exacerbations:
        writing.heading("health_title", patient=particulars.patient.name)
    for diagnosis in particulars.diagnoses:
        _write_diagnosis(writing, diagnosis, particulars.patient.name)
    _write_counts(writing, particulars.exacerbations)
    statements = _statements(facts, particulars, evidence, approved)
    for statement in statements:
        values = {"statement": statement.says, "source": statement.source_title}
        writing.add("known", values, statements=(statement.id,), part=statement.id.lower())
    _write_opinion(writing, particulars)


def write_narrative(writing: Writing, narrative: str) -> None:
    """The clinician's own words, where there are some."""
    if narrative.strip():
        writing.own_words((narrative,), block_id="narrative", fact="narrative")


def write_occupants(writing: Writing, particulars: Particulars) -> None:
    """Others in the home who agreed to be mentioned."""
    if particulars.occupants:
        others = listed([_occupant(occupant) for occupant in particulars.occupants])
        writing.add("others", {"others": others})


def write_limits(writing: Writing, particulars: Particulars) -> None:
    """What the clinician has not seen and does not judge."""
    seen = any(c.source is Source.SEEN_BY_CLINICIAN for c in particulars.conditions)
    writing.add("limits_seen" if seen else "limits", {})


def _write_diagnosis(writing: Writing, diagnosis: Diagnosis, patient: str) -> None:
    told = {
        "basis": diagnosis.basis,
        "severity": diagnosis.severity,
        "treatment": diagnosis.treatment,
    }
    passages = ["diagnosis", *(name for name, words in told.items() if words and words.strip())]
    values = {"patient": patient, "condition": _illness(diagnosis.condition)}
    values |= {name: clause(words) for name, words in told.items() if words}
    writing.add_as_one(passages, values, part=diagnosis.condition.value)


def _write_counts(writing: Writing, exacerbations: Iterable[Exacerbations]) -> None:
    in_order = list(Event)
    ordered = sorted(exacerbations, key=lambda e: (e.months, e.until, in_order.index(e.event)))
    windows = groupby(ordered, key=lambda e: (e.months, e.until))
    for number, ((months, until), group) in enumerate(windows, start=1):
        values = {
            "months": counted(months, "month", "months"),
            "until": short_day(until),
            "counts": listed([_count(e) for e in group]),
        }
        writing.add("counts", values, facts=("exacerbations",), part=str(number))


def _count(exacerbations: Exacerbations) -> str:
    event = exacerbations.event
    if exacerbations.count == 0:
        return f"no {event.many}"
    return counted(exacerbations.count, event.one, event.many)


def _statements(
    facts: CaseFacts, particulars: Particulars, evidence: Evidence, approved: frozenset[str]
) -> tuple[Statement, ...]:
    """One statement for each hazard: the first that fits an illness that may be told."""
    found: dict[str, Statement] = {}
    for hazard in facts.hazards:
        for diagnosis in particulars.diagnoses:
            fitting = evidence.for_letter(
                diagnosis.condition, hazard.hazard, facts.jurisdiction, approved
            )
            if fitting:
                found.setdefault(hazard.hazard.value, fitting[0])
    return tuple({statement.id: statement for statement in found.values()}.values())


def _write_opinion(writing: Writing, particulars: Particulars) -> None:
    opinion, diagnoses = particulars.opinion, particulars.diagnoses
    if opinion is None or not diagnoses or opinion.level is OpinionLevel.RECOGNISED_RISK:
        return
    condition = listed([_illness_again(diagnosis.condition) for diagnosis in diagnoses])
    values = {"patient": particulars.patient.name, "condition": condition}
    if opinion.level is OpinionLevel.LIKELY:
        writing.add("likely", {**values, "basis": sentence(opinion.basis)}, facts=("opinion",))
    elif opinion.better_away_from_home is Answer.YES:
        writing.add("consistent_with_better_away", values, facts=("opinion",))
    else:
        writing.add("consistent_with", values, facts=("opinion",))


def _occupant(occupant: OtherOccupant) -> str:
    kind = "a child" if occupant.age is not None and occupant.age < _ADULT else "a person"
    age = kind if occupant.age is None else f"{kind} aged {occupant.age}"
    if not occupant.conditions:
        return age
    return f"{age} who has {listed([_NAMED.get(c, c.short_label) for c in occupant.conditions])}"


def _illness(condition: HealthCondition) -> str:
    return _NAMED.get(condition, condition.label)


def _illness_again(condition: HealthCondition) -> str:
    return "illness" if condition is HealthCondition.OTHER else condition.short_label
