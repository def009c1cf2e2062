"""A person's evidence: what each item would carry, what would make it stronger, what it speaks for."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import filterfalse

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from assessments.models import Cycle, EvidenceLink, StatementRating
from assessments.models.assessment import EDITABLE
from assessments.results.live import EVIDENCE_COLUMNS, definition_for, evidence_facts
from assessments.results.sheet import EvidenceFacts
from assessments.results.words import STRENGTHS
from assessments.scoring import ScoringPolicy, stale_before
from people.models import User
from skills.catalogue import StatementText, definition, role_profiles

Words = str | Promise


def strength_words(strength: int, *, is_stale: bool) -> Words:
    """What a strength of 0–3 is called; what is stale is called so, unless it describes no action at all."""
    return STALE if is_stale and strength else STRENGTHS[strength]


STALE: Words = gettext_lazy("stale")


class Advice(StrEnum):
    """The one next thing that would make an item stronger."""

    ACTION = "action"
    STILL_GOING_ON = "still_going_on"
    CURRENT = "current"
    RESULT = "result"
    LINK = "link"
    NOTHING = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RatedStatement:
    """A statement of one of the person's assessments, as something that evidence can speak for."""

    rating_id: int
    assessment_id: int
    skill: str
    statement: StatementText
    cycle: str
    is_editable: bool
    link_id: int | None = None

    @property
    def code(self) -> str:
        """As people write it: CEXP 4.3."""
        return f"{self.skill} {self.statement.short_code}"

    @property
    def label(self) -> str:
        return self.statement.label or self.statement.text

    @property
    def anchor(self) -> str:
        """The id of the statement's element on the page of its level."""
        return self.statement.anchor


@dataclass(frozen=True, kw_only=True, slots=True)
class PortfolioItem:
    """An item with what it would carry for any statement on the day, without a reviewer's verdict."""

    evidence: EvidenceFacts
    strength: int
    is_stale: bool
    speaks_for: tuple[RatedStatement, ...]

    @property
    def words(self) -> Words:
        return strength_words(self.strength, is_stale=self.is_stale)

    @property
    def advice(self) -> Advice:
        facts = self.evidence
        if not facts.item.action:
            return Advice.ACTION
        if self.is_stale:
            return Advice.STILL_GOING_ON if facts.ongoing_on else Advice.CURRENT
        if not facts.item.result:
            return Advice.RESULT
        return Advice.NOTHING if facts.item.corroborated else Advice.LINK

    @property
    def speaks_for_now(self) -> tuple[RatedStatement, ...]:
        """Of assessments that the person can still change."""
        return tuple(rated for rated in self.speaks_for if rated.is_editable)

    def link_to(self, rating_id: int) -> int | None:
        """The id of its link to a statement."""
        return next((rated.link_id for rated in self.speaks_for if rated.rating_id == rating_id), None)


@dataclass(frozen=True, kw_only=True)
class Portfolio:
    """The items that match what was searched for, last changed first."""

    items: tuple[PortfolioItem, ...]
    total: int
    stale_months: int

    @property
    def stale_years(self) -> int:
        """After how many whole years an item is stale; 0 where the policy counts in months."""
        years, months = divmod(self.stale_months, 12)
        return 0 if months else years

    @cached_property
    def by_id(self) -> Mapping[int, PortfolioItem]:
        return {item.evidence.id: item for item in self.items}


def portfolio(owner: User, *, on: dt.date, query: str = "") -> Portfolio:
    """The person's own items, read in three queries however many there are."""
    rows = owner.evidence.with_file_rows().newest_first().values_list(*EVIDENCE_COLUMNS)
    facts = [evidence_facts(*row) for row in rows]
    policy = current_policy()
    spoken_for = statements_by_item(owner)
    found = [_item(one, policy, on, spoken_for[one.id]) for one in facts if matches(one, query)]
    return Portfolio(items=tuple(found), total=len(facts), stale_months=policy.stale_months)


def current_policy() -> ScoringPolicy:
    """The policy of the cycle opened last: drafts are scored by it."""
    cycle = Cycle.objects.latest_opened().first()
    return cycle.scoring_policy if cycle else ScoringPolicy()


def _item(
    facts: EvidenceFacts, policy: ScoringPolicy, on: dt.date, speaks_for: Iterable[RatedStatement]
) -> PortfolioItem:
    last_day = facts.item.ended_on
    return PortfolioItem(
        evidence=facts,
        strength=facts.strength(on, policy),
        is_stale=last_day is not None and last_day < stale_before(on, policy.stale_months),
        speaks_for=tuple(speaks_for),
    )


def matches(facts: EvidenceFacts, query: str) -> bool:
    """Whether every word of the query is somewhere in the item, whatever case and accents."""
    if not query:
        return True
    text = folded(f"{facts.title} {facts.situation} {facts.action} {facts.result}")
    return all(word in text for word in folded(query).split())


def folded(text: str) -> str:
    """The text without case, accents and the dots of ё, for comparing."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(filterfalse(unicodedata.combining, decomposed))


STATEMENT_COLUMNS = (
    "id",
    "rating_id",
    "rating__assessment_id",
    "rating__assessment__skill_id",
    "rating__assessment__skill__code",
    "rating__assessment__skill__framework__version",
    "rating__assessment__cycle__name",
    "rating__assessment__state",
    "rating__statement_id",
)


def statements_by_item(owner: User) -> Mapping[int, list[RatedStatement]]:
    """What each item of the person speaks for: newest assessment first, then statement order."""
    links = EvidenceLink.objects.of_owner(owner).order_by(
        "-rating__assessment__started_at",
        "rating__statement__skill_level__level__number",
        "rating__statement__position",
        "id",
    )
    found: dict[int, list[RatedStatement]] = defaultdict(list)
    for evidence_id, *columns in links.values_list("evidence_id", *STATEMENT_COLUMNS):
        found[evidence_id].append(_rated_statement(owner, *columns))
    return found


def _rated_statement(
    reader: User,
    link_id: int,
    rating_id: int,
    assessment_id: int,
    skill_id: int,
    skill: str,
    version: int,
    cycle: str,
    state: str,
    statement_id: int,
) -> RatedStatement:
    texts = definition(skill_id, version, *reader.reader)
    return RatedStatement(
        rating_id=rating_id,
        assessment_id=assessment_id,
        skill=skill,
        statement=next(text for text in texts.statements if text.id == statement_id),
        cycle=cycle,
        is_editable=state in EDITABLE,
        link_id=link_id,
    )


def rated_statement(owner: User, rating_id: int, *, assessment_id: int | None = None) -> RatedStatement:
    """A statement of an own assessment; raises StatementRating.DoesNotExist for anything else."""
    own = StatementRating.objects.of_employee(owner)
    if assessment_id is not None:
        own = own.filter(assessment_id=assessment_id)
    rating = own.select_related("assessment__skill__framework", "assessment__cycle").get(pk=rating_id)
    assessment = rating.assessment
    texts = definition_for(assessment, owner)
    return RatedStatement(
        rating_id=rating.pk,
        assessment_id=assessment.pk,
        skill=assessment.skill.code,
        statement=next(text for text in texts.statements if text.id == rating.statement_id),
        cycle=assessment.cycle.name,
        is_editable=assessment.is_editable,
    )


def typical_deliverables(person: User, *, on: dt.date) -> tuple[str, ...]:
    """What people in the person's role usually have to show, in their language; nothing without a role."""
    membership = person.memberships.on(on).select_related("role_profile__framework").first()
    profile = membership.role_profile if membership else None
    if profile is None:
        return ()
    language, _ = person.reader
    roles = role_profiles(profile.framework_id, profile.framework.version, language)
    return next((role.deliverables for role in roles if role.id == profile.pk), ())
