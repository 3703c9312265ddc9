"""Reads about intakes; nobody but the owner may see one."""

from django.db.models import QuerySet

from letters.access.models import User
from letters.cases.intakes.models import Intake


def intakes_of(owner: User) -> QuerySet[Intake]:
    """Everything that the person began, finished or not."""
    return Intake.objects.filter(owner=owner).select_related("patient__partnership", "case")


def unfinished_intakes_of(owner: User) -> QuerySet[Intake]:
    """What has not become a case yet, the last begun first."""
    return intakes_of(owner).filter(case=None).order_by("-begun_at")
