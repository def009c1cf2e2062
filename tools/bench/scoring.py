"""The scoring of a whole company against L-score, one SQL statement that does it in the database."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.db import connection

from assessments.files.exports_csv import csv_chunks
from assessments.models import Review, Submission
from assessments.results.exports.asked import COMPANY, LEVELS, Wanted, choices_for, wanted_from
from assessments.results.frozen import UNJUDGED, frozen_sheet, judged_of, reviews_of
from assessments.results.sheet import case_of
from assessments.scoring import Case, score
from people.clock import day_of, now
from people.models import User
from tools.bench.company import ORIGINALS

# Points, outcome and level held of every submission, of what the evidence supports, by the default policy.
IN_SQL = """
    WITH counted AS (
        SELECT rating.submission_id, level.number, count(*) AS total,
            count(*) FILTER (WHERE NOT rating.not_applicable) AS n,
            sum(rating.supported) FILTER (WHERE NOT rating.not_applicable) AS points,
            sum(rating.claim) AS claimed,
            min(rating.supported) FILTER (WHERE NOT rating.not_applicable) AS lowest
        FROM assessments_submittedrating rating
        JOIN skills_statement statement ON statement.id = rating.statement_id
        JOIN skills_skilllevel skill_level ON skill_level.id = statement.skill_level_id
        JOIN skills_levelofresponsibility level ON level.id = skill_level.level_id
        GROUP BY rating.submission_id, level.number
    ), judged AS (
        SELECT *, CASE
            WHEN n = 0 OR (total - n) * 3 > total THEN 'not_assessable'
            WHEN lowest >= 2 AND points >= 3 * n - greatest(floor(0.15 * 3 * n), (n >= 2)::int)
                THEN 'competent'
            WHEN points * 100 >= 65 * 3 * n THEN 'proficient'
            WHEN points > 0 THEN 'developing' ELSE 'none' END AS outcome
        FROM counted
    )
    SELECT submission_id, max(number) FILTER (WHERE outcome = 'competent') AS held,
        array_agg(points ORDER BY number),
        array_agg(claimed ORDER BY number), array_agg(outcome ORDER BY number)
    FROM judged GROUP BY submission_id
"""
# The same, of the results that were stored with what was sent.
STORED = """
    SELECT id, result -> 'held' ->> 'supported', jsonb_path_query_array(result, '$.levels[*].supported'),
        jsonb_path_query_array(result, '$.levels[*].claimed')
    FROM assessments_submission
"""


def measured(facts: dict[str, Any], *, rounds: int) -> dict[str, float]:
    """Seconds, all in turn: in SQL; the stored results, read; all cases through the one pure rule."""
    wanted, cases = levels_of_company(facts), all_cases()
    taken: dict[str, list[float]] = {"limit": [], "read": [], "filed": [], "recomputed": []}
    for _ in range(rounds):
        taken["limit"].append(_seconds(lambda: asked(IN_SQL)))
        taken["read"].append(_seconds(lambda: asked(STORED)))
        taken["filed"].append(_seconds(lambda: filed(wanted)))
        taken["recomputed"].append(_seconds(lambda: recompute(cases)))
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def _seconds(do: Callable[[], object]) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


def asked(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def levels_of_company(facts: dict[str, Any]) -> Wanted:
    """What HR exports: the level of record of everybody, with what it is made of."""
    reader = User.objects.get(is_hr=True)
    form = {
        "cycle": str(facts["cycle"]),
        "skill": str(facts["skill"]),
        "scope": COMPANY,
        "provisional": True,
    }
    return wanted_from(form, choices_for(reader), kind=LEVELS, reader=reader, on=day_of(now()))


def filed(wanted: Wanted) -> int:
    """Five rows a person, with who they are: what HR exports."""
    return sum(len(chunk) for chunk in csv_chunks(wanted))


def all_cases() -> list[Case]:
    """A case for every submission; the originals' stand for those of their copies, which say the same."""
    reader = User.objects.get(is_hr=True)
    rows = Submission.objects.select_related("assessment__skill__framework").order_by("id")
    originals = [case_of_submission(row, reader) for row in rows[:ORIGINALS]]
    return originals * (Submission.objects.count() // ORIGINALS)


def case_of_submission(submission: Submission, reader: User) -> Case:
    """With the reviewer's ratings where it was decided."""
    review = Review.objects.filter(submission=submission).first()
    reviews, judged = (reviews_of(review), judged_of(review)) if review else (None, UNJUDGED)
    sheet = frozen_sheet(submission, reader=reader, reviews=reviews, judged=judged)
    given = {answer.statement.id: answer.given for answer in sheet.answers}
    return case_of(header=sheet.header, skill=sheet.skill, given=given)


def recompute(cases: list[Case]) -> int:
    """How many levels are determined by the rule that every page uses."""
    return sum(score(case).determined for case in cases)
