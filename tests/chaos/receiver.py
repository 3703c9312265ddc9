"""A mail server whose memory outlives it: each message it accepts stands in a file before it says
so. Run as a program, `receiver.py PORT FILE`, so that it can be killed."""

import os
import signal
import sys
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Receiver:
    """Accepts everything."""

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    async def handle_DATA(  # noqa: N802  # aiosmtpd's own name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Kept first, answered then: as an honest mail server does."""
        content = envelope.content
        assert isinstance(content, bytes)
        name = message_from_bytes(content, policy=policy.default)["Message-ID"]
        os.write(self._file, f"{name}\n".encode())
        os.fsync(self._file)
        return "250 Accepted"


def main(port: str, path: str) -> None:
    controller = Controller(Receiver(path), hostname="127.0.0.1", port=int(port))
    controller.start()
    print("listening", flush=True)  # noqa: T201 - whoever started it waits for this line
    signal.pause()


if __name__ == "__main__":
    main(*sys.argv[1:])
