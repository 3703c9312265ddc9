"""What a letter asks for, by when, and what else the household offers or may do."""

from datetime import date

from letters.drafting.content import Force
from letters.drafting.particulars import Particulars
from letters.drafting.phrases import clause, day_in_words, lower_first, sentence
from letters.drafting.wording import Wording
from letters.drafting.writing import Inner, Writing
from letters.law.clocks import Clock
from letters.law.facts import Answer, CaseFacts
from letters.law.periods import Basis
from letters.law.tenures import Agreement


def follow_up_on(clocks: tuple[Clock, ...]) -> date | None:
    """The day by which the service asks for a reply: its own follow-up date, not the law's."""
    days = [c.due.due_on for c in clocks if c.due and c.period.basis is Basis.SERVICE]
    return min(days, default=None)


def write_requests(
    writing: Writing, particulars: Particulars, *, hazards: str, reply_by: date | None
) -> None:
    """The numbered requests in a panel of their own, with the day asked for."""
    blocks: list[Inner] = list(writing.passage("requests", {"hazards": hazards}))
    if reply_by is not None:
        values = {"reply_by": day_in_words(reply_by)}
        blocks.extend(writing.passage("reply_by", values, facts=("day",)))
    writing.panel("asked", Force.REQUEST, writing.line("requests_title"), blocks)


def write_offers(writing: Writing, facts: CaseFacts, particulars: Particulars) -> None:
    """Access, where offered, and a request for an adjustment, where the patient makes one."""
    if particulars.access_offered.strip():
        is_tenancy = facts.agreement is Agreement.TENANCY
        values = {"access": clause(particulars.access_offered)}
        writing.add("access_tenancy" if is_tenancy else "access", values, facts=("agreement",))
    if facts.adjustment_requested is Answer.YES:
        values = {"adjustment": sentence(particulars.adjustment)}
        writing.add("adjustment", values, facts=("adjustment_requested",))


def write_next_steps(writing: Writing, facts: CaseFacts, *, after: str, wording: Wording) -> None:
    """The steps open to the household that the ladder names in public, as information."""
    steps = wording.ladder.steps(facts.tenure)
    position = [step.key for step in steps].index(after)
    public = [lower_first(step.public) for step in steps[position + 1 :] if step.public]
    if public:
        named = public[0] if len(public) == 1 else f"{', '.join(public[:-1])} and {public[-1]}"
        writing.add("next_steps", {"steps": named}, facts=("tenure",))
