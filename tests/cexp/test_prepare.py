"""What a start does before the first page, and what it leaves alone."""

from __future__ import annotations

from assessments.models import EvidenceSuggestion
from cexp.prepare import load_fixtures
from tests.assessments.portfolio_cases import JOURNEY
from tests.cast import Cast, evidence


def test_new_indicators_reach_stored_evidence(cast: Cast) -> None:
    """Once: with the next start nothing is asked."""
    evidence(cast.ana, action=JOURNEY)
    for found in (True, False):
        EvidenceSuggestion.objects.all().delete()
        load_fixtures()
        assert EvidenceSuggestion.objects.exists() is found
