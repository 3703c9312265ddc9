"""The last screen of the short path: what could bring harm, and what the patient agrees to, with
the words of it beside."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any

from typing_extensions import override

from letters.cases.actions import Grant
from letters.cases.intakes.actions import Values
from letters.drafting.vocabulary import (
    Concern,
    ConsentMethod,
    ContactWay,
    DataItem,
    GivenBy,
    Purpose,
    Recipient,
)
from letters.law.facts import Answer
from letters.web.fields import Choice, Choices, LongText, Look, options
from letters.web.forms.answers import yes_no
from letters.web.forms.consents import LANGUAGES
from letters.web.forms.form import Form

# The words of this screen as patients have heard them; a change of them is a new version.
FORM_VERSION = "2026-11 short 2"
_LETTERS, _LETTER, _NOTHING = "letters", "letter", "nothing"
_PURPOSES = {
    _LETTERS: (Purpose.LETTER, Purpose.ESCALATION),
    _LETTER: (Purpose.LETTER,),
    _NOTHING: (),
}
_ELSE = "else"
# Who, and how: one answer says both.
_THEMSELVES = {
    "in_person": (ConsentMethod.IN_PERSON, "The patient, here with me"),
    "telephone": (ConsentMethod.TELEPHONE, "The patient, by telephone"),
    "video": (ConsentMethod.VIDEO, "The patient, by video"),
    "written": (ConsentMethod.WRITTEN, "The patient, in writing"),
}
_FOR_THEM = [each for each in options(GivenBy) if each[0] != GivenBy.SELF]
_YEAR = 365
# One group says what eight questions of the safety page do: what is not ticked is not so, unless
# somebody says that not all of it could be asked.
_NONE_OF_THESE, _NOT_ALL_ASKED, _HIDDEN = "none", "not_all_asked", "hide_whereabouts"
_WAYS = {
    "by_telephone": (ContactWay.TELEPHONE, "They may only be telephoned"),
    "by_clinic": (ContactWay.CLINIC, "They may only be reached through the clinic"),
    "not_at_all": (ContactWay.NONE, "They must not be contacted"),
}
_HARM = (
    *options(Concern),
    (_HIDDEN, "Nobody may be told where the household is"),
    *((key, words) for key, (_, words) in _WAYS.items()),
    (_NONE_OF_THESE, "None of these: they may be contacted in any way"),
    (_NOT_ALL_ASKED, "Not all of this could be asked: an adviser will"),
)
_SHORTER = (("182", "6 months"), ("91", "3 months"))
_NOT_SAID = "und"  # undetermined, as language tags have it


class IntakeAgreedForm(Form):
    """One conversation about consent, today. `held` is what is recorded and could be told."""

    harm = Choices(
        "Could a letter bring harm? Talk about each, alone with the patient.",
        _HARM,
        missing="Tick what is so, or 'None of these'",
        hint="Whatever is ticked holds the letter until an adviser has looked at it.",
        look=Look(component="checkboxes", size="m"),
    )
    landlord_told = Choice(
        "May the landlord be told what is listed above?",
        (
            (_LETTERS, "Yes: in this letter, and in reminders if nothing happens"),
            (_LETTER, "Yes: in this letter only"),
            (_NOTHING, "No, nothing"),
        ),
        missing="Choose what the patient agrees to: the landlord",
        hint="The landlord will know that the household has spoken to you.",
        look=Look(component="radios", size="m"),
    )
    left_out = Choices(
        "Leave out of letters",
        hint="Tick what the patient does not want the landlord to know.",
        coerce=DataItem,
        look=Look(component="checkboxes", classes="app-chips"),
    )
    adviser_told = yes_no(
        "May the welfare adviser be told all that is recorded in the case, now and later?",
        hint="To watch the dates and help with the next steps. Without this no adviser sees it.",
        missing="Choose yes, no or not known: the welfare adviser",
    )
    record_told = yes_no(
        "May the patient's health record hold a copy of the letter?",
        hint="Left open means no.",
        missing="",
    )
    evaluator_told = yes_no(
        "May it count, without names, in totals of eight or more, for people who find out whether "
        "letters help?",
        hint="Left open means no.",
        missing="",
    )
    agreed_by = Choice(
        "Who agreed to this today, and how?",
        [*((key, words) for key, (_, words) in _THEMSELVES.items()), (_ELSE, "Somebody else")],
        missing="Choose who agreed, and how",
        look=Look(
            component="radios", size="m", asks={_ELSE: ["given_by", "capacity_basis", "method"]}
        ),
    )
    given_by = Choice("Who was it?", _FOR_THEM, coerce=GivenBy)
    capacity_basis = LongText(
        "Why may this person consent for the patient?",
        hint="Such as 'She is seven; her mother has parental responsibility.'",
        look=Look(component="textarea", rows=2),
    )
    method = Choice("How?", options(ConsentMethod), coerce=ConsentMethod)
    language = Choice(
        "In which language?", LANGUAGES, look=Look(component="select", nothing="Not said")
    )
    interpreter = yes_no("With an interpreter?", missing="")
    copy_given = yes_no("Has the patient been given a copy of what they agreed to?", missing="")
    shorter = Choice(
        "For a shorter time than 12 months?",
        _SHORTER,
        coerce=int,
        look=Look(component="select", nothing="No: 12 months"),
    )

    def __init__(
        self, data: Any = None, *, initial: Any = None, day: date, held: Collection[DataItem]
    ) -> None:
        super().__init__(data, initial=initial)
        self._day, self._held = day, held
        field = self.fields["left_out"]
        assert isinstance(field, Choices)  # noqa: S101 - as declared above
        can_go = [item for item in held if item is not DataItem.HOUSING_CONDITIONS]
        field.choices = options(can_go)
        if not can_go:
            del self.fields["left_out"]

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        harm = set(given.get("harm") or ())
        if _NONE_OF_THESE in harm and len(harm) > 1:
            self.add_error("harm", "Tick 'None of these' alone, or take it away")
        if len(harm & set(_WAYS)) > 1:
            self.add_error("harm", "Tick one way in which the patient may be contacted")
        if given.get("agreed_by") == _ELSE:
            for name, says in (
                ("given_by", "Choose who gave consent"),
                ("capacity_basis", "Say why this person may consent for the patient"),
                ("method", "Choose how consent was given"),
            ):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, says)
        return given

    @override
    def values(self) -> dict[str, Any]:
        return {"consent": self.consent(), "safety": self.safety()}

    def consent(self) -> Values:
        """What was agreed, as it is recorded."""
        given = self.cleaned_data
        is_else = given["agreed_by"] == _ELSE
        return {
            "grants": tuple(self._grants()),
            "given_by": given["given_by"] if is_else else GivenBy.SELF,
            "capacity_basis": given["capacity_basis"] if is_else else "",
            "method": given["method"] if is_else else _THEMSELVES[given["agreed_by"]][0],
            "language": given["language"] or _NOT_SAID,
            "interpreter": given["interpreter"] or Answer.NOT_KNOWN,
            "form_version": FORM_VERSION,
            "reprisal_discussed": self._reprisal_discussed(),
            "copy_given": given["copy_given"] or Answer.NOT_KNOWN,
            "given_on": self._day,
            "expires_on": self._day + timedelta(days=given["shorter"] or _YEAR),
        }

    def safety(self) -> Values:
        """What was said about harm, as it is recorded."""
        harm = self.cleaned_data["harm"]
        ways = [way for key, (way, _) in _WAYS.items() if key in harm]
        unsaid = ContactWay.NOT_KNOWN if _NOT_ALL_ASKED in harm else ContactWay.ANY
        return {
            "answers": {concern: self._answer(concern.value) for concern in Concern},
            "contact": ways[0] if ways else unsaid,
            "hide_whereabouts": self._answer(_HIDDEN),
            "note": "",
        }

    def _reprisal_discussed(self) -> Answer:
        """Whoever ticks this fear, or says that it is not so, has talked about it."""
        feared = self._answer(Concern.EVICTION_OR_REPRISAL.value)
        return Answer.NO if feared is Answer.NOT_KNOWN else Answer.YES

    def _answer(self, key: str) -> Answer:
        harm = self.cleaned_data["harm"]
        if key in harm:
            return Answer.YES
        return Answer.NOT_KNOWN if _NOT_ALL_ASKED in harm else Answer.NO

    def _grants(self) -> Iterator[Grant]:
        given = self.cleaned_data
        told = [item for item in self._held if item not in given.get("left_out", ())]
        for item in told:
            for purpose in _PURPOSES[given["landlord_told"]]:
                yield Recipient.LANDLORD, purpose, item
            if given["record_told"] == Answer.YES:
                yield Recipient.PATIENT_RECORD, Purpose.LETTER, item
        for item in DataItem:
            if given["adviser_told"] == Answer.YES:
                yield Recipient.ADVISER, Purpose.ADVICE, item
            if given["evaluator_told"] == Answer.YES:
                yield Recipient.EVALUATOR, Purpose.EVALUATION, item

    @override
    def refuse(self, refusal: Exception) -> None:
        if getattr(refusal, "field", "") == "grants":
            self.add_error("landlord_told", str(refusal))
        else:
            super().refuse(refusal)
