"""How letters look: colours, logo and footer of an organisation, and a person's own signature."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from letters.access import actions as access
from letters.access.models import Organisation
from letters.issuing import house_styles as styles
from letters.issuing import signatures
from letters.web import letter_look as looks
from letters.web.forms.form import Confirmation, sent
from letters.web.forms.house_styles import (
    HouseStyleForm,
    LetterheadForm,
    SignatureForm,
    WordShellForm,
)
from letters.web.house_styles import initial_of, inside, organisation_to_style, page_of
from letters.web.views.letters import WORD
from letters.web.views.pages import ask, go, show
from letters.web.visitor import me


@require_safe
def house_styles(request: HttpRequest) -> HttpResponse:
    """The organisations whose letters the person may style."""
    return show(request, "house_styles", organisations=styles.styled_by(me(request)))


def house_style(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Try a look on a sample letter, and keep it when it pleases."""
    organisation = organisation_to_style(me(request), organisation_id)
    form = HouseStyleForm(
        sent(request),
        files=request.FILES or None,
        initial=initial_of(organisation),
        has_logo=styles.style_of(organisation).logo is not None,
    )
    if "preview" in request.POST:
        return _tried(request, organisation, form)
    change = partial(
        styles.change_style, organisation=organisation, by=me(request), at=timezone.now()
    )
    if request.method == "POST" and form.does(change):
        says = "Saved. Letters drafted from now on look like this."
        return go(request, "letters:house_style", says=says, organisation_id=organisation.pk)
    return show(request, "house_style", form=form, page=page_of(organisation))


def _tried(request: HttpRequest, organisation: Organisation, form: HouseStyleForm) -> HttpResponse:
    """The sample in this look, of which nothing is kept."""
    is_made = form.does(partial(styles.sample_in, organisation=organisation))
    page = page_of(organisation, form.done if is_made else None)
    return show(request, "house_style", form=form, page=page)


def change_letterhead(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Where the organisation is written to."""
    organisation = organisation_to_style(me(request), organisation_id)
    before = {"address": "\n".join(organisation.address), "ods_code": organisation.ods_code}
    return ask(
        request,
        "change_letterhead",
        LetterheadForm(sent(request), initial=before),
        partial(access.change_letterhead, organisation=organisation, by=me(request)),
        then=partial(_back, request, organisation, "Saved"),
        organisation=organisation,
    )


def change_word_shell(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """The organisation's own Word file."""
    organisation = organisation_to_style(me(request), organisation_id)
    return ask(
        request,
        "change_word_shell",
        WordShellForm(sent(request), files=request.FILES or None),
        partial(
            styles.change_word_shell, organisation=organisation, by=me(request), at=timezone.now()
        ),
        then=partial(_back, request, organisation, "Saved. Word letters are written in this file."),
        organisation=organisation,
        shell=styles.word_shell_of(organisation),
    )


def end_word_shell(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Back to the service's own Word file."""
    organisation = organisation_to_style(me(request), organisation_id)
    end = partial(
        styles.change_word_shell,
        organisation=organisation,
        file=None,
        by=me(request),
        at=timezone.now(),
    )
    Confirmation(sent(request)).does(end)
    return _back(request, organisation, "Word letters have the look of this service again.", None)


@require_safe
def word_shell(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """The organisation's own Word file, as it was uploaded."""
    shell = styles.word_shell_of(organisation_to_style(me(request), organisation_id))
    if shell is None:
        raise Http404
    response = HttpResponse(bytes(shell.data), content_type=WORD)
    response["Content-Disposition"] = 'attachment; filename="letterhead.docx"'
    return response


def _back(
    request: HttpRequest, organisation: Organisation, says: str, _done: object
) -> HttpResponse:
    return go(request, "letters:house_style", says=says, organisation_id=organisation.pk)


def my_signature(request: HttpRequest) -> HttpResponse:
    """One's own signature, to be printed under what one approves."""
    row = signatures.signature_row_of(me(request))
    return ask(
        request,
        "my_signature",
        SignatureForm(sent(request), files=request.FILES or None),
        partial(signatures.keep_signature, by=me(request), at=timezone.now()),
        then=lambda _: go(request, "letters:my_signature", says="Your signature is kept"),
        picture=inside(row.media_type, row.data) if row else "",
    )


def end_signature(request: HttpRequest) -> HttpResponse:
    """Sign without a picture from now on."""
    form = Confirmation(sent(request))
    if form.does(partial(signatures.end_signature, by=me(request), at=timezone.now())):
        says = "Letters you approve from now on have no picture of your signature"
        return go(request, "letters:my_signature", says=says)
    return show(request, "my_signature", form=form, picture="")


@require_safe
@cache_control(max_age=3600)
def letter_look(request: HttpRequest, colour: str, typeface: str) -> HttpResponse:
    """What a house style changes in the look of letters; it says nothing about anybody."""
    sheet = looks.look(colour, typeface)
    return HttpResponse(sheet, content_type="text/css; charset=utf-8")


@require_safe
@cache_control(max_age=86400)
def letter_font(request: HttpRequest, typeface: str, weight: int) -> HttpResponse:
    """A typeface of the letters."""
    return HttpResponse(looks.font(typeface, weight), content_type="font/ttf")
