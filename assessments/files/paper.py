"""What is printed: typst lays it out; what it prints comes to it as data, never as markup."""

import json
from pathlib import Path
from typing import Any, Final

import typst
from django.conf import settings
from django.utils.translation import get_language

from assessments.files.cells import plain, shortened

TEMPLATES: Final = Path(__file__).resolve().parent.parent / "typst"
# typst gives up on strings of 64 kB; this many UTF-16 units are at most 60 kB of UTF-8.
LONGEST_PRINTED: Final = 20_000


def pdf_of(template: str, data: dict[str, Any]) -> bytes:
    """A tagged PDF in the active language, PDF/UA-1 wherever our font has every character that was typed."""
    language, _dash, region = (get_language() or "en").partition("-")
    whole = {**data, "lang": language, "region": region or None}
    text = json.dumps(_cleaned(whole), ensure_ascii=False)
    try:
        return _compiled(template, text, standards=["ua-1"])
    except typst.TypstError:
        # The standard refuses a character that no font here has, an emoji for one; the paper must not.
        return _compiled(template, text, standards=["1.7"])


def _compiled(template: str, data: str, *, standards: list[str]) -> bytes:
    # typst's type hints do not know every standard yet.
    options: dict[str, Any] = {"pdf_standards": standards}
    compiled: bytes = typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=[str(Path(settings.BASE_DIR) / "fonts")],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": data},
        **options,
    )
    return compiled


def _cleaned(value: Any) -> Any:
    """Every text without control and direction characters, and of a length that one PDF string can have."""
    if isinstance(value, str):
        return shortened(plain(value), LONGEST_PRINTED)
    if isinstance(value, dict):
        return {name: _cleaned(part) for name, part in value.items()}
    return [_cleaned(part) for part in value] if isinstance(value, list | tuple) else value
