"""What mails a person wants."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models.notice import OF_REVIEWERS, MailPreference, NoticeKind


class MailForm(forms.Form):
    """A switch for each kind that concerns the person; kinds that are not shown stay as they were."""

    # Their words stand on the page.
    how_often = forms.ChoiceField(
        choices=[("", ""), ("daily", "")],
        required=False,
        error_messages={"invalid_choice": _("Choose one of the two.")},
    )

    def __init__(self, data: Any, *, preference: MailPreference, is_reviewer: bool) -> None:
        super().__init__(data, initial={"how_often": "daily" if preference.is_daily else ""})
        self.unshown = [] if is_reviewer else [kind for kind in preference.unwanted if kind in OF_REVIEWERS]
        for kind in NoticeKind:
            if is_reviewer or kind not in OF_REVIEWERS:
                self.fields[kind.value] = forms.BooleanField(
                    label=kind.label, required=False, initial=kind not in preference.unwanted
                )

    @property
    def own(self) -> list[forms.BoundField]:
        """The switches of mails about one's own assessments."""
        return [self[kind.value] for kind in NoticeKind if kind not in OF_REVIEWERS]

    @property
    def reviewing(self) -> list[forms.BoundField]:
        """Those about what one reviews; empty where one reviews nothing."""
        return [self[kind.value] for kind in OF_REVIEWERS if kind.value in self.fields]

    @property
    def is_daily(self) -> bool:
        return bool(self.cleaned_data["how_often"])

    @property
    def unwanted(self) -> list[str]:
        """The kinds switched off."""
        shown = [kind.value for kind in NoticeKind if kind.value in self.fields]
        return sorted([*self.unshown, *(kind for kind in shown if not self.cleaned_data[kind])])
