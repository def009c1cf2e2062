"""Who is on the team's page, who may see it, and how it is asked for."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions.cycles import close_cycle, open_cycle
from assessments.models import AccessEntry, Assessment, Cycle
from assessments.scoring import ScoringPolicy
from people.models import Membership, Team, User
from skills.models import Skill
from tests.assessments.report_cases import sent, worked_example
from tests.assessments.review_cases import LATER, MOST_QUERIES, page, read, sign_in, validated
from tests.assessments.team_cases import TEAM, count, level_2, row, see
from tests.cast import TODAY, Cast, join, person

pytestmark = pytest.mark.usefixtures("an_hour_later")


def test_all_below_are_shown_by_team(client: Client, cast: Cast, cycle: Cycle) -> None:
    """The teams in the order of the tree; the manager is not one of them."""
    text = read(see(client, cast.marta).content)
    places = [text.index(name) for name in ("Contact centre Ana", "Bruno", "Night shift Carla", "Davi")]
    assert places == sorted(places)
    assert "Irina" not in text
    assert "Marta Manager" not in text


def test_a_sub_teams_manager_sees_only_theirs(client: Client, cast: Cast, cycle: Cycle) -> None:
    text = read(see(client, cast.carla).content)
    assert "Davi" in text
    assert not {"Ana", "Bruno", "Irina"} & set(text.split())


def test_one_team_is_chosen_with_those_below_it(client: Client, cast: Cast, cycle: Cycle) -> None:
    night, centre = Team.objects.get(name="Night shift"), Team.objects.get(name="Contact centre")
    assert "Bruno" not in read(see(client, cast.marta, team=night.pk).content)
    assert "Davi" in read(see(client, cast.marta, team=centre.pk).content)


def test_an_earlier_cycle_is_chosen_by_its_name(
    client: Client, cast: Cast, draft: Assessment, cycle: Cycle
) -> None:
    """The latest opened one is shown first; levels of two cycles never mix."""
    worked_example(draft)
    sent(draft)
    close_cycle(cycle=cycle, by=cast.admir, at=LATER)
    cycle.pk, cycle.name, cycle.policy, cycle.opened_at, cycle.closed_at = None, "2027", None, None, None
    cycle.save()
    open_cycle(cycle=cycle, policy=ScoringPolicy(), by=cast.admir, at=LATER)
    assert row(see(client, cast.marta), "Ana")[0] == "assessment not begun"
    assert row(see(client, cast.marta, cycle="2026", skill="CEXP"), "Ana")[2] == "55"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("team", "999999", "You lead no such team."),
        ("team", "Shop", "You lead no such team."),
        ("team", "", "You lead no such team."),
        ("cycle", "1999", "There is no such cycle."),
        ("cycle", "\x00", "There is no such cycle."),
        ("skill", "ADMI", "There is no such skill."),
        ("skill", "<b>", "There is no such skill."),
    ],
)
def test_a_bad_choice_is_refused_beside_its_field(
    client: Client, cast: Cast, cycle: Cycle, name: str, value: str, message: str
) -> None:
    sign_in(client, cast.marta)
    response = client.get(TEAM, {name: value})
    assert response.status_code == 422
    assert message in page(response.content).get(f"#id_{name}_error").text
    assert b"<table" not in response.content


def test_two_who_lead_each_others_teams_see_each_others_status_alone(
    client: Client, cast: Cast, cexp: Skill, cycle: Cycle
) -> None:
    """Neither may read the other's report, so nothing leads there and no level is shown."""
    Membership.objects.filter(user=cast.marta).delete()
    shop = Team.objects.create(name="Pop-up shop", manager=cast.ana)
    join(cast.marta, shop, "tactical", "Gestora")
    for one, other in ((cast.ana, cast.marta), (cast.marta, cast.ana)):
        sent_by_other = level_2(other, cexp)
        report = reverse("assessments:report", args=[sent_by_other.assessment_id])
        response = see(client, one)
        cells = row(response, other.name)
        assert (cells[0], cells[-1]) == ("not yours to review", "submitted")
        assert f"/reviews/{sent_by_other.pk}/" not in response.content.decode()
        assert client.get(report).status_code == 404


def test_a_strangers_team_is_no_choice(client: Client, cast: Cast, cycle: Cycle) -> None:
    """The same answer as for one that is not there."""
    sign_in(client, cast.marta)
    response = client.get(TEAM, {"team": Team.objects.get(name="Shop").pk})
    assert response.status_code == 422
    assert "Shop" not in read(response.content)


def test_names_are_in_the_order_of_a_register(client: Client, cast: Cast, cycle: Cycle) -> None:
    centre = Team.objects.get(name="Contact centre")
    for name, email in (
        ("Ágata", "agata"),
        ("Zoé", "zoe"),
        ("Ёлка", "elka"),
        ("Жанна", "zhanna"),
        ("Евгения", "e"),
    ):
        one = person(email)
        User.objects.filter(pk=one.pk).update(name=name)
        join(one, centre, "analyst", "")
    text = read(see(client, cast.marta, team=centre.pk).content)
    order = ["Ágata", "Ana", "Bruno", "Zoé", "Евгения", "Ёлка", "Жанна"]
    assert sorted(order, key=text.index) == order


def test_what_people_typed_is_text(client: Client, cast: Cast, cycle: Cycle) -> None:
    """Names, job titles and teams; braces are no placeholders."""
    hostile = "<script>alert(1)</script>{0}&amp;"
    User.objects.filter(pk__in=[cast.ana.pk]).update(name=hostile)
    Membership.objects.filter(user=cast.ana).update(job_title=hostile)
    Team.objects.filter(name="Night shift").update(name=hostile)
    content = see(client, cast.marta).content.decode()
    assert "<script>alert" not in content
    assert content.count("&lt;script&gt;alert(1)&lt;/script&gt;{0}&amp;amp;") == 4


def test_who_has_left_is_not_shown(client: Client, cast: Cast, cycle: Cycle) -> None:
    """A membership that ended, and an account that was closed."""
    Membership.objects.filter(user=cast.ana).update(ends_on=TODAY - dt.timedelta(days=1))
    User.objects.filter(pk=cast.bruno.pk).update(is_active=False)
    text = read(see(client, cast.marta).content)
    assert "Ana" not in text.split()
    assert "Bruno" not in text


def test_the_button_counts_what_waits(client: Client, cast: Cast, cexp: Skill, cycle: Cycle) -> None:
    level_2(cast.ana, cexp)
    level_2(cast.davi, cexp)
    level_2(cast.bruno, cexp)
    text = read(see(client, cast.marta).content)
    assert "2 assessments wait for review" in text


def test_a_list_leaves_no_entry(client: Client, cast: Cast, cexp: Skill, cycle: Cycle) -> None:
    level_2(cast.ana, cexp)
    see(client, cast.marta)
    assert not AccessEntry.objects.exists()


def test_without_a_cycle_it_says_so(client: Client, cast: Cast) -> None:
    assert "No cycle has been opened yet" in read(see(client, cast.marta).content)


def test_without_people_it_says_so(client: Client, cast: Cast, cycle: Cycle) -> None:
    Membership.objects.exclude(user=cast.elena).delete()
    assert "Nobody is in this team yet" in read(see(client, cast.elena).content)


@pytest.mark.parametrize("name", ["ana", "helena", "admir", "novo"])
def test_who_leads_nobody_is_refused(client: Client, cast: Cast, name: str) -> None:
    client.force_login(getattr(cast, name))
    assert client.get(TEAM).status_code == 403


def test_a_former_manager_loses_access_at_once(client: Client, cast: Cast, cycle: Cycle) -> None:
    assert "Ana" in read(see(client, cast.marta).content)
    Team.objects.filter(manager=cast.marta).update(manager=cast.elena)
    assert client.get(TEAM).status_code == 403


def test_signed_out_goes_to_sign_in(client: Client, cast: Cast) -> None:
    assert client.get(TEAM).headers["Location"].startswith(reverse("account_login"))


def test_it_is_only_read(client: Client, cast: Cast) -> None:
    client.force_login(cast.marta)
    assert client.post(TEAM).status_code == 405


def test_queries_do_not_grow(client: Client, cast: Cast, cexp: Skill, cycle: Cycle) -> None:
    """With 4, 10, 50 and 200 people, some of them validated."""
    validated(submission=level_2(cast.ana, cexp), by=cast.marta, at=LATER)
    level_2(cast.bruno, cexp)
    see(client, cast.marta)
    counts = [count(client)]
    centre = Team.objects.get(name="Contact centre")
    for upto in (10, 50, 200):
        for number in range(Membership.objects.filter(team=centre).count(), upto):
            join(person(f"Pessoa{number}"), centre, "analyst", "Analista")
        counts.append(count(client))
    assert max(counts) <= MOST_QUERIES
    assert len(set(counts)) == 1
