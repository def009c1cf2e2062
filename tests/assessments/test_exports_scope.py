"""Whose rows are in a file, by whom it is asked for."""

import datetime as dt

import pytest
from django.test import Client

from assessments.models import AccessEntry, Cycle, Review, Submission
from people.models import Membership, User
from skills.models import Skill
from tests.assessments.exports_cases import asked, level_rows, rows
from tests.assessments.report_cases import reviewed
from tests.cast import Cast


@pytest.fixture
def review(cast: Cast, submission: Submission) -> Review:
    return reviewed(submission, by=cast.marta)


def test_everybody_in_a_team_has_a_row_per_level(hr: Client, cycle: Cycle, cexp: Skill) -> None:
    """Also who has not begun; who is in no team and has no assessment is nobody's to assess."""
    found = level_rows(hr, asked(cycle, cexp))
    assert {level for _, level in found} == set("23456")
    names = {name for name, _ in found}
    assert names == {"Ana", "Bruno", "Carla", "Davi", "Elena", "Irina", "Marta"}
    assert found["Irina", "2"]["status"] == "not_begun"


def test_who_has_left_stays_in_the_company_s_file_of_the_cycle(
    hr: Client, cast: Cast, cycle: Cycle, cexp: Skill, review: Review
) -> None:
    """Without a team, but with what was validated; who left without an assessment is gone."""
    Membership.objects.filter(user__in=[cast.ana, cast.bruno]).update(ends_on=dt.date(2025, 6, 1))
    User.objects.filter(pk__in=[cast.ana.pk, cast.bruno.pk]).update(is_active=False)
    found = level_rows(hr, asked(cycle, cexp))
    assert (found["Ana", "3"]["team"], found["Ana", "3"]["validated_level_held"]) == ("", "3")
    assert ("Bruno", "3") not in found


def test_names_are_in_the_order_of_a_register(hr: Client, cast: Cast, cycle: Cycle, cexp: Skill) -> None:
    """Accents do not send anybody to the end."""
    for user, name in ((cast.irina, "Ágata"), (cast.elena, "Ёлкина"), (cast.davi, "Жук")):
        User.objects.filter(pk=user.pk).update(name=name)
    order = [row["person_name"] for row in rows(hr.post("/reports/levels/", asked(cycle, cexp)))[::5]]
    assert order == ["Ágata", "Ana", "Bruno", "Carla", "Marta", "Ёлкина", "Жук"]


def test_a_manager_gets_the_own_teams(client: Client, cast: Cast, cycle: Cycle, cexp: Skill) -> None:
    """And those below them, without the manager, who is somebody else's to review."""
    client.force_login(cast.marta)
    found = level_rows(client, asked(cycle, cexp, scope="own"))
    assert {name for name, _ in found} == {"Ana", "Bruno", "Carla", "Davi"}


def test_a_team_comes_with_those_below_it(
    hr: Client, client: Client, cast: Cast, cycle: Cycle, cexp: Skill
) -> None:
    centre = cast.marta.teams_led.get()
    found = level_rows(hr, asked(cycle, cexp, scope=centre.pk))
    assert {name for name, _ in found} == {"Ana", "Bruno", "Carla", "Davi", "Marta"}
    client.force_login(cast.marta)
    night = cast.carla.teams_led.get()
    assert {name for name, _ in level_rows(client, asked(cycle, cexp, scope=night.pk))} == {"Carla", "Davi"}


@pytest.mark.parametrize("scope", ["company", "shop"])
def test_a_manager_gets_nobody_else_s(
    client: Client, cast: Cast, cycle: Cycle, cexp: Skill, scope: str
) -> None:
    """Neither the company nor another team: they are not among the choices."""
    client.force_login(cast.marta)
    key = cast.elena.teams_led.get().pk if scope == "shop" else scope
    response = client.post("/reports/levels/", asked(cycle, cexp, scope=key))
    assert response.status_code == 422
    assert not AccessEntry.objects.exists()


def test_who_has_lost_the_team_has_lost_its_file(
    client: Client, cast: Cast, cycle: Cycle, cexp: Skill
) -> None:
    """Asked for from a form that was opened before."""
    client.force_login(cast.elena)
    assert client.get("/reports/levels/").status_code == 200
    cast.elena.teams_led.update(manager=cast.carla)
    assert client.post("/reports/levels/", asked(cycle, cexp, scope="own")).status_code == 403
