"""What waits between the two sides of a case, on the page where a person's work begins."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from letters.access.models import User
from letters.cases.questions.models import CaseQuestion
from letters.cases.questions.queries import answers_to_read, questions_for
from letters.cases.referrals.models import Referral
from letters.cases.referrals.queries import news_for, referrals_to_follow
from letters.web.chosen import EVERYTHING, Chosen, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """`questions` and referrals `to_follow` wait for the person's teams; what was `answered`, and
    `news` of referrals, for the person who asked."""

    questions: tuple[CaseQuestion, ...]
    answered: tuple[CaseQuestion, ...]
    to_follow: tuple[Referral, ...]
    news: tuple[Referral, ...]

    @property
    def rows(self) -> tuple[CaseQuestion | Referral, ...]:
        return (*self.questions, *self.answered, *self.to_follow, *self.news)

    @property
    def is_empty(self) -> bool:
        return not self.rows


def waiting_for(
    user: User, chosen: Chosen = EVERYTHING, *, covered: Collection[UUID] = ()
) -> Waiting:
    """All of it, or what of it somebody chose to see; `covered` are those they stand in for."""
    return Waiting(
        questions=tuple(chosen.of(questions_for(user), Part.ASKED)),
        answered=tuple(chosen.of(answers_to_read(user, covered=covered), Part.ASKED)),
        to_follow=tuple(chosen.of(referrals_to_follow(user, covered=covered), Part.ASKED)),
        news=tuple(chosen.of(news_for(user, covered=covered), Part.ASKED)),
    )
