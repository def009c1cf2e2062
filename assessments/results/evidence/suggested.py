"""Suggestions for reading: those kept when an item was saved, and those for a text being written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.matching import MOST_SUGGESTIONS, Match
from assessments.models import EvidenceLink, EvidenceSuggestion
from assessments.results.evidence.suggestions import skills_with_statements, suggestions, suggestions_for_each
from people.models import User
from skills.catalogue import StatementText, definition
from skills.models import Skill

# Of the best one's score.
LEAST_SHARE = 0.1


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggested:
    """A statement that an item or a text may speak for, with the words that matched.

    With ``rating_id`` it can be linked at once: that of the newest assessment that the person can change.
    """

    skill: str
    statement: StatementText
    terms: tuple[str, ...]
    rating_id: int | None = None
    assessment_id: int | None = None

    @property
    def code(self) -> str:
        """As people write it: CEXP 4.3."""
        return f"{self.skill} {self.statement.short_code}"

    @property
    def label(self) -> str:
        return self.statement.label or self.statement.text


KEPT_COLUMNS = (
    "evidence_id",
    "statement_id",
    "terms",
    "rating_id",
    "assessment_id",
    "statement__skill_level__skill_id",
    "statement__skill_level__skill__code",
    "statement__skill_level__skill__framework__version",
)


def suggested_for(owner: User, evidence_id: int | None = None) -> Mapping[int, list[Suggested]]:
    """What the person's items may speak for, by item, best first, in one query; or of one item alone."""
    rows = EvidenceSuggestion.objects.of_owner(owner).not_dismissed().with_rating().not_linked().best_first()
    if evidence_id is not None:
        rows = rows.of_item(evidence_id)
    found: dict[int, list[Suggested]] = defaultdict(list)
    for item, statement, terms, rating, assessment, skill_id, skill, version in rows.values_list(
        *KEPT_COLUMNS
    ):
        texts = definition(skill_id, version, *owner.reader).statements
        found[item].append(
            Suggested(
                skill=skill,
                statement=next(text for text in texts if text.id == statement),
                terms=tuple(terms),
                rating_id=rating,
                assessment_id=assessment,
            )
        )
    return found


def suggested_while_writing(
    writer: User, language: str, text: str, evidence_id: int | None
) -> tuple[Suggested, ...]:
    """What a text would be suggested for; nothing is kept, and nothing dismissed or linked comes back."""
    done = settled(writer, evidence_id) if evidence_id else set()
    found = []
    for skill, match in matches_for(writer, language, text):
        texts = definition(skill.pk, skill.framework.version, *writer.reader).statements
        statement = next(text for text in texts if text.code == match.statement)
        if statement.id not in done:
            found.append(Suggested(skill=skill.code, statement=statement, terms=match.terms))
    return tuple(found)


def settled(owner: User, evidence_id: int) -> set[int]:
    """The statements that were dismissed for an own item, or that it is linked to."""
    dismissed = EvidenceSuggestion.objects.of_owner(owner).of_item(evidence_id).dismissed()
    linked = EvidenceLink.objects.of_owner(owner).filter(evidence_id=evidence_id)
    return {
        *dismissed.values_list("statement_id", flat=True),
        *linked.values_list("rating__statement_id", flat=True),
    }


def matches_for(person: User, language: str, text: str) -> tuple[tuple[Skill, Match], ...]:
    """At most three statements, best first, of the skills that the person is assessing, else of all.

    Those far behind the best one are left out: beside a statement's card they would only be noise.
    """
    return _nearest(
        [(skill, match) for skill in skills_of(person) for match in suggestions(skill, language, text)]
    )


def matches_for_each(
    person: User, language: str, texts: Sequence[str]
) -> tuple[tuple[tuple[Skill, Match], ...], ...]:
    """As ``matches_for`` for every one of the texts, with as many queries as for one."""
    found = [(skill, suggestions_for_each(skill, language, texts)) for skill in skills_of(person)]
    return tuple(
        _nearest([(skill, match) for skill, matches in found for match in matches[place]])
        for place in range(len(texts))
    )


def _nearest(found: list[tuple[Skill, Match]]) -> tuple[tuple[Skill, Match], ...]:
    found.sort(key=lambda pair: (-pair[1].score, pair[1].statement, pair[0].pk))
    least = found[0][1].score * LEAST_SHARE if found else 0
    return tuple(pair for pair in found[:MOST_SUGGESTIONS] if pair[1].score >= least)


def skills_of(person: User) -> tuple[Skill, ...]:
    assessing = person.assessments.editable().values("skill")
    return tuple(Skill.objects.listed().filter(pk__in=assessing)) or skills_with_statements()
