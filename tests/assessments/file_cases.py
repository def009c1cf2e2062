"""Files as people bring them, and as nobody should: made here, byte by byte."""

from __future__ import annotations

import io
import struct
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

from assessments.actions.evidence_files import attach_file
from assessments.models import Evidence, EvidenceFile
from assessments.uploads.checked import checked
from tests.cast import NOON

PDF = b"%PDF-1.7\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n"
MAIN_PARTS = {
    "docx": ("wordprocessingml.document", "word/document.xml"),
    "xlsx": ("spreadsheetml.sheet", "xl/workbook.xml"),
    "pptx": ("presentationml.presentation", "ppt/presentation.xml"),
}


def png(width: int = 4, height: int = 3) -> bytes:
    header = struct.pack(">I4sIIBBBBB", 13, b"IHDR", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + header + bytes(4)


def jpeg(width: int = 4, height: int = 3) -> bytes:
    comment = b"\xff\xfe" + struct.pack(">H", 6) + b"note"
    frame = b"\xff\xff\xc0" + struct.pack(">HBHHB", 8, 8, height, width, 0)
    return b"\xff\xd8" + comment + frame + b"\xff\xd9"


def webp(form: bytes, width: int = 4, height: int = 3) -> bytes:
    if form == b"VP8X":
        body = bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    elif form == b"VP8L":
        body = b"\x2f" + ((width - 1) | (height - 1) << 14).to_bytes(4, "little") + bytes(5)
    else:
        body = bytes(3) + b"\x9d\x01\x2a" + struct.pack("<HH", width, height)
    return (
        b"RIFF" + struct.pack("<I", 4 + 8 + len(body)) + b"WEBP" + form + struct.pack("<I", len(body)) + body
    )


def types(ending: str, *, macros: bool = False) -> str:
    main, part = MAIN_PARTS[ending]
    kind = f"application/vnd.openxmlformats-officedocument.{main}.main+xml"
    if macros:
        kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    return f'<Types><Override PartName="/{part}" ContentType="{kind}"/></Types>'


def office(ending: str, more: dict[str, bytes] | None = None, *, listed: str | None = None) -> bytes:
    """A document of the least that it takes, with ``more`` parts in it."""
    parts = {"[Content_Types].xml": (listed or types(ending)).encode(), MAIN_PARTS[ending][1]: b"<x/>"}
    return zipped({**parts, **(more or {})})


def zipped(parts: dict[str, bytes], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", packed) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def brought(name: str = "notes.txt", content: bytes = b"Notes") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


def attach(item: Evidence, name: str = "notes.txt", content: bytes = b"Notes") -> EvidenceFile:
    return attach_file(evidence=item, upload=checked(brought(name, content)), by=item.owner, at=NOON)
