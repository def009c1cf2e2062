"""What a person should know before sending an assessment to review."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from assessments.models import Assessment
from assessments.results.holder import Holder, holder_of
from assessments.results.live import live_sheet
from assessments.results.sheet import Answer, Sheet
from people.models import User


@dataclass(frozen=True, kw_only=True, slots=True)
class Loose:
    """A statement that could be better before it is sent."""

    answer: Answer

    @property
    def anchor(self) -> str:
        return self.answer.statement.anchor


@dataclass(frozen=True, kw_only=True)
class Checklist:
    assessment: Assessment
    sheet: Sheet
    unanswered: tuple[Loose, ...]
    without_evidence: tuple[Loose, ...]
    # Who will read it; empty where nobody is left.
    holder: Holder

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to send."""
        return not any(answer.is_answered for answer in self.sheet.answers)

    @property
    def is_complete(self) -> bool:
        return not (self.unanswered or self.without_evidence) and self.sheet.result.determined


def checklist(assessment: Assessment, *, reader: User, on: dt.date) -> Checklist:
    """What is missing: answers at begun levels up to the target, and evidence for what is claimed."""
    sheet = live_sheet(assessment, reader=reader, on=on)
    begun = {level.level for level in sheet.result.levels if level.is_answered}
    return Checklist(
        assessment=assessment,
        sheet=sheet,
        unanswered=tuple(
            Loose(answer=answer)
            for answer in sheet.answers
            if answer.statement.level in begun
            and answer.statement.level <= sheet.header.target
            and not answer.is_answered
        ),
        without_evidence=tuple(
            Loose(answer=answer) for answer in sheet.answers if answer.result.reason == "no_evidence"
        ),
        holder=holder_of(reader, on=on, assessment=assessment),
    )
