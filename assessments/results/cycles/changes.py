"""What became of an assessment between two moments, statement by statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from assessments.results.sheet import Answer, EvidenceFacts, Sheet
from assessments.results.words import rating_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """Of one statement: the rating in words where it changed, and titles of evidence."""

    before: str = ""
    after: str = ""
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()

    @property
    def is_rated_anew(self) -> bool:
        return self.before != self.after

    def __bool__(self) -> bool:
        return self.is_rated_anew or bool(self.added or self.removed or self.edited)


def changes_between(before: Sheet, after: Sheet) -> Mapping[str, Change]:
    """The change of every statement of ``after``, by code; an empty one is false."""
    return {code: _change(before.by_code.get(code), answer) for code, answer in after.by_code.items()}


def _change(before: Answer | None, after: Answer) -> Change:
    old, new = _items(before), _items(after)
    was, now = (before.given if before else None), after.given
    is_same = was is not None and (was.answer, was.reason) == (now.answer, now.reason)
    return Change(
        before="" if is_same else rating_words(was.answer if was else None),
        after="" if is_same else rating_words(now.answer),
        added=tuple(new[key].title for key in new if key not in old),
        removed=tuple(old[key].title for key in old if key not in new),
        edited=tuple(new[key].title for key in new if key in old and _text(new[key]) != _text(old[key])),
    )


def _items(answer: Answer | None) -> dict[int, EvidenceFacts]:
    return {facts.id: facts for _, facts in answer.given.evidence} if answer else {}


def _text(facts: EvidenceFacts) -> EvidenceFacts:
    """The item without what others do to it, and without the day on which it was last said to go on."""
    return replace(facts, is_confirmed=False, ongoing_on=None)
