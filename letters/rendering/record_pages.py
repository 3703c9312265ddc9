"""Prints the pages that a bundle has of its own; only the worker loads this."""

from functools import cache
from html import unescape

from jinja2.sandbox import ImmutableSandboxedEnvironment

from letters.rendering import fonts, pdf
from letters.rendering.html import address_in_print
from letters.rendering.labels import labels_for
from letters.rendering.pictures import NO_PICTURES, Pictures, data_of
from letters.rendering.printable import printable_tree
from letters.rendering.records import PhotographPage, Record
from letters.rendering.shells import FOLDER, environment

LANGUAGE = "en-GB"


def print_record(record: Record) -> bytes:
    """The same bytes for the same record."""
    return _printed("record.html", record=printable_tree(record))


def print_photograph(page: PhotographPage, pictures: Pictures) -> bytes:
    """Refuses a picture that is missing, or is not the one that was chosen."""
    data = {page.picture.digest: data_of(page.picture, pictures)}
    return _printed("photograph.html", pictures=data, page=printable_tree(page))


def _printed(
    shell: str, *, pictures: Pictures = NO_PICTURES, **context: Record | PhotographPage
) -> bytes:
    page = (
        _environment()
        .get_template(shell)
        .render(
            **context,
            language=LANGUAGE,
            labels=labels_for(LANGUAGE),
            address_of=address_in_print,
        )
    )
    style = (FOLDER / "bundle.css").read_text(encoding="utf-8")
    families = fonts.families_of(fonts.ARIMO, unescape(page))
    shown = {
        address_in_print(each.picture): (pictures[each.picture.digest], each.picture.media_type)
        for each in context.values()
        if isinstance(each, PhotographPage)
    }
    return pdf.print_page(page, style=f"{pdf.typeface(families)}\n{style}", pictures=shown)


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    return environment()
