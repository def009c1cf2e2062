"""Asking for exports, and reading them back."""

import csv
import datetime as dt
import io
import random
from typing import Any

from django.http.response import HttpResponseBase
from django.test import Client
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from assessments.models import Cycle
from people.models import Membership, Team, User
from skills.models import Skill

HIRED_ON = dt.date(2025, 1, 1)
REASON = "Planning of trainings"
BEGINNINGS = (
    *("=", "+", "-", "@", "\t=", "\n=", "\r=", "\r\n=", "\x0b=", "\x85=", "\u202e=", "\ufeff=", "\u2028="),
    *(" =", "'=", '"=', '",=', ";=", "|=", "＝", "%0A=", "", "", "\\.", "\\N", "\x01", "\x1f-", "\u2066+"),
)
PIECES = (
    *("cmd|' /C calc'!A0", 'HYPERLINK("http://evil.example.net","x")', "1+1", "SUM(A1:A9)", "DDE(0)"),
    *('"', '""', ",", ";", "\r\n", "\n", "\r", "\t", "\\", "\\.", "\n\\.\n", "'", "_x000D_", "_x0041_"),
    *("</t></is></c>", "]]>", "<script>alert(1)</script>", "&amp;", "&#0;", "<f>1+1</f>", "<?xml?>"),
    *("\x01", "\x07", "\x1b[31m", "\x7f", "\x9f", "\ufdd0", "\ufffe", "\u200e", "\u200f", "\u2067", "\u2069"),
    *("😀", "𝒳", "ё", "ç", "e\u0301", "\u00a0", "\u200b", "{{ 7 * 7 }}", "%s", "{name}", "${x}", "\u061c"),
)


def asked(cycle: Cycle, skill: Skill, /, **more: Any) -> dict[str, Any]:
    """What HR sends for the whole company; None takes a field out."""
    fields = {
        "cycle": cycle.pk,
        "skill": skill.pk,
        "scope": "company",
        "file_format": "csv",
        "reason": REASON,
    }
    return {name: value for name, value in {**fields, **more}.items() if value is not None}


def content(response: HttpResponseBase) -> bytes:
    assert response.status_code == 200
    return b"".join(response)


def rows(response: HttpResponseBase) -> list[dict[str, str]]:
    """A CSV file by its headers."""
    return list(csv.DictReader(io.StringIO(content(response).decode(), newline="")))


def book(response: HttpResponseBase) -> Workbook:
    return load_workbook(io.BytesIO(content(response)))


def level_rows(client: Client, fields: dict[str, Any]) -> dict[tuple[str, str], dict[str, str]]:
    """The levels as CSV, by name and level."""
    found = rows(client.post("/reports/levels/", fields))
    return {(row["person_name"], row["level"]): row for row in found}


def statement_rows(client: Client, fields: dict[str, Any]) -> dict[tuple[str, str], dict[str, str]]:
    found = rows(client.post("/reports/statements/", fields))
    return {(row["person_name"], row["statement"]): row for row in found}


def hostile(count: int, *, longest: int = 120) -> list[str]:
    """Texts that would break or command a file, the same ones every time; a database text has no NUL."""
    chance = random.Random(7)
    return [
        (chance.choice(BEGINNINGS) + "".join(chance.choices(PIECES, k=chance.randint(1, 9))))[:longest]
        for _ in range(count)
    ]


def people_named(texts: list[str]) -> None:
    """Four texts make a person, with job title and team; the fourth is in the e-mail."""
    quarters = list(zip(*[iter(texts)] * 4, strict=True))
    users = User.objects.bulk_create(
        User(name=name, email=f"{email[:100]}{number}@example.org")
        for number, (name, _, _, email) in enumerate(quarters)
    )
    teams = Team.objects.bulk_create(
        Team(name=f"{team[:110]}{number}") for number, (_, _, team, _) in enumerate(quarters)
    )
    Membership.objects.bulk_create(
        Membership(user=user, team=team, job_title=quarter[1], starts_on=HIRED_ON)
        for user, team, quarter in zip(users, teams, quarters, strict=True)
    )


def headings(sheet: Worksheet) -> list[Any]:
    return [cell.value for cell in sheet[1]]
