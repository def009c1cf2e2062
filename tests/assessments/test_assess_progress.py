"""What comes next in an assessment, and how far it is."""

from __future__ import annotations

import pytest

from assessments.models import Assessment
from assessments.results.assess.progress import Next, landing_level, minutes_for, next_step, steps, to_answer
from assessments.results.live import live_sheet
from assessments.results.sheet import Sheet
from tests.cast import TODAY, answer, answer_level, evidence, link


def sheet(draft: Assessment) -> Sheet:
    found = Assessment.objects.for_page().get(pk=draft.pk)
    return live_sheet(found, reader=draft.employee, on=TODAY)


def support_level(draft: Assessment, level: int) -> None:
    item = evidence(draft.employee)
    for rating in draft.ratings.filter(statement__skill_level__level__number=level).select_related(
        "statement"
    ):
        link(draft, rating.statement.code, item)


def states(draft: Assessment, current: int = 3) -> dict[int, str]:
    return {step.number: step.state for step in steps(sheet(draft), current)}


@pytest.mark.parametrize(("items", "minutes"), [(0, 1), (1, 1), (2, 2), (6, 5), (26, 22)])
def test_six_items_take_about_five_minutes(items: int, minutes: int) -> None:
    """Fifty seconds each, rounded up, and at least one minute."""
    assert minutes_for(items) == minutes


def test_next_is_the_first_statement_without_an_answer(draft: Assessment) -> None:
    """Statements answered out of order leave the first gap as the next."""
    answer(draft, "CEXP.3.1", 3)
    answer(draft, "CEXP.3.3", 0)
    assert next_step(sheet(draft), 3) == Next(kind="unanswered", level=3, anchor="statement-CEXP-3-2")


def test_not_applicable_is_an_answer(draft: Assessment) -> None:
    """It is not asked for again."""
    answer(draft, "CEXP.3.1", "na", "outra equipe")
    assert next_step(sheet(draft), 3).anchor == "statement-CEXP-3-2"


def test_after_a_level_held_comes_the_one_above_up_to_the_target(draft: Assessment) -> None:
    """A complete level that one claims in full leads upwards, and the target's completion to the report."""
    answer_level(draft, 3, 3)
    assert next_step(sheet(draft), 3) == Next(kind="rate_level", level=4, anchor="statement-CEXP-4-1")
    answer_level(draft, 4, 3)
    assert next_step(sheet(draft), 4) == Next(kind="result")


def test_a_level_begun_above_goes_on_at_its_next_statement(draft: Assessment) -> None:
    """It is not offered as a new level."""
    answer_level(draft, 3, 3)
    answer(draft, "CEXP.4.1", 2)
    assert next_step(sheet(draft), 3) == Next(kind="unanswered", level=4, anchor="statement-CEXP-4-2")


def test_a_level_not_held_leads_to_the_one_below(draft: Assessment) -> None:
    """Without the level below, nobody could tell which one is held."""
    answer_level(draft, 3, 1)
    assert next_step(sheet(draft), 3) == Next(kind="rate_level", level=2, anchor="statement-CEXP-2-1")


def test_claims_that_wait_for_evidence_do_not_send_one_down(draft: Assessment) -> None:
    """One who claims level 4 adds evidence next; rating level 3 would settle nothing that they claim."""
    answer_level(draft, 4, 3)
    assert next_step(sheet(draft), 4).kind == "result"


def test_evidence_that_does_not_carry_the_level_leads_to_the_one_below(draft: Assessment) -> None:
    """Once every claim has evidence, the level of record decides what to rate next."""
    answer_level(draft, 4, 3)
    weak = evidence(draft.employee, result="", url="")
    for position in range(1, 7):
        link(draft, f"CEXP.4.{position}", weak)
    assert next_step(sheet(draft), 4) == Next(kind="rate_level", level=3, anchor="statement-CEXP-3-1")


def test_nothing_beyond_the_target_is_ever_proposed(draft: Assessment) -> None:
    """Above the target, the way leads back to what is open below it."""
    answer(draft, "CEXP.5.1", 1)
    found = next_step(sheet(draft), 5)
    assert found.level is not None
    assert found.level <= 4


def test_what_was_left_open_below_comes_last(draft: Assessment) -> None:
    """A begun level below the current one is asked for once nothing above it is left."""
    answer(draft, "CEXP.3.1", 3)
    answer_level(draft, 4, 3)
    assert next_step(sheet(draft), 4) == Next(kind="unanswered", level=3, anchor="statement-CEXP-3-2")


def test_an_assessment_opens_where_there_is_something_to_do(draft: Assessment) -> None:
    """Where it began, then at the next level, at last at the highest answered one."""
    assert landing_level(sheet(draft)) == 3
    answer_level(draft, 3, 3)
    assert landing_level(sheet(draft)) == 4
    answer_level(draft, 4, 3)
    assert landing_level(sheet(draft)) == 4


def test_a_level_counts_as_attained_only_with_its_evidence(draft: Assessment) -> None:
    """Claimed in full is claimed; with evidence it is attained, and the level below is included in it."""
    answer_level(draft, 3, 3)
    assert states(draft) == {2: "empty", 3: "claimed", 4: "empty", 5: "empty", 6: "empty"}
    support_level(draft, 3)
    assert states(draft) == {2: "implied", 3: "attained", 4: "empty", 5: "empty", 6: "empty"}


def test_a_level_begun_says_how_many_are_answered(draft: Assessment) -> None:
    """Three of six, and the target is marked."""
    for code in ("CEXP.4.1", "CEXP.4.2", "CEXP.4.3"):
        answer(draft, code, 1)
    four = next(step for step in steps(sheet(draft), 4) if step.number == 4)
    assert (four.state, four.answered, four.total) == ("begun", 3, 6)
    assert (four.is_target, four.is_current, four.is_done) == (True, True, False)


def test_only_levels_begun_count_as_to_be_answered(draft: Assessment) -> None:
    """The one begun at counts from the start; a level above it once it has an answer."""
    assert to_answer(sheet(draft)) == (0, 5)
    answer(draft, "CEXP.4.1", 1)
    assert to_answer(sheet(draft)) == (1, 11)
