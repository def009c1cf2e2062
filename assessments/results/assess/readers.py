"""Who can read what a person has sent, by role: what models/routing.py grants, said to that person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from assessments.models import Assessment, Response, State
from assessments.results.holder import Holder, holders_of
from people.models import User

# Nobody decides on these any more; they are read all the same.
DECIDED = (State.VALIDATED, State.NOT_REVIEWED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """Somebody from outside the line of managers, or who decides on a contest; ``skill`` is its code."""

    skill: str
    holder: Holder
    is_reviewing: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Readers:
    """Besides the managers above, who always read what was sent."""

    # The nearest manager, with who reviews meanwhile.
    manager: Holder
    # Whether that manager reviews anything, or would, once it is sent.
    is_reviewing: bool
    chosen: tuple[Reader, ...]
    deciding: tuple[Reader, ...]


def readers_of(person: User, assessments: Collection[Assessment], *, on: dt.date, is_all: bool) -> Readers:
    """``assessments`` are those at hand, with their skills; ``is_all``, no other can be begun.

    One query, two more where a level is contested.
    """
    manager, given = holders_of(person, assessments, on=on)
    open_ones = [row for row in assessments if row.state not in DECIDED]
    return Readers(
        manager=manager,
        is_reviewing=not (assessments and is_all) or any(row.pk not in given for row in open_ones),
        chosen=tuple(_chosen(row, given[row.pk]) for row in assessments if row.pk in given),
        deciding=_deciding([row for row in assessments if row.contested_at], on=on),
    )


def _chosen(assessment: Assessment, holder: Holder) -> Reader:
    is_reviewing = assessment.state not in DECIDED
    return Reader(skill=assessment.skill.code, holder=holder, is_reviewing=is_reviewing)


def _deciding(contested: Collection[Assessment], *, on: dt.date) -> tuple[Reader, ...]:
    if not contested:
        return ()
    deciders = Response.objects.open_contests().deciders(contested, on)
    names: Mapping[int, str] = dict(User.objects.filter(pk__in=deciders.values()).values_list("pk", "name"))
    return tuple(
        Reader(skill=row.skill.code, holder=Holder(name=names[deciders[row.pk]]), is_reviewing=True)
        for row in contested
        if deciders.get(row.pk) in names
    )
