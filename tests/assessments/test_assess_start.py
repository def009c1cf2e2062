"""Finding one's level and beginning an assessment."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from assessments.actions.cycles import close_cycle
from assessments.models import Assessment, Cycle, StartingLevel
from skills.models import Skill
from tests.cast import NOON, Cast
from tests.htmx import Page

pytestmark = pytest.mark.usefixtures("noon")

URL = "/assessments/start/CEXP/"


def data(level: object = 3, target: object = 4, token: object = "") -> dict[str, str]:
    return {"level": str(level), "target": str(target), "form_token": str(token)}


def test_the_seven_essences_are_read_before_choosing(ana: Client, cycle: Cycle) -> None:
    """Levels that the skill lacks say so."""
    page = Page(ana.get(URL).content)
    radios = [element for element in page.root if element.attributes.get("name") == "level"]
    assert [element.attributes["value"] for element in radios] == list("1234567")
    assert page.root.text.count("not defined in this skill") == 2


def test_the_roles_target_is_chosen_at_first(ana: Client, cycle: Cycle) -> None:
    """And named beside the field."""
    page = Page(ana.get(URL).content)
    chosen = [element.attributes["value"] for element in page.root if "selected" in element.attributes]
    assert chosen == ["4"]
    assert "Your role aims at level 4" in page.root.text


def test_without_a_role_nothing_is_chosen(client: Client, cast: Cast, cycle: Cycle) -> None:
    """The person chooses."""
    client.force_login(cast.novo)
    page = Page(client.get(URL).content)
    assert not [element for element in page.root if "selected" in element.attributes]


def test_choosing_begins_the_assessment_at_that_level(ana: Client, cast: Cast, cycle: Cycle) -> None:
    """With the role's target kept beside the chosen one; the level is kept for the next time."""
    answer = ana.post(URL, data(3, 5))
    begun = cast.ana.assessments.get()
    assert answer.headers["Location"] == f"/assessments/{begun.pk}/levels/3/"
    assert (begun.start_level, begun.target, begun.role_target) == (3, 5, 4)
    assert StartingLevel.objects.get(employee=cast.ana).level == 3


@pytest.mark.parametrize(("level", "nearest"), [(1, 2), (7, 6)])
def test_a_level_that_the_skill_lacks_begins_at_the_nearest(
    ana: Client, cast: Cast, cycle: Cycle, level: int, nearest: int
) -> None:
    """It says so, and keeps the level as it was chosen."""
    answer = ana.post(URL, data(level), follow=True)
    assert cast.ana.assessments.get().start_level == nearest
    assert StartingLevel.objects.get(employee=cast.ana).level == level
    assert f"You begin at level {nearest}" in answer.content.decode()


def test_the_kept_level_is_chosen_and_can_be_changed(
    ana: Client, cast: Cast, cexp: Skill, cycle: Cycle
) -> None:
    """The last choice counts."""
    StartingLevel.objects.create(employee=cast.ana, skill=cexp, level=5, chosen_at=NOON)
    page = Page(ana.get(URL).content)
    checked = [element.attributes["value"] for element in page.root if "checked" in element.attributes]
    assert checked == ["5"]
    ana.post(URL, data(2))
    assert StartingLevel.objects.get(employee=cast.ana).level == 2


def test_without_an_open_cycle_the_level_is_kept(ana: Client, cast: Cast, cycle: Cycle) -> None:
    """No target is asked for, and nothing is begun."""
    close_cycle(cycle=cycle, by=cast.admir, at=NOON)
    assert "No cycle is open now" in ana.get(URL).content.decode()
    answer = ana.post(URL, {"level": "3"}, follow=True)
    assert "Your level is kept" in answer.content.decode()
    assert not Assessment.objects.exists()
    assert StartingLevel.objects.get(employee=cast.ana).level == 3


def test_what_is_begun_goes_on(ana: Client, draft: Assessment) -> None:
    """A second one in the same cycle cannot be begun."""
    for answer in (ana.get(URL), ana.post(URL, data(5, 6))):
        assert answer.headers["Location"] == f"/assessments/{draft.pk}/"
    assert Assessment.objects.count() == 1


def test_the_same_form_twice_begins_once(ana: Client, cycle: Cycle) -> None:
    """A double click: the second gets the answer of the first."""
    token = uuid.uuid4()
    first, second = ana.post(URL, data(token=token)), ana.post(URL, data(token=token))
    assert first.headers["Location"] == second.headers["Location"]
    assert Assessment.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"level": "", "target": "4"}, "Choose the level that describes your work best."),
        ({"level": "8", "target": "4"}, "Choose one of the seven levels."),
        ({"level": "x" * 1_000_000, "target": "4"}, "Choose one of the seven levels."),
        ({"level": "3", "target": ""}, "Choose the level that you aim at."),
        ({"level": "3", "target": "7"}, "This skill has no such level."),
        ({"level": "3", "target": "<b>"}, "This skill has no such level."),
        ({"level": "3", "target": "4", "form_token": "x"}, "This form was damaged on its way."),
    ],
)
def test_what_is_no_level_gets_a_message(
    ana: Client, cycle: Cycle, fields: dict[str, str], message: str
) -> None:
    """Beside its field; what was chosen well stays chosen."""
    answer = ana.post(URL, fields)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not Assessment.objects.exists()


def test_a_skill_that_does_not_exist_is_not_found(ana: Client) -> None:
    """Whatever the code."""
    assert ana.get("/assessments/start/NONE/").status_code == 404


def test_signed_out_it_asks_to_sign_in(client: Client) -> None:
    """And comes back afterwards."""
    assert client.get(URL).status_code == 302


def test_it_is_read_and_posted(ana: Client) -> None:
    """Nothing else."""
    assert ana.put(URL).status_code == 405


def test_it_asks_little_of_the_database(
    ana: Client, cycle: Cycle, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Session, person, skill, cycle, what is begun, the kept level, the role's target."""
    ana.get(URL)
    with django_assert_num_queries(7):
        ana.get(URL)
