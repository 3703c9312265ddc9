"""The parts of a letter that are made from the case, each by the name its kind gives it.

Any other part is a passage of the reviewers' wording, with its heading where it has one.
"""

from collections.abc import Callable, Mapping

from letters.drafting.content import Column, Item, ItemList, ListKind, Row, Span, Table
from letters.drafting.duties import write_guidance, write_law
from letters.drafting.errors import NothingToFollow
from letters.drafting.health import write_health, write_limits, write_narrative, write_occupants
from letters.drafting.history import Earlier, write_history, write_missed
from letters.drafting.housing import write_conditions, write_danger
from letters.drafting.kinds import Part
from letters.drafting.material import Material
from letters.drafting.phrases import age_on, day_in_words, sentence
from letters.drafting.requests import (
    follow_up_on,
    write_access,
    write_adjustment,
    write_next_steps,
    write_requests,
)
from letters.drafting.times import times_set_by_law
from letters.drafting.vocabulary import Happening
from letters.drafting.wording import plain_name
from letters.drafting.writing import Writing
from letters.law.facts import Answer
from letters.law.periods import Basis, Bound


def write_part(part: Part, writing: Writing, material: Material) -> None:
    """One part of the letter, in its place."""
    if part.name in _WRITERS:
        _WRITERS[part.name](writing, material)
    elif writing.has(part.name) or not part.is_optional:
        if writing.has(f"{part.name}_title"):
            writing.heading(f"{part.name}_title")
        writing.add(part.name, {})


def _opening(writing: Writing, material: Material) -> None:
    is_told = bool(material.particulars.diagnoses)
    without = "opening_without_diagnosis"
    writing.add("opening" if is_told or not writing.has(without) else without, {})


def _authority(writing: Writing, material: Material) -> None:
    given_by = material.particulars.permission.given_by.value
    writing.add(f"authority_{given_by}", {}, facts=("consent",))


def _notice(writing: Writing, material: Material) -> None:
    """That the tenant gives notice too, where they ask for it and the nation has the words."""
    if material.particulars.tenant.gives_notice is Answer.YES and writing.has("notice"):
        writing.add("notice", {}, facts=("tenant_gives_notice",))


def _danger(writing: Writing, material: Material) -> None:
    write_danger(writing, material.facts, material.brief.grounds, particulars=material.particulars)


def _requests(writing: Writing, material: Material) -> None:
    write_requests(writing, material.facts, reply_by=follow_up_on(material.brief.clocks))


def _health(writing: Writing, material: Material) -> None:
    write_health(
        writing,
        material.facts,
        material.particulars,
        evidence=material.wording.evidence,
        approved=material.brief.approved_statements,
        told_age=_told_age(writing, material),
    )


def _told_age(writing: Writing, material: Material) -> int | None:
    """The patient's age, where the subject or what is written so far tells it."""
    is_told = "patient" in material.kind.subject
    is_told = is_told or any("age" in entry.facts for entry in writing.entries)
    born = material.particulars.patient.date_of_birth
    return age_on(born, material.brief.day) if is_told else None


def _law(writing: Writing, material: Material) -> None:
    times = times_set_by_law(material.brief.clocks, material.brief.stage, material.wording)
    write_law(writing, material, times)


def _law_to_come(writing: Writing, material: Material) -> None:
    times = times_set_by_law(material.brief.clocks, material.brief.stage, material.wording)
    write_law(writing, material, times.to_come())


def _next_steps(writing: Writing, material: Material) -> None:
    write_next_steps(
        writing, material.facts, after=material.brief.stage.value, wording=material.wording
    )


def _missed(writing: Writing, material: Material) -> None:
    missed = _earlier(material).missed
    if not missed:
        raise NothingToFollow("Wait until a date has passed: a reminder says which")
    write_missed(writing, missed)


def _history(writing: Writing, material: Material) -> None:
    write_history(writing, material.brief.earlier, material.particulars.conditions)


def _done(writing: Writing, material: Material) -> None:
    """What was mended, for the letter that closes a case; without anything mended there is none."""
    done = [h for h in _earlier(material).history if h.what is Happening.WORK_DONE]
    if not done:
        raise NothingToFollow("Record what was mended first: a closing letter says what was done")
    rows = tuple(
        Row(
            id=f"done.{number}",
            cells=(day_in_words(each.on), sentence(each.says or each.what.label)),
        )
        for number, each in enumerate(done, start=1)
    )
    table = Table(
        id="done",
        caption=writing.line("done_caption"),
        columns=(
            Column(title=writing.line("column_date"), width=34),
            Column(title=writing.line("column_done"), width=66),
        ),
        rows=rows,
    )
    writing.blocks.append(writing.table(table, facts=("remediations",)))


def _earliest(writing: Writing, material: Material) -> None:
    """The first day on which what is given notice of may be done."""
    days = [
        clock.due.due_on
        for clock in material.brief.clocks
        if clock.due is not None
        and clock.period.bound is Bound.NOT_BEFORE
        and clock.ground.provision_id in (material.here.cites or ())
    ]
    if not days:
        raise NothingToFollow("Choose another letter: no notice of this kind fits these hazards")
    writing.add("earliest", {"first_day": day_in_words(max(days))}, facts=("day",))


def _parties(writing: Writing, material: Material) -> None:
    """Names and addresses of those an application concerns."""
    said = material.particulars
    home = ", ".join((*said.home.address, said.home.postcode))
    landlord = ", ".join((said.landlord_name, *said.landlord_address)) if said.landlord_name else ""
    rows = [
        (sentence(writing.line("party_tenant")).rstrip("."), f"{said.tenant.name}, {home}"),
        (writing.line("party_landlord"), landlord or writing.line("party_not_known")),
        (writing.line("party_helper"), f"{said.clinician.name}, {said.letterhead.organisation}"),
    ]
    table = Table(
        id="parties",
        caption=writing.line("parties_caption"),
        columns=(
            Column(title=writing.line("column_party"), width=30),
            Column(title=writing.line("column_name"), width=70),
        ),
        rows=tuple(Row(id=f"parties.{n}", cells=cells) for n, cells in enumerate(rows, start=1)),
    )
    writing.heading("parties_title")
    writing.blocks.append(writing.table(table, facts=("tenant", "landlord")))


def _dates(writing: Writing, material: Material) -> None:
    """By when what should happen, in plain words: what has a day, law told apart from request."""
    found = {
        (clock.due.due_on, sentence(clock.period.requires).rstrip("."), clock.period.basis)
        for clock in material.brief.clocks
        if clock.due is not None and clock.period.bound is Bound.NO_LATER_THAN
    }
    if not found:
        writing.add("no_dates", {})
        return
    basis = {
        Basis.LAW: writing.line("basis_law"),
        Basis.PROCEDURE: writing.line("basis_procedure"),
        Basis.SERVICE: writing.line("basis_service"),
    }
    rows = tuple(
        Row(id=f"dates.{number}", cells=(day_in_words(due_on), requires, basis[set_by]))
        for number, (due_on, requires, set_by) in enumerate(sorted(found), start=1)
    )
    table = Table(
        id="dates",
        caption=writing.line("dates_caption"),
        columns=(
            Column(title=writing.line("column_by_when"), width=34),
            Column(title=writing.line("column_should_happen"), width=46),
            Column(title=writing.line("column_basis"), width=20),
        ),
        rows=rows,
    )
    writing.heading("dates_title")
    writing.blocks.append(writing.table(table, facts=("day",)))


def _protections(writing: Writing, material: Material) -> None:
    """What the law says against reprisals, for those it reaches; nothing where nothing is known."""
    grounds = material.brief.grounds
    found = {
        ground.provision_id: ground
        for ground in (*grounds.applying, *grounds.for_adviser)
        if ground.provision_id in material.wording.protections
    }
    if not found:
        writing.add("no_protections", {})
        return
    writing.add("protections_intro", {})
    items = tuple(
        Item(id=f"protections.{number}", spans=(Span(text=writing.line(plain_name(provision_id))),))
        for number, provision_id in enumerate(found, start=1)
    )
    writing.trace("protections", passage="", facts=("tenure",), grounds=found.values())
    writing.blocks.append(ItemList(id="protections", kind=ListKind.BULLETED, items=items))


def _earlier(material: Material) -> Earlier:
    if material.brief.earlier is None:
        raise NothingToFollow("Send the first letter before this one: it says what went before")
    return material.brief.earlier


_WRITERS: Mapping[str, Callable[[Writing, Material], None]] = {
    "opening": _opening,
    "authority": _authority,
    "notice": _notice,
    "danger": _danger,
    "requests": _requests,
    "conditions": lambda writing, material: write_conditions(writing, material.particulars),
    "health": _health,
    "narrative": lambda writing, material: write_narrative(writing, material.brief.narrative),
    "occupants": lambda writing, material: write_occupants(writing, material.particulars),
    "limits": lambda writing, material: write_limits(writing, material.particulars),
    "law": _law,
    "law_to_come": _law_to_come,
    "guidance": lambda writing, material: write_guidance(writing, material.facts),
    "access": lambda w, material: write_access(w, material.facts, material.particulars),
    "adjustment": lambda w, material: write_adjustment(w, material.facts, material.particulars),
    "next_steps": _next_steps,
    "missed": _missed,
    "history": _history,
    "done": _done,
    "parties": _parties,
    "dates": _dates,
    "earliest": _earliest,
    "protections": _protections,
}
