"""What people type into a thread."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from assessments.forms.evidence import OnceForm
from assessments.forms.fields import CleanTextField


class CommentForm(OnceForm):
    text = CleanTextField(
        max_length=2000, label=_("Your comment"), error_messages={"required": _("Write your comment first.")}
    )
