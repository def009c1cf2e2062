"""Where a text may belong: the matching with the statements, indicators and examples of the database.

A matcher is kept in memory by the framework's version, as definitions are, so that a mended word counts at
once and a warm suggestion asks the database nothing. What the organisation has confirmed is read each time.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from assessments.matching import MOST_SUGGESTIONS, Document, Match, Matcher
from assessments.matching_words import normal
from assessments.models import EvidenceLink
from skills.catalogue import StatementText, definition
from skills.models import Indicator, IndicatorKind, Skill

if TYPE_CHECKING:
    from collections.abc import Iterable

# From so many words on, a line within another text is taken for the same text.
SAME_FROM = 5
# Pairs of a statement and a text that speaks for it.
Examples = tuple[tuple[str, str], ...]


def suggestions(skill: Skill, language: str, text: str, *, learned: bool = True) -> tuple[Match, ...]:
    """At most three statements of the skill, best first; none for a text on other work.

    ``skill`` comes with its framework. With ``learned``, what people linked and reviewers confirmed counts as
    examples at once, but never an item that has this very text.
    """
    return matcher_for(skill, language, text, learned=learned).suggest(text)


def suggestions_for_each(skill: Skill, language: str, texts: Iterable[str]) -> tuple[tuple[Match, ...], ...]:
    """As ``suggestions`` for every one of the texts; what was learned is read once for all of them."""
    examples = learned_examples(skill.pk, language)
    return tuple(_matcher_without(skill, language, text, examples).suggest(text) for text in texts)


def ranking(skill: Skill, language: str, text: str, *, learned: bool = False) -> tuple[Match, ...]:
    """Every statement that the skill has in the language, best first."""
    return matcher_for(skill, language, text, learned=learned).rank(text)


def matcher_for(skill: Skill, language: str, text: str, *, learned: bool) -> Matcher:
    examples = learned_examples(skill.pk, language) if learned else ()
    return _matcher_without(skill, language, text, examples)


def _matcher_without(skill: Skill, language: str, text: str, examples: Examples) -> Matcher:
    """Taught by the examples that are not the judged text itself."""
    others = _without(examples, language, text) if examples else ()
    version = skill.framework.version
    if others:
        return _taught(skill.pk, version, language, others)
    return matcher(skill.pk, version, language)


def best_of(matches: Iterable[Match], *, most: int | None = MOST_SUGGESTIONS) -> tuple[Match, ...]:
    """Those of several skills as one list, best first."""
    return tuple(sorted(matches, key=lambda match: (-match.score, match.statement))[:most])


def skills_with_statements(code: str = "") -> tuple[Skill, ...]:
    """Every skill with its framework, or the newest edition of one. Raises Skill.DoesNotExist."""
    return (Skill.objects.coded(code),) if code else tuple(Skill.objects.listed())


def learned_examples(skill_id: int, language: str) -> Examples:
    """The confirmed evidence of the organisation, with the statements that it is linked to."""
    rows = EvidenceLink.objects.confirmed(skill_id, language)
    return tuple((code, "\n".join(part for part in parts if part)) for code, *parts in rows)


@lru_cache(maxsize=512)
def matcher(skill_id: int, version: int, language: str) -> Matcher:
    """Without anything learned; two queries beyond those of the definition, none when warm."""
    of_statement: defaultdict[int | None, list[str]] = defaultdict(list)
    of_skill: dict[str, tuple[str, ...]] = {}
    for indicator in Indicator.objects.of_skill(skill_id, language):
        if indicator.statement_id is None:
            of_skill[indicator.kind] = indicator.lines
        elif indicator.kind == IndicatorKind.EXAMPLES:
            of_statement[indicator.statement_id] += indicator.lines
        else:
            of_statement[indicator.statement_id].append(". ".join(indicator.lines))
    statements = definition(skill_id, version, language).statements
    return Matcher(
        language,
        [
            _document(statement, of_statement[statement.id])
            for statement in statements
            if statement.language == language
        ],
        audience=of_skill.get(IndicatorKind.AUDIENCE, ()),
        unrelated=of_skill.get(IndicatorKind.UNRELATED, ()),
    )


def _document(statement: StatementText, indicators: list[str]) -> Document:
    own = (statement.text, f"{statement.help}. {statement.label}")
    return Document(statement=statement.code, level=statement.level, texts=(*own, *indicators))


@lru_cache(maxsize=16)
def _taught(skill_id: int, version: int, language: str, examples: Examples) -> Matcher:
    return matcher(skill_id, version, language).with_examples(examples)


def _without(examples: Examples, language: str, text: str) -> Examples:
    judged = normal(language, text)
    return tuple(pair for pair in examples if not _has(language, pair[1], judged))


def _has(language: str, example: str, judged: str) -> bool:
    """Whether the example is the judged text, holds it, or has a line that stands in it."""
    parts = [normal(language, part) for part in (example, *example.splitlines())]
    return judged in parts or _holds(parts[0], judged) or any(_holds(judged, part) for part in parts)


def _holds(longer: str, shorter: str) -> bool:
    return shorter.count(" ") + 1 >= SAME_FROM and f" {shorter} " in f" {longer} "
