"""The evidence of the demo company: one item a person and statement, cut to the support it should give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from assessments.actions.evidence import create_evidence, edit_evidence
from assessments.demo.moments import days
from assessments.models import Evidence
from people.clock import day_of
from people.models import User

RESULTS: Final = {
    "pt": "As reclamações sobre o tema caíram 18% em três meses.",
    "ru": "Жалоб на эту тему за три месяца стало на 18% меньше.",
}


class Items:
    """``rows`` are the texts, one for each language and statement."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.texts = {(row["lang"], row["statement"]): row for row in rows}
        self.made: dict[tuple[int, str], Evidence] = {}

    def of(self, owner: User, code: str, support: str, at: dt.datetime) -> Evidence:
        """The owner's item for a statement, giving this support; mended if it is there."""
        fields = cut(self.texts[owner.language[:2], code], support, day_of(at))
        known = self.made.get((owner.pk, code))
        if known is None:
            known = create_evidence(fields=fields, by=owner, at=at, on=day_of(at))
        else:
            known = edit_evidence(
                evidence=known, fields=fields, version=known.version, by=owner, at=at, on=day_of(at)
            )
        self.made[owner.pk, code] = known
        return known


def cut(row: Mapping[str, Any], support: str, today: dt.date) -> dict[str, Any]:
    """The fields of an item that gives a support of 1, s (stale), 2 or 3 on a day."""
    recent = today - days(120)
    ended = recent - days(365 * 4) if support == "s" else recent
    return {
        "title": row["title"],
        "situation": row["situation"],
        "action": row["action"],
        "result": "" if support == "1" else row["result"] or RESULTS[row["lang"]],
        "started_on": ended - days(45),
        "ended_on": ended,
        "url": (row["url"] or f"https://wiki.example.com/{row['statement'].lower()}")
        if support in "s3"
        else "",
        "language": row["lang"],
    }
