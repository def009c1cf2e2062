"""The levels of many people as CSV."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.actions.review import rate_in_review, return_for_changes
from assessments.actions.send import withdraw
from assessments.models import AccessEntry, Assessment, Cycle, Review, State, Submission
from assessments.models.log import AccessKind
from assessments.scoring import Result
from people.models import Membership, User
from skills.models import Skill, Statement
from tests.assessments.exports_cases import REASON, asked, content, level_rows
from tests.assessments.report_cases import reviewed, sent, worked_example
from tests.cast import NOON, Cast, answer, answer_level, begin

LATER = NOON + dt.timedelta(days=1)
PROVISIONAL = {"provisional": "on"}


@pytest.fixture
def review(cast: Cast, submission: Submission) -> Review:
    return reviewed(submission, by=cast.marta)


def test_a_validated_level_stands_with_its_date_and_points(
    hr: Client, cycle: Cycle, cexp: Skill, review: Review
) -> None:
    """The numbers are those of the stored result."""
    found = level_rows(hr, asked(cycle, cexp))
    row = found["Ana", "4"]
    assert row["outcome"] == "developing"
    assert (row["points"], row["of"], row["percent"]) == ("10", "18", "55")
    assert (row["target"], row["validated_level_held"], row["gap"]) == ("4", "3", "1")
    assert (row["status"], row["determined"], row["validated_on"]) == ("validated", "true", "2026-11-20")
    assert (row["team"], row["channel"], row["role_profile"]) == (
        "Contact centre",
        "contact_centre",
        "analyst",
    )
    assert (row["person_email"], row["job_title"], row["role_target"]) == ("ana@example.org", "Analyst", "4")
    for level in Result.from_json(review.result).levels:
        if level.standing == "points" and level.validated:
            assert found["Ana", str(level.level)]["points"] == str(level.validated.points)


def test_what_was_not_asked_is_never_zero(hr: Client, cycle: Cycle, cexp: Skill, review: Review) -> None:
    """A lower level is implied, a higher one not assessed; neither has points."""
    found = level_rows(hr, asked(cycle, cexp))
    assert [found["Ana", level]["outcome"] for level in "26"] == ["implied", "not_assessed"]
    assert {found["Ana", level][name] for level in "26" for name in ("points", "of", "percent")} == {""}


def test_before_validation_there_is_the_status_alone(
    hr: Client, cycle: Cycle, cexp: Skill, submission: Submission
) -> None:
    """Neither a level nor the target that was chosen."""
    row = level_rows(hr, asked(cycle, cexp))["Ana", "4"]
    filled = {name for name, value in row.items() if value}
    place = {"person_email", "person_name", "job_title", "team", "channel", "role_profile", "role_target"}
    assert filled == {*place, "cycle", "skill", "status", "level"}
    assert row["status"] == "submitted"


def test_the_switch_adds_provisional_levels_in_their_own_columns(
    hr: Client, cycle: Cycle, cexp: Skill, submission: Submission
) -> None:
    """Supported, of what was sent; the validated columns stay empty."""
    row = level_rows(hr, asked(cycle, cexp, **PROVISIONAL))["Ana", "4"]
    assert (row["outcome"], row["points"], row["validated_level_held"]) == ("", "", "")
    assert row["provisional_outcome"] == "developing"
    assert (row["provisional_points"], row["provisional_of"], row["provisional_percent"]) == (
        "10",
        "18",
        "55",
    )
    assert (row["provisional_level_held"], row["provisional_gap"], row["provisional_target"]) == (
        "3",
        "1",
        "4",
    )
    assert (row["provisional_determined"], row["submitted_on"]) == ("true", "2026-11-20")


def test_a_validated_level_is_not_provisional_as_well(
    hr: Client, cycle: Cycle, cexp: Skill, review: Review
) -> None:
    row = level_rows(hr, asked(cycle, cexp, **PROVISIONAL))["Ana", "4"]
    assert row["validated_level_held"] == "3"
    assert {value for name, value in row.items() if name.startswith("provisional")} == {""}


def test_of_a_draft_there_is_only_the_status(
    hr: Client, cycle: Cycle, cexp: Skill, draft: Assessment
) -> None:
    """Also with the switch: nobody has sent anything."""
    worked_example(draft)
    row = level_rows(hr, asked(cycle, cexp, **PROVISIONAL))["Ana", "4"]
    assert row["status"] == "draft"
    assert {row[name] for name in row if name.startswith(("provisional", "validated"))} == {""}
    assert row["submitted_on"] == ""


def test_what_was_taken_back_is_not_shown(
    hr: Client, cast: Cast, cycle: Cycle, cexp: Skill, submission: Submission
) -> None:
    withdraw(assessment=submission.assessment, by=cast.ana, at=LATER)
    row = level_rows(hr, asked(cycle, cexp, **PROVISIONAL))["Ana", "4"]
    assert (row["status"], row["provisional_outcome"]) == ("withdrawn", "")


def test_what_was_returned_stays_provisional(
    hr: Client, cast: Cast, cycle: Cycle, cexp: Skill, submission: Submission
) -> None:
    return_for_changes(submission=submission, reason="Mais detalhes.", by=cast.marta, at=LATER)
    row = level_rows(hr, asked(cycle, cexp, **PROVISIONAL))["Ana", "4"]
    assert (row["status"], row["outcome"], row["provisional_outcome"]) == ("returned", "", "developing")


def test_a_validated_level_outlives_a_new_attempt(
    hr: Client, cycle: Cycle, cexp: Skill, draft: Assessment, review: Review
) -> None:
    """It stands until another is validated; what was sent since is beside it."""
    Assessment.objects.filter(pk=draft.pk).update(state=State.REOPENED)
    answer(draft, "CEXP.4.1", 0)
    sent(draft)
    row = level_rows(hr, asked(cycle, cexp, **PROVISIONAL))["Ana", "4"]
    assert (row["status"], row["points"], row["provisional_points"]) == ("submitted", "10", "7")


def test_a_level_that_is_not_determined_is_none(hr: Client, cast: Cast, cycle: Cycle, cexp: Skill) -> None:
    """The level below the rated one is unknown, so neither level nor gap is given."""
    bruno = begin(cast.bruno, cexp)
    answer_level(bruno, 5, 1)
    sent(bruno)
    row = level_rows(hr, asked(cycle, cexp, **PROVISIONAL))["Bruno", "5"]
    assert row["provisional_determined"] == "false"
    assert {row[f"provisional_{name}"] for name in ("level_held", "at_least", "gap")} == {""}


def test_the_highest_known_level_is_a_least_one(hr: Client, cast: Cast, cycle: Cycle, cexp: Skill) -> None:
    """Level 3 is held and 5 was answered with 4 unknown: at least 3."""
    bruno = begin(cast.bruno, cexp)
    worked_example(bruno)
    for rating in bruno.ratings.filter(statement__code__startswith="CEXP.4").select_related("statement"):
        answer(bruno, rating.statement.code, None)
    answer(bruno, "CEXP.5.1", 1)
    sent(bruno)
    row = level_rows(hr, asked(cycle, cexp, **PROVISIONAL))["Bruno", "3"]
    assert (row["provisional_level_held"], row["provisional_at_least"]) == ("", "3")


def test_the_day_is_that_of_the_organisation(
    hr: Client, cast: Cast, cycle: Cycle, cexp: Skill, submission: Submission
) -> None:
    """Validated at one in the morning in Greenwich, on the day before in São Paulo."""
    review = reviewed(submission, by=cast.marta)
    night = dt.datetime(2026, 11, 21, 1, 0, tzinfo=dt.UTC)
    Review.objects.filter(pk=review.pk).update(decided_at=night, of_record_at=night)
    assert level_rows(hr, asked(cycle, cexp))["Ana", "3"]["validated_on"] == "2026-11-20"


def test_a_stored_result_is_read_and_not_made_again(
    hr: Client, cast: Cast, cycle: Cycle, cexp: Skill, review: Review
) -> None:
    """Whatever is in the tables now, the file says what was decided."""
    changed = {**review.result, "gap": 3}
    Review.objects.filter(pk=review.pk).update(result=changed)
    assert level_rows(hr, asked(cycle, cexp))["Ana", "4"]["gap"] == "3"


def test_every_file_is_one_entry_in_the_log(hr: Client, cast: Cast, cycle: Cycle, cexp: Skill) -> None:
    """Sent twice, it is given twice and logged twice: there is nothing to be done once only."""
    fields = asked(cycle, cexp, **PROVISIONAL)
    with time_machine.travel(NOON, tick=False):
        first, again = (content(hr.post("/reports/levels/", fields)) for _ in range(2))
    assert first == again
    one, two = AccessEntry.objects.order_by("id")
    assert (one.by, one.at, one.kind, one.reason) == (cast.helena, NOON, AccessKind.EXPORT_LEVELS, REASON)
    assert one.details == two.details
    assert one.details == {
        "cycle": "2026",
        "skill": "CEXP",
        "scope": "company",
        "teams": "",
        "people": 7,
        "provisional": True,
        "format": "csv",
    }


def test_looking_at_the_form_leaves_no_entry(hr: Client, cycle: Cycle) -> None:
    hr.get("/reports/levels/")
    assert not AccessEntry.objects.exists()


def test_more_people_ask_no_more_queries(hr: Client, cast: Cast, cycle: Cycle, cexp: Skill) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            content(hr.post("/reports/levels/", asked(cycle, cexp, **PROVISIONAL)))
        return len(seen)

    queries()
    before, team = queries(), cast.marta.teams_led.get()
    people = User.objects.bulk_create(User(email=f"p{n}@example.org", name=f"P{n}") for n in range(30))
    Membership.objects.bulk_create(
        Membership(user=person, team=team, starts_on=dt.date(2025, 1, 1)) for person in people
    )
    assert queries() == before


def test_a_comment_of_the_reviewer_is_in_no_file(
    hr: Client, cast: Cast, cycle: Cycle, cexp: Skill, submission: Submission
) -> None:
    """Nor any text of the evidence."""
    statement = Statement.objects.get(code="CEXP.4.1")
    rate_in_review(
        submission=submission,
        statement_id=statement.pk,
        answer=1,
        comment="Segredo.",
        version=0,
        by=cast.marta,
        at=LATER,
    )
    for kind in ("levels", "statements"):
        found = content(hr.post(f"/reports/{kind}/", asked(cycle, cexp, **PROVISIONAL))).decode()
        assert "Segredo" not in found
        assert "entrevistas" not in found
