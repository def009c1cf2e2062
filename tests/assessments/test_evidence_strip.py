"""The strip: where the portfolio is strong and where it is silent, statement by statement."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.test import Client

from assessments.models import Assessment, Cycle
from assessments.results.evidence.strip import own_skills
from skills.models import Framework, Skill
from tests.assessments.portfolio_cases import JOURNEY, next_years, statement, titles
from tests.cast import Cast, evidence, link
from tests.htmx import Element, Page

pytestmark = pytest.mark.usefixtures("noon")


def cells(client: Client, query: str = "") -> dict[str, Element]:
    """The cells of the first strip, by code."""
    root = Page(client.get(f"/evidence/?{query}").content).root
    strip = next(element for element in root if "strip" in element.attributes.get("class", "").split())
    found = [element for element in strip if element.name == "a"]
    return {cell.text.split()[0]: cell for cell in found}


def test_every_statement_has_its_cell(ana: Client, cast: Cast, draft: Assessment) -> None:
    """The strongest item counts, in words; without one a statement is silent."""
    link(draft, "CEXP.4.3", evidence(cast.ana, url=""))
    link(draft, "CEXP.4.3", evidence(cast.ana, title="Old", ended_on=dt.date(2020, 1, 1)))
    link(draft, "CEXP.3.1", evidence(cast.ana))
    link(draft, "CEXP.3.2", evidence(cast.ana, action=""))
    link(draft, "CEXP.3.3", evidence(cast.ana, ended_on=dt.date(2020, 1, 1)))
    found = cells(ana)
    assert len(found) == 26
    said = {code: cell.text.rpartition(":")[2].strip() for code, cell in found.items()}
    assert [said[code] for code in ("4.3", "3.1", "3.2", "3.3", "6.1")] == [
        "with a result",
        "verifiable",
        "no action",
        "stale",
        "nothing yet",
    ]


def test_every_cell_opens_what_is_behind_it(ana: Client, cast: Cast, draft: Assessment) -> None:
    """The portfolio with what speaks for the statement, where the cell is marked."""
    link(draft, "CEXP.4.3", evidence(cast.ana, title="Behind"))
    evidence(cast.ana, title="Other")
    cell = cells(ana)["4.3"]
    address, fragment = cell.attributes["href"].split("#")
    assert (address, fragment) == (f"/evidence/?statement={statement()}", "found")
    assert titles(ana.get(address).content.decode()) == ["Behind"]
    marked = cells(ana, f"statement={statement()}")
    assert [code for code, one in marked.items() if "aria-current" in one.attributes] == ["4.3"]


def test_behind_a_silent_cell(ana: Client, cast: Cast, draft: Assessment) -> None:
    """Nothing, and a way to change that."""
    evidence(cast.ana)
    address = cells(ana)["6.1"].attributes["href"].removesuffix("#found")
    html = ana.get(address).content.decode()
    assert titles(html) == []
    assert "Nothing that you have written down speaks for this statement yet." in html
    assert "No item fits all that you asked for." in ana.get(f"{address}&stale=on").content.decode()
    assert "Link or write evidence for it" in html


def test_only_suggested(ana: Client, cast: Cast, draft: Assessment) -> None:
    """Until it is linked."""
    call_command("loaddata", "cexp_indicators", verbosity=0)
    item = evidence(cast.ana, action=JOURNEY)
    assert cells(ana)["4.3"].text.endswith("only suggested")
    link(draft, "CEXP.4.3", item)
    assert cells(ana)["4.3"].text.endswith("verifiable")


def test_any_assessment_counts(ana: Client, cast: Cast, draft: Assessment, cycle: Cycle, cexp: Skill) -> None:
    """What was linked in an earlier cycle is strong today."""
    link(draft, "CEXP.4.3", evidence(cast.ana))
    next_years(cast, cycle, cexp)
    assert cells(ana)["4.3"].text.endswith("verifiable")


def test_without_any_assessment(client: Client, cast: Cast) -> None:
    """The skill that ships; without evidence there is no strip."""
    client.force_login(cast.novo)
    assert b"strip-silent" not in client.get("/evidence/").content
    evidence(cast.novo)
    assert len(cells(client)) == 26


def test_editions(cast: Cast, draft: Assessment, cexp: Skill) -> None:
    """Only skills that the person assesses; an older edition says which it is."""
    newer = Framework.objects.create(code="SFIA10", name="SFIA 10")
    other = Skill.objects.create(framework=newer, code="CEXP", first_language="pt")
    assert [(key, skill.id) for key, skill in own_skills(cast.ana).items()] == [("CEXP", cexp.pk)]
    Assessment.objects.filter(pk=draft.pk).update(skill=other)
    assert [skill.id for skill in own_skills(cast.ana).values()] == [other.pk]


@pytest.mark.parametrize("language", ["pt-br", "ru"])
def test_languages(ana: Client, cast: Cast, draft: Assessment, language: str) -> None:
    """The statements are named in the reader's language."""
    cast.ana.choose_language(language)
    evidence(cast.ana)
    assert len(cells(ana)) == 26
    assert f'lang="{language[:2]}"' in ana.get("/evidence/").content.decode()
