"""Who should review what, who may, and who may not read it."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from assessments.actions.delegation import end_delegation
from assessments.actions.errors import NotReviewerError
from assessments.actions.review import return_for_changes, validate
from assessments.models import Assessment
from people.models import Membership, Team, User
from skills.models import Skill
from tests.assessments.review_cases import LATER, decide, rate, read, ready, sign_in, validated
from tests.assessments.routing_cases import assign, delegate, may_decide, queue, send, statuses, waiting
from tests.cast import TODAY, Cast, begin, join

TOMORROW = TODAY + dt.timedelta(days=1)
OPEN, NOT_FOUND = (200, 200, 200), (404, 404, 404)
# Who reviews for nobody is not let into the pages of reviews at all.
REFUSED = (403, 404, 404)

pytestmark = pytest.mark.usefixtures("an_hour_later", "cycle")


def test_the_nearest_manager_should_those_above_may(cast: Cast, cexp: Skill) -> None:
    for person in (cast.ana, cast.davi, cast.carla):
        send(person, cexp)
    assert (waiting(cast.marta), waiting(cast.carla)) == ({"Ana", "Carla"}, {"Davi"})
    assert (may_decide(cast.marta), may_decide(cast.carla)) == ({"Ana", "Carla", "Davi"}, {"Davi"})


def test_who_leads_their_own_team_waits_for_nobody_below(cast: Cast, cexp: Skill) -> None:
    """Marta has no manager above: HR says who reviews her."""
    send(cast.marta, cexp)
    everybody = User.objects.order_by("id")
    assert {name for user in everybody for name in may_decide(user)} == set()
    assert Assessment.objects.with_nobody_to_review(TODAY).get().employee == cast.marta


def test_what_has_a_reviewer_is_not_without(cast: Cast, cexp: Skill) -> None:
    """A manager up the tree, or one whom HR chose and who is still there."""
    send(cast.ana, cexp)
    sent = send(cast.marta, cexp)
    begin(cast.elena, cexp)
    assign(sent, cast.elena)
    assert not Assessment.objects.with_nobody_to_review(TODAY).exists()
    User.objects.filter(pk=cast.elena.pk).update(is_active=False)
    assert Assessment.objects.with_nobody_to_review(TODAY).get().employee == cast.marta


def test_of_two_who_lead_each_other_neither_reviews(client: Client, cast: Cast, cexp: Skill) -> None:
    """Elena joins the team that Marta leads, and Marta the one that Elena leads."""
    centre, shop = Team.objects.get(name="Contact centre"), Team.objects.get(name="Shop")
    Membership.objects.filter(user__in=[cast.marta, cast.elena]).delete()
    join(cast.marta, shop, "tactical", "Manager")
    join(cast.elena, centre, "tactical", "Manager")
    ours, theirs = send(cast.marta, cexp), send(cast.elena, cexp)
    assert may_decide(cast.marta) == may_decide(cast.elena) == set()
    assert statuses(client, cast.elena, ours) == statuses(client, cast.marta, theirs) == NOT_FOUND
    assert Assessment.objects.with_nobody_to_review(TODAY).count() == 2


def test_a_former_manager_loses_everything_at_once(client: Client, cast: Cast, cexp: Skill) -> None:
    """What they had decided, too; the next one finds it."""
    sent, other = send(cast.ana, cexp), send(cast.davi, cexp)
    validated(submission=sent, by=cast.marta, at=LATER)
    assert statuses(client, cast.marta, sent) == OPEN
    Team.objects.filter(manager=cast.marta).update(manager=cast.elena)
    assert statuses(client, cast.marta, sent) == statuses(client, cast.marta, other) == REFUSED
    assert statuses(client, cast.elena, sent) == OPEN
    with pytest.raises(NotReviewerError):
        validate(submission=other, by=cast.marta, at=LATER)


def test_whom_hr_chose_reviews_and_reads(client: Client, cast: Cast, cexp: Skill) -> None:
    """Also somebody who leads no team; the nearest manager should not any more, and still may."""
    sent = send(cast.ana, cexp)
    assert statuses(client, cast.novo, sent) == REFUSED
    assign(sent, cast.novo)
    assert statuses(client, cast.novo, sent) == OPEN
    sign_in(client, cast.novo)
    assert (waiting(cast.novo), waiting(cast.marta), may_decide(cast.marta)) == ({"Ana"}, set(), {"Ana"})
    assert "1 of 1" in read(client.get(reverse("assessments:review", args=[sent.pk])).content)
    typed = {"rating": "3", "comment": "Vi.", "basis": "observation"}
    assert rate(client, sent, "CEXP.2.1", **typed).status_code == 302
    assert decide(client, sent, "validate", **ready(sent, cast.novo)).status_code == 302
    assert sent.assessment.transitions.last().by == cast.novo
    for page in ("team", "reports", "delegation"):
        assert client.get(reverse(f"assessments:{page}")).status_code == 403
    assign(sent, None)
    assert statuses(client, cast.novo, sent) == REFUSED


def test_nobody_is_given_their_own(cast: Cast, cexp: Skill) -> None:
    sent = send(cast.marta, cexp)
    with pytest.raises(IntegrityError), transaction.atomic():
        assign(sent, cast.marta)


def test_a_deactivated_reviewer_leaves_it_to_the_manager(cast: Cast, cexp: Skill) -> None:
    assign(send(cast.ana, cexp), cast.elena)
    assert waiting(cast.marta) == set()
    User.objects.filter(pk=cast.elena.pk).update(is_active=False)
    assert waiting(cast.marta) == {"Ana"}


def test_a_delegate_decides_in_those_days_alone(client: Client, cast: Cast, cexp: Skill) -> None:
    sent = send(cast.davi, cexp)
    delegate(cast.carla, cast.elena, first=TOMORROW, last=TOMORROW)
    assert statuses(client, cast.elena, sent) == NOT_FOUND
    assert [waiting(cast.elena, day) for day in (TODAY, TOMORROW)] == [set(), {"Davi"}]
    with time_machine.travel(LATER + dt.timedelta(days=1), tick=False):
        assert statuses(client, cast.elena, sent) == OPEN
        assert "You review for Carla" in queue(client, cast.elena)
    with time_machine.travel(LATER + dt.timedelta(days=2), tick=False):
        assert statuses(client, cast.elena, sent) == NOT_FOUND


def test_a_delegate_reads_what_waits_and_what_they_decided(client: Client, cast: Cast, cexp: Skill) -> None:
    """Not what the delegator decides, nor the team; both still decide."""
    theirs, ours, sub_team = send(cast.ana, cexp), send(cast.bruno, cexp), send(cast.davi, cexp)
    made = delegate(cast.marta, cast.elena)
    assert waiting(cast.elena) == waiting(cast.marta) == {"Ana", "Bruno"}
    assert statuses(client, cast.elena, sub_team) == NOT_FOUND
    return_for_changes(submission=theirs, reason="Falta.", by=cast.elena, at=LATER)
    validated(submission=ours, by=cast.marta, at=LATER)
    assert statuses(client, cast.elena, theirs) == OPEN
    assert statuses(client, cast.elena, ours) == NOT_FOUND
    text = queue(client, cast.elena)
    assert "Ana CEXP 4 returned Elena" in text
    assert "Bruno" not in text
    assert "Ana Analyst" not in read(client.get(reverse("assessments:team")).content)
    end_delegation(delegation=made, by=cast.marta, at=LATER)
    assert statuses(client, cast.elena, theirs) == NOT_FOUND


def test_who_decided_is_the_delegate(client: Client, cast: Cast, cexp: Skill) -> None:
    sent = send(cast.ana, cexp)
    delegate(cast.marta, cast.elena)
    client.force_login(cast.elena)
    assert decide(client, sent, "validate", **ready(sent, cast.elena)).status_code == 302
    sent.review.refresh_from_db()
    assert sent.review.reviewer == sent.assessment.transitions.last().by == cast.elena


def test_no_delegation_reaches_ones_own_or_ones_manager(client: Client, cast: Cast, cexp: Skill) -> None:
    """Carla reviews for Marta and for Elena: neither her own, nor that of Marta, who leads her."""
    own, higher = send(cast.carla, cexp), send(cast.marta, cexp)
    delegate(cast.marta, cast.carla)
    assign(higher, cast.elena)
    delegate(cast.elena, cast.carla)
    assert may_decide(cast.carla) == set()
    assert statuses(client, cast.carla, higher) == NOT_FOUND
    assert client.get(reverse("assessments:review", args=[own.pk])).status_code == 404
    assert may_decide(cast.marta) == {"Carla"}
    with pytest.raises(NotReviewerError):
        validate(submission=higher, by=cast.carla, at=LATER)


def test_delegations_do_not_chain(cast: Cast, cexp: Skill) -> None:
    """Who reviews for Marta hands nothing of hers on; what HR gave to her goes along."""
    send(cast.ana, cexp)
    assign(send(cast.irina, cexp), cast.marta)
    delegate(cast.marta, cast.elena)
    delegate(cast.elena, cast.carla)
    assert waiting(cast.elena) == {"Ana", "Irina"}
    assert waiting(cast.carla) == set()


def test_a_deactivated_manager_has_no_delegate(cast: Cast, cexp: Skill) -> None:
    send(cast.davi, cexp)
    delegate(cast.carla, cast.elena)
    User.objects.filter(pk=cast.carla.pk).update(is_active=False)
    assert (waiting(cast.elena), waiting(cast.marta)) == (set(), {"Davi"})


def test_an_ordinary_employee_is_asked_for_nothing_more(
    client: Client, cast: Cast, cexp: Skill, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """The session, the person, and the one assessment that is not theirs."""
    sent = send(cast.ana, cexp)
    client.force_login(cast.bruno)
    with django_assert_num_queries(3):
        assert client.get(reverse("assessments:report", args=[sent.assessment_id])).status_code == 404
