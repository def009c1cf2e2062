"""Administrators who change a definition or a cycle in the moment in which people begin to build on it."""

from __future__ import annotations

import datetime as dt
from itertools import count

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from assessments.actions.cycles import close_cycle
from assessments.models import Cycle
from skills.models import Framework, Skill, Statement, Text
from tests.cast import Cast
from tests.races.arena import LATER, ROUNDS, Arena, without_trigger
from tests.races.pages import Press, browser, press, said, token
from tests.races.test_definitions import plan
from tests.skills.test_admin import field_of, sent_form

pytestmark = pytest.mark.usefixtures("an_hour_later")
NEW = count()
TOMORROW = LATER + dt.timedelta(1)
FROZEN = "Nothing was changed: assessments use this definition"
OPEN = "Nothing was changed: this cycle is open now, so its purpose and its days to contest are frozen."


class Form:
    """A page of the administrators, opened with what stood there."""

    def __init__(self, client: Client, page: str, pk: int) -> None:
        self.client, self.url = client, reverse(f"admin:{page}_change", args=[pk])
        self.typed = sent_form(client, self.url)
        for name in {"submit_by", "review_by"} & self.typed.keys():
            self.typed |= dict(zip((f"{name}_0", f"{name}_1"), self.typed[name][:19].split(), strict=True))

    def saving(self, **typed: str) -> Press:
        return lambda: self.client.post(self.url, self.typed | typed)


def official() -> Text:
    return Text.objects.get(statement__code="CEXP.4.3", field="text", language="pt")


def unfreeze() -> None:
    """As before the first assessment, for the next round."""
    with without_trigger(Framework, "keep_frozen"), without_trigger(Skill, "keep_frozen"):
        Framework.objects.update(frozen_at=None)
        Skill.objects.update(is_frozen=False)


def beginning(arena: Arena) -> Press:
    client = browser(arena.employee())
    typed = {"form_token": token(), "level": "3", "target": "4"}
    return press(client, "assessments:start", "CEXP", **typed)


def test_an_official_text_changes_while_the_first_assessment_begins(arena: Arena, cast: Cast) -> None:
    """Begun it always is; the text was changed before that, or the administrator is told that it stays."""
    form = Form(browser(cast.admir), "skills_statement", Statement.objects.get(code="CEXP.4.3").pk)
    name = field_of(form.typed, official().text)
    for _ in range(ROUNDS):
        unfreeze()
        before, wanted = official().text, f"Depois {next(NEW)}."
        begun, changed = arena.together(beginning(arena), form.saving(**{name: wanted}))
        assert begun.status_code == 302
        assert Framework.objects.get().frozen_at
        assert official().text == (wanted if was_saved(changed, FROZEN, wanted) else before)


def was_saved(answer: HttpResponse, reason: str, wanted: str) -> bool:
    """Else it is a 409 that says why, with what was typed."""
    if answer.status_code == 302:
        return True
    told = said(answer)
    assert (answer.status_code, reason in told, wanted in told) == (409, True, True)
    return False


def opening(client: Client, planned: Cycle) -> Press:
    typed = {"action": "open_selected", "_selected_action": str(planned.pk)}
    return press(client, "admin:assessments_cycle_changelist", **typed)


def test_the_purpose_of_a_cycle_changes_while_it_opens(arena: Arena, cast: Cast, cycle: Cycle) -> None:
    """Opened it always is: with the new purpose, or the other one is told that the old purpose stays."""
    close_cycle(cycle=cycle, by=cast.admir, at=LATER)
    client = browser(cast.admir)
    for number in range(ROUNDS):
        planned, wanted = plan(cycle, number), f"Depois {number}."
        form = Form(client, "assessments_cycle", planned.pk)
        opened, changed = arena.together(opening(client, planned), form.saving(purpose_pt=wanted))
        planned.refresh_from_db()
        assert (opened.status_code, planned.is_open) == (302, True)
        assert planned.purpose_pt == (wanted if was_saved(changed, OPEN, wanted) else "Antes.")
        close_cycle(cycle=planned, by=cast.admir, at=TOMORROW)


def test_the_days_of_a_cycle_change_while_it_closes(arena: Arena, cast: Cast, cycle: Cycle) -> None:
    """Both are done: saving its days does not open it again."""
    client, form = browser(cast.admir), Form(browser(cast.admir), "assessments_cycle", cycle.pk)
    typed = {"action": "close_selected", "_selected_action": str(cycle.pk)}
    for number in range(ROUNDS):
        closing = press(client, "admin:assessments_cycle_changelist", **typed)
        saving = form.saving(name=f"R{number}")
        assert [answer.status_code for answer in arena.together(closing, saving)] == [302, 302]
        cycle.refresh_from_db()
        assert (cycle.name, cycle.is_open) == (f"R{number}", False)
        Cycle.objects.update(closed_at=None)
