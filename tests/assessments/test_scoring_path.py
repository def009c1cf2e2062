"""The shortest path: order of the raises, what blocks it, and the step before the target."""

from fractions import Fraction

from assessments.scoring import LevelCase, ScoringPolicy
from tests.assessments.scoring_cases import CHECKABLE, level, result_of, reviewed, statement, steps

STRICT = ScoringPolicy(lower=Fraction(65, 100))
NO_FLOOR = ScoringPolicy(floor=0)


def test_the_floor_comes_first() -> None:
    """The points would be enough, but one statement is below the floor."""
    found = result_of(level(2, 3, 3, 3, 3, 3, 3, 1), target=2)
    assert steps(found) == [("X.2.7", 1, 2, "claimed_below_evidence")]


def test_where_the_claim_is_higher_comes_before_what_is_rated_higher() -> None:
    """A missing example is sought before a missing practice, even from a lower rating."""
    statements = statement("X.2.1", 2, CHECKABLE), statement("X.2.2", 3), statement("X.2.3", 2, CHECKABLE)
    found = result_of(LevelCase(level=2, statements=statements), target=2, policy=NO_FLOOR)
    assert steps(found) == [("X.2.1", 2, 3, "claimed_below_evidence"), ("X.2.2", 0, 3, "no_evidence")]


def test_a_claim_counts_only_up_to_itself() -> None:
    """Once a statement has been raised to its claim, others whose claim is above go first."""
    statements = statement("X.2.1", 1), statement("X.2.2", 3), statement("X.2.3", 3, CHECKABLE)
    policy = ScoringPolicy(floor=0, attained=Fraction(7, 9))
    found = result_of(LevelCase(level=2, statements=statements), target=2, policy=policy)
    assert [(step.statement, step.to) for step in found.path] == [("X.2.1", 1), ("X.2.2", 3)]


def test_the_highest_rated_comes_first_among_equals() -> None:
    """A statement that is nearly there is finished before another is begun."""
    found = result_of(level(2, 1, 2, 1), target=2, policy=ScoringPolicy(floor=0, attained=Fraction(5, 9)))
    assert [(step.statement, step.from_, step.to) for step in found.path] == [("X.2.2", 2, 3)]


def test_statement_order_decides_the_rest() -> None:
    """Among equals the first statement as given is raised first, whatever its name."""
    named = [statement(name, 2, CHECKABLE) for name in ("X.2.10", "X.2.9", "X.2.8")]
    found = result_of(LevelCase(level=2, statements=tuple(named)), target=2)
    assert [step.statement for step in found.path] == ["X.2.10", "X.2.9"]


def test_what_is_not_applicable_is_not_raised() -> None:
    """A statement left out stays out of the path."""
    found = result_of(level(2, "na", 2, 2, 3), target=2)
    assert [step.statement for step in found.path] == ["X.2.2"]


def test_lower_levels_are_raised_without_the_floor() -> None:
    """With `lower`, a level below is lifted to its share of points, no statement to the floor."""
    found = result_of(level(2, 2, 0, 0), level(3, 2, 3), target=3, policy=STRICT)
    assert [(step.statement, step.from_, step.to) for step in found.path] == [
        ("X.2.1", 2, 3),
        ("X.2.2", 0, 3),
    ]


def test_levels_between_are_no_part_of_the_goal() -> None:
    """Without `lower`, only the target level itself has to be attained."""
    found = result_of(level(2, 0, 0), level(3, 2, 2), target=3)
    assert [step.statement for step in found.path] == ["X.3.1"]


def test_levels_above_the_target_are_no_part_of_the_goal() -> None:
    """With `lower`, what lies above the target neither blocks nor is raised."""
    found = result_of(level(2, 2, 2), level(3, "na", "na"), target=2, policy=STRICT)
    assert ([step.statement for step in found.path], found.blocked) == (["X.2.1"], ())


def test_a_goal_that_is_not_assessable_blocks() -> None:
    """The levels that block are named, from the lowest up, and there is no path."""
    found = result_of(level(2, "na"), level(3, 0, 0), level(4, "na", 3), target=4, policy=STRICT)
    assert (found.path, found.blocked) == ((), (2, 4))


def test_nothing_to_do_above_the_target() -> None:
    """Who holds more than the target has no path, even where the target level is not assessable."""
    found = result_of(level(2, "na", 3), level(3, 3, 3), target=2)
    assert (found.level, found.path, found.blocked) == (3, (), ())


def test_the_path_starts_from_the_review() -> None:
    """The ratings of record rise, not the supported ones."""
    found = result_of(reviewed(2, 3, 1, 3), target=2)
    assert steps(found) == [("X.2.2", 1, 2, "reviewer_rated_lower")]


def test_the_next_level_comes_first() -> None:
    """Two levels below the target, the path to the level in between is given too."""
    found = result_of(level(2, 3, 3), level(3, 2, 2), level(4, 1, 0), target=4)
    assert (found.gap, found.next_level) == (2, 3)
    assert [(step.statement, step.to) for step in found.next_path] == [("X.3.1", 3)]
    assert [(step.statement, step.to) for step in found.path] == [("X.4.1", 3), ("X.4.2", 2)]


def test_the_first_level_comes_next_where_none_is_held() -> None:
    """Without a level held, the next one is the lowest defined."""
    found = result_of(level(2, 2, 2), level(3, 0, 0), target=3)
    assert (found.gap, found.next_level, [step.statement for step in found.next_path]) == (2, 2, ["X.2.1"])


def test_one_level_away_there_is_no_step_between() -> None:
    """The next level is the target."""
    found = result_of(level(3, 3, 3), level(4, 1, 1), target=4)
    assert (found.gap, found.next_level, found.next_path) == (1, None, ())


def test_no_defined_level_between() -> None:
    """Numbers apart, but the skill defines nothing in between."""
    found = result_of(level(2, 3, 3), level(5, 1, 1), target=5)
    assert (found.gap, found.next_level, found.next_path) == (3, None, ())


def test_no_step_between_while_the_level_is_open() -> None:
    """What is not determined is rated first."""
    found = result_of(level(2, 3, 3), level(3, None, None), level(4, 1, 1), target=4)
    assert (found.determined, found.next_level, found.next_path) == (False, None, ())
    assert found.path


def test_no_step_between_where_it_is_blocked() -> None:
    """A level that is not assessable is no next step."""
    found = result_of(level(2, 3, 3), level(3, "na", "na"), level(4, 1, 1), target=4)
    assert (found.gap, found.next_level, found.next_path) == (2, None, ())
