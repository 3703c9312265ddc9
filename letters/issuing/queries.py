"""Reads about letters."""

from datetime import date

from django.db import models
from django.db.models import QuerySet

from letters.access.models import Partnership, User
from letters.access.queries import partnerships_of
from letters.access.roles import Role
from letters.cases.models import Case
from letters.cases.queries import visible_to as visible_cases
from letters.drafting.content import LetterContent
from letters.drafting.frozen import content_from_json, trace_from_json
from letters.drafting.trace import Trace
from letters.issuing.facts import facts_of
from letters.issuing.models import FileFormat, Letter, LetterFile, LetterStatus, SignOff
from letters.issuing.sources import library
from letters.law.grounds import Grounds, grounds_for

# What a letter says, and why: large and encrypted, and nothing that a list shows.
WORDS = ("content", "trace", "facts", "narrative", "earlier")


def visible_to(user: User) -> QuerySet[Letter]:
    """The letters of the cases the person may see."""
    return Letter.objects.filter(case__in=visible_cases(user)).select_related(
        "case__tenancy__landlord", "case__team__organisation__partnership"
    )


def letters_of(case: Case) -> QuerySet[Letter]:
    """The letters of one case, the latest first."""
    return Letter.objects.filter(case=case).order_by("-drafted_at")


def letter_before(letter: Letter) -> Letter | None:
    """The letter of the same case to the same reader that was approved last before this one was
    drafted; None for the first. One that was withdrawn is no letter."""
    approved = Letter.objects.filter(case=letter.case_id, status=LetterStatus.APPROVED)
    earlier = approved.filter(recipient=letter.recipient, approved_at__lte=letter.drafted_at)
    return earlier.exclude(pk=letter.pk).order_by("approved_at").last()


def content_of(letter: Letter) -> LetterContent:
    """What the letter says, from its row."""
    return content_from_json(letter.content)


def trace_of(letter: Letter) -> Trace:
    """Why the letter says what it says, from its row."""
    return trace_from_json(letter.trace)


def grounds_of(case: Case, day: date) -> Grounds:
    """What the law says on the case as it is recorded now, before there is any letter."""
    return grounds_for(facts_of(case, day), day, library())


def partnership_of(letter: Letter) -> Partnership:
    return letter.case.team.organisation.partnership


def file_of(letter: Letter, file_format: str) -> LetterFile | None:
    """The file a worker has made, None while it has not."""
    return LetterFile.objects.filter(letter=letter, file_format=file_format).first()


def may_be_posted(letter: Letter) -> bool:
    """Whether nothing is known that would keep it from going in a window envelope."""
    pdf = LetterFile.objects.filter(letter=letter, file_format=FileFormat.PDF).defer("data")
    return all(file.may_be_posted for file in pdf)


def drafts_visible_to(user: User) -> QuerySet[Letter]:
    """First letters that wait to be read and approved, the oldest first; a draft that follows a
    missed deadline stands with that deadline."""
    drafts = visible_to(user).filter(status=LetterStatus.DRAFT, follows=None)
    return drafts.select_related("case__patient").defer(*WORDS).order_by("drafted_at")


def awaiting_second_visible_to(user: User) -> QuerySet[Letter]:
    """Letters over one of two signatures, the oldest first."""
    waiting = visible_to(user).filter(status=LetterStatus.AWAITING_SECOND)
    return waiting.select_related(
        "case__tenancy__landlord",
        "case__team__organisation__partnership",
        "case__patient",
        "first_signed_by",
    ).order_by("first_signed_at")


def files_of(letter: Letter) -> QuerySet[LetterFile]:
    """The files made of a letter, without their bytes, those that everybody wants first."""
    rank = models.Case(
        *(models.When(file_format=each, then=n) for n, each in enumerate(FileFormat))
    )
    return LetterFile.objects.filter(letter=letter).defer("data").order_by(rank)


def sign_offs_visible_to(user: User) -> QuerySet[SignOff]:
    """What was signed for the partnerships in which the person is a legal reviewer."""
    return SignOff.objects.filter(partnership__in=partnerships_of(user, Role.LEGAL_REVIEWER))
