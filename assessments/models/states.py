"""The states of an assessment, and who holds the pen in each."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("assessment", "draft")
    SUBMITTED = "submitted", pgettext_lazy("assessment", "submitted")
    IN_REVIEW = "in_review", pgettext_lazy("assessment", "in review")
    RETURNED = "returned", pgettext_lazy("assessment", "returned")
    VALIDATED = "validated", pgettext_lazy("assessment", "validated")
    WITHDRAWN = "withdrawn", pgettext_lazy("assessment", "withdrawn")
    REOPENED = "reopened", pgettext_lazy("assessment", "reopened")
    NOT_REVIEWED = "not_reviewed", pgettext_lazy("assessment", "not reviewed")


# Who holds the pen: the employee in these states, the reviewer in those.
EDITABLE = (State.DRAFT, State.RETURNED, State.WITHDRAWN, State.REOPENED)
WITH_REVIEWER = (State.SUBMITTED, State.IN_REVIEW)
# What goes on after its cycle is over: somebody waits for somebody.
GOING_ON = (State.SUBMITTED, State.IN_REVIEW, State.RETURNED, State.REOPENED)
# What HR can give back to the employee.
REOPENABLE = (State.VALIDATED, State.NOT_REVIEWED)
# What a manager may read beyond the status: something was sent and not taken back.
SENT = (
    State.SUBMITTED,
    State.IN_REVIEW,
    State.RETURNED,
    State.VALIDATED,
    State.REOPENED,
    State.NOT_REVIEWED,
)
