"""Why HR could not do what it asked for."""

from __future__ import annotations

from django.utils.translation import gettext as _

from assessments.actions.errors import (
    ActionError,
    ContestedError,
    NotOverdueError,
    ReportReviewsError,
    SelfReviewError,
    WrongStateError,
)


def refusal_of(error: ActionError) -> str:
    if isinstance(error, SelfReviewError):
        return _("Nobody reviews themselves: choose somebody else.")
    if isinstance(error, ReportReviewsError):
        return _("This manager is led by the person: choose somebody else.")
    if isinstance(error, NotOverdueError):
        return _("The time for reviews is not over: until then it waits for its reviewer.")
    if isinstance(error, ContestedError):
        return _("The person contests this level: it can be opened again once that is decided.")
    if isinstance(error, WrongStateError):
        return _("It was decided on, taken back or changed in the meantime. Nothing was changed.")
    # Anything else cannot happen on a page: it is an error of ours.
    raise error
