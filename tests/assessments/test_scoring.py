"""From levels to a result: what is held, of record, determined, uneven, and what comes next."""

from fractions import Fraction

import pytest

from assessments.scoring import Item, LevelCase, Raise, Rating, Reason, ScoringPolicy
from tests.assessments.scoring_cases import (
    CHECKABLE,
    NOTHING,
    OLD,
    OUTLINE,
    WITH_RESULT,
    level,
    result_of,
    reviewed,
    statement,
    steps,
)

STRICT = ScoringPolicy(lower=Fraction(65, 100))


def test_the_highest_attained_level_is_held() -> None:
    """A weak level in between does not pull the level held down."""
    found = result_of(level(2, 3, 3), level(3, 1, 1, 1), level(4, 3, 3), target=4)
    assert (found.level, found.gap, found.uneven) == (4, 0, (3,))


def test_the_order_of_levels_does_not_matter() -> None:
    """Levels given upside down give the same result, from the lowest up."""
    given = level(2, 3, 3), level(3, 3, 2), level(5, 1, 0)
    assert result_of(*given[::-1], target=5) == result_of(*given, target=5)


@pytest.mark.parametrize(
    ("lower_level", "held"),
    [
        pytest.param(level(2, 3, 1), 3, id="4 of 6 is enough"),
        pytest.param(level(2, 2, 1), None, id="3 of 6 is not"),
        pytest.param(level(2, "na", 3), None, id="not assessable"),
        pytest.param(level(2, None, None), None, id="not answered"),
    ],
)
def test_a_stricter_organisation_asks_for_lower_levels(lower_level: LevelCase, held: int | None) -> None:
    """With `lower`, every level below must be assessable and reach its share."""
    assert result_of(lower_level, level(3, 3, 3), target=3, policy=STRICT).highest == held


def test_a_break_below_stops_every_level_above() -> None:
    """With `lower`, a level below the gap stays held, those above do not count."""
    found = result_of(level(2, 3, 3), level(3, 1, 1), level(4, 3, 3), level(5, 3, 3), target=5, policy=STRICT)
    assert found.highest == 2


def test_one_review_makes_the_validated_profile_the_one_of_record() -> None:
    """What the reviewer left out counts 0, and the supported profile stays beside it."""
    found = result_of(reviewed(2, 3, None), target=2)
    assert (found.of_record, found.is_provisional) == ("validated", False)
    assert (found.held.supported, found.held.validated, found.level) == (2, None, None)
    assert [s.of_record for s in found.levels[0].statements] == [3, 0]
    assert found.levels[0].of_record == found.levels[0].validated


def test_not_applicable_alone_is_a_review() -> None:
    """A reviewer's "na" is a word too, and leaves the statement out."""
    found = result_of(reviewed(2, "na", None, None), target=2)
    assert found.of_record == "validated"
    assert found.levels[0].of_record.of == 6


def test_nothing_answered() -> None:
    """Nothing is known: no level, no gap, and the target is the level to begin with."""
    found = result_of(level(2, None, None), level(3, None, None), target=3)
    assert (found.determined, found.level, found.at_least, found.gap) == (False, None, None, None)
    assert found.rate_next == 3
    assert [each.standing for each in found.levels] == ["not_assessed", "not_assessed"]


@pytest.mark.parametrize(
    ("levels", "at_least", "rate_next"),
    [
        pytest.param((level(2, None), level(3, None), level(4, 1, 1)), None, 3, id="the highest first"),
        pytest.param((level(2, None), level(3, 1, 1), level(4, 1, 1)), None, 2, id="then further down"),
        pytest.param((level(2, 3, 3), level(3, None), level(4, 1, 1)), 2, 3, id="at least 2"),
        pytest.param((level(2, None), level(3, 3, 3), level(4, None), level(5, 0)), 3, 4, id="above"),
        pytest.param((level(2, None), level(3, "na", None), level(4, 1)), None, 2, id="na is an answer"),
    ],
)
def test_not_determined(levels: tuple[LevelCase, ...], at_least: int | None, rate_next: int) -> None:
    """A level without an answer between the held and the highest answered one leaves it open."""
    found = result_of(*levels, target=4)
    assert (found.determined, found.level, found.gap) == (False, None, None)
    assert (found.at_least, found.rate_next) == (at_least, rate_next)


@pytest.mark.parametrize(
    ("levels", "held", "gap"),
    [
        pytest.param((level(2, None), level(4, 3, 3)), 4, 0, id="below the held nothing is asked"),
        pytest.param((level(2, 0, 0), level(4, None, None)), None, 3, id="above the answered nothing is"),
        pytest.param((level(2, 1, 1), level(4, "na", "na")), None, 3, id="none held: one below the lowest"),
        pytest.param((level(3, 3, 3), level(4, 1, 1)), 3, 1, id="one to go"),
        pytest.param((level(4, 3, 3), level(6, 3, 3)), 6, 0, id="above the target: not below 0"),
    ],
)
def test_determined(levels: tuple[LevelCase, ...], held: int | None, gap: int) -> None:
    """Where every level in question has an answer, the level held and the gap are known."""
    found = result_of(*levels, target=4)
    assert (found.determined, found.rate_next, found.at_least) == (True, None, None)
    assert (found.level, found.gap) == (held, gap)


def test_a_review_is_no_answer() -> None:
    """Only the employee's answers determine a level, whatever the reviewer adds."""
    found = result_of(reviewed(2, 1, 1, claim=None), reviewed(3, 1, 1), target=3)
    assert (found.determined, found.rate_next) == (False, 2)
    assert [each.is_answered for each in found.levels] == [False, True]


def test_standing_of_each_level() -> None:
    """A cell shows points where something was asked, else why there are none."""
    found = result_of(
        level(2, None), level(3, 0), level(4, 3, 3), level(5, "na", 3), level(6, None), target=6
    )
    expected = ["implied", "points", "points", "not_assessable", "not_assessed"]
    assert [each.standing for each in found.levels] == expected


def test_standing_of_a_level_that_only_the_reviewer_rated() -> None:
    """A reviewer's ratings are points to show."""
    found = result_of(reviewed(2, 1, 1, claim=None), reviewed(3, 3, 3), target=3)
    assert [each.standing for each in found.levels] == ["points", "points"]


def test_uneven_is_judged_by_the_review_once_there_is_one() -> None:
    """Claimed in full, but the reviewer saw little: the profile is uneven."""
    assert result_of(reviewed(2, 1, 1), reviewed(3, 3, 3), target=3).uneven == (2,)
    assert result_of(reviewed(2, 3, 1), reviewed(3, 3, 3), target=3).uneven == ()


def test_no_level_held_is_not_uneven() -> None:
    """Uneven speaks of levels below the level held only."""
    assert result_of(level(2, 0, 0), level(3, 1, 1), target=3).uneven == ()


@pytest.mark.parametrize(
    ("claim", "evidence", "reason"),
    [
        pytest.param(3, (), "no_evidence", id="none"),
        pytest.param(3, (NOTHING, NOTHING), "no_action", id="no item has an action"),
        pytest.param(3, (NOTHING, OLD), "stale", id="what has an action is old"),
        pytest.param(3, (OLD, OUTLINE, NOTHING), "no_result", id="what is current has no result"),
        pytest.param(3, (OLD, OUTLINE, WITH_RESULT), "not_corroborated", id="nothing to check"),
        pytest.param(1, (), "no_evidence", id="claim above the rating"),
        pytest.param(2, (CHECKABLE,), "claimed_below_evidence", id="evidence above the claim"),
        pytest.param(0, (OUTLINE,), "claimed_below_evidence", id="evidence above a claim of 0"),
        pytest.param(None, (WITH_RESULT,), "claimed_below_evidence", id="evidence, unanswered"),
        pytest.param(2, (WITH_RESULT,), "not_yet_full_responsibility", id="claim and evidence 2"),
        pytest.param(1, (OUTLINE,), "not_yet_practised", id="claim and evidence 1"),
        pytest.param(0, (), "not_yet_practised", id="claim 0"),
        pytest.param(None, (), "not_yet_practised", id="unanswered"),
        pytest.param("na", (CHECKABLE,), None, id="not applicable"),
        pytest.param(3, (CHECKABLE,), None, id="at the top"),
    ],
)
def test_reason(claim: Rating | None, evidence: tuple[Item, ...], reason: Reason | None) -> None:
    """Each statement says what holds it below 3, the first that applies."""
    given = statement("X.2.1", claim, *evidence)
    found = result_of(LevelCase(level=2, statements=(given,)), target=2)
    assert found.levels[0].statements[0].reason == reason


@pytest.mark.parametrize(
    ("claim", "review", "evidence", "reason"),
    [
        pytest.param(3, 1, (CHECKABLE,), "reviewer_rated_lower", id="below the support"),
        pytest.param(3, None, (CHECKABLE,), "reviewer_rated_lower", id="left out by the reviewer"),
        pytest.param(3, 2, (WITH_RESULT,), "not_corroborated", id="as supported"),
        pytest.param(3, 2, (), "no_evidence", id="above the support"),
        pytest.param(1, 1, (CHECKABLE,), "claimed_below_evidence", id="as claimed"),
        pytest.param(1, 2, (OUTLINE,), "not_yet_practised", id="above the claim"),
        pytest.param(2, 2, (WITH_RESULT,), "not_yet_full_responsibility", id="claim 2"),
        pytest.param("na", 1, (), "not_yet_practised", id="not applicable, says the employee"),
        pytest.param("na", 1, (WITH_RESULT,), "claimed_below_evidence", id="not applicable, but evidence"),
        pytest.param("na", None, (CHECKABLE,), "claimed_below_evidence", id="not applicable, not reviewed"),
        pytest.param(3, "na", (CHECKABLE,), None, id="left out"),
    ],
)
def test_reason_after_a_review(
    claim: Rating | None, review: Rating | None, evidence: tuple[Item, ...], reason: Reason | None
) -> None:
    """The reviewer's rating is the one that has to rise."""
    given = statement("X.2.1", claim, *evidence, review=review), statement("X.2.2", 3, CHECKABLE, review=3)
    found = result_of(LevelCase(level=2, statements=given), target=2)
    assert found.levels[0].statements[0].reason == reason


def test_what_does_not_show_it_is_no_evidence() -> None:
    """An item that the reviewer found not to show it counts for nothing, in the reason too."""
    item = Item(action=True, result=True, ended_on=None, corroborated=True, verdict="does_not_show")
    found = result_of(LevelCase(level=2, statements=(statement("X.2.1", 3, item),)), target=2)
    assert steps(found) == [("X.2.1", 0, 3, "no_evidence")]


@pytest.mark.parametrize(
    ("reason", "group"),
    [
        ("reviewer_rated_lower", "reviewer"),
        ("claimed_below_evidence", "practice"),
        ("not_yet_full_responsibility", "practice"),
        ("not_yet_practised", "practice"),
        ("no_evidence", "evidence"),
        ("no_action", "evidence"),
        ("stale", "evidence"),
        ("no_result", "evidence"),
        ("not_corroborated", "evidence"),
    ],
)
def test_the_group_of_a_step(reason: Reason, group: str) -> None:
    """A page puts each step under one of three headings."""
    assert Raise(statement="X.2.1", from_=0, to=1, reason=reason).group == group
