"""What was sent to review, as it was sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from assessments.models import Assessment, Submission
from assessments.results.frozen import frozen_sheet
from assessments.results.policy import policy_words
from assessments.results.sheet import Answer, Sheet
from people.models import User
from skills.catalogue import LevelText, Words


@dataclass(frozen=True, kw_only=True, slots=True)
class SentLevel:
    text: LevelText
    answers: tuple[Answer, ...]


# The texts of a statement in the document, by language.
Texts = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One submission, and the numbers of all of the same assessment, latest first."""

    submission: Submission
    sheet: Sheet
    numbers: tuple[int, ...]
    # The policy that is in the document, in sentences.
    policy: tuple[str, ...]

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
    sheet = _with_sent_texts(frozen_sheet(submission, reader=reader), submission, reader)
    return Sent(submission=submission, sheet=sheet, numbers=numbers, policy=policy_words(sheet))


def _with_sent_texts(sheet: Sheet, submission: Submission, reader: User) -> Sheet:
    """With each statement as the document has it, whatever the catalogue says today."""
    rows = {row["id"]: row for row in submission.document["statements"]}
    answers = (_with_sent_text(answer, rows[answer.statement.id], reader) for answer in sheet.answers)
    return replace(sheet, answers=tuple(answers))


def _with_sent_text(answer: Answer, row: dict[str, Any], reader: User) -> Answer:
    """In the reader's language; a document from before there were all has the one that was read."""
    sent: Texts = {row["language"]: row["text"], **row.get("texts", {})}
    language = next((language for language in reader.reader if language in sent), None)
    if language is None and "texts" not in row:
        return answer
    language = language or row["language"]
    today = answer.statement.text
    source = today.source if today.language == language else ""
    text = Words(sent[language], language, source, fell_back=language not in reader.reader)
    return replace(answer, statement=replace(answer.statement, text=text))
