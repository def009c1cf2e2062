"""Sheets made by hand, without a database: what is given by level is what was answered."""

import datetime as dt
from typing import Any

from assessments.results.report.gap_report import GapReport, gap_report
from assessments.results.report.last_validated import LastValidated
from assessments.results.sheet import EvidenceFacts, GivenAnswer, Header, Sheet, sheet
from assessments.scoring import Rating, ScoringPolicy
from skills.catalogue import ActivityText, LevelText, SkillDefinition, StatementText, Words

DAY = dt.date(2026, 11, 20)
COUNTS = {2: 2, 3: 5, 4: 6, 5: 7, 6: 6}
Given = dict[int, list[Rating | None]]

STRONG = {"action": "A", "result": "R", "url": "https://example.org"}


def item(number: int, **fields: Any) -> EvidenceFacts:
    """Complete and verifiable (strength 3), unless told otherwise."""
    plain = {
        "id": number,
        "title": f"Item {number}",
        "situation": "",
        "started_on": None,
        "ended_on": None,
        "ongoing_on": DAY,
        "language": "en",
        "is_confirmed": False,
        "origin": number,
    }
    return EvidenceFacts(**{**plain, **STRONG, **fields})


def statement(level: int, position: int) -> StatementText:
    return StatementText(
        id=level * 10 + position,
        code=f"CEXP.{level}.{position}",
        level=level,
        position=position,
        text=Words(f"Text {level}.{position}", "en"),
        help=Words(),
        label=Words(f"Label {level}.{position}", "en"),
        activities=(position,) if position <= 3 else (),
    )


def skill() -> SkillDefinition:
    levels = tuple(
        LevelText(
            number=number,
            phrase=Words(f"Phrase {number}", "en"),
            phrase_help=Words(),
            essence=Words(),
            essence_help=Words(),
            defined=number in COUNTS,
            statements=tuple(statement(number, n + 1) for n in range(COUNTS.get(number, 0))),
        )
        for number in range(1, 8)
    )
    activities = tuple(
        ActivityText(
            id=n, position=n, loop="listen", text=Words(f"Activity {n}"), label=Words(f"A{n}"), help=Words()
        )
        for n in (1, 2, 3, 4)
    )
    texts = ("name", "description", "category", "subcategory", "note_lower", "note_higher")
    help_texts = ("note_lower_help", "note_higher_help")
    return SkillDefinition(
        id=1,
        code="CEXP",
        framework="SFIA 9",
        language="en",
        official_language="pt",
        first_language="pt",
        languages=("en",),
        levels=levels,
        activities=activities,
        **{name: Words(name) for name in (*texts, *help_texts)},
    )


def paper(
    claims: Given,
    *,
    target: int = 4,
    evidence: dict[str, list[EvidenceFacts]] | None = None,
    reviews: Given | None = None,
    policy: ScoringPolicy | None = None,
    role_target: int | None = None,
    employee: str = "Ana",
) -> Sheet:
    """``evidence`` by short code; without it every claimed statement carries what it claims."""
    header = Header(
        assessment_id=1,
        employee_id=1,
        employee=employee,
        job_title="",
        cycle="2026",
        state="validated" if reviews else "draft",
        target=target,
        role_target=role_target,
        start_level=3,
        on=DAY,
        policy=policy or ScoringPolicy(),
    )
    definition = skill()
    given = {
        text.id: GivenAnswer(
            rating_id=text.id,
            statement_id=text.id,
            answer=_at(claims, text),
            reason="Not my job." if _at(claims, text) == "na" else "",
            version=0,
            evidence=tuple((facts.id, facts) for facts in _items(text, claims, evidence)),
            review=_at(reviews or {}, text),
        )
        for text in definition.statements
    }
    return sheet(header=header, skill=definition, given=given)


def paper_report(
    claims: Given, *, is_own: bool = True, last: LastValidated | None = None, **rest: Any
) -> GapReport:
    return gap_report(paper(claims, **rest), is_own=is_own, is_live=is_own, last=last)


def _at(given: Given, text: StatementText) -> Rating | None:
    ratings = given.get(text.level, [])
    return ratings[text.position - 1] if text.position <= len(ratings) else None


def _items(
    text: StatementText, claims: Given, evidence: dict[str, list[EvidenceFacts]] | None
) -> list[EvidenceFacts]:
    if evidence is None:
        return [item(text.id)] if _at(claims, text) in {1, 2, 3} else []
    return evidence.get(text.short_code, [])
