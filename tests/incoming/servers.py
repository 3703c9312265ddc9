"""The real programs that post comes through: an IMAP server, and a virus scanner."""

import imaplib
import os
import pwd
import shutil
from pathlib import Path

from hjp_letters.command.environment import prepare_apart
from hjp_letters.command.servers import free_port
from tests.servers import Process, wait_until

USER, PASSWORD = "demouser", "demopass"
# As the antivirus industry agreed: harmless, and found by every scanner that knows it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_EICAR_SIGNATURE = "44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test-Signature\n"


class Mailbox:
    """A real IMAP server on the loopback address, with one account."""

    def __init__(self) -> None:
        self.port = free_port()
        program = prepare_apart("imap") / "pymap"
        self._process = Process(
            *(str(program), "--host", "127.0.0.1", "--port", str(self.port), "--no-tls"),
            *("--no-service", "managesieve", "--no-service", "admin", "dict"),
            *("--demo-user", USER, "--demo-password", PASSWORD),
            environment={},
        )
        wait_until(self._answers, "the IMAP server")

    @property
    def url(self) -> str:
        """As IMAP_URL has it."""
        return f"imap://{USER}:{PASSWORD}@127.0.0.1:{self.port}/INBOX"

    def put(self, raw: bytes) -> None:
        """As a mail server delivers it."""
        with self._session() as client:
            client.append("INBOX", "", "", raw)

    def count(self, folder: str) -> int:
        """How many messages lie in a folder."""
        with self._session() as client:
            answer = client.select(folder, readonly=True)
            return int(answer[1][0] or 0) if answer[0] == "OK" else 0

    def empty(self) -> None:
        """For the next test."""
        with self._session() as client:
            for folder in ("INBOX", "Kept"):
                if client.select(folder)[0] == "OK":
                    client.store("1:*", "+FLAGS", r"(\Deleted)")
                    client.expunge()

    def stop(self) -> None:
        self._process.kill()

    def _session(self) -> imaplib.IMAP4:
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        client.login(USER, PASSWORD)
        return client

    def _answers(self) -> bool:
        try:
            with self._session():
                return True
        except (OSError, imaplib.IMAP4.error):
            return False


class Scanner:
    """A real clamd that knows one signature, in a folder of its own."""

    def __init__(self, folder: Path, *, most_bytes: int = 25_000_000) -> None:
        self.socket = folder / "clamd.sock"
        self._process: Process | None = None
        signatures = folder / "signatures"
        signatures.mkdir(exist_ok=True)
        (signatures / "eicar.hdb").write_text(_EICAR_SIGNATURE)
        self._settings = folder / "clamd.conf"
        self._settings.write_text(
            f"Foreground yes\nDatabaseDirectory {signatures}\nLocalSocket {self.socket}\n"
            f"StreamMaxLength {most_bytes}\nAlertEncrypted yes\nAlertExceedsMax yes\n"
            f"TemporaryDirectory {folder}\nUser {pwd.getpwuid(os.geteuid()).pw_name}\n"
        )

    def start(self) -> None:
        """Until it answers."""
        program = shutil.which("clamd") or "/usr/sbin/clamd"
        self._process = Process(program, "--config-file", str(self._settings), environment={})
        wait_until(self.socket.exists, "the virus scanner")

    def kill(self) -> None:
        """As a power cut would."""
        if self._process is not None:
            self._process.kill()
            self.socket.unlink(missing_ok=True)
