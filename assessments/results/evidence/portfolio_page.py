"""The portfolio as its page shows it: what was asked for, a page at a time, and the strips of the skills."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from assessments.models import StatementRating
from assessments.models.assessment import EDITABLE
from assessments.results.evidence.portfolio import (
    Portfolio,
    PortfolioItem,
    RatedStatement,
    matches,
    portfolio,
)
from assessments.results.evidence.strip import Strip, strip
from assessments.results.evidence.suggested import Suggested, suggested_for
from people.models import User
from skills.catalogue import SkillDefinition, StatementText

# More would be slow to draw and tiring to read.
ITEMS_A_PAGE = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """What was asked for; whatever is empty asks for nothing.

    Skill and level are those of one linked statement; an item is also found by a ``statement`` that it is
    merely suggested for, because that is what the strip counts.
    """

    query: str = ""
    skill: SkillDefinition | None = None
    level: int | None = None
    strength: int | None = None
    is_stale: bool = False
    statement: StatementText | None = None

    @property
    def is_active(self) -> bool:
        return self != Filters()

    @property
    def is_only_statement(self) -> bool:
        return self.statement is not None and self == Filters(statement=self.statement)

    def fits(self, item: PortfolioItem, suggested: Collection[Suggested]) -> bool:
        return (
            (self.strength is None or item.strength == self.strength)
            and (item.is_stale or not self.is_stale)
            and self._fits_statement(item, suggested)
            and self._fits_links(item)
            and matches(item.evidence, self.query)
        )

    def _fits_links(self, item: PortfolioItem) -> bool:
        if self.skill is None and self.level is None:
            return True
        of_skill = {text.id for text in self.skill.statements} if self.skill else None
        return any(
            (of_skill is None or rated.statement.id in of_skill)
            and (self.level is None or rated.statement.level == self.level)
            for rated in item.speaks_for
        )

    def _fits_statement(self, item: PortfolioItem, suggested: Collection[Suggested]) -> bool:
        if self.statement is None:
            return True
        known: tuple[RatedStatement | Suggested, ...] = (*item.speaks_for, *suggested)
        return any(one.statement.id == self.statement.id for one in known)


Row = tuple[PortfolioItem, list[Suggested]]


@dataclass(frozen=True, kw_only=True)
class PortfolioPage:
    """``page`` holds the rows of this page, of all the rows that were found."""

    portfolio: Portfolio
    page: Page[Row]
    filters: Filters
    strips: tuple[Strip, ...]
    # Where evidence can be linked to the statement that was asked for: ids of assessment and rating.
    place: tuple[int, int] | None

    @property
    def rows(self) -> Sequence[Row]:
        return tuple(self.page)

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @property
    def has_suggestions(self) -> bool:
        return any(suggested for _, suggested in self.rows)


def portfolio_page(
    owner: User, skills: Mapping[str, SkillDefinition], filters: Filters, *, on: dt.date, number: str
) -> PortfolioPage:
    """One page in four queries, five where a statement was asked for; a wrong number is the nearest page."""
    whole, suggested = portfolio(owner, on=on), suggested_for(owner)
    rows: list[Row] = [
        (item, found)
        for item in whole.items
        if filters.fits(item, found := suggested.get(item.evidence.id, []))
    ]
    named = {one.statement.id for found in suggested.values() for one in found}
    return PortfolioPage(
        portfolio=whole,
        page=Paginator(rows, ITEMS_A_PAGE).get_page(number),
        filters=filters,
        strips=tuple(strip(skill, whole.items, named) for skill in skills.values()),
        place=place_for(owner, filters.statement) if filters.statement else None,
    )


def place_for(owner: User, statement: StatementText) -> tuple[int, int] | None:
    """Of the newest assessment that can still be changed."""
    own = StatementRating.objects.of_employee(owner).filter(statement=statement.id)
    newest = own.filter(assessment__state__in=EDITABLE).order_by("-assessment__started_at", "-id")
    return newest.values_list("assessment_id", "id").first()
