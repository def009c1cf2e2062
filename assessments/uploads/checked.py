"""A file that passed: what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO, cast

from django.core.files import File

from assessments.uploads.kinds import content_type_of
from assessments.uploads.names import clean_name


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckedFile:
    """Its name cleaned, its type from its content, its size in bytes."""

    name: str
    content_type: str
    size: int
    content: File[bytes]


def checked(content: File[bytes]) -> CheckedFile:
    """Raises RefusedError, with the reason, for what is not taken."""
    name, size = clean_name(content.name or ""), content.size
    content_type = content_type_of(name, cast("BinaryIO", content), size)
    return CheckedFile(name=name, content_type=content_type, size=size, content=content)
