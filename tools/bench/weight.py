"""What a page weighs over the wire: with its styles, scripts and fonts at first, and once those are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urljoin

from tools.bench.client import Answer, Connection, Request

LINKED = re.compile(r'<(?:link\s[^>]*?href|script\s[^>]*?src|img\s[^>]*?src)="(/[^"]+)"')
FACE = re.compile(r"@font-face\s*{(.*?)}", re.DOTALL)
SOURCE = re.compile(r"url\([\"']?([^\"')]+\.woff2)[\"']?\)")
RANGE = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", re.IGNORECASE)
ENCODING = {"Accept-Encoding": "gzip, br"}


def weights(port: int, request: Request) -> tuple[int, int]:
    """Bytes of the first visit and of a later one, heads of the answers included."""
    with Connection(port) as connection:
        page = connection.fetch(replace(request, headers=ENCODING))
        # Read as it is, for the addresses in it.
        text = connection.fetch(request).body.decode()
        files = {path: _fetch(connection, path) for path in dict.fromkeys(LINKED.findall(text))}
        fonts = {
            urljoin(path, font)
            for path in files
            if path.endswith(".css")
            for font in _fonts(connection.fetch(Request(path=path)).body.decode(), text)
        }
        files |= {path: _fetch(connection, path) for path in fonts}
    return page.size + sum(answer.size for answer in files.values()), page.size


def _fetch(connection: Connection, path: str) -> Answer:
    return connection.fetch(Request(path=path, headers=ENCODING))


def _fonts(css: str, text: str) -> Iterator[str]:
    """The fonts with letters that the page shows; a browser fetches no others."""
    letters = {ord(letter) for letter in text}
    for face in FACE.findall(css):
        ranges = [(int(low, 16), int(high or low, 16)) for low, high in RANGE.findall(face)]
        if not ranges or any(low <= letter <= high for letter in letters for low, high in ranges):
            yield from SOURCE.findall(face)
