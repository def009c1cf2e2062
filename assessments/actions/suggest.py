"""Keeping what the matching finds for an item, and dismissing it. No rating and no level ever changes."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from assessments.matching import Match
from assessments.models import Evidence, EvidenceSuggestion
from assessments.results.suggested import matches_for
from people.models import User
from skills.models import Skill, Statement


@transaction.atomic
def refresh_suggestions(*, evidence: Evidence, by: User) -> None:
    """The suggestions for the text as it stands take the place of the old ones; dismissed ones stay so."""
    found = matches_for(by, evidence.language, text_of(evidence))
    own = EvidenceSuggestion.objects.of_item(evidence.pk)
    dismissed = set(own.dismissed().values_list("statement_id", flat=True))
    own.not_dismissed().delete()
    ids = statement_ids(found)
    EvidenceSuggestion.objects.bulk_create(
        EvidenceSuggestion(evidence=evidence, statement_id=ids[key], score=match.score, terms=[*match.terms])
        for skill, match in found
        if ids[key := (skill.pk, match.statement)] not in dismissed
    )


def text_of(evidence: Evidence) -> str:
    parts = (evidence.title, evidence.situation, evidence.action, evidence.result)
    return "\n".join(part for part in parts if part)


def statement_ids(found: tuple[tuple[Skill, Match], ...]) -> dict[tuple[int, str], int]:
    """The ids of the statements, by skill and code; asks nothing where nothing was found."""
    if not found:
        return {}
    rows = Statement.objects.filter(
        skill_level__skill__in={skill.pk for skill, _ in found},
        code__in={match.statement for _, match in found},
    )
    return {
        (skill_id, code): pk for pk, skill_id, code in rows.values_list("id", "skill_level__skill_id", "code")
    }


@transaction.atomic
def dismiss_suggestion(*, evidence: Evidence, statement_id: int, by: User, at: dt.datetime) -> None:
    """The item is not suggested for the statement again; dismissing twice changes nothing.

    Raises EvidenceSuggestion.DoesNotExist where it was never suggested.
    """
    by.evidence.select_for_update().get(pk=evidence.pk)
    suggestion = evidence.suggestions.get(statement_id=statement_id)
    if suggestion.dismissed_at is None:
        suggestion.dismissed_at = at
        suggestion.save(update_fields=["dismissed_at"])
