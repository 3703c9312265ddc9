"""How an organisation's letters look: what counts now, changing it, and what letters name of it.

A change is a new row. Logos and Word files stay for ever, so that a letter approved under an older
style is made the same again."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from letters.access.models import Organisation, User
from letters.access.queries import organisations_with, require_in
from letters.access.roles import Right
from letters.audit.record import record
from letters.drafting import content
from letters.drafting.content import Picture, Typeface
from letters.drafting.specimen import specimen
from letters.issuing.errors import ColourTooLight, FooterTooLong, NotAColour, ShellHasFaults
from letters.issuing.models import HouseStyle, Logo, WordShell
from letters.issuing.printing import refuse_without_form
from letters.rendering import contrast
from letters.rendering.pictures import Pictures, Prepared, named, prepare_logo
from letters.rendering.word import shells

_SAMPLE_DAY = date(2026, 1, 5)
MOST_FOOTER_LINES, LONGEST_FOOTER_LINE = 3, 120


def style_row_of(organisation: Organisation) -> HouseStyle | None:
    """The row that counts now, None for an organisation that has chosen nothing."""
    rows = HouseStyle.objects.filter(organisation=organisation)
    return rows.select_related("logo", "word_shell").order_by("-made_at", "-pk").first()


def style_of(organisation: Organisation) -> content.HouseStyle:
    """What goes into the letters drafted from now on; the service's own look where none is kept."""
    row = style_row_of(organisation)
    if row is None:
        return content.HouseStyle()
    return content.HouseStyle(
        typeface=Typeface(row.typeface),
        colour=row.colour,
        logo=None if row.logo is None else _picture(row.logo, organisation),
        footer=tuple(row.footer),
    )


def styles_of(organisation: Organisation) -> tuple[HouseStyle, ...]:
    """Every style it has had, the latest first."""
    rows = HouseStyle.objects.filter(organisation=organisation).select_related("made_by")
    return tuple(rows.order_by("-made_at", "-pk"))


def styled_by(user: User) -> tuple[Organisation, ...]:
    """The organisations whose letters the person may style."""
    return tuple(organisations_with(user, Right.STYLE_LETTERS))


def logo_bytes(digests: Collection[str]) -> Mapping[str, bytes]:
    """The logos among these digests, whoever's they are."""
    rows = Logo.objects.filter(digest__in=digests).values_list("digest", "data")
    return {digest: bytes(data) for digest, data in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A letter about nobody in a style that is not kept yet, with the bytes of its logo."""

    letter: content.LetterContent
    pictures: Pictures


def sample_in(
    *,
    organisation: Organisation,
    typeface: Typeface,
    colour: str,
    footer: Sequence[str],
    file: bytes | None,
    without_logo: bool,
) -> Sample:
    """What a change would make of the letters; refuses what the change would refuse."""
    logo = _logo_after(style_row_of(organisation), file, without_logo=without_logo)
    style = _described(organisation, typeface=typeface, colour=colour, footer=footer, logo=logo)
    return Sample(
        letter=sample_of(organisation, style),
        pictures={} if logo is None else {logo.digest: bytes(logo.data)},
    )


def _logo_after(
    current: HouseStyle | None, file: bytes | None, *, without_logo: bool
) -> Logo | Prepared | None:
    """A new logo takes the place of the old one, which else stays unless it is taken off."""
    if file is not None:
        return prepare_logo(file)
    return None if without_logo or current is None else current.logo


def _described(  # as it would be kept
    organisation: Organisation,
    *,
    typeface: Typeface,
    colour: str,
    footer: Sequence[str],
    logo: Logo | Prepared | None,
) -> content.HouseStyle:
    """The style as letters would have it; refuses what nobody could read or no letter hold."""
    refuse_unreadable(colour)
    if len(footer) > MOST_FOOTER_LINES or any(len(x) > LONGEST_FOOTER_LINE for x in footer):
        raise FooterTooLong(lines=MOST_FOOTER_LINES, characters=LONGEST_FOOTER_LINE)
    style = content.HouseStyle(
        typeface=typeface,
        colour=colour,
        logo=None if logo is None else _picture(logo, organisation),
        footer=tuple(footer),
    )
    refuse_without_form(sample_of(organisation, style), typed={"footer": "\n".join(footer)})
    return style


def sample_of(organisation: Organisation, style: content.HouseStyle) -> content.LetterContent:
    """A letter about nobody, on the organisation's paper in this style."""
    letterhead = content.Letterhead(
        organisation=organisation.name,
        team="Sample Team",
        address=tuple(organisation.address),
        telephone="020 7946 0000",
        email="sample@letters.example",
        ods_code=organisation.ods_code or None,
        style=style,
    )
    return specimen(letterhead, written_on=_SAMPLE_DAY)


def refuse_unreadable(colour: str) -> None:
    """NotAColour or ColourTooLight, the latter with the nearest colour that would do."""
    if not contrast.WRITTEN.fullmatch(colour):
        raise NotAColour
    ratio = contrast.least_ratio(colour)
    if ratio < contrast.LEAST:
        nearest = contrast.nearest_readable(colour)
        raise ColourTooLight(ratio=ratio, needed=contrast.LEAST, nearest=nearest)


@transaction.atomic
def change_style(
    *,
    organisation: Organisation,
    typeface: Typeface,
    colour: str,
    footer: Sequence[str],
    file: bytes | None,
    without_logo: bool,
    by: User,
    at: datetime,
) -> HouseStyle:
    """Let the letters drafted from now on look so. A new logo comes as `file`; without one the logo
    stays, unless it is taken off. The same style again changes nothing."""
    require_in(by, Right.STYLE_LETTERS, organisation)
    current = _take_turns(organisation)
    logo = _logo_after(current, file, without_logo=without_logo)
    _described(organisation, typeface=typeface, colour=colour, footer=footer, logo=logo)
    made = HouseStyle(
        organisation=organisation,
        typeface=typeface.value,
        colour=colour,
        logo=_keep_logo(organisation, logo) if isinstance(logo, Prepared) else logo,
        footer=list(footer),
        word_shell=current.word_shell if current else None,
        made_by=by,
        made_at=at,
    )
    return _keep(made, current, by=by)


@transaction.atomic
def change_word_shell(
    *, organisation: Organisation, file: bytes | None, by: User, at: datetime
) -> HouseStyle:
    """Fill the Word form of letters approved from now on into this file; None: the service's own.
    Refuses a file that is not fit, with everything that is to be mended in it."""
    require_in(by, Right.STYLE_LETTERS, organisation)
    if file is not None:
        _refuse_unfit(file)
    current = _take_turns(organisation)
    default = content.HouseStyle()
    made = HouseStyle(
        organisation=organisation,
        typeface=current.typeface if current else default.typeface.value,
        colour=current.colour if current else default.colour,
        logo=current.logo if current else None,
        footer=current.footer if current else [],
        word_shell=None if file is None else _keep_shell(organisation, file),
        made_by=by,
        made_at=at,
    )
    return _keep(made, current, by=by)


def word_shell_of(organisation: Organisation) -> WordShell | None:
    """What the Word form of a letter approved now is filled into; None for the service's own."""
    row = style_row_of(organisation)
    return row.word_shell if row else None


def _refuse_unfit(file: bytes) -> None:
    faults = shells.faults_of(file)
    if faults:
        raise ShellHasFaults(tuple(fault.message for fault in faults))


def _take_turns(organisation: Organisation) -> HouseStyle | None:
    """One change at a time; the style that counts until then."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    return style_row_of(organisation)


def _keep(made: HouseStyle, current: HouseStyle | None, *, by: User) -> HouseStyle:
    if current is not None and _look(made) == _look(current):
        return current
    made.save(force_insert=True)
    record("change_house_style", made, by=by, organisation=made.organisation_id)
    return made


def _look(row: HouseStyle) -> tuple[object, ...]:
    return row.typeface, row.colour, row.logo_id, tuple(row.footer), row.word_shell_id


def _keep_logo(organisation: Organisation, prepared: Prepared) -> Logo:
    kept, _ = Logo.objects.get_or_create(
        organisation=organisation,
        digest=prepared.digest,
        defaults={
            "data": prepared.data,
            "media_type": prepared.media_type,
            "width": prepared.width,
            "height": prepared.height,
        },
    )
    return kept


def _keep_shell(organisation: Organisation, data: bytes) -> WordShell:
    kept, _ = WordShell.objects.get_or_create(
        organisation=organisation,
        digest=hashlib.sha256(data).hexdigest(),
        defaults={"data": data},
    )
    return kept


def _picture(logo: Logo | Prepared, organisation: Organisation) -> Picture:
    return named(logo, alt=f"Logo of {organisation.name}")
