"""The levels of the team, as its manager sees them."""

from __future__ import annotations

import pytest
from django.test import Client

from assessments.actions.review import return_for_changes
from assessments.actions.send import withdraw
from assessments.models import Assessment, Cycle
from skills.models import Skill
from tests.assessments.report_cases import reviewed, sent, worked_example
from tests.assessments.review_cases import LATER, read, validated
from tests.assessments.team_cases import figures, level_2, row, see
from tests.cast import Cast, answer, answer_level, begin, evidence, link

pytestmark = pytest.mark.usefixtures("an_hour_later")


def test_what_is_sent_is_supported_and_provisional(client: Client, cast: Cast, draft: Assessment) -> None:
    """The worked example: 10 of 18 points of level 4, level 3 held, level 2 implied."""
    worked_example(draft)
    sent(draft)
    response = see(client, cast.marta)
    assert row(response, "Ana") == [
        "implied",
        "100",
        "55",
        "not assessed",
        "not assessed",
        "4",
        "3 provisional",
        "1 level to the target",
        "submitted",
    ]
    assert 'heat-5 heat-provisional">100<' in response.content.decode()
    assert 'heat-2 heat-provisional">55<' in response.content.decode()


def test_what_is_validated_shows_the_reviewers_word(client: Client, cast: Cast, draft: Assessment) -> None:
    """Level 4 rated up to 16 points: held, and nothing is provisional."""
    worked_example(draft)
    reviewed(sent(draft), by=cast.marta, lower={"CEXP.4.2": 3, "CEXP.4.3": 3, "CEXP.4.4": 3})
    response = see(client, cast.marta)
    assert row(response, "Ana")[2:] == [
        "94",
        "not assessed",
        "not assessed",
        "4",
        "4",
        "✓ target reached",
        "validated",
    ]
    assert "heat-provisional" not in response.content.decode()


def test_of_a_draft_only_the_status_shows(client: Client, cast: Cast, draft: Assessment) -> None:
    worked_example(draft)
    response = see(client, cast.marta)
    assert row(response, "Ana") == ["not sent yet", "4", "– not known yet", "not known yet", "draft"]


def test_what_was_taken_back_shows_only_the_status(client: Client, cast: Cast, draft: Assessment) -> None:
    worked_example(draft)
    sent(draft)
    withdraw(assessment=draft, by=cast.ana, at=LATER)
    assert row(see(client, cast.marta), "Ana")[0] == "taken back"
    assert row(see(client, cast.marta), "Ana")[-1] == "withdrawn"


def test_who_has_not_begun_has_the_target_of_the_role(client: Client, cast: Cast, cycle: Cycle) -> None:
    response = see(client, cast.marta)
    assert row(response, "Bruno") == [
        "assessment not begun",
        "4",
        "– not known yet",
        "not known yet",
        "not begun",
    ]
    assert row(response, "Carla")[1] == "5"


def test_a_returned_one_stays_provisional(client: Client, cast: Cast, draft: Assessment) -> None:
    """The reviewer's ratings of a return are not validated; a new target does not change what was sent."""
    worked_example(draft)
    return_for_changes(submission=sent(draft), reason="Falta.", by=cast.marta, at=LATER)
    Assessment.objects.update(target=6)
    assert row(see(client, cast.marta), "Ana")[5:] == [
        "4",
        "3 provisional",
        "1 level to the target",
        "returned",
    ]


def test_an_unknown_level_is_not_a_low_one(client: Client, cast: Cast, cexp: Skill, cycle: Cycle) -> None:
    """Level 3 between an attained level 2 and an answered level 4 was skipped."""
    assessment = begin(cast.ana, cexp)
    answer_level(assessment, 2, 3)
    item = evidence(cast.ana)
    for position in (1, 2):
        link(assessment, f"CEXP.2.{position}", item)
    answer(assessment, "CEXP.4.1", 3)
    sent(assessment)
    response = see(client, cast.marta)
    assert row(response, "Ana")[:3] == ["100", "not assessed", "0"]
    assert row(response, "Ana")[6:8] == ["at least 2 provisional", "not known yet"]
    assert "provisional: 0 of" not in read(response.content)


def test_a_level_that_is_mostly_not_applicable_is_not_assessable(
    client: Client, cast: Cast, cexp: Skill, cycle: Cycle
) -> None:
    assessment = begin(cast.ana, cexp)
    answer(assessment, "CEXP.2.1", "na", reason="Não atendo.")
    answer(assessment, "CEXP.2.2", 1)
    sent(assessment)
    assert row(see(client, cast.marta), "Ana")[0] == "not assessable"


def test_nobody_holds_level_0(client: Client, cast: Cast, cexp: Skill, cycle: Cycle) -> None:
    assessment = begin(cast.ana, cexp)
    answer_level(assessment, 2, 0)
    sent(assessment)
    assert row(see(client, cast.marta), "Ana")[0] == "0"
    assert row(see(client, cast.marta), "Ana")[6:8] == ["below 2 provisional", "3 levels to the target"]


def test_validated_and_provisional_levels_are_counted_apart(
    client: Client, cast: Cast, cexp: Skill, cycle: Cycle
) -> None:
    """Two validated with gaps 2 and 0, one provisional with gap 2, one not begun."""
    validated(submission=level_2(cast.ana, cexp), by=cast.marta, at=LATER)
    validated(submission=level_2(cast.bruno, cexp, target=2), by=cast.marta, at=LATER)
    level_2(cast.davi, cexp)
    finished, reached, gap, weakest = figures(see(client, cast.marta))
    assert finished == "Finished the assessment 3 of 4 2 levels validated"
    assert reached == "Reached the target level 1 of 2 provisional: 0 of 1"
    assert gap == "Average gap 1.0 of a level over 2 validated levels; provisional: 2.0 over 1 level"
    assert weakest == "Weakest statement – no validated rating is below full responsibility"


def test_the_weakest_statement_is_the_lowest_validated_one(
    client: Client, cast: Cast, draft: Assessment
) -> None:
    """4.3 has no evidence; statements above the target do not count, nor does what is not validated."""
    worked_example(draft)
    submission = sent(draft)
    assert "nothing is validated yet" in figures(see(client, cast.marta))[3]
    validated(submission=submission, by=cast.marta, at=LATER)
    assert "Weakest statement 4.3" in figures(see(client, cast.marta))[3]


def test_before_anything_is_validated_nothing_is_counted(client: Client, cast: Cast, cycle: Cycle) -> None:
    finished, reached, gap, _ = figures(see(client, cast.marta))
    assert finished == "Finished the assessment 0 of 4 0 levels validated"
    assert reached == "Reached the target level – nothing is validated yet"
    assert gap == "Average gap –"
