"""Whether a letter that somebody holds is one of this service's; open to everybody."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from letters.issuing.verifying import issued_as
from letters.web.attempts import is_over
from letters.web.forms.check import CheckForm
from letters.web.forms.form import sent
from letters.web.views.pages import show


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(no_store=True)
def check(request: HttpRequest) -> HttpResponse:
    """Ask for a file or its digest, and tell what it is. Nothing is kept of either, so the answer
    stands on the page itself and asking again asks again."""
    form = CheckForm(sent(request), files=request.FILES or None)
    if request.method != "POST":
        return show(request, "check", form=form, digest="", issued=None)
    if is_over(request):
        return show(request, "check_later", status=429)
    digest = form.cleaned_data["asked"] if form.is_valid() else ""
    return show(request, "check", form=form, digest=digest, issued=issued_as(digest))
