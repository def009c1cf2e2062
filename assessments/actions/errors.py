"""What can go wrong with an action, by name."""

from __future__ import annotations

from dataclasses import dataclass


class ActionError(Exception):
    """An action that did not happen; nothing was changed."""


class NoOpenCycleError(ActionError):
    """There is no cycle to assess oneself in."""


class AlreadyBegunError(ActionError):
    """This person has an assessment of this skill in this cycle."""

    def __init__(self, assessment_id: int) -> None:
        super().__init__(assessment_id)
        self.assessment_id = assessment_id


class LevelNotDefinedError(ActionError):
    """The skill has no such level."""


@dataclass
class StaleError(ActionError):
    """Somebody saved another value since this one was read: ``current`` is that value."""

    current: object


class NotEditableError(ActionError):
    """The assessment is not the employee's to change now."""


class NothingOfferedError(ActionError):
    """There is no answer of an earlier cycle to confirm for this statement."""


class NothingAnsweredError(ActionError):
    """There is nothing to send."""


class WrongStateError(ActionError):
    """The assessment is not in a state in which this can be done; ``state`` is the one it is in."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class SelfReviewError(ActionError):
    """Nobody reviews themselves."""


class NotDeterminedError(ActionError):
    """Validating would leave the level unknown; ``rate_next`` is the level to rate."""

    def __init__(self, rate_next: int | None) -> None:
        super().__init__(rate_next)
        self.rate_next = rate_next


class CommentMissingError(ActionError):
    """A rating that differs from the supported one has no comment; ``codes`` are the statements."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        super().__init__(codes)
        self.codes = codes


class BasisMissingError(CommentMissingError):
    """A rating that differs from the supported one does not say what it rests on."""


class NotSettledError(ActionError):
    """Answered statements that the reviewer has neither rated nor accepted; ``codes`` names them."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        super().__init__(codes)
        self.codes = codes


class ReasonMissingError(ActionError):
    """A return says what should change; a verdict against evidence says why."""


class EvidenceChangedError(ActionError):
    """The evidence item is no longer what was sent: it was edited or deleted meanwhile."""


class TooManyFilesError(ActionError):
    """The item has as many files as it can have."""


class SameFileError(ActionError):
    """The item has this very file already."""


class NotYoursError(ActionError):
    """It is for somebody else to do: only who decided can take the decision back, for one."""


class TooLateError(ActionError):
    """The time for it is over."""


class ChangedSinceError(ActionError):
    """The employee has gone on with what was returned."""


class AnsweredError(ActionError):
    """The employee has answered the decision."""


class EndedError(ActionError):
    """The delegation was ended before."""


class NotReviewerError(ActionError):
    """The assessment is not this person's to review, or not any more."""


class EssenceCommentMissingError(ActionError):
    """The essence of the level describes the person partly or not, and nobody says why."""


class ReportReviewsError(ActionError):
    """Whom the employee leads does not review them."""


class NotOverdueError(ActionError):
    """The time for reviews is not over."""


class ContestedError(ActionError):
    """The employee contests the level, and that waits for its decision."""


class NotRatedError(ActionError):
    """Contested statements without a second rating, its comment or its basis; ``codes`` names them."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        super().__init__(codes)
        self.codes = codes


class NotEligibleError(ActionError):
    """This person cannot decide on the contest: part of it, deactivated, or no manager."""


class TooLongError(ActionError):
    """There would be more text than the field holds."""
