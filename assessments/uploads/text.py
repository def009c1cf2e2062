"""Plain text: UTF-8, or UTF-16 with its mark, and nothing in it that a terminal or a browser would act on."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from assessments.uploads.refusal import RefusedError, Why

CHUNK = 64 * 1024
# Tab, line ends and the page break of printers are text.
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
REMARK = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)
# After declarations and remarks: what a browser would take for a page or a drawing.
WEB_PAGE = re.compile(
    r"\s*<(?:!doctype\s+(?:html|svg)|html|head|body|script|iframe|(?:\w+:)?svg|object|embed|meta|style|link|img)\b",
    re.IGNORECASE,
)


def encoding_of(head: bytes) -> str:
    is_utf16 = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return "utf-16" if is_utf16 else "utf-8-sig"


def is_web_page(head: bytes) -> bool:
    text, at = head.decode(encoding_of(head), errors="replace"), 0
    while remark := REMARK.match(text, at):
        at = remark.end()
    return WEB_PAGE.match(text, at) is not None


def check_text(stream: BinaryIO) -> None:
    """Read piece by piece: the whole is never in memory."""
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding_of(stream.read(2)))()
    stream.seek(0)
    try:
        while piece := stream.read(CHUNK):
            check_characters(decoder.decode(piece))
        check_characters(decoder.decode(b"", final=True))
    except UnicodeDecodeError as error:
        raise RefusedError(Why.NOT_TEXT) from error


def check_characters(text: str) -> None:
    if CONTROLS.search(text):
        raise RefusedError(Why.NOT_TEXT)
