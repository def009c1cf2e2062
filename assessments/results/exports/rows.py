"""The rows of the exports, read from what was stored: nothing here is scored again.

One query gives all rows, so that PostgreSQL can send them as they are made, whatever the number of people.
Its columns are LEVELS or STATEMENTS below, which are also the headers of the CSV, with the PROVISIONAL ones
behind where the switch is on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from psycopg.sql import SQL, Composable, Literal

# Makes the SQL of one typed text out of the SQL that reads it.
Typed = Callable[[Composable], Composable]
# people, today, zone, cycle, cycle_name, skill, skill_code, provisional: the literals that a query is about.
About = Mapping[str, Composable]

PERSON: Final = (
    "person_email",
    "person_name",
    "job_title",
    "team",
    "channel",
    "role_profile",
    "role_target",
    "cycle",
    "skill",
    "status",
    "level",
)
LEVELS: Final = (
    *PERSON,
    "outcome",
    "points",
    "of",
    "percent",
    "target",
    "validated_level_held",
    "gap",
    "determined",
    "validated_on",
    "contested",
)
PROVISIONAL_LEVELS: Final = (
    "provisional_outcome",
    "provisional_points",
    "provisional_of",
    "provisional_percent",
    "provisional_target",
    "provisional_level_held",
    "provisional_at_least",
    "provisional_gap",
    "provisional_determined",
    "submitted_on",
)
STATEMENTS: Final = (*PERSON, "statement", "validated_rating", "validated_on", "contested")
PROVISIONAL_STATEMENTS: Final = ("provisional_rating", "submitted_on")

# As files.cells.plain and safe_cell do it in Python; a test holds the two against each other. NUL and halves
# of surrogate pairs cannot be in a PostgreSQL text, and these columns are too short to need shortening.
LEFT_OUT: Final = (
    r"[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    r"\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
GUARD: Final = r"""
    regexp_replace(
        regexp_replace(replace(replace({column}, E'\r\n', E'\n'), E'\r', E'\n'), {left_out}, '', 'g'),
        '^([=+@\t\n-])', '''\1'
    )
"""


def as_typed(column: Composable) -> Composable:
    """For XLSX, which knows a text from a formula by itself."""
    return column


def guarded(column: Composable) -> Composable:
    """For CSV: no control or bidirectional characters, and an apostrophe before what would be a formula."""
    return SQL(GUARD).format(column=column, left_out=Literal(LEFT_OUT))


def levels_sql(typed: Typed, about: About, *, provisional: bool) -> Composable:
    """One row per person and level at which the skill is defined."""
    parts = {"more": PROVISIONAL_LEVEL, "sent": SENT_LEVEL, "join_sent": JOIN_SENT_LEVELS}
    return _query(LEVEL_ROWS, parts, typed, about, provisional=provisional)


def statements_sql(typed: Typed, about: About, *, provisional: bool) -> Composable:
    """One row per person and statement."""
    parts = {"more": PROVISIONAL_RATING, "sent": SENT_RATING, "join_sent": JOIN_SENT_RATINGS}
    return _query(STATEMENT_ROWS, parts, typed, about, provisional=provisional)


def _query(
    rows: str, parts: Mapping[str, str], typed: Typed, about: About, *, provisional: bool
) -> Composable:
    """``parts`` are what the provisional columns take; without them they are empty."""
    read = {name: typed(SQL(column)) for name, column in TYPED.items()}
    filled = {name: SQL(part if provisional else "") for name, part in parts.items()}
    return SQL(PEOPLE + rows).format(**about, **read, **filled)


# What people typed, and where it is read.
TYPED: Final = {
    "email": "person.email",
    "name": "person.name",
    "job_title": "nullif(membership.job_title, '')",
    "team": "team.name",
    "role": "role.code",
}
# The people asked for, in that order, with their place today and what may be shown of their assessment.
# Validated: the review that was last decided so, whatever has happened to the assessment since. Provisional:
# what was sent and neither taken back nor decided for good.
PEOPLE: Final = """
    WITH people AS MATERIALIZED (
        SELECT asked.place, {email} AS email, {name} AS name, {job_title} AS job_title, {team} AS team,
            nullif(team.channel, '') AS channel, {role} AS role, role_target.target AS role_target,
            coalesce(assessment.state, 'not_begun') AS state,
            review.id AS review_id, review.result AS review_result,
            (review.decided_at AT TIME ZONE {zone})::date AS validated_on,
            CASE WHEN review.id IS NOT NULL THEN (assessment.contested_at IS NOT NULL)::text END AS contested,
            sent.id AS submission_id, sent.result AS sent_result,
            (sent.sent_at AT TIME ZONE {zone})::date AS submitted_on
        FROM unnest({people}::bigint[]) WITH ORDINALITY AS asked (id, place)
        JOIN people_user AS person ON person.id = asked.id
        LEFT JOIN people_membership AS membership ON membership.user_id = person.id
            AND membership.starts_on <= {today}
            AND (membership.ends_on IS NULL OR membership.ends_on >= {today})
        LEFT JOIN people_team AS team ON team.id = membership.team_id
        LEFT JOIN skills_roleprofile AS role ON role.id = membership.role_profile_id
        LEFT JOIN skills_roletarget AS role_target
            ON role_target.role_profile_id = role.id AND role_target.skill_id = {skill}
        LEFT JOIN assessments_assessment AS assessment ON assessment.employee_id = person.id
            AND assessment.cycle_id = {cycle} AND assessment.skill_id = {skill}
        LEFT JOIN LATERAL (
            SELECT review.id, review.result, review.decided_at
            FROM assessments_submission AS submission
            JOIN assessments_review AS review ON review.submission_id = submission.id
            WHERE submission.assessment_id = assessment.id AND review.decision = 'validated'
            ORDER BY review.decided_at DESC, review.id DESC LIMIT 1
        ) AS review ON true
        LEFT JOIN assessments_submission AS sent ON sent.id = assessment.latest_submission_id
            AND assessment.state IN ('submitted', 'in_review', 'returned') AND {provisional}
    )
"""
# The people are ordered before they meet their rows, so that the last sort is of one person's rows at a time:
# no row waits for all the others, and nothing goes to the disk. Points stand only where the level was asked
# for; elsewhere the outcome says why there are none.
LEVEL_ROWS: Final = """
    , level AS MATERIALIZED (
        SELECT level.number FROM skills_skilllevel AS defined
        JOIN skills_levelofresponsibility AS level ON level.id = defined.level_id
        WHERE defined.skill_id = {skill}
    )
    SELECT people.email, people.name, people.job_title, people.team, people.channel, people.role,
        people.role_target, {cycle_name}::text, {skill_code}::text, people.state, found.number,
        outcome, points, "of", points * 100 / nullif("of", 0), (review_result ->> 'target')::int,
        (review_result -> 'held' ->> 'validated')::int, (review_result ->> 'gap')::int,
        review_result ->> 'determined', validated_on, contested {more}
    FROM (SELECT * FROM people ORDER BY place) AS people
    CROSS JOIN LATERAL (
        SELECT level.number,
            CASE scored.standing WHEN 'points' THEN scored.validated ->> 2 ELSE scored.standing END
                AS outcome,
            (CASE scored.standing WHEN 'points' THEN scored.validated ->> 0 END)::int AS points,
            (CASE scored.standing WHEN 'points' THEN scored.validated ->> 1 END)::int AS "of"
            {sent}
        FROM level
        LEFT JOIN jsonb_to_recordset(people.review_result -> 'levels')
            AS scored (level int, standing text, validated jsonb) ON scored.level = level.number
        {join_sent}
        OFFSET 0
    ) AS found
    ORDER BY people.place, found.number
"""
PROVISIONAL_LEVEL: Final = """
    , sent_outcome, sent_points, sent_of, sent_points * 100 / nullif(sent_of, 0),
    (sent_result ->> 'target')::int,
    CASE WHEN (sent_result ->> 'determined')::boolean
        THEN (sent_result -> 'held' ->> 'supported')::int END,
    CASE WHEN NOT (sent_result ->> 'determined')::boolean
        THEN (sent_result -> 'held' ->> 'supported')::int END,
    (sent_result ->> 'gap')::int, sent_result ->> 'determined', submitted_on
"""
SENT_LEVEL: Final = """
    , CASE sent.standing WHEN 'points' THEN sent.supported ->> 2 ELSE sent.standing END AS sent_outcome,
    (CASE sent.standing WHEN 'points' THEN sent.supported ->> 0 END)::int AS sent_points,
    (CASE sent.standing WHEN 'points' THEN sent.supported ->> 1 END)::int AS sent_of
"""
JOIN_SENT_LEVELS: Final = """
    LEFT JOIN jsonb_to_recordset(people.sent_result -> 'levels')
        AS sent (level int, standing text, supported jsonb) ON sent.level = level.number
"""
STATEMENT_ROWS: Final = """
    , statement AS MATERIALIZED (
        SELECT statement.id, statement.code, level.number,
            row_number() OVER (ORDER BY level.number, statement.position) AS place
        FROM skills_statement AS statement
        JOIN skills_skilllevel AS defined ON defined.id = statement.skill_level_id
        JOIN skills_levelofresponsibility AS level ON level.id = defined.level_id
        WHERE defined.skill_id = {skill}
    )
    SELECT people.email, people.name, people.job_title, people.team, people.channel, people.role,
        people.role_target, {cycle_name}::text, {skill_code}::text, people.state, found.number, code,
        CASE WHEN not_applicable THEN 'na' ELSE rating::text END, validated_on, contested {more}
    FROM (SELECT * FROM people ORDER BY place) AS people
    CROSS JOIN LATERAL (
        SELECT statement.number, statement.place, statement.code,
            validated.not_applicable, validated.rating {sent}
        FROM statement
        LEFT JOIN assessments_reviewrating AS validated
            ON validated.review_id = people.review_id AND validated.statement_id = statement.id
        {join_sent}
        OFFSET 0
    ) AS found
    ORDER BY people.place, found.place
"""
# A statement that nobody answered has no rating, where scoring counts it as 0.
PROVISIONAL_RATING: Final = """
    , CASE WHEN sent_not_applicable THEN 'na' WHEN claim IS NOT NULL THEN supported::text END,
    submitted_on
"""
SENT_RATING: Final = ", sent.not_applicable AS sent_not_applicable, sent.claim, sent.supported"
JOIN_SENT_RATINGS: Final = """
    LEFT JOIN assessments_submittedrating AS sent
        ON sent.submission_id = people.submission_id AND sent.statement_id = statement.id
"""
