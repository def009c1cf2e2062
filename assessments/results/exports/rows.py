"""What each export says, row by row: its headers, and where its values are read.

LEVELS and STATEMENTS are the headers of the CSV, with the PROVISIONAL ones behind where the switch is on. All
is read from what was stored: nothing here is scored again.
"""

from __future__ import annotations

from typing import Final

from assessments.results.exports.table import Table

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
    "earlier_validated_level",
    "earlier_validated_on",
    "earlier_contested",
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

# Until a cycle has a validated level of its own, the last one of the cycles before it, in columns of its own:
# level, day and whether it is contested.
EARLIER: Final = """
    CASE WHEN review.id IS NULL THEN (
        SELECT jsonb_build_array(
            decision.result -> 'held' -> 'validated', (decision.of_record_at AT TIME ZONE {zone})::date,
            (older.contested_at IS NOT NULL)::text
        )
        FROM assessments_assessment AS older
        JOIN assessments_cycle AS before ON before.id = older.cycle_id
        JOIN assessments_cycle AS shown ON shown.id = {cycle} AND before.opened_at < shown.opened_at
        JOIN assessments_submission AS submission ON submission.assessment_id = older.id
        JOIN assessments_review AS decision ON decision.submission_id = submission.id
        WHERE older.employee_id = person.id AND older.skill_id = {skill} AND decision.decision = 'validated'
        ORDER BY decision.decided_at DESC, decision.id DESC LIMIT 1
    ) END
"""
# Points stand only where the level was asked for; elsewhere the outcome says why there are none.
LEVEL_TABLE: Final = Table(
    reads="""
        , review.result -> 'levels' AS levels, (review.result ->> 'target')::int AS target,
        (review.result -> 'held' ->> 'validated')::int AS held, (review.result ->> 'gap')::int AS gap,
        review.result ->> 'determined' AS determined,
    """
    f"{EARLIER} AS earlier",
    reads_sent="""
        , sent.result -> 'levels' AS sent_levels, (sent.result ->> 'target')::int AS sent_target,
        (sent.result -> 'held' ->> 'supported')::int AS sent_held, (sent.result ->> 'gap')::int AS sent_gap,
        sent.result ->> 'determined' AS sent_determined
    """,
    found="""
        SELECT level.number AS place,
            CASE scored.standing WHEN 'points' THEN scored.validated ->> 2 ELSE scored.standing END
                AS outcome,
            (CASE scored.standing WHEN 'points' THEN scored.validated ->> 0 END)::int AS points,
            (CASE scored.standing WHEN 'points' THEN scored.validated ->> 1 END)::int AS "of"
            {sent}
        FROM level
        LEFT JOIN jsonb_to_recordset(people.levels)
            AS scored (level int, standing text, validated jsonb) ON scored.level = level.number
        {join_sent}
    """,
    found_sent="""
        , CASE sent.standing WHEN 'points' THEN sent.supported ->> 2 ELSE sent.standing END AS sent_outcome,
        (CASE sent.standing WHEN 'points' THEN sent.supported ->> 0 END)::int AS sent_points,
        (CASE sent.standing WHEN 'points' THEN sent.supported ->> 1 END)::int AS sent_of
    """,
    join_sent="""
        LEFT JOIN jsonb_to_recordset(people.sent_levels)
            AS sent (level int, standing text, supported jsonb) ON sent.level = level.number
    """,
    columns=(
        "found.place",
        "outcome",
        "points",
        '"of"',
        'points * 100 / nullif("of", 0)',
        "target",
        "held",
        "gap",
        "determined",
        "validated_on",
        "contested",
        "(earlier ->> 0)::int",
        "(earlier ->> 1)::date",
        "earlier ->> 2",
    ),
    provisional_columns=(
        "sent_outcome",
        "sent_points",
        "sent_of",
        "sent_points * 100 / nullif(sent_of, 0)",
        "sent_target",
        "CASE WHEN sent_determined = 'true' THEN sent_held END",
        "CASE WHEN sent_determined = 'false' THEN sent_held END",
        "sent_gap",
        "sent_determined",
        "submitted_on",
    ),
)
# A statement that nobody answered has no rating, where scoring counts it as 0.
STATEMENT_TABLE: Final = Table(
    reads="",
    reads_sent="",
    found="""
        SELECT statement.place, statement.number, statement.code,
            CASE WHEN validated.not_applicable THEN 'na' ELSE validated.rating::text END AS rating {sent}
        FROM statement
        LEFT JOIN assessments_reviewrating AS validated
            ON validated.review_id = people.review_id AND validated.statement_id = statement.id
        {join_sent}
    """,
    found_sent="""
        , CASE WHEN sent.not_applicable THEN 'na' WHEN sent.claim IS NOT NULL THEN sent.supported::text END
            AS sent_rating
    """,
    join_sent="""
        LEFT JOIN assessments_submittedrating AS sent
            ON sent.submission_id = people.submission_id AND sent.statement_id = statement.id
    """,
    columns=("found.number", "code", "rating", "validated_on", "contested"),
    provisional_columns=("sent_rating", "submitted_on"),
)
