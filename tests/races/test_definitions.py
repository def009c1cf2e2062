"""Definitions and campaigns that change while somebody begins to build on them."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from functools import partial

import pytest
from django.db import DatabaseError, transaction

from assessments.actions import cycles
from assessments.actions.cycles import close_cycle, open_cycle
from assessments.models import Cycle
from assessments.scoring import ScoringPolicy
from skills.actions import freeze
from skills.models import Framework, LevelOfResponsibility, Skill, SkillLevel, Statement, Text
from tests.cast import NOON, Cast
from tests.races.arena import LATER, ROUNDS, Act, Arena, one_wins, without_trigger

OFFICIAL = {"field": "text", "language": "pt", "source": "official"}


def a_skill(number: int) -> Text:
    """A small framework of its own; its one official sentence."""
    framework = Framework.objects.create(code=f"race-{number}", name=f"Race {number}")
    level = LevelOfResponsibility.objects.create(framework=framework, number=2)
    skill = Skill.objects.create(framework=framework, code=f"RC{number}")
    of_level = SkillLevel.objects.create(skill=skill, level=level)
    statement = Statement.objects.create(skill_level=of_level, position=1, code=f"RC{number}.2.1")
    return Text.objects.create(statement=statement, text="Antes.", **OFFICIAL)


def skill_of(text: Text) -> Skill:
    return Skill.objects.get(levels__statements=text.statement_id)


def refused(act: Callable[[], object]) -> bool:
    """Whether the database kept what is frozen."""
    try:
        act()
    except DatabaseError as error:
        if "frozen" not in str(error):
            raise
        return True
    return False


def hold(act: Act, begun: threading.Event, ready: threading.Event) -> None:
    """Does it, and commits only when it is told to."""
    with transaction.atomic():
        act()
        begun.set()
        ready.wait(2)


def change(text: Text) -> bool:
    """Whether the change of the official sentence was refused."""
    return refused(lambda: Text.objects.filter(pk=text.pk).update(text="Depois."))


def begin(text: Text, kept: list[str]) -> None:
    """Freezes the skill, and keeps what the sentence was in that moment."""
    with transaction.atomic():
        freeze(skill=skill_of(text), at=NOON)
        kept.append(Text.objects.get(pk=text.pk).text)


def test_an_official_text_changes_while_its_first_assessment_begins(arena: Arena) -> None:
    """It was changed before, or it is refused: what is frozen is what stays."""
    for number in range(ROUNDS):
        text = a_skill(number)
        kept: list[str] = []
        arena.race(partial(begin, text, kept), partial(change, text))
        assert Text.objects.get(pk=text.pk).text == kept[0]


def test_a_change_that_waits_for_the_freeze_is_refused(arena: Arena) -> None:
    text = a_skill(ROUNDS)
    begun, ready = threading.Event(), threading.Event()
    freezing = arena.threads.submit(hold, lambda: freeze(skill=skill_of(text), at=NOON), begun, ready)
    begun.wait(5)
    changing = arena.threads.submit(change, text)
    threading.Timer(0.3, ready.set).start()
    assert changing.result(10)
    freezing.result(10)
    assert Text.objects.get(pk=text.pk).text == "Antes."


def test_without_the_trigger_what_is_frozen_changes(arena: Arena) -> None:
    """What the first assessment was answered against is then not what stands."""
    text, kept = a_skill(ROUNDS + 1), list[str]()
    with without_trigger(Text, "keep_frozen"):
        begin(text, kept)
        assert not change(text)
    assert (kept, Text.objects.get(pk=text.pk).text) == (["Antes."], "Depois.")


def opening(planned: Cycle, cast: Cast, kept: list[str], at: dt.datetime = NOON) -> None:
    with transaction.atomic():
        open_cycle(cycle=planned, policy=ScoringPolicy(), by=cast.admir, at=at)
        kept.append(Cycle.objects.get(pk=planned.pk).purpose_pt)


def rewording(planned: Cycle) -> bool:
    return refused(lambda: Cycle.objects.filter(pk=planned.pk).update(purpose_pt="Depois."))


def plan(cycle: Cycle, name: object) -> Cycle:
    """One more, with the same days."""
    return Cycle.objects.create(
        name=f"R{name}",
        purpose_pt="Antes.",
        purpose_ru="а",
        purpose_en="a",
        submit_by=cycle.submit_by,
        review_by=cycle.review_by,
    )


def test_the_rules_of_a_cycle_change_while_it_opens(arena: Arena, cycle: Cycle, cast: Cast) -> None:
    """What people read as its purpose when it opened stays so."""
    close_cycle(cycle=cycle, by=cast.admir, at=LATER)
    for number in range(ROUNDS):
        planned = plan(cycle, number)
        kept: list[str] = []
        arena.race(partial(opening, planned, cast, kept), partial(rewording, planned))
        planned.refresh_from_db()
        assert planned.purpose_pt == kept[0]
        close_cycle(cycle=planned, by=cast.admir, at=LATER)


def test_without_the_trigger_the_rules_of_an_open_cycle_change(
    arena: Arena, cycle: Cycle, cast: Cast
) -> None:
    """People would have begun under rules that are no longer the ones they read."""
    close_cycle(cycle=cycle, by=cast.admir, at=LATER)
    planned, kept = plan(cycle, ROUNDS), list[str]()
    with without_trigger(Cycle, "frozen_when_open"):
        opening(planned, cast, kept)
        assert not rewording(planned)
    assert (kept, Cycle.objects.get(pk=planned.pk).purpose_pt) == (["Antes."], "Depois.")


def opening_twice(planned: Cycle, cast: Cast) -> list[Act]:
    """By two who have read it while it was planned."""
    both = [(Cycle.objects.get(pk=planned.pk), at) for at in (NOON, LATER)]
    return [partial(opening, one, cast, [], at) for one, at in both]


def test_opening_twice(arena: Arena, cycle: Cycle, cast: Cast) -> None:
    """The second is told that it was opened before."""
    close_cycle(cycle=cycle, by=cast.admir, at=LATER)
    for number in range(ROUNDS):
        planned = plan(cycle, number)
        found = arena.race(*opening_twice(planned, cast))
        assert one_wins(found, "CycleStateError")
        close_cycle(cycle=planned, by=cast.admir, at=LATER)


def test_without_holding_it_opens_twice(
    arena: Arena, cycle: Cycle, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the database stands in the way then, with an error that nobody explains."""
    close_cycle(cycle=cycle, by=cast.admir, at=LATER)
    planned = plan(cycle, ROUNDS)
    monkeypatch.setattr(cycles, "hold", lambda cycle: None)
    with pytest.raises(DatabaseError, match="Cannot update"):
        arena.race(*opening_twice(planned, cast))
