"""Pictures: their size as the first bytes declare it. Nothing is decoded."""

from __future__ import annotations

import struct
from typing import BinaryIO

from assessments.uploads.refusal import RefusedError, Why

# More than any telephone's camera; four bytes for each are what opening it takes.
MOST_PIXELS = 120_000_000
# Frames of a JPEG, without those tables that have numbers between theirs.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
BARE_MARKERS = frozenset({0x01, *range(0xD0, 0xD8)})
MOST_SEGMENTS = 2000


def check_size(width: int, height: int) -> None:
    if not width or not height:
        raise RefusedError(Why.DAMAGED)
    if width * height > MOST_PIXELS:
        raise RefusedError(Why.BOMB)


def exactly(stream: BinaryIO, count: int) -> bytes:
    """The next bytes, all of them."""
    found = stream.read(count)
    if len(found) != count:
        raise RefusedError(Why.DAMAGED)
    return found


def check_png(stream: BinaryIO) -> None:
    """The header is the first chunk, always."""
    stream.seek(8)
    length, kind, width, height = struct.unpack(">I4sII", exactly(stream, 16))
    if kind != b"IHDR" or length != 13:
        raise RefusedError(Why.DAMAGED)
    check_size(width, height)


def check_jpeg(stream: BinaryIO) -> None:
    """Goes from segment to segment until the frame, which has the size."""
    stream.seek(2)
    for _ in range(MOST_SEGMENTS):
        marker = next_marker(stream)
        if marker in BARE_MARKERS:
            continue
        (length,) = struct.unpack(">H", exactly(stream, 2))
        if marker in FRAMES:
            _, height, width = struct.unpack(">BHH", exactly(stream, 5))
            return check_size(width, height)
        # The picture's data or its end, and no frame before: nothing that can be shown.
        if length < 2 or marker in {0xD9, 0xDA}:
            break
        stream.seek(length - 2, 1)
    raise RefusedError(Why.DAMAGED)


def next_marker(stream: BinaryIO) -> int:
    """A marker is 0xFF, repeated as often as it likes, and a number."""
    if exactly(stream, 1) != b"\xff":
        raise RefusedError(Why.DAMAGED)
    for _ in range(MOST_SEGMENTS):
        number = exactly(stream, 1)[0]
        if number != 0xFF:
            return number
    raise RefusedError(Why.DAMAGED)


def check_webp(stream: BinaryIO) -> None:
    """Each of its three forms has the size in a place of its own."""
    stream.seek(12)
    head = exactly(stream, 18)
    form = head[:4]
    if form == b"VP8X":
        return check_size(
            int.from_bytes(head[12:15], "little") + 1, int.from_bytes(head[15:18], "little") + 1
        )
    if form == b"VP8L" and head[8] == 0x2F:
        bits = int.from_bytes(head[9:13], "little")
        return check_size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if form == b"VP8 " and head[11:14] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<HH", head[14:18])
        return check_size(width & 0x3FFF, height & 0x3FFF)
    raise RefusedError(Why.DAMAGED)
