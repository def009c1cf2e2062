"""Opening and closing a cycle, by the action and by the administrator."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.translation import override

from assessments.actions.cycles import CycleStateError, close_cycle, open_cycle
from assessments.models import Cycle
from assessments.scoring import ScoringPolicy
from tests.cast import NOON, Cast


def planned(name: str = "2027") -> Cycle:
    return Cycle.objects.create(
        name=name,
        purpose_pt="Planejar.",
        purpose_ru="Спланировать.",
        purpose_en="To plan.",
        submit_by=NOON + dt.timedelta(30),
        review_by=NOON + dt.timedelta(45),
    )


def dated(submit_by: str, review_by: str) -> dict[str, str]:
    """What the form of a cycle sends."""
    return {
        "name": "2028",
        "purpose_pt": "a",
        "purpose_ru": "a",
        "purpose_en": "a",
        "submit_by_0": submit_by,
        "submit_by_1": "12:00",
        "review_by_0": review_by,
        "review_by_1": "12:00",
    }


def act(client: Client, cast: Cast, action: str, cycle: Cycle) -> str:
    client.force_login(cast.admir)
    data = {"action": action, "_selected_action": [str(cycle.pk)]}
    return client.post("/admin/assessments/cycle/", data, follow=True).content.decode()


def test_opening_copies_the_policy(cast: Cast) -> None:
    """Before that the default one holds; later changes of the default do not reach it."""
    cycle = planned()
    assert (cycle.is_open, cycle.scoring_policy) == (False, ScoringPolicy())
    strict = ScoringPolicy(stale_months=12)
    open_cycle(cycle=cycle, policy=strict, by=cast.admir, at=NOON)
    cycle.refresh_from_db()
    assert (cycle.is_open, cycle.scoring_policy) == (True, strict)


def test_a_cycle_opens_once_and_closes_once(cast: Cast) -> None:
    cycle = planned()
    with pytest.raises(CycleStateError):
        close_cycle(cycle=cycle, by=cast.admir, at=NOON)
    open_cycle(cycle=cycle, policy=ScoringPolicy(), by=cast.admir, at=NOON)
    close_cycle(cycle=cycle, by=cast.admir, at=NOON + dt.timedelta(1))
    for again in (open_cycle, close_cycle):
        extra = {"policy": ScoringPolicy()} if again is open_cycle else {}
        with pytest.raises(CycleStateError):
            again(cycle=cycle, by=cast.admir, at=NOON, **extra)


def test_a_second_one_does_not_open(cycle: Cycle, cast: Cast) -> None:
    with pytest.raises(ValidationError, match="close it first"):
        open_cycle(cycle=planned(), policy=ScoringPolicy(), by=cast.admir, at=NOON)


def test_even_two_at_once_make_one_open_cycle(cycle: Cycle) -> None:
    other = planned()
    other.opened_at, other.policy = NOON, {}
    with pytest.raises(IntegrityError, match="one_open_at_a_time"), transaction.atomic():
        other.save()


@pytest.mark.parametrize(
    ("language", "purpose"), [("pt-br", "Planejar."), ("ru", "Спланировать."), ("en", "To plan.")]
)
def test_the_purpose_comes_in_the_reader_s_language(db: None, language: str, purpose: str) -> None:
    with override(language):
        assert planned().purpose == purpose


def test_an_administrator_opens_and_closes(client: Client, cast: Cast) -> None:
    cycle = planned()
    assert "Open: 2027." in act(client, cast, "open_selected", cycle)
    assert "Closed: 2027." in act(client, cast, "close_selected", cycle)
    assert "Only an open cycle can be closed." in act(client, cast, "close_selected", cycle)


def test_what_stands_in_the_way_is_said(client: Client, cast: Cast, cycle: Cycle) -> None:
    assert "close it first" in act(client, cast, "open_selected", planned())


def test_an_open_cycle_s_purpose_is_only_read_in_the_admin(client: Client, cast: Cast, cycle: Cycle) -> None:
    client.force_login(cast.admir)
    page = client.get(f"/admin/assessments/cycle/{cycle.pk}/change/").content.decode()
    assert 'name="submit_by_0"' in page
    assert 'name="purpose_pt"' not in page


def test_a_form_of_before_it_opened_is_refused_and_kept(client: Client, cast: Cast, cycle: Cycle) -> None:
    """Neither its purpose nor its days change, and nothing that was typed is lost."""
    client.force_login(cast.admir)
    data = dated("2026-12-01", "2026-12-15") | {
        "name": "Typed",
        "purpose_pt": "Outro fim.",
        "contest_days": "7",
    }
    response = client.post(f"/admin/assessments/cycle/{cycle.pk}/change/", data)
    page = response.content.decode()
    assert response.status_code == 409
    assert "this cycle is open now, so its purpose and its days to contest are frozen" in page
    assert "Outro fim." in page
    cycle.refresh_from_db()
    assert (cycle.name, cycle.purpose_pt, cycle.contest_days) == ("2026", "Planejar o desenvolvimento.", 14)


def test_the_dates_of_an_open_cycle_can_change(client: Client, cast: Cast, cycle: Cycle) -> None:
    """The page of an open cycle brings nothing of what is frozen."""
    client.force_login(cast.admir)
    url, data = f"/admin/assessments/cycle/{cycle.pk}/change/", dated("2026-12-02", "2026-12-16")
    names = data.keys() - {"purpose_pt", "purpose_ru", "purpose_en"}
    assert client.post(url, {name: data[name] for name in names}).status_code == 302
    cycle.refresh_from_db()
    assert cycle.submit_by.day == 2


def test_a_cycle_in_use_is_not_deleted(client: Client, cast: Cast, cycle: Cycle) -> None:
    client.force_login(cast.admir)
    assert client.post(f"/admin/assessments/cycle/{cycle.pk}/delete/").status_code == 403
    assert client.get(f"/admin/assessments/cycle/{planned().pk}/delete/").status_code == 200


def test_reversed_dates_are_refused_beside_the_form(client: Client, cast: Cast) -> None:
    client.force_login(cast.admir)
    data = dated("2028-02-01", "2028-01-01")
    page = client.post("/admin/assessments/cycle/add/", data).content.decode()
    assert "Reviews end after submissions" in page
