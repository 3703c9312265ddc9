"""Which carrier a dispatch goes by, and the parcel it is given."""

from datetime import datetime

from django.conf import settings

from letters.delivery.channels import Carrier
from letters.delivery.channels.email import MailServer, SmtpCarrier
from letters.delivery.channels.notify import NotifyCarrier, NotifyService
from letters.delivery.channels.outbox import OutboxCarrier
from letters.delivery.channels.parcel import Parcel
from letters.delivery.errors import (
    ChannelNotOffered,
    DeliveryError,
    FilesNotMade,
    MailNotSetUp,
    PermanentFailure,
    PostageNotDecided,
    PostNotSetUp,
)
from letters.delivery.links.making import link_url_for
from letters.delivery.models import ADDRESSED, Channel, Dispatch
from letters.delivery.reply_addresses import reply_address_of
from letters.delivery.rules import postage_of, rules_of
from letters.delivery.vocabulary import CarrierName, Postage
from letters.drafting.vocabulary import Recipient
from letters.evidence.errors import AlteredInStore
from letters.issuing.binding import enclosures_as_approved
from letters.issuing.models import FileFormat, Letter
from letters.issuing.queries import file_of, partnership_of
from letters.rendering import pages
from letters.rendering.post import faults_for_post

_TEXT = """\
The letter attached to this message is about {about}.{with_it}

Our reference: {reference}

Please read it today and reply to {reply_to}, giving the reference.
If this message is not for you, please tell us and delete it.
"""
_WITH_IT = " What it encloses is attached, too."
_LINKED_TEXT = """\
There is a letter for you about {about}. You can read it here, with all that it encloses:

{link}

Our reference: {reference}

Please read it today and reply to {reply_to}, giving the reference.
If this message is not for you, please tell us and delete it.
"""


def carrier_name(letter: Letter, channel: Channel) -> CarrierName | None:
    """Who would take the letter; None where a person posts it. Refuses what this place, or the
    partnership's rules, do not offer."""
    partnership = partnership_of(letter)
    if channel == Channel.DOWNLOAD:
        return None
    if channel == Channel.TEXT:  # nobody's telephone is kept for letters
        raise ChannelNotOffered
    if partnership.is_demonstration:
        return CarrierName.OUTBOX
    if channel == Channel.EMAIL:
        rules = rules_of(partnership)
        return _for_email(rules.email_carrier if rules else "")
    if not settings.NOTIFY_API_KEY:
        raise PostNotSetUp
    if postage_of(partnership) is None:
        raise PostageNotDecided
    return CarrierName.NOTIFY


def _for_email(wanted: str) -> CarrierName:
    """As the partnership decided, or the only one there is."""
    offered = [name for name in email_carriers() if wanted in ("", name)]
    if not offered:
        raise MailNotSetUp
    return offered[0]


def email_carriers() -> tuple[CarrierName, ...]:
    """Who could take e-mails from here; the first where nobody has decided."""
    by_notify = settings.NOTIFY_API_KEY and settings.NOTIFY_EMAIL_TEMPLATE
    there = {CarrierName.SMTP: settings.EMAIL_CONFIGURED, CarrierName.NOTIFY: by_notify}
    return tuple(name for name, is_there in there.items() if is_there)


def offered_channels(letter: Letter) -> tuple[Channel, ...]:
    """The ways that this place has for a letter, whoever it is to."""
    return tuple(channel for channel in Channel if _is_offered(letter, channel))


def _is_offered(letter: Letter, channel: Channel) -> bool:
    try:
        carrier_name(letter, channel)
    except DeliveryError:
        return False
    return True


def carrier_for(dispatch: Dispatch, *, at: datetime) -> Carrier:
    """The one that the dispatch was queued for, whatever was decided since: it alone can say what
    became of an earlier try. A demonstration's letters stay on this machine in any case."""
    if partnership_of(dispatch.letter).is_demonstration:
        return OutboxCarrier(settings.VAR_DIR / "outbox")
    if dispatch.carrier == CarrierName.NOTIFY:
        return NotifyCarrier(
            service=notify_service(),
            channel=Channel(dispatch.channel),
            offered_after=dispatch.queued_at,
            at=at,
        )
    return SmtpCarrier(_mail_server(), most_bytes=settings.MAIL_LIMIT_BYTES)


def notify_service() -> NotifyService:
    """As this place is set up."""
    return NotifyService(
        api_key=settings.NOTIFY_API_KEY,
        base_url=settings.NOTIFY_BASE_URL,
        email_template=settings.NOTIFY_EMAIL_TEMPLATE,
        text_template=settings.NOTIFY_TEXT_TEMPLATE,
        uploads=settings.NOTIFY_UPLOADS,
        connect_timeout=settings.NOTIFY_CONNECT_TIMEOUT,
        answer_timeout=settings.NOTIFY_ANSWER_TIMEOUT,
    )


def _mail_server() -> MailServer:
    return MailServer(
        host=settings.EMAIL_HOST,
        port=settings.EMAIL_PORT,
        user=settings.EMAIL_HOST_USER,
        password=settings.EMAIL_HOST_PASSWORD,
        use_tls=settings.EMAIL_USE_TLS,
        use_ssl=settings.EMAIL_USE_SSL,
        timeout=settings.EMAIL_TIMEOUT,
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
    team_address = letter.content["letterhead"]["email"]
    said = {
        "about": _about(letter),
        "reference": letter.case.reference,
        "reply_to": reply_address_of(letter.case, at=dispatch.queued_at) or team_address,
        "link": _link_of(dispatch),
    }
    return Parcel(
        dispatch_id=dispatch.pk,
        sender=settings.DEFAULT_FROM_EMAIL or team_address,
        to=dispatch.address or "",
        subject=f"Letter about {said['about']}, reference {said['reference']}",
        text=_TEXT.format(**said, with_it=_WITH_IT if enclosed else ""),
        linked_text=_LINKED_TEXT.format(**said),
        pdf=bytes(pdf.data),
        pdf_name=f"letter-{said['reference']}.pdf",
        made_at=dispatch.queued_at,
        enclosures=enclosed,
        printed=_printed(dispatch, bytes(pdf.data), enclosed),
        postage=_postage(dispatch),
        **said,
    )


def _link_of(dispatch: Dispatch) -> str:
    """To the page on which the letter can be opened; '' where there is none."""
    if dispatch.channel not in ADDRESSED:
        return ""
    return link_url_for(dispatch, at=dispatch.queued_at)


def _enclosed(letter: Letter) -> tuple[bytes, ...]:
    try:
        return enclosures_as_approved(letter)
    except AlteredInStore:
        raise PermanentFailure("enclosure_altered") from None


def _printed(dispatch: Dispatch, pdf: bytes, enclosed: tuple[bytes, ...]) -> bytes:
    """All of it in one file, for the carrier that wants it so; nothing for another. What is printed
    for us is looked at once more with its enclosures, since nobody here sees the envelope."""
    if dispatch.carrier != CarrierName.NOTIFY:
        return b""
    whole = pages.bound(pdf, enclosed) if enclosed else pdf
    if dispatch.channel == Channel.POST and faults_for_post(whole):
        raise PermanentFailure("not_fit_for_post")
    return whole


def _postage(dispatch: Dispatch) -> str:
    """As it was when the letter was sent; nothing is presumed."""
    if dispatch.channel != Channel.POST or dispatch.carrier != CarrierName.NOTIFY:
        return ""
    if not dispatch.postage:
        raise PermanentFailure("postage_not_decided")
    return Postage(dispatch.postage).value
