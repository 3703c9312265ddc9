"""What a letter says of the law: duties in the order reviewers chose, and the times they set."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from letters.drafting.content import Force, Item, ItemList, ListKind, Paragraph
from letters.drafting.phrases import day_in_words, listed_names, sentence
from letters.drafting.times import OF_THIS_LETTER, Times, write_times
from letters.drafting.wording import Wording
from letters.drafting.writing import Inner, Writing
from letters.law.facts import CaseFacts
from letters.law.grounds import Ground, Grounds, Strength
from letters.law.hazards import Hazard
from letters.law.provision import DutyOn
from letters.law.tenures import Agreement


def write_law(  # the panel needs all that the letter knows of the law
    writing: Writing,
    facts: CaseFacts,
    grounds: Grounds,
    *,
    times: Times,
    wording: Wording,
    day: date,
) -> None:
    """The panel of what the law requires; where nothing is relied on, it says so and why."""
    duties = _duties(grounds, times, wording)
    if not duties and not times.printed:
        _write_no_duties(writing, facts)
        return
    hazards = tuple(hazard.hazard for hazard in facts.hazards)
    values = {"holding": wording.holding(facts.tenure, facts.agreement), "day": day_in_words(day)}
    blocks: list[Inner] = list(writing.passage("law_intro", values, facts=("tenure", "agreement")))
    if duties:
        blocks.append(_duty_list(writing, duties, hazards))
    blocks.extend(write_times(writing, times, hazards=hazards, wording=wording, day=day))
    writing.panel("law", Force.LAW, "law_title", blocks)


def write_damp_guidance(writing: Writing, facts: CaseFacts) -> None:
    """Guidance to landlords on damp, said to be guidance."""
    if any(hazard.hazard is Hazard.DAMP_AND_MOULD for hazard in facts.hazards):
        writing.add("damp_guidance", {}, facts=("hazards",))


def _duties(grounds: Grounds, times: Times, wording: Wording) -> tuple[Ground, ...]:
    found = [
        ground
        for ground in grounds.applying
        if ground.duty_on is DutyOn.LANDLORD
        and ground.provision_id not in times.provision_ids
        and all(period.start_event in OF_THIS_LETTER for period in ground.periods)
        and ground.provision_id not in wording.not_printed
    ]
    return tuple(
        sorted(
            found,
            key=lambda g: (g.strength is Strength.MAY_APPLY, wording.rank(g.provision_id)),
        )
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
