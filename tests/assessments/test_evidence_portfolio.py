"""What the portfolio says of items, beside the pages."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from assessments.actions.cycles import open_cycle
from assessments.models import Cycle
from assessments.results.evidence.portfolio import Advice, folded, portfolio, strength_words
from assessments.scoring import ScoringPolicy
from tests.cast import NOON, TODAY, Cast, evidence


def with_policy(cycle: Cycle, cast: Cast, policy: ScoringPolicy) -> None:
    """Another cycle, opened later with another policy."""
    Cycle.objects.filter(pk=cycle.pk).update(closed_at=NOON)
    cycle.refresh_from_db()
    cycle.pk, cycle.name, cycle.opened_at, cycle.closed_at, cycle.policy = None, "2027", None, None, None
    cycle.save(force_insert=True)
    open_cycle(cycle=cycle, policy=policy, by=cast.admir, at=NOON + dt.timedelta(days=1))


def test_an_old_item_that_goes_on(cast: Cast) -> None:
    """Of an item without an end one asks whether it still goes on."""
    evidence(cast.ana)
    (item,) = portfolio(cast.ana, on=TODAY.replace(year=2030)).items
    assert (item.strength, item.is_stale, item.advice) == (1, True, Advice.STILL_GOING_ON)


def test_no_action_comes_first(cast: Cast) -> None:
    """An old item without an action needs the action, and is called so."""
    evidence(cast.ana, action=" ", ended_on=dt.date(2020, 1, 1))
    (item,) = portfolio(cast.ana, on=TODAY).items
    assert item.advice == Advice.ACTION
    assert str(item.words) == "no action"


@pytest.mark.parametrize(("months", "years"), [(24, 2), (36, 3), (18, 0)])
def test_the_policy_of_the_last_cycle(cast: Cast, cycle: Cycle, months: int, years: int) -> None:
    """What is stale is the policy's to say; its months are years where they can be."""
    with_policy(cycle, cast, ScoringPolicy(stale_months=months, attained=Fraction(9, 10)))
    evidence(cast.ana, ended_on=dt.date(2024, 1, 1))
    found = portfolio(cast.ana, on=TODAY)
    assert (found.stale_months, found.stale_years) == (months, years)
    assert found.items[0].is_stale is (months < 36)


def test_without_any_cycle(cast: Cast) -> None:
    """The default policy holds."""
    assert portfolio(cast.ana, on=TODAY).stale_months == 36


def test_last_changed_first(cast: Cast) -> None:
    """The item that was touched last stands on top."""
    first, second = evidence(cast.ana, title="First"), evidence(cast.ana, title="Second")
    first.updated_at = NOON + dt.timedelta(days=1)
    first.save(update_fields=["updated_at"])
    assert list(portfolio(cast.ana, on=TODAY).by_id) == [first.pk, second.pk]


@pytest.mark.parametrize(
    ("typed", "plain"), [("Ёлка", "елка"), ("AÇÃO", "acao"), ("Straße", "strasse"), ("ﬁm", "fim")]
)
def test_folding(typed: str, plain: str) -> None:
    """Case, accents and the dots of ё make no difference."""
    assert folded(typed) == plain


def test_words() -> None:
    """A stale item is called stale, whatever it describes."""
    assert [str(strength_words(number, is_stale=False)) for number in range(4)] == [
        "no action",
        "in outline",
        "with a result",
        "verifiable",
    ]
    assert str(strength_words(1, is_stale=True)) == "stale"
