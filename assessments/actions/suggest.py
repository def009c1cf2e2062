"""Keeping what the matching finds for an item, and dismissing it. No rating and no level ever changes."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from assessments.matching import Match
from assessments.models import Evidence, EvidenceSuggestion
from assessments.results.evidence.suggested import matches_for
from people.models import User
from skills.models import Skill, Statement


@transaction.atomic
def refresh_suggestions(*, evidence: Evidence, by: User) -> bool:
    """The suggestions for the text as it stands take the place of the old ones; dismissed ones stay so.

    Whether any of them is another one now.
    """
    found = matches_for(by, evidence.language, text_of(evidence))
    own = EvidenceSuggestion.objects.of_item(evidence.pk)
    rows = list(own.values_list("statement_id", "score", "terms", "dismissed_at"))
    dismissed = {statement_id for statement_id, *_, dismissed_at in rows if dismissed_at}
    ids = statement_ids(found)
    wanted = {
        statement_id: (match.score, [*match.terms])
        for skill, match in found
        if (statement_id := ids[skill.pk, match.statement]) not in dismissed
    }
    if wanted == {key: (score, terms) for key, score, terms, _ in rows if key not in dismissed}:
        return False
    own.not_dismissed().delete()
    EvidenceSuggestion.objects.bulk_create(
        EvidenceSuggestion(evidence=evidence, statement_id=statement_id, score=score, terms=terms)
        for statement_id, (score, terms) in wanted.items()
    )
    return True


@transaction.atomic
def renew_suggestions(*, evidence_id: int) -> bool:
    """As if its owner had saved the item again, which changes it in no other way; False where it is gone."""
    found = Evidence.objects.select_for_update(of=("self",)).select_related("owner")
    item = found.filter(pk=evidence_id).first()
    return item is not None and refresh_suggestions(evidence=item, by=item.owner)


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

    Raises EvidenceSuggestion.DoesNotExist where it was never suggested, and never linked either: what was
    linked in one assessment is offered in the next.
    """
    current = by.evidence.select_for_update().get(pk=evidence.pk)
    suggestion = evidence.suggestions.filter(statement_id=statement_id).first()
    if suggestion is None:
        if not current.links.filter(rating__statement_id=statement_id).exists():
            raise EvidenceSuggestion.DoesNotExist
        suggestion = EvidenceSuggestion(evidence=current, statement_id=statement_id, score=0)
    if suggestion.dismissed_at is None:
        suggestion.dismissed_at = at
        suggestion.save()
