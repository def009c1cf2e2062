"""Administrators edit definitions; what is frozen is refused with a message, and nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import re
from http import HTTPStatus
from typing import Any

import pytest
from django.contrib import admin
from django.db import IntegrityError, connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from skills.actions import freeze
from skills.models import Activity, Skill, SkillLevel, Statement, Text
from skills.refusal import unless_frozen
from tests.cast import Cast

AT = dt.datetime(2026, 3, 1, 9, 0, tzinfo=dt.UTC)
REFUSAL = "assessments use this definition"
OURS = [model for model in admin.site._registry if model._meta.app_label == "skills"]


@pytest.fixture
def admir(client: Client, cast: Cast) -> Client:
    client.force_login(cast.admir)
    return client


@pytest.fixture
def frozen(cexp: Skill) -> Skill:
    freeze(skill=cexp, at=AT)
    return cexp


def address(row: Any, action: str = "change") -> str:
    return reverse(f"admin:skills_{row._meta.model_name}_{action}", args=[row.pk])


def sent_form(client: Client, url: str) -> dict[str, str]:
    """What a browser would send from the page without touching anything."""
    page = client.get(url)
    forms = [page.context["adminform"].form]
    forms += [part for formset in page.context["inline_admin_formsets"] for part in formset.formset.forms]
    managements = [formset.formset.management_form for formset in page.context["inline_admin_formsets"]]
    bound = [field for form in (*forms, *managements) for field in form]
    return {field.html_name: "" if field.value() is None else str(field.value()) for field in bound}


def statement(code: str = "CEXP.4.3") -> Statement:
    return Statement.objects.get(code=code)


def field_of(data: dict[str, str], value: str) -> str:
    return next(name for name, sent in data.items() if sent == value)


@pytest.mark.parametrize("model", OURS)
def test_every_list_and_form_opens(admir: Client, model: Any) -> None:
    """Administrators reach every kind of definition, to read, to add and to change."""
    row = model.objects.order_by("pk").first()
    name = model._meta.model_name
    for url in (
        reverse(f"admin:skills_{name}_changelist"),
        reverse(f"admin:skills_{name}_add"),
        address(row),
        address(row, "delete"),
    ):
        assert admir.get(url).status_code == HTTPStatus.OK


def test_only_administrators_come_in(client: Client, cast: Cast) -> None:
    """Human resources may read definitions, not write them."""
    client.force_login(cast.helena)
    assert client.get(reverse("admin:skills_skill_changelist")).status_code == HTTPStatus.FOUND


def test_reading_help_can_be_mended_once_frozen(admir: Client, frozen: Skill) -> None:
    """Our own words can change while people are being assessed."""
    url = address(statement())
    data = sent_form(admir, url)
    old = Text.objects.get(statement=statement(), field="help", language="pt").text
    data[field_of(data, old)] = "Bem mais claro."
    assert admir.post(url, data).status_code == HTTPStatus.FOUND
    assert Text.objects.get(statement=statement(), field="help", language="pt").text == "Bem mais claro."


def test_official_texts_are_refused_once_frozen(admir: Client, frozen: Skill) -> None:
    """The form comes back with the message and with what was typed; the text stays."""
    url = address(statement())
    data = sent_form(admir, url)
    old = Text.objects.get(statement=statement(), field="text", language="pt").text
    data[field_of(data, old)] = "Outra coisa."
    response = admir.post(url, data)
    assert response.status_code == HTTPStatus.CONFLICT
    page = response.content.decode()
    assert REFUSAL in page
    assert "Outra coisa." in page
    assert Text.objects.get(statement=statement(), field="text", language="pt").text == old


def test_statements_cannot_be_added_once_frozen(admir: Client, frozen: Skill) -> None:
    """A level in use keeps its statements."""
    url = address(SkillLevel.objects.get(level__number=2))
    data = sent_form(admir, url) | {"statements-TOTAL_FORMS": "3", "statements-2-position": "3"}
    assert REFUSAL in admir.post(url, data).content.decode()
    assert Statement.objects.count() == 26


@pytest.mark.parametrize("kind", [Skill, Statement, Activity])
def test_nothing_frozen_is_deleted(admir: Client, frozen: Skill, kind: Any) -> None:
    """Deleting, one by one or from the list, leads back with the message."""
    row = kind.objects.order_by("pk").first()
    alone = admir.post(address(row, "delete"), {"post": "yes"}, follow=True)
    listed = reverse(f"admin:skills_{kind._meta.model_name}_changelist")
    action = {"action": "delete_selected", "_selected_action": [str(row.pk)], "post": "yes"}
    assert REFUSAL in alone.content.decode()
    assert REFUSAL in admir.post(listed, action, follow=True).content.decode()
    assert kind.objects.contains(row)


def test_other_errors_of_the_database_stay_errors() -> None:
    """Only the freeze is explained; what nobody foresaw is not hidden behind its message."""

    def answer() -> HttpResponse:
        raise IntegrityError("another")

    with pytest.raises(IntegrityError, match="another"):
        unless_frozen(answer, HttpResponse)


def test_statements_get_their_code(admir: Client, cexp: Skill) -> None:
    """The code is written by the product, from skill, level and position."""
    level = SkillLevel.objects.get(level__number=2)
    data = sent_form(admir, address(level)) | {"statements-TOTAL_FORMS": "3", "statements-2-position": "3"}
    assert admir.post(address(level), data).status_code == HTTPStatus.FOUND
    assert Statement.objects.get(skill_level=level, position=3).code == "CEXP.2.3"


def test_statements_are_added_alone_too(admir: Client, cexp: Skill) -> None:
    """The form of one statement writes the code as well."""
    add = reverse("admin:skills_statement_add")
    level = SkillLevel.objects.get(level__number=6)
    data = sent_form(admir, add) | {"skill_level": str(level.pk), "position": "7"}
    assert admir.post(add, data).status_code == HTTPStatus.FOUND
    assert Statement.objects.get(skill_level=level, position=7).code == "CEXP.6.7"


def test_a_position_taken_is_said_beside_the_form(admir: Client, cexp: Skill) -> None:
    """What another rule of the database refuses is a message as well."""
    add = reverse("admin:skills_statement_add")
    level = SkillLevel.objects.get(level__number=6)
    response = admir.post(add, sent_form(admir, add) | {"skill_level": str(level.pk), "position": "6"})
    assert "already has a statement at this position" in response.content.decode()


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        (Statement, {"", "text", "label", "help"}),
        (Activity, {"", "text", "label", "help"}),
    ],
)
def test_only_fields_of_the_owner_are_offered(admir: Client, row: Any, fields: set[str]) -> None:
    """A statement has no essence to fill in."""
    page = admir.get(address(row.objects.order_by("pk").first())).content.decode()
    (choice,) = re.findall(r'<select name="texts-0-field".*?</select>', page, re.DOTALL)
    assert set(re.findall(r'<option value="(\w*)"', choice)) == fields


@pytest.mark.parametrize("model", OURS)
def test_queries_do_not_grow_with_rows(admir: Client, cexp: Skill, model: Any) -> None:
    """A list costs the same for the shipped skill as for one with twice as many statements."""
    url = reverse(f"admin:skills_{model._meta.model_name}_changelist")
    admir.get(url)
    with CaptureQueriesContext(connection) as before:
        admir.get(url)
    _copy_skill(cexp)
    with CaptureQueriesContext(connection) as after:
        admir.get(url)
    assert len(after) == len(before)


def _copy_skill(cexp: Skill) -> None:
    copy = Skill.objects.create(framework=cexp.framework, code="COPY")
    for level in SkillLevel.objects.filter(skill=cexp).select_related("level"):
        copied = SkillLevel.objects.create(skill=copy, level=level.level)
        for position in range(1, 9):
            Statement.objects.create(
                skill_level=copied, position=position, code=f"COPY.{level.level.number}.{position}"
            )
    Activity.objects.bulk_create(Activity(skill=copy, position=n, loop="share") for n in range(1, 9))
