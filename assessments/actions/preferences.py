"""What mails a person wants, as they chose."""

from __future__ import annotations

from collections.abc import Iterable

from assessments.models import MailPreference
from people.models import User


def choose_mails(*, unwanted: Iterable[str], is_daily: bool, by: User) -> None:
    """Holds for what waits already. The day of the last daily mail stays, so that none comes twice."""
    chosen = {"unwanted": list(unwanted), "is_daily": is_daily}
    MailPreference.objects.update_or_create(user=by, defaults=chosen)
