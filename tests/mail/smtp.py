"""A mail server on this machine that keeps what it gets, or refuses it as a test says."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from tracker.mail.server import MailServer, Security


@dataclass
class Mailbox:
    """What was delivered. `answer` is what the server says at its end; `at_delivery` runs before that."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    answer: bytes = b"250 taken"
    recipient_answer: bytes = b"250 fine"
    at_delivery: Callable[[], None] = lambda: None

    @property
    def server(self) -> MailServer:
        return MailServer("127.0.0.1", self.port, "Shot Here <films@example.org>", Security.NONE)


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """Run the server for the time of the block."""
    mailbox = Mailbox()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say(b"220 here")
            while line := self.rfile.readline():
                verb = line.strip().split(b" ")[0].upper()
                if verb == b"DATA":
                    self._say(b"354 go on")
                    self._take()
                elif verb == b"RCPT":
                    self._say(mailbox.recipient_answer)
                elif verb == b"QUIT":
                    self._say(b"221 bye")
                    return
                else:
                    self._say(b"250 fine")

        def _take(self) -> None:
            lines = []
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                lines.append(line[1:] if line.startswith(b"..") else line)
            mailbox.at_delivery()
            if mailbox.answer.startswith(b"250"):
                found = message_from_bytes(b"".join(lines), policy=policy.default)
                mailbox.letters.append(found)
            self._say(mailbox.answer)

        def _say(self, answer: bytes) -> None:
            self.wfile.write(answer + b"\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        mailbox.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield mailbox
        finally:
            server.shutdown()
            thread.join()
