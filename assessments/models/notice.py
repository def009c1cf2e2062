"""Mail about what happened to an assessment: what is to be sent, and who wants what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.models.delegation import Delegation
from assessments.models.log import Transition
from people.models import User


class NoticeKind(models.TextChoices):
    RETURNED = "returned", _("My assessment was returned for changes")
    VALIDATED = "validated", _("My level was validated")
    REOPENED = "reopened", _("My assessment was reopened")
    NOT_REVIEWED = "not_reviewed", _("My assessment was closed without a review")
    CONTEST_DECIDED = "contest_decided", _("What I contested was decided")
    EVIDENCE_READ = "evidence_read", _("My evidence was read by who decides on what I contested")
    COMMENT = "comment", _("A reviewer commented on a statement of my assessment")
    SUBMITTED = "submitted", _("An assessment waits for my review")
    WITHDRAWN = "withdrawn", _("An assessment that waited for my review was taken back")
    CONTESTED = "contested", _("A level that I validated is contested")
    TO_DECIDE = "to_decide", _("A contested level waits for my decision")
    EMPLOYEE_COMMENT = "employee_comment", _("Somebody commented on a statement that I review")
    CONTEST_ENDED = "contest_ended", _("A contest of a level that I validated was decided")
    MOVED_ON = "moved_on", _("What I reviewed, or was to review, was answered, closed or reopened")
    DELEGATED = "delegated", _("I begin to review for another manager")
    NO_REVIEWER = "no_reviewer", _("An assessment has nobody to review it")


OF_REVIEWERS = [
    NoticeKind.SUBMITTED,
    NoticeKind.WITHDRAWN,
    NoticeKind.CONTESTED,
    NoticeKind.TO_DECIDE,
    NoticeKind.EMPLOYEE_COMMENT,
    NoticeKind.CONTEST_ENDED,
    NoticeKind.MOVED_ON,
    NoticeKind.DELEGATED,
]
COMMENTS = [NoticeKind.COMMENT, NoticeKind.EMPLOYEE_COMMENT]
OF_HR = [NoticeKind.NO_REVIEWER]
OWN = [kind for kind in NoticeKind if kind not in {*OF_REVIEWERS, *OF_HR}]
# What is no longer so when the assessment has moved on; not that somebody read the evidence, or wrote.
OVERTAKEN = [kind for kind in NoticeKind if kind not in {NoticeKind.EVIDENCE_READ, *COMMENTS}]


class NoticeQuerySet(models.QuerySet["Notice"]):
    def waiting(self) -> Self:
        return self.filter(claimed_at=None, dropped_at=None)

    def due(self, at: dt.datetime) -> Self:
        return self.waiting().filter(due_at__lte=at)

    def at_once(self) -> Self:
        """To people who did not ask for one mail a day."""
        preference = "recipient__mail_preference"
        return self.filter(Q(**{preference: None}) | Q(**{f"{preference}__is_daily": False}))

    def overtaken_by(self, transition: Transition) -> Self:
        """About what happened to the same assessment before."""
        earlier = self.filter(transition__assessment=transition.assessment_id, kind__in=OVERTAKEN)
        return earlier.exclude(transition=transition)

    def to_decide(self, transition: Transition) -> Self:
        """That somebody is to decide on a contest, or has to be found."""
        return self.filter(transition=transition, kind__in=[NoticeKind.TO_DECIDE, NoticeKind.NO_REVIEWER])

    def not_of(self, person: User) -> Self:
        return self.exclude(recipient=person)

    def dropped(self) -> Self:
        return self.filter(claimed_at=None, dropped_at__isnull=False)

    def about(self, assessment_id: int, kind: NoticeKind) -> Self:
        return self.filter(transition__assessment=assessment_id, kind=kind)

    def of_delegation(self, delegation: Delegation) -> Self:
        return self.filter(delegation=delegation)

    def never_confirmed(self, before: dt.datetime) -> Self:
        """Taken to be sent before a moment, and never known to have been accepted by the mail server."""
        return self.filter(claimed_at__lt=before, sent_at=None)

    def of_recipient(self, person_id: int) -> Self:
        return self.filter(recipient=person_id)

    def to_reviewers(self) -> Self:
        return self.filter(kind__in=OF_REVIEWERS)

    def those(self, notices: Iterable[Notice]) -> Self:
        return self.filter(pk__in=[notice.pk for notice in notices])

    def drop(self, *, at: dt.datetime) -> int:
        return self.update(dropped_at=at)

    def take_up(self, *, at: dt.datetime) -> int:
        """What was dropped is so again."""
        return self.update(dropped_at=None, happened_at=at, due_at=at)

    def free(self) -> Self:
        """In the order of their turn, held until the transaction ends; without those that others hold."""
        return self.order_by("due_at", "id").select_for_update(skip_locked=True, of=("self",))

    def for_mail(self) -> Self:
        """With all that deciding on a mail and writing it takes."""
        return self.select_related("recipient__mail_preference", "transition__assessment")


class Notice(models.Model):
    """One mail to one person about one transition or one delegation; sent once it is due, at most once."""

    recipient = models.ForeignKey(User, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=16, choices=NoticeKind)
    transition = models.ForeignKey(Transition, models.CASCADE, null=True, related_name="+")
    delegation = models.ForeignKey(Delegation, models.CASCADE, null=True, related_name="+")
    happened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    # Committed before the mail server is spoken to: from then on nobody else sends it.
    claimed_at = models.DateTimeField(null=True)
    # The mail server has accepted it.
    sent_at = models.DateTimeField(null=True)
    # What happened was taken back before it was due, or the recipient wants no such mail.
    dropped_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            # Comments come again and again after one transition.
            models.UniqueConstraint(
                fields=["recipient", "kind", "transition"],
                condition=~Q(kind__in=["comment", "employee_comment"]),
                name="notice_once",
            ),
            models.UniqueConstraint(
                fields=["recipient", "kind", "delegation"], name="notice_once_a_delegation"
            ),
            models.CheckConstraint(
                condition=Q(transition=None, delegation__isnull=False)
                | Q(transition__isnull=False, delegation=None),
                name="notice_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(claimed_at=None) | Q(dropped_at=None), name="notice_claimed_or_dropped"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(claimed_at__isnull=False), name="notice_sent_once_claimed"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(claimed_at=None, dropped_at=None), name="notice_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.recipient} · {self.kind}"


class MailPreferenceQuerySet(models.QuerySet["MailPreference"]):
    def of(self, user: User) -> MailPreference | None:
        return self.filter(user=user).first()

    def those(self, preferences: Iterable[MailPreference]) -> Self:
        return self.filter(pk__in=[preference.pk for preference in preferences])

    def with_daily_mail(self, on: dt.date, at: dt.datetime) -> Self:
        """Whose mail of the day is not sent yet, and for whom something waits."""
        waiting = Notice.objects.due(at).filter(recipient=models.OuterRef("user"))
        unsent = Q(daily_sent_on=None) | Q(daily_sent_on__lt=on)
        return self.filter(unsent, models.Exists(waiting), is_daily=True)

    def free(self) -> Self:
        """Held until the transaction ends; without those that others hold."""
        return self.order_by("id").select_for_update(skip_locked=True, of=("self",))


class MailPreference(models.Model):
    """What a person wants no mail about, and whether once a day is enough; without a row: all, at once."""

    user = models.OneToOneField(User, models.CASCADE, related_name="mail_preference")
    unwanted = models.JSONField(default=list)
    is_daily = models.BooleanField(_("one mail a day"), default=False)
    # The day of the last daily mail, in the organisation's time zone.
    daily_sent_on = models.DateField(null=True)

    objects = MailPreferenceQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.user)
