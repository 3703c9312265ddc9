"""Photographs and documents: adding, describing, hiding parts, choosing for a letter."""

from collections.abc import Iterable, Sequence
from typing import Any

from typing_extensions import override

from letters.cases.models import HazardReport, Patient
from letters.drafting.vocabulary import DataItem, TakenBy
from letters.evidence.models import Enclosure, Photograph
from letters.rendering.pictures import Rectangle
from letters.web.fields import (
    Choice,
    Choices,
    Day,
    Look,
    Text,
    Upload,
    Uploads,
    Whole,
    boxes,
    options,
)
from letters.web.forms.about import about_tick
from letters.web.forms.form import Form
from letters.web.words import label

LONG, SHORT = 8, 6  # cells along the longer and the shorter side of a picture
_EXACT = ("from_left", "from_top", "exact_width", "exact_height")


class AddPhotographsForm(Form):
    """Any number of photographs at once, also such as are taken now."""

    taken_now = Uploads(
        "Take a photograph now",
        hint="On a telephone or tablet this opens the camera",
        accept="image/*",
        missing="",
        capture="environment",
    )
    photographs = Uploads(
        "Choose photographs",
        hint="JPEG, PNG, HEIC or WebP. You can choose several at once.",
        accept="image/*",
        missing="",
    )

    def __init__(self, data: Any = None, *, patient: Patient, files: Any = None) -> None:
        super().__init__(data, files=files)
        self.fields["is_theirs"] = about_tick(patient)

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors.keys() & {"taken_now", "photographs"} and not self.files_given:
            self.add_error("photographs", "Take or choose at least one photograph")
        return given

    @property
    def files_given(self) -> tuple[bytes, ...]:
        """The bytes of each, those taken now first."""
        both = (*self.cleaned_data["taken_now"], *self.cleaned_data["photographs"])
        return tuple(data for data in both if data is not None)


class DescribePhotographForm(Form):
    """What one photograph shows, and who took it when."""

    shows = Text(
        "What does it show?",
        hint="One sentence, such as 'Black mould above the bed'. Whoever cannot see the picture "
        "is told this instead. Name nobody.",
        missing="Say what the photograph shows",
    )
    taken_by = Choice(
        "Who took it?",
        [(each.value, label(each)) for each in TakenBy],
        missing="Choose who took the photograph",
        coerce=TakenBy,
        look=Look(component="select"),
    )
    taken_on = Day("When was it taken?", hint="Leave empty if not known")
    room = Text("Room", hint="Such as 'bedroom'. Leave empty if it shows no room", max_length=60)
    hazard_report = Choice(
        "Which hazard does it show?",
        look=Look(component="select", nothing="None of these"),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        photograph: Photograph,
        hazards: Iterable[HazardReport],
        patient_says: str,
    ) -> None:
        so_far = _so_far(photograph) | ({} if photograph.shows else {"shows": patient_says})
        super().__init__(data, prefix=f"photograph-{photograph.pk}", initial=so_far)
        self._hazards = {str(each.pk): each for each in hazards}
        field = self.fields["hazard_report"]
        assert isinstance(field, Choice)  # noqa: S101 - as declared above
        field.choices = [(pk, label(each.hazard, "hazard")) for pk, each in self._hazards.items()]
        if patient_says and not photograph.is_described:
            self.fields["shows"].help_text = (
                "The patient wrote this when they sent it. Look whether the picture shows it, and "
                "name nobody: letters print it."
            )
        if photograph.camera_day and not photograph.is_described:
            self.fields["taken_on"].help_text = (
                "The camera's clock says this day. Change it if it is wrong; leave empty if not "
                "known"
            )

    @override
    def values(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return given | {"hazard_report": self._hazards.get(given["hazard_report"] or "")}


def _so_far(photograph: Photograph) -> dict[str, Any]:
    """What is recorded; before anything is, the day that the camera claims, to be looked at."""
    day = photograph.taken_on if photograph.is_described else photograph.camera_day
    return {
        "shows": photograph.shows,
        "taken_by": photograph.taken_by,
        "taken_on": boxes(day),
        "room": photograph.room,
        "hazard_report": str(photograph.hazard_report_id or ""),
    }


class RedactForm(Form):
    """Parts of a picture by the cells of a grid, or one part by its measures."""

    cells = Choices("Parts to hide")
    from_left = Whole("From the left edge, in per cent", most=100)
    from_top = Whole("From the top edge, in per cent", most=100)
    exact_width = Whole("Width, in per cent", most=100)
    exact_height = Whole("Height, in per cent", most=100)
    reason = Text(
        "Why must it be hidden?",
        hint="Such as 'a child's face' or 'a letter with a name on it'",
        missing="Say why it must be hidden",
    )

    def __init__(self, data: Any = None, *, across: int, down: int) -> None:
        super().__init__(data)
        self.across, self.down = across, down
        field = self.fields["cells"]
        assert isinstance(field, Choices)  # noqa: S101 - as declared above
        field.choices = [
            (f"{row}-{column}", f"Row {row}, column {column}")
            for row in range(1, down + 1)
            for column in range(1, across + 1)
        ]

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        exact = [given.get(name) for name in _EXACT]
        if any(each is not None for each in exact) and None in exact:
            self.add_error("from_left", "Enter all four measures, or leave all four empty")
        return given

    @override
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        cells = [tuple(int(part) for part in cell.split("-")) for cell in given["cells"]]
        parts = [*_parts(cells, across=self.across, down=self.down)]
        if given["from_left"] is not None:
            left, top, width, height = (given[name] / 100 for name in _EXACT)
            parts.append(Rectangle(left=left, top=top, width=width, height=height))
        return {"parts": tuple(parts), "reason": given["reason"]}


def _parts(cells: Sequence[tuple[int, ...]], *, across: int, down: int) -> Iterable[Rectangle]:
    """One rectangle for each run of neighbours in a row."""
    runs: list[list[int]] = []  # row, first column, last column
    for row, column in sorted(cells):
        if runs and runs[-1][0] == row and runs[-1][2] == column - 1:
            runs[-1][2] = column
        else:
            runs.append([row, column, column])
    for row, first, last in runs:
        yield Rectangle(
            left=(first - 1) / across,
            top=(row - 1) / down,
            width=(last - first + 1) / across,
            height=1 / down,
        )


class LiftRedactionForm(Form):
    """Showing again what was hidden."""

    reason = Text("Why may it be shown again?", missing="Say why it may be shown again")


class AddEnclosureForm(Form):
    """A document, what letters call it, and what it tells."""

    file = Upload(
        "Choose a document",
        hint="PDF, Word (.docx) or a picture, up to 25 MB and 100 pages",
        accept=".pdf,.docx,image/*",
        missing="Choose a document",
    )
    name = Text(
        "What is it called?",
        hint="As letters list it, such as 'Inspection report of 3 July 2026'. Name nobody.",
        missing="Enter what the document is called",
        max_length=120,
    )
    tells = Choices(
        "What does it tell?",
        options(DataItem),
        hint="Everything that it tells about the patient and the home. It goes only to those who "
        "may know all of it.",
        missing="Tick what the document tells",
        coerce=DataItem,
    )

    def __init__(self, data: Any = None, *, patient: Patient, files: Any = None) -> None:
        super().__init__(data, files=files)
        self.fields["is_theirs"] = about_tick(patient)

    @override
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"name": given["name"], "tells": given["tells"], "data": given["file"]}


class EncloseForm(Form):
    """What letters call a document that is here already, and what it tells."""

    name = Text(
        "What is it called?",
        hint="As letters list it, such as 'Inspection report of 3 July 2026'. Name nobody.",
        missing="Enter what the document is called",
        max_length=120,
    )
    tells = Choices(
        "What does it tell?",
        options(DataItem),
        hint="Everything that it tells about the patient and the home. It goes only to those who "
        "may know all of it.",
        missing="Tick what the document tells",
        coerce=DataItem,
    )

    def __init__(self, data: Any = None, *, patient: Patient, name: str) -> None:
        super().__init__(data, initial={"name": name})
        self.fields["is_theirs"] = about_tick(patient)

    @override
    def values(self) -> dict[str, Any]:
        return {"name": self.cleaned_data["name"], "tells": self.cleaned_data["tells"]}


class ChooseEvidenceForm(Form):
    """What a draft prints and encloses, in the order in which it is listed here."""

    photographs = Choices("Photographs to print in the letter")
    enclosures = Choices("Documents to enclose")

    def __init__(
        self,
        data: Any = None,
        *,
        photographs: Iterable[Photograph],
        enclosures: Iterable[Enclosure],
        chosen: dict[str, list[str]],
    ) -> None:
        super().__init__(data, initial=chosen)
        self._photographs = {str(each.pk): each for each in photographs}
        self._enclosures = {str(each.pk): each for each in enclosures}
        for name, offered in (
            ("photographs", [(pk, each.shows) for pk, each in self._photographs.items()]),
            ("enclosures", [(pk, each.name) for pk, each in self._enclosures.items()]),
        ):
            field = self.fields[name]
            assert isinstance(field, Choices)  # noqa: S101 - as declared above
            field.choices = offered

    @override
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "photographs": [
                each for pk, each in self._photographs.items() if pk in given["photographs"]
            ],
            "enclosures": [
                each for pk, each in self._enclosures.items() if pk in given["enclosures"]
            ],
        }
