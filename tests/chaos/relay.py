"""Passes bytes on between two ends of a connection and cuts some of them, at a byte drawn by lot,
so that in many connections every step of a conversation is met."""

import contextlib
import random
import socket
import threading

_SOONEST_STEPS = 700  # bytes within which greeting, sender, recipient and the first lines pass
_WHOLE_LETTER = 60_000


class CuttingRelay:
    """Listens at `port` for connections to `target_port`; cuts as many of them as `share` says."""

    def __init__(self, target_port: int, *, seed: int) -> None:
        self.share = 0.0
        self.cut_count = 0
        self._target_port = target_port
        self._lots = random.Random(seed)  # noqa: S311 - draws troubles, guards nothing
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=100)
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(near,), daemon=True).start()

    def _pass_on(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self._target_port), timeout=5)
        except OSError:
            near.close()
            return
        towards, back = self._budgets()
        ends = (near, far)
        threading.Thread(target=self._copy, args=(far, near, back, ends), daemon=True).start()
        self._copy(near, far, towards, ends)

    def _budgets(self) -> tuple[int | None, int | None]:
        """Bytes that pass in each direction before the cut; None for no cut."""
        if self._lots.random() >= self.share:
            return None, None
        early, late = self._lots.randrange(_SOONEST_STEPS), self._lots.randrange(_WHOLE_LETTER)
        return self._lots.choice([(early, None), (late, None), (None, early), (None, 0)])

    def _copy(
        self,
        source: socket.socket,
        target: socket.socket,
        budget: int | None,
        ends: tuple[socket.socket, socket.socket],
    ) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(4096):
                if budget is not None and len(data) >= budget:
                    target.sendall(data[:budget])
                    self.cut_count += 1
                    break
                target.sendall(data)
                budget = None if budget is None else budget - len(data)
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
