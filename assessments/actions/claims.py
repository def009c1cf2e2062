"""Whose turn it is among the mails, for any number of senders at once: one of them claims each mail.

A claim is committed before the mail server hears of it, and only its clear "later" gives a claim back.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from assessments.models import MailPreference, Notice
from assessments.models.notice import MailPreferenceQuerySet
from people.clock import day_of, hour_of
from people.models import User

# The organisation's hour from which the mail of the day is sent.
DAILY_FROM = 8
# What could not be sent for so long is no news any more.
NEWS = dt.timedelta(days=7)
# When a mail server that is busy is asked again.
LATER = dt.timedelta(hours=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """What one sender will send and nobody else: one notice, or those of a day, with who asked for that."""

    recipient: User
    notices: tuple[Notice, ...]
    daily: MailPreference | None = None

    @property
    def ids(self) -> list[int]:
        return [notice.pk for notice in self.notices]


def has_due(at: dt.datetime) -> bool:
    """Whether anything is to be sent: asked before the mail server is disturbed."""
    return Notice.objects.due(at).at_once().exists() or daily_mails(at).exists()


def next_claim(at: dt.datetime) -> Claim | None:
    """A mail that nobody else will send; None where none is left."""
    return claim_notice(at) or claim_daily_mail(at)


def claim_notice(at: dt.datetime) -> Claim | None:
    """The notice whose turn it is; those on the way that are of no use any more are dropped."""
    while True:
        with transaction.atomic():
            notice = Notice.objects.due(at).at_once().for_mail().free().first()
            if notice is None:
                return None
            if is_of_use(notice, at):
                notice.claimed_at = at
                notice.save(update_fields=["claimed_at"])
                return Claim(recipient=notice.recipient, notices=(notice,))
            notice.dropped_at = at
            notice.save(update_fields=["dropped_at"])


def claim_daily_mail(at: dt.datetime) -> Claim | None:
    """The mail of the day of a person who has had none today, about all that waits for them."""
    while True:
        with transaction.atomic():
            preference = daily_mails(at).free().first()
            if preference is None:
                return None
            waiting = list(Notice.objects.due(at).of_recipient(preference.user_id).for_mail().free())
            useful = tuple(notice for notice in waiting if is_of_use(notice, at))
            Notice.objects.those(set(waiting) - set(useful)).drop(at=at)
            if useful:
                Notice.objects.those(useful).update(claimed_at=at)
                MailPreference.objects.those([preference]).update(daily_sent_on=day_of(at))
                return Claim(recipient=useful[0].recipient, notices=useful, daily=preference)
            if not waiting:
                return None


def daily_mails(at: dt.datetime) -> MailPreferenceQuerySet:
    """Nobody's before the hour."""
    if hour_of(at) < DAILY_FROM:
        return MailPreference.objects.none()
    return MailPreference.objects.with_daily_mail(day_of(at), at)


def is_of_use(notice: Notice, at: dt.datetime) -> bool:
    """Whether it is still news, to somebody who is still there and wants it."""
    person = notice.recipient
    preference = getattr(person, "mail_preference", None)
    is_wanted = preference is None or notice.kind not in preference.unwanted
    return person.is_active and is_wanted and notice.happened_at > at - NEWS


def confirm(claim: Claim, *, at: dt.datetime) -> None:
    """The mail server has accepted it."""
    Notice.objects.those(claim.notices).update(sent_at=at)


@transaction.atomic
def give_back(claim: Claim, *, at: dt.datetime) -> None:
    """The mail server has clearly not taken it and may do so later."""
    Notice.objects.those(claim.notices).update(claimed_at=None, due_at=at + LATER)
    if claim.daily is not None:
        MailPreference.objects.those([claim.daily]).update(daily_sent_on=claim.daily.daily_sent_on)
