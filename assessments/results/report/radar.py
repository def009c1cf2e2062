"""Claimed, supported and validated by activity: the shares, and the picture drawn from them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final, Literal

from django.utils.translation import gettext as _

from assessments.results.sheet import Answer, Sheet
from assessments.scoring import LevelResult, Rating
from skills.catalogue import StatementText, Words

CENTRE: Final = (240, 155)
RADIUS: Final = 100
LABELS_AT: Final = 116
FULL: Final = 3

Profile = Literal["claimed", "supported", "validated"]
PROFILES: Final[tuple[Profile, ...]] = ("claimed", "supported", "validated")


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """Points of those that can be had."""

    points: int
    of: int

    @property
    def percent(self) -> int:
        return self.points * 100 // self.of


@dataclass(frozen=True, kw_only=True, slots=True)
class Axis:
    """One activity; a share is None where no statement up to the target was asked. The label is at x, y."""

    label: Words
    text: Words
    statements: tuple[StatementText, ...]
    claimed: Share | None
    supported: Share | None
    validated: Share | None
    x: str
    y: str
    anchor: str

    @property
    def codes_text(self) -> str:
        return ", ".join(statement.short_code for statement in self.statements)

    @property
    def claimed_text(self) -> str:
        return share_text(self.claimed)

    @property
    def supported_text(self) -> str:
        return share_text(self.supported)

    @property
    def validated_text(self) -> str:
        return share_text(self.validated)


def share_text(share: Share | None) -> str:
    """Per cent, or a dash where nothing was asked."""
    return _("%(percent)d%%") % {"percent": share.percent} if share else "–"


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoke:
    x: str
    y: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Radar:
    """Axes with their numbers; rings and shapes as points of polygons, "" where there is nothing to draw."""

    label: str
    axes: tuple[Axis, ...]
    rings: tuple[str, ...]
    spokes: tuple[Spoke, ...]
    claimed: str
    supported: str
    validated: str


def radar(sheet: Sheet) -> Radar:
    """Statements up to the target; levels below the one held that were not asked count as full."""
    count = len(sheet.skill.activities)
    shares = {profile: _shares(sheet, profile) for profile in PROFILES}
    return Radar(
        label=_("Radar of the activities; its numbers stand in the table below."),
        axes=tuple(
            Axis(
                label=activity.label or activity.text,
                text=activity.text,
                statements=tuple(answer.statement for answer in _answers(sheet, activity.position)),
                claimed=shares["claimed"][index],
                supported=shares["supported"][index],
                validated=shares["validated"][index],
                **_label_place(index, count),
            )
            for index, activity in enumerate(sheet.skill.activities)
        ),
        rings=tuple(_polygon([part / 4] * count) for part in range(1, 5)),
        spokes=tuple(_spoke(index, count) for index in range(count)),
        **{profile: _shape(shares[profile]) for profile in PROFILES},
    )


def _spoke(index: int, count: int) -> Spoke:
    x, y = _point(index, count, 1.0)
    return Spoke(x=x, y=y)


def _answers(sheet: Sheet, activity: int) -> list[Answer]:
    return [
        answer
        for answer in sheet.answers
        if activity in answer.statement.activities and answer.statement.level <= sheet.header.target
    ]


def _shares(sheet: Sheet, profile: Profile) -> list[Share | None]:
    ratings = _ratings(sheet, profile)
    return [
        _share(ratings[answer.statement.code] for answer in _answers(sheet, activity.position))
        for activity in sheet.skill.activities
    ]


def _share(ratings: Iterable[Rating | None]) -> Share | None:
    """Of the ratings that are numbers; None where there is none."""
    numbers = [rating for rating in ratings if isinstance(rating, int)]
    return Share(points=sum(numbers), of=FULL * len(numbers)) if numbers else None


def _ratings(sheet: Sheet, profile: Profile) -> dict[str, Rating | None]:
    """What each statement counts in a profile: None where its level was not asked and is not implied."""
    rating = RATING_OF[profile]
    held = getattr(sheet.result.held, profile) or 0
    counted: dict[str, Rating | None] = {}
    for level in sheet.result.levels:
        is_asked = _is_asked(level, profile)
        unasked = FULL if level.level < held else None
        counted.update({row.id: rating(row) if is_asked else unasked for row in level.statements})
    return counted


RATING_OF: Final[dict[Profile, Callable[..., Rating]]] = {
    "claimed": lambda row: row.claimed or 0,
    "supported": lambda row: row.supported,
    "validated": lambda row: row.validated or 0,
}


def _is_asked(level: LevelResult, profile: Profile) -> bool:
    if profile == "validated":
        return any(row.validated is not None for row in level.statements)
    return level.is_answered


def _shape(shares: list[Share | None]) -> str:
    """Through the centre where an axis is empty; nothing at all where every axis is."""
    if not any(shares):
        return ""
    return _polygon([share.points / share.of if share else 0.0 for share in shares])


def _polygon(values: list[float]) -> str:
    points = (_point(index, len(values), value) for index, value in enumerate(values))
    return " ".join(f"{x},{y}" for x, y in points)


def _point(index: int, count: int, value: float, radius: int = RADIUS) -> tuple[str, str]:
    """Clockwise from the top; text with a dot, so that no language changes it."""
    angle = 2 * pi * index / count
    x, y = CENTRE
    return f"{x + radius * value * sin(angle):.1f}", f"{y - radius * value * cos(angle):.1f}"


def _label_place(index: int, count: int) -> dict[str, str]:
    x, y = _point(index, count, 1.0, LABELS_AT)
    side = sin(2 * pi * index / count)
    anchor = "middle" if abs(side) < 0.1 else ("start" if side > 0 else "end")
    return {"x": x, "y": f"{float(y) + 4:.1f}", "anchor": anchor}
