"""The statement of an export: one query gives all rows, and PostgreSQL sends them as they are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from psycopg.sql import SQL, Composable, Literal

# Makes the SQL of one typed text out of the SQL that reads it.
Typed = Callable[[Composable], Composable]
# people, today, zone, cycle, cycle_name, skill, skill_code, provisional: the literals that a query is about.
About = Mapping[str, Composable]

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
# As CSV has it: in quotation marks where it must be, and where it is empty, so that null is not.
QUOTED: Final = r"""
    CASE WHEN {value}::text = '' OR {value}::text ~ '[",\n\r]'
        THEN '"' || replace({value}::text, '"', '""') || '"' ELSE {value}::text END
"""


def as_typed(column: Composable) -> Composable:
    """For XLSX, which knows a text from a formula by itself."""
    return column


def guarded(column: Composable) -> Composable:
    """For CSV: no control or bidirectional characters, and an apostrophe before what would be a formula."""
    return SQL(GUARD).format(column=column, left_out=Literal(LEFT_OUT))


def quoted(value: Composable) -> Composable:
    return SQL(QUOTED).format(value=value)


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
            review.id AS review_id, (review.of_record_at AT TIME ZONE {zone})::date AS validated_on,
            CASE WHEN review.id IS NOT NULL THEN (assessment.contested_at IS NOT NULL)::text END AS contested,
            sent.id AS submission_id, (sent.sent_at AT TIME ZONE {zone})::date AS submitted_on
            {reads}
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
            SELECT review.id, review.result, review.of_record_at
            FROM assessments_submission AS submission
            JOIN assessments_review AS review ON review.submission_id = submission.id
            WHERE submission.assessment_id = assessment.id AND review.decision = 'validated'
            ORDER BY review.decided_at DESC, review.id DESC LIMIT 1
        ) AS review ON true
        LEFT JOIN assessments_submission AS sent ON sent.id = assessment.latest_submission_id
            AND assessment.state IN ('submitted', 'in_review', 'returned') AND {provisional}
    )
    , level AS MATERIALIZED (
        SELECT level.number FROM skills_skilllevel AS defined
        JOIN skills_levelofresponsibility AS level ON level.id = defined.level_id
        WHERE defined.skill_id = {skill}
    )
    , statement AS MATERIALIZED (
        SELECT statement.id, statement.code, level.number,
            row_number() OVER (ORDER BY level.number, statement.position) AS place
        FROM skills_statement AS statement
        JOIN skills_skilllevel AS defined ON defined.id = statement.skill_level_id
        JOIN skills_levelofresponsibility AS level ON level.id = defined.level_id
        WHERE defined.skill_id = {skill}
    )
"""
# The people are ordered before they meet their rows, so that the last sort is of one person's rows at a time:
# no row waits for all the others, and nothing goes to the disk.
ROWS: Final = """
    SELECT {person}, {columns} FROM (SELECT * FROM people ORDER BY place) AS people
    CROSS JOIN LATERAL ({found} OFFSET 0) AS found
    ORDER BY people.place, found.place
"""
LINES: Final = r"""
    SELECT theirs.lines
    FROM (SELECT *, concat({person}) AS person FROM people ORDER BY place) AS people
    CROSS JOIN LATERAL (
        SELECT string_agg(concat(person, ',', {columns}, E'\r\n'), '' ORDER BY found.place) AS lines
        FROM ({found}) AS found
    ) AS theirs
    ORDER BY people.place
"""
BETWEEN_CELLS: Final = SQL(", ',', ")


@dataclass(frozen=True, kw_only=True)
class Table:
    """The SQL of one export: what it reads of a person's results, the rows of one, and what a row says.

    The rows are told apart by their ``place``. What ``columns`` say is a number or in our own words: only
    what is said of the person is typed. ``_sent`` is what the provisional columns take.
    """

    reads: str
    reads_sent: str
    found: str
    found_sent: str
    join_sent: str
    columns: tuple[str, ...]
    provisional_columns: tuple[str, ...]

    def rows(self, about: About, *, provisional: bool) -> Composable:
        """A row for each, in columns, with typed texts as they are: XLSX tells a text from a formula."""
        whole = SQL(ROWS).format(
            person=SQL(", ").join(_person(about)),
            columns=SQL(", ").join(self._columns(provisional=provisional)),
            found=self._found(provisional=provisional),
        )
        return self._people(as_typed, about, provisional=provisional) + whole

    def lines(self, about: About, *, provisional: bool) -> Composable:
        """A row for each person, whose one column is all their lines of CSV.

        To write out sixteen columns costs PostgreSQL more than to find them, and most say the same in all of
        a person's lines: those are put together once.
        """
        whole = SQL(LINES).format(
            person=BETWEEN_CELLS.join(map(quoted, _person(about))),
            columns=BETWEEN_CELLS.join(self._columns(provisional=provisional)),
            found=self._found(provisional=provisional),
        )
        return self._people(guarded, about, provisional=provisional) + whole

    def _people(self, typed: Typed, about: About, *, provisional: bool) -> Composable:
        read = {name: typed(SQL(column)) for name, column in TYPED.items()}
        reads = SQL(self.reads + (self.reads_sent if provisional else "")).format(**about)
        return SQL(PEOPLE).format(**about, **read, reads=reads)

    def _found(self, *, provisional: bool) -> Composable:
        sent, join_sent = (self.found_sent, self.join_sent) if provisional else ("", "")
        return SQL(self.found).format(sent=SQL(sent), join_sent=SQL(join_sent))

    def _columns(self, *, provisional: bool) -> list[Composable]:
        return [SQL(column) for column in self.columns + (self.provisional_columns if provisional else ())]


def _person(about: About) -> list[Composable]:
    """What is the same in all rows of a person."""
    names = ("email", "name", "job_title", "team", "channel", "role", "role_target")
    asked = [SQL("{}::text").format(about[name]) for name in ("cycle_name", "skill_code")]
    return [*(SQL(f"people.{name}") for name in names), *asked, SQL("people.state")]
