"""A letter as the body of a web page: what is shown on the screen, and what the PDF is made of."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from jinja2.sandbox import ImmutableSandboxedEnvironment

from letters.drafting.content import HouseStyle, LetterContent, Picture
from letters.rendering.addresses import linked
from letters.rendering.errors import RenderingFailed
from letters.rendering.labels import labels_for
from letters.rendering.printable import printable_tree
from letters.rendering.shells import FOLDER, HREF, environment, refuse_unsafe_links
from letters.rendering.words import contact_lines, sign_off_lines

AddressOf = Callable[[Picture], str]
COLOUR = re.compile(r"#[0-9a-f]{6}")


def address_in_print(picture: Picture) -> str:
    """By what the press asks for a picture of the letter."""
    return f"letter-picture:{picture.digest}"


def render(content: LetterContent, *, address_of: AddressOf = address_in_print) -> str:
    """One `article`; it has no style of its own, the page includes `stylesheet()`, and `style_of`
    where the letter has a house style. `address_of` says where the page serves a picture."""
    return _filled("letter.html", content, address_of=address_of)


def render_page(content: LetterContent) -> str:
    """The same article in a page with language, title and dates, for print."""
    return _filled("page.html", content, address_of=address_in_print)


def style_of(style: HouseStyle) -> str:
    """What a house style changes in `stylesheet()`."""
    if not COLOUR.fullmatch(style.colour):
        raise RenderingFailed("The colour of the house style is not written as #003d78")
    return f".letter {{ --letter-colour: {style.colour}; }}"


@cache
def stylesheet() -> str:
    """For screen and paper; column widths are classes, as a strict page allows no inline style."""
    widths = "\n".join(f".letter-width-{n} {{ width: {n}%; }}" for n in range(1, 101))
    return f"{(FOLDER / 'letter.css').read_text(encoding='utf-8')}\n{widths}\n"


@cache
def large_print() -> str:
    """What large print changes in `stylesheet()`."""
    return (FOLDER / "large_print.css").read_text(encoding="utf-8")


def _filled(shell: str, content: LetterContent, **more: object) -> str:
    content = linked(printable_tree(content))
    refuse_unsafe_links(content)
    return _environment().get_template(shell).render({**_context_of(content), **more})


def _context_of(content: LetterContent) -> Mapping[str, Any]:  # as Jinja takes it
    labels, email = labels_for(content.language), content.letterhead.email
    mailto = f"mailto:{email}"
    return {
        "letter": content,
        "labels": labels,
        "mark": labels.marks[content.mark],
        "contact": contact_lines(content, labels),
        "mailbox": f"{labels.email} {email}",
        "mailto": mailto if HREF.fullmatch(mailto) else None,
        "signed": sign_off_lines(content, labels),
    }


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    return environment()
