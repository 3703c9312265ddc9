"""Facts, grounds and people into the content of one letter, with the reason for every block."""

from collections.abc import Mapping
from dataclasses import dataclass

from letters.drafting.annexes import annexes_of, enclosures_of, refuse_too_many, told_by
from letters.drafting.content import LetterContent, Letterhead, SignOff
from letters.drafting.errors import NotConsented, NotForThisHome, NotInThisNation, OneHomeOnly
from letters.drafting.kinds import Signatory
from letters.drafting.material import Brief, Material
from letters.drafting.particulars import WITHOUT_ADDRESS, Particulars, limited_to
from letters.drafting.phrases import age_in_words, sentence
from letters.drafting.restraint import refuse_what_may_not_be_said
from letters.drafting.sections import write_part
from letters.drafting.stages import Stage
from letters.drafting.trace import Trace, trace_of
from letters.drafting.urgency import tier_of
from letters.drafting.vocabulary import DataItem, GivenBy, Recipient, Source
from letters.drafting.wording import Wording
from letters.drafting.writing import Writing
from letters.law.facts import Severity

__all__ = ["Brief", "Composition", "compose"]


# Parts that tell the reader of a letter that goes with this one.
_ENCLOSING = ("evidence_enclosed", "they_know")
# Sources of what the clinician describes; a report and a patient have words of their own.
_SEEN = (Source.SEEN_BY_CLINICIAN, Source.PHOTOGRAPH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """What the letter says, and why."""

    content: LetterContent
    trace: Trace
    items: frozenset[DataItem]  # what the letter tells, each of which consent must cover


def compose(brief: Brief, wording: Wording) -> Composition:
    """Write the letter. What the reader may not be told is taken away before a word is chosen;
    without consent to tell what is wrong with the home there is no letter."""
    _refuse_where_there_is_none(brief, wording)
    permitted = brief.particulars.permission.items
    if DataItem.HOUSING_CONDITIONS not in permitted:
        raise NotConsented(DataItem.HOUSING_CONDITIONS.value)
    if brief.narrative.strip() and DataItem.DIAGNOSIS not in permitted:
        raise NotConsented(DataItem.DIAGNOSIS.value)  # free words about a patient tell of illness
    _refuse_to_send_without_consent(brief.particulars)
    material = Material(
        brief=brief, particulars=limited_to(permitted, brief.particulars), wording=wording
    )
    if material.kind.signs in (Signatory.CLINICIAN, Signatory.EITHER):
        refuse_what_may_not_be_said(_free_words(material), wording.restraints)
    writing = Writing(wording=wording.letters[brief.stage], values=material.values)
    for part in material.kind.parts:
        write_part(part, writing, material)
    if material.particulars.photographs:
        writing.trace("photographs", passage="", facts=("photographs",))
    # the reasons never go out with the letter, so they may rest on what the reader is not told
    urgency = tier_of(
        brief.facts,
        brief.particulars.exacerbations,
        brief.grounds.potential_emergencies,
        wording.tier_rules,
    )
    return Composition(
        content=_content(writing, material),
        trace=trace_of(
            brief.grounds, writing.entries, wording_digest=wording.digest, urgency=urgency
        ),
        items=permitted & _items_of(material.particulars) | told_by(material.particulars.enclosed),
    )


def _refuse_to_send_without_consent(particulars: Particulars) -> None:
    """What a person chose to send is not left out in silence."""
    refuse_too_many(particulars.photographs)
    shown = {DataItem.PHOTOGRAPHS} if particulars.photographs else set()
    missing = (shown | told_by(particulars.enclosed)) - particulars.permission.items
    if missing:
        raise NotConsented(min(missing).value)


def _refuse_where_there_is_none(brief: Brief, wording: Wording) -> None:
    nation = wording.jurisdiction.label
    if brief.stage is Stage.PORTFOLIO:
        raise OneHomeOnly
    if brief.stage not in wording.here:
        raise NotInThisNation(brief.stage.label, nation)
    if brief.facts.tenure not in wording.here[brief.stage].tenures:
        raise NotForThisHome(brief.stage.label, brief.facts.tenure.label, nation)


def _free_words(material: Material) -> Mapping[str, str]:
    """What the clinician words freely; what others said is theirs, and is told as such."""
    said = material.particulars
    diagnoses = (word for d in said.diagnoses for word in (d.basis, d.severity, d.treatment))
    seen = (c.description for c in said.conditions if c.source in _SEEN)
    return {
        "narrative": material.brief.narrative,
        "opinion": said.opinion.basis if said.opinion else "",
        "diagnosis": " / ".join(word for word in diagnoses if word),
        "description": " / ".join(seen),
        "photographs": " / ".join(each.picture.alt for each in said.photographs),
    }


def _items_of(particulars: Particulars) -> frozenset[DataItem]:
    """What there is to tell, of what may be told."""
    there = {
        DataItem.HOUSING_CONDITIONS: True,
        DataItem.DIAGNOSIS: bool(particulars.diagnoses),
        DataItem.SEVERITY: any(d.severity or d.treatment for d in particulars.diagnoses),
        DataItem.EXACERBATIONS: bool(particulars.exacerbations),
        DataItem.OPINION: particulars.opinion is not None,
        DataItem.HOUSEHOLD_MEMBERS: bool(particulars.occupants),
        DataItem.PHOTOGRAPHS: bool(particulars.photographs),
    }
    return frozenset(item for item, is_there in there.items() if is_there)


def _content(writing: Writing, material: Material) -> LetterContent:
    brief, particulars = material.brief, material.particulars
    addressee = particulars.addressee
    lines = (addressee.name, addressee.department, *addressee.address)
    if material.kind.reader in WITHOUT_ADDRESS:
        lines = (writing.line("addressee"),)
    return LetterContent(
        language="en-GB",
        mark=brief.mark,
        letterhead=_letterhead(writing, material),
        addressee=tuple(line for line in lines if line),
        written_on=brief.day,
        reference=particulars.reference,
        heading=writing.line(_heading(writing, material)),
        subject=_subject(writing, material),
        salutation=writing.line("salutation"),
        blocks=tuple(writing.blocks),
        closing=writing.line("closing"),
        sign_off=_sign_off(writing, material),
        copies=_copies(writing, material),
        enclosures=(*_enclosures(writing, material), *enclosures_of(material.particulars)),
        small_print=(writing.line("small_print"),),
        annexes=annexes_of(material.particulars),
    )


def _letterhead(writing: Writing, material: Material) -> Letterhead:
    """The organisation's, or the tenant's own where the letter is theirs; either way it can be
    answered through the organisation that helps."""
    ours, said = material.particulars.letterhead, material.particulars
    if material.kind.signs is not Signatory.TENANT:
        return ours
    return Letterhead(
        organisation=said.tenant.name,
        team=writing.line("helped_by"),
        address=(*said.home.address, said.home.postcode),
        telephone=ours.telephone,
        email=ours.email,
        ods_code=None,
    )


def _sign_off(writing: Writing, material: Material) -> SignOff:
    clinician, signed_on = material.particulars.clinician, material.brief.signed_on
    if material.kind.signs is not Signatory.TENANT:
        return SignOff(
            name=clinician.name,
            role=clinician.role,
            registration=clinician.registration or None,
            signed_on=signed_on,
            signature=clinician.signature if signed_on else None,
        )
    return SignOff(
        name=material.particulars.tenant.name,
        role=writing.line("sent_for_the_tenant"),
        registration=None,
        signed_on=signed_on,
    )


def _enclosures(writing: Writing, material: Material) -> tuple[str, ...]:
    """The clinician's letter goes with what the tenant writes in their own name."""
    says_so = any(part.name in _ENCLOSING for part in material.kind.parts)
    if not says_so or material.brief.earlier is None:
        return ()
    return (writing.line("enclosed_letter"),)


def _copies(writing: Writing, material: Material) -> tuple[str, ...]:
    if material.kind.reader in WITHOUT_ADDRESS:
        return ()  # it is a copy itself
    passages = {Recipient.ADVISER: "copy_adviser", Recipient.PATIENT_RECORD: "copy_record"}
    copied = material.particulars.copies
    others = (passage for who, passage in passages.items() if who in copied)
    is_child = material.particulars.permission.given_by is GivenBy.PARENT
    first = "copy_family" if is_child else "copy_patient"
    return tuple(writing.line(passage) for passage in (first, *others))


def _heading(writing: Writing, material: Material) -> str:
    is_unsafe = any(hazard.severity is Severity.UNSAFE_NOW for hazard in material.facts.hazards)
    return "heading_urgent" if is_unsafe and writing.has("heading_urgent") else "heading"


def _subject(writing: Writing, material: Material) -> tuple[tuple[str, str], ...]:
    said, facts = material.particulars, material.facts
    # a licensee or leaseholder who is called a tenant here may be held to it elsewhere
    held = "label_tenant" if facts.agreement.makes_a_tenant else "label_occupier"
    age = age_in_words(said.patient.date_of_birth, material.brief.day)
    rows = {
        "home": ("label_home", ", ".join((*said.home.address, said.home.postcode))),
        "tenant": (held, said.tenant.name),
        "tenancy_reference": ("label_tenancy_reference", said.tenant.tenancy_reference),
        "landlord": ("label_landlord", said.landlord_name),
        "patient": ("label_patient", f"{said.patient.name}, {age}"),
    }
    wanted = [rows[name] for name in material.kind.subject]
    return tuple(
        (sentence(writing.line(label)).rstrip("."), words) for label, words in wanted if words
    )
