"""Where one piece of work carries more than half of a level; what verdicts and confirmations can do."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring import Item, ScoringPolicy, Verdict, support
from assessments.scoring_share import Share, leaning
from tests.assessments.scoring_cases import CHECKABLE, ON, WITH_RESULT, statement

CLAIMS = st.sampled_from((None, "na", 0, 1, 2, 3))
POLICY = ScoringPolicy()
ITEMS = st.builds(
    Item,
    action=st.booleans(),
    result=st.booleans(),
    ended_on=st.none(),
    corroborated=st.booleans(),
    verdict=st.sampled_from(("shows", "does_not_show", "could_not_open")),
    same_as=st.sampled_from(("a", "b", "c")),
)


def item(key: str, like: Item = CHECKABLE) -> Item:
    return replace(like, same_as=key)


def test_one_item_under_most_statements_is_named() -> None:
    level = [statement("1", 3, item("a")), statement("2", 3, item("a")), statement("3", 3, item("b"))]
    assert leaning(level, ON, POLICY) == Share(key="a", points=6, of=9)


def test_half_is_not_more_than_half() -> None:
    assert leaning([statement("1", 3, item("a")), statement("2", 3, item("b"))], ON, POLICY) is None


def test_what_others_carry_as_well_does_not_lean() -> None:
    level = [statement("1", 3, item("a"), item("b")), statement("2", 3, item("a"), item("b"))]
    assert leaning(level, ON, POLICY) is None


def test_only_what_it_adds_is_counted() -> None:
    """Without it the other item still carries 2 of 3."""
    level = [statement("1", 3, item("a"), item("b", WITH_RESULT))]
    assert leaning(level, ON, POLICY) is None


def test_nothing_supported_leans_on_nothing() -> None:
    assert leaning([], ON, POLICY) is None
    assert leaning([statement("1", None, item("a")), statement("2", 0)], ON, POLICY) is None


@given(
    st.lists(st.tuples(st.sampled_from((None, "na", 0, 1, 2, 3)), st.lists(ITEMS, max_size=3)), max_size=5)
)
def test_it_is_one_that_most_is_lost_without(level: list[tuple[int | str | None, list[Item]]]) -> None:
    cases = [statement(str(n), claim, *items) for n, (claim, items) in enumerate(level)]
    found = leaning(cases, ON, POLICY)
    assert found is None or found.of / 2 < found.points <= found.of


@given(st.lists(ITEMS, min_size=1, max_size=4), st.sampled_from(("does_not_show", "could_not_open")))
def test_a_verdict_against_never_raises(items: list[Item], verdict: Verdict) -> None:
    shown = [replace(items[0], verdict="shows"), *items[1:]]
    judged = [replace(items[0], verdict=verdict), *items[1:]]
    assert support(judged, ON, POLICY) <= support(shown, ON, POLICY)


@given(st.lists(ITEMS, min_size=1, max_size=4))
def test_a_confirmation_never_lowers(items: list[Item]) -> None:
    verdict: Verdict = "shows" if items[0].verdict == "could_not_open" else items[0].verdict
    confirmed = [replace(items[0], corroborated=True, verdict=verdict), *items[1:]]
    assert support(confirmed, ON, POLICY) >= support(items, ON, POLICY)
