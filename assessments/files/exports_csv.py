"""The machine's file: CSV whose lines PostgreSQL writes and that passes through here in constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.db import connection

from assessments.files.cells import csv_text, safe_cell
from assessments.results.exports.asked import Wanted

# A chunk per row would make the server ten times slower.
CHUNK: Final = 64 * 1024


def csv_chunks(wanted: Wanted) -> Iterator[bytes]:
    """The file in chunks of 64 kB and a little: RFC 4180, UTF-8, stable English headers.

    It holds the thread's connection from the first chunk to the last, or until the iterator is closed: then
    PostgreSQL is told to stop, and the end of the request gives the connection back to the pool.
    """
    chunk = bytearray(csv_text([wanted.headers]).encode())
    with connection.cursor() as cursor:
        # Not as ``COPY``: that would send a row for each line, and write each of its columns anew.
        for (lines,) in cursor.cursor.stream(wanted.lines(cycle_name=safe_cell(wanted.cycle.name))):
            chunk += lines.encode()
            if len(chunk) >= CHUNK:
                yield bytes(chunk)
                chunk.clear()
    yield bytes(chunk)
