"""What the first page, the list and the level page say of an earlier cycle once the next one is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from assessments.actions.cycles import close_cycle
from assessments.actions.hr import close_as_not_reviewed, reopen
from assessments.actions.review import return_for_changes
from assessments.models import Assessment, Cycle
from skills.models import Skill
from tests.assessments import contest_cases
from tests.assessments.cycle_cases import next_cycle
from tests.assessments.report_cases import reviewed, sent, worked_example
from tests.assessments.review_cases import page, sign_in
from tests.cast import NOON, Cast, begin

LAST = "Last validated level: 3 (cycle 2026, 20 Nov 2026)."
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def a_year_later() -> Iterator[None]:
    with time_machine.travel(NOON + dt.timedelta(days=366), tick=False):
        yield


@pytest.fixture
def ana(client: Client, cast: Cast) -> Client:
    sign_in(client, cast.ana)
    return client


def seen(client: Client, at: str = "/") -> str:
    return page(client.get(at).content).get("#content").text


def brought_to(state: str, draft: Assessment, cast: Cast) -> None:
    """Ana's worked example, in a state in which somebody has still something to do."""
    worked_example(draft)
    submission = sent(draft)
    if state == "returned":
        return_for_changes(submission=submission, reason="Falta o efeito.", by=cast.marta, at=NOON + HOUR)
    elif state in {"reopened", "contested"}:
        review = reviewed(submission, by=cast.marta)
        draft.refresh_from_db()
        if state == "reopened":
            reopen(assessment=draft, reason="Outra meta.", by=cast.helena, at=NOON + 3 * HOUR)
        else:
            contest_cases.contest(review, "CEXP.4.1")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("submitted", "Your assessment is sent"),
        ("returned", "Read what was returned"),
        ("reopened", "Read why it is open again"),
        ("contested", "You contest the validated level"),
    ],
)
def test_the_first_page_shows_what_is_open_from_the_last_cycle_and_the_new_one(
    ana: Client, cast: Cast, draft: Assessment, cycle: Cycle, state: str, said: str
) -> None:
    """What goes on first, with its next step, then what can be begun."""
    brought_to(state, draft, cast)
    next_cycle(cycle, cast.admir)
    old, _, new = seen(ana).partition("Find your level")
    assert "Still open from cycle 2026" in old
    assert said in old
    assert "See report" in old or "Read" in old
    assert new


def test_it_shows_it_also_while_no_cycle_is_open(
    ana: Client, cast: Cast, draft: Assessment, cycle: Cycle
) -> None:
    brought_to("returned", draft, cast)
    close_cycle(cycle=cycle, by=cast.admir, at=NOON + HOUR)
    text = seen(ana)
    assert "What is open from an earlier one can still be sent." in text
    assert "Read what was returned" in text


@pytest.mark.parametrize("state", ["validated", "not_reviewed"])
def test_what_is_over_is_not_shown_again(
    ana: Client, cast: Cast, draft: Assessment, cycle: Cycle, state: str
) -> None:
    """A level that nobody contests, and what was closed."""
    worked_example(draft)
    if state == "validated":
        reviewed(sent(draft), by=cast.marta)
    else:
        late = cycle.review_by + HOUR
        close_as_not_reviewed(assessment=sent(draft).assessment, by=cast.helena, at=late)
    next_cycle(cycle, cast.admir)
    assert "Still open from cycle" not in seen(ana)


def test_the_last_validated_level_stands_until_there_is_a_new_one(
    ana: Client, cast: Cast, draft: Assessment, cycle: Cycle, cexp: Skill
) -> None:
    """Before the new one is begun, while it is a draft, on the list and beside its levels."""
    worked_example(draft)
    reviewed(sent(draft), by=cast.marta)
    next_cycle(cycle, cast.admir)
    assert LAST in seen(ana)
    later = begin(cast.ana, cexp)
    assert LAST in seen(ana)
    assert seen(ana, "/assessments/").count(LAST) == 1
    assert LAST in seen(ana, f"/assessments/{later.pk}/levels/3/")


def test_a_first_assessment_has_no_last_level(ana: Client, draft: Assessment) -> None:
    """Nothing is said of it anywhere."""
    for at in ("/", "/assessments/", f"/assessments/{draft.pk}/levels/3/"):
        assert "Last validated level" not in seen(ana, at)


def test_the_list_says_until_when_only_while_something_can_be_sent(
    ana: Client, cast: Cast, draft: Assessment, cycle: Cycle
) -> None:
    """Late, it says that the time has passed; once sent or closed, neither."""
    late = cycle.submit_by + HOUR
    with time_machine.travel(late, tick=False):
        assert "The time to submit ended on" in seen(ana, "/assessments/")
    with time_machine.travel(NOON, tick=False):
        assert "Submit by 1 December 2026" in seen(ana, "/assessments/")
    worked_example(draft)
    sent(draft)
    with time_machine.travel(late, tick=False):
        text = seen(ana, "/assessments/")
    assert "There is nothing for you to send now." in text
    assert "ubmit" not in text.partition("Customer experience")[0]
