"""Makes a bundle, once. Only the worker loads this: importing the PDF engine takes over a second.

A worker claims the row with a lease, makes the volumes outside any transaction, and keeps them in
one. A worker that is killed leaves the row where it was, and the sweep finds it.
"""

import hashlib
import logging
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from letters.audit.record import record
from letters.bundling.chronology import chronology_of
from letters.bundling.errors import BundlingError, NotMade
from letters.bundling.models import Bundle, BundleStatus, BundleVolume, PartKind
from letters.bundling.offering import Offered, offer_for
from letters.bundling.queries import may_still_be_told
from letters.drafting.vocabulary import Recipient
from letters.evidence.errors import AlteredInStore
from letters.evidence.models import Enclosure
from letters.evidence.queries import bytes_by_digest, pdf_of
from letters.issuing.models import FileFormat, LetterFile
from letters.law.periods import LONDON
from letters.rendering import bundle as binding
from letters.rendering import pages
from letters.rendering.errors import RenderingFailed
from letters.rendering.record_pages import LANGUAGE, print_photograph, print_record
from letters.rendering.records import PhotographPage

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=15)  # longer than the worker lets any job take
MOST_ATTEMPTS = 3  # a bundle at which workers die is no other next time


def make_bundle(*, bundle_id: UUID, at: datetime) -> Bundle:
    """Take one bundle as far as it goes; called twice, or late, it is made once. What went wrong is
    in the row that comes back."""
    if _claim(bundle_id, at):
        bundle = _claimed(bundle_id)
        if bundle.attempts > MOST_ATTEMPTS:
            _fail(bundle, "gave_up")
        else:
            _make(bundle, at)
    return Bundle.objects.get(pk=bundle_id)


def _claim(bundle_id: UUID, at: datetime) -> bool:
    """Whether this worker, and no other, has the bundle now."""
    waiting = Bundle.objects.filter(pk=bundle_id, status=BundleStatus.ASKED)
    free = waiting.filter(Q(lease_until__isnull=True) | Q(lease_until__lt=at))
    return free.update(lease_until=at + LEASE, attempts=F("attempts") + 1) == 1


def _claimed(bundle_id: UUID) -> Bundle:
    rows = Bundle.objects.select_related(
        "asked_by",
        "case__advice_team__organisation",
        "case__tenancy__home",
        "case__tenancy__landlord",
    )
    return rows.get(pk=bundle_id)


def _make(bundle: Bundle, at: datetime) -> None:
    try:
        volumes = _volumes(bundle, at)
    except NotMade as failure:
        _fail(bundle, failure.reason)
    except AlteredInStore:
        _fail(bundle, "altered")
    except binding.BundleTooLarge:
        _fail(bundle, "too_large")
    except RenderingFailed:
        logger.warning("bundle not rendered", extra={"bundle_id": bundle.pk})
        _fail(bundle, "not_rendered")
    else:
        _keep(bundle, volumes, at)
    finally:
        pages.forget()


def _volumes(bundle: Bundle, at: datetime) -> tuple[binding.Volume, ...]:
    chosen = _still_chosen(bundle, at.astimezone(LONDON).date())
    events = chronology_of(bundle.case, {part.key for part in chosen})
    return binding.bind(
        _cover(bundle),
        [_part(part) for part in chosen],
        [binding.Event(on=told.on, says=told.says, part=told.part) for told in events],
        limits=binding.Limits(pages=bundle.most_pages, size=bundle.most_bytes),
    )


def _still_chosen(bundle: Bundle, day: date) -> tuple[Offered, ...]:
    """The parts as they were frozen; refuses when consent went, or when one of them is another."""
    if not may_still_be_told(bundle, day):
        raise NotMade("consent_changed")
    try:
        offer = offer_for(bundle.case, reader=Recipient(bundle.reader), by=bundle.asked_by, day=day)
    except BundlingError:
        raise NotMade("consent_changed") from None
    found = {(part.kind.value, str(part.row_id), part.digest): part for part in offer.parts}
    frozen = [(each["kind"], each["id"], each["digest"]) for each in bundle.parts]
    if not found.keys() >= set(frozen):
        raise NotMade("changed")
    return tuple(found[each] for each in frozen)


def _cover(bundle: Bundle) -> binding.Cover:
    """Who it is for and about, and who put it together; whom the letters name stands in them."""
    case, reader = bundle.case, Recipient(bundle.reader)
    home, landlord, team = case.tenancy.home, case.tenancy.landlord, case.advice_team
    return binding.Cover(
        language=LANGUAGE,
        title=bundle.title,
        particulars=(
            ("For", reader.label),
            ("Case", case.reference),
            ("Home", "\n".join((*home.address, home.postcode))),
            *((("Landlord", landlord.name),) if landlord else ()),
            ("Put together by", f"{team.name}, {team.organisation.name}"),
        ),
        made_on=bundle.asked_at.astimezone(LONDON).date(),
    )


def _part(part: Offered) -> binding.Part:
    return binding.Part(
        id=part.key,
        title=part.title,
        kind=part.kind.label,
        on=part.on,
        document=_document(part),
    )


def _document(part: Offered) -> bytes:
    """The pages of a part; refuses a file that is not the one that was chosen."""
    if isinstance(part.page, PhotographPage):
        return print_photograph(part.page, bytes_by_digest([part.digest]))
    if part.page is not None:
        return print_record(part.page)
    if part.kind is PartKind.DOCUMENT:
        return pdf_of(Enclosure.objects.get(pk=part.row_id))
    return _letter_pdf(part)


def _letter_pdf(part: Offered) -> bytes:
    file = LetterFile.objects.get(letter=part.row_id, file_format=FileFormat.PDF)
    data = bytes(file.data)
    if hashlib.sha256(data).hexdigest() != part.digest:
        raise AlteredInStore
    return data


@transaction.atomic
def _keep(bundle: Bundle, volumes: Iterable[binding.Volume], at: datetime) -> None:
    """All volumes at once, unless another worker was faster."""
    locked = Bundle.objects.select_for_update(of=("self",)).get(pk=bundle.pk)
    if locked.status != BundleStatus.ASKED:
        return
    kept = BundleVolume.objects.bulk_create([_volume(locked, each) for each in volumes])
    locked.status, locked.made_at, locked.lease_until = BundleStatus.MADE, at, None
    locked.save(update_fields=["status", "made_at", "lease_until"])
    record("make_bundle", locked, by=None, case=locked.case_id, volumes=len(kept))
    logger.info("bundle made", extra={"bundle_id": locked.pk, "volumes": len(kept)})


def _volume(bundle: Bundle, made: binding.Volume) -> BundleVolume:
    return BundleVolume(
        bundle=bundle,
        number=made.number,
        first_page=made.first_page,
        last_page=made.last_page,
        data=made.data,
        size=len(made.data),
        sha256=hashlib.sha256(made.data).hexdigest(),
    )


@transaction.atomic
def _fail(bundle: Bundle, reason: str) -> None:
    failed = Bundle.objects.filter(pk=bundle.pk, status=BundleStatus.ASKED).update(
        status=BundleStatus.FAILED, reason=reason, lease_until=None
    )
    if failed:
        record("fail_bundle", bundle, by=None, case=bundle.case_id, reason=reason)
        logger.info("bundle not made", extra={"bundle_id": bundle.pk, "reason": reason})
