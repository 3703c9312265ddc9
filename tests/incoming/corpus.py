"""Mail of every kind that has been seen to come to such a mailbox, each with where it must end."""

import base64
from collections.abc import Callable
from dataclasses import dataclass

from letters.incoming.reading.values import Kind
from tests.incoming import mails
from tests.incoming.mails import MAILBOX, Known, Mail


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Two cases of one landlord, and one of another partnership."""

    a: Known
    b: Known
    elsewhere: Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """`at` names the cases it must be put to, '' for the queue; `waits`, whether somebody is asked
    to read it there; `told`, what is kept of the dispatch."""

    make: Callable[[World], bytes]
    kind: Kind
    at: str = "a"
    waits: bool = True
    told: str = ""
    reason: str = ""


SAMPLES: dict[str, Sample] = {}


def _sample(
    *, kind: Kind, at: str = "a", waits: bool = True, told: str = "", reason: str = ""
) -> Callable[[Callable[[World], bytes]], Callable[[World], bytes]]:
    def named(make: Callable[[World], bytes]) -> Callable[[World], bytes]:
        SAMPLES[make.__name__] = Sample(
            make=make, kind=kind, at=at, waits=waits, told=told, reason=reason
        )
        return make

    return named


_COMES = "Thank you for your letter. We will inspect the home next week.\n"


# What people write


@_sample(kind=Kind.REPLY)
def reply_to_the_address_of_the_case(world: World) -> bytes:
    return Mail(to=world.a.address, text=_COMES).bytes()


@_sample(kind=Kind.REPLY)
def reply_that_quotes_the_letter(world: World) -> bytes:
    return Mail(to=world.a.address, text=_COMES + world.a.quoted).bytes()


@_sample(kind=Kind.REPLY)
def reply_below_what_it_quotes(world: World) -> bytes:
    return Mail(to=world.a.address, text=world.a.quoted + "\nWe will come on Friday.\n").bytes()


@_sample(kind=Kind.REPLY)
def reply_from_another_address(world: World) -> bytes:
    return Mail(
        to=world.a.address, sender="Jo Specimen <jo@contractor.example>", text=_COMES
    ).bytes()


@_sample(kind=Kind.REPLY)
def reply_with_the_token_in_capitals(world: World) -> bytes:
    return Mail(to=world.a.address.upper(), text=_COMES).bytes()


@_sample(kind=Kind.REPLY)
def reply_with_the_token_misread_from_paper(world: World) -> bytes:
    local, _, domain = world.a.address.partition("@")
    token = local.partition("+")[2].replace("o", "0").replace("l", "1").replace("b", "8")
    return Mail(to=f"replies+{token}@{domain}", text=_COMES).bytes()


@_sample(kind=Kind.REPLY)
def reply_in_copy_to_the_case(world: World) -> bytes:
    return Mail(to="clinic@team.example", headers=[("Cc", world.a.address)], text=_COMES).bytes()


@_sample(kind=Kind.REPLY)
def reply_known_by_where_it_was_delivered(world: World) -> bytes:
    headers = [("Delivered-To", world.a.address), ("X-Original-To", world.a.address)]
    return Mail(to="undisclosed-recipients:;", headers=headers, text=_COMES).bytes()


@_sample(kind=Kind.REPLY)
def reply_to_the_plain_mailbox_in_the_thread(world: World) -> bytes:
    return Mail(headers=[("In-Reply-To", world.a.message_id)], text=_COMES).bytes()


@_sample(kind=Kind.REPLY)
def reply_with_only_older_references(world: World) -> bytes:
    references = f"{world.a.message_id} <x@council.example>"
    return Mail(
        headers=[("References", references), ("In-Reply-To", "<x@council.example>")], text=_COMES
    ).bytes()


@_sample(kind=Kind.REPLY)
def reply_with_the_reference_in_its_subject(world: World) -> bytes:
    return Mail(subject=f"Your ref {world.a.reference}", text=_COMES).bytes()


@_sample(kind=Kind.REPLY)
def reply_with_the_reference_in_small_letters_and_a_dash(world: World) -> bytes:
    loose = world.a.reference.lower().replace("-", " \u2013 ")
    return Mail(subject="Damp", text=f"About {loose}: we will come.\n").bytes()


@_sample(kind=Kind.REPLY)
def reply_that_only_quotes_the_reference(world: World) -> bytes:
    return Mail(text=f"See below.\n{world.a.quoted}".replace(world.a.address, MAILBOX)).bytes()


@_sample(kind=Kind.REPLY, at="ab")
def reply_for_two_cases_by_two_addresses(world: World) -> bytes:
    return Mail(to=f"{world.a.address}, {world.b.address}", text=_COMES).bytes()


@_sample(kind=Kind.REPLY, at="ab")
def reply_for_two_cases_by_their_references(world: World) -> bytes:
    both = f"{world.a.reference} and {world.b.reference}"
    return Mail(to=world.a.address, subject=both, text=_COMES).bytes()


@_sample(kind=Kind.REPLY, at="")
def reply_whose_address_and_reference_disagree(world: World) -> bytes:
    return Mail(to=world.a.address, subject=f"Ref {world.b.reference}", text=_COMES).bytes()


@_sample(kind=Kind.REPLY, at="")
def reply_in_an_old_thread_to_a_new_address(world: World) -> bytes:
    return Mail(
        to=world.a.address, headers=[("In-Reply-To", world.b.message_id)], text=_COMES
    ).bytes()


@_sample(kind=Kind.REPLY, at="")
def reply_that_quotes_another_case(world: World) -> bytes:
    quoted = world.b.quoted.replace(world.b.address, MAILBOX)
    return Mail(to=world.a.address, text=_COMES + quoted).bytes()


@_sample(kind=Kind.REPLY, at="")
def reply_for_cases_of_two_partnerships(world: World) -> bytes:
    return Mail(to=f"{world.a.address}, {world.elsewhere.address}", text=_COMES).bytes()


@_sample(kind=Kind.REPLY, at="")
def reply_without_any_mark_from_a_known_landlord(world: World) -> bytes:
    return Mail(subject="Damp in the bedroom", text=_COMES).bytes()


@_sample(kind=Kind.REPLY, at="")
def message_from_a_stranger(world: World) -> bytes:
    return Mail(sender="Someone <someone@nowhere.example>", subject="Hello", text="Hi\n").bytes()


@_sample(kind=Kind.REPLY, at="")
def reply_with_a_reference_that_nobody_has(world: World) -> bytes:
    return Mail(subject="Ref ZZZZ-2222", sender="x@nowhere.example", text=_COMES).bytes()


@_sample(kind=Kind.REPLY, at="")
def reply_to_a_token_that_was_guessed(world: World) -> bytes:
    to = f"replies+{'a' * 16}@partnership.example"
    return Mail(to=to, sender="x@nowhere.example", text=_COMES).bytes()


@_sample(kind=Kind.REPLY)
def reply_in_html_alone(world: World) -> bytes:
    raw = Mail(to=world.a.address, text="x").bytes()
    html = "<html><body><p>We will <b>come</b>.</p><script>alert(1)</script></body></html>"
    return raw.replace(b"text/plain", b"text/html").replace(
        b"\r\n\r\nx", f"\r\n\r\n{html}".encode()
    )


@_sample(kind=Kind.REPLY)
def reply_in_html_and_text(world: World) -> bytes:
    return Mail(to=world.a.address, text=_COMES, html=f"<p>{_COMES}</p>").bytes()


@_sample(kind=Kind.REPLY)
def reply_with_a_document(world: World) -> bytes:
    files = [("findings.pdf", "application/pdf", b"%PDF-1.7 invented")]
    return Mail(to=world.a.address, text="Our findings are attached.\n", files=files).bytes()


@_sample(kind=Kind.REPLY)
def reply_that_is_only_a_document(world: World) -> bytes:
    files = [("scan.pdf", "application/pdf", b"%PDF-1.7 invented")]
    return Mail(to=world.a.address, text="", files=files).bytes()


@_sample(kind=Kind.REPLY)
def reply_packed_by_outlook(world: World) -> bytes:
    files = [("winmail.dat", "application/ms-tnef", b"\x78\x9f\x3e\x22")]
    return Mail(to=world.a.address, text="See attached.\n", files=files).bytes()


@_sample(kind=Kind.REPLY)
def reply_signed_with_s_mime(world: World) -> bytes:
    return (
        f"From: a@council.example\r\nTo: {world.a.address}\r\nSubject: Re: Letter\r\n"
        'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary="s"\r\n'
        "\r\n--s\r\nContent-Type: text/plain\r\n\r\nWe will come.\r\n--s\r\n"
        "Content-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nMIIB\r\n--s--\r\n"
    ).encode()


@_sample(kind=Kind.REPLY)
def forward_of_our_message_as_an_attachment(world: World) -> bytes:
    inner = mails.sent_by_us(world.a).as_bytes()
    return (
        b"From: jo@contractor.example\r\nTo: " + MAILBOX.encode() + b"\r\nSubject: FW: Letter\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="f"\r\n\r\n'
        b"--f\r\nContent-Type: text/plain\r\n\r\nPassed on to you, we do this work.\r\n"
        b"--f\r\nContent-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--f--\r\n"
    )


@_sample(kind=Kind.REPLY)
def forward_of_our_message_in_its_text(world: World) -> bytes:
    text = (
        "Please deal with this.\n\n---------- Forwarded message ---------\n"
        f"From: Clinic <{world.a.address}>\nSubject: Letter\n\nOur reference: {world.a.reference}\n"
    )
    return Mail(sender="jo@contractor.example", subject="Fwd: Letter", text=text).bytes()


@_sample(kind=Kind.REPLY)
def reply_by_a_help_desk_for_a_person(world: World) -> bytes:
    """Headers of a machine, words of a person: somebody must read it."""
    headers = [("Auto-Submitted", "auto-generated"), ("Precedence", "bulk")]
    text = "The surveyor did not find the cause. We dispute that the wall is ours.\n"
    return Mail(to=world.a.address, headers=headers, text=text).bytes()


@_sample(kind=Kind.REPLY)
def reply_by_a_machine_that_books_a_visit(world: World) -> bytes:
    headers = [("Auto-Submitted", "auto-replied")]
    text = "We have received your email. An engineer will visit the home on 3 December 2026.\n"
    return Mail(to=world.a.address, headers=headers, text=text).bytes()


@_sample(kind=Kind.REPLY)
def reply_that_says_undeliverable_and_is_none(world: World) -> bytes:
    return Mail(
        to=world.a.address,
        subject="Undeliverable: parcels in the hall",
        text="The mould letter could not be delivered to our contractor, we are on it.\n",
    ).bytes()


@_sample(kind=Kind.REPLY)
def reply_that_thanks_like_a_ticket_but_is_a_person(world: World) -> bytes:
    text = "Thank you for your email. I have asked the surveyor and will telephone you.\n\nJo\n"
    return Mail(to=world.a.address, text=text).bytes()


@_sample(kind=Kind.REPLY)
def reply_in_a_wrong_charset(world: World) -> bytes:
    raw = Mail(to=world.a.address, text="We will come").bytes()
    return raw.replace(b"We will come", b"We\x92ll come, caf\xe9, \x80100")


@_sample(kind=Kind.REPLY)
def reply_in_a_charset_that_does_not_exist(world: World) -> bytes:
    return Mail(to=world.a.address, text="We will come").bytes().replace(b'"utf-8"', b'"x-martian"')


@_sample(kind=Kind.REPLY)
def reply_in_utf_7(world: World) -> bytes:
    raw = Mail(to=world.a.address, text="body").bytes()
    return raw.replace(b'"utf-8"', b'"utf-7"').replace(b"body", b"+ADw-script+AD4- we come")


@_sample(kind=Kind.REPLY)
def reply_with_raw_bytes_in_its_subject(world: World) -> bytes:
    raw = Mail(to=world.a.address, subject="SUBJECT", text=_COMES).bytes()
    return raw.replace(b"SUBJECT", b"Besichtigung f\xfcr n\xe4chste Woche")


@_sample(kind=Kind.REPLY)
def reply_with_a_broken_encoded_subject(world: World) -> bytes:
    raw = Mail(to=world.a.address, subject="SUBJECT", text=_COMES).bytes()
    return raw.replace(b"SUBJECT", b"=?utf-8?B?////====?= =?x?Q?=ZZ?=")


@_sample(kind=Kind.REPLY)
def reply_with_a_header_smuggled_in(world: World) -> bytes:
    raw = Mail(to=world.a.address, subject="SUBJECT", text=_COMES).bytes()
    return raw.replace(b"SUBJECT", b"=?utf-8?q?Re=3A=0D=0ABcc=3A_x=40evil=2Eexample?=")


@_sample(kind=Kind.REPLY)
def reply_with_a_file_name_that_climbs(world: World) -> bytes:
    files = [("../../etc/passwd\u202egpj.exe", "image/jpeg", b"MZ invented")]
    return Mail(to=world.a.address, text="See attached.\n", files=files).bytes()


@_sample(kind=Kind.REPLY)
def reply_with_a_thousand_parts(world: World) -> bytes:
    parts = b"--p\r\nContent-Type: text/plain; name=a.txt\r\n\r\nx\r\n" * 1000
    head = f"From: a@council.example\r\nTo: {world.a.address}\r\nSubject: Re: Letter\r\n"
    return head.encode() + b"Content-Type: multipart/mixed; boundary=p\r\n\r\n" + parts + b"--p--"


@_sample(kind=Kind.EMPTY)
def reply_nested_a_hundred_deep(world: World) -> bytes:
    layers = b"".join(
        b'Content-Type: multipart/mixed; boundary="n%d"\r\n\r\n--n%d\r\n' % (depth, depth)
        for depth in range(100)
    )
    return f"From: a@council.example\r\nTo: {world.a.address}\r\n".encode() + layers


@_sample(kind=Kind.REPLY)
def reply_of_many_megabytes(world: World) -> bytes:
    files = [("video.mp4", "video/mp4", b"\0" * 4_000_000)]
    return Mail(to=world.a.address, text="A film of the wall.\n", files=files).bytes()


@_sample(kind=Kind.REPLY)
def reply_whose_base64_is_cut_off(world: World) -> bytes:
    head = f"From: a@council.example\r\nTo: {world.a.address}\r\nSubject: Re: Letter\r\n"
    body = base64.b64encode(b"We will come on Friday. " * 20)[:-7]
    return (
        head.encode()
        + b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + body
    )


@_sample(kind=Kind.REPLY)
def reply_whose_last_boundary_is_missing(world: World) -> bytes:
    raw = Mail(to=world.a.address, text=_COMES, html=f"<p>{_COMES}</p>").bytes()
    return raw[: raw.rindex(b"--")]


@_sample(kind=Kind.REPLY)
def reply_with_bare_line_feeds(world: World) -> bytes:
    return Mail(to=world.a.address, text=_COMES).bytes().replace(b"\r\n", b"\n")


@_sample(kind=Kind.REPLY)
def reply_from_a_telephone(world: World) -> bytes:
    return Mail(
        to=world.a.address, text=f"Ok, Friday.\n\nSent from my phone\n{world.a.quoted}"
    ).bytes()


@_sample(kind=Kind.REPLY)
def reply_through_a_list(world: World) -> bytes:
    return Mail(to=world.a.address, headers=[("Precedence", "list")], text=_COMES).bytes()


@_sample(kind=Kind.EMPTY)
def reply_without_anything(world: World) -> bytes:
    return Mail(to=world.a.address, text="").bytes()


@_sample(kind=Kind.EMPTY, at="")
def nothing_at_all(world: World) -> bytes:
    return b""


@_sample(kind=Kind.REPLY, at="")
def bytes_that_are_no_mail(world: World) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


@_sample(kind=Kind.SEALED)
def reply_encrypted_with_s_mime(world: World) -> bytes:
    return (
        f"From: a@council.example\r\nTo: {world.a.address}\r\nSubject: Re: Letter\r\n"
        "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\nMIIBdwYJKoZIhvcNAQcDoIIBaDCCAWQCAQ==\r\n"
    ).encode()


@_sample(kind=Kind.SEALED)
def reply_encrypted_with_pgp(world: World) -> bytes:
    return (
        f"From: a@council.example\r\nTo: {world.a.address}\r\nSubject: ...\r\n"
        'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=e\r\n'
        "\r\n--e\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--e\r\n"
        "Content-Type: application/octet-stream\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n--e--\r\n"
    ).encode()


@_sample(kind=Kind.SEALED)
def reply_with_pgp_in_its_text(world: World) -> bytes:
    text = "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n"
    return Mail(to=world.a.address, text=text).bytes()


@_sample(kind=Kind.INVITATION)
def invitation_to_an_inspection(world: World) -> bytes:
    return mails.invitation(world.a)


@_sample(kind=Kind.INVITATION)
def appointment_called_off(world: World) -> bytes:
    return mails.invitation(world.a, method="CANCEL")


# What mail servers tell


@_sample(kind=Kind.BOUNCE, waits=False, told="returned", reason="mailbox_unknown")
def bounce_with_the_head_of_our_message(world: World) -> bytes:
    return mails.report(world.a)


@_sample(kind=Kind.BOUNCE, waits=False, told="returned", reason="mailbox_unknown")
def bounce_with_our_whole_message(world: World) -> bytes:
    return mails.report(world.a, returns="message")


@_sample(kind=Kind.BOUNCE, waits=False, told="returned", reason="mailbox_unknown")
def bounce_that_knows_only_the_envelope_id(world: World) -> bytes:
    return mails.report(world.a, returns="nothing", envelope_id=True)


@_sample(kind=Kind.BOUNCE, waits=False, told="returned", reason="mailbox_full")
def bounce_of_a_full_mailbox(world: World) -> bytes:
    return mails.report(world.a, status="5.2.2", says="552 5.2.2 Mailbox full")


@_sample(kind=Kind.BOUNCE, waits=False, told="returned", reason="domain_unknown")
def bounce_of_an_unknown_domain(world: World) -> bytes:
    return mails.report(world.a, status="5.4.4", says="550 Host not found")


@_sample(kind=Kind.BOUNCE, waits=False, told="returned", reason="refused_by_policy")
def bounce_of_a_spam_filter(world: World) -> bytes:
    return mails.report(world.a, status="5.7.1", says="554 5.7.1 Message rejected as spam")


@_sample(kind=Kind.BOUNCE, waits=False, told="returned", reason="message_too_large")
def bounce_of_a_size_limit(world: World) -> bytes:
    return mails.report(world.a, status="5.3.4", says="552 5.3.4 Message size exceeds fixed limit")


@_sample(kind=Kind.BOUNCE, waits=False, told="returned", reason="gave_up_trying")
def bounce_after_days_of_trying(world: World) -> bytes:
    return mails.report(world.a, status="4.4.7", says="connection timed out")


@_sample(kind=Kind.BOUNCE, told="")
def bounce_of_another_mailbox(world: World) -> bytes:
    """It was passed on, and bounced there; perhaps somebody has read it all the same."""
    return mails.report(world.a, recipient="gone@contractor.example")


@_sample(kind=Kind.BOUNCE, waits=False, told="returned", reason="mailbox_unknown")
def bounce_by_exchange_in_german(world: World) -> bytes:
    return mails.report(
        world.a,
        sender="postmaster@council.example",
        subject="Unzustellbar: Letter about a home",
        text="Ihre Nachricht konnte nicht zugestellt werden.\n",
        says="550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP lookup",
        status="5.1.10",
        returns="message",
    )


@_sample(kind=Kind.BOUNCE, waits=False, told="returned", reason="mailbox_unknown")
def bounce_by_qmail(world: World) -> bytes:
    text = (
        "Hi. This is the qmail-send program at mx.council.example.\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
        f"This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
        f"<{world.a.mailbox}>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
        f"--- Below this line is a copy of the message.\n\nMessage-ID: {world.a.message_id}\n"
    )
    headers = [("Return-Path", "<>")]
    return Mail(headers=headers, sender=mails.DAEMON, subject="failure notice", text=text).bytes()


@_sample(kind=Kind.BOUNCE, waits=False, told="returned", reason="mailbox_unknown")
def bounce_by_exim(world: World) -> bytes:
    text = (
        "This message was created automatically by mail delivery software.\n\n"
        "A message that you sent could not be delivered to one or more of its recipients. "
        f"The following address(es) failed:\n\n  {world.a.mailbox}\n    Unknown user\n\n"
        f"------ This is a copy of your message.\n\nMessage-Id: {world.a.message_id}\n"
    )
    headers = [("X-Failed-Recipients", world.a.mailbox), ("Auto-Submitted", "auto-replied")]
    subject = "Mail delivery failed: returning message to sender"
    return Mail(headers=headers, sender=mails.DAEMON, subject=subject, text=text).bytes()


@_sample(kind=Kind.BOUNCE, waits=False, told="returned", reason="mailbox_unknown")
def bounce_by_a_webmail_provider(world: World) -> bytes:
    text = (
        f"** Address not found **\n\nYour message wasn't delivered to {world.a.mailbox} because "
        "the address couldn't be found, or is unable to receive mail.\n"
    )
    headers = [
        ("X-Failed-Recipients", world.a.mailbox),
        ("In-Reply-To", world.a.message_id),
        ("References", world.a.message_id),
    ]
    subject = "Delivery Status Notification (Failure)"
    return Mail(headers=headers, sender=mails.DAEMON, subject=subject, text=text).bytes()


def _in_words(world: World, *, subject: str, text: str) -> bytes:
    """A server's own words, above the head of our message as text."""
    said = f"{text}\n\n{world.a.mailbox}\n\nMessage-ID: {world.a.message_id}\n"
    headers = [("Return-Path", "<>")]
    return Mail(headers=headers, sender=mails.DAEMON, subject=subject, text=said).bytes()


@_sample(kind=Kind.BOUNCE, waits=False, told="returned", reason="mailbox_unknown")
def bounce_in_french(world: World) -> bytes:
    text = "Votre message n'a pas pu être remis : adresse introuvable."
    return _in_words(world, subject="Non remis : Letter about a home", text=text)


@_sample(kind=Kind.BOUNCE, waits=False, told="returned", reason="mailbox_unknown")
def bounce_in_spanish(world: World) -> bytes:
    text = "No se pudo entregar el mensaje: el usuario no existe."
    return _in_words(world, subject="No se puede entregar: Letter", text=text)


@_sample(kind=Kind.BOUNCE, waits=False, told="returned", reason="mailbox_full")
def bounce_in_italian(world: World) -> bytes:
    text = "Il messaggio non è stato recapitato: casella di posta piena."
    return _in_words(world, subject="Mancato recapito: Letter", text=text)


@_sample(kind=Kind.BOUNCE, waits=False, told="returned", reason="mailbox_unknown")
def bounce_in_polish(world: World) -> bytes:
    text = "Wiadomość nie mogła zostać dostarczona: adres nie istnieje."
    return _in_words(world, subject="Niedostarczone: Letter", text=text)


@_sample(kind=Kind.BOUNCE, waits=False, told="returned", reason="not_delivered")
def bounce_in_dutch_without_a_reason(world: World) -> bytes:
    text = "Uw bericht kon niet worden afgeleverd."
    return _in_words(world, subject="Onbestelbaar: Letter", text=text)


@_sample(kind=Kind.BOUNCE, waits=False, told="returned", reason="mailbox_unknown")
def bounce_to_the_address_of_the_case(world: World) -> bytes:
    """Nothing of ours in it but the address: the case, and its one letter to that mailbox."""
    return mails.report(world.a, returns="nothing", to=world.a.address)


@_sample(kind=Kind.BOUNCE, at="")
def bounce_of_nobody_knows_what(world: World) -> bytes:
    return mails.report(world.a, returns="nothing")


@_sample(kind=Kind.BOUNCE, waits=False, told="returned", reason="mailbox_unknown")
def bounce_whose_fields_say_no_action(world: World) -> bytes:
    return mails.report(world.a).replace(b"Action: failed\n", b"")


@_sample(kind=Kind.BOUNCE, waits=False, told="returned", reason="mailbox_unknown")
def bounce_wrapped_in_a_mixed_message(world: World) -> bytes:
    raw = mails.report(world.a)
    return raw.replace(b'multipart/report; report-type="delivery-status"', b"multipart/mixed")


@_sample(kind=Kind.DELAYED, waits=False, told="delayed", reason="delayed_on_its_way")
def warning_of_a_delay(world: World) -> bytes:
    return mails.report(world.a, action="delayed", status="4.4.1", subject="Delayed Mail")


@_sample(kind=Kind.DELAYED, waits=False, told="delayed", reason="delayed_on_its_way")
def warning_of_a_delay_in_words(world: World) -> bytes:
    text = "THIS IS A WARNING MESSAGE ONLY. YOU DO NOT NEED TO RESEND. It will be retried."
    return _in_words(world, subject="Warning: could not send message for past 4 hours", text=text)


@_sample(kind=Kind.DELIVERED, waits=False, told="delivered")
def notice_of_delivery(world: World) -> bytes:
    return mails.report(world.a, action="delivered", status="2.1.5", subject="Delivered: Letter")


@_sample(kind=Kind.DELIVERED, waits=False)
def notice_that_it_was_passed_on(world: World) -> bytes:
    return mails.report(world.a, action="relayed", status="2.1.9", subject="Relayed: Letter")


@_sample(kind=Kind.READ_RECEIPT, waits=False, told="opened")
def read_receipt_of_a_person(world: World) -> bytes:
    said = "manual-action/MDN-sent-manually; displayed"
    return mails.read_receipt(world.a, disposition=said)


@_sample(kind=Kind.READ_RECEIPT, waits=False)
def read_receipt_of_a_deletion(world: World) -> bytes:
    said = "manual-action/MDN-sent-automatically; deleted"
    return mails.read_receipt(world.a, disposition=said)


@_sample(kind=Kind.READ_RECEIPT, waits=False)
def read_receipt_by_a_rule(world: World) -> bytes:
    said = "automatic-action/MDN-sent-automatically; displayed"
    return mails.read_receipt(world.a, disposition=said)


@_sample(kind=Kind.READ_RECEIPT)
def read_receipt_of_another_mailbox(world: World) -> bytes:
    """Passed on, and read there: a person says what that is worth."""
    said = "manual-action/MDN-sent-manually; displayed"
    return mails.read_receipt(world.a, disposition=said, recipient="jo@contractor.example")


@_sample(kind=Kind.COMPLAINT)
def complaint_by_a_provider(world: World) -> bytes:
    return mails.complaint(world.a)


# What machines answer


def _automatic(
    world: World, *, subject: str, text: str, headers: list[tuple[str, str]] | None = None
) -> bytes:
    chosen = [("Auto-Submitted", "auto-replied")] if headers is None else headers
    return Mail(to=world.a.address, headers=chosen, subject=subject, text=text).bytes()


@_sample(kind=Kind.AUTO_REPLY, waits=False)
def out_of_office_by_the_standard(world: World) -> bytes:
    text = "I am on annual leave until 7 December and will answer then.\n"
    return _automatic(world, subject="Out of office: Letter", text=text)


@_sample(kind=Kind.AUTO_REPLY, waits=False)
def out_of_office_by_exchange(world: World) -> bytes:
    headers = [
        ("X-Auto-Response-Suppress", "All"),
        ("Auto-Submitted", "auto-generated"),
        ("X-MS-Exchange-Inbox-Rules-Loop", "a@council.example"),
    ]
    text = "I am out of the office with limited access to e-mail.\n"
    return _automatic(world, subject="Automatic reply: Letter", text=text, headers=headers)


@_sample(kind=Kind.AUTO_REPLY, waits=False)
def out_of_office_by_an_old_program(world: World) -> bytes:
    return _automatic(
        world,
        subject="Re: Letter",
        text="This is an automated reply. The office is closed.\n",
        headers=[("X-Autoreply", "yes"), ("Precedence", "auto_reply")],
    )


@_sample(kind=Kind.AUTO_REPLY, waits=False)
def out_of_office_without_any_header(world: World) -> bytes:
    text = "I am currently out of the office and will return on Monday.\n"
    return _automatic(world, subject="Automatic reply: Letter", text=text, headers=[])


@_sample(kind=Kind.AUTO_REPLY, waits=False)
def out_of_office_in_german(world: World) -> bytes:
    text = "Ich bin bis Montag abwesend.\n"
    return _automatic(world, subject="Automatische Antwort: Letter", text=text)


@_sample(kind=Kind.AUTO_REPLY, waits=False)
def out_of_office_in_french(world: World) -> bytes:
    text = "Je suis absente jusqu'au 7.\n"
    return _automatic(world, subject="Réponse automatique : Letter", text=text)


@_sample(kind=Kind.AUTO_REPLY, waits=False)
def out_of_office_in_welsh(world: World) -> bytes:
    text = "Rwyf allan o'r swyddfa.\n"
    return _automatic(world, subject="Ymateb awtomatig: Letter", text=text)


@_sample(kind=Kind.AUTO_REPLY, waits=False)
def out_of_office_in_polish(world: World) -> bytes:
    text = "Jestem nieobecna w biurze.\n"
    return _automatic(world, subject="Automatyczna odpowiedź: Letter", text=text)


@_sample(kind=Kind.AUTO_REPLY, waits=False)
def notice_that_somebody_has_left(world: World) -> bytes:
    text = "Jo Specimen no longer works for the council. This mailbox is not monitored.\n"
    return _automatic(world, subject="Re: Letter", text=text)


@_sample(kind=Kind.AUTO_REPLY, at="", waits=False)
def out_of_office_to_the_plain_mailbox(world: World) -> bytes:
    return Mail(
        headers=[("Auto-Submitted", "auto-replied")],
        sender="jo@nowhere.example",
        subject="Out of office",
        text="I am out of the office.\n",
    ).bytes()


@_sample(kind=Kind.TICKET, waits=False)
def ticket_by_a_help_desk(world: World) -> bytes:
    text = "We have received your email. Your case number is 4711. We aim to reply in 10 days.\n"
    return _automatic(world, subject="[Ticket #4711] Letter about a home", text=text)


@_sample(kind=Kind.TICKET, waits=False)
def ticket_by_a_council(world: World) -> bytes:
    text = (
        "Thank you for contacting Exampleton Council. Your enquiry has been logged: REQ-000123.\n"
    )
    headers = [("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "All")]
    return _automatic(world, subject="Your enquiry REQ-000123", text=text, headers=headers)


@_sample(kind=Kind.TICKET, waits=False)
def ticket_by_a_program_that_says_only_that_it_is_one(world: World) -> bytes:
    headers = [("Auto-Submitted", "auto-generated")]
    text = "Your message has been received. Ticket number: 4711.\n"
    return _automatic(world, subject="Re: Letter", text=text, headers=headers)


@_sample(kind=Kind.CHALLENGE)
def challenge_before_delivery(world: World) -> bytes:
    text = "Your message is being held until you confirm that you are a real person. Click here.\n"
    return _automatic(world, subject="Please confirm your message", text=text)


@_sample(kind=Kind.ECHO, waits=False)
def our_own_message_come_back(world: World) -> bytes:
    message = mails.sent_by_us(world.a)
    message["Delivered-To"] = MAILBOX
    return message.as_bytes()


# What nobody asked for


@_sample(kind=Kind.JUNK, at="")
def advertising_marked_by_the_server(world: World) -> bytes:
    return Mail(
        headers=[("X-Spam-Flag", "YES")],
        sender="win@prize.example",
        subject="You have won",
        text="Click here\n",
    ).bytes()


@_sample(kind=Kind.JUNK, at="")
def newsletter(world: World) -> bytes:
    headers = [("List-Unsubscribe", "<mailto:u@news.example>"), ("Precedence", "bulk")]
    return Mail(
        headers=headers, sender="news@news.example", subject="Our news", text="News\n"
    ).bytes()


@_sample(kind=Kind.JUNK)
def reply_that_a_filter_took_for_advertising(world: World) -> bytes:
    """It bears the token of a case: a person looks, whatever the filter thinks."""
    return Mail(to=world.a.address, headers=[("X-Spam-Flag", "YES")], text=_COMES).bytes()
