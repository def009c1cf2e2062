"""The question whether the essence of the level describes the person: beside the level, never counted."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from assessments.actions.beside import answer_essence
from assessments.actions.errors import EssenceCommentMissingError, StaleError, WrongStateError
from assessments.actions.review import return_for_changes
from assessments.actions.send import withdraw
from assessments.actions.take_back import take_back_decision
from assessments.models import EssenceAnswer, Review, State, Submission
from assessments.results.review.essence import essence_of, mark_of
from skills.models import Skill
from tests.assessments.report_cases import sent
from tests.assessments.review_cases import (
    HTMX,
    LATER,
    address,
    decide,
    page,
    rate,
    read,
    ready,
    sign_in,
    validated,
)
from tests.cast import Cast, answer_level, begin

pytestmark = pytest.mark.usefixtures("an_hour_later")

NOTHING = mark_of("", "")
PIECES = "#essence-problem,#saved,#queue,#refusal"
HOSTILE = "<script>alert(1)</script>"


def ask(client: Client, submission: Submission, *, htmx: bool = False, **typed: object) -> HttpResponse:
    at = reverse("assessments:review_essence", args=[submission.pk])
    data = {"essence": "partly", "comment": "", "level": "3", "mark": NOTHING, **typed}
    return client.post(at, data, headers=HTMX if htmx else {})


def say(
    submission: Submission, cast: Cast, answer: str, comment: str = "", mark: str = NOTHING
) -> EssenceAnswer:
    return answer_essence(
        submission=submission, answer=answer, comment=comment, level=3, mark=mark, by=cast.marta, at=LATER
    )


def test_it_asks_of_the_level_that_the_decision_would_give(
    client: Client, cast: Cast, submission: Submission
) -> None:
    sign_in(client, cast.marta)
    shown = page(client.get(address(submission)).content)
    assert "Does the essence of level 3 describe Ana?" in shown.get("#essence").text
    for code in ("CEXP.4.2", "CEXP.4.3", "CEXP.4.4"):
        response = rate(client, submission, code, htmx=True, rating="3", comment="Vi.")
    assert "essence of level 4" in page(response.content).get("#essence-question").text


def test_with_no_level_it_asks_of_the_lowest(client: Client, cast: Cast, cexp: Skill, cycle: object) -> None:
    assessment = begin(cast.ana, cexp)
    answer_level(assessment, 2, 1)
    sign_in(client, cast.marta)
    shown = page(client.get(address(sent(assessment))).content)
    assert "Does the essence of level 2 describe Ana?" in shown.get("#essence").text


def test_an_answer_begins_no_review_and_changes_no_level(
    client: Client, cast: Cast, submission: Submission
) -> None:
    sign_in(client, cast.marta)
    response = ask(client, submission, essence="no")
    assert response.headers["Location"] == f"{address(submission)}#essence"
    said = EssenceAnswer.objects.get()
    assert (said.answer, said.level) == ("no", 3)
    assert not Review.objects.exists()
    assert page(client.get(address(submission)).content).get("#decision").text == "Validate: level 3"


def test_what_is_answered_can_still_be_taken_back(cast: Cast, submission: Submission) -> None:
    """The review begins with the first rating."""
    say(submission, cast, "partly", "Só com apoio.")
    taken = withdraw(assessment=submission.assessment, by=cast.ana, at=LATER)
    assert taken.state == State.WITHDRAWN
    with pytest.raises(WrongStateError):
        say(submission, cast, "yes", mark=mark_of("partly", "Só com apoio."))


@pytest.mark.parametrize("essence", ["yes", "partly", "no", ""])
def test_after_a_save_the_page_equals_a_fresh_one(
    client: Client, cast: Cast, submission: Submission, essence: str
) -> None:
    sign_in(client, cast.marta)
    shown = page(client.get(address(submission)).content)
    if essence:
        shown.choose("#essence", "essence", essence)
    response = ask(client, submission, htmx=True, essence=essence)
    assert response.status_code == 200
    shown.swap(response.content, target="#essence-note", select_oob=PIECES)
    assert shown.html() == page(client.get(address(submission)).content).html()


def test_an_answer_about_another_level_is_asked_again(
    client: Client, cast: Cast, submission: Submission
) -> None:
    """It stands and is told, but chosen is nothing."""
    say(submission, cast, "yes")
    sign_in(client, cast.marta)
    for code in ("CEXP.4.2", "CEXP.4.3", "CEXP.4.4"):
        rate(client, submission, code, rating="3", comment="Vi.")
    shown = page(client.get(address(submission)).content)
    assert "You answered “Yes” about level 3." in shown.get("#essence-note").text
    assert "checked" not in shown.get("#essence-yes").attributes


@pytest.mark.parametrize("answer", ["partly", "no"])
def test_validating_over_less_than_yes_needs_a_comment(
    client: Client, cast: Cast, submission: Submission, answer: str
) -> None:
    """Named, beside its field, with and without scripts; a return needs none."""
    say(submission, cast, answer)
    with pytest.raises(EssenceCommentMissingError):
        validated(submission=submission, by=cast.marta, at=LATER)
    sign_in(client, cast.marta)
    for htmx in (False, True):
        response = decide(client, submission, "validate", htmx=htmx, **ready(submission, cast.marta))
        assert response.status_code == 422
        assert "Say why the essence" in page(response.content).get("#essence-problem").text
    return_for_changes(submission=submission, reason="Falta.", by=cast.marta, at=LATER)


@pytest.mark.parametrize(("answer", "comment"), [("yes", ""), ("no", "Ainda pede ajuda."), ("", "")])
def test_validating_goes_on_otherwise(cast: Cast, submission: Submission, answer: str, comment: str) -> None:
    """Unanswered too: it is a question."""
    say(submission, cast, answer, comment)
    assert essence_of(validated(submission=submission, by=cast.marta, at=LATER).submission).answer == answer


@pytest.mark.parametrize("htmx", [False, True])
def test_another_tab_was_first(client: Client, cast: Cast, submission: Submission, htmx: bool) -> None:
    """Nothing is overwritten; both are shown, and saving again replaces it knowingly."""
    say(submission, cast, "yes", "Vi.")
    with pytest.raises(StaleError):
        say(submission, cast, "no")
    sign_in(client, cast.marta)
    response = ask(client, submission, htmx=htmx, essence="no", comment="Não vi.")
    assert response.status_code == 409
    shown = page(response.content)
    assert "Saved: Yes. Vi." in shown.get("#essence-note").text
    if not htmx:
        assert shown.get("#essence-comment").text == "Não vi."
    mark = mark_of("yes", "Vi.")
    assert ask(client, submission, essence="no", comment="Não vi.", mark=mark).status_code == 302


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"essence": "maybe"}, "Choose “yes”, “partly” or “no”."),
        ({"comment": "x" * 2001}, "This is too long"),
        ({"comment": "a\x0bb"}, "invisible control character"),
        ({"level": "9"}, "damaged on its way"),
        ({"mark": ""}, "damaged on its way"),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_bad_input_is_told_and_kept(
    client: Client, cast: Cast, submission: Submission, typed: dict[str, str], message: str, htmx: bool
) -> None:
    sign_in(client, cast.marta)
    response = ask(client, submission, htmx=htmx, **typed)
    assert response.status_code == 422
    assert message in page(response.content).get("#essence-note").text
    assert not EssenceAnswer.objects.exists()


def test_what_is_typed_is_text(client: Client, cast: Cast, submission: Submission) -> None:
    sign_in(client, cast.marta)
    ask(client, submission, comment=HOSTILE)
    for at in (LATER, None):
        if at is None:
            validated(submission=submission, by=cast.marta, at=LATER)
        content = client.get(address(submission)).content.decode()
        assert HOSTILE not in content
        assert "&lt;script&gt;alert(1)" in content


def test_a_decided_one_says_it_and_is_not_changed(client: Client, cast: Cast, submission: Submission) -> None:
    say(submission, cast, "partly", "Só com apoio.")
    validated(submission=submission, by=cast.marta, at=LATER)
    with pytest.raises(WrongStateError):
        say(submission, cast, "yes", mark=mark_of("partly", "Só com apoio."))
    sign_in(client, cast.marta)
    text = page(client.get(address(submission)).content).get("#essence").text
    assert "level 3" in text
    assert "Partly" in text
    assert "Só com apoio." in text
    for htmx in (False, True):
        assert ask(client, submission, htmx=htmx).status_code == 409


def test_a_decided_one_without_an_answer_shows_nothing(
    client: Client, cast: Cast, submission: Submission
) -> None:
    validated(submission=submission, by=cast.marta)
    sign_in(client, cast.marta)
    assert 'id="essence"' not in client.get(address(submission)).content.decode()


def test_the_answer_and_its_level_agree(cast: Cast, submission: Submission) -> None:
    """The database refuses one without the other."""
    say(submission, cast, "yes")
    for wrong in ({"answer": ""}, {"level": None}, {"level": 8}, {"answer": "maybe"}):
        with pytest.raises(IntegrityError, match="essence_of_a_level"), transaction.atomic():
            EssenceAnswer.objects.update(**wrong)


def test_strangers_do_not_find_it(client: Client, cast: Cast, submission: Submission) -> None:
    for stranger, status in ((cast.elena, 404), (cast.ana, 403), (cast.helena, 403)):
        client.force_login(stranger)
        assert ask(client, submission).status_code == status
    client.logout()
    assert ask(client, submission, htmx=True).status_code == 401
    assert ask(client, submission).status_code == 401
    sign_in(client, cast.marta)
    assert client.get(reverse("assessments:review_essence", args=[submission.pk])).status_code == 405
    assert "Does the essence" in read(client.get(address(submission)).content)


@pytest.mark.parametrize("how", ["validated", "returned"])
def test_the_employee_reads_it_beside_the_level(
    client: Client, cast: Cast, submission: Submission, how: str
) -> None:
    """With the decision, and as text; nothing where it was not answered."""
    say(submission, cast, "partly", HOSTILE)
    if how == "validated":
        validated(submission=submission, by=cast.marta)
    else:
        return_for_changes(submission=submission, reason="Falta.", by=cast.marta, at=LATER)
    sign_in(client, cast.ana)
    content = client.get(reverse("assessments:level", args=[submission.assessment_id, 4])).content
    assert "Does the essence of level 3 describe you? Partly." in read(content)
    assert HOSTILE not in content.decode()


def test_the_reason_of_a_return_that_was_taken_back_stands_in_its_form(
    client: Client, cast: Cast, submission: Submission
) -> None:
    return_for_changes(submission=submission, reason="Falta o efeito.", by=cast.marta, at=LATER)
    take_back_decision(submission=submission, by=cast.marta, at=LATER)
    sign_in(client, cast.marta)
    assert page(client.get(address(submission)).content).get("#reason").text == "Falta o efeito."
