"""Somebody's program that takes webhooks: a real server on the loopback address."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from typing_extensions import override


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One request as it came."""

    path: str
    headers: dict[str, str]  # names in small letters
    body: bytes


@dataclass
class Receiver:
    """Answers as the test says; `drips` sends a byte now and then and never ends."""

    status: int = 204
    location: str = ""
    body: bytes = b""
    drips: bool = False
    meanwhile: Callable[[], None] | None = None  # done before it answers, once
    taken: list[Taken] = field(default_factory=list)
    port: int = 0
    scheme: str = "http"
    _over: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"{self.scheme}://localhost:{self.port}/hook?from=letters"

    def take(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("Content-Length", "0"))
        headers = {name.lower(): value for name, value in handler.headers.items()}
        body = handler.rfile.read(length)
        self.taken.append(Taken(path=handler.path, headers=headers, body=body))
        if self.meanwhile is not None:
            todo, self.meanwhile = self.meanwhile, None
            todo()
        if self.drips:
            self._drip(handler)
            return
        handler.send_response(self.status)
        if self.location:
            handler.send_header("Location", self.location)
        handler.send_header("Content-Length", str(len(self.body)))
        handler.end_headers()
        handler.wfile.write(self.body)

    def _drip(self, handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not self._over.wait(0.05):
            handler.wfile.write(b"x")

    def stop(self) -> None:
        self._over.set()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    @override
    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that hangs up is what some tests are about."""


@contextmanager
def receiving(context: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """A receiver that listens while the test runs; under TLS where a context is given."""
    receiver = Receiver(scheme="https" if context else "http")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # http.server's own name
            receiver.take(self)

        @override
        def log_message(self, *_: object) -> None:
            """Nothing to say."""

    server = _Server(("127.0.0.1", 0), Handler)
    if context is not None:
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.stop()
        server.shutdown()
        server.server_close()
        thread.join()
