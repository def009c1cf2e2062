"""A file's name as it can be kept, shown and sent back."""

from __future__ import annotations

import re
import unicodedata

from assessments.uploads.limits import LONGEST_NAME

UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# What some system takes for a path, a pattern or a stream.
FORBIDDEN = re.compile(r'[<>:"|?*]')


def clean_name(name: str) -> str:
    """The last part of a path, without what cannot be seen; shortened before its ending where it is long."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(character for character in last if unicodedata.category(character) not in UNSEEN)
    plain = " ".join(FORBIDDEN.sub("_", seen).split()).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        return plain[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1].rstrip()}.{ending}"[-LONGEST_NAME:]
