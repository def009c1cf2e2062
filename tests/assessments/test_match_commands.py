"""``match_evidence`` and ``match_report`` over the skill that ships."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from assessments.models import Assessment, Evidence
from assessments.results.evidence.suggestions import learned_examples, matcher, suggestions
from skills.models import Indicator, Skill
from tests.cast import NOON, Cast, evidence, link

ON = "Redesenhei a jornada do cliente com TI e operação, em três rodadas de teste."
OFF = "Calculei as férias e a folha de pagamento e enviei ao sindicato."
ODD = "Quermesse paroquial: barraquinhas, bingo e quentão para os fregueses da comunidade ribeirinha."


@pytest.fixture
def skill(cexp: Skill) -> Skill:
    """The skill with its indicators."""
    call_command("loaddata", "cexp_indicators", verbosity=0)
    return Skill.objects.select_related("framework").get(pk=cexp.pk)


@pytest.fixture
def confirmed(draft: Assessment, cast: Cast) -> Evidence:
    """Ana's item, linked to 4.4, which a reviewer confirmed."""
    item = evidence(cast.ana, title="Festa", action=ODD, result="")
    link(draft, "CEXP.4.4", item)
    Evidence.objects.filter(pk=item.pk).update(confirmed_by=cast.marta, confirmed_at=NOON)
    return item


def lines(**texts: str) -> bytes:
    rows = [{"id": name, "lang": "pt", "text": text} for name, text in texts.items()]
    return "\n".join(json.dumps(row) for row in rows).encode()


def run(tmp_path: Path, content: bytes, *options: str) -> list[dict[str, Any]]:
    path = tmp_path / "texts.jsonl"
    path.write_bytes(content)
    out = io.StringIO()
    call_command("match_evidence", str(path), *options, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_suggests_best_first_and_nothing_off_topic(skill: Skill, tmp_path: Path) -> None:
    """A line per text, in order: statements with score and words, or an empty list."""
    on, off = run(tmp_path, lines(on=ON, off=OFF))
    assert on["id"] == "on"
    assert on["matches"][0]["statement"] == "CEXP.4.3"
    assert "jornada" in on["matches"][0]["terms"]
    scores = [match["score"] for match in on["matches"]]
    assert len(scores) <= 3
    assert scores == sorted(scores, reverse=True)
    assert off == {"id": "off", "matches": []}


def test_all_ranks_every_statement(skill: Skill, tmp_path: Path) -> None:
    """With --all even an off-topic text is compared with all 26."""
    (off,) = run(tmp_path, lines(off=OFF), "--all", "--skill", "CEXP")
    assert len({match["statement"] for match in off["matches"]}) == 26


def test_bad_lines_are_told_and_the_rest_goes_on(
    skill: Skill, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From standard input: number and reason on standard error, the good lines answered, exit 1."""
    content = lines(a=ON) + b"\n{\n\n" + lines(b=OFF)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("match_evidence", "-", stdout=out, stderr=err)
    assert ended.value.code == 1
    assert err.getvalue().strip() == "Line 2: not JSON"
    assert [json.loads(line)["id"] for line in out.getvalue().splitlines()] == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "options", "reason"),
    [("missing.jsonl", (), "cannot be read"), ("-", ("--skill", "NONE"), "There is no skill NONE")],
)
def test_what_is_missing_is_named(skill: Skill, name: str, options: tuple[str, ...], reason: str) -> None:
    """A file or a skill that is not there ends with a message."""
    with pytest.raises(CommandError, match=reason):
        call_command("match_evidence", name, *options, stdout=io.StringIO())


@pytest.mark.django_db
def test_an_empty_database_says_so(tmp_path: Path) -> None:
    """Without any skill there is nothing to compare with."""
    Skill.objects.all().delete()
    with pytest.raises(CommandError, match="load the fixtures"):
        run(tmp_path, lines(a=ON))


def test_what_was_confirmed_is_learned(skill: Skill, confirmed: Evidence) -> None:
    """A text like a confirmed one goes to its statement, at once; without learning it does not."""
    text = "Barraquinhas, bingo e quentão na quermesse paroquial"
    assert suggestions(skill, "pt", text)[0].statement == "CEXP.4.4"
    plain = suggestions(skill, "pt", text, learned=False)
    assert not plain or plain[0].score < suggestions(skill, "pt", text)[0].score


def test_what_is_not_confirmed_is_not_learned(skill: Skill, confirmed: Evidence) -> None:
    """A link alone, or a confirmation in another language, teaches nothing."""
    assert [code for code, _ in learned_examples(skill.pk, "pt")] == ["CEXP.4.4"]
    assert learned_examples(skill.pk, "ru") == ()
    Evidence.objects.update(confirmed_by=None, confirmed_at=None)
    assert learned_examples(skill.pk, "pt") == ()


@pytest.mark.parametrize("text", [ODD, f"Festa. {ODD.upper()}", f"{ODD} E mais um pouco."])
def test_the_judged_text_never_speaks_for_itself(skill: Skill, confirmed: Evidence, text: str) -> None:
    """An item with the text that is judged counts for nothing, however it is spelled or framed."""
    assert suggestions(skill, "pt", text) == suggestions(skill, "pt", text, learned=False)


def test_commands_learn_only_when_asked(skill: Skill, confirmed: Evidence, tmp_path: Path) -> None:
    """Another answer with --learned; without it the confirmed item changes nothing."""
    content = lines(a="Barraquinhas, bingo e quentão na quermesse paroquial")
    plain = run(tmp_path, content, "--all")
    taught = run(tmp_path, content, "--all", "--learned")
    assert taught[0]["matches"][0]["statement"] == "CEXP.4.4"
    assert plain != taught
    Evidence.objects.all().delete()
    assert run(tmp_path, content, "--all") == plain


def test_a_mended_indicator_counts_at_once(skill: Skill) -> None:
    """A change moves the framework's version, and with it the matcher that is kept."""
    before = matcher(skill.pk, skill.framework.version, "pt")
    row = Indicator.objects.get(statement__code="CEXP.2.1", language="pt", kind="activities")
    row.text += "\nquermesse paroquial"
    row.save()
    skill.framework.refresh_from_db()
    after = matcher(skill.pk, skill.framework.version, "pt")
    assert after is not before
    assert any("quermesse" in text for document in after.documents for text in document.texts)


def test_a_warm_suggestion_asks_nothing(skill: Skill, django_assert_num_queries: Any) -> None:
    """The matcher stays in memory; what was learned is the only question."""
    suggestions(skill, "pt", ON)
    with django_assert_num_queries(0):
        suggestions(skill, "pt", ON, learned=False)
    with django_assert_num_queries(1):
        suggestions(skill, "pt", ON)


def test_report_prints_the_table(skill: Skill, tmp_path: Path) -> None:
    """A row per measure and a column per language; with --wrong the texts that were not right."""
    rows = [
        {"id": "1", "lang": "pt", "text": ON, "best": "CEXP.4.3", "ok": []},
        {"id": "2", "lang": "pt", "text": OFF, "best": "CEXP.2.1", "ok": []},
    ]
    path = tmp_path / "labelled.json"
    path.write_text(json.dumps(rows))
    out = io.StringIO()
    call_command("match_report", str(path), "--wrong", stdout=out)
    assert "intended or acceptable statement first       50.0 % (1 of 2)" in out.getvalue()
    assert "2: CEXP.2.1 was meant, none suggested" in out.getvalue()


def test_report_refuses_what_is_no_label(skill: Skill, tmp_path: Path) -> None:
    """A file that cannot be read is named, with the place."""
    path = tmp_path / "labelled.json"
    path.write_text("[3]")
    with pytest.raises(CommandError, match="text 1: not an object"):
        call_command("match_report", str(path), stdout=io.StringIO())
