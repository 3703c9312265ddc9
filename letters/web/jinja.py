"""The Jinja environment of the pages: the design system's macros, links and undefined names."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader
from jinja2.utils import missing
from typing_extensions import override

from letters.web import components, law_words
from letters.web.visitor import visitor_of
from letters.web.words import FILTERS


class PageUndefined(ChainableUndefined):
    """Options left out of a macro print nothing; a name that a page lacks is an error.

    The design system's macros ask dictionaries for options that may be absent. Our pages show
    names and attributes of objects, where absence is a mistake that must not print as a blank.
    """

    @override
    def __str__(self) -> str:
        if self._undefined_obj is missing or not isinstance(self._undefined_obj, dict):
            self._fail_with_undefined_error()
        return ""

    @override
    def __html__(self) -> str:
        return str(self)


def environment(**options: Any) -> Environment:  # as Django passes them, `autoescape` among them
    """What the pages see everywhere; Django adds `request` and `csrf_input`."""
    options["loader"] = ChoiceLoader([options["loader"], PackageLoader("nhsuk_frontend_jinja")])
    options["undefined"] = PageUndefined
    pages = Environment(**options)  # noqa: S701  # Django turns autoescape on
    pages.globals |= {
        "static": static,
        "url": _url,
        "public_url": settings.PUBLIC_URL,
        "field": components.field,
        "fields": components.fields,
        "error_summary": components.error_summary,
    }
    pages.filters |= FILTERS | law_words.FILTERS
    return pages


def design_system(request: HttpRequest) -> dict[str, object]:
    """What the design system's own page template asks for by these names, and who looks."""
    # As a text: the lazy nonce counts as absent until something reads it.
    nonce = str(request.csp_nonce)  # type: ignore[attr-defined]  # set by the CSP middleware
    return {
        "cspNonce": nonce,
        "assetPath": f"{settings.STATIC_URL}nhsuk/assets",
        "htmlLang": "en-GB",
        "visitor": visitor_of(request),
        "shows_nhs_logo": settings.SHOWS_NHS_LOGO,
    }


def _url(name: str, **arguments: object) -> str:
    return reverse(name, kwargs=arguments or None)
