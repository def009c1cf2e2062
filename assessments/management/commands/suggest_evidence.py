"""``manage.py suggest_evidence``: looks again for what every stored item may speak for."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from assessments.actions.suggest import renew_suggestions
from assessments.models import Evidence

ITEMS_AT_ONCE = 500


class Command(BaseCommand):
    help = (
        "Looks again for the statements that each evidence item may speak for: for items from before there"
        " were suggestions, or after indicators were mended. What was dismissed stays dismissed, nothing"
        " else changes, and it can be run as often as one likes."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        seen = changed = last = 0
        while ids := list(Evidence.objects.ids_after(last)[:ITEMS_AT_ONCE]):
            changed += sum(renew_suggestions(evidence_id=pk) for pk in ids)
            seen, last = seen + len(ids), ids[-1]
        if options["verbosity"]:
            self.stdout.write(f"Evidence items: {seen}. With other suggestions than before: {changed}.")
