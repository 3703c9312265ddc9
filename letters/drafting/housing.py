"""What a letter says about the home: hazards by room, what the landlord was told, what is done."""

from letters.drafting.annexes import seen_in
from letters.drafting.content import Column, Force, Row, Table
from letters.drafting.particulars import HousingCondition, Particulars
from letters.drafting.phrases import listed, listed_names, sentence, short_day
from letters.drafting.vocabulary import Recipient
from letters.drafting.writing import Writing
from letters.law.facts import CaseFacts, OccupantFacts, Severity
from letters.law.grounds import Grounds
from letters.law.hazards import Hazard

_NOT_KNOWN = "Not known"


def hazards_in_words(facts: CaseFacts) -> str:
    """ "damp and mould", "excess cold and pests"; a name that holds "and" stays in one piece."""
    return listed_names([hazard.hazard.label for hazard in facts.hazards])


def write_danger(
    writing: Writing, facts: CaseFacts, grounds: Grounds, *, particulars: Particulars
) -> None:
    """A panel where something is unsafe now, or where guidance to landlords says that it may be an
    emergency; that guidance is no other reader's business."""
    is_to_landlord = particulars.addressee.recipient is Recipient.LANDLORD
    unsafe = [hazard for hazard in facts.hazards if hazard.severity is Severity.UNSAFE_NOW]
    if unsafe:
        labels = listed_names([hazard.hazard.label for hazard in unsafe])
        values = {"hazards": labels}
        blocks = writing.passage("unsafe", values, facts=("hazards.severity",))
        writing.panel("danger", Force.EMERGENCY, "unsafe_title", blocks)
    elif grounds.potential_emergencies and is_to_landlord:
        whys = dict.fromkeys(sentence(found.why) for found in grounds.potential_emergencies)
        values = {"why": " ".join(whys)}
        rules = tuple(found.rule_id for found in grounds.potential_emergencies)
        may_explain = _tells_of_nobody_else(facts, particulars)
        passage = "possible_emergency" if may_explain else "possible_emergency_unexplained"
        blocks = writing.passage(passage, values, facts=rules)
        writing.panel("danger", Force.EMERGENCY, "possible_emergency_title", blocks)


def _tells_of_nobody_else(facts: CaseFacts, particulars: Particulars) -> bool:
    """Whether a reason drawn from everybody's illnesses says nothing that the letter may not.

    A reason turns on an illness and an age below a limit. So a person who may not be mentioned is
    safe behind one who may, who has the same illnesses and is no older.
    """
    patient, *others = facts.occupants
    mentioned = [OccupantFacts(age=o.age, conditions=o.conditions) for o in particulars.occupants]
    if particulars.diagnoses:
        mentioned.append(patient)
    return all(
        not person.conditions or any(_hides(other, person) for other in mentioned)
        for person in (patient, *others)
    )


def _hides(mentioned: OccupantFacts, person: OccupantFacts) -> bool:
    is_no_older = person.age is None or (mentioned.age is not None and mentioned.age <= person.age)
    return is_no_older and set(mentioned.conditions) >= set(person.conditions)


def write_conditions(writing: Writing, particulars: Particulars) -> None:
    """The table of hazards, and what the landlord is known to have been told."""
    writing.heading("conditions_title")
    columns = (
        Column(title=writing.line("column_hazard"), width=24),
        Column(title=writing.line("column_description"), width=38),
        Column(title=writing.line("column_source"), width=18),
        Column(title=writing.line("column_noticed"), width=20),
    )
    table = Table(
        id="conditions",
        caption=writing.line("conditions_caption"),
        columns=columns,
        rows=tuple(_row(condition, particulars) for condition in particulars.conditions),
    )
    writing.blocks.append(writing.table(table, facts=("hazards",)))
    for condition in particulars.conditions:
        _write_told(writing, condition)
    if particulars.household_measures:
        writing.add("measures", {})
        writing.own_words(
            particulars.household_measures, block_id="measures_list", fact="household_measures"
        )


def _row(condition: HousingCondition, particulars: Particulars) -> Row:
    label = condition.hazard.label
    rooms = listed(condition.rooms)
    noticed = condition.first_noticed_on
    return Row(
        id=f"conditions.{condition.hazard.value}",
        cells=(
            f"{label[:1].upper()}{label[1:]}: {rooms}",
            f"{sentence(condition.description)}{seen_in(particulars, condition.hazard)}",
            condition.source.label,
            _NOT_KNOWN if noticed is None else short_day(noticed),
        ),
    )


def _write_told(writing: Writing, condition: HousingCondition) -> None:
    if condition.landlord_told_on is None:
        return
    hazard: Hazard = condition.hazard
    values = {"hazard": hazard.label, "told_on": short_day(condition.landlord_told_on)}
    if condition.landlord_response.strip():
        values["response"] = sentence(condition.landlord_response)
        writing.add("told_and_answered", values, part=hazard.value)
    else:
        writing.add("told", values, part=hazard.value)
