"""How often the matching is right on texts of which somebody has said where they belong. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

ROWS = (
    "intended or acceptable statement first",
    "in the top three",
    "off-topic texts with no suggestion",
    "on-topic texts with at least one suggestion",
)


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A text with its best statement, None where it is off-topic, and others that are acceptable."""

    id: str
    language: str
    text: str
    best: str | None
    ok: tuple[str, ...] = ()

    @property
    def right(self) -> frozenset[str]:
        return frozenset([*self.ok, *([self.best] if self.best else [])])


@dataclass(frozen=True, kw_only=True)
class Share:
    """So many of so many."""

    hits: int
    of: int

    def __str__(self) -> str:
        return f"{100 * self.hits / self.of:.1f} % ({self.hits} of {self.of})" if self.of else "–"


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A labelled text and the statements that were suggested for it, best first."""

    label: Labelled
    suggested: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        if self.label.best is None:
            return not self.suggested
        return bool(self.suggested) and self.suggested[0] in self.label.right


def judge(items: Iterable[Labelled], suggest: Callable[[Labelled], Sequence[str]]) -> list[Judged]:
    return [Judged(label=item, suggested=tuple(suggest(item))) for item in items]


def shares(judged: Iterable[Judged]) -> tuple[Share, ...]:
    """The four rows of the table, in the order of ROWS."""
    everything = list(judged)
    on_topic = [each for each in everything if each.label.best]
    off_topic = [each for each in everything if not each.label.best]
    return (
        _share([each.is_right for each in on_topic]),
        _share([bool(each.label.right & set(each.suggested[:3])) for each in on_topic]),
        _share([each.is_right for each in off_topic]),
        _share([bool(each.suggested) for each in on_topic]),
    )


def table(judged: Sequence[Judged]) -> str:
    """A row per measure and a column per language, with spaces for reading on a terminal."""
    languages = sorted({each.label.language for each in judged})
    columns = {
        language: [str(share) for share in shares(each for each in judged if each.label.language == language)]
        for language in languages
    }
    lines = ["".join([f"{'':45}", *(f"{language:22}" for language in languages)])]
    for number, row in enumerate(ROWS):
        lines.append("".join([f"{row:45}", *(f"{columns[language][number]:22}" for language in languages)]))
    return "\n".join(line.rstrip() for line in lines)


def _share(hits: Sequence[bool]) -> Share:
    return Share(hits=sum(hits), of=len(hits))
