"""Which signs letters can print: said when words are typed and a letter is composed, since an
approved letter whose files cannot be made helps nobody."""

from collections.abc import Mapping
from functools import cache

from letters.drafting.content import LetterContent, Typeface
from letters.issuing.errors import NotPrintable
from letters.rendering.fonts import CHOSEN, FALLBACKS, covered
from letters.rendering.printable import printable
from letters.rendering.words import words


def signs_without_form(text: str, typeface: Typeface = Typeface.ARIMO) -> tuple[str, ...]:
    """The signs that no typeface of the letters has, each once, by their numbers: in the order
    they were written in, they could be somebody's name. Hidden ones have a visible form."""
    return tuple(sorted(set(printable(text)) - _printed_in(typeface)))


def refuse_without_form(content: LetterContent, *, typed: Mapping[str, str]) -> None:
    """NotPrintable for a letter with a sign that would stop the printer, at the field among
    `typed` that has it, if any."""
    typeface = content.letterhead.style.typeface
    for field, text in typed.items():
        _refuse(signs_without_form(text, typeface), field)
    _refuse(signs_without_form(" ".join(words(content)), typeface), "")


def _refuse(signs: tuple[str, ...], field: str) -> None:
    if signs:
        raise NotPrintable(signs, field=field)


@cache
def _printed_in(typeface: Typeface) -> frozenset[str]:
    return frozenset("\n").union(*map(covered, (CHOSEN[typeface], *FALLBACKS)))
