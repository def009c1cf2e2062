"""Verdicts on evidence and its confirmation: what they do to the support and to the ratings."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from assessments.actions.accept import accept_as_supported, accept_the_rest
from assessments.actions.errors import (
    BasisMissingError,
    EvidenceChangedError,
    NotSettledError,
    ReasonMissingError,
    StaleError,
    WrongStateError,
)
from assessments.actions.evidence import delete_evidence
from assessments.actions.judge import confirm_evidence, judge_link, take_confirmation_back
from assessments.actions.log import log_opening
from assessments.actions.review import rate_in_review, validate
from assessments.models import AccessEntry, Assessment, Evidence, LinkVerdict, Review, Submission
from assessments.models.log import AccessKind
from assessments.models.verdict import Verdict
from assessments.results.review.grounds import needs_grounds
from tests.assessments.report_cases import sent, worked_example
from tests.assessments.review_cases import LATER, links, statement_id, validated, word
from tests.cast import Cast, answer, evidence, link

RATINGS = st.one_of(st.none(), st.integers(0, 3), st.just("na"))


def say(
    submission: Submission, code: str, verdict: Verdict, cast: Cast, *, reason: str = "", version: int = 0
) -> None:
    judge_link(
        submission=submission,
        link_id=links(submission, code)[0]["link"],
        verdict=verdict,
        reason=reason,
        version=version,
        by=cast.marta,
        at=LATER,
    )


def support(submission: Submission, code: str) -> tuple[int | None, int | None]:
    """Supported as reviewed, and the rating."""
    found = word(submission, code)
    return found.supported, found.rating


def test_what_does_not_show_it_counts_for_nothing(cast: Cast, submission: Submission) -> None:
    """At this statement alone: the item is linked to 4.5 and to level 3 as well."""
    say(submission, "CEXP.4.1", Verdict.DOES_NOT_SHOW, cast, reason="É de outra área.")
    assert support(submission, "CEXP.4.1") == (0, 0)
    assert support(submission, "CEXP.4.5") == (3, 3)


def test_what_could_not_be_opened_corroborates_nothing(cast: Cast, submission: Submission) -> None:
    say(submission, "CEXP.4.1", Verdict.NOT_OPENED, cast)
    assert support(submission, "CEXP.4.1") == (2, 2)
    say(submission, "CEXP.4.1", Verdict.SHOWS, cast, version=1)
    assert support(submission, "CEXP.4.1") == (3, 3)


def test_a_verdict_begins_the_review_and_is_kept(cast: Cast, submission: Submission) -> None:
    say(submission, "CEXP.4.1", Verdict.DOES_NOT_SHOW, cast, reason=" É de outra área. ")
    kept = LinkVerdict.objects.get(review__submission=submission)
    assert (kept.reason, kept.version, kept.at) == ("É de outra área.", 1, LATER)
    assert Assessment.objects.get(pk=submission.assessment_id).state == "in_review"


def test_a_verdict_against_needs_a_reason(cast: Cast, submission: Submission) -> None:
    """Also by the database."""
    with pytest.raises(ReasonMissingError):
        say(submission, "CEXP.4.1", Verdict.DOES_NOT_SHOW, cast, reason=" ")
    assert not Review.objects.exists()
    say(submission, "CEXP.4.1", Verdict.SHOWS, cast)
    with pytest.raises(IntegrityError, match="verdict_against_has_a_reason"), transaction.atomic():
        LinkVerdict.objects.update(verdict=Verdict.DOES_NOT_SHOW)


def test_a_stale_verdict_changes_nothing(cast: Cast, submission: Submission) -> None:
    say(submission, "CEXP.4.1", Verdict.NOT_OPENED, cast)
    with pytest.raises(StaleError) as raised:
        say(submission, "CEXP.4.1", Verdict.SHOWS, cast)
    assert isinstance(raised.value.current, LinkVerdict)
    assert support(submission, "CEXP.4.1") == (2, 2)


def test_what_was_not_sent_is_not_judged(cast: Cast, submission: Submission) -> None:
    with pytest.raises(LookupError):
        judge_link(
            submission=submission,
            link_id=0,
            verdict=Verdict.SHOWS,
            reason="",
            version=0,
            by=cast.marta,
            at=LATER,
        )
    with pytest.raises(LookupError):
        confirm_evidence(submission=submission, evidence_id=0, by=cast.marta, at=LATER)


def test_a_rating_of_ones_own_does_not_follow(cast: Cast, submission: Submission) -> None:
    """One that was only accepted does, and is to be accepted again."""
    rate_in_review(
        submission=submission,
        statement_id=statement_id("CEXP.4.1"),
        answer=2,
        comment="Vi.",
        basis="observation",
        version=0,
        by=cast.marta,
        at=LATER,
    )
    accept_the_rest(submission=submission, by=cast.marta, at=LATER)
    for code in ("CEXP.4.1", "CEXP.4.5"):
        say(submission, code, Verdict.DOES_NOT_SHOW, cast, reason="Não.")
    assert (support(submission, "CEXP.4.1"), support(submission, "CEXP.4.5")) == ((0, 2), (0, 0))
    with pytest.raises(NotSettledError) as raised:
        validate(submission=submission, by=cast.marta, at=LATER)
    assert raised.value.codes == ("CEXP.4.5",)


def test_the_decision_keeps_the_support_as_reviewed(cast: Cast, submission: Submission) -> None:
    """As sent, it stays with the submission."""
    say(submission, "CEXP.4.1", Verdict.DOES_NOT_SHOW, cast, reason="Não.")
    result = validated(submission=submission, by=cast.marta).result or {}
    assert result["levels"][2]["supported"][0] == 7
    assert submission.result["levels"][2]["supported"][0] == 10


def test_a_confirmed_item_is_corroborated(cast: Cast, submission: Submission) -> None:
    """4.6 rests on an item without a link: 2, and 3 once confirmed. Written down twice: done, undone."""
    item = links(submission, "CEXP.4.6")[0]["id"]
    confirm_evidence(submission=submission, evidence_id=item, by=cast.marta, at=LATER)
    assert support(submission, "CEXP.4.6") == (3, 3)
    kept = Evidence.objects.get(pk=item)
    assert (kept.confirmed_by, kept.confirmed_at) == (cast.marta, LATER)
    take_confirmation_back(submission=submission, evidence_id=item, by=cast.marta, at=LATER)
    assert support(submission, "CEXP.4.6") == (2, 2)
    assert Evidence.objects.get(pk=item).confirmed_at is None
    told = AccessEntry.objects.order_by("id").values_list("kind", "person", "object_id")
    assert list(told) == [("confirmed", cast.ana.pk, item), ("unconfirmed", cast.ana.pk, item)]


def test_confirming_again_changes_nothing(cast: Cast, submission: Submission) -> None:
    item = links(submission, "CEXP.4.6")[0]["id"]
    for _ in range(2):
        confirm_evidence(submission=submission, evidence_id=item, by=cast.marta, at=LATER)
    assert AccessEntry.objects.count() == 1
    assert word(submission, "CEXP.4.6").version == 1


def test_a_confirmation_holds_where_the_link_does_not_open(cast: Cast, submission: Submission) -> None:
    item = links(submission, "CEXP.4.1")[0]["id"]
    confirm_evidence(submission=submission, evidence_id=item, by=cast.marta, at=LATER)
    say(submission, "CEXP.4.1", Verdict.NOT_OPENED, cast)
    assert support(submission, "CEXP.4.1") == (3, 3)


@pytest.mark.parametrize("how", ["edited", "deleted"])
def test_another_text_than_the_one_that_was_read_is_not_confirmed(
    cast: Cast, submission: Submission, how: str
) -> None:
    item = Evidence.objects.get(pk=links(submission, "CEXP.4.6")[0]["id"])
    if how == "edited":
        Evidence.objects.filter(pk=item.pk).update(result="Outro.")
    else:
        delete_evidence(evidence=item, by=cast.ana, at=LATER)
    with pytest.raises(EvidenceChangedError):
        confirm_evidence(
            submission=submission,
            evidence_id=links(submission, "CEXP.4.6")[0]["id"],
            by=cast.marta,
            at=LATER,
        )
    assert not Evidence.objects.exclude(confirmed_at=None).exists()
    assert not Review.objects.exists()


def test_a_decided_review_is_not_judged(cast: Cast, submission: Submission) -> None:
    validated(submission=submission, by=cast.marta)
    with pytest.raises(WrongStateError):
        say(submission, "CEXP.4.1", Verdict.SHOWS, cast)
    item = links(submission, "CEXP.4.6")[0]["id"]
    with pytest.raises(WrongStateError):
        confirm_evidence(submission=submission, evidence_id=item, by=cast.marta, at=LATER)


def test_accepting_settles_and_says_what_was_opened(cast: Cast, submission: Submission) -> None:
    item = links(submission, "CEXP.4.1")[0]["id"]
    log_opening(kind=AccessKind.EVIDENCE, person_id=cast.ana.pk, object_id=item, by=cast.marta, at=LATER)
    accept_the_rest(submission=submission, by=cast.marta, at=LATER)
    opened = word(submission, "CEXP.4.1")
    assert (opened.settled_at, opened.opened, opened.is_own) == (LATER, [item], False)
    assert word(submission, "CEXP.4.2").opened == []


def test_accepting_takes_a_rating_back_to_the_support(cast: Cast, submission: Submission) -> None:
    """A changed one is not accepted unseen."""
    key = statement_id("CEXP.4.2")
    rate_in_review(
        submission=submission, statement_id=key, answer=3, comment="", version=0, by=cast.marta, at=LATER
    )
    with pytest.raises(StaleError):
        accept_as_supported(submission=submission, versions={key: 0}, by=cast.marta, at=LATER)
    accept_as_supported(submission=submission, versions={key: 1}, by=cast.marta, at=LATER)
    assert support(submission, "CEXP.4.2") == (1, 1)


def test_a_difference_needs_a_basis_too(cast: Cast, submission: Submission) -> None:
    key = statement_id("CEXP.4.2")
    rate_in_review(
        submission=submission, statement_id=key, answer=3, comment="Vi.", version=0, by=cast.marta, at=LATER
    )
    accept_rest = {"submission": submission, "by": cast.marta, "at": LATER}
    accept_the_rest(**accept_rest)
    with pytest.raises(BasisMissingError) as raised:
        validate(submission=submission, by=cast.marta, at=LATER)
    assert raised.value.codes == ("CEXP.4.2",)


def test_going_up_to_what_the_evidence_carries_needs_nothing(cast: Cast, draft: Assessment) -> None:
    """Claimed 2, carried 3: 3 is free, and 1 is not."""
    worked_example(draft)
    link(draft, "CEXP.4.3", evidence(cast.ana, title="Painel"))
    answer(draft, "CEXP.4.3", 2)
    submission = sent(draft)
    rate_in_review(
        submission=submission,
        statement_id=statement_id("CEXP.4.3"),
        answer=3,
        comment="",
        version=0,
        by=cast.marta,
        at=LATER,
    )
    assert validated(submission=submission, by=cast.marta).decision == "validated"


@given(RATINGS, RATINGS, st.integers(0, 3))
def test_grounds_are_asked_for_by_what_differs(
    rating: int | str | None, start: int | str | None, carried: int
) -> None:
    """Never for what is supported; always for going down, and beyond what the evidence carries."""
    needs = needs_grounds(rating, start, carried)
    if rating == start:
        assert not needs
    elif isinstance(rating, int) and isinstance(start, int):
        assert needs == (rating < start or rating > carried)
