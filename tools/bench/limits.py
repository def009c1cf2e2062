"""The limits: the least that any program on this stack would have to do for pages like ours.

L-bare, L-own, L-team, L-team-fast, L-copy and L-xlsx, as views of a Django project with its standard
middleware; L-score is in ``scoring``.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import xlsxwriter
from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.safestring import SafeString

from assessments.models import Assessment, EvidenceLink, StatementRating

CHUNK = 64 * 1024


def bare(request: HttpRequest) -> HttpResponse:
    """L-bare: a small template, no query."""
    return render(request, "bench/bare.html", {"title": "Sign in", "action": "/accounts/login/"})


def own(request: HttpRequest, pk: int) -> HttpResponse:
    """L-own: session and user, three indexed SELECTs, 26 rows in a template."""
    assessment = (
        Assessment.objects.filter(pk=pk, employee_id=request.user.pk)
        .values("id", "target", "state", "cycle__name", "skill__code")
        .get()
    )
    ratings = StatementRating.objects.filter(assessment_id=pk).order_by("id")
    links = EvidenceLink.objects.filter(rating__assessment_id=pk).order_by("id")
    context = {
        "assessment": assessment,
        "ratings": list(ratings.values("id", "claim", "reason", "version", "statement__code")),
        "links": list(links.values("rating_id", "evidence__title", "evidence__url")),
    }
    return render(request, "bench/own.html", context)


TEAM = """
    SELECT person.id, person.name FROM people_user person
    JOIN people_membership membership ON membership.user_id = person.id
    WHERE membership.team_id = %s ORDER BY person.name, person.id
"""
CELLS = """
    SELECT assessment.employee_id, rating.claim FROM assessments_statementrating rating
    JOIN assessments_assessment assessment ON assessment.id = rating.assessment_id
    WHERE assessment.employee_id = ANY(%s) ORDER BY rating.id
"""


def team(request: HttpRequest, team: int) -> HttpResponse:
    """L-team: 50 people, 26 ratings each, a template loop over the cells."""
    with connection.cursor() as cursor:
        cursor.execute(TEAM, [team])
        people = dict(cursor.fetchall())
        cells: dict[int, list[int]] = {person: [] for person in people}
        cursor.execute(CELLS, [list(people)])
        for person, claim in cursor.fetchall():
            cells[person].append(claim)
    rows = [(name, cells[person]) for person, name in people.items()]
    return render(request, "bench/team.html", {"rows": rows, "user": request.user})


FAST = """
    SELECT person.name,
        string_agg('<td class="r' || rating.claim || '">' || rating.claim, '' ORDER BY rating.id)
    FROM people_user person
    JOIN people_membership membership ON membership.user_id = person.id
    JOIN assessments_assessment assessment ON assessment.employee_id = person.id
    JOIN assessments_statementrating rating ON rating.assessment_id = assessment.id
    WHERE membership.team_id = %s GROUP BY person.id ORDER BY person.name, person.id
"""


def team_fast(request: HttpRequest, team: int) -> HttpResponse:
    """L-team-fast: the same table, each row aggregated in SQL."""
    with connection.cursor() as cursor:
        cursor.execute(FAST, [team])
        rows = [(name, SafeString(cells)) for name, cells in cursor.fetchall()]
    return render(request, "bench/team_fast.html", {"rows": rows, "user": request.user})


COPY = """
    COPY (
        SELECT person.email, person.name, statement.code, rating.claim, rating.supported, submission.sent_at
        FROM assessments_submittedrating rating
        JOIN assessments_submission submission ON submission.id = rating.submission_id
        JOIN assessments_assessment assessment ON assessment.id = submission.assessment_id
        JOIN people_user person ON person.id = assessment.employee_id
        JOIN skills_statement statement ON statement.id = rating.statement_id
    ) TO STDOUT (FORMAT csv)
"""


def copied(request: HttpRequest) -> StreamingHttpResponse:
    """L-copy: every rating that was sent, as PostgreSQL writes it, in chunks of 64 kB."""
    return StreamingHttpResponse(_copy(), content_type="text/csv")


def _copy() -> Iterator[bytes]:
    chunk = bytearray()
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for row in copy:
            chunk += row
            if len(chunk) >= CHUNK:
                yield bytes(chunk)
                chunk.clear()
    yield bytes(chunk)


RATED = """
    SELECT person.name, person.email, membership.job_title, team.name, team.channel, role.code,
        assessment.role_target, assessment.state, level.number, statement.code, text.text, rating.supported,
        submission.sent_at::date
    FROM assessments_submittedrating rating
    JOIN assessments_submission submission ON submission.id = rating.submission_id
    JOIN assessments_assessment assessment ON assessment.id = submission.assessment_id
    JOIN people_user person ON person.id = assessment.employee_id
    JOIN people_membership membership ON membership.user_id = person.id
    JOIN people_team team ON team.id = membership.team_id
    JOIN skills_roleprofile role ON role.id = membership.role_profile_id
    JOIN skills_statement statement ON statement.id = rating.statement_id
    JOIN skills_text text ON text.statement_id = statement.id AND text.field = 'text' AND text.language = 'pt'
    JOIN skills_skilllevel skill_level ON skill_level.id = statement.skill_level_id
    JOIN skills_levelofresponsibility level ON level.id = skill_level.level_id
    ORDER BY person.id, statement.id
"""
PERSON, RATING = slice(0, 8), slice(11, 12)


@lru_cache(maxsize=1)
def _rated() -> list[tuple[Any, ...]]:
    """A row per rating, in memory from the first request on: the limit reads nothing."""
    with connection.cursor() as cursor:
        cursor.execute(RATED)
        return [tuple(row) for row in cursor.fetchall()]


@lru_cache(maxsize=1)
def _people() -> list[tuple[Any, ...]]:
    """A row per person: who they are, the day, and all their ratings."""
    people: dict[str, tuple[Any, ...]] = {}
    for row in _rated():
        begun = people.get(row[1]) or (*row[PERSON], row[-1])
        people[row[1]] = (*begun, *row[RATING])
    return list(people.values())


def xlsx(request: HttpRequest, kind: str) -> HttpResponse:
    """L-xlsx: XlsxWriter in constant memory, fed from memory."""
    rows = _rated() if kind == "ratings" else _people()
    if request.method == "HEAD":
        return HttpResponse()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        with xlsxwriter.Workbook(file.name, options) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        return HttpResponse(file.read())


urlpatterns = [
    path("bare/", bare),
    path("own/<int:pk>/", own),
    path("team/<int:team>/", team),
    path("team-fast/<int:team>/", team_fast),
    path("copy/", copied),
    path("xlsx/<str:kind>/", xlsx),
]
