"""What a bundle for a reader could hold, and what it must leave out, with the reason.

Nothing is left out in silence: what the patient has not agreed to, what this person may not see,
and what is not fit to go is named beside what can be chosen.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from letters.access.models import User
from letters.bundling.errors import NotAgreed, NotForThisReader
from letters.bundling.models import PartKind
from letters.bundling.records import (
    claim_of,
    letter_title,
    photograph_of,
    proof_of,
    reply_of,
)
from letters.cases.models import Case
from letters.cases.queries import consented_items
from letters.delivery.models import Dispatch
from letters.delivery.queries import dispatches_of
from letters.drafting.particulars import WITHOUT_ADDRESS
from letters.drafting.phrases import clause, counted, lower_first
from letters.drafting.vocabulary import DataItem, Purpose, Recipient
from letters.evidence.models import Enclosure, Photograph
from letters.evidence.queries import (
    enclosures_of,
    latest_copy,
    photographs_of,
    redactions_of,
    sees_photographs_of,
)
from letters.issuing.annexes import enclosures_chosen_for, photographs_chosen_for
from letters.issuing.models import FileFormat, Letter, LetterFile, LetterStatus
from letters.issuing.queries import content_of, files_of, letters_of
from letters.outcomes.models import Remediation, Response
from letters.outcomes.queries import claims_about, responses_to
from letters.rendering.records import PhotographPage, Record, digest_of_record

# Who a bundle can be for: whoever the patient can be asked about, and letters reach.
READERS = (Recipient.OMBUDSMAN, Recipient.COUNCIL, Recipient.LANDLORD)
_HOME = frozenset({DataItem.HOUSING_CONDITIONS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A part that may go in. `digest` is the SHA-256 of its file, of its picture, or of everything
    that its page says; `page` is what is printed where there is no file. `hesitation` is why it is
    not chosen beforehand, '' where it is."""

    kind: PartKind
    row_id: UUID
    title: str
    on: date | None
    digest: str
    tells: frozenset[DataItem]
    is_evidence: bool = False
    page: Record | PhotographPage | None = None
    hesitation: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind.value}-{self.row_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A part that may not go in; `because` ends a sentence."""

    title: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """In the order in which it is bound."""

    parts: tuple[Offered, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(slots=True, kw_only=True)
class _Sorting:
    """What one look at a case finds; filled part by part."""

    allowed: frozenset[DataItem]
    reader: Recipient
    sees_evidence: bool
    parts: list[Offered] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def sort(self, part: Offered) -> bool:
        """Whether it may go in."""
        because = self._why_not(part)
        if because:
            self.leave_out(part.title, because)
        else:
            self.parts.append(part)
        return not because

    def leave_out(self, title: str, because: str) -> None:
        self.left_out.append(LeftOut(title=title, because=because))

    def _why_not(self, part: Offered) -> str:
        if part.is_evidence and not self.sees_evidence:
            return "the patient has not agreed that you may see photographs and documents"
        missing = sorted(part.tells - self.allowed)
        if missing:
            words = "; ".join(lower_first(item.label) for item in missing)
            reader = lower_first(self.reader.label)
            return f"the patient has not agreed that {reader} may be told: {words}"
        return ""


def offer_for(case: Case, *, reader: Recipient, by: User, day: date) -> Offer:
    """What may go to this reader on that day; refuses where the patient has agreed to nothing."""
    allowed = allowed_to(case, reader, day)
    if not allowed >= _HOME:
        raise NotAgreed
    sorting = _Sorting(allowed=allowed, reader=reader, sees_evidence=sees_photographs_of(by, case))
    shown = _sort_letters(sorting, case)
    for response in responses_to(case).select_related("recorded_by"):
        sorting.sort(_reply(response))
    for claim in claims_about(case).select_related("recorded_by"):
        sorting.sort(_claim(claim))
    _sort_photographs(sorting, case, shown)
    bound = {part.row_id for part in sorting.parts if part.kind is PartKind.DOCUMENT}
    for enclosure in enclosures_of(case):
        if enclosure.pk not in bound:
            sorting.sort(_document(enclosure))
    return Offer(parts=tuple(sorting.parts), left_out=tuple(dict.fromkeys(sorting.left_out)))


def allowed_to(case: Case, reader: Recipient, day: date) -> frozenset[DataItem]:
    """What the reader of a bundle may be told, as in a later letter."""
    if reader not in READERS:
        raise NotForThisReader
    return consented_items(case, recipient=reader, purpose=Purpose.ESCALATION, day=day)


def _sort_letters(sorting: _Sorting, case: Case) -> dict[UUID, str]:
    """Letters, each followed by its enclosures and by the proofs that it left; a document that went
    with several letters stands behind the first. Gives the photographs that they print, each with
    the title of such a letter."""
    printed: dict[UUID, str] = {}
    for letter in letters_of(case).filter(approved_at__isnull=False).order_by("approved_at", "id"):
        sent = [each for each in dispatches_of(letter) if each.sent_at is not None]
        file = files_of(letter).filter(file_format=FileFormat.PDF).first()
        because = _not_to_be_bound(letter, sent, file)
        if because or file is None:
            sorting.leave_out(f"{letter_title(letter)}, with what belongs to it", because)
            continue
        photographs = photographs_chosen_for(letter)
        if sorting.sort(_letter(letter, file, photographs, is_sent=bool(sent))):
            printed |= {each.pk: letter_title(letter) for each in photographs}
            _sort_what_belongs(sorting, letter, sent, file)
    return printed


def _not_to_be_bound(letter: Letter, sent: list[Dispatch], file: LetterFile | None) -> str:
    """What was taken back before it left was never said to anybody; what had left stays part of
    what happened, and says that it was withdrawn."""
    if letter.recipient in WITHOUT_ADDRESS:
        return "it is the patient's own copy, or that of the health record"
    if letter.status == LetterStatus.WITHDRAWN and not sent:
        return "it was withdrawn before it left"
    return "" if file else "its PDF is still being made: look again in a minute"


def _letter(
    letter: Letter, file: LetterFile, photographs: tuple[Photograph, ...], *, is_sent: bool
) -> Offered:
    title = f"{letter.get_stage_display()}, to {letter.content['addressee'][0]}"
    if letter.status == LetterStatus.WITHDRAWN:
        title = f"{title} (withdrawn later)"
    return Offered(
        kind=PartKind.LETTER,
        row_id=letter.pk,
        title=title if is_sent else f"{title} (not sent)",
        on=letter.day,
        digest=file.sha256,
        tells=frozenset(DataItem(item) for item in letter.items) | _HOME,
        is_evidence=bool(photographs),
        hesitation=_shown_too_much(letter, photographs),
    )


def _shown_too_much(letter: Letter, photographs: tuple[Photograph, ...]) -> str:
    """An approved letter keeps the picture that it was approved with, whatever is hidden later."""
    printed = {figure.picture.digest for a in content_of(letter).annexes for figure in a.figures}
    for photograph in photographs:
        is_older = latest_copy(photograph).digest not in printed
        if is_older and redactions_of(photograph).exists():
            return "It shows a photograph as it was before something in it was hidden."
    return ""


def _sort_what_belongs(
    sorting: _Sorting, letter: Letter, sent: list[Dispatch], file: LetterFile
) -> None:
    bound = {part.row_id for part in sorting.parts}
    for enclosure in enclosures_chosen_for(letter):
        if enclosure.pk not in bound:
            sorting.sort(replace(_document(enclosure), title=f"{enclosure.name} (enclosed)"))
    for dispatch in reversed(sent):
        sorting.sort(_proof(dispatch, letter, file))


def _document(enclosure: Enclosure) -> Offered:
    """Its day is what its name says: when it came here says nothing of it."""
    return Offered(
        kind=PartKind.DOCUMENT,
        row_id=enclosure.pk,
        title=enclosure.name,
        on=None,
        digest=enclosure.pdf_digest,
        tells=frozenset(DataItem(item) for item in enclosure.tells) | _HOME,
        is_evidence=True,
    )


def _proof(dispatch: Dispatch, letter: Letter, file: LetterFile) -> Offered:
    return _recorded(PartKind.PROOF, dispatch.pk, proof_of(dispatch, file), tells=_told_by(letter))


def _reply(response: Response) -> Offered:
    """An answer may repeat all that its letter told, so the same must be agreed to."""
    part = _recorded(
        PartKind.RESPONSE, response.pk, reply_of(response), tells=_told_by(response.letter)
    )
    if response.kind != Response.Kind.RETALIATED:
        return part
    return replace(part, hesitation="You decide, with the household, who is told of retaliation.")


def _claim(claim: Remediation) -> Offered:
    return _recorded(PartKind.CLAIM, claim.pk, claim_of(claim), tells=_HOME)


def _recorded(kind: PartKind, row_id: UUID, page: Record, *, tells: frozenset[DataItem]) -> Offered:
    return Offered(
        kind=kind,
        row_id=row_id,
        title=page.heading,
        on=page.on,
        digest=digest_of_record(page),
        tells=tells,
        page=page,
    )


def _told_by(letter: Letter) -> frozenset[DataItem]:
    return frozenset(DataItem(item) for item in letter.items) | _HOME


def _sort_photographs(sorting: _Sorting, case: Case, printed: dict[UUID, str]) -> None:
    rows = tuple(photographs_of(case))
    if rows and not sorting.sees_evidence:
        number = counted(len(rows), "photograph", "photographs")
        because = "the patient has not agreed that you may see photographs and documents"
        sorting.leave_out(number, because)
        return
    for photograph in rows:
        if photograph.is_described:
            sorting.sort(_photograph(photograph, printed.get(photograph.pk, "")))
        else:
            title = f"Photograph {photograph.number}"
            sorting.leave_out(title, "nobody has said yet what it shows and who took it")


def _photograph(photograph: Photograph, printed_in: str) -> Offered:
    page = photograph_of(photograph)
    return Offered(
        kind=PartKind.PHOTOGRAPH,
        row_id=photograph.pk,
        title=f"{page.heading}: {clause(photograph.shows)}",
        on=photograph.taken_on,
        digest=page.picture.digest,
        tells=_HOME | {DataItem.PHOTOGRAPHS},
        is_evidence=True,
        page=page,
        hesitation=f"Printed already in: {printed_in}." if printed_in else "",
    )


def chosen_of(offer: Offer, keys: Iterable[str]) -> Iterator[Offered]:
    """The parts with these keys, in the order of the offer."""
    wanted = set(keys)
    yield from (part for part in offer.parts if part.key in wanted)
