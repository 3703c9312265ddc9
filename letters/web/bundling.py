"""Bundles as pages show them."""

from dataclasses import dataclass
from datetime import date

from letters.access.models import User
from letters.bundling import queries
from letters.bundling.errors import NotAgreed
from letters.bundling.models import Bundle, BundleStatus, BundleVolume
from letters.bundling.offering import LeftOut, Offer, offer_for
from letters.cases.models import Case
from letters.drafting.phrases import lower_first
from letters.drafting.vocabulary import Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing:
    """What can be chosen for a reader; `blocked_by` is why nothing can, '' where something can."""

    offer: Offer
    blocked_by: str

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        return self.offer.left_out


def choosing_of(case: Case, reader: Recipient, *, by: User, day: date) -> Choosing:
    try:
        offer = offer_for(case, reader=reader, by=by, day=day)
    except NotAgreed as refusal:
        return Choosing(offer=Offer(parts=(), left_out=()), blocked_by=str(refusal))
    nothing = "Send a letter, or add a document, first: there is nothing to bind"
    return Choosing(offer=offer, blocked_by="" if offer.parts else nothing)


def usual_title(case: Case, reader: Recipient) -> str:
    """Of a bundle that nobody has named yet."""
    return f"Documents for {lower_first(reader.label)}, case {case.reference}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A bundle with its volumes; `may_be_sent` whether consent still covers all that it tells."""

    bundle: Bundle
    reader: Recipient
    volumes: tuple[BundleVolume, ...]
    may_be_sent: bool

    @property
    def is_being_made(self) -> bool:
        return self.bundle.status == BundleStatus.ASKED

    @property
    def last_page(self) -> int:
        return self.volumes[-1].last_page if self.volumes else 0


def shown(bundle: Bundle, *, day: date) -> Shown:
    return Shown(
        bundle=bundle,
        reader=Recipient(bundle.reader),
        volumes=tuple(queries.volumes_of(bundle)),
        may_be_sent=queries.may_still_be_told(bundle, day),
    )


def volume_file_name(volume: BundleVolume) -> str:
    """Says nothing about a person."""
    return f"bundle-{volume.bundle.case.reference}-volume-{volume.number}.pdf"
