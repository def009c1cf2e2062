"""How much may be brought, and the handler that stops a request from filling the disk."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MOST_FILES = 5
LARGEST = 10 * 1024 * 1024
LONGEST_NAME = 120


class CappedUploadHandler(FileUploadHandler):
    """Drops what follows the first byte too many: refused as too large, it takes no more room."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= LARGEST else None

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        return None
