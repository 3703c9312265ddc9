"""Adding a document that can go with letters, and taking it out of use."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.cases.actions.refusals import refuse_closed
from letters.cases.models import Case
from letters.drafting.vocabulary import DataItem
from letters.evidence.actions.limits import refuse_large, refuse_one_too_many
from letters.evidence.actions.removing import put_back_in_use, take_out_of_use
from letters.evidence.errors import DocumentRefused, NameMissing, NameTaken, TellsNothing
from letters.evidence.models import DocumentKind, Enclosure
from letters.evidence.pdf_files import page_count_of
from letters.evidence.word_files import is_word, pdf_from_word
from letters.rendering.errors import NotAPicture
from letters.rendering.picture_page import page_of
from letters.rendering.pictures import prepare_photograph


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bound:
    """A document as it is bound in."""

    kind: DocumentKind
    pdf: bytes
    page_count: int


def add_enclosure(
    *,
    case: Case,
    name: str,
    tells: Collection[DataItem],
    data: bytes,
    by: User,
    at: datetime,
) -> Enclosure:
    """Keep a document as it came, and as the PDF that is bound in. `tells` is what it says about
    the patient and the home: it goes only to those who may know all of that. The same bytes again
    are the same document, back in use where it had been removed."""
    require(by, Right.RECORD_CASE)
    refuse_closed(case)
    refuse_large(data)
    if not name.strip():
        raise NameMissing
    if not tells:
        raise TellsNothing
    return _keep(case, name.strip(), tells, data, _bound(data), by=by, at=at)


def _bound(data: bytes) -> _Bound:
    """What it is, is read from its bytes; the slow part, before anything is locked."""
    if data.lstrip()[:5] == b"%PDF-":
        return _Bound(kind=DocumentKind.PDF, pdf=data, page_count=page_count_of(data))
    if is_word(data):
        pdf = pdf_from_word(data)
        return _Bound(kind=DocumentKind.WORD, pdf=pdf, page_count=page_count_of(pdf))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise DocumentRefused("Save the document as PDF or as .docx without a password")
    try:
        return _Bound(
            kind=DocumentKind.PICTURE, pdf=page_of(prepare_photograph(data)), page_count=1
        )
    except NotAPicture:
        raise DocumentRefused("Choose a PDF, a Word document (.docx) or a picture") from None


@transaction.atomic
def _keep(  # what was checked before, and who adds it
    case: Case,
    name: str,
    tells: Collection[DataItem],
    data: bytes,
    bound: _Bound,
    *,
    by: User,
    at: datetime,
) -> Enclosure:
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)  # one at a time, to count
    rows = Enclosure.objects.filter(case=case).defer("original", "pdf")
    digest = hashlib.sha256(data).hexdigest()
    there = rows.filter(original_digest=digest).first()
    if there is not None:
        return put_back_in_use(there, by=by)
    if any(row.name.casefold() == name.casefold() for row in rows):
        raise NameTaken
    refuse_one_too_many(rows)
    enclosure = Enclosure.objects.create(
        case=case,
        name=name,
        tells=sorted(item.value for item in tells),
        kind=bound.kind,
        original=data,
        original_digest=digest,
        pdf=bound.pdf,
        pdf_digest=hashlib.sha256(bound.pdf).hexdigest(),
        page_count=bound.page_count,
        added_by=by,
        received_at=at,
    )
    record("add_enclosure", enclosure, by=by, case=case.pk, sha256=digest)
    return enclosure


def remove_enclosure(*, enclosure: Enclosure, by: User, at: datetime) -> Enclosure:
    """Take it out of use: no further letter encloses it. Its bytes stay, as evidence."""
    return take_out_of_use(enclosure, by=by, at=at)
