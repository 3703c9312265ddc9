"""Facts, grounds and people into the content of one letter, with the reason for every block."""

from dataclasses import dataclass
from datetime import date

from letters.drafting.content import LetterContent, Mark, SignOff
from letters.drafting.duties import write_damp_guidance, write_law
from letters.drafting.errors import NotConsented
from letters.drafting.health import conditions_in_words, write_health
from letters.drafting.housing import hazards_in_words, write_conditions, write_danger
from letters.drafting.particulars import Particulars, limited_to
from letters.drafting.phrases import age_in_words, day_in_words, short_day
from letters.drafting.reminder import Earlier, write_reminder
from letters.drafting.requests import (
    follow_up_on,
    write_next_steps,
    write_offers,
    write_requests,
)
from letters.drafting.stages import Stage
from letters.drafting.times import times_set_by_law
from letters.drafting.trace import Trace, trace_of
from letters.drafting.vocabulary import DataItem, GivenBy, Recipient
from letters.drafting.wording import Wording
from letters.drafting.writing import Writing
from letters.law.clocks import Clock
from letters.law.facts import CaseFacts, Severity
from letters.law.grounds import Grounds
from letters.law.tenures import Agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Everything one letter is made from. `clocks` are counted as if the landlord learnt of the
    hazard on `day`; `earlier` is the letter that a reminder follows, None for a first letter."""

    facts: CaseFacts
    grounds: Grounds
    clocks: tuple[Clock, ...]
    particulars: Particulars
    stage: Stage
    day: date
    mark: Mark
    narrative: str
    earlier: Earlier | None
    signed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """What the letter says, and why."""

    content: LetterContent
    trace: Trace
    items: frozenset[DataItem]  # what the letter tells, each of which consent must cover


def compose(brief: Brief, wording: Wording) -> Composition:
    """Write the letter. What the addressee may not be told is taken away before a word is chosen;
    without consent to tell what is wrong with the home there is no letter."""
    permitted = brief.particulars.permission.items
    if DataItem.HOUSING_CONDITIONS not in permitted:
        raise NotConsented(DataItem.HOUSING_CONDITIONS.value)
    particulars = limited_to(permitted, brief.particulars)
    if brief.narrative.strip() and DataItem.DIAGNOSIS not in permitted:
        raise NotConsented(DataItem.DIAGNOSIS.value)  # free words about a patient tell of illness
    writing = Writing(wording=wording.letters[brief.stage])
    if brief.earlier is None:
        _write_first_letter(writing, brief, particulars, wording)
    else:
        _write_second_letter(writing, brief, brief.earlier, particulars, wording)
    return Composition(
        content=_content(writing, brief, particulars),
        trace=trace_of(brief.grounds, writing.entries, wording_digest=wording.digest),
        items=permitted & _items_of(particulars),
    )


def _items_of(particulars: Particulars) -> frozenset[DataItem]:
    """What there is to tell, of what may be told."""
    there = {
        DataItem.HOUSING_CONDITIONS: True,
        DataItem.DIAGNOSIS: bool(particulars.diagnoses),
        DataItem.SEVERITY: any(d.severity or d.treatment for d in particulars.diagnoses),
        DataItem.EXACERBATIONS: bool(particulars.exacerbations),
        DataItem.OPINION: particulars.opinion is not None,
        DataItem.HOUSEHOLD_MEMBERS: bool(particulars.occupants),
    }
    return frozenset(item for item, is_there in there.items() if is_there)


def _write_first_letter(
    writing: Writing, brief: Brief, particulars: Particulars, wording: Wording
) -> None:
    hazards = hazards_in_words(brief.facts)
    _write_opening(writing, brief, particulars, hazards)
    write_danger(writing, brief.facts, brief.grounds, particulars=particulars)
    write_requests(writing, brief.facts, particulars, reply_by=follow_up_on(brief.clocks))
    write_conditions(writing, particulars)
    write_health(
        writing,
        brief.facts,
        particulars,
        evidence=wording.evidence,
        narrative=brief.narrative,
    )
    _write_law(writing, brief, wording)
    write_damp_guidance(writing, brief.facts)
    write_offers(writing, brief.facts, particulars)
    write_next_steps(writing, brief.facts, after=brief.stage.value, wording=wording)


def _write_second_letter(
    writing: Writing, brief: Brief, earlier: Earlier, particulars: Particulars, wording: Wording
) -> None:
    hazards = hazards_in_words(brief.facts)
    write_reminder(writing, earlier, particulars, hazards=hazards, day=brief.day)
    write_danger(writing, brief.facts, brief.grounds, particulars=particulars)
    write_requests(writing, brief.facts, particulars, reply_by=follow_up_on(brief.clocks))
    if brief.narrative.strip():
        writing.own_words((brief.narrative,), block_id="narrative", fact="narrative")
    _write_law(writing, brief, wording)
    write_offers(writing, brief.facts, particulars)
    write_next_steps(writing, brief.facts, after=brief.stage.value, wording=wording)


def _write_law(writing: Writing, brief: Brief, wording: Wording) -> None:
    times = times_set_by_law(brief.clocks, wording)
    write_law(
        writing,
        brief.facts,
        brief.grounds,
        times=times if brief.earlier is None else times.to_come(),
        wording=wording,
        day=brief.day,
    )


def _write_opening(writing: Writing, brief: Brief, particulars: Particulars, hazards: str) -> None:
    values = {
        "hazards": hazards,
        "patient": particulars.patient.name,
        "age": age_in_words(particulars.patient.date_of_birth, brief.day),
        "conditions": conditions_in_words(particulars),
        "consented_on": short_day(particulars.permission.given_on),
    }
    told = "opening" if values["conditions"] else "opening_without_diagnosis"
    writing.add(told, values)
    writing.add(f"authority_{particulars.permission.given_by.value}", values, facts=("consent",))


def _content(writing: Writing, brief: Brief, particulars: Particulars) -> LetterContent:
    hazards = hazards_in_words(brief.facts)
    day = day_in_words(brief.day)
    clinician, addressee = particulars.clinician, particulars.addressee
    lines = (addressee.name, addressee.department, *addressee.address)
    return LetterContent(
        language="en-GB",
        mark=brief.mark,
        letterhead=particulars.letterhead,
        addressee=tuple(line for line in lines if line),
        written_on=brief.day,
        reference=particulars.reference,
        heading=writing.line(_heading(brief), hazards=hazards),
        subject=_subject(writing, brief, particulars),
        salutation=writing.line("salutation", addressee=addressee.department or addressee.name),
        blocks=tuple(writing.blocks),
        closing=writing.line("closing"),
        sign_off=SignOff(
            name=clinician.name,
            role=clinician.role,
            registration=clinician.registration or None,
            signed_on=brief.signed_on,
        ),
        copies=_copies(writing, particulars),
        enclosures=(),
        small_print=(writing.line("small_print", day=day),),
    )


def _copies(writing: Writing, particulars: Particulars) -> tuple[str, ...]:
    passages = {Recipient.ADVISER: "copy_adviser", Recipient.PATIENT_RECORD: "copy_record"}
    others = (passage for who, passage in passages.items() if who in particulars.copies)
    is_child = particulars.permission.given_by is GivenBy.PARENT
    first = "copy_family" if is_child else "copy_patient"
    return tuple(writing.line(passage) for passage in (first, *others))


def _heading(brief: Brief) -> str:
    is_unsafe = any(hazard.severity is Severity.UNSAFE_NOW for hazard in brief.facts.hazards)
    return "heading_urgent" if is_unsafe else "heading"


def _subject(
    writing: Writing, brief: Brief, particulars: Particulars
) -> tuple[tuple[str, str], ...]:
    home, tenant = particulars.home, particulars.tenant
    # a licensee or leaseholder who is called a tenant here may be held to it elsewhere
    is_tenancy = brief.facts.agreement is Agreement.TENANCY
    rows = [
        (writing.line("label_home"), ", ".join((*home.address, home.postcode))),
        (writing.line("label_tenant" if is_tenancy else "label_occupier"), tenant.name),
    ]
    if tenant.tenancy_reference:
        rows.append((writing.line("label_tenancy_reference"), tenant.tenancy_reference))
    age = age_in_words(particulars.patient.date_of_birth, brief.day)
    rows.append((writing.line("label_patient"), f"{particulars.patient.name}, {age}"))
    return tuple(rows)
