"""How right the suggestions are, on texts that the indicators were not written from."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from assessments.matching_lines import PARTS, labelled
from assessments.matching_report import Labelled, Share, judge, shares
from assessments.results.evidence.suggestions import suggestions
from skills.models import Indicator, Skill
from tests.assessments.test_match_commands import skill as skill

DATA = Path(__file__).resolve().parents[1] / "data"
# First right, in the top three, off-topic with none, on-topic with one.
GOALS = {"pt": (0.85, 0.95, 0.80, 0.92), "ru": (0.80, 0.92, 0.80, 0.92)}


def part(share: Share) -> float:
    return share.hits / share.of


FILES = ("evidence_dev.json", "evidence_heldout.json", "evidence_strangers.json", "evidence_sealed.json")


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("language", ["pt", "ru"])
def test_goals_are_reached(skill: Skill, file: str, language: str) -> None:
    """In each language and on each file, all four measures are at least what was promised."""
    items = [item for item in labelled((DATA / file).read_bytes()) if item.language == language]

    def suggest(item: Labelled) -> list[str]:
        return [match.statement for match in suggestions(skill, language, item.text, learned=False)]

    found = [part(share) for share in shares(judge(items, suggest))]
    assert all(one >= goal for one, goal in zip(found, GOALS[language], strict=True)), found


@pytest.mark.parametrize("language", ["pt", "ru"])
def test_every_statement_has_indicators(skill: Skill, language: str) -> None:
    """Each of the 26 has artefacts, activities, words of responsibility, and at least three examples."""
    for kind in ("artefacts", "activities", "responsibility", "examples"):
        rows = Indicator.objects.filter(language=language, kind=kind)
        assert rows.count() == 26
        assert all(len(row.lines) >= 3 for row in rows)


# A run of words, and how many of them are longer than three letters. Four in the strangers' texts: three are
# often a phrase that everybody says, "passo a passo", and stood here before those texts were written.
RUNS = {"evidence_dev.json": (3, 2), "evidence_strangers.json": (4, 3)}


@pytest.mark.parametrize("file", RUNS)
@pytest.mark.parametrize("language", ["pt", "ru"])
def test_indicators_do_not_repeat_the_texts_they_are_measured_on(
    skill: Skill, file: str, language: str
) -> None:
    """No indicator shares three running words with a development text, or four with a stranger's."""
    rows = json.loads((DATA / file).read_text())
    judged = {
        run
        for row in rows
        if row["lang"] == language
        for run in runs(". ".join(row[part] or "" for part in PARTS), *RUNS[file])
    }
    found = (line for row in Indicator.objects.filter(language=language) for line in row.lines)
    assert not [line for line in found if runs(line, *RUNS[file]) & judged]


def runs(text: str, length: int, long: int) -> set[str]:
    """So many words in a row, where enough of them are longer than three letters."""
    words = re.findall(r"\w+", text.lower())
    found = [words[start : start + length] for start in range(len(words) - length + 1)]
    return {" ".join(run) for run in found if sum(len(word) > 3 for word in run) >= long}
