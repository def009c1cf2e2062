"""The one statement behind the team's levels: members, and of the stored results what a row shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from django.db import connection

from assessments.models import State
from people.querysets import ABOVE

# What was sent and neither taken back nor decided or closed for good.
PROVISIONAL: Final = (State.SUBMITTED, State.IN_REVIEW, State.RETURNED)
# Written by hand: the database takes out of the JSON what a row needs, and nothing is built per request.
_STORED: Final = """jsonb_build_array(
    jsonb_path_query_array({result}, '$.levels[*].level'),
    jsonb_path_query_array({result}, '$.levels[*].standing'),
    jsonb_path_query_array({result}, '$.levels[*].{record}'),
    {result} -> 'target',
    {result} -> 'determined',
    {result} -> 'held' -> '{record}',
    {result} -> 'gap',
    jsonb_path_query_array({result}, '$.levels[*].statements[*][0]'),
    jsonb_path_query_array({result}, '$.levels[*].statements[*][4]')
)"""
_ROWS: Final = (
    """
    SELECT person.name, member.job_title, member.team_id, mine.state, mine.target, role.target, sent.id,
        review.decision = 'validated', mine.contested_at IS NOT NULL,
        CASE WHEN review.decision = 'validated' THEN @validated WHEN sent.id IS NOT NULL THEN @supported END,
        earlier.level, earlier.of_record_at, earlier.cycle, earlier.is_contested
    FROM people_membership member
    JOIN people_user person ON person.id = member.user_id AND person.is_active AND person.id <> %(but)s
    LEFT JOIN skills_roletarget role
        ON role.role_profile_id = member.role_profile_id AND role.skill_id = %(skill)s
    LEFT JOIN assessments_assessment mine
        ON mine.employee_id = person.id AND mine.cycle_id = %(cycle)s AND mine.skill_id = %(skill)s
    LEFT JOIN LATERAL (
        SELECT review.submission_id, review.decision, review.result
        FROM assessments_submission submission
        JOIN assessments_review review ON review.submission_id = submission.id
        WHERE submission.assessment_id = mine.id AND review.decision = 'validated'
            AND person.id NOT IN ({above})
        ORDER BY review.decided_at DESC, review.id DESC LIMIT 1
    ) review ON true
    LEFT JOIN assessments_submission sent ON sent.id = coalesce(
        review.submission_id, CASE WHEN mine.state = ANY(%(states)s) THEN mine.latest_submission_id END
    )
        AND person.id NOT IN ({above})
    LEFT JOIN LATERAL (
        SELECT (decision.result -> 'held' ->> 'validated')::int AS level, decision.of_record_at,
            before.name AS cycle, older.contested_at IS NOT NULL AS is_contested
        FROM assessments_assessment older
        JOIN assessments_cycle before ON before.id = older.cycle_id
        JOIN assessments_cycle shown ON shown.id = %(cycle)s AND before.opened_at < shown.opened_at
        JOIN assessments_submission submission ON submission.assessment_id = older.id
        JOIN assessments_review decision ON decision.submission_id = submission.id
        WHERE older.employee_id = person.id AND older.skill_id = %(skill)s
            AND decision.decision = 'validated' AND review.submission_id IS NULL
        ORDER BY decision.decided_at DESC, decision.id DESC LIMIT 1
    ) earlier ON true
    WHERE member.team_id = ANY(%(teams)s) AND member.starts_on <= %(on)s
        AND (member.ends_on IS NULL OR member.ends_on >= %(on)s)
    ORDER BY person.id
    """.replace("{above}", ABOVE % ("%(but)s", "%(on)s", "%(on)s"))
    .replace("@validated", _STORED.format(result="review.result", record="validated"))
    .replace("@supported", _STORED.format(result="sent.result", record="supported"))
)


def team_rows(
    teams: Sequence[int], *, but: int, cycle: int, skill: int, on: dt.date
) -> list[tuple[Any, ...]]:
    """The members of the teams on a day, without the manager who looks.

    Of two who lead each other's teams neither is below the other: they see each other's status alone.

    Name, job title, team, state, target, target of the role, submission; if it is validated, if that is
    contested; and as JSON: level numbers, standings, profiles, target, determined, level held, gap, statement
    codes and their ratings. What was not sent, was taken back or closed has neither a submission nor JSON;
    a validated level stays until there is a new one. Last, of an earlier cycle while this one has none
    validated: the level validated last, when, the cycle and if it is contested.
    """
    given: dict[str, Any] = {"teams": list(teams), "but": but, "cycle": cycle, "skill": skill, "on": on}
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {**given, "states": list(PROVISIONAL)})
        return list(cursor.fetchall())
