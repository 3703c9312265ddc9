"""Which carrier a dispatch goes by, and the parcel it is given."""

from django.conf import settings

from letters.delivery.channels import Carrier
from letters.delivery.channels.email import MailServer, SmtpCarrier
from letters.delivery.channels.outbox import OutboxCarrier
from letters.delivery.channels.parcel import Parcel
from letters.delivery.errors import FilesNotMade, PermanentFailure
from letters.delivery.models import Dispatch
from letters.drafting.vocabulary import Recipient
from letters.evidence.errors import AlteredInStore
from letters.issuing.binding import enclosures_as_approved
from letters.issuing.models import FileFormat, Letter
from letters.issuing.queries import file_of, partnership_of

_TEXT = """\
The letter attached to this message is about {about}.{with_it}

Our reference: {reference}

Please read it today and reply to {reply_to}, giving the reference.
If this message is not for you, please tell us and delete it.
"""
_WITH_IT = " What it encloses is attached, too."


def carrier_for(dispatch: Dispatch) -> Carrier:
    """A demonstration's letters stay on this machine, whatever else is set up."""
    if partnership_of(dispatch.letter).is_demonstration:
        return OutboxCarrier(settings.VAR_DIR / "outbox")
    return SmtpCarrier(
        MailServer(
            host=settings.EMAIL_HOST,
            port=settings.EMAIL_PORT,
            user=settings.EMAIL_HOST_USER,
            password=settings.EMAIL_HOST_PASSWORD,
            use_tls=settings.EMAIL_USE_TLS,
            use_ssl=settings.EMAIL_USE_SSL,
            timeout=settings.EMAIL_TIMEOUT,
        )
    )


def _about(letter: Letter) -> str:
    """What the message says of itself to whoever opens it first."""
    is_landlord = letter.recipient == Recipient.LANDLORD
    return "a home that you let or manage" if is_landlord else "a home and your part in it"


def parcel_of(dispatch: Dispatch) -> Parcel:
    """The message for a dispatch; neither subject nor file name says anything about a person."""
    letter = dispatch.letter
    pdf = file_of(letter, FileFormat.PDF)
    if pdf is None:
        raise FilesNotMade
    enclosed = _enclosed(letter)
    reference = letter.case.reference
    reply_to = letter.content["letterhead"]["email"]
    return Parcel(
        dispatch_id=dispatch.pk,
        sender=settings.DEFAULT_FROM_EMAIL or reply_to,
        to=dispatch.address or "",
        reply_to=reply_to,
        subject=f"Letter about {_about(letter)}, reference {reference}",
        text=_TEXT.format(
            about=_about(letter),
            with_it=_WITH_IT if enclosed else "",
            reference=reference,
            reply_to=reply_to,
        ),
        pdf=pdf.data,
        pdf_name=f"letter-{reference}.pdf",
        made_at=dispatch.queued_at,
        enclosures=enclosed,
    )


def _enclosed(letter: Letter) -> tuple[bytes, ...]:
    try:
        return enclosures_as_approved(letter)
    except AlteredInStore:
        raise PermanentFailure("enclosure_altered") from None
