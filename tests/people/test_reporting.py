"""Who reviews whom, in odd trees: the nearest manager, asked from below and from above."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from people.models import Membership, Team, User
from tests.cast import TODAY, Cast, person

pytestmark = pytest.mark.django_db


def manager_of(someone: User) -> str:
    found = User.objects.nearest_manager_of(someone, TODAY).first()
    return found.name if found else ""


def led_by(manager: User) -> set[str]:
    return {user.name for user in User.objects.led_by(manager, TODAY)}


def below(manager: User) -> set[str]:
    return {user.name for user in User.objects.below(manager, TODAY)}


def team(name: str, manager: User | None, *members: User, parent: Team | None = None) -> Team:
    made = Team.objects.create(name=name, manager=manager, parent=parent)
    for member in members:
        Membership.objects.create(user=member, team=made, starts_on=TODAY)
    return made


def people(*names: str) -> list[User]:
    return [person(name) for name in names]


def test_the_nearest_manager_leads_directly_only_their_own(cast: Cast) -> None:
    """Davi is Carla's, although Marta may review him too."""
    assert led_by(cast.marta) == {"Ana", "Bruno", "Carla"}
    assert led_by(cast.carla) == {"Davi"}
    assert led_by(cast.ana) == set()


def test_a_leader_in_their_own_team_goes_to_the_next_one_up() -> None:
    head, lead, one = people("Head", "Lead", "One")
    root = team("Root", head, head)
    team("Own", lead, lead, one, parent=root)
    assert (manager_of(lead), manager_of(one), manager_of(head)) == ("Head", "Lead", "")
    assert led_by(head) == {"Lead"}


def test_two_who_lead_each_others_teams_review_neither() -> None:
    """Each is the other's report; who is above both reviews them, else nobody is left."""
    ana, bia, top = people("Ana", "Bia", "Top")
    first, second = team("First", bia, ana), team("Second", ana, bia)
    assert (manager_of(ana), manager_of(bia)) == ("", "")
    assert (led_by(ana), led_by(bia), below(ana), below(bia)) == (set(), set(), set(), set())
    root = team("Root", top, top)
    Team.objects.filter(pk__in=[first.pk, second.pk]).update(parent=root)
    assert (manager_of(ana), manager_of(bia)) == ("Top", "Top")
    assert led_by(top) == {"Ana", "Bia"}


def test_who_sits_in_a_team_of_their_report_is_not_reviewed_by_it() -> None:
    """The head is a member of the office that the assistant leads: each is above."""
    head, assistant, clerk = people("Head", "Assistant", "Clerk")
    root = team("Root", head)
    team("Office", assistant, head, assistant, clerk, parent=root)
    assert (manager_of(head), manager_of(assistant), manager_of(clerk)) == ("", "", "Assistant")
    assert below(assistant) == led_by(assistant) == {"Clerk"}
    assert below(head) == {"Clerk"}


def test_a_manager_from_elsewhere_is_no_report() -> None:
    """The head sits in a team led by somebody whose own place is not below the head."""
    head, friend = people("Head", "Friend")
    root = team("Root", head)
    team("Board", friend, head, parent=root)
    team("Elsewhere", None, friend)
    assert manager_of(head) == "Friend"
    assert led_by(friend) == {"Head"}


def test_a_report_is_skipped_to_the_next_manager_up() -> None:
    """In between, all are each other's reports; the one at the top is nobody's."""
    top, boss, low, lower = people("Top", "Boss", "Low", "Lower")
    root = team("Root", top)
    a = team("A", low, parent=root)
    b = team("B", lower, boss, parent=a)
    team("C", boss, low, lower, parent=b)
    assert manager_of(boss) == "Top"
    assert led_by(top) == {"Boss", "Low", "Lower"}
    assert led_by(low) == led_by(lower) == set()


def test_a_chain_of_deactivated_managers_is_passed_over() -> None:
    top, gone, left, one = people("Top", "Gone", "Left", "One")
    root = team("Root", top)
    a = team("A", gone, gone, parent=root)
    b = team("B", left, left, parent=a)
    team("C", None, one, parent=b)
    assert manager_of(one) == "Left"
    User.objects.filter(name__in=["Gone", "Left"]).update(is_active=False)
    assert manager_of(one) == "Top"
    assert "One" in led_by(top)
    User.objects.filter(name="Top").update(is_active=False)
    assert manager_of(one) == ""


def test_a_manager_of_a_team_twice_down_the_tree_leads_both() -> None:
    top, mid, one, two = people("Top", "Mid", "One", "Two")
    root = team("Root", top, one)
    middle = team("Middle", mid, parent=root)
    team("Low", top, two, parent=middle)
    assert led_by(top) == {"One", "Two"}
    assert manager_of(two) == "Top"


def test_yesterdays_place_says_nothing() -> None:
    top, one = people("Top", "One")
    team("Root", top, one)
    yesterday = TODAY - dt.timedelta(days=1)
    Membership.objects.filter(user=one).update(starts_on=yesterday, ends_on=yesterday)
    assert (manager_of(one), led_by(top)) == ("", set())


@pytest.mark.parametrize("seed", range(25))
def test_both_ways_of_asking_agree(seed: int) -> None:
    """In trees drawn by lot, a person is led by whoever is their nearest manager and by nobody else."""
    everybody, expected = company(random.Random(seed))
    led: dict[str, set[str]] = {}
    for someone in everybody:
        nearest = manager_of(someone)
        assert nearest == expected[someone.name]
        if nearest:
            led.setdefault(nearest, set()).add(someone.name)
    for manager in everybody:
        if manager.is_active:
            assert led_by(manager) == led.get(manager.name, set()), manager.name
            assert led_by(manager) <= below(manager)


def company(draw: random.Random) -> tuple[list[User], dict[str, str]]:
    """Twelve people in eight teams, and the nearest manager of each, found step by step."""
    everybody = people(*(f"P{number}" for number in range(12)))
    for someone in everybody:
        someone.is_active = draw.random() > 0.2
        someone.save()
    teams: list[Team] = []
    for number in range(8):
        parent = draw.choice(teams) if teams and draw.random() > 0.15 else None
        leader = draw.choice(everybody) if draw.random() > 0.2 else None
        teams.append(team(f"T{number}", leader, parent=parent))
    places = {someone: draw.choice(teams) for someone in everybody if draw.random() > 0.1}
    for someone, place in places.items():
        Membership.objects.create(user=someone, team=place, starts_on=TODAY)
    up = {someone: leaders_up(places.get(someone), teams) for someone in everybody}
    return everybody, {someone.name: nearest(someone, up) for someone in everybody}


def leaders_up(place: Team | None, teams: list[Team]) -> list[User]:
    found = []
    while place is not None:
        if place.manager is not None:
            found.append(place.manager)
        place = next((team for team in teams if team.pk == place.parent_id), None)
    return found


def nearest(someone: User, up: dict[User, list[User]]) -> str:
    fit = (
        leader.name
        for leader in up[someone]
        if leader != someone and leader.is_active and someone not in up[leader]
    )
    return next(fit, "")
