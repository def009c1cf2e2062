"""``manage.py match_evidence FILE.jsonl``: the statements that each text may speak for, a line per text."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.matching import MOST_SUGGESTIONS, Match
from assessments.matching_lines import BadLineError, Given, given
from assessments.results.evidence.suggestions import best_of, ranking, skills_with_statements, suggestions
from skills.models import Skill


class Command(BaseCommand):
    help = (
        'Reads {"id", "lang", "text"} per line and prints {"id", "matches": [{"statement", "score",'
        ' "terms"}]} per line, best first. Nothing is stored, and no rating changes.'
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a file of JSON lines, or - for standard input")
        parser.add_argument("--all", action="store_true", help="every statement, not only the suggested ones")
        parser.add_argument(
            "--learned", action="store_true", help="also learn from evidence that reviewers have confirmed"
        )
        parser.add_argument("--skill", default="", help="one skill's code; every skill where it is not given")

    def handle(self, *args: Any, **options: Any) -> None:
        skills = chosen_skills(options["skill"])
        failed = False
        for number, line in enumerate(lines_of(options["file"]), 1):
            try:
                text = given(line)
            except BadLineError as error:
                failed = True
                self.stderr.write(f"Line {number}: {error}")
                continue
            if text is not None:
                self.stdout.write(answer(skills, text, everything=options["all"], learned=options["learned"]))
        if failed:
            sys.exit(1)


def chosen_skills(code: str) -> tuple[Skill, ...]:
    try:
        skills = skills_with_statements(code)
    except Skill.DoesNotExist as error:
        raise CommandError(f"There is no skill {code}.") from error
    if not skills:
        raise CommandError("There is no skill in this database: load the fixtures first.")
    return skills


def lines_of(name: str) -> Iterator[bytes]:
    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as lines:
            yield from lines
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from error


def answer(skills: tuple[Skill, ...], text: Given, *, everything: bool, learned: bool) -> str:
    choose = ranking if everything else suggestions
    found = [match for skill in skills for match in choose(skill, text.language, text.text, learned=learned)]
    matches = [_written(match) for match in best_of(found, most=None if everything else MOST_SUGGESTIONS)]
    return json.dumps({"id": text.id, "matches": matches}, ensure_ascii=False)


def _written(match: Match) -> dict[str, Any]:
    return {"statement": match.statement, "score": match.score, "terms": list(match.terms)}
