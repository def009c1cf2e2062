"""People, teams and memberships: what the database holds on to."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from people.models import Membership, Team, User
from tests.cast import PASSWORD, TODAY, Cast


def test_an_address_is_kept_in_lower_case(db: None) -> None:
    """One person has one account, whatever the case in which the e-mail is typed."""
    user = User.objects.create_user("  Ana.Souza@Example.ORG ", PASSWORD, name="Ana")
    assert user.email == "ana.souza@example.org"
    with pytest.raises(ValidationError):
        User.objects.create_user("ANA.SOUZA@example.org", PASSWORD, name="Another")


def test_the_database_refuses_the_same_address_in_another_case(db: None) -> None:
    """Even a row that no form has seen cannot double an account."""
    User.objects.create_user("ana@example.org", PASSWORD, name="Ana")
    with pytest.raises(IntegrityError, match="user_email_once"), transaction.atomic():
        User.objects.bulk_create([User(email="ANA@example.org", name="Ana")])


def test_a_time_zone_that_does_not_exist_is_refused(db: None) -> None:
    with pytest.raises(ValidationError, match="time zone"):
        User.objects.create_user("ana@example.org", PASSWORD, name="Ana", timezone="Mars/Olympus")


@pytest.mark.parametrize(
    ("language", "official", "expected"),
    [("pt-br", "ru", ("pt", "pt")), ("ru", "pt", ("ru", "ru")), ("en", "ru", ("en", "ru"))],
)
def test_official_texts_come_in_the_reader_s_language(
    language: str, official: str, expected: tuple[str, str]
) -> None:
    """Only a reader in English chooses whether they come in Portuguese or Russian."""
    assert User(language=language, official_language=official).reader == expected


def test_the_tree_cannot_close_on_itself(cast: Cast) -> None:
    """The form says so, and the database refuses what no form has seen."""
    root = Team.objects.get(name="Araçari")
    root.parent = Team.objects.get(name="Night shift")
    with pytest.raises(ValidationError, match="close on itself"):
        root.full_clean()
    with pytest.raises(IntegrityError, match="team_tree_has_no_cycle"), transaction.atomic():
        root.save()


def test_a_team_can_move_to_another_branch(cast: Cast) -> None:
    night = Team.objects.get(name="Night shift")
    night.parent = Team.objects.get(name="Shop")
    night.full_clean()
    night.save()
    assert Team.objects.led_by(cast.elena).count() == 2


def test_a_team_is_not_its_own_parent(cast: Cast) -> None:
    shop = Team.objects.get(name="Shop")
    shop.parent = shop
    with pytest.raises(IntegrityError), transaction.atomic():
        shop.save()


def test_a_person_is_in_one_team_at_a_time(cast: Cast) -> None:
    """A second membership overlaps by a single day: refused; from the next day on: taken."""
    shop = Team.objects.get(name="Shop")
    first = cast.ana.memberships.get()
    first.ends_on = dt.date(2026, 6, 30)
    first.save()
    overlapping = Membership(user=cast.ana, team=shop, starts_on=dt.date(2026, 6, 30))
    with pytest.raises(ValidationError, match="already"):
        overlapping.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        overlapping.save()
    Membership.objects.create(user=cast.ana, team=shop, starts_on=dt.date(2026, 7, 1))


def test_a_membership_does_not_end_before_it_starts(cast: Cast) -> None:
    membership = cast.ana.memberships.get()
    membership.ends_on = membership.starts_on - dt.timedelta(days=1)
    with pytest.raises(ValidationError):
        membership.full_clean()
    membership.ends_on = membership.starts_on
    membership.full_clean()


def test_a_membership_counts_on_both_its_days(cast: Cast) -> None:
    membership = cast.ana.memberships.get()
    membership.ends_on = TODAY
    membership.save()
    assert cast.ana.memberships.on(TODAY).exists()
    assert cast.ana.memberships.on(membership.starts_on).exists()
    assert not cast.ana.memberships.on(TODAY + dt.timedelta(days=1)).exists()


def test_two_people_can_be_in_a_team_at_the_same_time(cast: Cast) -> None:
    """The rule compares a person with themselves alone, in the form as in the database."""
    team = Team.objects.get(name="Shop")
    Membership(user=cast.novo, team=team, starts_on=dt.date(2025, 1, 1)).full_clean()
