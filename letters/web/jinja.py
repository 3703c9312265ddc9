"""The Jinja environment of the pages: the design system's macros, links, and the page's nonce."""

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader


def environment(**options: object) -> Environment:
    """Undefined is chainable because the design system's macros ask for options left out."""
    loader = ChoiceLoader([options.pop("loader"), PackageLoader("nhsuk_frontend_jinja")])  # type: ignore[list-item]  # Django passes its own loader untyped
    pages = Environment(loader=loader, undefined=ChainableUndefined, **options)  # type: ignore[arg-type]  # as Django passes them
    pages.globals |= {"static": static, "url": _url, "public_url": settings.PUBLIC_URL}
    return pages


def _url(name: str, *args: object, **kwargs: object) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)
