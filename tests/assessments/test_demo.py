"""The demo company: whole, only where nothing real is."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from assessments.demo.company import PUBLISHED, Company
from assessments.models import (
    Assessment,
    EssenceAnswer,
    Notice,
    Response,
    Review,
    State,
    StatementComment,
    Submission,
    Transition,
)
from assessments.results.cycles.returned import returned
from assessments.results.frozen import digest_of, frozen_sheet
from assessments.results.review.queue import waiting_for
from cexp.announce import ACCOUNTS
from people.clock import day_of
from people.models import Team, User
from skills.models import Skill
from tests.cast import NOON


@pytest.fixture
def company(cexp: Skill) -> None:
    Company(at=NOON).make()


def person(name: str) -> User:
    return User.objects.get(email=f"{name}@example.com")


def review_of(name: str) -> Review:
    """Of what this person sent in the open cycle."""
    found = Review.objects.select_related("reviewer", "submission__assessment__employee")
    return found.get(
        submission__assessment__employee=person(name), submission__assessment__cycle__closed_at=None
    )


@pytest.mark.usefixtures("company")
def test_thirty_people_of_two_sites_in_four_teams_who_can_sign_in() -> None:
    assert User.objects.count() == 30
    assert Team.objects.filter(children=None).count() == 4
    channels = set(Team.objects.exclude(channel="").values_list("channel", flat=True))
    assert channels == {"contact_centre", "shop", "online"}
    for email, _ in ACCOUNTS:
        assert User.objects.get(email=email).check_password(PUBLISHED)


@pytest.mark.usefixtures("company")
def test_every_state_is_there_and_everything_happened_in_order_before_now() -> None:
    """On working days; nobody gets mail about it."""
    assert set(Assessment.objects.values_list("state", flat=True)) == set(State)
    assert not person("novo").assessments.exists()
    moments: dict[int, list[dt.datetime]] = {}
    for one, at in Transition.objects.order_by("id").values_list("assessment", "at"):
        moments.setdefault(one, []).append(at)
    assert all(found == sorted(found) for found in moments.values())
    assert all(at < NOON and at.weekday() < 5 for found in moments.values() for at in found)
    assert not StatementComment.objects.filter(at__gt=NOON).exists()
    assert not Notice.objects.waiting().exists()


@pytest.mark.usefixtures("company")
def test_reviews_show_each_thing_that_a_reviewer_does() -> None:
    """In progress, validated and returned, in both languages."""
    require_in_progress("diego", manager="marta")
    require_in_progress("dmitry", manager="elena")
    require_validated("elisa", essence="yes")
    require_validated("petr", essence="partly")
    for name in ("fabio", "maxim"):
        review = review_of(name)
        found = returned(review.submission.assessment, reader=review.reviewer, on=day_of(NOON))
        assert found
        assert len(found.asked) == 2


def require_in_progress(name: str, *, manager: str) -> None:
    """Accepted, rated otherwise, waiting; evidence doubted with a reason, evidence confirmed."""
    review = review_of(name)
    settled = review.ratings.exclude(settled_at=None)
    (own,) = settled.filter(is_own=True)
    assert (review.reviewer, review.decision) == (person(manager), "")
    assert (bool(own.comment), own.basis) == (True, "observation")
    assert settled.filter(is_own=False).exists()
    assert review.ratings.waiting().exists()
    assert [bool(verdict.reason) for verdict in review.verdicts.all()] == [True]
    assert len(review.confirmed) == 1


def require_validated(name: str, *, essence: str) -> None:
    """One rating differs, with comment and basis; the essence is that of the level which was validated."""
    review = review_of(name)
    (own,) = review.ratings.filter(is_own=True)
    said = EssenceAnswer.objects.get(submission=review.submission)
    assert (bool(own.comment), own.basis, said.answer) == (True, "conversation", essence)
    assert (review.result or {})["held"]["validated"] == said.level


@pytest.mark.usefixtures("company")
def test_contests_a_delegation_what_is_overdue_and_comments_are_there() -> None:
    """Whoever decides on a contest is among the accounts that are told of."""
    (waiting,) = Response.objects.to_decide_by(person("elena"), day_of(NOON))
    assert waiting.review == review_of("anna")
    decided = review_of("gabriela").response
    first, last = decided.first_result or {}, decided.review.result or {}
    assert decided.second_reviewer == person("marta")
    assert (first["held"]["validated"], last["held"]["validated"]) == (2, 3)
    queue = waiting_for(person("elena"), now=NOON)
    delegated = {item.employee: item.is_overdue for item in queue if item.is_delegated}
    assert delegated == {"Кирилл Фёдоров": True, "Наталья Зайцева": False}
    assert voices("diego") == [person("marta").pk, person("diego").pk]
    assert voices("artem") == [person("elena").pk, person("artem").pk]


def voices(name: str) -> list[int]:
    thread = StatementComment.objects.filter(assessment__employee=person(name))
    return list(thread.order_by("at").values_list("by", flat=True))


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
