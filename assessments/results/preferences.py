"""What mails a person has chosen, and which could come."""

from __future__ import annotations

from assessments.models import MailPreference, Notice
from assessments.models.notice import OF_HR, OF_REVIEWERS, OWN, NoticeKind
from people.models import User


def preference_of(user: User) -> MailPreference:
    """As it is kept; where nothing is, every mail as it happens."""
    return MailPreference.objects.of(user) or MailPreference(user=user)


def kinds_for(user: User) -> list[NoticeKind]:
    """What may be mailed to the person of a session: about their own, what they review, what HR does."""
    reviewing = OF_REVIEWERS if has_reviewed(user) else []
    return [*OWN, *reviewing, *(OF_HR if user.is_hr else [])]


def has_reviewed(user: User) -> bool:
    """Whether they do so now, or were told to before."""
    return user.may_review or Notice.objects.of_recipient(user.pk).to_reviewers().exists()
