"""What people say about themselves."""

import zoneinfo
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import InterfaceLanguage, User


def timezone_choices() -> list[tuple[str, Any]]:
    """The organisation's own zone first, then every zone of a continent by name."""
    named = sorted(
        name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith("Etc/")
    )
    return [("", _("As the organisation")), *((name, name.replace("_", " ")) for name in named)]


class ProfileForm(forms.ModelForm[User]):
    timezone = forms.ChoiceField(label=_("Time zone"), choices=timezone_choices, required=False)

    class Meta:
        model = User
        fields = ["language", "official_language", "timezone"]


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=InterfaceLanguage.choices)
