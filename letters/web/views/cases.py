"""One case: what is recorded, what is missing, and recording it."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from letters.cases import actions as cases
from letters.cases import queries
from letters.cases.landlords import actions as directory
from letters.cases.models import Case
from letters.delivery import withholding
from letters.law.periods import LONDON
from letters.web.case_file import case_file, emergencies_of, recorded_for
from letters.web.chronology import Kind, chronology_of, kind_named
from letters.web.forms.cases import (
    CorrectHazardForm,
    HazardReportForm,
    HealthForm,
    HouseholdForm,
    OccupantForm,
    as_reported,
)
from letters.web.forms.consents import GiveConsentForm, WithdrawConsentForm
from letters.web.forms.form import Confirmation, sent
from letters.web.forms.landlords import AddLandlordForm, AgentAloneForm, NameLandlordForm
from letters.web.landlords import doubts_of
from letters.web.lists import one_page, one_page_of_counted
from letters.web.next_steps import ladder_of
from letters.web.safety import withheld_in_words
from letters.web.time_line import time_line_of
from letters.web.views import find
from letters.web.views.pages import ask, go, show
from letters.web.visitor import me


@require_safe
def all_cases(request: HttpRequest) -> HttpResponse:
    """Every case the person may see, the newest first."""
    rows = queries.visible_to(me(request)).order_by("-opened_at", "pk")
    return show(request, "all_cases", listed=one_page(request, rows))


@require_safe
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The whole case on one page."""
    row, at = find.seen_case(request, case_id), timezone.now()
    file = case_file(row, at=at)
    ladder = ladder_of(row, is_urgent=file.is_urgent, by=me(request), at=at)
    line = time_line_of(row, file.deadlines, file.correspondence.commitments, at=at)
    return show(
        request,
        "case",
        file=file,
        ladder=ladder,
        time_line=line,
        doubts=doubts_of(row),
        form=None,
    )


@require_safe
def chronology(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What happened in the case, the latest first, a page at a time."""
    row, kind = find.seen_case(request, case_id), kind_named(request.GET.get("kind"))
    listed = one_page_of_counted(request, chronology_of(row, kind))
    return show(request, "chronology", case=row, listed=listed, kind=kind, kinds=tuple(Kind))


def name_landlord(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Who the landlord is, from the directory."""
    row = find.case(request, case_id)
    form = NameLandlordForm(sent(request), partnership=row.team.organisation.partnership)
    return ask(
        request,
        "name_landlord",
        form,
        partial(cases.name_landlord, case=row, by=me(request)),
        then=lambda _: go(request, "letters:case", says="Landlord recorded", case_id=row.pk),
        case=row,
        doubts=doubts_of(row),
    )


def name_new_landlord(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Who the landlord is, where the directory has them not."""
    row = find.case(request, case_id)
    return ask(
        request,
        "name_new_landlord",
        AddLandlordForm(sent(request)),
        partial(cases.name_new_landlord, case=row, by=me(request)),
        then=lambda _: go(request, "letters:case", says="Landlord recorded", case_id=row.pk),
        case=row,
    )


def name_agent_alone(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The agent, where nobody knows who the landlord is."""
    row = find.case(request, case_id)
    return ask(
        request,
        "name_agent_alone",
        AgentAloneForm(sent(request)),
        partial(directory.name_agent_alone, case=row, by=me(request), at=timezone.now()),
        then=lambda _: go(request, "letters:case", says="Agent recorded", case_id=row.pk),
        case=row,
    )


def report_hazard(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One hazard; the next page offers another."""
    row = find.case(request, case_id)
    return ask(
        request,
        "report_hazard",
        HazardReportForm(sent(request)),
        partial(cases.report_hazard, case=row, by=me(request), at=timezone.now()),
        then=lambda _: go(request, "letters:hazards", says="Hazard recorded", case_id=row.pk),
        case=row,
    )


def correct_hazard(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Change what was reported of one hazard."""
    report = find.hazard_report(request, report_id)
    return ask(
        request,
        "correct_hazard",
        CorrectHazardForm(sent(request), initial=as_reported(report)),
        partial(cases.correct_hazard, report=report, by=me(request), at=timezone.now()),
        then=lambda _: go(request, "letters:case", says="Hazard corrected", case_id=report.case_id),
        case=report.case,
        report=report,
    )


@require_safe
def hazards(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What has been reported: another, or on to health."""
    row = find.seen_case(request, case_id)
    found = emergencies_of(row, day=timezone.localdate())
    return show(request, "hazards", case=row, hazards=queries.hazards_of(row), emergencies=found)


def record_health(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Illness, counts and opinion."""
    row = find.case(request, case_id)
    return ask(
        request,
        "record_health",
        HealthForm(sent(request)),
        partial(cases.record_health, case=row, by=me(request), at=timezone.now()),
        then=lambda _: go(
            request, "letters:describe_household", says="Health recorded", case_id=row.pk
        ),
        case=row,
    )


def describe_household(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What the household does, access, and an adjustment."""
    row = find.case(request, case_id)
    return ask(
        request,
        "describe_household",
        HouseholdForm(sent(request), initial=recorded_for(row)),
        partial(cases.describe_household, case=row, by=me(request)),
        then=lambda _: go(
            request, "letters:record_safety", says="Household recorded", case_id=row.pk
        ),
        case=row,
        occupants=queries.occupants_of(row),
    )


def add_occupant(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Another person in the home."""
    row = find.case(request, case_id)
    return ask(
        request,
        "add_occupant",
        OccupantForm(sent(request)),
        partial(cases.add_occupant, case=row, by=me(request)),
        then=lambda _: go(
            request, "letters:describe_household", says="Person added", case_id=row.pk
        ),
        case=row,
    )


def give_consent(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What the patient agrees to, item by item."""
    row, at = find.case(request, case_id), timezone.now()
    return ask(
        request,
        "give_consent",
        GiveConsentForm(sent(request), day=at.astimezone(LONDON).date()),
        partial(withholding.gave_consent, case=row, by=me(request), at=at),
        then=lambda withheld: go(
            request,
            "letters:case",
            says=withheld_in_words("Consent recorded", withheld),
            case_id=row.pk,
        ),
        file=case_file(row, at=at),
    )


def withdraw_consent(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Take all of it back, or what some may be told, with what follows from it said first."""
    row = find.case(request, case_id)
    form = WithdrawConsentForm(sent(request), told=queries.recipients_told(row))
    action = withholding.withdrew_grants if form.is_for_some else withholding.withdrew_consent
    return ask(
        request,
        "withdraw_consent",
        form,
        partial(action, case=row, by=me(request), at=timezone.now()),
        then=lambda withheld: _withdrawn(request, row, withheld),
        case=row,
    )


def _withdrawn(request: HttpRequest, case: Case, withheld: withholding.Withheld) -> HttpResponse:
    """What was stopped, on a page that the person may still see: without consent an adviser sees
    the case no more."""
    says = withheld_in_words("Consent withdrawn", withheld)
    if queries.visible_to(me(request)).filter(pk=case.pk).exists():
        return go(request, "letters:case", says=says, case_id=case.pk)
    return go(request, "letters:home", says=says)


def close_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Nothing more is to be done."""
    row = find.case(request, case_id)
    return ask(
        request,
        "close_case",
        Confirmation(sent(request)),
        partial(cases.close_case, case=row, by=me(request), at=timezone.now()),
        then=lambda _: go(request, "letters:case", says="Case closed", case_id=row.pk),
        case=row,
    )
