"""One level of one's own assessment, as its page shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from assessments.models import Assessment, EssenceAnswer, Review, State, StatementRating, Transition
from assessments.models.review import Decision
from assessments.results.assess.progress import Next, Step, count_answered, next_step, steps
from assessments.results.evidence.portfolio import Words, strength_words
from assessments.results.frozen import frozen_sheet, judged_of, reviews_of
from assessments.results.holder import Holder, holder_of
from assessments.results.live import live_sheet
from assessments.results.report.last_validated import LastValidated, last_validated
from assessments.results.review.essence import essence_of
from assessments.results.sheet import Answer, Sheet
from assessments.results.words import rating_words
from assessments.scoring import Rating
from people.models import User
from skills.catalogue import LevelText
from skills.definition import anchor_for
from skills.models import Language

Given = Rating | None
# Reasons for which a claim waits for its evidence alone.
MISSING = ("no_evidence", "no_action", "stale", "no_result", "not_corroborated")


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """An answer that was not saved, with what stood in its way; it is shown again as it was given."""

    rating_id: int
    answer: Given
    reason: str
    is_stale: bool = False
    is_sent: bool = False
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Chip:
    """A linked evidence item with its strength here."""

    id: int
    title: str
    strength: int
    words: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """An item that may speak for a card's statement, with the words that matched."""

    evidence_id: int
    statement_id: int
    title: str
    language: str
    terms: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """What was said of a statement in the last cycle, and what the reviewer made of it, if anybody did."""

    answer: Rating
    reason: str
    cycle: str
    validated: Given

    @property
    def words(self) -> str:
        return rating_words(self.answer)

    @property
    def validated_words(self) -> str:
        return "" if self.validated is None else rating_words(self.validated)


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """A statement with its answer, or with what was tried in its place."""

    answer: Answer
    tried: Tried | None
    suggested: tuple[Suggestion, ...] = ()
    offer: Offer | None = None

    @property
    def chips(self) -> tuple[Chip, ...]:
        return tuple(
            Chip(
                id=linked.evidence.id,
                title=linked.evidence.title,
                strength=linked.strength,
                words=strength_words(linked.strength, is_stale=linked.is_stale),
            )
            for linked in self.answer.evidence
        )

    @property
    def id(self) -> str:
        """The rating's, as text: no language writes it in a way of its own."""
        return str(self.answer.given.rating_id)

    @property
    def version(self) -> str:
        return str(self.answer.given.version)

    @property
    def anchor(self) -> str:
        return self.answer.statement.anchor

    @property
    def lacks(self) -> str:
        """What the evidence lacks for this claim; empty where it carries it, or nothing is claimed."""
        reason = self.answer.result.reason
        return reason if reason in MISSING else ""

    @property
    def shows(self) -> Given:
        """What is chosen on the card: what is saved, unless it was merely incomplete."""
        return self.tried.answer if self.tried and self.tried.errors else self.answer.given.answer

    @property
    def reason(self) -> str:
        return self.tried.reason if self.tried and self.tried.errors else self.answer.given.reason


@dataclass(frozen=True, kw_only=True)
class LevelPage:
    assessment: Assessment
    sheet: Sheet
    level: LevelText
    cards: tuple[Card, ...]
    steps: tuple[Step, ...]
    next: Next
    answered: int
    # Who reads what was sent, while it waits; empty where nobody is left, then it is HR's to say.
    holder: Holder
    # The decided review of what was sent last, if any.
    review: Review | None
    # The last validated level, while this one has none.
    last: LastValidated | None
    # What HR did, where it closed it as not reviewed or reopened it.
    hr: Transition | None
    language_name: str

    @property
    def last_words(self) -> str:
        return self.last.words(self.sheet.skill.lowest) if self.last else ""

    @property
    def essence(self) -> EssenceAnswer:
        """What the reviewer said of the essence of the level, with the decision."""
        return essence_of(self.review.submission) if self.review else EssenceAnswer()

    @property
    def total(self) -> int:
        return len(self.cards)

    @property
    def is_complete(self) -> bool:
        return self.answered == self.total

    @property
    def has_suggestions(self) -> bool:
        return any(card.suggested for card in self.cards)

    @property
    def is_locked(self) -> bool:
        return not self.assessment.is_editable

    def card(self, rating_id: int) -> Card:
        return next(card for card in self.cards if card.answer.given.rating_id == rating_id)


def level_page(
    assessment: Assessment, number: int, *, reader: User, on: dt.date, tried: Tried | None = None
) -> LevelPage:
    """The page of a defined level; the assessment comes from ``for_page``. Another level: LookupError."""
    review = decided_review(assessment)
    sheet = current_sheet(assessment, reader=reader, on=on, review=review)
    answers = sheet.by_level[number]
    return LevelPage(
        assessment=assessment,
        sheet=sheet,
        level=sheet.skill.level(number),
        cards=_cards(answers, tried),
        steps=steps(sheet, number),
        next=next_step(sheet, number) if assessment.is_editable else Next(kind="result"),
        answered=count_answered(answers),
        holder=_holder(assessment, on=on),
        review=review,
        last=_last(assessment),
        hr=last_of_hr(assessment),
        language_name=Language(reader.reader[0]).label,
    )


def _last(assessment: Assessment) -> LastValidated | None:
    """Asked only where there may be one."""
    is_first = assessment.previous_id is None and assessment.latest_submission_id is None
    if is_first or assessment.state == State.VALIDATED:
        return None
    return last_validated(assessment, before=None if assessment.is_editable else assessment.submitted_at)


def _holder(assessment: Assessment, *, on: dt.date) -> Holder:
    if not assessment.is_with_reviewer:
        return Holder()
    return holder_of(assessment.employee, on=on, assessment=assessment)


def place_of(assessment: Assessment, rating_id: int) -> tuple[int, str] | None:
    """The level and the card's element id of a rating of the assessment; None where it has no such one."""
    found = StatementRating.objects.filter(assessment=assessment, pk=rating_id)
    place = found.values_list("statement__skill_level__level__number", "statement__code").first()
    return place and (place[0], anchor_for(place[1]))


def _cards(answers: Sequence[Answer], tried: Tried | None) -> tuple[Card, ...]:
    return tuple(
        Card(answer=answer, tried=tried if tried and tried.rating_id == answer.given.rating_id else None)
        for answer in answers
    )


def current_sheet(
    assessment: Assessment, *, reader: User, on: dt.date, review: Review | None = None
) -> Sheet:
    """As it stands while it is the employee's; as it was sent, once it is not."""
    submission = assessment.latest_submission
    if assessment.is_editable or submission is None:
        return live_sheet(assessment, reader=reader, on=on)
    submission.assessment = assessment
    if review is None or review.decision != Decision.VALIDATED:
        return frozen_sheet(submission, reader=reader)
    return frozen_sheet(submission, reader=reader, reviews=reviews_of(review), judged=judged_of(review))


def decided_review(assessment: Assessment) -> Review | None:
    """What the reviewer decided on the latest submission; asked only where there may be a decision."""
    sent = assessment.latest_submission_id
    if sent is None or assessment.state not in {State.RETURNED, State.VALIDATED, State.REOPENED}:
        return None
    decided = Review.objects.with_essence().select_related("of_record_by").filter(decided_at__isnull=False)
    return decided.filter(submission__pk=sent).first()


def last_of_hr(assessment: Assessment) -> Transition | None:
    """When HR closed or reopened it, by whom and why; asked only where it did."""
    if assessment.state not in {State.NOT_REVIEWED, State.REOPENED}:
        return None
    return assessment.transitions.filter(to_state=assessment.state).select_related("by").last()
