"""How a partnership sends, and which letters of a batch are in the post."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from typing_extensions import override

from letters.delivery.batches.models import PrintBatchItem
from letters.delivery.models import Channel
from letters.delivery.rules import LONGEST_UNDO, Fallback, SendingRules
from letters.delivery.vocabulary import PRINTED_FOR_US, CarrierName, Postage, When
from letters.web.fields import Choice, Choices, Day, Look, Options, Whole, boxes, options
from letters.web.forms.form import Form

_NOWHERE = "nowhere"
_TO = {
    Channel.EMAIL: "By e-mail",
    Channel.POST: "Printed and posted for us",
    Channel.DOWNLOAD: "To be printed and posted by us",
}
_STARTS = (
    ("email_refused", Channel.EMAIL, When.REFUSED, "An e-mail that is refused"),
    ("email_returned", Channel.EMAIL, When.RETURNED, "An e-mail that comes back"),
    ("post_refused", Channel.POST, When.REFUSED, "A letter that the printer refuses"),
    ("post_returned", Channel.POST, When.RETURNED, "A letter by the printer that comes back"),
    ("download_returned", Channel.DOWNLOAD, When.RETURNED, "A letter posted by us that comes back"),
)
_SELECT = Look(component="select")


def _ways(channel: Channel) -> Options:
    """Where it could go on: another way, and another kind of way."""
    onwards = (Channel.POST, Channel.DOWNLOAD) if channel == Channel.EMAIL else (Channel.EMAIL,)
    return [(_NOWHERE, "Waits for a person"), *((to.value, _TO[to]) for to in onwards)]


class SendingRulesForm(Form):
    """Nothing is chosen beforehand where nobody has decided."""

    email_carrier = Choice("E-mails go by", options(CarrierName), coerce=CarrierName)
    postage = Choice(
        "Letters that are printed and posted for us go",
        options(PRINTED_FOR_US),
        hint="Until a class is chosen, nobody can have letters printed. Deadlines are counted from "
        "a day on which first-class post would arrive.",
        coerce=Postage,
    )
    undo_seconds = Whole(
        "Seconds in which a letter can still be stopped",
        hint="Leave empty for the time that this service is set up with",
        most=int(LONGEST_UNDO.total_seconds()),
    )
    email_refused = Choice(_STARTS[0][3], _ways(Channel.EMAIL), look=_SELECT)
    email_returned = Choice(_STARTS[1][3], _ways(Channel.EMAIL), look=_SELECT)
    post_refused = Choice(_STARTS[2][3], _ways(Channel.POST), look=_SELECT)
    post_returned = Choice(_STARTS[3][3], _ways(Channel.POST), look=_SELECT)
    download_returned = Choice(_STARTS[4][3], _ways(Channel.DOWNLOAD), look=_SELECT)

    def __init__(
        self, data: Any = None, *, rules: SendingRules | None, carriers: Collection[CarrierName]
    ) -> None:
        super().__init__(data, initial=_initial(rules))
        field = self.fields["email_carrier"]
        assert isinstance(field, Choice)  # noqa: S101 - as declared above
        field.choices = options(carriers)
        if not carriers:
            del self.fields["email_carrier"]

    @override
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        seconds = given["undo_seconds"]
        return {
            "email_carrier": given.get("email_carrier"),
            "postage": given["postage"],
            "undo": None if seconds is None else timedelta(seconds=seconds),
            "fallbacks": tuple(self._fallbacks()),
        }

    def _fallbacks(self) -> Iterator[Fallback]:
        for name, channel, when, _ in _STARTS:
            to = self.cleaned_data[name]
            if to and to != _NOWHERE:
                yield Fallback(channel=channel, when=when, to=Channel(to))


def _initial(rules: SendingRules | None) -> dict[str, object]:
    if rules is None:
        return {}
    ways = {(way.channel, way.when): way.to.value for way in rules.ways_on}
    return {
        "email_carrier": rules.email_carrier,
        "postage": rules.postage,
        "undo_seconds": rules.undo_seconds,
        **{name: ways.get((channel, when), _NOWHERE) for name, channel, when, _ in _STARTS},
    }


class TickOffForm(Form):
    """All of them are ticked, since most days all of them go."""

    items = Choices(
        "Which are in the post?", missing="Tick at least one letter that is in the post"
    )
    posted_on = Day("Day of posting", missing="Enter the day on which you posted them")

    def __init__(self, data: Any = None, *, items: Iterable[PrintBatchItem], today: date) -> None:
        waiting = tuple(items)
        ticked = [str(item.pk) for item in waiting]
        super().__init__(data, initial={"items": ticked, "posted_on": boxes(today)})
        field = self.fields["items"]
        assert isinstance(field, Choices)  # noqa: S101 - as declared above
        field.choices = [(str(item.pk), _in_words(item)) for item in waiting]

    @override
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        ids = frozenset(UUID(item) for item in given["items"])
        return {"items": ids, "posted_on": given["posted_on"]}


def _in_words(item: PrintBatchItem) -> str:
    letter = item.dispatch.letter
    return f"{item.number}. Case {letter.case.reference}, to {letter.content['addressee'][0]}"
