"""Composes a letter from the rows as they are, under the law of a day, for the person who signs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from letters.access.models import Team, User
from letters.access.queries import teams_of
from letters.access.roles import Role
from letters.cases.errors import ConsentMissing
from letters.cases.models import Case
from letters.cases.queries import open_consent
from letters.drafting.compose import Brief, Composition, compose
from letters.drafting.content import Mark
from letters.drafting.reminder import Earlier
from letters.drafting.stages import Stage
from letters.drafting.vocabulary import DataItem, Purpose, Recipient
from letters.issuing.errors import LandlordNotKnown, NoHazardReported
from letters.issuing.facts import facts_of, particulars_of
from letters.issuing.sources import library, wording
from letters.law.clocks import Clock, clocks_of
from letters.law.facts import CaseFacts
from letters.law.grounds import Grounds, grounds_for
from letters.law.periods import LONDON, StartEvent
from letters.law.working_days import WorkingDays

PURPOSES = {Stage.FIRST_LETTER: Purpose.LETTER, Stage.MISSED_DEADLINE: Purpose.ESCALATION}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A composition with the facts it was made from."""

    facts: CaseFacts
    composition: Composition


def write(  # what a letter is made of, besides its case
    case: Case,
    *,
    stage: Stage,
    earlier: Earlier | None,
    narrative: str,
    day: date,
    mark: Mark,
    signed_by: User,
    is_signed: bool,
) -> Written:
    """The letter as it would go out on the day; refuses what it cannot say in full."""
    landlord = case.tenancy.landlord
    consent = open_consent(case)
    if landlord is None:
        raise LandlordNotKnown
    if consent is None:
        raise ConsentMissing(Recipient.LANDLORD, (DataItem.HOUSING_CONDITIONS,))
    facts = facts_of(case, day)
    if not facts.hazards:
        raise NoHazardReported
    particulars = particulars_of(
        case,
        landlord=landlord,
        consent=consent,
        purpose=PURPOSES[stage],
        team=team_of(case, signed_by),
        signed_by=signed_by,
        day=day,
    )
    if DataItem.HOUSING_CONDITIONS not in particulars.permission.items:
        raise ConsentMissing(Recipient.LANDLORD, (DataItem.HOUSING_CONDITIONS,))
    grounds = grounds_for(facts, day, library())
    brief = Brief(
        facts=facts,
        grounds=grounds,
        clocks=clocks_on(grounds, facts, day),
        particulars=particulars,
        stage=stage,
        day=day,
        mark=mark,
        narrative=narrative,
        earlier=earlier,
        signed_on=day if is_signed else None,
    )
    return Written(facts=facts, composition=compose(brief, wording(facts.jurisdiction)))


def clocks_on(grounds: Grounds, facts: CaseFacts, day: date) -> tuple[Clock, ...]:
    """The clocks as the letter prints them: as if the landlord learnt of it on its day."""
    moment = datetime.combine(day, time(), tzinfo=LONDON)
    events: Iterable[StartEvent] = (StartEvent.AWARENESS, StartEvent.NOTICE_RECEIVED)
    calendar = WorkingDays.of(facts.jurisdiction)
    return clocks_of(grounds, dict.fromkeys(events, moment), calendar)


def team_of(case: Case, signed_by: User) -> Team:
    """On whose paper the person writes: the clinical team's, or else the advice team's."""
    clinical = teams_of(signed_by, Role.CLINICIAN).filter(pk=case.team.pk)
    advising = teams_of(signed_by, Role.ADVISER).filter(pk=case.advice_team.pk)
    return clinical.first() or advising.first() or case.team
