"""The seven rungs of the ladder with what was claimed, supported and validated on each."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.results.sheet import Sheet
from assessments.results.words import STANDINGS
from assessments.scoring import LevelResult, Profile
from skills.catalogue import LevelText, Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Rung:
    """One level in whole per cents, None where nothing was asked, which ``note`` then says."""

    number: int
    phrase: Words
    defined: bool
    claimed: int | None
    supported: int | None
    validated: int | None
    note: str
    href: str


def rungs(sheet: Sheet) -> tuple[Rung, ...]:
    by_number = {level.level: level for level in sheet.result.levels}
    return tuple(_rung(text, by_number.get(text.number)) for text in sheet.skill.levels)


def _rung(text: LevelText, level: LevelResult | None) -> Rung:
    is_asked = level is not None and level.standing in {"points", "not_assessable"}
    return Rung(
        number=text.number,
        phrase=text.phrase,
        defined=text.defined,
        claimed=_percent(level.claimed) if level and level.is_answered else None,
        supported=_percent(level.supported) if level and level.is_answered else None,
        validated=_percent(level.validated) if level and is_asked else None,
        note=str(STANDINGS[level.standing]) if level else _("not defined"),
        href=f"#level-{text.number}" if is_asked else "",
    )


def _percent(profile: Profile | None) -> int | None:
    return profile.percent if profile else None
