"""What stands in the way of a second review, in the reader's words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.actions.errors import (
    ActionError,
    NotDeterminedError,
    NotEligibleError,
    NotRatedError,
    NotYoursError,
    StaleError,
    WrongStateError,
)


def refusal_of(error: ActionError) -> str:
    """A sentence on what stands in the way, and what to do."""
    if isinstance(error, NotRatedError):
        text = ngettext(
            "%(codes)s still needs a rating, a comment and what it is based on.",
            "%(codes)s still need a rating, a comment and what it is based on.",
            len(error.codes),
        )
        return text % {"codes": ", ".join(error.codes)}
    if isinstance(error, NotDeterminedError):
        text = _("With these ratings the level would not be known, because level %(level)s was not rated.")
        return text % {"level": error.rate_next}
    if isinstance(error, NotYoursError):
        return _("Somebody else decides on this contest. Nothing was changed.")
    if isinstance(error, NotEligibleError):
        return _("This person cannot decide here: choose an active manager who is no part of the case.")
    if isinstance(error, StaleError):
        return _("The ratings have changed since you read them. Reload the page, look again and decide.")
    if isinstance(error, WrongStateError):
        return _("This contest has been decided in the meantime. Nothing was changed.")
    # Anything else cannot happen on a page: it is an error of ours.
    raise error
