"""What is taken for a file, and what is not: by content, with a name that agrees."""

from __future__ import annotations

import struct
import zipfile

import pytest

from assessments.uploads import office as office_files
from assessments.uploads.checked import checked
from assessments.uploads.limits import LARGEST, CappedUploadHandler
from assessments.uploads.names import clean_name
from assessments.uploads.refusal import SENTENCES, RefusedError, Why
from tests.assessments.file_cases import PDF, brought, jpeg, office, png, types, webp, zipped

EXE = b"MZ\x90\x00" + bytes(64)
SVG = b'<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = b"\n <!DOCTYPE html><script>alert(1)</script>"
HUGE = {"word/media/zeros.bin": bytes(office_files.SMALL + 1)}


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("a.PNG", png(), "image/png"),
        ("a.jpg", jpeg(), "image/jpeg"),
        ("a.jpeg", jpeg(), "image/jpeg"),
        ("a.webp", webp(b"VP8X"), "image/webp"),
        ("a.webp", webp(b"VP8L"), "image/webp"),
        ("a.webp", webp(b"VP8 "), "image/webp"),
        ("a.docx", office("docx"), "wordprocessingml.document"),
        ("a.xlsx", office("xlsx"), "spreadsheetml.sheet"),
        ("a.pptx", office("pptx"), "presentationml.presentation"),
        ("a.txt", "Olá, ёлка\tи <b>\r\n".encode(), "text/plain"),
        ("a.txt", "Olá, ёлка".encode("utf-16"), "text/plain"),
        ("a.txt", b"\xef\xbb\xbfA < B and <html> in the middle", "text/plain"),
    ],
)
def test_taken(name: str, content: bytes, kind: str) -> None:
    """Whatever the browser says it is, the content and the name decide."""
    found = checked(brought(name, content))
    assert found.content_type.endswith(kind)
    assert (found.name, found.size) == (name, len(content))
    assert found.content.read() == content


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.txt", b"", Why.EMPTY),
        ("a.txt", b"x" * (LARGEST + 1), Why.TOO_BIG),
        ("a.exe", EXE, Why.PROGRAM),
        ("a.pdf", EXE, Why.PROGRAM),
        ("a.txt", b"#!/bin/sh\nrm -rf /\n", Why.PROGRAM),
        ("a.txt", b"\x7fELF\x02", Why.PROGRAM),
        ("a.html", HTML, Why.WEB_PAGE),
        ("a.txt", HTML, Why.WEB_PAGE),
        ("a.txt", HTML.decode().encode("utf-16"), Why.WEB_PAGE),
        ("a.svg", SVG, Why.WEB_PAGE),
        ("a.png", SVG, Why.WEB_PAGE),
        ("a.zip", zipped({"a.txt": b"a"}), Why.NOT_TAKEN),
        ("a.docx", zipped({"a.txt": b"a"}), Why.ARCHIVE),
        ("a.txt", zipped({"a.txt": b"a"}), Why.ARCHIVE),
        ("a.pdf", office("docx"), Why.ARCHIVE),
        ("a.gz", b"\x1f\x8b\x08" + bytes(20), Why.ARCHIVE),
        ("a.txt", bytes(257) + b"ustar" + bytes(250), Why.ARCHIVE),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Why.OLD_OFFICE),
        ("a.gif", b"GIF89a", Why.NOT_TAKEN),
        ("pdf", PDF, Why.NOT_TAKEN),
        ("a.pdf.js", b"alert(1)", Why.NOT_TAKEN),
        ("a.png", jpeg(), Why.OTHER_NAME),
        ("a.txt", PDF, Why.OTHER_NAME),
        ("a.docx", PDF, Why.OTHER_NAME),
        ("a.pdf", b"GIF89a", Why.OTHER_NAME),
        ("a.xlsx", office("docx"), Why.OTHER_NAME),
        ("a.pdf", PDF[:20], Why.DAMAGED),
        ("a.txt", b"a\x00b", Why.NOT_TEXT),
        ("a.txt", b"a\x1b[2J", Why.NOT_TEXT),
        ("a.txt", "ação".encode("latin-1"), Why.NOT_TEXT),
        ("a.txt", b"\xff\xfea\x00b", Why.NOT_TEXT),
    ],
)
def test_refused(name: str, content: bytes, why: Why) -> None:
    """Each with a reason that says what to do."""
    assert refusal(name, content) is why


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.png", png(60_000, 60_000), Why.BOMB),
        ("a.png", png(0, 3), Why.DAMAGED),
        ("a.png", png()[:12] + b"IDAT" + png()[16:], Why.DAMAGED),
        ("a.png", png()[:14], Why.DAMAGED),
        ("a.jpg", jpeg(65_000, 65_000), Why.BOMB),
        ("a.jpg", jpeg()[:12], Why.DAMAGED),
        ("a.jpg", b"\xff\xd8\xff\xd9", Why.DAMAGED),
        ("a.jpg", b"\xff\xd8\xff\xda\x00\x02", Why.DAMAGED),
        ("a.jpg", b"\xff\xd8" + b"\xff" * 5000, Why.DAMAGED),
        ("a.jpg", b"\xff\xd8" + b"\xff\xd0" * 5000, Why.DAMAGED),
        ("a.jpg", b"\xff\xd8\xff\xfe\x00\x02xx", Why.DAMAGED),
        ("a.webp", webp(b"VP8X", 16_000_000, 16_000_000), Why.BOMB),
        ("a.webp", webp(b"VP8L", 16_000, 16_000), Why.BOMB),
        ("a.webp", b"RIFF\x0e\x00\x00\x00WEBPABCD" + bytes(14), Why.DAMAGED),
    ],
)
def test_pictures(name: str, content: bytes, why: Why) -> None:
    """The header says how large it would be; one without a frame is none."""
    assert refusal(name, content) is why


def many(count: int) -> bytes:
    return office("docx", {f"word/{number}.xml": b"" for number in range(count)})


def announcing(content: bytes, offset: int, form: str, value: int) -> bytes:
    """With another number in the record that ends a zip."""
    at = len(content) - office_files.END_SIZE + offset
    number = struct.pack(form, value)
    return content[:at] + number + content[at + len(number) :]


def encrypted(content: bytes) -> bytes:
    """Every part marked as having a password."""
    at = content.find(b"PK\x01\x02")
    return content[: at + 8] + b"\x01" + content[at + 9 :]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (office("docx", HUGE), Why.BOMB),
        (office("docx", listed=types("docx") + " " * office_files.LONGEST_LIST), Why.BOMB),
        (many(office_files.MOST_PARTS), Why.BOMB),
        (announcing(office("docx"), 12, "<I", 0xFFFFFFFF), Why.BOMB),
        (office("docx")[:-22] + b"PK\x06\x07" + bytes(16) + office("docx")[-22:], Why.BOMB),
        (office("docx", {"word/vbaProject.bin": b"x"}), Why.MACROS),
        (office("docx", listed=types("docx", macros=True)), Why.MACROS),
        (office("docx", {"../evil.txt": b"x"}), Why.DAMAGED),
        (office("docx", {"/evil.txt": b"x"}), Why.DAMAGED),
        (office("docx", listed=types("docx") + "ms-excel.macrosheet+xml"), Why.MACROS),
        (office("docx", listed="<Types/>"), Why.OTHER_NAME),
        (zipped({"[Content_Types].xml": types("docx").encode()}), Why.DAMAGED),
        (zipped({"[Content_Types].xml": types("docx").encode()}, zipfile.ZIP_LZMA), Why.DAMAGED),
        (office("docx")[:-10], Why.DAMAGED),
        (announcing(office("docx"), 16, "<I", 999_999), Why.DAMAGED),
        (b"PK\x03\x04" + bytes(100), Why.DAMAGED),
        (encrypted(office("docx")), Why.OLD_OFFICE),
    ],
)
def test_documents(content: bytes, why: Why) -> None:
    """Told from the list of parts: bombs and macros before anything is unpacked."""
    assert refusal("a.docx", content) is why


def refusal(name: str, content: bytes) -> Why:
    with pytest.raises(RefusedError) as refused:
        checked(brought(name, content))
    return refused.value.why


def test_remarks_do_not_take_time() -> None:
    """A text of nothing but declarations is looked at once."""
    assert checked(brought("a.txt", b"<?a?>" * 2000)).size == 10_000


def test_every_reason_has_its_sentence() -> None:
    assert {why.sentence for why in Why} == set(SENTENCES.values())
    assert len(SENTENCES) == len(Why)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("C:\\Users\\ana\\mapa.pdf", "mapa.pdf"),
        ("../../etc/passwd", "passwd"),
        ("relat\u0301orio  final.pdf", "relat\u0301orio final.pdf"),
        ("cafe\u0301.pdf", "café.pdf"),
        ("fdp\u202egnp.exe", "fdpgnp.exe"),
        ("a\x00b\n.txt", "ab.txt"),
        ("a<b>:c.pdf", "a_b__c.pdf"),
        (".pdf", "pdf"),
        ("ж" * 300 + ".docx", "ж" * 115 + ".docx"),
        ("я" * 300, "я" * 120),
    ],
)
def test_names(name: str, kept: str) -> None:
    """The last part of a path, without what cannot be seen."""
    assert clean_name(name) == kept


def test_the_handler_stops_after_the_first_byte_too_many() -> None:
    """Before the limit pieces go on to the disk; beyond it they are dropped."""
    handler = CappedUploadHandler()
    assert handler.receive_data_chunk(b"x", LARGEST) == b"x"
    assert handler.receive_data_chunk(b"x", LARGEST + 1) is None
    assert handler.file_complete(LARGEST + 1) is None
