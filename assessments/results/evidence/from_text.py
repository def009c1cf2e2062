"""Items cut from a pasted text, while a person looks through them: nothing of them is stored yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from assessments.cutting import MOST_ITEMS, Item, merged, split, title_of
from assessments.models import StatementRating
from assessments.results.evidence.suggested import Suggested, matches_for_each
from people.dates import written_day
from people.models import User
from skills.catalogue import StatementText, definition
from skills.models import Skill


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """An item, whether it is to be kept, and the ratings to which it is to be linked."""

    item: Item
    is_kept: bool = True
    links: frozenset[int] = frozenset()

    @property
    def text(self) -> str:
        """As it would be matched once it is saved."""
        item = self.item
        parts = (item.title, item.situation, item.action, item.result)
        return "\n".join(part for part in parts if part)

    @property
    def details(self) -> tuple[str, ...]:
        """What stands in the fields that are folded away, for a glance at them."""
        item = self.item
        days = [shown(day) if day else "…" for day in (item.started_on, item.ended_on)]
        texts = (item.situation, item.result, " – ".join(days) if item.started_on or item.ended_on else "")
        return tuple(", ".join(text.splitlines()) for text in texts if text.strip())


def shown(day: str) -> str:
    """An ISO date as readers write it; anything else as it was typed."""
    try:
        return written_day(dt.date.fromisoformat(day))
    except ValueError:
        return day


class TooManyItemsError(Exception):
    """There would be more than sixty."""


def merged_with_previous(rows: Sequence[Row], place: int) -> list[Row]:
    """The item and the one before as one."""
    before, row = rows[place - 1], rows[place]
    both = Row(
        item=merged(before.item, row.item),
        is_kept=before.is_kept or row.is_kept,
        links=before.links | row.links,
    )
    return [*rows[: place - 1], both, *rows[place + 1 :]]


def split_at(rows: Sequence[Row], place: int) -> list[Row]:
    """The lines or sentences of an item as items; its links stay with the first. Raises TooManyItemsError."""
    first, *others = split(rows[place].item)
    new = [Row(item=other, is_kept=rows[place].is_kept) for other in others]
    if len(rows) + len(new) > MOST_ITEMS:
        raise TooManyItemsError
    return [*rows[:place], replace(rows[place], item=first), *new, *rows[place + 1 :]]


def with_aside(rows: Sequence[Row], aside: str) -> list[Row]:
    """What was left aside as one more item. Raises TooManyItemsError."""
    if len(rows) >= MOST_ITEMS:
        raise TooManyItemsError
    return [*rows, Row(item=Item(title=title_of(aside), action=aside))]


def suggested_for_rows(
    writer: User, language: str, rows: Sequence[Row]
) -> list[tuple[tuple[Suggested, bool], ...]]:
    """For each row at most three statements, and any others that were ticked; whether each one is ticked.

    A statement of an assessment that the person can change now comes with the rating to link to.
    """
    found = matches_for_each(writer, language, [row.text for row in rows])
    matches = [
        [(skill, statement_of(writer, skill, match.statement), match.terms) for skill, match in each]
        for each in found
    ]
    wanted = {statement.id for each in matches for _, statement, _ in each}
    ratings = linkable(writer, wanted, {pk for row in rows for pk in row.links})
    newest = {each.statement.id: each for each in ratings.values()}
    rows_suggested = []
    for row, each in zip(rows, matches, strict=True):
        suggested = [
            replace(
                newest.get(statement.id) or Suggested(skill=skill.code, statement=statement, terms=()),
                terms=terms,
            )
            for skill, statement, terms in each
        ]
        shown = {one.rating_id for one in suggested}
        suggested += [ratings[pk] for pk in sorted(row.links) if pk in ratings and pk not in shown]
        rows_suggested.append(tuple((one, one.rating_id in row.links) for one in suggested))
    return rows_suggested


def statement_of(reader: User, skill: Skill, code: str) -> StatementText:
    texts = definition(skill.pk, skill.framework.version, *reader.reader).statements
    return next(text for text in texts if text.code == code)


def linkable(
    writer: User, statement_ids: Collection[int], rating_ids: Collection[int]
) -> Mapping[int, Suggested]:
    """The ratings of these statements, and those asked for, that can be linked to now, oldest first."""
    if not statement_ids and not rating_ids:
        return {}
    own = StatementRating.objects.of_employee(writer).filter(assessment__in=writer.assessments.editable())
    rows = own.filter(Q(statement__in=statement_ids) | Q(pk__in=rating_ids))
    found = {}
    for pk, statement_id, assessment_id, skill_id, code, version in rows.order_by(
        "assessment__started_at", "id"
    ).values_list(
        "id",
        "statement_id",
        "assessment_id",
        "assessment__skill_id",
        "assessment__skill__code",
        "assessment__skill__framework__version",
    ):
        texts = definition(skill_id, version, *writer.reader).statements
        statement = next(text for text in texts if text.id == statement_id)
        found[pk] = Suggested(
            skill=code, statement=statement, terms=(), rating_id=pk, assessment_id=assessment_id
        )
    return found
