"""How an organisation's letters look, its address, its Word file, and a person's own signature."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from typing_extensions import override

from letters.drafting.content import Typeface
from letters.web.fields import Choice, Lines, Look, Text, Tick, Upload, options
from letters.web.forms.form import Form

_PICTURES = "image/png,image/jpeg,image/webp,image/heic"
_ODS_CODE = re.compile(r"[A-Z0-9]{3,10}")


class HouseStyleForm(Form):
    """Colour, typeface, logo and footer."""

    colour = Text(
        "Colour of headings, lines and links",
        hint="As # and six digits or letters a to f, like #003d78. It must be dark enough to read.",
        missing="Enter a colour, like #003d78",
        max_length=7,
        look=Look(component="input", width="10"),
    )
    typeface = Choice("Typeface", options(Typeface), missing="Choose a typeface", coerce=Typeface)
    file = Upload(
        "Logo",
        hint="PNG or JPEG, best wide and on white. Without a file the logo stays as it is.",
        accept=_PICTURES,
    )
    without_logo = Tick("Take the logo off")
    footer = Lines(
        "Lines at the end of each letter",
        hint="At most three, such as charity number and registered office",
        max_length=2000,
        look=Look(component="textarea", rows=3),
    )

    def __init__(self, data: Any = None, *, has_logo: bool, **more: Any) -> None:
        super().__init__(data, **more)
        if not has_logo:
            del self.fields["without_logo"]

    def clean_colour(self) -> str:
        return str(self.cleaned_data["colour"]).strip().lower()

    @override
    def values(self) -> dict[str, Any]:
        return {"without_logo": False, **super().values()}


class LetterheadForm(Form):
    """Where the organisation is written to."""

    address = Lines(
        "Address at the head of letters",
        hint="One line for each part, postcode last, at most seven",
        missing="Enter the address at the head of letters",
        max_length=400,
        look=Look(component="textarea", rows=5),
    )
    ods_code = Text(
        "ODS code",
        hint="Leave empty for an organisation that has none",
        max_length=12,
        look=Look(component="input", width="10"),
    )

    def clean_address(self) -> tuple[str, ...]:
        lines: tuple[str, ...] = self.cleaned_data["address"]
        if len(lines) > 7 or any(len(line) > 60 for line in lines):
            raise ValidationError("Use at most seven lines of at most 60 characters each")
        return lines

    def clean_ods_code(self) -> str:
        code = str(self.cleaned_data["ods_code"]).strip().upper()
        if code and not _ODS_CODE.fullmatch(code):
            raise ValidationError("Enter the ODS code as letters and numbers, like RXX01")
        return code


class WordShellForm(Form):
    """The organisation's own Word file."""

    file = Upload(
        "Word file",
        hint="A document (.docx) with your letterhead and the places for the words of a letter",
        missing="Choose a Word file",
        accept=".docx",
        most=8_000_000,
    )

    faults: tuple[str, ...] = ()  # what is to be mended in the file, line by line

    @override
    def refuse(self, refusal: Exception) -> None:
        self.faults = getattr(refusal, "faults", ())
        super().refuse(refusal)


class SignatureForm(Form):
    """A person's signature as a picture."""

    file = Upload(
        "Picture of your signature",
        hint="Sign on white paper with a dark pen, and photograph or scan it",
        missing="Choose a picture of your signature",
        accept=_PICTURES,
    )
