"""Composes a letter from the rows as they are, under the law of a day, for the person who signs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Final

from letters.access.models import Team, User
from letters.access.queries import teams_of
from letters.access.roles import Role
from letters.cases.errors import ConsentMissing
from letters.cases.models import Case, ResponsibleBody
from letters.cases.queries import open_consent
from letters.drafting.compose import Brief, Composition, compose
from letters.drafting.content import Mark
from letters.drafting.history import Earlier
from letters.drafting.kinds import LetterKind
from letters.drafting.particulars import WITHOUT_ADDRESS, Addressee
from letters.drafting.stages import Stage
from letters.drafting.times import clocks_for
from letters.drafting.vocabulary import DataItem, Recipient
from letters.issuing.annexes import NOTHING, Annexed
from letters.issuing.errors import LandlordNotKnown, NoHazardReported, ReaderNotKnown
from letters.issuing.facts import body_addressed, facts_of, landlord_addressed, particulars_of
from letters.issuing.printing import refuse_without_form
from letters.issuing.signing import approved_statements
from letters.issuing.sources import library, wording
from letters.law.facts import CaseFacts
from letters.law.grounds import grounds_for, without
from letters.law.periods import LONDON

NO_CLAUSES: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A composition with the facts it was made from."""

    facts: CaseFacts
    composition: Composition


def write(  # what a letter is made of, besides its case
    case: Case,
    *,
    stage: Stage,
    body: ResponsibleBody | None,
    earlier: Earlier | None,
    narrative: str,
    day: date,
    mark: Mark,
    signed_by: User,
    is_signed: bool,
    annexed: Annexed = NOTHING,
    left_out: Mapping[str, str] = NO_CLAUSES,
) -> Written:
    """The letter as it would go out on the day; refuses what it cannot say in full. `left_out` says
    why a person leaves out what may apply, by provision id."""
    facts = facts_of(case, day)
    words = wording(facts.jurisdiction)
    kind = words.kinds[stage]
    addressee = _addressee(case, kind, body)
    consent = open_consent(case)
    if consent is None:
        raise ConsentMissing(kind.reader, (DataItem.HOUSING_CONDITIONS,))
    if not facts.hazards:
        raise NoHazardReported
    particulars = particulars_of(
        case,
        kind=kind,
        addressee=addressee,
        consent=consent,
        team=team_of(case, signed_by),
        signed_by=signed_by,
        day=day,
        annexed=annexed,
    )
    if DataItem.HOUSING_CONDITIONS not in particulars.permission.items:
        raise ConsentMissing(kind.reader, (DataItem.HOUSING_CONDITIONS,))
    grounds = without(grounds_for(facts, day, library()), left_out)
    brief = Brief(
        facts=facts,
        grounds=grounds,
        clocks=clocks_for(
            stage, earlier, grounds=grounds, received_at=_start_of(day), wording=words
        ),
        particulars=particulars,
        stage=stage,
        day=day,
        mark=mark,
        narrative=narrative,
        earlier=earlier,
        signed_on=day if is_signed else None,
        approved_statements=approved_statements(
            case.team.organisation.partnership, facts.jurisdiction, day
        ),
    )
    composition = compose(brief, words)
    refuse_without_form(composition.content, typed={"narrative": narrative})
    return Written(facts=facts, composition=composition)


def _start_of(day: date) -> datetime:
    """A letter counts as if it were received on its own day."""
    return datetime.combine(day, time(), tzinfo=LONDON)


def _addressee(case: Case, kind: LetterKind, body: ResponsibleBody | None) -> Addressee:
    """Who reads a letter of this kind; refused where nobody has said."""
    landlord = case.tenancy.landlord
    if kind.reader in WITHOUT_ADDRESS:
        return Addressee(recipient=kind.reader, name="", department="", address=(), email="")
    if kind.reader is Recipient.LANDLORD:
        if landlord is None:
            raise LandlordNotKnown
        return landlord_addressed(landlord)
    if body is None or body.reader != kind.reader:
        raise ReaderNotKnown(kind.reader.label)
    return body_addressed(body)


def team_of(case: Case, signed_by: User) -> Team:
    """On whose paper the person writes: the clinical team's, or else the advice team's."""
    clinical = teams_of(signed_by, Role.CLINICIAN).filter(pk=case.team.pk)
    advising = teams_of(signed_by, Role.ADVISER).filter(pk=case.advice_team.pk)
    return clinical.first() or advising.first() or case.team
