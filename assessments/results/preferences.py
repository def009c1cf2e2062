"""What mails a person has chosen, and which could come."""

from __future__ import annotations

from assessments.models import MailPreference, Notice
from people.models import User


def preference_of(user: User) -> MailPreference:
    """As it is kept; where nothing is, every mail as it happens."""
    return MailPreference.objects.of(user) or MailPreference(user=user)


def reviews(user: User) -> bool:
    """Whether mails of those who review may come: the person reviews, is HR, or has had one before."""
    return user.may_review or user.is_hr or Notice.objects.of_recipient(user.pk).to_reviewers().exists()
