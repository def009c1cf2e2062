"""``manage.py match_report FILE``: how often the matching is right on a labelled file."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.management.commands.match_evidence import chosen_skills, lines_of
from assessments.matching_lines import BadLineError, labelled
from assessments.matching_report import Judged, Labelled, judge, table
from assessments.results.evidence.suggestions import best_of, suggestions


class Command(BaseCommand):
    help = (
        "Prints how often the matching is right on a labelled file: a JSON list or JSON lines, each with"
        ' "id", "lang", "best" (null where off-topic), "ok", and "text" or title, situation, action, result.'
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="a labelled file, or - for standard input")
        parser.add_argument(
            "--learned", action="store_true", help="also learn from evidence that reviewers have confirmed"
        )
        parser.add_argument("--skill", default="", help="one skill's code; every skill where it is not given")
        parser.add_argument("--wrong", action="store_true", help="also list each text that was not right")

    def handle(self, *args: Any, **options: Any) -> None:
        skills = chosen_skills(options["skill"])
        try:
            items = labelled(b"".join(lines_of(options["file"])))
        except BadLineError as error:
            raise CommandError(f"{options['file']}, text {error}.") from error

        def suggest(item: Labelled) -> list[str]:
            found = [
                match
                for skill in skills
                for match in suggestions(skill, item.language, item.text, learned=options["learned"])
            ]
            return [match.statement for match in best_of(found)]

        judged = judge(items, suggest)
        self.stdout.write(table(judged))
        if options["wrong"]:
            self._write_wrong(judged)

    def _write_wrong(self, judged: list[Judged]) -> None:
        for each in judged:
            if not each.is_right:
                wanted, got = each.label.best or "none", ", ".join(each.suggested) or "none"
                self.stdout.write(f"{each.label.id}: {wanted} was meant, {got} suggested")
