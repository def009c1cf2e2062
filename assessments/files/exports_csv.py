"""The machine's file: CSV that PostgreSQL itself writes and that passes through here in constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.db import connection
from psycopg.sql import SQL

from assessments.files.cells import csv_text, safe_cell
from assessments.results.exports.asked import Wanted
from assessments.results.exports.rows import guarded

# A chunk per row would make the server ten times slower.
CHUNK: Final = 64 * 1024


def csv_chunks(wanted: Wanted) -> Iterator[bytes]:
    """The file in chunks of about 64 kB: RFC 4180, UTF-8, stable English headers.

    It holds the thread's connection from the first chunk to the last, or until the iterator is closed: then
    PostgreSQL is told to stop, and the end of the request gives the connection back to the pool.
    """
    rows = wanted.query(guarded, cycle_name=safe_cell(wanted.cycle.name))
    copying = SQL("COPY ({rows}) TO STDOUT (FORMAT csv)").format(rows=rows)
    chunk = bytearray(csv_text([wanted.headers]).encode())
    with connection.cursor() as cursor, cursor.copy(copying) as copy:
        for row in copy:
            # PostgreSQL sends a row at a time and ends it with a line feed alone.
            chunk += row
            chunk[-1:] = b"\r\n"
            if len(chunk) >= CHUNK:
                yield bytes(chunk)
                chunk.clear()
    yield bytes(chunk)
