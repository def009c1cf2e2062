"""The demo company: whole, only where nothing real is."""

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from assessments.demo import PUBLISHED, Company
from assessments.models import Assessment, State, Submission
from assessments.results.frozen import digest_of, frozen_sheet
from people.models import Team, User
from skills.models import Skill
from tests.cast import NOON

ACCOUNTS = ("ana", "irina", "marta", "elena", "hr", "admin", "novo")


@pytest.fixture
def company(cexp: Skill) -> None:
    Company(at=NOON).make()


@pytest.mark.usefixtures("company")
def test_thirty_people_of_two_sites_in_four_teams() -> None:
    assert User.objects.count() == 30
    assert Team.objects.filter(children=None).count() == 4
    channels = set(Team.objects.exclude(channel="").values_list("channel", flat=True))
    assert channels == {"contact_centre", "shop", "online"}


@pytest.mark.usefixtures("company")
def test_the_published_accounts_can_sign_in() -> None:
    for name in ACCOUNTS:
        assert User.objects.get(email=f"{name}@example.com").check_password(PUBLISHED)


@pytest.mark.usefixtures("company")
def test_every_state_that_a_person_can_reach_is_there() -> None:
    """Reopening and closing as not reviewed are not among them yet."""
    states = set(Assessment.objects.values_list("state", flat=True))
    assert states == set(State) - {State.REOPENED, State.NOT_REVIEWED}
    assert not User.objects.get(email="novo@example.com").assessments.exists()


@pytest.mark.usefixtures("company")
def test_what_was_sent_gives_the_stored_result_again() -> None:
    """Each frozen copy has its digest, and scoring it finds no difference."""
    submissions = Submission.objects.select_related("assessment__skill__framework", "assessment__employee")
    for submission in submissions:
        assert digest_of(submission.document) == submission.digest
        sheet = frozen_sheet(submission, reader=submission.assessment.employee)
        assert sheet.result.to_json() == submission.result


def test_it_is_made_in_an_empty_database_only(company: None, settings: Settings) -> None:
    settings.DEMO_ALLOWED = True
    with pytest.raises(CommandError, match="people in this database"):
        call_command("demo")


def test_it_is_refused_where_real_data_may_be(cexp: Skill, settings: Settings) -> None:
    settings.DEMO_ALLOWED = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo")
    assert not User.objects.exists()


def test_it_is_made_by_its_command(
    cexp: Skill, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DEMO_ALLOWED = True
    call_command("demo")
    assert PUBLISHED in capsys.readouterr().out
    assert User.objects.exists()
