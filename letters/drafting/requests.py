"""What a letter asks for, by when, and what else the household offers or may do."""

from datetime import date

from letters.drafting.content import Force
from letters.drafting.particulars import Particulars
from letters.drafting.phrases import clause, day_in_words, listed, lower_first, sentence
from letters.drafting.wording import Wording
from letters.drafting.writing import Inner, Writing
from letters.law.clocks import Clock
from letters.law.facts import Answer, CaseFacts, Severity
from letters.law.periods import Basis


def follow_up_on(clocks: tuple[Clock, ...]) -> date | None:
    """The day by which the service asks for a reply: its own follow-up date, not the law's."""
    days = [c.due.due_on for c in clocks if c.due and c.period.basis is Basis.SERVICE]
    return min(days, default=None)


def write_requests(writing: Writing, facts: CaseFacts, *, reply_by: date | None) -> None:
    """The numbered requests in a panel of their own, with the day asked for."""
    is_urgent = _is_urgent(facts) and writing.has("requests_urgent")
    passage = "requests_urgent" if is_urgent else "requests"
    blocks: list[Inner] = list(writing.passage(passage, {}, facts=("hazards.severity",)))
    if reply_by is not None:
        values = {"reply_by": day_in_words(reply_by)}
        blocks.extend(writing.passage("reply_by", values, facts=("day",)))
    writing.panel("asked", Force.REQUEST, "requests_title", blocks)


def write_access(writing: Writing, facts: CaseFacts, particulars: Particulars) -> None:
    """When the household can let somebody in, where it says so."""
    if particulars.access_offered.strip():
        # nobody is asked to give notice of a visit that cannot wait
        asks_notice = facts.agreement.makes_a_tenant and not _is_urgent(facts)
        values = {"access": clause(particulars.access_offered)}
        writing.add("access_tenancy" if asks_notice else "access", values, facts=("agreement",))


def write_adjustment(writing: Writing, facts: CaseFacts, particulars: Particulars) -> None:
    """A request for an adjustment, where the patient makes one."""
    if facts.adjustment_requested is Answer.YES:
        values = {"adjustment": sentence(particulars.adjustment)}
        writing.add("adjustment", values, facts=("adjustment_requested",))


def _is_urgent(facts: CaseFacts) -> bool:
    return any(hazard.severity is Severity.UNSAFE_NOW for hazard in facts.hazards)


def write_next_steps(writing: Writing, facts: CaseFacts, *, after: str, wording: Wording) -> None:
    """The steps open to the household that the ladder names in public, as information."""
    if after not in {step.key for step in wording.ladder.steps(facts.tenure)}:
        return
    steps = wording.ladder.steps_after(facts.tenure, after)
    public = [lower_first(step.public) for step in steps if step.public]
    if public:
        writing.add("next_steps", {"steps": listed(public)}, facts=("tenure",))
