"""Definitions and campaigns that change while somebody begins to build on them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

from django.db import DatabaseError, transaction

from assessments.actions.cycles import close_cycle, open_cycle
from assessments.models import Cycle
from assessments.scoring import ScoringPolicy
from skills.actions import freeze
from skills.models import Framework, LevelOfResponsibility, Skill, SkillLevel, Statement, Text
from tests.cast import NOON, Cast
from tests.races.arena import LATER, ROUNDS, Act, Arena

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


def opening(planned: Cycle, cast: Cast, kept: list[str]) -> None:
    with transaction.atomic():
        open_cycle(cycle=planned, policy=ScoringPolicy(), by=cast.admir, at=NOON)
        kept.append(Cycle.objects.get(pk=planned.pk).purpose_pt)


def rewording(planned: Cycle) -> bool:
    return refused(lambda: Cycle.objects.filter(pk=planned.pk).update(purpose_pt="Depois."))


def test_the_rules_of_a_cycle_change_while_it_opens(arena: Arena, cycle: Cycle, cast: Cast) -> None:
    """What people read as its purpose when it opened stays so."""
    close_cycle(cycle=cycle, by=cast.admir, at=LATER)
    for number in range(ROUNDS):
        planned = Cycle.objects.create(
            name=f"R{number}",
            purpose_pt="Antes.",
            purpose_ru="а",
            purpose_en="a",
            submit_by=cycle.submit_by,
            review_by=cycle.review_by,
        )
        kept: list[str] = []
        arena.race(partial(opening, planned, cast, kept), partial(rewording, planned))
        planned.refresh_from_db()
        assert planned.purpose_pt == kept[0]
        close_cycle(cycle=planned, by=cast.admir, at=LATER)
