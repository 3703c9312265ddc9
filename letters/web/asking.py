"""What was asked of a patient, and what came of it, as the page of a case's evidence shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from letters.cases.models import Case
from letters.incoming.asking.actions import refuse_unsafe
from letters.incoming.asking.models import (
    PhotographRequest,
    SentPhotograph,
    SentPhotographStatus,
)
from letters.incoming.asking.queries import Shut, requests_of, sent_by, url_of, why_shut
from letters.incoming.errors import IncomingError


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One link. `url` is shown in a demonstration alone, which sends nothing."""

    request: PhotographRequest
    shut: Shut | None
    came: Sequence[SentPhotograph]
    url: str

    @property
    def kept_count(self) -> int:
        return sum(each.status == SentPhotographStatus.KEPT for each in self.came)

    @property
    def not_kept(self) -> Sequence[SentPhotograph]:
        """What is held, harmful or cannot be kept."""
        return [each for each in self.came if each.status != SentPhotographStatus.KEPT]


def asked_in(case: Case, *, at: datetime) -> Sequence[Asked]:
    """The latest first."""
    is_demonstration = case.team.organisation.partnership.is_demonstration
    return [
        Asked(
            request=each,
            shut=why_shut(each, at),
            came=tuple(sent_by(each)),
            url=url_of(each) if is_demonstration else "",
        )
        for each in requests_of(case).select_related("case")
    ]


def hindrance(case: Case) -> str:
    """What to do before the patient of this case may be written to; '' for nothing."""
    try:
        refuse_unsafe(case)
    except IncomingError as refusal:
        return str(refusal)
    return ""
