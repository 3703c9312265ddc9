"""Files are looked through by a real scanner; what it has not called clean stays shut."""

import io
import socket
import threading
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from letters.drafting.vocabulary import DataItem
from letters.evidence.models import Enclosure
from letters.incoming import actions as incoming
from letters.incoming import scanning
from letters.incoming.errors import Harmful, NotLookedThrough
from letters.incoming.models import Attachment, AttachmentStatus
from letters.incoming.queries import due_attachments
from tests.factories import NOW
from tests.incoming.conftest import Written, come
from tests.incoming.mails import Mail
from tests.incoming.servers import EICAR, Scanner
from tests.rendering import picture_samples
from tests.sign_in import browser_of


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scanner]:
    scanner = Scanner(tmp_path_factory.mktemp("clamd"))
    scanner.start()
    yield scanner
    scanner.kill()


@pytest.fixture
def scanner(running: Scanner, settings: LazySettings) -> Scanner:
    settings.CLAMD = str(running.socket)
    return running


def a_file(sent: Written, data: bytes, name: str = "scan.png") -> Attachment:
    """What a reply brings."""
    files = [(name, "image/png", data)]
    come(Mail(to=sent.known.address, text="See attached.\n", files=files).bytes())
    return Attachment.objects.get()


def test_a_clean_file_can_be_opened_and_taken_into_the_documents(
    sent: Written, scanner: Scanner
) -> None:
    attachment = a_file(sent, picture_samples.png())

    scanned = incoming.scan_attachment(attachment_id=attachment.pk, at=NOW)
    enclosure = incoming.enclose_attachment(
        attachment=Attachment.objects.get(),
        case=sent.case,
        name="Their photograph",
        tells=(DataItem.HOUSING_CONDITIONS,),
        by=sent.house.adviser,
        at=NOW,
    )

    assert scanned.status == AttachmentStatus.CLEAN
    assert Attachment.objects.get().enclosure == enclosure == Enclosure.objects.get()


def test_a_harmful_file_stays_shut_under_its_name(sent: Written, scanner: Scanner) -> None:
    attachment = a_file(sent, EICAR)

    scanned = incoming.scan_attachment(attachment_id=attachment.pk, at=NOW)

    assert scanned.status == AttachmentStatus.INFECTED
    assert "Eicar" in scanned.virus
    with pytest.raises(Harmful):
        incoming.enclose_attachment(
            attachment=Attachment.objects.get(),
            case=sent.case,
            name="x",
            tells=(DataItem.HOUSING_CONDITIONS,),
            by=sent.house.adviser,
            at=NOW,
        )


def test_a_harmful_file_in_an_archive_is_found(scanner: Scanner) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("letter.com", EICAR)

    assert scanning.verdict_on(packed.getvalue()).found is scanning.Found.VIRUS


def test_a_scanner_that_is_down_holds_files_until_it_is_up(
    sent: Written, settings: LazySettings, tmp_path: Path
) -> None:
    scanner = Scanner(tmp_path)
    settings.CLAMD = str(scanner.socket)
    attachment = a_file(sent, picture_samples.png())

    held = incoming.scan_attachment(attachment_id=attachment.pk, at=NOW)
    later = NOW + timedelta(minutes=40)
    due = due_attachments(later)
    scanner.start()
    clean = incoming.scan_attachment(attachment_id=attachment.pk, at=later)
    scanner.kill()

    assert (held.status, held.reason) == (AttachmentStatus.HELD, "scanner_down")
    assert due == (attachment.pk,)
    assert clean.status == AttachmentStatus.CLEAN


def test_without_a_scanner_files_are_held(sent: Written, settings: LazySettings) -> None:
    settings.CLAMD = ""
    attachment = a_file(sent, picture_samples.png())

    held = incoming.scan_attachment(attachment_id=attachment.pk, at=NOW)

    assert (held.status, held.reason) == (AttachmentStatus.HELD, "no_scanner")
    with pytest.raises(NotLookedThrough):
        incoming.enclose_attachment(
            attachment=Attachment.objects.get(),
            case=sent.case,
            name="x",
            tells=(DataItem.HOUSING_CONDITIONS,),
            by=sent.house.adviser,
            at=NOW,
        )


def test_what_is_too_large_to_scan_is_held_for_good(scanner: Scanner) -> None:
    verdict = scanning.verdict_on(b"\0" * (scanning.MOST_BYTES + 1))

    assert (verdict.found, verdict.reason) == (scanning.Found.CANNOT_TELL, "too_large_to_scan")
    assert verdict.is_final


def test_a_scanner_that_takes_less_than_we_send_never_says_clean(
    settings: LazySettings, tmp_path: Path
) -> None:
    scanner = Scanner(tmp_path, most_bytes=100_000)
    scanner.start()
    settings.CLAMD = str(scanner.socket)

    verdict = scanning.verdict_on(b"x" * 1_000_000 + EICAR)
    scanner.kill()

    assert verdict.found is scanning.Found.CANNOT_TELL


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"", "scanner_down"),
        (b"stream: \xff\xfe\n", "scanner_down"),
        (b"UNKNOWN COMMAND\n", "scanner_down"),
        (b"INSTREAM size limit exceeded. ERROR\n", "too_large_to_scan"),
        (b"stream: Heuristics.Encrypted.Zip FOUND\n", "cannot_be_looked_into"),
    ],
)
def test_an_answer_that_is_not_clean_is_not_clean(
    settings: LazySettings, answer: bytes, reason: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        settings.CLAMD = f"127.0.0.1:{listening.getsockname()[1]}"
        thread = threading.Thread(target=_answer, args=(listening, answer))
        thread.start()

        verdict = scanning.verdict_on(b"x")
        thread.join()

    assert (verdict.found, verdict.reason) == (scanning.Found.CANNOT_TELL, reason)


def _answer(listening: socket.socket, answer: bytes) -> None:
    """As a scanner that has been asked."""
    client, _ = listening.accept()
    with client:
        said = b""
        while not said.endswith(b"\0\0\0\0"):
            said += client.recv(4096)
        client.sendall(answer)


def test_only_clean_files_can_be_downloaded(sent: Written, scanner: Scanner) -> None:
    client = browser_of(sent.house.adviser)
    attachment = a_file(sent, picture_samples.png(), "plan.png")
    address = f"/attachments/{attachment.pk}/file/"

    before = client.get(address)
    incoming.scan_attachment(attachment_id=attachment.pk, at=NOW)
    after = client.get(address)

    assert before.status_code == 404
    assert after.content == picture_samples.png()
    assert after["Content-Type"] == "application/octet-stream"
    assert after["Content-Disposition"].startswith('attachment; filename="attachment-')
    assert after["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in after["Content-Security-Policy"]
