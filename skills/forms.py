"""How a reader asks for a skill: in which language, and beside which other one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from skills.models import Language


class ReadingForm(forms.Form):
    """Reads ``?lang=`` and ``?compare=``; anything but the choices is an error beside the switch."""

    lang = forms.ChoiceField(
        choices=Language.choices,
        required=False,
        error_messages={
            "invalid_choice": _("There is no text in the language asked for: choose one of these.")
        },
    )
    compare = forms.ChoiceField(
        required=False,
        error_messages={"invalid_choice": _("There is no text in that language to read side by side.")},
    )

    def __init__(self, *args: Any, languages: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        compare = self.fields["compare"]
        if isinstance(compare, forms.ChoiceField):
            compare.choices = [(language, Language(language).label) for language in languages]
