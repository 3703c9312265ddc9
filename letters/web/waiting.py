"""What waits between the two sides of a case, on the page where a person's work begins."""

from dataclasses import dataclass

from letters.access.models import User
from letters.cases.questions.models import CaseQuestion
from letters.cases.questions.queries import answers_to_read, questions_for
from letters.cases.referrals.models import Referral
from letters.cases.referrals.queries import news_for, referrals_to_follow


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """`questions` and referrals `to_follow` wait for the person's teams; what was `answered`, and
    `news` of referrals, for the person who asked."""

    questions: tuple[CaseQuestion, ...]
    answered: tuple[CaseQuestion, ...]
    to_follow: tuple[Referral, ...]
    news: tuple[Referral, ...]

    @property
    def is_empty(self) -> bool:
        return not any((self.questions, self.answered, self.to_follow, self.news))


def waiting_for(user: User) -> Waiting:
    return Waiting(
        questions=tuple(questions_for(user)),
        answered=tuple(answers_to_read(user)),
        to_follow=tuple(referrals_to_follow(user)),
        news=tuple(news_for(user)),
    )
