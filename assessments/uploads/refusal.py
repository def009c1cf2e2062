"""Why a file is not taken, in words for the person who brought it."""

from __future__ import annotations

from enum import StrEnum, auto

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise


class Why(StrEnum):
    """The reasons by name; each has its sentence below."""

    EMPTY = auto()
    TOO_BIG = auto()
    NOT_TAKEN = auto()
    PROGRAM = auto()
    WEB_PAGE = auto()
    ARCHIVE = auto()
    OLD_OFFICE = auto()
    MACROS = auto()
    OTHER_NAME = auto()
    BOMB = auto()
    DAMAGED = auto()
    NOT_TEXT = auto()

    @property
    def sentence(self) -> StrPromise:
        """What the person is told, in the language of the moment when it is shown."""
        return SENTENCES[self]


SENTENCES = {
    Why.EMPTY: _("This file is empty."),
    Why.TOO_BIG: _("This file is larger than 10 MB. Make it smaller, or give a link to it."),
    Why.NOT_TAKEN: _(
        "Files of this kind are not taken. Bring a PDF, PNG, JPEG, WebP, DOCX, XLSX, PPTX or TXT file."
    ),
    Why.PROGRAM: _("This is a program. Programs are not taken."),
    Why.WEB_PAGE: _("This is a web page or a drawing with code in it. Save it as a PDF or a picture."),
    Why.ARCHIVE: _("This is an archive. Bring the files one by one."),
    Why.OLD_OFFICE: _(
        "This is an old office format, or it has a password. Save it as DOCX, XLSX or PPTX, without one."
    ),
    Why.MACROS: _("This document has macros in it. Save it without macros."),
    Why.OTHER_NAME: _(
        "The end of this file’s name says something else than its content. Give it the right name."
    ),
    Why.BOMB: _("This file would take up far too much room once it is opened."),
    Why.DAMAGED: _("This file is damaged. Open it, save it again and bring the new one."),
    Why.NOT_TEXT: _("This text holds control characters or an unknown encoding. Save it as UTF-8."),
}


class RefusedError(Exception):
    """A file that is not taken."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.name)
        self.why = why
