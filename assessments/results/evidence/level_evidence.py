"""A person's evidence that may speak for the statements of one level, beside what is linked there already."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessments.models import Assessment, EvidenceSuggestion
from assessments.results.evidence.portfolio import PortfolioItem, portfolio
from assessments.results.evidence.strip import Strip, strip
from assessments.results.live import definition_for
from people.models import User
from skills.catalogue import LevelText, SkillDefinition, StatementText

# More than these nobody reads beside a level.
MOST_CANDIDATES = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class MaySpeak:
    """Why an item may speak for a statement: words that matched, or the cycles in which it is linked."""

    statement: StatementText
    rating_id: int
    score: float
    terms: tuple[str, ...]
    cycles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    item: PortfolioItem
    statements: tuple[MaySpeak, ...]

    @property
    def rank(self) -> tuple[bool, float, int]:
        """What was linked before comes first, then what matches best."""
        was_linked = any(one.cycles for one in self.statements)
        return not was_linked, -max(one.score for one in self.statements), self.item.evidence.id


@dataclass(frozen=True, kw_only=True)
class LevelEvidence:
    """``candidates`` are the best of all that were ``found``; ``total`` counts all that is written down."""

    assessment: Assessment
    skill: SkillDefinition
    level: LevelText
    candidates: tuple[Candidate, ...]
    found: int
    strip: Strip
    total: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A suggestion as it is stored."""

    score: float
    terms: tuple[str, ...]
    is_dismissed: bool


# By item and statement.
Suggestions = Mapping[tuple[int, int], Kept]


def level_evidence(assessment: Assessment, number: int, *, reader: User, on: dt.date) -> LevelEvidence:
    """For a defined level, in five queries however many items there are; another level: LookupError."""
    skill = definition_for(assessment, reader)
    level = skill.level(number)
    if not level.defined:
        raise LookupError(number)
    whole, kept = portfolio(reader, on=on), kept_suggestions(reader)
    ratings = dict(assessment.ratings.values_list("statement_id", "id"))
    texts = [text for text in level.statements if text.id in ratings]
    asked = (_candidate(item, assessment, texts, ratings, kept) for item in whole.items)
    found = sorted((one for one in asked if one.statements), key=lambda one: one.rank)
    named = {statement_id for (_, statement_id), one in kept.items() if not one.is_dismissed}
    return LevelEvidence(
        assessment=assessment,
        skill=skill,
        level=level,
        candidates=tuple(found[:MOST_CANDIDATES]),
        found=len(found),
        strip=strip(skill, whole.items, named),
        total=whole.total,
    )


def kept_suggestions(owner: User) -> Suggestions:
    rows = EvidenceSuggestion.objects.of_owner(owner).values_list(
        "evidence_id", "statement_id", "score", "terms", "dismissed_at"
    )
    return {
        (item, statement): Kept(score=score, terms=tuple(terms), is_dismissed=dismissed_at is not None)
        for item, statement, score, terms, dismissed_at in rows
    }


def _candidate(
    item: PortfolioItem,
    assessment: Assessment,
    texts: Iterable[StatementText],
    ratings: Mapping[int, int],
    kept: Suggestions,
) -> Candidate:
    """The item with what it may speak for and is neither linked to here nor dismissed for."""
    cycles: dict[int, list[str]] = defaultdict(list)
    here = set()
    for rated in item.speaks_for:
        if rated.assessment_id == assessment.pk:
            here.add(rated.statement.id)
        else:
            cycles[rated.statement.id].append(rated.cycle)
    found = []
    for text in texts:
        known = kept.get((item.evidence.id, text.id))
        if text.id in here or (known and known.is_dismissed) or not (known or text.id in cycles):
            continue
        found.append(
            MaySpeak(
                statement=text,
                rating_id=ratings[text.id],
                score=known.score if known else 0,
                terms=known.terms if known else (),
                cycles=tuple(cycles.get(text.id, ())),
            )
        )
    return Candidate(item=item, statements=tuple(found))
