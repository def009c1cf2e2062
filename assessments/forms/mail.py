"""What mails a person wants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models.notice import OWN, MailPreference, NoticeKind


class MailForm(forms.Form):
    """A switch for each of the kinds; those that are not shown stay as they were."""

    # Their words stand on the page.
    how_often = forms.ChoiceField(
        choices=[("", ""), ("daily", "")],
        required=False,
        error_messages={"invalid_choice": _("Choose one of the two.")},
    )

    def __init__(self, data: Any, *, preference: MailPreference, kinds: Sequence[NoticeKind]) -> None:
        super().__init__(data, initial={"how_often": "daily" if preference.is_daily else ""})
        self.kinds = kinds
        self.unshown = [kind for kind in preference.unwanted if kind not in kinds]
        for kind in kinds:
            self.fields[kind.value] = forms.BooleanField(
                label=kind.label, required=False, initial=kind not in preference.unwanted
            )

    @property
    def own(self) -> list[forms.BoundField]:
        """The switches of mails about one's own assessments."""
        return [self[kind.value] for kind in self.kinds if kind in OWN]

    @property
    def of_others(self) -> list[forms.BoundField]:
        """Those about other people's; empty where one has no part in them."""
        return [self[kind.value] for kind in self.kinds if kind not in OWN]

    @property
    def is_daily(self) -> bool:
        return bool(self.cleaned_data["how_often"])

    @property
    def unwanted(self) -> list[str]:
        """The kinds switched off."""
        off = [kind.value for kind in self.kinds if not self.cleaned_data[kind.value]]
        return sorted([*self.unshown, *off])
