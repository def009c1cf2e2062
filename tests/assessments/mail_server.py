"""A mail server of our own, on this machine: it keeps what it accepts, and misbehaves when told to."""

from __future__ import annotations

import email
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message


class Session(socketserver.StreamRequestHandler):
    """One connection, as far as a well-behaved client goes."""

    server: MailServer

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            verb = line.split(" ")[0].split(":")[0].upper()
            if verb == "QUIT":
                self.say("221 bye")
                return
            if verb == "DATA" and not self.take_mail():
                return
            if verb != "DATA":
                self.say(self.server.answers.get(verb, "250 yes"))

    def take_mail(self) -> bool:
        """Whether the connection goes on: a server may accept a mail and be gone before it says so."""
        self.say("354 go on")
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        answer = self.server.answers.get("DATA", "250 yes")
        if answer.startswith(("2", "hang up")):
            self.server.accept(email.message_from_bytes(b"".join(lines)))
        if answer == "hang up":
            return False
        self.say(answer)
        return True

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    # Many connect at once.
    request_queue_size = 50

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        # A verb and what is answered to it in place of "250 yes".
        self.answers: dict[str, str] = {}
        self.accepted: list[Message] = []
        self.lock = threading.Lock()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def accept(self, mail: Message) -> None:
        with self.lock:
            self.accepted.append(mail)


@contextmanager
def running() -> Iterator[MailServer]:
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
