"""The page of one level of one's own assessment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from assessments.actions.review import rate_in_review, return_for_changes
from assessments.models import Assessment
from skills.catalogue import definition
from skills.models import Skill, Text
from tests.assessments.report_cases import sent
from tests.assessments.review_cases import validated
from tests.cast import NOON, Cast, answer, answer_level, begin, evidence, link
from tests.htmx import Page

pytestmark = pytest.mark.usefixtures("noon")


def url(draft: Assessment, level: int = 3) -> str:
    return f"/assessments/{draft.pk}/levels/{level}/"


def page(client: Client, draft: Assessment, level: int = 3) -> Page:
    return Page(client.get(url(draft, level)).content)


def support(draft: Assessment, level: int) -> None:
    answer_level(draft, level, 3)
    item = evidence(draft.employee)
    of_level = draft.ratings.filter(statement__skill_level__level__number=level)
    for code in of_level.values_list("statement__code", flat=True):
        link(draft, code, item)


def test_every_statement_has_its_text_its_code_and_its_help(ana: Client, draft: Assessment) -> None:
    """The official text is in its own language, our help in the reader's."""
    card = page(ana, draft).get("#statement-CEXP-3-1")
    text = next(element for element in card if element.attributes.get("class") == "text")
    assert "CEXP 3.1" in card.text
    assert "In other words:" in card.text
    assert text.attributes["lang"] == "pt"


@pytest.fixture
def without_russian(cexp: Skill) -> Iterator[None]:
    """One statement has no Russian text."""
    Text.objects.filter(statement__code="CEXP.3.1", language="ru").delete()
    definition.cache_clear()
    yield
    definition.cache_clear()


def test_a_text_that_stands_in_for_another_language_says_so(
    without_russian: None, client: Client, cast: Cast, draft: Assessment
) -> None:
    """A reader of Russian gets the skill's first language where there is no Russian."""
    client.force_login(cast.irina)
    own = begin(cast.irina, draft.skill)
    card = page(client, own).get("#statement-CEXP-3-1")
    text = next(element for element in card if element.attributes.get("class") == "text")
    assert "Português" in card.text
    assert text.attributes["lang"] == "pt"


def test_the_saved_answer_is_chosen(ana: Client, draft: Assessment) -> None:
    """And no other one is."""
    answer(draft, "CEXP.3.1", 2)
    card = page(ana, draft).get("#statement-CEXP-3-1")
    assert [element.attributes["value"] for element in card if "checked" in element.attributes] == ["2"]


def test_progress_and_time_of_saving_are_in_sight(ana: Client, draft: Assessment) -> None:
    """The hour is the reader's own."""
    answer(draft, "CEXP.3.1", 2)
    found = page(ana, draft)
    assert found.get("#progress").text == "1 of 5 answered"
    assert found.get("#saved").text == "✓ Saved at 09:00"


def test_another_day_is_named(ana: Client, draft: Assessment) -> None:
    """An hour alone would mislead."""
    answer(draft, "CEXP.3.1", 2)
    with time_machine.travel("2026-11-25T12:00:00Z", tick=False):
        assert page(ana, draft).get("#saved").text == "✓ Saved on 20 Nov 2026"


def test_nothing_is_called_saved_before_it_is(ana: Client, draft: Assessment) -> None:
    """A fresh draft says nothing."""
    assert page(ana, draft).get("#saved").text == ""


@pytest.mark.parametrize(
    ("fields", "hint"),
    [
        ({"action": "", "result": ""}, "Say what you did"),
        ({"result": ""}, "Say what changed"),
        ({"started_on": "2019-01-01", "ended_on": "2020-01-01"}, "more than 36 months ago"),
        ({"url": ""}, "Add a link or file that can be checked"),
    ],
)
def test_a_claim_that_evidence_does_not_carry_says_what_is_missing(
    ana: Client, draft: Assessment, cast: Cast, fields: dict[str, str], hint: str
) -> None:
    """The first reason that holds, under the statement."""
    answer(draft, "CEXP.3.1", 3)
    link(draft, "CEXP.3.1", evidence(cast.ana, **fields))
    card = page(ana, draft).get("#statement-CEXP-3-1")
    assert hint in card.text


def test_a_claim_without_evidence_asks_for_some(ana: Client, draft: Assessment) -> None:
    """One of 0 claims nothing, so it asks for nothing."""
    answer(draft, "CEXP.3.1", 1)
    answer(draft, "CEXP.3.2", 0)
    found = page(ana, draft)
    assert "Link an example" in found.get("#statement-CEXP-3-1").text
    assert "Link an example" not in found.get("#statement-CEXP-3-2").text


def test_linked_evidence_shows_its_strength_in_words(ana: Client, draft: Assessment, cast: Cast) -> None:
    """The dots say it aloud."""
    link(draft, "CEXP.3.1", evidence(cast.ana, title="<b>Mapa</b>", result="", url=""))
    card = page(ana, draft).get("#statement-CEXP-3-1")
    assert "<b>Mapa</b>" in card.text
    assert any(element.attributes.get("aria-label") == "in outline" for element in card)


def test_the_levels_stand_beside_with_their_state(ana: Client, draft: Assessment) -> None:
    """Included, attained, answered in part, not assessed; the target is named."""
    support(draft, 3)
    answer(draft, "CEXP.4.1", 2)
    stepper = page(ana, draft, 4).get("#stepper").text
    assert "Level 2 included in the level above" in stepper
    assert "Level 3 5 of 5 · attained" in stepper
    assert "Level 4 · target 1 of 6 answered" in stepper
    assert "Level 5 not assessed" in stepper


def test_the_main_button_leads_to_the_next_statement(ana: Client, draft: Assessment) -> None:
    """By its address, so that it works without scripts."""
    answer(draft, "CEXP.3.1", 2)
    links = [element.attributes.get("href") for element in page(ana, draft).get("#next")]
    assert f"{url(draft)}#statement-CEXP-3-2" in links


def test_a_complete_level_offers_the_next_one_and_the_result(ana: Client, draft: Assessment) -> None:
    """Both stand under the last statement too."""
    answer_level(draft, 3, 3)
    found = page(ana, draft)
    assert "Rate level 4 too" in found.get("#next").text
    assert "Level 3 is complete" in found.get("#after").text
    assert "See result" in found.get("#after").text


@pytest.mark.parametrize(("level", "nearest"), [(1, 2), (7, 6)])
def test_a_level_that_the_skill_lacks_says_so(
    ana: Client, draft: Assessment, level: int, nearest: int
) -> None:
    """With its essence and the way to the nearest one."""
    answer = ana.get(url(draft, level))
    assert answer.status_code == 404
    assert f"Go to level {nearest}" in answer.content.decode()


@pytest.mark.parametrize("level", [0, 8, 99999999999999999999])
def test_a_level_that_no_ladder_has_is_not_found(ana: Client, draft: Assessment, level: int) -> None:
    """Whatever its size."""
    assert ana.get(url(draft, level)).status_code == 404


def test_above_the_target_it_says_that_nothing_is_asked(ana: Client, draft: Assessment) -> None:
    """The stepper reaches it, the page does not push it."""
    assert "above your target" in ana.get(url(draft, 5)).content.decode()


def test_below_the_start_it_says_that_it_may_stay_empty(ana: Client, draft: Assessment) -> None:
    """Lower levels are included in a higher one."""
    assert "may stay without answers" in ana.get(url(draft, 2)).content.decode()


def test_a_sent_assessment_is_read_only_and_says_who_has_it(ana: Client, draft: Assessment) -> None:
    """Every rating is disabled."""
    answer(draft, "CEXP.3.1", 2)
    sent(draft)
    found = page(ana, draft)
    assert all("disabled" in element.attributes for element in found.root if element.name == "fieldset")
    assert "to Marta, who will review it" in found.root.text


def test_what_was_sent_shows_its_evidence_as_it_was(ana: Client, draft: Assessment, cast: Cast) -> None:
    """The item itself may be gone by then, so nothing leads there: only to the comments."""
    item = evidence(cast.ana, title="Mapa da jornada")
    answer(draft, "CEXP.3.1", 2)
    link(draft, "CEXP.3.1", item)
    sent(draft)
    item.delete()
    card = page(ana, draft).get("#statement-CEXP-3-1")
    assert "Mapa da jornada" in card.text
    assert all(link.attributes["href"].endswith("/comments/") for link in card if link.name == "a")


def test_in_review_it_says_so(ana: Client, draft: Assessment, cast: Cast) -> None:
    """It can no longer be taken back."""
    answer(draft, "CEXP.3.1", 2)
    rating = draft.ratings.get(statement__code="CEXP.3.1")
    submission = sent(draft)
    rate_in_review(
        submission=submission,
        statement_id=rating.statement_id,
        answer=1,
        comment="Falta evidência.",
        version=0,
        by=cast.marta,
        at=NOON,
    )
    text = page(ana, draft).root.text
    assert "The review began on" in text
    assert "Take it back" not in text


def test_a_returned_one_shows_the_reason_and_can_be_changed(
    ana: Client, draft: Assessment, cast: Cast
) -> None:
    """The reviewer's words are shown as they were typed."""
    answer(draft, "CEXP.3.1", 2)
    return_for_changes(submission=sent(draft), reason="Avalie <o> nível 2.", by=cast.marta, at=NOON)
    found = page(ana, draft)
    assert "Returned by Marta" in found.root.text
    assert "Avalie <o> nível 2." in found.root.text
    assert not any("disabled" in element.attributes for element in found.root if element.name == "fieldset")


def test_a_validated_one_says_by_whom(ana: Client, draft: Assessment, cast: Cast) -> None:
    """Its levels are those of the validation."""
    support(draft, 3)
    validated(submission=sent(draft), by=cast.marta, at=NOON)
    found = page(ana, draft)
    assert "Validated by Marta on" in found.root.text
    assert "Level 3 5 of 5 · attained" in found.get("#stepper").text


def test_another_target_than_the_roles_is_shown_beside_it(ana: Client, draft: Assessment) -> None:
    """The role's target stays visible."""
    Assessment.objects.filter(pk=draft.pk).update(role_target=5)
    assert "that of your role is level 5" in ana.get(url(draft)).content.decode()


@pytest.mark.parametrize("who", ["bruno", "marta", "helena", "admir"])
def test_nobody_else_finds_it(client: Client, cast: Cast, draft: Assessment, who: str) -> None:
    """Not the manager either: what is sent is read in the review."""
    answer(draft, "CEXP.3.1", 2)
    sent(draft)
    client.force_login(getattr(cast, who))
    assert client.get(url(draft)).status_code == 404
    assert client.get(f"/assessments/{draft.pk}/").status_code == 404


def test_signed_out_it_asks_to_sign_in(client: Client, draft: Assessment) -> None:
    """And comes back afterwards."""
    assert client.get(url(draft)).headers["Location"].endswith(f"?next={url(draft)}")


def test_it_is_only_read(ana: Client, draft: Assessment) -> None:
    """Posting belongs to one statement."""
    assert ana.post(url(draft)).status_code == 405


def test_the_assessment_opens_at_the_right_level(ana: Client, draft: Assessment) -> None:
    """Where there is something to do."""
    answer_level(draft, 3, 3)
    assert ana.get(f"/assessments/{draft.pk}/").headers["Location"] == url(draft, 4)


def test_queries_do_not_grow_with_evidence(
    ana: Client, draft: Assessment, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Session, person, assessment, ratings, links, suggestions: six, however much there is."""
    ana.get(url(draft))
    with django_assert_num_queries(6):
        ana.get(url(draft))
    for number in range(50):
        link(draft, f"CEXP.3.{number % 5 + 1}", evidence(cast.ana, title=f"{number}"))
    with django_assert_num_queries(6):
        ana.get(url(draft))
