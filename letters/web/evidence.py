"""Photographs and documents as pages show them."""

from dataclasses import dataclass
from datetime import datetime

from letters.access.models import User
from letters.cases.models import Case
from letters.drafting.content import pictures_in
from letters.evidence import queries
from letters.evidence.models import Enclosure, Photograph, PreparedCopy
from letters.issuing.actions import read_letter
from letters.issuing.annexes import enclosures_chosen_for, photographs_chosen_for
from letters.issuing.models import Letter
from letters.issuing.pictures import may_see_pictures, pictures_of
from letters.issuing.queries import content_of
from letters.web.forms.evidence import LONG, SHORT
from letters.web.refusals import REFUSALS


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A photograph beside the measures of what letters print of it."""

    photograph: Photograph
    copy: PreparedCopy
    redaction_count: int

    @property
    def words(self) -> str:
        """What stands in for the picture."""
        return self.photograph.shows or "A photograph that nobody has described yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvidence:
    """What the person may see of the evidence of a case, and how much there is in all."""

    photographs: tuple[Shown, ...]
    enclosures: tuple[Enclosure, ...]
    hidden_count: int

    @property
    def not_described_count(self) -> int:
        return sum(not each.photograph.is_described for each in self.photographs)


def case_evidence(case: Case, *, by: User) -> CaseEvidence:
    photographs = tuple(
        queries.photographs_of(case)
        .filter(pk__in=queries.photographs_visible_to(by).values("pk"))
        .select_related("hazard_report", "added_by")
    )
    enclosures = tuple(
        queries.enclosures_of(case)
        .filter(pk__in=queries.enclosures_visible_to(by).values("pk"))
        .select_related("added_by")
    )
    in_all = queries.photographs_of(case).count() + queries.enclosures_of(case).count()
    return CaseEvidence(
        photographs=tuple(shown(each) for each in photographs),
        enclosures=enclosures,
        hidden_count=in_all - len(photographs) - len(enclosures),
    )


def described_photographs(case: Case, *, by: User, described: bool) -> tuple[Photograph, ...]:
    """Those that the person may see and that somebody, or nobody, has described."""
    rows = queries.photographs_of(case).filter(pk__in=queries.photographs_visible_to(by))
    return tuple(each for each in rows if each.is_described is described)


def shown(photograph: Photograph) -> Shown:
    return Shown(
        photograph=photograph,
        copy=queries.latest_copy(photograph),
        redaction_count=queries.redactions_of(photograph).count(),
    )


def cells_of(photograph: Photograph) -> tuple[int, int]:
    """How many cells the grid over a picture has, across and down."""
    copy = queries.latest_copy(photograph)
    return (LONG, SHORT) if copy.width >= copy.height else (SHORT, LONG)


def chosen_for(letter: Letter) -> dict[str, list[str]]:
    """What the form begins with."""
    return {
        "photographs": [str(each.pk) for each in photographs_chosen_for(letter)],
        "enclosures": [str(each.pk) for each in enclosures_chosen_for(letter)],
    }


def letter_picture_of(
    letter: Letter, digest: str, *, by: User, at: datetime
) -> tuple[bytes, str] | None:
    """A picture that the letter shows to this person, with its media type; None for any other."""
    try:
        content = read_letter(letter=letter, by=by, at=at).content
    except REFUSALS:  # a draft that cannot be written today is shown as it was drafted
        content = content_of(letter)
    types = {picture.digest: picture.media_type for picture in pictures_in(content)}
    if digest not in types or not may_see_pictures(by, letter, content):
        return None
    data = pictures_of(content).get(digest)
    return None if data is None else (data, types[digest])
