"""A file that a person brings for an item of evidence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.forms.evidence import OnceForm
from assessments.uploads.checked import CheckedFile, checked
from assessments.uploads.kinds import KINDS
from assessments.uploads.refusal import RefusedError, Why


class EvidenceFileField(forms.FileField):
    """Cleans to a CheckedFile: looked at by its content, with a name that can be kept."""

    default_error_messages = {
        "required": gettext_lazy("Choose a file."),
        "invalid": gettext_lazy("No file arrived. Choose it again."),
        "missing": gettext_lazy("No file arrived. Choose it again."),
        "empty": Why.EMPTY.sentence,
    }

    def bound_data(self, data: Any, initial: Any) -> None:
        """What was chosen cannot be put back into a page."""

    def clean(self, data: Any, initial: Any = None) -> CheckedFile:
        content = super().clean(data, initial)
        try:
            return checked(content)
        except RefusedError as refused:
            raise ValidationError(refused.why.sentence, code=refused.why) from refused


class FileForm(OnceForm):
    """One file at a time."""

    file = EvidenceFileField(
        label=gettext_lazy("Add a file"),
        help_text=gettext_lazy(
            "PDF, PNG, JPEG, WebP, DOCX, XLSX, PPTX or TXT, up to 10 MB. At most five files."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in KINDS)}),
    )

    def say_too_many(self) -> None:
        self.add_error("file", _("This item has five files already. Remove one first."))

    def say_same(self) -> None:
        self.add_error("file", _("This file is attached already."))
