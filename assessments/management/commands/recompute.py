"""``manage.py recompute``: score everything again that is stored, and name what differs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.results.recomputed import differences


class Command(BaseCommand):
    help = "Scores every submission and decision again. Prints what differs; ends with 1 if anything does."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(differences())
        for one in found:
            self.stdout.write(f"{one.kind} {one.id}: {one.what}")
        if found:
            raise CommandError(f"{len(found)} stored results are not what scoring says.")
        self.stdout.write("Every stored result is what scoring says.")
