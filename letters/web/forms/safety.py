"""Whether a letter could harm somebody: a minute of questions on one page, and letting one letter
through a gate."""

from typing import Any

from typing_extensions import override

from letters.cases.safety import SafetyRecord
from letters.drafting.gates import Effect, Gate
from letters.drafting.vocabulary import Concern, ContactWay
from letters.law.facts import Answer
from letters.web.fields import Choice, Hidden, LongText, Look, Tick, named, options
from letters.web.forms.form import Form

_ANSWERS = {Answer.YES: "Yes", Answer.NO: "No", Answer.NOT_KNOWN: "Unsure"}


def _question(label: str, *, missing: str, hint: str = "") -> Choice:
    return Choice(
        label,
        named(_ANSWERS),
        missing=f"Choose yes, no or unsure: {missing}",
        hint=hint,
        coerce=Answer,
        look=Look(component="radios", inline=True, classes="app-in-a-row"),
    )


class SafetyForm(Form):
    """One question for each Concern, by its own name; `answers` of values() holds them all. Pages
    with other questions can take over the fields as they are."""

    eviction_or_reprisal = _question(
        "Are they afraid of eviction, or that the landlord makes life harder?",
        missing="fear of eviction or reprisal",
    )
    domestic_abuse = _question(
        "Is there domestic abuse, so that somebody must not learn of the letter?",
        hint="Somebody in the home or linked to it, such as a joint tenant. Ask only when the "
        "patient is alone.",
        missing="domestic abuse",
    )
    immigration = _question(
        "Does anybody in the home worry about their immigration status?",
        missing="immigration",
    )
    displacement = _question(
        "Could the home be condemned, or the household have to move out?",
        missing="having to move out",
    )
    other_occupants = _question(
        "Would other people in the building be affected?",
        hint="Other households, or a shared house that may have no licence.",
        missing="other people in the building",
    )
    safeguarding = _question(
        "Is there a safeguarding concern, about a child or an adult?",
        missing="safeguarding",
    )
    contact = Choice(
        "How may the patient safely be contacted?",
        options(ContactWay),
        missing="Choose how the patient may safely be contacted",
        coerce=ContactWay,
    )
    hide_whereabouts = _question(
        "Must nobody be told where the household is?",
        hint="Such as a new address, a refuge, or where they stay at night.",
        missing="where the household is",
    )
    note = LongText(
        "Anything whoever works with this case must know",
        hint="Optional. Such as when it is safe to ring. No letter prints it.",
        max_length=1000,
    )

    def __init__(self, data: Any = None, *, recorded: SafetyRecord | None = None) -> None:
        super().__init__(data, initial=_as_recorded(recorded))

    @override
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "answers": {concern: given[concern.value] for concern in Concern},
            **{name: given[name] for name in ("contact", "hide_whereabouts", "note")},
        }


def _as_recorded(row: SafetyRecord | None) -> dict[str, Any]:
    """What the form starts with; no answer to what nobody was asked."""
    if row is None:
        return {}
    return dict(row.answers) | {
        "contact": row.contact,
        "hide_whereabouts": row.hide_whereabouts,
        "note": row.note,
    }


class LiftGateForm(Form):
    """Why one letter may go after all; what stops a letter is let through only once its advice was
    followed."""

    version = Hidden(missing="Open the page again: it did not say which answers you read")
    advice_followed = Tick(
        "I have followed the advice above", missing="Follow the advice first, then tick the box"
    )
    reason = LongText(
        "Why may this letter go?",
        hint="What was talked about, with whom, and what the patient wants. Kept with the case; no "
        "letter prints it.",
        missing="Say why this letter may go",
    )

    def __init__(self, data: Any = None, *, gate: Gate, version: int) -> None:
        super().__init__(data, initial={"version": version})
        if gate.effect is not Effect.STOPS:
            del self.fields["advice_followed"]

    @override
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        followed = Answer.YES if given.get("advice_followed") else Answer.NO
        version = given["version"]
        return {
            "version": int(version) if version.isdigit() else 0,
            "reason": given["reason"],
            "advice_followed": followed,
        }
