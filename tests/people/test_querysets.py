"""Who is below whom, by the day's memberships."""

import datetime as dt

from people.models import Membership, Team, User
from tests.cast import TODAY, Cast

TOMORROW = TODAY + dt.timedelta(days=1)


def below(manager: User, on: dt.date = TODAY) -> set[str]:
    return {user.name for user in User.objects.below(manager, on)}


def manager_of(person: User, on: dt.date = TODAY) -> User | None:
    return User.objects.nearest_manager_of(person, on).first()


def in_session(person: User) -> User:
    found = User.objects.signed_in(person.pk, TODAY)
    assert found is not None
    return found


def test_a_manager_sees_their_team_and_all_teams_below(cast: Cast) -> None:
    assert below(cast.marta) == {"Ana", "Bruno", "Carla", "Davi"}
    assert below(cast.carla) == {"Davi"}
    assert below(cast.elena) == {"Irina"}


def test_who_leads_nothing_sees_nobody(cast: Cast) -> None:
    assert below(cast.ana) == below(cast.helena) == below(cast.admir) == set()


def test_a_former_member_is_out_of_sight_the_day_after(cast: Cast) -> None:
    cast.ana.memberships.update(ends_on=TODAY)
    assert "Ana" in below(cast.marta)
    assert "Ana" not in below(cast.marta, TOMORROW)


def test_a_former_manager_loses_sight_at_once(cast: Cast) -> None:
    Team.objects.filter(name="Contact centre").update(manager=cast.elena)
    assert below(cast.marta) == set()
    assert "Ana" in below(cast.elena)


def test_the_nearest_manager_is_never_the_person(cast: Cast) -> None:
    """Carla leads the team that she is a member of: hers is the manager above."""
    assert manager_of(cast.davi) == cast.carla
    assert manager_of(cast.carla) == cast.marta
    assert manager_of(cast.marta) is None


def test_a_deactivated_manager_is_passed_over(cast: Cast) -> None:
    User.objects.filter(pk=cast.carla.pk).update(is_active=False)
    assert manager_of(cast.davi) == cast.marta


def test_a_person_outside_any_team_has_no_manager(cast: Cast) -> None:
    assert manager_of(cast.novo) is None


def test_the_session_s_person_comes_with_job_title_and_lead(cast: Cast) -> None:
    marta, novo = in_session(cast.marta), in_session(cast.novo)
    assert (marta.job_title_today, marta.leads_a_team) == ("Manager", True)
    assert (novo.job_title_today, novo.leads_a_team) == (None, False)


def test_a_session_of_a_deactivated_person_is_nobody_s(cast: Cast) -> None:
    User.objects.filter(pk=cast.ana.pk).update(is_active=False)
    assert User.objects.signed_in(cast.ana.pk, TODAY) is None


def test_several_memberships_over_time_make_one_person(cast: Cast) -> None:
    """A past membership neither doubles a row nor gives its title."""
    cast.ana.memberships.update(starts_on=dt.date(2026, 1, 1))
    team = Team.objects.get(name="Shop")
    Membership.objects.create(
        user=cast.ana,
        team=team,
        job_title="Clerk",
        starts_on=dt.date(2024, 1, 1),
        ends_on=dt.date(2025, 12, 31),
    )
    assert in_session(cast.ana).job_title_today == "Analyst"
    assert [user.name for user in User.objects.below(cast.marta, TODAY).by_name()] == [
        "Ana",
        "Bruno",
        "Carla",
        "Davi",
    ]
