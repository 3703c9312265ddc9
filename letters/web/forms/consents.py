"""What the patient agrees to: for each recipient everything, nothing, or some of it."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from typing_extensions import override

from letters.cases.actions import Grant
from letters.drafting.vocabulary import ConsentMethod, DataItem, GivenBy, Purpose, Recipient
from letters.law.facts import Answer
from letters.web.fields import Choice, Choices, Day, LongText, Look, named, options
from letters.web.forms.answers import yes_no
from letters.web.forms.form import Form

# The words of this page as patients have heard them; a change of them is a new version.
FORM_VERSION = "2026-11c"
EVERYTHING, SOME, NOTHING = "everything", "some", "nothing"
_TODAY, _ANOTHER_DAY = "today", "another_day"
_TERMS = (("365", "12 months"), ("182", "6 months"), ("91", "3 months"))
LANGUAGES = (
    ("en-GB", "English"),
    ("cy", "Welsh"),
    ("ar", "Arabic"),
    ("bn", "Bengali"),
    ("bfi", "British Sign Language"),
    ("gu", "Gujarati"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("pa", "Punjabi"),
    ("ro", "Romanian"),
    ("so", "Somali"),
    ("uk", "Ukrainian"),
    ("ur", "Urdu"),
    ("und", "Another language"),
)

_AS_ASKED = (
    "given_by",
    "capacity_basis",
    "method",
    "language",
    "interpreter",
    "reprisal_discussed",
    "copy_given",
)


_OTHERS = {
    Recipient.COUNCIL: "The council's team that inspects homes",
    Recipient.COUNCIL_HOUSING: "The council's housing and grants teams",
    Recipient.OMBUDSMAN: "An ombudsman or a tribunal",
}


def _scope(label: str, hint: str, *, some: str) -> Choice:
    return Choice(
        label,
        (
            (EVERYTHING, "Yes, everything listed above"),
            (SOME, "Yes, but only some of it"),
            (NOTHING, "No, nothing"),
        ),
        missing=f"Choose what the patient agrees to: {label[:1].lower()}{label[1:]}",
        hint=hint,
        look=Look(component="radios", size="m", asks={SOME: [some]}),
    )


# Support for a grant is asked for at once, everything else once nothing has happened.
_PURPOSES = {
    Recipient.COUNCIL: (Purpose.ESCALATION,),
    Recipient.COUNCIL_HOUSING: (Purpose.ESCALATION, Purpose.LETTER),
    Recipient.OMBUDSMAN: (Purpose.ESCALATION,),
}


def _items(label: str) -> Choices:
    return Choices(label, options(DataItem), coerce=DataItem)


class GiveConsentForm(Form):
    """One conversation about consent."""

    landlord = _scope(
        "The landlord may be told",
        "In a letter that asks for the home to be put right. The landlord will know that the "
        "household has spoken to you.",
        some="landlord_items",
    )
    landlord_items = _items("What the landlord may be told")
    later_letters = yes_no(
        "May later letters tell the landlord the same, if nothing happens?",
        hint="Without this no reminder can be sent.",
        missing="Choose yes, no or not known: later letters",
    )
    others = Choices(
        "Who else may be told, in later letters, if nothing happens?",
        named(_OTHERS),
        hint="The same as the landlord may be told, and only when you and the patient take that "
        "step. Leave empty for nobody.",
        coerce=Recipient,
    )
    adviser = _scope(
        "The welfare adviser may be told",
        "To watch the dates and help with the next steps. The adviser works with the case as a "
        "whole, and sees it only if told all of what is recorded in it.",
        some="adviser_items",
    )
    adviser_items = _items("What the adviser may be told")
    patient_record = _scope(
        "The patient's health record may hold",
        "A copy of the letter, for the GP and other clinicians.",
        some="patient_record_items",
    )
    patient_record_items = _items("What the record may hold")
    evaluator = _scope(
        "People who find out whether letters help may count",
        "Without names, in totals of eight or more.",
        some="evaluator_items",
    )
    evaluator_items = _items("What may be counted")
    given_by = Choice(
        "Who gave consent?",
        options(GivenBy),
        missing="Choose who gave consent",
        coerce=GivenBy,
        look=Look(component="radios", size="m"),
    )
    capacity_basis = LongText(
        "Why may this person consent for the patient?",
        hint="Only if it was not the patient, such as 'She is seven; her mother has parental "
        "responsibility.'",
    )
    method = Choice(
        "How?", options(ConsentMethod), missing="Choose how consent was given", coerce=ConsentMethod
    )
    language = Choice(
        "In which language?",
        LANGUAGES,
        missing="Choose the language",
        look=Look(component="select"),
    )
    interpreter = yes_no("With an interpreter?", missing="Choose yes, no or not known: interpreter")
    reprisal_discussed = yes_no(
        "Have you talked about fear of eviction or reprisal?",
        hint="A letter can only be approved once this has been talked about.",
        missing="Choose yes, no or not known: fear of eviction or reprisal",
    )
    copy_given = yes_no(
        "Has the patient been given a copy of what they agreed to?",
        missing="Choose yes, no or not known: copy given",
    )
    given = Choice(
        "When?",
        ((_TODAY, "Today"), (_ANOTHER_DAY, "Another day")),
        missing="Choose when consent was given",
        look=Look(component="radios", asks={_ANOTHER_DAY: ["given_on"]}),
    )
    given_on = Day("Day on which consent was given")
    lasts = Choice(
        "For how long?",
        _TERMS,
        missing="Choose how long consent lasts",
        hint="Counted from the day it was given. It can be withdrawn at any time.",
        coerce=int,
    )

    def __init__(self, data: Any = None, *, day: date) -> None:
        super().__init__(data)
        self._day = day

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for recipient in ("landlord", "adviser", "patient_record", "evaluator"):
            if given.get(recipient) == SOME and not given.get(f"{recipient}_items"):
                self.add_error(f"{recipient}_items", "Tick what they agree to, or choose 'No'")
        if given.get("others") and given.get("landlord") == NOTHING:
            self.add_error(
                "others", "Leave this empty: they are told what the landlord may be told"
            )
        if given.get("given") == _ANOTHER_DAY and not given.get("given_on"):
            self.add_error("given_on", "Enter the day on which consent was given")
        return given

    @override
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        given_on = self._day if given["given"] == _TODAY else given["given_on"]
        return {name: given[name] for name in _AS_ASKED} | {
            "grants": tuple(self._grants()),
            "form_version": FORM_VERSION,
            "given_on": given_on,
            "expires_on": given_on + timedelta(days=given["lasts"]),
        }

    def _grants(self) -> Iterator[Grant]:
        for item in self._agreed("landlord"):
            yield Recipient.LANDLORD, Purpose.LETTER, item
            if self.cleaned_data["later_letters"] == Answer.YES:
                yield Recipient.LANDLORD, Purpose.ESCALATION, item
            for other in self.cleaned_data["others"]:
                for purpose in _PURPOSES[other]:
                    yield other, purpose, item
        for item in self._agreed("adviser"):
            yield Recipient.ADVISER, Purpose.ADVICE, item
        for item in self._agreed("patient_record"):
            yield Recipient.PATIENT_RECORD, Purpose.LETTER, item
        for item in self._agreed("evaluator"):
            yield Recipient.EVALUATOR, Purpose.EVALUATION, item

    def _agreed(self, recipient: str) -> tuple[DataItem, ...]:
        scope = self.cleaned_data[recipient]
        if scope == EVERYTHING:
            return tuple(DataItem)
        return tuple(self.cleaned_data[f"{recipient}_items"]) if scope == SOME else ()

    @override
    def refuse(self, refusal: Exception) -> None:
        if getattr(refusal, "field", "") == "grants":
            self.add_error("landlord", str(refusal))
        else:
            super().refuse(refusal)


class WithdrawConsentForm(Form):
    """All of it, or what some recipients may be told; who may be told nothing is not offered."""

    scope = Choice(
        "What does the patient take back?",
        (
            (EVERYTHING, "Everything they agreed to"),
            (SOME, "What somebody in particular may be told"),
        ),
        missing="Choose what the patient takes back",
        look=Look(component="radios", size="m", asks={SOME: ["recipients"]}),
    )
    recipients = Choices("Who may not be told any more?", coerce=Recipient)
    reason = LongText("Reason, if the patient gave one", max_length=1000)

    def __init__(self, data: Any = None, *, told: Iterable[Recipient]) -> None:
        super().__init__(data)
        field = self.fields["recipients"]
        assert isinstance(field, Choices)  # noqa: S101 - as declared above
        field.choices = options(told)

    @override
    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("scope") == SOME and not given.get("recipients"):
            self.add_error("recipients", "Choose who may not be told any more")
        return given

    @property
    def is_for_some(self) -> bool:
        """Whether something of the consent is to stand."""
        return bool(self.is_valid() and self.cleaned_data["scope"] == SOME)

    @override
    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        chosen = {"recipients": tuple(given["recipients"])} if self.is_for_some else {}
        return {"reason": given["reason"]} | chosen
