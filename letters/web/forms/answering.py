"""What somebody without an account enters on the page of a letter."""

from typing import Any

from django.core.exceptions import ValidationError
from typing_extensions import override

from letters.web.answering import Said, Told
from letters.web.fields import Choices, Day, Hidden, LongText, Look, Text, Uploads
from letters.web.forms.form import Form

MOST_FILES = 5
MOST_BYTES = 15_000_000
_WORDS = {
    Said.ACKNOWLEDGE: "We have received the letter",
    Said.INSPECTION: "We have booked an inspection",
    Said.WORKS: "We have booked repairs",
    Said.DONE: "The repairs are done",
    Said.DISPUTE: "We disagree with the letter",
    Said.OTHER: "Something else",
}


class OpenForm(Form):
    """What shows that the letter is theirs."""

    reference = Text(
        "Our reference",
        hint="It is in the message or on the letter, such as K7M2-9PQR",
        missing="Enter the reference",
        max_length=40,
        validators=[],
        look=Look(component="input", width="10"),
    )
    postcode = Text(
        "Postcode of the home",
        hint="The home that the letter is about, like ZZ99 3CZ",
        missing="Enter the postcode of the home",
        max_length=20,
        validators=[],
        look=Look(component="input", width="10"),
    )


class AnswerForm(Form):
    """An answer to a letter. Anything may be written: a person reads it."""

    told_in = Hidden(missing="Go back and open the form again")
    said = Choices(
        "What do you want to tell us?",
        [(said.value, words) for said, words in _WORDS.items()],
        missing="Choose what you want to tell us",
        hint="Choose all that apply",
        coerce=Said,
        look=Look(
            component="checkboxes",
            size="m",
            asks={
                Said.INSPECTION: ["inspection_on"],
                Said.WORKS: ["works_on"],
                Said.DONE: ["done_on"],
            },
        ),
    )
    inspection_on = Day("Day of the inspection")
    works_on = Day("Day on which repairs begin")
    done_on = Day("Day on which they were done")
    words = LongText(
        "Details",
        hint="Such as who comes and when, what was done, or what you disagree with and why",
        validators=[],
        look=Look(component="textarea", rows=6),
    )
    papers = Uploads(
        "Files",
        hint=f"Photographs, reports or invoices: at most {MOST_FILES}, together 15 MB",
        missing="",
    )
    name = Text("Your name and organisation", missing="Enter your name", validators=[])
    reach = Text("Telephone or e-mail", hint="If we have a question. Optional.", validators=[])

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        said = given.get("said") or []
        for kind, name, missing in (
            (Said.INSPECTION, "inspection_on", "Enter the day of the inspection"),
            (Said.WORKS, "works_on", "Enter the day on which repairs begin"),
        ):
            if kind in said and name not in self.errors and given.get(name) is None:
                self.add_error(name, missing)
        needs_words = Said.DISPUTE in said or Said.OTHER in said
        if needs_words and "words" not in self.errors and not str(given.get("words", "")).strip():
            self.add_error("words", "Write what you want to tell us")
        return given

    def clean_papers(self) -> tuple[tuple[str, bytes], ...]:
        files: tuple[bytes | None, ...] = self.cleaned_data["papers"]
        kept = [data for data in files if data is not None]
        if len(kept) > MOST_FILES or sum(map(len, kept)) > MOST_BYTES:
            raise ValidationError(f"Send at most {MOST_FILES} files, together 15 MB")
        names = [file.name or "file" for file in self.files.getlist("papers")] if kept else []
        return tuple(zip(names, kept, strict=True))

    @override
    def values(self) -> dict[str, Any]:
        return {"told": Told(**self.cleaned_data)}
