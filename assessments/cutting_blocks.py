"""Lines of a pasted text as list entries, paragraphs and headings, and what stands under which heading.

Pure: no Django, no database, no clock.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assessments.cutting_dates import has_range, without_ranges
from assessments.cutting_sections import ABOUT_THE_PERSON, CONTACT, is_person, section
from assessments.cutting_words import BULLET, HASHES, label

# From so many characters on, a line that ends without a full stop goes on in the next one.
WRAPPED, WRAPPED_IN_SENTENCE = 60, 40
LONGEST_HEADING, MOST_HEADING_WORDS, MOST_HEADING_LINES = 100, 8, 5
LONGEST_CONTACT = 120
# A paragraph so long, under a line half as long, has that line as its heading.
SHORTEST_UNDER_HEADING = 80
# Whose text it is stands among the first lines; name and profession above a contact line.
FIRST_LINES = 6
SENTENCE_ENDS = (".", "!", "?", ";", "…", ",")


@dataclass(slots=True)
class Block:
    """A list entry, a paragraph or a heading, in one line."""

    text: str
    is_bullet: bool = False
    after_gap: bool = True
    is_marked: bool = False
    is_heading: bool = False


@dataclass(slots=True)
class Group:
    """What stands under one heading of at most five lines, or under none."""

    heading: list[str] = field(default_factory=list)
    entries: list[Block] = field(default_factory=list)


def groups(text: str) -> tuple[list[Group], list[str]]:
    """The groups of the text in its order, and the lines left aside: headings, contacts, what is no work."""
    blocks = _blocks(text)
    aside = _whose(blocks)
    blocks = blocks[len(aside) :]
    _find_headings(blocks)
    found = [Group()]
    is_other = False
    for block in blocks:
        named = "" if block.is_bullet else section(block.text)
        is_other = named == "other" or (is_other and not named and not block.is_marked)
        if named:
            found.append(Group())
        if named or is_other or _is_contact(block):
            aside.append(block.text)
        elif block.is_heading:
            _add_heading(found, block, aside)
        else:
            _add_entry(found[-1], block)
    aside += [line for group in found if not group.entries for line in group.heading]
    return [group for group in found if group.entries], aside


def _add_heading(found: list[Group], block: Block, aside: list[str]) -> None:
    if found[-1].entries:
        found.append(Group())
    heading = found[-1].heading
    heading.append(block.text)
    if len(heading) > MOST_HEADING_LINES:
        aside.append(heading.pop(0))


def _add_entry(group: Group, block: Block) -> None:
    """Action and result under their labels belong to the entry before."""
    before = group.entries[-1] if group.entries else None
    if before and _goes_on(before.text, block.text):
        before.text += f"\n{block.text}"
    else:
        group.entries.append(block)


def _goes_on(before: str, text: str) -> bool:
    part, _ = label(text)
    last = before.rsplit("\n", 1)[-1]
    has_it = any(label(line)[0] == part for line in before.split("\n", 4)[:4])
    is_next = part in {"action", "result"} and not has_it
    return (is_next or _is_label_alone(last)) and len(before) + len(text) < 4000


def _is_label_alone(text: str) -> bool:
    part, rest = label(text)
    return bool(part) and not rest


def _blocks(text: str) -> list[Block]:
    """Lines that were wrapped are one block again; a line without a letter or digit is a gap."""
    blocks: list[Block] = []
    parts: list[list[str]] = []
    after_gap, last = True, ""
    for raw in text.splitlines():
        line = raw.strip()
        if not re.search(r"\w", line):
            after_gap = True
            continue
        bullet, hashes = BULLET.match(line), HASHES.match(line)
        goes_on = not (after_gap or bullet or hashes) and _continues(last, line, raw, blocks[-1])
        if goes_on:
            parts[-1].append(line)
        else:
            mark = bullet or hashes
            parts.append([line[mark.end() :] if mark else line])
            blocks.append(
                Block(
                    "",
                    is_bullet=bool(bullet),
                    after_gap=after_gap,
                    is_marked=bool(hashes) or _stands_out(line),
                )
            )
        after_gap, last = False, line
    for block, lines in zip(blocks, parts, strict=True):
        block.text = " ".join(lines)
    return [block for block in blocks if block.text]


def _stands_out(line: str) -> bool:
    """A line in capitals, or one that ends in a colon."""
    is_short = len(line) <= LONGEST_HEADING and len(line.split()) <= MOST_HEADING_WORDS
    has_letters = sum(map(str.isalpha, line[:LONGEST_HEADING])) >= 4
    return is_short and (line.endswith(":") or (line.isupper() and has_letters))


def _continues(last: str, line: str, raw: str, block: Block) -> bool:
    if block.is_bullet and (
        raw[:2].isspace() or (line[0].islower() and not last.endswith(SENTENCE_ENDS[:5]))
    ):
        return True
    is_ended = last.endswith((*SENTENCE_ENDS[:5], ":")) or _stands_out(last) or bool(section(line))
    if is_ended or label(line)[0] or len(last) < WRAPPED_IN_SENTENCE:
        return False
    return line[0].islower() or (len(last) >= WRAPPED and not has_range(last) and not has_range(line[:40]))


def _find_headings(blocks: Sequence[Block]) -> None:
    """From the end: a heading is known by what follows it; then the lines about one employment."""
    following: Block | None = None
    for block in reversed(blocks):
        block.is_heading = bool(following) and (_is_named(block, following) or _leads_to(block, following))
        following = block
    for place, block in enumerate(blocks):
        if block.after_gap or section(blocks[place - 1].text):
            _find_employment(blocks[place : place + MOST_HEADING_LINES + 1])


def _find_employment(run: Sequence[Block]) -> None:
    """Short lines without a gap, one of them with a time, above what was done there."""
    lines: list[Block] = []
    for block in run:
        is_apart = block.after_gap and bool(lines)
        if is_apart or not _is_short_line(block):
            break
        lines.append(block)
    is_above = len(lines) < len(run) and not run[len(lines)].after_gap
    if is_above and sum(has_range(block.text) for block in lines) == 1:
        for block in lines:
            block.is_heading = True


def _is_short_line(block: Block) -> bool:
    is_short = len(block.text.split()) <= MOST_HEADING_WORDS or _is_dated(block)
    return is_short and _could_be_heading(block)


def _is_dated(block: Block) -> bool:
    return len(block.text) <= LONGEST_HEADING and has_range(block.text)


def _is_named(block: Block, following: Block | None) -> bool:
    """A short list entry with its paragraph right under it: the entry is the name."""
    if following is None or following.is_bullet or following.after_gap or not block.is_bullet:
        return False
    is_few = len(block.text) <= LONGEST_HEADING and len(block.text.split()) <= MOST_HEADING_WORDS
    is_short = is_few and not block.text.endswith(SENTENCE_ENDS)
    is_told = len(following.text) >= WRAPPED or following.text.endswith(SENTENCE_ENDS)
    return is_short and is_told and not label(following.text)[0] and not label(block.text)[0]


def _could_be_heading(block: Block) -> bool:
    is_ended = block.text.endswith(SENTENCE_ENDS) and not _is_only_dated(block.text)
    is_long = len(block.text) > LONGEST_HEADING or is_ended
    return not (block.is_bullet or is_long or label(block.text)[0] or section(block.text))


def _leads_to(block: Block, following: Block | None) -> bool:
    if following is None or not _could_be_heading(block):
        return False
    if section(following.text) and not following.is_bullet:
        return False
    is_dated = has_range(block.text)
    is_short = len(block.text.split()) <= MOST_HEADING_WORDS
    if following.is_bullet:
        return is_short or is_dated or block.is_marked
    if following.is_heading:
        return block.is_marked or (not following.after_gap and (is_short or is_dated))
    if block.is_marked or _is_only_dated(block.text):
        return True
    is_above = len(following.text) >= max(SHORTEST_UNDER_HEADING, 2 * len(block.text))
    return is_above and (is_dated or (is_short and block.after_gap)) and not has_range(following.text)


def _is_only_dated(text: str) -> bool:
    return (
        len(text) <= LONGEST_HEADING
        and has_range(text)
        and len(re.findall(r"\w+", without_ranges(text))) <= 2
    )


def _is_contact(block: Block) -> bool:
    is_short = len(block.text) <= LONGEST_CONTACT and not block.is_bullet
    return is_short and CONTACT.search(block.text) is not None


def _whose(blocks: Sequence[Block]) -> list[str]:
    """The first lines, as far as they say whose text it is."""
    lines = _above_contact(blocks)
    for block in blocks[len(lines) : FIRST_LINES]:
        if block.is_bullet or not (is_person(block.text) or _is_about_the_person(block)):
            break
        lines.append(block.text)
    return lines


def _is_about_the_person(block: Block) -> bool:
    return len(block.text) <= LONGEST_CONTACT and ABOUT_THE_PERSON.match(block.text) is not None


def _above_contact(blocks: Sequence[Block]) -> list[str]:
    """Name and profession: short lines at the beginning, down to the first contact line."""
    lines: list[str] = []
    for block in blocks[:FIRST_LINES]:
        if _is_contact(block):
            return lines
        if block.is_bullet or len(block.text) > WRAPPED or block.text.endswith(SENTENCE_ENDS):
            return []
        lines.append(block.text)
    return []
