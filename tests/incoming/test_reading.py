"""Whatever the bytes are, reading answers: nothing raises, and nothing is made up."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.incoming.reading.calendars import dates_in
from letters.incoming.reading.decoding import clean, text_of
from letters.incoming.reading.fresh import fresh_in
from letters.incoming.reading.html import text_from_html
from letters.incoming.reading.read import read
from letters.incoming.reading.values import Kind, Sign
from tests.incoming.corpus import SAMPLES, World
from tests.incoming.mails import Known, Mail

# Of the processor, not of the clock: what looks at each line once needs two, and what looks at each
# line once for every other needs hours.
MOST_SECONDS = 60.0
_KNOWN = [
    Known(reference=reference, token=letter * 16, dispatch_id="0" * 8)  # type: ignore[arg-type]  # any
    for reference, letter in (("BCDF-2345", "a"), ("GHJK-6789", "b"), ("MNPQ-2345", "c"))
]
WORLD = World(a=_KNOWN[0], b=_KNOWN[1], elsewhere=_KNOWN[2])
RAW = [sample.make(WORLD) for sample in SAMPLES.values() if sample.make.__name__ != "large"]
SMALL = [raw for raw in RAW if len(raw) < 20_000]


@given(st.binary(max_size=2_000))
def test_no_bytes_make_it_raise(raw: bytes) -> None:
    read(raw)


@settings(max_examples=400)
@given(st.data())
def test_no_mail_with_something_broken_makes_it_raise(data: st.DataObject) -> None:
    raw = bytearray(data.draw(st.sampled_from(SMALL)))
    for _ in range(data.draw(st.integers(1, 6))):
        if not raw:
            break
        at = data.draw(st.integers(0, len(raw) - 1))
        until = min(len(raw), at + data.draw(st.integers(0, 40)))
        raw[at:until] = data.draw(st.binary(max_size=40))

    found = read(bytes(raw))

    for text in (found.subject, found.text, found.fresh, found.sender, found.sender_name):
        text.encode()  # what a row can hold
        assert "\0" not in text
    assert "\n" not in found.subject + found.sender + found.sender_name
    assert all("/" not in part.name and part.name for part in found.parts)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["From", "To", "Subject", "Date", "Content-Type", "Content-Disposition",
                 "Content-Transfer-Encoding", "In-Reply-To", "Auto-Submitted", "Return-Path"]
            ),
            st.text(max_size=60),
        ),
        max_size=12,
    ),
    st.text(max_size=300),
)  # fmt: skip
def test_no_headers_make_it_raise(headers: list[tuple[str, str]], body: str) -> None:
    head = "".join(f"{name}: {value}\n" for name, value in headers)
    read(f"{head}\n{body}".encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    "raw",
    [
        b"".join(
            b'Content-Type: multipart/mixed; boundary="n%d"\n\n--n%d\n' % (n, n) for n in range(900)
        ),
        b"Content-Type: message/rfc822\n\n" * 5_000,
        b"Content-Type: multipart/mixed; boundary=b\n\n"
        + b"--b\nContent-Type: text/plain\n\nx\n" * 20_000,
        b"X: y\n" * 200_000 + b"\nx",
        b"Subject: " + b"=?utf-8?q?a?= " * 100_000 + b"\n\nx",
        b"From: " + b"(" * 100_000 + b"\n\nx",
        b"\n\n" + b"On " * 500_000,
        b"\n\n" + b"> " * 500_000,
        b"\n\n" + b"\n \t" * 500_000,
        b"Content-Type: text/html\n\n" + b"<div>" * 200_000,
        b"Content-Type: text/html\n\n" + b"<blockquote>" * 50_000 + b"x",
        b"Content-Type: text/html\n\n" + b"<a " * 500_000,
        b"Content-Type: text/plain; charset=punycode\n\n" + b"a-" * 100_000,
        b"Content-Type: text/calendar\n\n" + b"DTSTART:" * 100_000,
    ],
    ids=lambda raw: raw[:30].decode("ascii", "replace").strip() or "text",
)
def test_hostile_mail_costs_seconds_at_most(raw: bytes) -> None:
    began = time.process_time()

    read(raw)

    assert time.process_time() - began < MOST_SECONDS


def test_a_subject_cannot_bring_a_line_of_its_own() -> None:
    found = read(SAMPLES["reply_with_a_header_smuggled_in"].make(WORLD))

    assert found.subject == "Re: Bcc: x@evil.example"


def test_a_file_name_cannot_climb_or_turn_round() -> None:
    found = read(SAMPLES["reply_with_a_file_name_that_climbs"].make(WORLD))

    assert [part.name for part in found.parts] == ["passwdgpj.exe"]


def test_parts_beyond_the_limit_are_told_of() -> None:
    found = read(SAMPLES["reply_with_a_thousand_parts"].make(WORLD))

    assert len(found.parts) == 200
    assert Sign.TOO_MANY_PARTS in found.signs


def test_html_is_read_as_text_alone() -> None:
    html = "<style>p{}</style><p>One<br>two</p><blockquote>old</blockquote><script>x</script>"

    assert text_from_html(html) == "One\ntwo\n\n> old"


@pytest.mark.parametrize(
    ("text", "fresh"),
    [
        ("We come.\n\nOn Mon, 1 Jun 2026 at 9:00, A <a@b.example> wrote:\n> old", "We come."),
        ("On Mon, 1 Jun 2026 at 9:00, A <a@b.example> wrote:\n> old\n\nWe come.", "We come."),
        ("We come.\n\nFrom: A <a@b.example>\nSent: Monday\nTo: B\nSubject: C\n\nold", "We come."),
        ("> when?\nFriday\n> who?\nJo", "Friday\nJo"),
        ("Ja.\n\nAm 01.06.2026 um 9:00 schrieb A <a@b.example>:\n> alt", "Ja."),
        ("Oui.\n\nLe lun. 1 juin 2026 à 09:00, A <a@b.example> a écrit :\n> vieux", "Oui."),
        ("We will:\n- inspect\n- mend", "We will:\n- inspect\n- mend"),
        ("Nothing quoted", "Nothing quoted"),
    ],
)
def test_what_is_new_is_parted_from_what_is_quoted(text: str, fresh: str) -> None:
    assert fresh_in(text) == fresh


def test_all_of_a_message_stays_beside_what_is_new() -> None:
    found = read(SAMPLES["reply_that_quotes_the_letter"].make(WORLD))

    assert "Our reference" not in found.fresh
    assert "Our reference: BCDF-2345" in found.text


@pytest.mark.parametrize(
    ("calendar", "days"),
    [
        ("BEGIN:VEVENT\nDTSTART:20261203T093000Z\nEND:VEVENT", (date(2026, 12, 3),)),
        ("BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261203\n", (date(2026, 12, 3),)),
        ("BEGIN:VEVENT\nDTSTART:20260630T233000Z\n", (date(2026, 7, 1),)),  # summer time
        ("BEGIN:VEVENT\nDTSTART:20261399T000000\n", ()),
        ("BEGIN:VEVENT\nDTST\n ART:20261203\n", (date(2026, 12, 3),)),
    ],
)
def test_days_of_appointments_are_those_of_london(calendar: str, days: tuple[date, ...]) -> None:
    assert dates_in(calendar) == days


def test_the_time_zone_of_a_calendar_is_no_appointment() -> None:
    assert read(SAMPLES["invitation_to_an_inspection"].make(WORLD)).dates == (date(2026, 12, 3),)


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        (b"caf\xc3\xa9", "utf-8", "café"),
        (b"caf\xe9", "utf-8", "café"),
        (b"caf\xe9", "iso-8859-1", "café"),
        (b"caf\xc3\xa9", "x-martian", "café"),
        (b"\x93quoted\x94", "utf-8", "\u201cquoted\u201d"),
        (b"abc", "unicode_escape", "abc"),
        (b"\\x41", "unicode_escape", "\\x41"),
        (b"abc", "zlib", "abc"),
        (b"abc", "a\0b", "abc"),
    ],
)
def test_text_is_read_in_whichever_charset(data: bytes, charset: str, text: str) -> None:
    assert text_of(data, charset) == text


@given(st.text())
def test_clean_text_can_be_kept_and_shown(text: str) -> None:
    cleaned = clean(text)

    cleaned.encode()
    assert not set(cleaned) & {"\0", "\r", "\u202e", "\x1b"}


def test_a_sender_who_is_a_person_is_never_a_mail_system() -> None:
    subject = "Undeliverable: parcels"

    assert read(Mail(subject=subject, text="could not be delivered").bytes()).kind is Kind.REPLY
