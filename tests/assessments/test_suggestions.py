"""Suggestions for evidence: kept when it is saved, shown where it may count, linked or dismissed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from assessments import matching
from assessments.actions.evidence import edit_evidence, link_evidence
from assessments.actions.suggest import dismiss_suggestion
from assessments.models import Assessment, Evidence, EvidenceSuggestion
from skills.models import Statement
from tests.assessments.report_cases import sent
from tests.cast import NOON, TODAY, Cast, answer_level, evidence, link, rating_of
from tests.htmx import parse

pytestmark = pytest.mark.usefixtures("noon", "indicators")

JOURNEY = "Redesenhei a jornada do cliente com TI e operação, em três rodadas de teste."
PAYROLL = "Calculei as férias e a folha de pagamento e enviei ao sindicato."
SUGGEST = "/evidence/suggest/"


@pytest.fixture
def item(draft: Assessment) -> Evidence:
    return journey(draft)


def journey(draft: Assessment, **fields: Any) -> Evidence:
    """Ana's, about what 4.3 says."""
    texts = {"title": "Mapa da jornada do app", "action": JOURNEY, "result": "", "url": ""}
    return evidence(draft.employee, **{**texts, **fields})


def codes(item: Evidence) -> list[str]:
    """Of what is suggested for it, best first."""
    kept = EvidenceSuggestion.objects.of_item(item.pk).not_dismissed().best_first()
    return list(kept.values_list("statement__code", flat=True))


def save(item: Evidence, **fields: Any) -> None:
    item.refresh_from_db()
    given = {"title": item.title, "action": item.action, **fields}
    edit_evidence(evidence=item, fields=given, version=item.version, by=item.owner, at=NOON, on=TODAY)


def statement(code: str = "CEXP.4.3") -> Statement:
    return Statement.objects.get(code=code)


def dismiss_url(item: Evidence, code: str = "CEXP.4.3") -> str:
    return f"/evidence/{item.pk}/suggestions/{statement(code).pk}/dismiss/"


def link_url(draft: Assessment, code: str = "CEXP.4.3") -> str:
    return f"/assessments/{draft.pk}/ratings/{rating_of(draft, code).pk}/evidence/"


def html(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def card(client: Client, draft: Assessment) -> str:
    """The card of 4.3 on the page of its level."""
    page = html(client, f"/assessments/{draft.pk}/levels/4/")
    return page.split('id="statement-CEXP-4-3"')[1].split("</article>")[0]


def test_saving_keeps_at_most_three(item: Evidence) -> None:
    """Each with its score and the words of the text that matched."""
    kept = EvidenceSuggestion.objects.of_item(item.pk).best_first()
    assert codes(item)[0] == "CEXP.4.3"
    assert len(kept) <= 3
    assert "jornada" in kept[0].terms


def test_another_text_has_others(item: Evidence) -> None:
    """Editing takes the old ones away; a text on other work has none."""
    save(item, title="Folha", action=PAYROLL)
    assert codes(item) == []


def test_without_an_assessment_every_skill_is_asked(cast: Cast) -> None:
    """Somebody who assesses nothing yet is shown where it may count."""
    assert codes(evidence(cast.novo, action=JOURNEY))[0] == "CEXP.4.3"


def test_dismissed_does_not_return(cast: Cast, item: Evidence) -> None:
    """Neither at the next save nor after another text and back."""
    dismiss_suggestion(evidence=item, statement_id=statement().pk, by=cast.ana, at=NOON)
    save(item, title="Folha", action=PAYROLL)
    save(item, title="Mapa da jornada do app", action=JOURNEY)
    assert "CEXP.4.3" not in codes(item)
    assert codes(item) != []


def test_the_item_shows_them(ana: Client, draft: Assessment, item: Evidence) -> None:
    """Code, name, words, both buttons, and that it changes no rating; also in the portfolio."""
    for address in (f"/evidence/{item.pk}/", "/evidence/"):
        page = html(ana, address)
        assert "This may speak for" in page
        assert "CEXP 4.3" in page
        assert '<mark lang="pt">jornada</mark>' in page
        assert link_url(draft) in page
        assert dismiss_url(item) in page
        assert page.count("A suggestion never changes a rating or a level.") == 1


def test_without_an_assessment_there_is_no_link(client: Client, cast: Cast) -> None:
    """There is nothing to link to, but it can be dismissed."""
    item = evidence(cast.novo, action=JOURNEY)
    client.force_login(cast.novo)
    page = html(client, f"/evidence/{item.pk}/")
    assert dismiss_url(item) in page
    assert "/ratings/" not in page


def test_the_card_shows_them(ana: Client, draft: Assessment, item: Evidence) -> None:
    """The item, the words and both forms, with a way back to this very card."""
    found = card(ana, draft)
    assert "“<bdi>Mapa da jornada do app</bdi>” seems to be about this:" in found
    assert f'value="/assessments/{draft.pk}/levels/4/#statement-CEXP-4-3"' in found
    assert dismiss_url(item) in found


def test_a_card_has_at_most_three(ana: Client, draft: Assessment) -> None:
    for number in range(5):
        journey(draft, title=f"Jornada {number}")
    assert card(ana, draft).count('class="suggestion suggested"') == 3


def test_linking_from_the_card(ana: Client, draft: Assessment, item: Evidence) -> None:
    """It leads back to the card, where the item is linked and no longer suggested."""
    answer = ana.post(link_url(draft), {"evidence": item.pk})
    assert answer["Location"] == f"/assessments/{draft.pk}/levels/4/#statement-CEXP-4-3"
    assert "seems to be about this" not in card(ana, draft)
    assert dismiss_url(item) not in html(ana, f"/evidence/{item.pk}/")


def test_what_was_linked_and_cannot_be_now(ana: Client, draft: Assessment, item: Evidence) -> None:
    """A statement of a sent assessment is not suggested where the item speaks for it already."""
    link(draft, "CEXP.4.3", item)
    answer_level(draft, 3, 2)
    sent(draft)
    assert dismiss_url(item) not in html(ana, "/evidence/")


def test_dismissing(ana: Client, draft: Assessment, item: Evidence) -> None:
    """Twice is as good as once; it is gone from every page, and the item stays as it was."""
    back = f"/assessments/{draft.pk}/levels/4/#statement-CEXP-4-3"
    for _ in range(2):
        assert ana.post(dismiss_url(item), {"next": back})["Location"] == back
    assert "seems to be about this" not in card(ana, draft)
    assert dismiss_url(item) not in html(ana, "/evidence/")
    assert ana.post(dismiss_url(item))["Location"] == f"/evidence/{item.pk}/"


def test_what_cannot_be_dismissed(ana: Client, cast: Cast, item: Evidence) -> None:
    """What was never suggested, what is somebody else's, by reading, or signed out."""
    assert ana.post(dismiss_url(item, "CEXP.6.1")).status_code == 404
    assert ana.get(dismiss_url(item)).status_code == 405
    for stranger in (cast.bruno, cast.marta, cast.helena, cast.admir):
        ana.force_login(stranger)
        assert ana.post(dismiss_url(item)).status_code == 404
    ana.logout()
    assert ana.post(dismiss_url(item)).status_code == 302
    assert "CEXP.4.3" in codes(item)


def test_a_sent_assessment_has_none(ana: Client, draft: Assessment, item: Evidence) -> None:
    """Its cards are as they were sent; a link from an old page is refused."""
    answer_level(draft, 3, 2)
    sent(draft)
    assert "seems to be about this" not in card(ana, draft)
    assert ana.post(link_url(draft), {"evidence": item.pk}).status_code == 409


def test_only_ones_own(ana: Client, cast: Cast, draft: Assessment) -> None:
    """What a colleague wrote is suggested to nobody else."""
    evidence(cast.bruno, title="De Bruno", action=JOURNEY)
    assert "De Bruno" not in card(ana, draft)


def test_text_is_text(ana: Client, draft: Assessment) -> None:
    """Markup in the title or the words stays text on every page."""
    item = journey(draft, title="<b>jornada</b>")
    EvidenceSuggestion.objects.update(terms=["<i>jornada</i>"])
    for found in (card(ana, draft), html(ana, "/evidence/"), html(ana, f"/evidence/{item.pk}/")):
        assert "<i>jornada" not in found
        assert "<b>jornada" not in found
        assert "&lt;i&gt;jornada" in found


def test_while_writing(ana: Client, draft: Assessment) -> None:
    """A fragment to read, with marked words and nothing to press; nothing is kept."""
    answer = ana.post(SUGGEST, {"title": "", "action": JOURNEY, "language": "pt"})
    found = parse(answer.content)
    assert "CEXP 4.3" in found.text
    assert "<mark" in answer.content.decode()
    assert not {"form", "button", "html"} & {element.name for element in found}
    assert not EvidenceSuggestion.objects.exists()


@pytest.mark.parametrize("text", ["", PAYROLL])
def test_nothing_while_writing_of_other_work(ana: Client, draft: Assessment, text: str) -> None:
    answer = ana.post(SUGGEST, {"action": text, "language": "pt"})
    assert (answer.status_code, answer.content.strip()) == (200, b"")


def test_while_rewriting(ana: Client, cast: Cast, item: Evidence) -> None:
    """What was dismissed for the item does not come back while it is edited."""
    dismiss_suggestion(evidence=item, statement_id=statement().pk, by=cast.ana, at=NOON)
    typed = {"action": JOURNEY, "language": "pt"}
    assert "CEXP 4.3" not in ana.post(SUGGEST, {**typed, "evidence": item.pk}).content.decode()
    assert "CEXP 4.3" in ana.post(SUGGEST, typed).content.decode()


@pytest.mark.parametrize(
    "bad", [{"language": "xx"}, {"action": "x" * 5001}, {"action": "a\x00"}, {"evidence": "9" * 30}]
)
def test_what_cannot_be_saved_is_not_matched(ana: Client, bad: dict[str, str]) -> None:
    """Nothing is shown beside it; the message comes with saving."""
    answer = ana.post(SUGGEST, {"language": "pt", "action": JOURNEY, **bad})
    assert (answer.status_code, answer.content.strip()) == (422, b"")


def test_asking_is_for_those_signed_in(client: Client, ana: Client) -> None:
    assert ana.get(SUGGEST).status_code == 405
    ana.logout()
    assert client.post(SUGGEST).status_code == 302


def test_pages_read_and_never_match(
    ana: Client,
    draft: Assessment,
    item: Evidence,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A page would fail if it asked the matcher anything."""

    def refuse(*given: object) -> None:
        raise AssertionError(given)

    monkeypatch.setattr(matching.Matcher, "suggest", refuse)
    assert "seems to be about this" in card(ana, draft)
    assert "This may speak for" in html(ana, "/evidence/")


@pytest.mark.parametrize("count", [1, 30])
def test_queries_do_not_grow(
    ana: Client, draft: Assessment, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    """Six for the level's page, seven for the portfolio, however many suggestions there are."""
    for number in range(count):
        journey(draft, title=f"Jornada {number}")
    for address, queries in ((f"/assessments/{draft.pk}/levels/4/", 6), ("/evidence/", 7)):
        html(ana, address)
        with django_assert_num_queries(queries):
            html(ana, address)


def test_dismissing_what_was_linked(cast: Cast, draft: Assessment) -> None:
    """Offered because it is linked, though nothing in its text matches: it can be dismissed all the same."""
    item = evidence(cast.ana, title="Folha", action=PAYROLL)
    link(draft, "CEXP.4.3", item)
    assert codes(item) == []
    for _ in range(2):
        dismiss_suggestion(evidence=item, statement_id=statement().pk, by=cast.ana, at=NOON)
    assert item.suggestions.get().dismissed_at == NOON


def test_unlinked_is_suggested_again(cast: Cast, draft: Assessment, item: Evidence) -> None:
    """Only dismissing takes it away for good."""
    made = link_evidence(evidence=item, rating=rating_of(draft, "CEXP.4.3"), by=cast.ana, at=NOON)
    own = EvidenceSuggestion.objects.of_owner(cast.ana).with_rating()
    assert not own.not_linked().filter(statement=statement()).exists()
    made.delete()
    assert own.not_linked().filter(statement=statement()).exists()
