"""A client that costs next to nothing: prepared requests over a kept connection, answers read as bytes."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

HEAD_END = b"\r\n\r\n"
TIMEOUT = 600.0


@dataclass(frozen=True, kw_only=True)
class Request:
    """As a browser would send it through the proxy that ends TLS."""

    path: str
    cookies: str = ""
    form: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def as_bytes(self) -> bytes:
        lines = [
            f"{'GET' if self.form is None else 'POST'} {self.path} HTTP/1.1",
            "Host: 127.0.0.1",
            "X-Forwarded-Proto: https",
            "Origin: https://127.0.0.1",
            f"Cookie: {self.cookies}",
            *(f"{name}: {value}" for name, value in self.headers.items()),
        ]
        body = (self.form or "").encode()
        if self.form is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        return "\r\n".join(lines).encode() + HEAD_END + body


@dataclass(frozen=True, kw_only=True)
class Answer:
    """``size`` counts every byte on the wire, head included; ``body`` is empty where it was not kept."""

    status: int
    head: str
    body: bytes
    size: int

    def header(self, name: str) -> str:
        lines = (line.partition(":") for line in self.head.splitlines()[1:])
        return next((value.strip() for found, _, value in lines if found.lower() == name.lower()), "")


class BenchError(Exception):
    """An answer that is not the page that was to be measured."""


class Connection:
    """One client. A connection that the server has closed in the meantime is opened anew."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket: socket.socket | None = None
        self.unread = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        if self.socket is not None:
            self.socket.close()
        self.socket, self.unread = None, b""

    def fetch(self, request: Request, *, keep: bool = True) -> Answer:
        """The answer; ``keep`` False reads the body and drops it, as for a large file."""
        sent = request.as_bytes()
        try:
            return self._fetch(sent, keep=keep)
        except (ConnectionError, BrokenPipeError):
            self.close()
            return self._fetch(sent, keep=keep)

    def _fetch(self, sent: bytes, *, keep: bool) -> Answer:
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=TIMEOUT)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(sent)
        head = self._until(HEAD_END)
        answer = Answer(status=int(head[9:12]), head=head.decode("latin-1"), body=b"", size=0)
        if answer.header("Transfer-Encoding") == "chunked":
            body, size = self._chunks(keep=keep)
        else:
            size = int(answer.header("Content-Length") or 0)
            body = self._exactly(size, keep=keep)
        if answer.header("Connection").lower() == "close":
            self.close()
        return Answer(status=answer.status, head=answer.head, body=body, size=len(head) + size)

    def _chunks(self, *, keep: bool) -> tuple[bytes, int]:
        parts, size = [], 0
        while length := int(line := self._until(b"\r\n"), 16):
            parts.append(self._exactly(length, keep=keep))
            self._exactly(2, keep=False)
            size += length + len(line) + 2
        self._until(b"\r\n")
        return b"".join(parts), size

    def _until(self, end: bytes) -> bytes:
        while end not in self.unread:
            self._read()
        found, self.unread = self.unread.split(end, 1)
        return found + end

    def _exactly(self, length: int, *, keep: bool) -> bytes:
        parts = []
        while length > len(self.unread):
            length -= len(self.unread)
            if keep:
                parts.append(self.unread)
            self.unread = b""
            self._read()
        parts.append(self.unread[:length])
        self.unread = self.unread[length:]
        return b"".join(parts) if keep else b""

    def _read(self) -> None:
        received = self.socket.recv(1 << 18) if self.socket else b""
        if not received:
            raise ConnectionError("closed by the server")
        self.unread += received
