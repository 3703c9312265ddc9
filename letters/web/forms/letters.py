"""A letter's free passage, its approval, and how it leaves."""

from collections.abc import Iterable
from typing import Any

from typing_extensions import override

from letters.cases.models import READERS_IN_DIRECTORY, ResponsibleBody
from letters.delivery.models import Channel
from letters.delivery.vocabulary import AT_THE_COUNTER, Postage
from letters.drafting.kinds import LetterKind
from letters.law.facts import Answer
from letters.web.fields import (
    Choice,
    Day,
    Email,
    Hidden,
    Lines,
    LongText,
    Look,
    Text,
    Tick,
    options,
)
from letters.web.forms.form import Form


class NarrativeForm(Form):
    """The one passage that is worded freely."""

    narrative = LongText(
        "Your own words about this patient's health",
        hint="Optional. Added to the part on health; the law cannot be edited.",
        look=Look(component="textarea", size="m", rows=6),
    )


_NARRATIVE = "narrative"


class DraftForm(Form):
    """What a letter needs from the person who drafts it; a kind asks only for its own parts."""

    responsible_body = Choice(
        "Who is it to?", missing="Choose who it is to", look=Look(component="select", size="m")
    )
    adjustment = LongText(
        "Which adjustment is asked for?",
        hint="One sentence, as the letter will say it.",
        missing="Say which adjustment is asked for, in the patient's own terms",
        look=Look(component="textarea", size="m", rows=3),
    )
    narrative = LongText(
        "Your own words about this patient's health",
        hint="Optional. Added to the part on health; the law cannot be edited.",
        max_length=1500,
        look=Look(component="textarea", size="m", rows=6),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        kind: LetterKind,
        bodies: Iterable[ResponsibleBody],
        adjustment: str = "",
    ) -> None:
        super().__init__(data, initial={"adjustment": adjustment})
        self._bodies = {str(each.pk): each for each in bodies if each.reader == kind.reader}
        field = self.fields["responsible_body"]
        assert isinstance(field, Choice)  # noqa: S101 - as declared above
        field.choices = [(pk, body_in_words(each)) for pk, each in self._bodies.items()]
        parts = {part.name for part in kind.parts}
        asked = {
            "responsible_body": kind.reader in READERS_IN_DIRECTORY,
            "adjustment": "asked_for" in parts,
            _NARRATIVE: _NARRATIVE in parts,
        }
        for name in [name for name, is_asked in asked.items() if not is_asked]:
            del self.fields[name]

    @override
    def values(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        chosen = self._bodies.get(given.pop("responsible_body", ""))
        about = {"adjustment": given["adjustment"]} if "adjustment" in given else {"body": chosen}
        return about | {_NARRATIVE: given.get(_NARRATIVE, "")}


def body_in_words(body: ResponsibleBody) -> str:
    """Name, department and postcode, to tell one from another."""
    return ", ".join(part for part in (body.name, body.department, *body.address[-1:]) if part)


class AddBodyForm(Form):
    """A council's team, an ombudsman or a tribunal that is not in the directory yet."""

    name = Text("Name", missing="Enter the name", max_length=120)
    department = Text("Department or team", hint="If known", max_length=120)
    address = Lines(
        "Address for letters",
        hint="One line for each part, postcode last",
        missing="Enter the address for letters",
        max_length=400,
        look=Look(component="textarea", rows=4),
    )
    email = Email(
        "E-mail address for letters",
        hint="Leave empty to print and post letters",
        max_length=120,
    )


class ApproveForm(Form):
    """`seen` stands for the words that were on the page. What goes in the tenant's name goes only
    once they have read it and asked."""

    seen = Hidden(missing="Read the letter again: the page did not say which words you read")
    has_read = Tick(
        "I have read this letter and I stand for what it says",
        missing="Tick the box to say that you have read the letter",
    )
    tenant_asked = Tick(
        "The tenant has read this letter and asked us to send it in their name",
        missing="Tick the box once the tenant has read the letter and asked for it to be sent",
    )

    def __init__(self, data: Any = None, *, for_tenant: bool) -> None:
        super().__init__(data)
        if not for_tenant:
            del self.fields["tenant_asked"]

    @override
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        asked = {"tenant_asked": Answer.YES} if given.get("tenant_asked") else {}
        return {"seen": given["seen"], **asked}


class SendForm(Form):
    """By e-mail to the address shown, or on paper; `printed_for_us` is the class of post in which
    a printer would send it, empty where none does."""

    channel = Choice("How should it go?", missing="Choose how to send the letter", coerce=Channel)

    def __init__(
        self,
        data: Any = None,
        *,
        mailbox: str,
        is_copy: bool,
        may_be_posted: bool,
        printed_for_us: str,
    ) -> None:
        super().__init__(data)
        field = self.fields["channel"]
        assert isinstance(field, Choice)  # noqa: S101 - as declared above
        by_email = [(Channel.EMAIL.value, f"By e-mail to {mailbox}")] if mailbox else []
        says = "I will print it or file it myself" if is_copy else "I will print and post it myself"
        by_hand = [(Channel.DOWNLOAD.value, says)] if may_be_posted else []
        printed = f"Printed and posted for us, {printed_for_us.lower()}"
        by_printer = [(Channel.POST.value, printed)] if printed_for_us else []
        field.choices = [*by_email, *by_printer, *by_hand]


class PostedForm(Form):
    """When a printed letter was put in the post."""

    posted_on = Day("Day of posting", missing="Enter the day on which you posted it")
    postage = Choice(
        "Class of post, if you know it",
        options(AT_THE_COUNTER),
        coerce=Postage,
        look=Look(component="select", nothing="Not known"),
    )
    tracking_number = Text(
        "Number on the receipt",
        hint="For post that is signed for, like RR 1234 5678 5GB",
        max_length=30,
        look=Look(component="input", width="20"),
    )

    def __init__(self, data: Any = None, *, is_copy: bool) -> None:
        super().__init__(data)
        if is_copy:
            self.fields["posted_on"].label = "Day on which it was handed over or filed"
            del self.fields["postage"], self.fields["tracking_number"]


class SignedForForm(Form):
    """What the post says of a letter that it follows."""

    signed_on = Day(
        "Day on which somebody signed for it",
        missing="Enter the day on which somebody signed for it",
    )


ARRIVED, AGAIN, STOP = "arrived", "again", "stop"


class SettleForm(Form):
    """What became of a dispatch that nobody is sure of, or that was refused."""

    what = Choice("What have you found out?", missing="Choose what you have found out")

    def __init__(self, data: Any = None, *, may_have_arrived: bool) -> None:
        super().__init__(data)
        field = self.fields["what"]
        assert isinstance(field, Choice)  # noqa: S101 - as declared above
        arrived = (ARRIVED, "They have it: count it as sent now")
        again = (AGAIN, "They do not have it, or the address is mended: send it again")
        stop = (STOP, "Stop: it should not go this way")
        field.choices = [arrived, again, stop] if may_have_arrived else [again, stop]

    @override
    def values(self) -> dict[str, Any]:
        return {}
