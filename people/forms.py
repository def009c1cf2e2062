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
    timezone = forms.ChoiceField(
        label=_("Time zone"),
        choices=timezone_choices,
        required=False,
        help_text=_("Dates and hours are shown as your clock shows them."),
    )

    class Meta:
        model = User
        fields = ["language", "official_language", "timezone"]
        labels = {
            "language": _("Language of the interface"),
            "official_language": _("Language of the official texts, when the interface is in English"),
        }
        help_texts = {
            "official_language": _(
                "They exist in Portuguese and in Russian; an interface in either shows its own."
            ),
        }


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=InterfaceLanguage.choices)
