"""What a file is: its content decides, and the end of its name must agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from assessments.uploads.limits import LARGEST
from assessments.uploads.office import check_office
from assessments.uploads.pictures import check_jpeg, check_png, check_webp
from assessments.uploads.refusal import RefusedError, Why
from assessments.uploads.text import check_text, is_web_page

OFFICE = "application/vnd.openxmlformats-officedocument."
HEAD = 4096


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A kind of file that is taken. ``check`` raises RefusedError for a content that is not sound."""

    content_type: str
    check: Callable[[BinaryIO], None]


def check_pdf(stream: BinaryIO) -> None:
    """The end mark is near the end: what was cut off on its way is not taken."""
    stream.seek(0, 2)
    stream.seek(max(0, stream.tell() - HEAD))
    if b"%%EOF" not in stream.read(HEAD):
        raise RefusedError(Why.DAMAGED)


def office(main: str) -> Kind:
    return Kind(content_type=OFFICE + main, check=lambda stream: check_office(stream, f"{OFFICE}{main}"))


JPEG = Kind(content_type="image/jpeg", check=check_jpeg)
PDF = Kind(content_type="application/pdf", check=check_pdf)
PNG = Kind(content_type="image/png", check=check_png)
WEBP = Kind(content_type="image/webp", check=check_webp)
TEXT = Kind(content_type="text/plain", check=check_text)
OFFICE_KINDS = {
    "docx": office("wordprocessingml.document"),
    "xlsx": office("spreadsheetml.sheet"),
    "pptx": office("presentationml.presentation"),
}
KINDS = {"pdf": PDF, "png": PNG, "jpg": JPEG, "jpeg": JPEG, "webp": WEBP, "txt": TEXT, **OFFICE_KINDS}

PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"dex\n",
    b"\x00asm",
)
ARCHIVES = (
    b"\x1f\x8b",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"\x28\xb5\x2f\xfd",
    b"MSCF",
)
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def content_type_of(name: str, stream: BinaryIO, size: int) -> str:
    """The type of a file by its content; raises RefusedError where it is not taken. Nothing is unpacked."""
    if size < 1 or size > LARGEST:
        raise RefusedError(Why.TOO_BIG if size else Why.EMPTY)
    stream.seek(0)
    head = stream.read(HEAD)
    kind, by_name = by_content(head), KINDS.get(extension(name))
    if isinstance(kind, Why):
        raise RefusedError(kind)
    if by_name is None:
        raise RefusedError(Why.NOT_TAKEN)
    # A zip says by its parts which document it is, and any text may be one.
    if not (by_name is kind or (kind is None and by_name in undecided(head))):
        raise RefusedError(said_wrongly(head))
    by_name.check(stream)
    stream.seek(0)
    return by_name.content_type


def by_content(head: bytes) -> Kind | Why | None:
    """What the first bytes say; None where they leave it open."""
    if head.startswith(PROGRAMS):
        return Why.PROGRAM
    if head.startswith(ARCHIVES) or head[257:262] == b"ustar":
        return Why.ARCHIVE
    if head.startswith(OLD_OFFICE):
        return Why.OLD_OFFICE
    if is_web_page(head):
        return Why.WEB_PAGE
    return known_picture(head) or (PDF if head.startswith(b"%PDF-") else None)


def known_picture(head: bytes) -> Kind | None:
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    return WEBP if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else None


def undecided(head: bytes) -> tuple[Kind, ...]:
    """What a content without a mark of its own may be."""
    return tuple(OFFICE_KINDS.values()) if head.startswith(ZIP) else (TEXT,)


def said_wrongly(head: bytes) -> Why:
    return Why.ARCHIVE if head.startswith(ZIP) else Why.OTHER_NAME


def extension(name: str) -> str:
    """What follows the last full stop, in lower case."""
    return name.rpartition(".")[2].lower() if "." in name else ""
