"""DOCX, XLSX and PPTX: a zip whose list of parts names the main one. Nothing but that list is read."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from typing import BinaryIO

from assessments.uploads.limits import LARGEST
from assessments.uploads.refusal import RefusedError, Why

LIST_OF_PARTS = "[Content_Types].xml"
LONGEST_LIST = 256 * 1024
MOST_PARTS = 5000
LONGEST_DIRECTORY = 2 * 1024 * 1024
# What the parts may take up together once they are unpacked, and from what on the ratio is looked at.
LARGEST_UNPACKED = 300 * 1024 * 1024
LARGEST_RATIO = 100
SMALL = 20 * 1024 * 1024
ENCRYPTED = 1
# How office programs pack a part, if at all.
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

END, END_SIZE, ZIP64_LOCATOR, LONGEST_COMMENT = b"PK\x05\x06", 22, b"PK\x06\x07", 1 << 16
PART = re.compile(rb"<(?:\w+:)?Override\b[^>]*>")
ATTRIBUTE = re.compile(rb"""\b(PartName|ContentType)\s*=\s*["']([^"']*)["']""")
MACROS = re.compile(rb"macroEnabled|macrosheet|vbaProject", re.IGNORECASE)


def check_office(stream: BinaryIO, kind: str) -> None:
    """``kind`` is the content type of the document, without the ending of its main part."""
    check_directory(stream)
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
            check_parts(parts)
            listed = list_of_parts(archive, {part.filename for part in parts})
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError) as error:
        raise RefusedError(Why.DAMAGED) from error
    check_main_part(listed, f"{kind}.main+xml".encode(), {part.filename for part in parts})


def check_directory(stream: BinaryIO) -> None:
    """The list of the zip is short: checked where it is announced, before any of it is read."""
    stream.seek(0, 2)
    length = stream.tell()
    start = max(0, length - LONGEST_COMMENT - END_SIZE)
    stream.seek(start)
    tail = stream.read()
    # The same place that zipfile will take it from.
    is_last = tail[-END_SIZE:].startswith(END) and tail[-2:] == b"\x00\x00"
    at = len(tail) - END_SIZE if is_last else tail.rfind(END)
    if at < 0 or len(tail) - at < END_SIZE:
        raise RefusedError(Why.DAMAGED)
    count, size = struct.unpack("<HI", tail[at + 10 : at + 16])
    is_zip64 = tail[max(0, at - 20) : at].startswith(ZIP64_LOCATOR)
    if is_zip64 or count > MOST_PARTS or size > LONGEST_DIRECTORY:
        raise RefusedError(Why.BOMB)


def check_parts(parts: list[zipfile.ZipInfo]) -> None:
    """Names that stay inside, nothing that runs, and parts that an office program would have made."""
    check_sizes(parts)
    names = [part.filename for part in parts]
    if len(set(names)) != len(names) or any(is_outside(name) for name in names):
        raise RefusedError(Why.DAMAGED)
    if any(part.compress_type not in PACKED for part in parts):
        raise RefusedError(Why.DAMAGED)
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise RefusedError(Why.OLD_OFFICE)
    if any("vbaproject" in name.lower() for name in names):
        raise RefusedError(Why.MACROS)


def check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    """As they are declared; packed parts that are larger than the file would lie one within another."""
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED or packed > LARGEST:
        raise RefusedError(Why.BOMB)
    if unpacked > SMALL and unpacked > LARGEST_RATIO * max(packed, 1):
        raise RefusedError(Why.BOMB)


def is_outside(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name)


def list_of_parts(archive: zipfile.ZipFile, names: set[str]) -> bytes:
    """The one part that is read, and no more of it than a list can need."""
    if LIST_OF_PARTS not in names:
        raise RefusedError(Why.ARCHIVE)
    with archive.open(LIST_OF_PARTS) as part:
        listed = part.read(LONGEST_LIST + 1)
    if len(listed) > LONGEST_LIST:
        raise RefusedError(Why.BOMB)
    return listed


def check_main_part(listed: bytes, main: bytes, names: set[str]) -> None:
    """The list names a part of the right type, and the zip holds it. Searched, not parsed: no entities."""
    if MACROS.search(listed):
        raise RefusedError(Why.MACROS)
    parts = [dict(ATTRIBUTE.findall(part)) for part in PART.findall(listed)]
    found = {
        part.get(b"PartName", b"").decode(errors="replace")
        for part in parts
        if part.get(b"ContentType") == main
    }
    if not found:
        raise RefusedError(Why.OTHER_NAME)
    if not any(name.removeprefix("/") in names for name in found):
        raise RefusedError(Why.DAMAGED)
