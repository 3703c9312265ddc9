"""The short path: from a search to a letter that is signed and sent."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from letters.access.queries import teams_of
from letters.access.roles import Role
from letters.cases.intakes import actions as intakes
from letters.cases.intakes.actions import Boxes
from letters.cases.intakes.errors import IntakeFinished
from letters.cases.intakes.models import Intake, Screen
from letters.cases.models import Case, Patient
from letters.delivery import actions as delivery
from letters.issuing import actions as issuing
from letters.issuing.models import Letter, LetterStatus
from letters.issuing.queries import letters_of
from letters.tracking import actions as tracking
from letters.web import searches
from letters.web.case_file import case_file
from letters.web.forms.form import Form, sent
from letters.web.forms.intake_home import boxes_of
from letters.web.forms.intake_sign import PASS, sign_form_of
from letters.web.forms.patients import FindPatientForm, RegisterPatientForm
from letters.web.intakes import Screens
from letters.web.reading import reading_of
from letters.web.refusals import REFUSALS
from letters.web.views import find
from letters.web.views.pages import go, show
from letters.web.visitor import me

_SEARCHED = ("nhs_number", "name", "date_of_birth-day", "date_of_birth-month", "date_of_birth-year")


def begin_intake(request: HttpRequest) -> HttpResponse:
    """With the patient of a page, or with whoever a search finds; where it finds several, they are
    shown, and a search that asks for nothing is asked again."""
    user = me(request)
    if not teams_of(user, Role.CLINICIAN).exists():
        raise Http404
    if "patient" in request.POST:
        return _begin(request, find.patient(request, _id(request.POST["patient"])))
    form = FindPatientForm(sent(request))
    found = searches.search(form, by=user)
    if found is None:
        return show(request, "start", form=form, **searches.begun_by(user))
    if "new" in request.POST or not found:
        return _begin(request, None)
    if len(found) > 1:
        register = RegisterPatientForm(user=user, initial=searches.searched_for(form))
        return show(request, "found_patients", found=found, form=register)
    return _begin(request, found[0].patient)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _begin(request: HttpRequest, patient: Patient | None) -> HttpResponse:
    user = me(request)
    answers: dict[Screen, Boxes]
    if patient is None:
        boxes = {name: request.POST.getlist(name) for name in _SEARCHED if request.POST.get(name)}
        answers = {Screen.HEALTH: boxes}
    else:
        last = searches.last_home(user, patient)
        answers = {Screen.HOME: boxes_of(last)} if last else {}
    row = intakes.begin_intake(patient=patient, answers=answers, by=user, at=timezone.now())
    return go(request, "letters:intake", intake_id=row.pk)


def intake(request: HttpRequest, intake_id: UUID) -> HttpResponse:
    """On to the screen on which it was left, or to what became of it."""
    row = find.intake(request, intake_id)
    return _finished(request, row.case) if row.case else _to(request, row, Screen(row.screen))


def intake_screen(request: HttpRequest, intake_id: UUID, screen: str) -> HttpResponse:
    """One screen; what was sent is kept whether or not it is complete."""
    here = _screen(screen)
    row = find.seen_intake(request, intake_id)
    if row.case:
        return _finished(request, row.case)
    screens = _screens(request, row)
    if here in (Screen.HOME, Screen.AGREED) and not screens.says_who:
        return _to(request, row, Screen.HEALTH)
    if request.method != "POST":
        return _shown(request, row, here, screens.shown(here))
    try:
        row = _kept(request, row, here, screens)
    except IntakeFinished:
        return go(request, "letters:intake", intake_id=row.pk)
    screens = _screens(request, row)
    form = screens.checked(here)
    if not form.is_valid():
        return _shown(request, row, here, form)
    if here.following is None:
        return _finish(request, row, screens)
    intakes.go_on_at(intake=row, screen=here.following, by=me(request), at=timezone.now())
    return _to(request, row, here.following)


def keep_answer(request: HttpRequest, intake_id: UUID, screen: str) -> JsonResponse:
    """Keep one box as it stands, for the script that sends each as it is changed."""
    here, row = _screen(screen), find.intake(request, intake_id)
    name = request.POST.get("name", "")
    if row.case is None and name not in _screens(request, row).names(here):
        raise Http404
    try:
        boxes = {name: request.POST.getlist("value")}
        at = timezone.now()
        intakes.keep_answers(intake=row, screen=here, boxes=boxes, by=me(request), at=at)
    except IntakeFinished as refusal:
        return JsonResponse({"says": str(refusal)}, status=409)
    return JsonResponse({"kept": name})


def discard_intake(request: HttpRequest, intake_id: UUID) -> HttpResponse:
    """Throw away what is not finished."""
    row = find.intake(request, intake_id)
    try:
        intakes.discard_intake(intake=row, by=me(request))
    except IntakeFinished:
        return go(request, "letters:intake", intake_id=row.pk)
    return go(request, "letters:start", says="Thrown away. Nothing of it was recorded.")


def sign_letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """The letter beside a summary, and one form that signs and sends it, or signs it and leaves the
    sending to the adviser."""
    row = find.seen_letter(request, letter_id)
    if row.status != LetterStatus.DRAFT:
        return go(request, "letters:sent_letter", letter_id=row.pk)
    user, at, form = me(request), timezone.now(), sign_form_of(row, sent(request))
    if request.method == "POST" and form.is_valid():
        only_signs = form.cleaned_data["then"] == PASS
        sign = issuing.approve_letter if only_signs else delivery.sign_and_send
        if form.does(partial(sign, letter=row, by=user, at=at)):
            return _signed(request, row, only_signs=only_signs)
    reading, file = reading_of(row, by=user, at=at), case_file(row.case, at=at)
    return show(request, "sign_letter", reading=reading, file=file, form=form)


def _signed(request: HttpRequest, letter: Letter, *, only_signs: bool) -> HttpResponse:
    if only_signs:
        says = "Signed. It has not been sent: the adviser decides when and how it goes."
        return go(request, "letters:letter", says=says, letter_id=letter.pk)
    return go(request, "letters:sent_letter", letter_id=letter.pk)


def _screen(screen: str) -> Screen:
    if screen not in set(Screen):
        raise Http404
    return Screen(screen)


def _screens(request: HttpRequest, row: Intake) -> Screens:
    return Screens(row, by=me(request), at=timezone.now())


def _kept(request: HttpRequest, row: Intake, screen: Screen, screens: Screens) -> Intake:
    return intakes.keep_answers(
        intake=row,
        screen=screen,
        boxes=screens.boxes_in(screen, request.POST),
        by=me(request),
        at=timezone.now(),
    )


def _finish(request: HttpRequest, row: Intake, screens: Screens) -> HttpResponse:
    if fault := screens.at_fault():
        return _shown(request, row, *fault)
    try:
        done = tracking.finish_intake(
            intake=row, told=screens.told(), by=me(request), at=timezone.now()
        )
    except REFUSALS as refusal:
        return _shown(request, row, *screens.refused(refusal))
    if done.letter is None:
        says = f"Recorded. There is no letter yet. {done.why_no_letter}."
        return go(request, "letters:case", says=says, case_id=done.case.pk)
    return go(request, "letters:sign_letter", letter_id=done.letter.pk)


def _finished(request: HttpRequest, case: Case) -> HttpResponse:
    """To the letter that waits to be signed; else to the case."""
    drafted = letters_of(case).filter(status=LetterStatus.DRAFT).last()
    if drafted is not None:
        return go(request, "letters:sign_letter", letter_id=drafted.pk)
    return go(request, "letters:case", case_id=case.pk)


def _to(request: HttpRequest, row: Intake, screen: Screen) -> HttpResponse:
    return go(request, "letters:intake_screen", intake_id=row.pk, screen=screen.value)


def _shown(request: HttpRequest, row: Intake, screen: Screen, form: Form) -> HttpResponse:
    there = searches.cases_beside(me(request), row.patient) if row.patient else ()
    screens = _screens(request, row)
    return show(
        request,
        f"intake_{screen.value}",
        intake=row,
        screen=screen,
        screens=tuple(Screen),
        form=form,
        there=there,
        who=screens.who,
        is_prefilled=_is_prefilled(request, row),
        told=screens.could_be_told() if screen is Screen.AGREED else (),
    )


def _is_prefilled(request: HttpRequest, row: Intake) -> bool:
    """Whether the home stands as the last case has it, for somebody to look over."""
    last = searches.last_home(me(request), row.patient) if row.patient else None
    return last is not None and row.answers.get(Screen.HOME.value) == boxes_of(last)
