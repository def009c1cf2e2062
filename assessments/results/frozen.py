"""What was sent: written once as a document with a digest, read back as the same sheet."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from assessments.models import LinkVerdict, Review, ReviewRating, Submission
from assessments.models.review import Decision
from assessments.results.sheet import EvidenceFacts, FileFacts, GivenAnswer, Header, Sheet, sheet
from assessments.scoring import NA, Rating, ScoringPolicy, Verdict
from people.models import User
from skills.catalogue import definition

# The database's word for a verdict, and scoring's.
VERDICTS: Mapping[str, Verdict] = {
    "shows": "shows",
    "does_not_show": "does_not_show",
    "not_opened": "could_not_open",
}

# 2: statement texts in every language that the skill has; before that, in the one that was read.
FORMAT = 2
DATES = ("started_on", "ended_on", "ongoing_on")


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """What a review says of the evidence: verdicts by link id, and the items that it confirms."""

    verdicts: Mapping[int, Verdict] = field(default_factory=dict)
    confirmed: frozenset[int] = frozenset()


UNJUDGED = Judged()


def document_of(sent: Sheet, texts: Mapping[int, Mapping[str, str]]) -> dict[str, Any]:
    """The frozen copy of a sheet: everything that its result came from, with the texts that were read.

    ``texts`` are those of the statements in every language, by statement id.
    """
    header = sent.header
    return {
        "format": FORMAT,
        "header": {**asdict(header), "on": header.on.isoformat(), "policy": header.policy.to_json()},
        "skill": {"code": sent.skill.code, "name": sent.skill.name, "framework": sent.skill.framework},
        "statements": [
            {
                "id": answer.statement.id,
                "code": answer.statement.code,
                "text": answer.statement.text,
                "language": answer.statement.language,
                "texts": dict(texts.get(answer.statement.id, {})),
                "rating": answer.given.rating_id,
                "answer": answer.given.answer,
                "reason": answer.given.reason,
                "evidence": [_evidence_json(linked.link_id, linked.evidence) for linked in answer.evidence],
            }
            for answer in sent.answers
        ],
    }


def digest_of(document: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    canonical = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def frozen_sheet(
    submission: Submission,
    *,
    reader: User,
    reviews: Mapping[int, tuple[Rating | None, str]] | None = None,
    judged: Judged = UNJUDGED,
) -> Sheet:
    """The sheet that was sent, in the reader's languages, scored on the day of submission.

    ``reviews`` are the reviewer's rating and comment by statement id, where they count or are being tried;
    ``judged`` is what the reviewer says of the evidence, where supported is meant as reviewed.
    The submission comes with its assessment, skill and framework.
    """
    document = submission.document
    skill = submission.assessment.skill
    return sheet(
        header=_header(document["header"], state=submission.assessment.state),
        skill=definition(skill.pk, skill.framework.version, *reader.reader),
        given={
            row["id"]: _given(row, judged, *(reviews or {}).get(row["id"], (None, "")))
            for row in document["statements"]
        },
    )


def reviews_of(review: Review) -> dict[int, tuple[Rating | None, str]]:
    """The reviewer's rating and comment by statement id."""
    return {rating.statement_id: (rating.answer, rating.comment) for rating in review.ratings.all()}


def judged_of(review: Review) -> Judged:
    """The verdicts and confirmations of a review. One query."""
    rows = review.verdicts.order_by("id").values_list("link_id", "verdict")
    return judged_from(rows, review.confirmed)


def counted_review(submission_id: int) -> tuple[dict[int, tuple[Rating | None, str]], Judged]:
    """The reviewer's word by statement id and what supports it; nothing unless validated. One query."""
    words = JSONObject(id="statement_id", rating="rating", is_na="not_applicable", comment="comment")
    ratings = ReviewRating.objects.filter(review=OuterRef("pk")).order_by("id").values(row=words)
    verdicts = LinkVerdict.objects.filter(review=OuterRef("pk")).order_by("id")
    links = verdicts.values(row=JSONObject(link="link_id", verdict="verdict"))
    reviews = Review.objects.filter(submission_id=submission_id, decision=Decision.VALIDATED)
    found = reviews.values_list("confirmed", ArraySubquery(ratings), ArraySubquery(links)).first()
    if found is None:
        return {}, UNJUDGED
    confirmed, rows, judged = found
    said: dict[int, tuple[Rating | None, str]] = {
        row["id"]: (NA if row["is_na"] else row["rating"], row["comment"]) for row in rows
    }
    return said, judged_from(((row["link"], row["verdict"]) for row in judged), confirmed)


def judged_from(verdicts: Iterable[tuple[int, str]], confirmed: Iterable[str]) -> Judged:
    """As the rows of a review have it."""
    return Judged(
        verdicts={link: VERDICTS[verdict] for link, verdict in verdicts},
        confirmed=frozenset(map(int, confirmed)),
    )


def _header(row: dict[str, Any], *, state: str) -> Header:
    fields = {**row, "state": state, "on": dt.date.fromisoformat(row["on"])}
    return Header(**{**fields, "policy": ScoringPolicy.from_json(row["policy"])})


def _given(row: dict[str, Any], judged: Judged, review: Rating | None, comment: str) -> GivenAnswer:
    return GivenAnswer(
        rating_id=row["rating"],
        statement_id=row["id"],
        answer=row["answer"],
        reason=row["reason"],
        version=0,
        evidence=tuple((item["link"], _confirmed(_evidence(item), judged)) for item in row["evidence"]),
        review=review,
        review_comment=comment,
        verdicts=judged.verdicts,
    )


def _confirmed(facts: EvidenceFacts, judged: Judged) -> EvidenceFacts:
    return replace(facts, is_confirmed=True) if facts.id in judged.confirmed else facts


def _evidence_json(link_id: int, facts: EvidenceFacts) -> dict[str, Any]:
    dates = {name: value.isoformat() if (value := getattr(facts, name)) else None for name in DATES}
    return {**asdict(facts), **dates, "files": [asdict(file) for file in facts.files], "link": link_id}


def _evidence(row: dict[str, Any]) -> EvidenceFacts:
    dates = {name: dt.date.fromisoformat(row[name]) if row[name] else None for name in DATES}
    # Documents from before there were files do not name any.
    files = tuple(FileFacts(**file) for file in row.get("files", ()))
    facts = {**row, **dates, "files": files}
    return EvidenceFacts(**{name: value for name, value in facts.items() if name != "link"})
