"""Everything that one letter is made from, and the words that any passage of it may use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from letters.drafting.content import Mark
from letters.drafting.health import has_illness
from letters.drafting.history import Earlier
from letters.drafting.housing import hazards_in_words
from letters.drafting.kinds import KindHere, LetterKind
from letters.drafting.particulars import Particulars
from letters.drafting.phrases import (
    age_in_words,
    day_in_words,
    in_one_piece,
    lower_first,
    short_day,
)
from letters.drafting.stages import Stage
from letters.drafting.wording import Wording
from letters.law.clocks import Clock
from letters.law.facts import CaseFacts
from letters.law.grounds import Grounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Everything one letter is made from. `clocks` are counted as if the letter was received on
    `day`; `earlier` is the letter that this one follows, None for one that follows none;
    `approved_statements` are the statements of evidence, not read at their source, for which the
    partnership's reviewers stand."""

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
    approved_statements: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A brief beside the reviewers' wording, once what the reader may not be told is taken away."""

    brief: Brief
    particulars: Particulars
    wording: Wording

    @property
    def facts(self) -> CaseFacts:
        return self.brief.facts

    @property
    def kind(self) -> LetterKind:
        return self.wording.kinds[self.brief.stage]

    @property
    def here(self) -> KindHere:
        return self.wording.here[self.brief.stage]

    @property
    def hazards(self) -> str:
        return hazards_in_words(self.facts)

    @property
    def values(self) -> Mapping[str, str]:
        """What any passage may say; a place that has nothing to say is refused when it is used."""
        said, earlier = self.particulars, self.brief.earlier
        return {
            "day": day_in_words(self.brief.day),
            "hazards": self.hazards,
            "patient": said.patient.name,
            "age": age_in_words(said.patient.date_of_birth, self.brief.day),
            "has_illness": has_illness(said),
            "tenant": said.tenant.name,
            "landlord": said.landlord_name,
            "earlier_by": earlier.written_by if earlier else "",
            "addressee": said.addressee.department or said.addressee.name,
            "home": ", ".join((*said.home.address, said.home.postcode)),
            "organisation": said.letterhead.organisation,
            "team": said.letterhead.team,
            "telephone": in_one_piece(said.letterhead.telephone),
            "email": said.letterhead.email,
            "writer": said.clinician.name,
            "reference": said.reference,
            "consented_on": short_day(said.permission.given_on),
            "access": said.access_offered.strip(),
            "adjustment": said.adjustment.strip(),
            "earlier_on": day_in_words(earlier.written_on) if earlier else "",
            "earlier_to": earlier.addressee if earlier else "",
            "earlier_kind": lower_first(earlier.stage.label) if earlier else "",
        }
