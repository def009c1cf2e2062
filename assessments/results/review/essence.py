"""Whether the essence of a level describes how the person works: asked beside the level, never counted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.utils.functional import Promise

from assessments.models import EssenceAnswer, Submission
from assessments.models.beside import Essence
from assessments.results.review.page import ReviewSheet
from assessments.scoring import Result
from skills.catalogue import LevelText

NEEDS_COMMENT = (Essence.PARTLY, Essence.NO)


@dataclass(frozen=True, kw_only=True, slots=True)
class EssenceTyped:
    """What was typed and not saved: it was wrong (``problems``), or somebody was first."""

    answer: str
    comment: str
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EssenceQuestion:
    """Asked of ``level``, which deciding now would give; ``about`` is the level that was answered of."""

    level: LevelText
    answer: str
    comment: str
    about: int | None
    typed: EssenceTyped | None = None

    @property
    def mark(self) -> str:
        """What the form was read with: a save over another is refused."""
        return mark_of(self.answer, self.comment)

    @property
    def choices(self) -> list[tuple[str, Promise]]:
        return [(choice.value, choice.label) for choice in Essence]

    @property
    def word(self) -> str:
        return str(Essence(self.answer).label) if self.answer else ""

    @property
    def shown_answer(self) -> str:
        """What is chosen: an answer about another level is none about this one."""
        if self.typed:
            return self.typed.answer
        return self.answer if self.about == self.level.number else ""

    @property
    def shown_comment(self) -> str:
        return self.typed.comment if self.typed else self.comment

    @property
    def is_elsewhere(self) -> bool:
        return self.about is not None and self.about != self.level.number

    @property
    def needs_comment(self) -> bool:
        return lacks_comment(self.answer, self.comment)


def essence_of(submission: Submission) -> EssenceAnswer:
    """What the reviewer answered; an empty answer where nobody has."""
    return getattr(submission, "essence_answer", None) or EssenceAnswer()


def lacks_comment(answer: str, comment: str) -> bool:
    return answer in NEEDS_COMMENT and not comment


def mark_of(*texts: str) -> str:
    """Short, and another one for other texts."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]


def level_asked(result: Result, lowest: int) -> int:
    """The level that the decision would give; the lowest defined one where it would give none."""
    held = result.level if result.level is not None else result.at_least
    return lowest if held is None else held


def essence_question(page: ReviewSheet, typed: EssenceTyped | None = None) -> EssenceQuestion:
    said = essence_of(page.submission)
    return EssenceQuestion(
        level=page.sheet.level_text(level_asked(page.result, page.lowest)),
        answer=said.answer,
        comment=said.comment,
        about=said.level,
        typed=typed,
    )
