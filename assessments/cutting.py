"""A pasted annual review or CV, cut into pieces of work.

Pure: imports nothing of the project, no Django, no database; today is an argument. The same text gives the
same items. No word is lost: what is in no item is left aside, and only list marks and labels that became a
field's name ("Result:") go. Every step reads the text once: a hostile one takes no longer than a plain one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assessments.cutting_blocks import Group, groups
from assessments.cutting_dates import plain_span, without_edge_range
from assessments.cutting_words import ANOTHER, OUTCOME, label, sentences

__all__ = ["LONGEST_TITLE", "MOST_ITEMS", "Cut", "Item", "cut", "merged", "pieces", "split", "title_of"]

MOST_ITEMS = 60
LONGEST_TITLE = 80
# What fits into one field of an item.
LONGEST_FIELD = 5000
# Paragraphs and list entries above this are cut by sentences, into achievements of about so many characters.
LONG_PARAGRAPH, LONG_ENTRY, ACHIEVEMENT = 240, 600, 300
# A title ends at a comma or dash, if there is one behind so many characters.
SHORTEST_CLAUSE = 30
CLAUSE_END = re.compile(r"[,;:(]\s|\s[–—-]\s|\s\(")


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A piece of work. Days are ISO dates, or empty."""

    title: str = ""
    situation: str = ""
    action: str = ""
    result: str = ""
    started_on: str = ""
    ended_on: str = ""

    @property
    def size(self) -> int:
        return len(self.situation) + len(self.action) + len(self.result)


@dataclass(frozen=True, kw_only=True, slots=True)
class Cut:
    """The items, what is in none of them, and how many there were before neighbours were joined (or 0)."""

    items: tuple[Item, ...]
    aside: str = ""
    joined_from: int = 0


def cut(text: str, *, latest: dt.date) -> Cut:
    """At most sixty items; days after ``latest`` are none."""
    found, aside = groups(text)
    items = [item for group in found for item in _items(group, latest)]
    joined = _joined(items)
    return Cut(
        items=tuple(joined),
        aside="\n".join(aside),
        joined_from=len(items) if len(joined) < len(items) else 0,
    )


def merged(first: Item, second: Item) -> Item:
    """Both as one item, under the first one's title; the second one's is kept where its text has it not."""
    says_title = _said(second.title) in _said(second.action)
    action = second.action if says_title else _lines(second.title, second.action)
    return Item(
        title=first.title or second.title,
        situation=_lines(first.situation, *_new_lines(first.situation, second.situation)),
        action=_lines(first.action, action),
        result=_lines(first.result, second.result),
        started_on=min(filter(None, (first.started_on, second.started_on)), default=""),
        ended_on=_later_end(first, second),
    )


def split(item: Item) -> tuple[Item, ...]:
    """One item for each piece of what was done; the result stays with the first one."""
    first, *rest = pieces(item.action) or ("",)
    others = (replace(item, title=title_of(piece), action=piece, result="") for piece in rest)
    return (replace(item, action=first), *others)


def pieces(action: str) -> tuple[str, ...]:
    """The lines of the text, or the sentences of its one line."""
    lines = tuple(line.strip() for line in action.splitlines() if line.strip())
    return lines if len(lines) > 1 else tuple(sentences(action))


def title_of(text: str) -> str:
    """The first sentence in whole words, at most eighty characters."""
    first = " ".join(next(sentences(text[: 4 * LONGEST_TITLE]), "").split())
    first = first[:1].upper() + first[1:]
    title = first.rstrip(" .;:,")
    if len(title) <= LONGEST_TITLE:
        return title or first[:LONGEST_TITLE]
    ends = [end.start() for end in CLAUSE_END.finditer(title, SHORTEST_CLAUSE, LONGEST_TITLE)]
    if ends:
        return title[: ends[-1]].rstrip()
    words, _, _ = title[:LONGEST_TITLE].rpartition(" ")
    return f"{(words or title[: LONGEST_TITLE - 1]).rstrip(' ,;:.')}…"


def _items(group: Group, latest: dt.date) -> Iterator[Item]:
    """The items under one heading, which is the title of a single one and the situation of several."""
    texts = [
        piece for entry in group.entries for piece in _achievements(entry.text, is_bullet=entry.is_bullet)
    ]
    heading, around = "\n".join(group.heading), plain_span("\n".join(group.heading), latest)
    is_title = len(group.heading) == len(texts) == 1 and around is None
    for text in texts:
        item, own = _parts(text), plain_span(text, latest)
        said, span = item.action or item.result or item.situation, own or around
        yield replace(
            item,
            title=heading.rstrip(": ") if is_title else title_of(without_edge_range(said) if own else said),
            situation=item.situation if is_title else _lines(heading, item.situation),
            started_on=span.started_on.isoformat() if span else "",
            ended_on=span.ended_on.isoformat() if span and span.ended_on else "",
        )


def _achievements(text: str, *, is_bullet: bool) -> Iterator[str]:
    """A long paragraph by its achievements: the next begins with "also", after a result, or when full."""
    if len(text) <= (LONG_ENTRY if is_bullet else LONG_PARAGRAPH) or label(text)[0]:
        yield from _chunks(text)
        return
    now: list[str] = []
    size = 0
    for sentence in sentences(text.replace("\n", " ")):
        tells = OUTCOME.match(sentence) or label(sentence)[0]
        is_done = bool(now) and (OUTCOME.match(now[-1]) or size + len(sentence) > ACHIEVEMENT)
        if now and not tells and (is_done or ANOTHER.match(sentence)):
            yield from _chunks(" ".join(now))
            now, size = [], 0
        now.append(sentence)
        size += len(sentence)
    yield from _chunks(" ".join(now))


def _chunks(text: str) -> Iterator[str]:
    """The text in pieces that fit into a field, between words where there is a space."""
    while len(text) > LONGEST_FIELD:
        end = max(text.rfind(space, 1, LONGEST_FIELD) for space in " \n")
        end = end if end > 0 else LONGEST_FIELD
        yield text[:end]
        text = text[end:].strip()
    if text:
        yield text


def _parts(text: str) -> Item:
    """By labels, and by sentences that plainly tell a result; all of it is the action otherwise."""
    found: dict[str, list[str]] = {"situation": [], "action": [], "result": []}
    now, is_labelled = "action", False
    for line in text.splitlines():
        lines: dict[str, list[str]] = {}
        for sentence in sentences(line):
            part, rest = label(sentence)
            now, is_labelled = part or now, is_labelled or bool(part)
            place = "result" if not part and OUTCOME.match(sentence) else now
            lines.setdefault(place, []).append(rest)
        for place, said in lines.items():
            found[place].append(" ".join(filter(None, said)))
    item = Item(**{part: _lines(*said) for part, said in found.items()})
    is_plain = (is_labelled and item.size) or item.action
    return item if is_plain else Item(action=text)


def _joined(items: list[Item]) -> list[Item]:
    """No more than sixty: short neighbours are joined, of one situation as long as that is enough."""
    for is_mixed in (False, True):
        for most in (250, 500, 1000):
            if len(items) > MOST_ITEMS:
                items = _packed(items, most, is_mixed=is_mixed)
    return items


def _packed(items: list[Item], most: int, *, is_mixed: bool) -> list[Item]:
    packs: list[list[Item]] = []
    size = 0
    for item in items:
        fits = bool(packs) and size + item.size <= most
        if fits and (is_mixed or packs[-1][0].situation == item.situation):
            packs[-1].append(item)
            size += item.size
        else:
            packs.append([item])
            size = item.size
    return [_one(pack) for pack in packs]


def _one(pack: list[Item]) -> Item:
    item = pack[0]
    for other in pack[1:]:
        item = merged(item, other)
    return item


def _later_end(first: Item, second: Item) -> str:
    """The later of two ends; none where one of the two goes on."""
    dated = [item for item in (first, second) if item.started_on or item.ended_on]
    ends = [item.ended_on for item in dated]
    return max(ends, default="") if all(ends) else ""


def _new_lines(known: str, text: str) -> list[str]:
    lines = set(known.splitlines())
    return [line for line in text.splitlines() if line not in lines]


def _said(text: str) -> str:
    return " ".join(text.casefold().rstrip("….").split())


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
