"""What stands in the way of a second review, in the reader's words."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.actions.errors import (
    ActionError,
    NotDeterminedError,
    NotEligibleError,
    NotRatedError,
    NotYoursError,
    StaleError,
    WrongStateError,
)
from skills.definition import written

SENTENCES: Final[dict[type[ActionError], Promise]] = {
    NotYoursError: gettext_lazy("Somebody else decides on this contest. Nothing was changed."),
    NotEligibleError: gettext_lazy(
        "This person cannot decide here: choose an active manager who is no part of the case."
    ),
    StaleError: gettext_lazy(
        "The ratings have changed since you read them. Reload the page, look again and decide."
    ),
    WrongStateError: gettext_lazy("This contest has been decided in the meantime. Nothing was changed."),
}


def refusal_of(error: ActionError) -> str:
    """A sentence on what stands in the way, and what to do."""
    if isinstance(error, NotRatedError):
        return not_rated(error.codes)
    if isinstance(error, NotDeterminedError):
        text = _("With these ratings the level would not be known, because level %(level)s was not rated.")
        return text % {"level": error.rate_next}
    found = [text for kind, text in SENTENCES.items() if isinstance(error, kind)]
    if not found:
        # It cannot happen on a page: it is an error of ours.
        raise error
    return str(found[0])


def not_rated(codes: tuple[str, ...]) -> str:
    text = ngettext(
        "%(codes)s still needs a rating, a comment and what it is based on.",
        "%(codes)s still need a rating, a comment and what it is based on.",
        len(codes),
    )
    return text % {"codes": ", ".join(map(written, codes))}
