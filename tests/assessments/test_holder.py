"""Pages say who really reads what is sent."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions import hr
from assessments.actions.delegation import delegate_reviews
from assessments.actions.send import withdraw
from assessments.models import Assessment
from people.models import Membership, Team
from skills.models import Skill
from tests.assessments.review_cases import LATER, read, sign_in
from tests.assessments.routing_cases import send
from tests.cast import TODAY, Cast, join

pytestmark = pytest.mark.usefixtures("an_hour_later")


@pytest.mark.usefixtures("cycle")
def test_who_will_read_it_is_said(client: Client, cast: Cast, cexp: Skill) -> None:
    """Whom HR chose; the manager; who reviews for the manager meanwhile; or that HR chooses."""
    sent = send(cast.ana, cexp)
    submit_page = reverse("assessments:submit", args=[sent.assessment_id])
    level = reverse("assessments:level", args=[sent.assessment_id, 2])
    sign_in(client, cast.ana)
    assert "to Marta, who will review it." in read(client.get(level).content)
    delegate_reviews(delegate=cast.carla, starts_on=TODAY, ends_on=TODAY, by=cast.marta, at=LATER)
    assert "Until 20 Nov 2026, Carla reviews for Marta." in read(client.get(level).content)
    assert "Until 20 Nov 2026, Carla reviews for Marta." in read(client.get("/").content)
    hr.assign_reviewer(assessment=sent.assessment, reviewer=cast.elena, by=cast.helena, at=LATER)
    assert "to Elena, who will review it." in read(client.get(level).content)
    assert "waits for Elena" in read(client.get("/").content)
    withdraw(assessment=sent.assessment, by=cast.ana, at=LATER)
    assert "Elena will read your answers" in read(client.get(submit_page).content)
    Assessment.objects.update(assigned_reviewer=None)
    Membership.objects.filter(user=cast.ana).delete()
    assert "say who reviews it" in read(client.get(submit_page).content)
    join(cast.ana, Team.objects.get(name="Shop"), "analyst", "Analyst")
    assert "Elena will read your answers" in read(client.get(submit_page).content)
