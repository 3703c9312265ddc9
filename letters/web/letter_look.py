"""The look of a letter on the screen: a page may hold no style of its own, so each house style has
a style sheet at an address, and the typefaces are served with it."""

from collections.abc import Mapping
from functools import cache

from django.http import Http404
from django.urls import reverse

from letters.drafting.content import HouseStyle, Typeface
from letters.rendering.contrast import WRITTEN
from letters.rendering.fonts import CHOSEN, Face, faces
from letters.rendering.html import style_of


def address_of_look(style: HouseStyle) -> str:
    """Where the style sheet of a house style is."""
    look = {"colour": style.colour.removeprefix("#"), "typeface": style.typeface.value}
    return reverse("letters:letter_look", kwargs=look)


def look(colour: str, typeface: str) -> str:
    """The style sheet of an address; not found for what is no colour or no typeface of ours."""
    try:
        style = HouseStyle(colour=f"#{colour}", typeface=Typeface(typeface))
    except ValueError:
        raise Http404 from None
    if not WRITTEN.fullmatch(style.colour):
        raise Http404
    family = CHOSEN[style.typeface].name
    own = f'.letter {{ font-family: "{family}", Arial, sans-serif; }}'
    return "\n".join((*_font_rules(), style_of(style), own))


def font(typeface: str, weight: int) -> bytes:
    """The file of a typeface that an organisation may choose."""
    try:
        return _chosen_faces()[Typeface(typeface), weight].data
    except (KeyError, ValueError):
        raise Http404 from None


@cache
def _chosen_faces() -> Mapping[tuple[Typeface, int], Face]:
    families = {family: typeface for typeface, family in CHOSEN.items()}
    return {
        (families[face.family], face.weight): face for face in faces() if face.family in families
    }


def _font_rules() -> list[str]:
    """Every typeface, so that a preview may change it; a browser fetches those it uses."""
    return [
        f'@font-face {{ font-family: "{face.family.name}"; font-weight: {face.weight}; '
        f'src: url("{_address_of_font(typeface, face.weight)}"); }}'
        for (typeface, _), face in _chosen_faces().items()
    ]


def _address_of_font(typeface: Typeface, weight: int) -> str:
    return reverse("letters:letter_font", kwargs={"typeface": typeface.value, "weight": weight})
