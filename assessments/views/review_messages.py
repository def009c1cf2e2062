"""What a reviewer is told about a decision, taken or refused."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.actions.errors import (
    ActionError,
    BasisMissingError,
    CommentMissingError,
    EssenceCommentMissingError,
    EvidenceChangedError,
    NotDeterminedError,
    NotReviewerError,
    NotSettledError,
    StaleError,
    WrongStateError,
)
from assessments.models import Review
from assessments.models.review import Decision
from assessments.scoring import Result
from skills.definition import written

# What has but one thing to be said of it.
SAID: Final[dict[type[ActionError], Promise]] = {
    EssenceCommentMissingError: gettext_lazy(
        "Say why the essence of the level does not describe the person in full."
    ),
    StaleError: gettext_lazy(
        "The ratings have changed since you read them. Reload the page, look again and decide."
    ),
    WrongStateError: gettext_lazy(
        "This submission has been decided or taken back in the meantime. Nothing was changed."
    ),
    NotReviewerError: gettext_lazy("This assessment is no longer yours to review. Nothing was changed."),
}


def say_decided(request: HttpRequest, review: Review) -> None:
    """One line above the queue."""
    name = review.submission.assessment.employee.name
    if review.decision == Decision.RETURNED:
        text = _("%(name)s’s assessment was returned for changes.") % {"name": name}
    elif (level := level_of(review)) is not None:
        text = _("%(name)s: level %(level)s is validated.") % {"name": name, "level": level}
    else:
        text = _("%(name)s: the review is validated; no level is held yet.") % {"name": name}
    messages.success(request, text)


def level_of(review: Review) -> int | None:
    """The validated level; None where none is held."""
    return Result.from_json(review.result).level if review.result else None


def refusal_of(error: ActionError) -> str:
    """Why a decision was not taken, and what to do about it."""
    if isinstance(error, BasisMissingError):
        return basis_missing(error.codes)
    if isinstance(error, NotSettledError):
        return not_settled(error.codes)
    if isinstance(error, EvidenceChangedError):
        return changed_since()
    if isinstance(error, CommentMissingError):
        return comment_missing(error.codes)
    if isinstance(error, NotDeterminedError):
        return not_determined(error.rate_next)
    if type(error) in SAID:
        return str(SAID[type(error)])
    # Anything else cannot happen on a page: it is an error of ours.
    raise error


def codes_of(error: ActionError | None) -> tuple[str, ...]:
    """The statements that a refusal is about."""
    return error.codes if isinstance(error, NotSettledError | CommentMissingError) else ()


def comment_missing(codes: tuple[str, ...]) -> str:
    text = ngettext(
        "Your rating of %(codes)s differs from what the evidence supports: say why in its comment.",
        "Your ratings of %(codes)s differ from what the evidence supports: say why in their comments.",
        len(codes),
    )
    return text % {"codes": ", ".join(map(written, codes))}


def basis_missing(codes: tuple[str, ...]) -> str:
    text = ngettext(
        "Your rating of %(codes)s differs from what the evidence supports: say what it is based on.",
        "Your ratings of %(codes)s differ from what the evidence supports: say what they are based on.",
        len(codes),
    )
    return text % {"codes": ", ".join(map(written, codes))}


def not_settled(codes: tuple[str, ...]) -> str:
    text = ngettext(
        "You have not looked at %(codes)s yet: rate it, or accept it as supported.",
        "You have not looked at %(codes)s yet: rate them, or accept them as supported.",
        len(codes),
    )
    return text % {"codes": ", ".join(map(written, codes))}


def changed_since() -> str:
    return _(
        "This evidence was changed or deleted since it was sent, so it cannot be confirmed: a confirmation"
        " holds for the text that was read. Return the assessment and ask for it to be sent again."
    )


def nothing_left() -> str:
    return _("Nothing is left to accept here: every statement is settled.")


def damaged() -> str:
    return _("This form was damaged on its way. Reload the page and try again.")


def not_determined(rate_next: int | None) -> str:
    text = _(
        "The level is not known while level %(level)s is not rated: rate it here, or return the assessment"
        " and ask for it."
    )
    return text % {"level": rate_next}
