"""The page on which an organisation's letters are given their look."""

import base64
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from markupsafe import Markup

from letters.access.models import Organisation, User
from letters.drafting.content import HouseStyle as Style
from letters.drafting.content import Picture
from letters.issuing import house_styles
from letters.issuing.house_styles import Sample
from letters.issuing.models import HouseStyle
from letters.rendering.html import render
from letters.rendering.pictures import Pictures, data_of
from letters.web.letter_look import address_of_look


@dataclass(frozen=True, slots=True, kw_only=True)
class StylePage:
    """A sample letter in a style: the one that counts, or one that is being tried."""

    organisation: Organisation
    html: Markup
    look: str  # the address of its style sheet
    is_kept: bool
    current: HouseStyle | None
    earlier: tuple[HouseStyle, ...]


def organisation_to_style(user: User, organisation_id: UUID) -> Organisation:
    """One whose letters the person may style; any other is not found."""
    found = [each for each in house_styles.styled_by(user) if each.pk == organisation_id]
    if not found:
        raise Http404
    return found[0]


def page_of(organisation: Organisation, sample: Sample | None = None) -> StylePage:
    """The page with a sample to try, else with the style as it is kept."""
    shown = sample or _kept(organisation)
    rows = house_styles.styles_of(organisation)
    return StylePage(
        organisation=organisation,
        html=html_of(shown),
        look=address_of_look(shown.letter.letterhead.style),
        is_kept=sample is None,
        current=rows[0] if rows else None,
        earlier=rows[1:],
    )


def html_of(sample: Sample) -> Markup:
    """The letter with its pictures inside it: nothing of it is kept anywhere yet."""

    def address_of(picture: Picture) -> str:
        return inside(picture.media_type, data_of(picture, sample.pictures))

    made = render(sample.letter, address_of=address_of)
    return Markup(made)  # noqa: S704 - the letter's shell escapes every value


def inside(media_type: str, data: bytes) -> str:
    """An address that holds the picture itself."""
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"


def initial_of(organisation: Organisation) -> dict[str, object]:
    """What the form shows first: the style that counts."""
    style: Style = house_styles.style_of(organisation)
    return {
        "colour": style.colour,
        "typeface": style.typeface.value,
        "footer": "\n".join(style.footer),
    }


def _kept(organisation: Organisation) -> Sample:
    style = house_styles.style_of(organisation)
    pictures: Pictures = house_styles.logo_bytes([style.logo.digest] if style.logo else [])
    return Sample(letter=house_styles.sample_of(organisation, style), pictures=pictures)
