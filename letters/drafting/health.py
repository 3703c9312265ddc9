"""What a letter says about health: the illness, counts, what is known, and an opinion.

Only what particulars hold is said; they were limited to what the addressee may be told.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from letters.drafting.evidence import Evidence, Statement, StatementSource, Told
from letters.drafting.particulars import Diagnosis, Exacerbations, OtherOccupant, Particulars
from letters.drafting.phrases import clause, counted, listed, listed_names, sentence, short_day
from letters.drafting.vocabulary import Event, OpinionLevel, Source
from letters.drafting.writing import Writing
from letters.law.facts import Answer, CaseFacts, HealthCondition

_ADULT = 18
_MOST_STATEMENTS = 3  # a letter is no reading list
# Labels that would not do after "has".
_NAMED = {
    HealthCondition.ALLERGY: "an allergy",
    HealthCondition.IMMUNOSUPPRESSION: "a weakened immune system",
    HealthCondition.MENTAL_ILLNESS: "a mental illness",
    HealthCondition.OTHER: "a long-term illness",
}
# What nobody has: each with a verb of its own.
_OWN_VERB = {
    HealthCondition.FRAILTY: "is frail",
    HealthCondition.PREGNANCY: "is pregnant",
    HealthCondition.RESPIRATORY_INFECTION: "gets chest infections",
}
# What the home can contribute to, or make worse.
_AGAIN = {
    HealthCondition.OTHER: "illness",
    HealthCondition.PREGNANCY: "symptoms in pregnancy",
}


def has_illness(particulars: Particulars) -> str:
    """ "has asthma", "has asthma and is pregnant"; '' where the addressee may not be told."""
    conditions = [diagnosis.condition for diagnosis in particulars.diagnoses]
    return _in_words({c: _NAMED.get(c, c.label) for c in conditions})


def _in_words(named: Mapping[HealthCondition, str]) -> str:
    had = [name for condition, name in named.items() if condition not in _OWN_VERB]
    has = [f"has {listed(had)}"] if had else []
    verbs = [*has, *(_OWN_VERB[condition] for condition in named if condition in _OWN_VERB)]
    return listed_names(verbs) if verbs else ""


def write_health(
    writing: Writing,
    facts: CaseFacts,
    particulars: Particulars,
    *,
    evidence: Evidence,
    approved: frozenset[str],
    told_age: int | None,
) -> None:
    """The section on health; a heading without anything below it is never printed. `told_age` is
    the patient's age in whole years, None where the letter does not tell it."""
    if particulars.diagnoses or particulars.exacerbations:
        writing.heading("health_title", patient=particulars.patient.name)
    for diagnosis in particulars.diagnoses:
        _write_diagnosis(writing, diagnosis, particulars.patient.name)
    _write_counts(writing, particulars.exacerbations)
    conditions = [diagnosis.condition for diagnosis in particulars.diagnoses]
    told = Told(conditions=conditions, age=told_age)
    for statement, source in _statements(facts, told, evidence, approved):
        values = {"statement": statement.says, "source": source.title}
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
    condition = diagnosis.condition
    has = _in_words({condition: _NAMED.get(condition, condition.label)})
    values = {"patient": patient, "has_illness": has}
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
    facts: CaseFacts, told: Told, evidence: Evidence, approved: frozenset[str]
) -> Iterator[tuple[Statement, StatementSource]]:
    """The best for each hazard, in the order of the hazards; where they are too many, those of the
    patient's own illnesses stay. A letter that tells no illness says nothing of any."""
    if not told.conditions:
        return
    best: dict[str, Statement] = {}
    for hazard in facts.hazards:
        for statement in evidence.for_letter(told, hazard.hazard, facts.jurisdiction, approved)[:1]:
            best[statement.id] = statement
    kept = sorted(best.values(), key=lambda statement: statement.rank)[:_MOST_STATEMENTS]
    for statement in best.values():
        if statement in kept and statement.source is not None:
            yield statement, statement.source


def _write_opinion(writing: Writing, particulars: Particulars) -> None:
    opinion, diagnoses = particulars.opinion, particulars.diagnoses
    if opinion is None or not diagnoses or opinion.level is OpinionLevel.RECOGNISED_RISK:
        return
    condition = listed([_AGAIN.get(d.condition, d.condition.short_label) for d in diagnoses])
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
    return f"{age} who {_in_words({c: _NAMED.get(c, c.short_label) for c in occupant.conditions})}"
