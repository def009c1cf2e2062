"""What was sent to review, as it was sent."""

from __future__ import annotations

from dataclasses import dataclass

from assessments.models import Assessment, Submission
from assessments.results.frozen import frozen_sheet
from assessments.results.sheet import Answer, Sheet
from people.models import User
from skills.catalogue import LevelText


@dataclass(frozen=True, kw_only=True, slots=True)
class SentLevel:
    text: LevelText
    answers: tuple[Answer, ...]


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One submission, and the numbers of all of the same assessment, latest first."""

    submission: Submission
    sheet: Sheet
    numbers: tuple[int, ...]

    @property
    def levels(self) -> tuple[SentLevel, ...]:
        """The levels with an answer, highest first."""
        answered = (level.level for level in reversed(self.sheet.result.levels) if level.is_answered)
        return tuple(
            SentLevel(text=self.sheet.level_text(number), answers=self.sheet.by_level[number])
            for number in answered
        )


def sent(assessment: Assessment, number: int | None, *, reader: User) -> Sent:
    """The last one without a number; raises Submission.DoesNotExist where it was not sent that often."""
    numbers = tuple(assessment.submissions.order_by("-number").values_list("number", flat=True))
    submission = assessment.submissions.get(number=number or max(numbers, default=0))
    submission.assessment = assessment
    return Sent(submission=submission, sheet=frozen_sheet(submission, reader=reader), numbers=numbers)
