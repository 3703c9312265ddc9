"""What a letter says of the law: duties in the order reviewers chose, and the times they set."""

from collections.abc import Sequence
from itertools import groupby

from letters.drafting.content import Force, Item, ItemList, ListKind, Paragraph
from letters.drafting.material import Material
from letters.drafting.phrases import listed_names, sentence
from letters.drafting.times import Times, rank, write_times
from letters.drafting.writing import Inner, Writing
from letters.law.facts import CaseFacts
from letters.law.grounds import Ground, Strength
from letters.law.hazards import Hazard
from letters.law.tenures import Agreement


def write_law(writing: Writing, material: Material, times: Times) -> None:
    """The panel of what the law requires; where nothing is relied on, it says so and why."""
    facts, wording = material.facts, material.wording
    duties = _duties(material, times)
    if not duties and not times.printed:
        _write_no_duties(writing, facts)
        return
    hazards = tuple(hazard.hazard for hazard in facts.hazards)
    values = {"holding": wording.holding(facts.tenure, facts.agreement)}
    intro = "law_intro" if values["holding"] else "law_intro_without_holding"
    blocks: list[Inner] = list(writing.passage(intro, values, facts=("tenure", "agreement")))
    if duties:
        blocks.append(_duty_list(writing, duties, hazards))
    blocks.extend(
        write_times(writing, times, hazards=hazards, wording=wording, day=material.brief.day)
    )
    writing.panel("law", Force.LAW, "law_title", blocks)


def write_guidance(writing: Writing, facts: CaseFacts) -> None:
    """Guidance to landlords on damp, said to be guidance, in a nation that has some."""
    is_damp = any(hazard.hazard is Hazard.DAMP_AND_MOULD for hazard in facts.hazards)
    if is_damp and writing.has("damp_guidance"):
        writing.add("damp_guidance", {}, facts=("hazards",))


def grounds_told(material: Material) -> tuple[Ground, ...]:
    """The grounds a letter of this kind may tell of: never what is for advisers alone in a letter
    that a clinician signs."""
    kind, cites, grounds = material.kind, material.here.cites, material.brief.grounds
    found = (*grounds.applying, *(grounds.for_adviser if kind.cites_advisers_law else ()))
    return tuple(
        ground
        for ground in found
        if ground.duty_on in kind.duties_of and (cites is None or ground.provision_id in cites)
    )


def _duties(material: Material, times: Times) -> tuple[Ground, ...]:
    cites, wording = material.here.cites, material.wording
    found = [
        ground
        for ground in grounds_told(material)
        if ground.provision_id not in times.provision_ids
        and (cites is not None or _is_of_this_letter(ground, material))
    ]
    return tuple(
        sorted(
            found,
            key=lambda g: (g.strength is Strength.MAY_APPLY, rank(g.provision_id, cites, wording)),
        )
    )


def _is_of_this_letter(ground: Ground, material: Material) -> bool:
    """Without a list of its own, a letter tells what it can set going, but for what is told by
    another provision already."""
    events = material.kind.times_from
    return ground.provision_id not in material.wording.not_printed and all(
        period.start_event in events for period in ground.periods
    )


def _duty_list(writing: Writing, duties: Sequence[Ground], hazards: Sequence[Hazard]) -> ItemList:
    """One item a citation, strength and set of hazards, so that no citation stands twice in a row;
    a duty that only may apply to one more hazard is not said again."""
    items: list[Item] = []
    together = groupby(duties, key=lambda g: (g.citation, g.strength, g.hazards))
    for number, ((citation, strength, concerned), group) in enumerate(together, start=1):
        grounds = tuple(group)
        is_said = any(g.citation == citation and g.strength is not strength for g in duties)
        values = {
            "citation": sentence(citation).rstrip("."),
            "duty": " ".join(sentence(ground.duty) for ground in grounds),
            "hazards": listed_names([h.label for h in concerned or hazards]),
        }
        is_for_all = set(concerned or hazards) >= set(hazards)
        passage = _duty_passage(strength, is_for_all=is_for_all, is_said=is_said)
        (paragraph,) = writing.passage(passage, values, grounds=grounds, part=str(number))
        if isinstance(paragraph, Paragraph):
            items.append(Item(id=paragraph.id, spans=paragraph.spans))
    writing.trace("duties", passage="", facts=("tenure", "agreement", "hazards"))
    return ItemList(id="duties", kind=ListKind.BULLETED, items=tuple(items))


def _duty_passage(strength: Strength, *, is_for_all: bool, is_said: bool) -> str:
    if strength is Strength.APPLIES:
        return "duty" if is_for_all else "duty_for"
    if is_said:
        return "duty_may_also_apply"
    return "duty_may_apply" if is_for_all else "duty_may_apply_to"


def _write_no_duties(writing: Writing, facts: CaseFacts) -> None:
    writing.heading("no_duties_title")
    passage = "no_duties_licence" if facts.agreement is Agreement.LICENCE else "no_duties"
    writing.add(passage, {}, facts=("tenure", "agreement", "landlord_kind"))
