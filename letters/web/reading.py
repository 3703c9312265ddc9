"""A letter as it is read on the screen, and the reasons beside its paragraphs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.urls import reverse
from markupsafe import Markup

from letters.access.models import User
from letters.access.queries import roles_of
from letters.access.roles import Role
from letters.delivery.carriers import offered_channels
from letters.delivery.models import OVER, Channel, Dispatch, DispatchStatus, Receipt
from letters.delivery.queries import dispatches_of, goes_by_hand_alone, reader_of, receipts_of
from letters.delivery.rules import postage_of
from letters.drafting.content import (
    Block,
    Heading,
    HouseStyle,
    Item,
    ItemList,
    LetterContent,
    Panel,
    Paragraph,
    Picture,
    Table,
)
from letters.drafting.frozen import digest_of
from letters.drafting.kinds import LetterKind, Signatory
from letters.drafting.stages import Stage
from letters.drafting.trace import Cited, Trace, TraceEntry
from letters.issuing.actions import preview_letter
from letters.issuing.annexes import enclosures_chosen_for
from letters.issuing.facts import kind_of
from letters.issuing.models import FileFormat, Letter, LetterFile, LetterStatus
from letters.issuing.queries import (
    content_of,
    files_of,
    letter_before,
    may_be_posted,
    partnership_of,
    trace_of,
)
from letters.issuing.sources import library
from letters.issuing.units import changed_since
from letters.law.emergencies import PotentialEmergency
from letters.law.provision import Reference
from letters.rendering.hindrances import PostFault
from letters.rendering.html import render
from letters.web.forms.about import who_in_full
from letters.web.forms.form import Form
from letters.web.forms.letters import ApproveForm, PostedForm, SendForm, SettleForm, SignedForForm
from letters.web.letter_look import address_of_look
from letters.web.refusals import REFUSALS
from letters.web.safety import AtGate, at_gate

_ENDINGS = {
    FileFormat.PDF: ".pdf",
    FileFormat.DOCX: ".docx",
    FileFormat.LARGE_PRINT: "-large-print.pdf",
    FileFormat.SPOKEN: "-to-read-aloud.txt",
}


class Signature(StrEnum):
    """What is still to be signed, and whether by this person."""

    NONE = "none"  # one signature is enough, or all are there
    FIRST = "first"
    SECOND = "second"
    SOMEBODY_ELSES = "somebody_elses"


def signature_of(letter: Letter, person: User) -> Signature:
    """Which signature of a letter with legal effect the person could give."""
    if not kind_of(letter.case, Stage(letter.stage)).is_reserved:
        return Signature.NONE
    if letter.status not in (LetterStatus.DRAFT, LetterStatus.AWAITING_SECOND):
        return Signature.NONE
    if Role.ADVISER not in roles_of(person) or letter.first_signed_by_id == person.pk:
        return Signature.SOMEBODY_ELSES
    return Signature.FIRST if letter.status == LetterStatus.DRAFT else Signature.SECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A letter on the screen. `blocked_by` is why a draft cannot be written now; `digest` stands
    for the words of a draft as they are shown; `changed` is which law or wording is another than
    when it was drafted."""

    letter: Letter
    html: Markup
    digest: str
    blocked_by: str
    changed: tuple[str, ...]
    emergencies: tuple[PotentialEmergency, ...]
    mailbox: str
    kind: LetterKind
    signature: Signature
    dispatches: tuple[Dispatch, ...]
    receipts: tuple[Receipt, ...]  # of the latest dispatch
    files: tuple[LetterFile, ...]
    forms: Mapping[str, Form]
    enclosure_count: int
    at_gate: AtGate
    has_one_before: bool  # with which it can be compared
    look: str  # the address of its house style's sheet; '' for the service's own look

    @property
    def who(self) -> str:
        """Whom it is about, by two identifiers or more."""
        return who_in_full(self.letter.case.patient)

    @property
    def hindrances(self) -> tuple[PostFault, ...]:
        """What hinders it from being posted, as far as it has been looked at."""
        return tuple(fault for file in self.files for fault in file.hindrances)

    @property
    def is_being_made(self) -> bool:
        """Whether it is approved and its files are not there yet."""
        return self.letter.status == LetterStatus.APPROVED and not self.files

    @property
    def is_copy(self) -> bool:
        """Whether it is for the patient or the record, and never goes by mail."""
        return goes_by_hand_alone(self.letter)

    @property
    def has_narrative(self) -> bool:
        """Whether one passage of it is worded freely."""
        return any(part.name == "narrative" for part in self.kind.parts)

    @property
    def dispatch(self) -> Dispatch | None:
        """The one that counts now: the latest."""
        return self.dispatches[0] if self.dispatches else None

    @property
    def may_be_sent(self) -> bool:
        """Whether it is approved and nothing of it is on its way."""
        is_free = self.dispatch is None or self.dispatch.status in OVER
        return self.letter.status == LetterStatus.APPROVED and is_free


def reading_of(
    letter: Letter, *, by: User, at: datetime, forms: Mapping[str, Form] | None = None
) -> Reading:
    """The letter for this person: a draft composed anew, an approved one as it was frozen."""
    words = _words_of(letter, by=by, at=at)
    dispatches = tuple(dispatches_of(letter))
    return Reading(
        letter=letter,
        html=words.html,
        digest=words.digest,
        blocked_by=words.blocked_by,
        changed=_changed(letter, words),
        emergencies=words.trace.potential_emergencies,
        mailbox=mailbox_of(letter),
        kind=kind_of(letter.case, Stage(letter.stage)),
        signature=signature_of(letter, by),
        dispatches=dispatches,
        receipts=tuple(receipts_of(dispatches[0])) if dispatches else (),
        files=tuple(files_of(letter)),
        forms=_forms(letter, dispatches) | dict(forms or {}),
        enclosure_count=len(enclosures_chosen_for(letter)),
        at_gate=at_gate(letter),
        has_one_before=letter_before(letter) is not None,
        look=_look(words.content),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    content: LetterContent
    trace: Trace
    html: Markup
    digest: str = ""
    blocked_by: str = ""


def _words_of(letter: Letter, *, by: User, at: datetime) -> _Words:
    """A draft that cannot be written today is shown as it was drafted, with the reason."""
    blocked_by = ""
    if letter.status == LetterStatus.DRAFT:
        try:
            preview = preview_letter(letter=letter, by=by, at=at)
            return _Words(
                content=preview.content,
                trace=preview.trace,
                html=_html(letter, preview.content),
                digest=preview.digest,
            )
        except REFUSALS as refusal:
            blocked_by = str(refusal)
    content = content_of(letter)
    waits = letter.status == LetterStatus.AWAITING_SECOND
    return _Words(
        content=content,
        trace=trace_of(letter),
        html=_html(letter, content),
        digest=digest_of(content) if waits else "",
        blocked_by=blocked_by,
    )


def _look(content: LetterContent) -> str:
    style = content.letterhead.style
    return "" if style == HouseStyle() else address_of_look(style)


def _changed(letter: Letter, words: _Words) -> tuple[str, ...]:
    """Only a draft is composed anew; any other stays as it was approved."""
    if letter.status != LetterStatus.DRAFT or words.blocked_by:
        return ()
    return changed_since(letter.units, words.trace, Stage(letter.stage))


def _html(letter: Letter, content: LetterContent) -> Markup:
    def address_of(picture: Picture) -> str:
        ids = {"letter_id": letter.pk, "digest": picture.digest}
        return reverse("letters:letter_picture", kwargs=ids)

    return Markup(render(content, address_of=address_of))  # noqa: S704 - the letter's shell escapes every value


def _forms(letter: Letter, dispatches: tuple[Dispatch, ...]) -> dict[str, Form]:
    status = dispatches[0].status if dispatches else ""
    is_copy = goes_by_hand_alone(letter)
    return {
        "approve": approve_form_of(letter),
        "send": send_form_of(letter),
        "posted": PostedForm(is_copy=is_copy),
        "signed_for": SignedForForm(),
        "settle": SettleForm(may_have_arrived=status == DispatchStatus.UNKNOWN),
    }


def approve_form_of(letter: Letter, data: Any = None) -> ApproveForm:
    """What somebody who approves the letter has to say; `data` is what was sent of it."""
    kind = kind_of(letter.case, Stage(letter.stage))
    return ApproveForm(data, for_tenant=kind.signs is Signatory.TENANT)


def send_form_of(letter: Letter, data: Any = None) -> SendForm:
    """How the letter can go: by post only while nothing is known that hinders it."""
    return SendForm(
        data,
        mailbox=mailbox_of(letter),
        is_copy=goes_by_hand_alone(letter),
        may_be_posted=may_be_posted(letter),
        printed_for_us=_printed_for_us(letter),
    )


def _printed_for_us(letter: Letter) -> str:
    """The class of post, where there is a printer and the letter may go to it."""
    if goes_by_hand_alone(letter) or not may_be_posted(letter):
        return ""
    chosen = postage_of(partnership_of(letter))
    return chosen.label if chosen and Channel.POST in offered_channels(letter) else ""


def mailbox_of(letter: Letter) -> str:
    """Where the reader takes letters by e-mail; '' where that is not known, or for a copy."""
    reader = reader_of(letter)
    return str(reader.email) if reader and not goes_by_hand_alone(letter) else ""


def letter_file_name(letter: Letter, file_format: str) -> str:
    """Says nothing about a person."""
    return f"letter-{letter.case.reference}{_ENDINGS[FileFormat(file_format)]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedReason:
    """A provision with its own name and the place of its text."""

    cited: Cited
    citation: str
    reference: Reference
    duty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One passage of the letter and what it rests on."""

    words: str
    entry: TraceEntry
    provisions: tuple[CitedReason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """The whole of it, for one letter."""

    letter: Letter
    trace: Trace
    passages: tuple[Reason, ...]
    for_adviser: tuple[CitedReason, ...]
    blocked_by: str


def reasons_of(letter: Letter, *, by: User, at: datetime) -> Reasons:
    """Each passage in the order of the letter, with provisions and facts."""
    words = _words_of(letter, by=by, at=at)
    trace = words.trace
    leaves = tuple(_texts(words.content))
    return Reasons(
        letter=letter,
        trace=trace,
        passages=tuple(
            Reason(
                words=_words_at(entry.block_id, leaves),
                entry=entry,
                provisions=_named(trace, entry.provisions),
            )
            for entry in trace.entries
            if _words_at(entry.block_id, leaves)
        ),
        for_adviser=_named(trace, trace.for_adviser),
        blocked_by=words.blocked_by,
    )


def _named(trace: Trace, cited: tuple[Cited, ...]) -> tuple[CitedReason, ...]:
    provisions = [library().provision(trace.jurisdiction, each.provision_id) for each in cited]
    return tuple(
        CitedReason(
            cited=each,
            citation=provision.citation,
            reference=provision.reference,
            duty=provision.on(trace.day).duty,
        )
        for each, provision in zip(cited, provisions, strict=True)
    )


def _words_at(block_id: str, leaves: tuple[tuple[str, str], ...]) -> str:
    """A passage of several blocks is named once, its blocks with a number behind the name."""
    return "\n".join(
        words for leaf, words in leaves if leaf == block_id or leaf.startswith(f"{block_id}.")
    )


def _texts(content: LetterContent) -> Iterator[tuple[str, str]]:
    """The words of every paragraph, item and caption, by its id; titles need no reason."""
    for block in content.blocks:
        yield from _block_texts(block)
    for annex in content.annexes:
        yield from ((figure.id, figure.caption) for figure in annex.figures)


def _block_texts(block: Block) -> Iterator[tuple[str, str]]:
    match block:
        case Panel():
            for inner in block.blocks:
                yield from _block_texts(inner)
        case Table():
            yield block.id, block.caption
        case ItemList():
            yield from ((item.id, _spans(item)) for item in block.items)
        case Paragraph():
            yield block.id, _spans(block)
        case Heading():
            pass


def _spans(block: Paragraph | Item) -> str:
    return "".join(span.text for span in block.spans)
