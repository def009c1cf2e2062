"""What must hold for every case, found out by trying thousands."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from random import Random
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from assessments.scoring import (
    Case,
    Item,
    LevelCase,
    LevelResult,
    Rating,
    Result,
    ScoringPolicy,
    StatementCase,
    score,
)

T = TypeVar("T")

ON = date(2026, 2, 28)
shares = st.sampled_from([Fraction(n, 20) for n in range(21)] + [Fraction(1, 3), Fraction(2, 3)])
policies = st.one_of(
    st.just(ScoringPolicy()),
    st.builds(
        ScoringPolicy,
        attained=shares,
        proficient=shares,
        floor=st.integers(0, 3),
        lower=st.none() | shares,
        stale_months=st.integers(0, 60),
        na_share=shares,
    ),
)
items = st.builds(
    Item,
    action=st.booleans(),
    result=st.booleans(),
    ended_on=st.none() | st.dates(date(2020, 1, 1), date(2027, 1, 1)),
    corroborated=st.booleans(),
    verdict=st.sampled_from(["shows", "shows", "does_not_show", "could_not_open"]),
    same_as=st.sampled_from([None, None, "a", "b"]),
)


top = Item(action=True, result=True, ended_on=None, corroborated=True)
# Two out of three times well supported, so that levels are attained and not only missed.
evidence = st.one_of(st.just((top,)), st.just((top,)), st.lists(items, max_size=3).map(tuple))
answers: st.SearchStrategy[Rating | None] = st.sampled_from([0, 1, 2, 2, 3, 3, 3, 3, None, "na"])


@st.composite
def levels(draw: st.DrawFn, number: int, reviews: st.SearchStrategy[Rating | None]) -> LevelCase:
    """A level: not answered at all, or mixed."""
    claims = draw(st.sampled_from([st.none(), answers, answers]))
    found = (
        StatementCase(id=f"X.{number}.{i}", claim=draw(claims), review=draw(reviews), evidence=draw(evidence))
        for i in range(1, draw(st.integers(1, 5)) + 1)
    )
    return LevelCase(level=number, statements=tuple(found))


@st.composite
def cases(draw: st.DrawFn, allowed: st.SearchStrategy[ScoringPolicy] = policies) -> Case:
    numbers = draw(st.lists(st.integers(1, 7), min_size=1, max_size=4, unique=True))
    reviews = draw(st.sampled_from([st.none(), answers]))
    found = tuple(draw(levels(number, reviews)) for number in numbers)
    return Case(on=ON, target=draw(st.sampled_from(numbers)), levels=found, policy=draw(allowed))


def changed(case: Case, change: Callable[[StatementCase], StatementCase]) -> Case:
    rewritten = (
        replace(level, statements=tuple(change(statement) for statement in level.statements))
        for level in case.levels
    )
    return replace(case, levels=tuple(rewritten))


def one_of(case: Case, data: st.DataObject) -> StatementCase:
    return data.draw(st.sampled_from([s for level in case.levels for s in level.statements]))


def assert_not_lower(after: Result, before: Result) -> None:
    for name in ("claimed", "supported", "validated"):
        assert (getattr(after.held, name) or 0) >= (getattr(before.held, name) or 0)
        for then, now in zip(before.levels, after.levels, strict=True):
            old, new = getattr(then, name), getattr(now, name)
            assert (old is None) == (new is None)
            assert old is None or (new.of == old.of and new.points >= old.points)


@given(cases(), st.data())
def test_raising_a_claim_lowers_nothing(case: Case, data: st.DataObject) -> None:
    """A higher claim never lowers a level or a coverage."""
    chosen = one_of(case, data)
    higher: st.SearchStrategy[Rating] = (
        st.just(chosen.claim) if chosen.claim == "na" else st.integers(chosen.claim or 0, 3)
    )
    claim = data.draw(higher)
    after = changed(case, lambda s: replace(s, claim=claim) if s.id == chosen.id else s)
    assert_not_lower(score(after), score(case))


@given(cases(), items, st.data())
def test_adding_evidence_lowers_nothing(case: Case, item: Item, data: st.DataObject) -> None:
    """One more item never lowers a level or a coverage."""
    chosen = one_of(case, data)
    more = (*chosen.evidence, item)
    after = changed(case, lambda s: replace(s, evidence=more) if s.id == chosen.id else s)
    assert_not_lower(score(after), score(case))


@given(cases(), st.integers(0, 4000))
def test_ageing_raises_nothing(case: Case, days: int) -> None:
    """The same facts on a later day never carry more."""
    later = replace(case, on=case.on + timedelta(days=days))
    assert_not_lower(score(case), score(later))


@given(cases(), st.integers())
def test_the_order_of_levels_and_evidence_does_not_matter(case: Case, seed: int) -> None:
    """Levels and evidence in another order give the same result."""
    mixed = changed(case, lambda s: replace(s, evidence=shuffled(s.evidence, seed)))
    assert score(replace(mixed, levels=shuffled(mixed.levels, seed))) == score(case)


def shuffled(given_ones: tuple[T, ...], seed: int) -> tuple[T, ...]:
    return tuple(Random(seed).sample(given_ones, len(given_ones)))


@given(cases(), st.integers())
def test_the_order_of_statements_decides_nothing_but_the_path(case: Case, seed: int) -> None:
    """Statements in another order give the same profiles, levels and total of points to gain."""
    mixed = replace(
        case,
        levels=tuple(replace(level, statements=shuffled(level.statements, seed)) for level in case.levels),
    )
    before, after = score(case), score(mixed)
    same = ("held", "of_record", "determined", "rate_next", "gap", "uneven", "blocked", "next_level")
    assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same]
    assert gained(after) == gained(before)


@given(cases())
def test_names_and_languages_do_not_matter(case: Case) -> None:
    """Renamed in another script, the statements score the same."""
    renamed = score(changed(case, lambda s: replace(s, id="пункт " + s.id)))
    path = [(step.statement.removeprefix("пункт "), step.to, step.reason) for step in renamed.path]
    assert path == [(step.statement, step.to, step.reason) for step in score(case).path]
    assert renamed.held == score(case).held


@given(cases())
def test_supported_is_never_above_claimed(case: Case) -> None:
    """Evidence carries a claim, it does not add to it."""
    found = score(case)
    assert (found.held.supported or 0) <= (found.held.claimed or 0)
    for level in found.levels:
        assert level.supported.of == level.claimed.of
        assert level.supported.points <= level.claimed.points


@given(cases())
def test_a_result_survives_storage(case: Case) -> None:
    """Whatever was found is read back the same, and so is the case."""
    assert Result.from_json(score(case).to_json()) == score(case)
    assert Case.from_json(case.to_json()) == case


@given(cases())
def test_determined_as_written(case: Case) -> None:
    """The sentence of the design, word by word."""
    found = score(case)
    answers = {level.level: [s.claim is not None for s in level.statements] for level in case.levels}
    answered = [number for number, given_ones in answers.items() if any(given_ones)]
    start = min(answers) if found.highest is None else found.highest + 1
    between = [number for number in answers if start <= number < max(answered, default=0)]
    expected = bool(answered) and all(any(answers[number]) for number in between)
    assert (found.determined, found.rate_next is None) == (expected, expected)


@given(cases(st.just(ScoringPolicy())))
def test_rating_the_level_that_is_named_settles_it(case: Case) -> None:
    """Attained, the level to rate next makes the level determined at once."""
    found = score(case)
    prefix = f"X.{found.rate_next}."
    review = 3 if found.of_record == "validated" else None
    filled = changed(
        case,
        lambda s: replace(s, claim=3, review=review, evidence=(top,)) if s.id.startswith(prefix) else s,
    )
    assert found.determined or score(filled).determined


@given(cases())
def test_the_path_is_sufficient(case: Case) -> None:
    """Applying every raise makes the target attained."""
    found = score(case)
    assert found.path or found.blocked or (found.highest or 0) >= case.target
    assert not found.path or meets_goal(case, found, {step.statement: step.to for step in found.path})


@given(cases())
def test_the_path_is_minimal(case: Case) -> None:
    """Leaving out any one statement's raise does not make the target attained."""
    found = score(case)
    for left_out in found.path:
        others = {step.statement: step.to for step in found.path if step != left_out}
        assert not meets_goal(case, found, others)


@given(cases())
def test_no_other_path_is_shorter(case: Case) -> None:
    """Over all ways of raising each level of the goal, none takes fewer points."""
    found = score(case)
    assert not found.path or gained(found) == sum(fewest(level, case) for level in goal(found, case))


@given(cases())
def test_there_is_a_path_or_a_reason_for_none(case: Case) -> None:
    """Below the target something is to be done or something blocks, never both; else neither."""
    found = score(case)
    is_below = (found.highest or 0) < case.target
    assert (bool(found.path), bool(found.blocked)).count(True) == int(is_below)
    assert all(step.from_ < step.to <= 3 for step in (*found.path, *found.next_path))


@given(cases())
def test_the_step_between_leads_to_the_next_level(case: Case) -> None:
    """It is the path that the same case has with that level as its target."""
    found = score(case)
    nearer = replace(case, target=found.next_level or case.target)
    assert found.next_path == (score(nearer).path if found.next_level else ())


def gained(result: Result) -> int:
    return sum(step.to - step.from_ for step in result.path)


def goal(result: Result, case: Case) -> Iterator[LevelResult]:
    for level in result.levels:
        if level.level == case.target or (case.policy.lower is not None and level.level < case.target):
            yield level


def meets_goal(case: Case, result: Result, raised: dict[str, int]) -> bool:
    """Scores the ratings of record anew, with these raised, as if a reviewer had given them."""
    of_record = {s.id: raised.get(s.id, s.of_record) for level in result.levels for s in level.statements}
    rated = changed(case, lambda s: replace(s, review=of_record[s.id]))
    up_to_target = tuple(level for level in rated.levels if level.level <= case.target)
    return score(replace(rated, levels=up_to_target)).held.validated == case.target


def fewest(level: LevelResult, case: Case) -> int:
    """By brute force over every combination of ratings that are not lower."""
    now = [s.of_record for s in level.statements if isinstance(s.of_record, int)]
    higher = product(*(range(rating, 4) for rating in now))
    return min(sum(new) - sum(now) for new in higher if is_enough(new, level, case))


def is_enough(new: tuple[int, ...], level: LevelResult, case: Case) -> bool:
    share = Fraction(sum(new), 3 * len(new))
    if level.level < case.target:
        return case.policy.lower is not None and share >= case.policy.lower
    missing = 3 * len(new) - sum(new)
    allowed = int((1 - case.policy.attained) * 3 * len(new))
    if len(new) >= 2 and case.policy.attained < 1:
        allowed = max(1, allowed)
    return missing <= allowed and min(new) >= case.policy.floor
