"""What a person has written down that may speak for a level: a page, and a part of the level's page."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from assessments.actions.suggest import dismiss_suggestion
from assessments.models import Assessment, Cycle, EvidenceSuggestion
from assessments.results.evidence.level_evidence import MOST_CANDIDATES
from skills.models import Skill
from tests.assessments.portfolio_cases import JOURNEY, PAYROLL, next_years, statement
from tests.assessments.report_cases import sent
from tests.cast import NOON, Cast, answer_level, evidence, link, rating_of

pytestmark = pytest.mark.usefixtures("noon", "indicators")

HTMX = {"HX-Request": "true"}


def address(assessment: Assessment, level: int = 4) -> str:
    return f"/assessments/{assessment.pk}/levels/{level}/evidence/"


def page(client: Client, assessment: Assessment, level: int = 4) -> str:
    response = client.get(address(assessment, level))
    assert response.status_code == 200
    return response.content.decode()


def candidates(html: str) -> list[str]:
    return html.split('<li class="card candidate">')[1:]


def test_signed_out(client: Client, draft: Assessment) -> None:
    assert client.get(address(draft)).status_code == 302
    answer = client.get(address(draft), headers={**HTMX, "HX-Current-URL": "http://testserver/x/"})
    assert answer["HX-Redirect"].endswith("next=%2Fx%2F")


def test_somebody_elses(client: Client, cast: Cast, draft: Assessment) -> None:
    """Not found, also for the manager."""
    for stranger in (cast.bruno, cast.marta, cast.helena, cast.admir):
        client.force_login(stranger)
        assert client.get(address(draft)).status_code == 404


@pytest.mark.parametrize("level", [1, 7, 8])
def test_undefined_level(ana: Client, draft: Assessment, level: int) -> None:
    assert ana.get(address(draft, level)).status_code == 404


def test_wrong_verb(ana: Client, draft: Assessment) -> None:
    assert ana.post(address(draft)).status_code == 405


def test_what_matches(ana: Client, cast: Cast, draft: Assessment) -> None:
    """Item, strength, statement, words and both buttons; other work is not there."""
    item = evidence(cast.ana, title="Mapa", action=JOURNEY)
    evidence(cast.ana, title="Folha", action=PAYROLL)
    html = page(ana, draft)
    (found,) = candidates(html)
    for part in ("Mapa", "verifiable", "CEXP 4.3", '<mark lang="pt">jornada</mark>'):
        assert part in found
    assert f"/assessments/{draft.pk}/ratings/{rating_of(draft, 'CEXP.4.3').pk}/evidence/" in found
    assert f"/evidence/{item.pk}/suggestions/{statement()}/dismiss/" in found
    assert "A suggestion never changes a rating or a level." in html
    assert "Folha" not in html


def test_said_once_on_the_page_of_the_level(ana: Client, cast: Cast, draft: Assessment) -> None:
    """That a suggestion changes nothing stands under the cards already, where what matches is opened."""
    evidence(cast.ana, title="Mapa", action=JOURNEY)
    level_page = ana.get(f"/assessments/{draft.pk}/levels/4/").content.decode()
    opened = ana.get(address(draft), headers=HTMX).content.decode()
    assert candidates(opened)
    assert (level_page + opened).count("A suggestion never changes a rating or a level.") == 1


def test_only_the_level(ana: Client, cast: Cast, draft: Assessment) -> None:
    """A level that nothing matches says so; without any evidence it leads to writing some."""
    assert "You have written down no evidence yet" in page(ana, draft, 2)
    item = evidence(cast.ana, action=JOURNEY)
    item.suggestions.exclude(statement=statement()).delete()
    assert "Nothing else of your evidence" in page(ana, draft, 2)


def test_linking_and_dismissing(ana: Client, cast: Cast, draft: Assessment) -> None:
    """Both lead back to the page, where the item is gone."""
    rating = rating_of(draft, "CEXP.4.3")
    for title in ("One", "Two"):
        evidence(cast.ana, title=title, action=JOURNEY).suggestions.exclude(statement=statement()).delete()
    one, two = cast.ana.evidence.order_by("pk")
    back = {"next": address(draft)}
    linked = ana.post(f"/assessments/{draft.pk}/ratings/{rating.pk}/evidence/", {"evidence": one.pk, **back})
    dismissed = ana.post(f"/evidence/{two.pk}/suggestions/{statement()}/dismiss/", back)
    assert linked["Location"] == dismissed["Location"] == address(draft)
    assert candidates(page(ana, draft)) == []


def test_linked_in_another_cycle(
    ana: Client, cast: Cast, draft: Assessment, cycle: Cycle, cexp: Skill
) -> None:
    """It comes first and says where, whatever its words; linked here it goes, dismissed it stays away."""
    used, other = evidence(cast.ana, title="Folha", action=PAYROLL), evidence(cast.ana, action=PAYROLL)
    evidence(cast.ana, title="Mapa", action=JOURNEY)
    for item in (used, other):
        link(draft, "CEXP.4.3", item)
    later = next_years(cast, cycle, cexp)
    first, _, third = candidates(page(ana, later))
    assert "Folha" in first
    assert "(linked to it in: 2026)" in first
    assert "Mapa" in third
    assert "linked to it in" not in third
    link(later, "CEXP.4.3", used)
    dismiss_suggestion(evidence=other, statement_id=statement(), by=cast.ana, at=NOON)
    (left,) = candidates(page(ana, later))
    assert "Mapa" in left


def test_dismissed_and_linked_before(
    ana: Client, cast: Cast, draft: Assessment, cycle: Cycle, cexp: Skill
) -> None:
    """What was dismissed does not come back in the next cycle."""
    item = evidence(cast.ana, action=JOURNEY)
    item.suggestions.exclude(statement=statement()).delete()
    link(draft, "CEXP.4.3", item)
    dismiss_suggestion(evidence=item, statement_id=statement(), by=cast.ana, at=NOON)
    assert candidates(page(ana, next_years(cast, cycle, cexp))) == []


def test_sent(ana: Client, cast: Cast, draft: Assessment) -> None:
    """There is nothing to press while the pen is the reviewer's."""
    evidence(cast.ana, action=JOURNEY)
    answer_level(draft, 3, 2)
    sent(draft)
    (found,) = candidates(page(ana, draft))
    assert "<form" not in found


def test_part_of_the_levels_page(ana: Client, cast: Cast, draft: Assessment) -> None:
    """The fragment has no page around it, and its buttons lead back to where it was opened."""
    evidence(cast.ana, action=JOURNEY)
    level = f"/assessments/{draft.pk}/levels/4/"
    assert f'hx-get="{address(draft)}"' in ana.get(level).content.decode()
    html = ana.get(address(draft), headers=HTMX).content.decode()
    assert html.strip().startswith('<div class="level-candidates" id="level-candidates">')
    assert f'name="next" value="{level}#level-candidates"' in html
    assert html.count('class="strip-') == 26


def test_text_is_text(ana: Client, cast: Cast, draft: Assessment) -> None:
    evidence(cast.ana, title="<b>x</b>", action=JOURNEY)
    EvidenceSuggestion.objects.update(terms=["<i>x</i>"])
    html = page(ana, draft)
    assert "<b>x" not in html
    assert "<i>x" not in html


@pytest.mark.parametrize("count", [1, 30])
def test_queries_do_not_grow(
    ana: Client, cast: Cast, draft: Assessment, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    """Session, user, assessment, items, policy, links, suggestions, ratings."""
    for number in range(count):
        link(draft, "CEXP.3.1", evidence(cast.ana, title=f"Item {number}", action=JOURNEY))
    page(ana, draft)
    with django_assert_num_queries(8):
        html = page(ana, draft)
    assert len(candidates(html)) == min(count, MOST_CANDIDATES)
    assert (f"The best {MOST_CANDIDATES} of {count} items are shown" in html) is (count > MOST_CANDIDATES)
