"""What people say of what came in: what it is, which case it belongs to, what was promised."""

from collections.abc import Iterable, Sequence
from typing import Any

from typing_extensions import override

from letters.incoming.actions.answers import Promised
from letters.incoming.actions.returned_post import WhyReturned
from letters.incoming.models import Call, MessageLink
from letters.incoming.reading.values import Kind
from letters.outcomes.models import Response
from letters.tracking.models import Commitment
from letters.web.fields import (
    Choice,
    Choices,
    Day,
    LongText,
    Look,
    Moment,
    NewId,
    Text,
    Upload,
)
from letters.web.forms.form import Form
from letters.web.forms.outcomes import KINDS

NOTHING = "nothing"
_NOTHING_HINTS = {NOTHING: "It has been read and stays with the case."}


def _promise_of(given: dict[str, Any], *, promised_by: Commitment.PromisedBy) -> Promised | None:
    """What was promised, where something was; takes its fields out of what was given."""
    what, day = given.pop("promise", None), given.pop("promised_for", None)
    words = given.pop("promise_words", "")
    if what is None or day is None:
        return None
    return Promised(what=what, promised_for=day, promised_by=promised_by, words=words)


class _WithPromise(Form):
    """Adds: what was promised, and for which day; both or neither."""

    promise = Choice(
        "Did they promise something for a day?",
        Commitment.What.choices,
        hint="Leave empty if not. It is watched, and you hear the day after if nothing came.",
        coerce=Commitment.What,
        look=Look(component="select", nothing="Nothing was promised"),
    )
    promised_for = Day("For which day?", hint="Such as 3 12 2026. Empty if nothing was promised.")

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("promise") and not given.get("promised_for") and not self.errors:
            self.add_error("promised_for", "Enter the day that was promised")
        if given.get("promised_for") and not given.get("promise") and not self.errors:
            self.add_error("promise", "Choose what was promised for that day")
        return given


class AnswerForm(_WithPromise):
    """What a message comes to, for the cases that it answers."""

    kind = Choice(
        "What does it say?",
        [*((kind.value, words) for kind, words in KINDS.items()), (NOTHING, "Nothing to record")],
        missing="Choose what the message says",
        look=Look(component="radios", size="m", hints=_NOTHING_HINTS),
    )
    cases = Choices("For which cases?", missing="Tick at least one case")
    summary = LongText("In a few words", hint="Optional")

    field_order = ("kind", "cases", "summary", "promise", "promised_for")

    def __init__(self, data: Any = None, *, links: Sequence[MessageLink], day: str = "") -> None:
        super().__init__(data, initial={"cases": [str(link.pk) for link in links]})
        self._links = {str(link.pk): link for link in links}
        field = self.fields["cases"]
        assert isinstance(field, Choices)  # noqa: S101 - as declared above
        field.choices = [(pk, link.case.reference) for pk, link in self._links.items()]
        if len(self._links) == 1:
            del self.fields["cases"]

    @override
    def values(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        chosen = given.pop("cases", list(self._links))
        promise = _promise_of(given, promised_by=Commitment.PromisedBy.LANDLORD)
        kind = given["kind"]
        return {
            "links": [link for pk, link in self._links.items() if pk in chosen],
            "kind": None if kind == NOTHING else Response.Kind(kind),
            "summary": given["summary"],
            "promise": promise,
        }


class NoteCallForm(_WithPromise):
    """Twenty seconds: who, what, and what was promised."""

    note_id = NewId()
    caller = Choice(
        "Who called?",
        Call.Caller.choices,
        missing="Choose who called",
        coerce=Call.Caller,
        look=Look(component="radios", inline=True),
    )
    said = Choice(
        "What did they say?",
        [*((kind.value, words) for kind, words in KINDS.items()), (NOTHING, "Something else")],
        missing="Choose what they said",
        look=Look(component="radios"),
    )
    words = LongText("In a few words", hint="Optional", look=Look(component="textarea", rows=2))
    called_at = Moment("When?", hint="Leave empty for now")

    field_order = ("note_id", "caller", "said", "promise", "promised_for", "words", "called_at")

    @override
    def values(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        by = Commitment.PromisedBy
        promised_by = by(given["caller"]) if given["caller"] in by.values else by.OTHER
        said = given.pop("said")
        return given | {
            "said": None if said == NOTHING else Response.Kind(said),
            "promise": _promise_of(given, promised_by=promised_by),
        }


class PasteMessageForm(Form):
    """A message that came to somebody's own mailbox."""

    text = LongText(
        "The message",
        hint="All of it, as it came. It is kept as you paste it.",
        missing="Paste the message",
        max_length=100_000,
        look=Look(component="textarea", rows=12),
    )
    received_at = Moment("When did it come?", missing="Enter the day and time at which it came")


class LinkForm(Form):
    """The case that a message belongs to, by its reference."""

    reference = Text(
        "Reference of the case",
        hint="Eight letters and numbers, such as BCDF-2345",
        missing="Enter the reference of the case",
        max_length=20,
        look=Look(component="input", width="10"),
    )


class KindForm(Form):
    """What a message is, where the machine was wrong."""

    kind = Choice(
        "What is it?",
        [(kind.value, kind.label) for kind in Kind],
        missing="Choose what it is",
        coerce=Kind,
        look=Look(component="select"),
    )


class ReturnedPostForm(Form):
    """A letter that came back: one field that a hand scanner types into."""

    code = Text(
        "Code or reference",
        hint="Scan the code on the address sheet, or type the reference on the letter",
        missing="Scan the code, or type the reference",
        max_length=100,
        look=Look(component="input", width="20"),
    )
    why = Choice(
        "What stands on the envelope?",
        WhyReturned.choices,
        missing="Choose what stands on the envelope",
        coerce=WhyReturned,
        look=Look(component="radios"),
    )


class ScanForm(Form):
    """An answer that came on paper."""

    code = Text(
        "Reference of our letter",
        hint="Scan its code, or type the reference that the answer gives",
        missing="Scan the code, or type the reference",
        max_length=100,
        look=Look(component="input", width="20"),
    )
    file = Upload(
        "Choose the scan",
        hint="PDF or a picture, up to 25 MB",
        accept=".pdf,image/*",
        missing="Choose the scan",
    )
    received_at = Moment("When did it come?", missing="Enter the day and time at which it came")

    @override
    def values(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        data = given.pop("file")
        name = "scan.pdf" if data[:5] == b"%PDF-" else "scan"
        return given | {"data": data, "name": name}


class TakeForm(Form):
    """For which of one's partnerships a message is opened."""

    partnership = Choice("For which partnership?", missing="Choose the partnership")

    def __init__(self, data: Any = None, *, partnerships: Iterable[Any]) -> None:
        super().__init__(data)
        self._partnerships = {str(each.pk): each for each in partnerships}
        field = self.fields["partnership"]
        assert isinstance(field, Choice)  # noqa: S101 - as declared above
        field.choices = [(pk, each.name) for pk, each in self._partnerships.items()]

    @override
    def values(self) -> dict[str, Any]:
        return {"partnership": self._partnerships[self.cleaned_data["partnership"]]}


class PromiseReasonForm(Form):
    """Kept, taken back, or dealt with."""

    reason = LongText("In a few words", hint="Optional", look=Look(component="textarea", rows=2))


class MovePromiseForm(PromiseReasonForm):
    """Another day; the first is kept beside it."""

    to = Day("The new day", missing="Enter the new day")

    field_order = ("to", "reason")
