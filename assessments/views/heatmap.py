"""The rows of the team's table, joined here: a template loop over the cells costs more than all the rest."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from assessments.models import State
from assessments.results.team.levels import Cell, Earlier, Group, Person, TeamLevels
from assessments.results.words import STANDINGS, level_text
from people.dates import written_day

ROW = (
    '<tr><th scope="row">{}{}</th>{}<td class="number">{}</td><td class="number"><b>{}</b>{}</td>'
    '<td>{}</td><td class="status">{}</td></tr>'
)
HEAD = '<tr class="table-group"><th scope="rowgroup" colspan="{}"><bdi>{}</bdi></th></tr>'
LINK = '<a href="{}"><bdi>{}</bdi></a>'
CELL = '<td class="level"><span class="cell heat-{}">{}</span></td>'
NO_CELLS = '<td class="nothing" colspan="{}">{}</td>'
SMALL = "<small>{}</small>"
PILL = '<span class="pill{}">{}</span>'
REACHED = '<span class="pill pill-ok"><span aria-hidden="true">✓ </span>{}</span>'
UNKNOWN = '<span aria-hidden="true">–</span><span class="visually-hidden">{}</span>'


def team_rows(levels: TeamLevels) -> SafeString:
    """A body per team, headed by its name where there are several. All that people typed is escaped."""
    rows = _Rows(levels)
    has_heads = len(levels.groups) > 1
    return joined(rows.body(group, has_head=has_heads) for group in levels.groups)


def joined(parts: Iterable[SafeString]) -> SafeString:
    """Safe, because each part is."""
    return SafeString("".join(parts))


class _Rows:
    """Writes rows in the language of the moment; what repeats is written once."""

    def __init__(self, levels: TeamLevels) -> None:
        self.lowest, self.width = levels.skill.lowest, len(levels.skill.defined_levels)
        self.address = reverse("assessments:review", args=[0])
        self.cells: dict[tuple[Cell, bool], SafeString] = {}
        self.gaps: dict[int | None, SafeString] = {}
        self.states = {state.value: str(state.label) for state in State}
        self.states[""] = pgettext("assessment", "not begun")
        self.provisional = format_html(SMALL, _("provisional"))
        self.contested = format_html(SMALL, pgettext("assessment", "contested"))
        self.unknown = format_html(UNKNOWN, _("not known yet"))

    def body(self, group: Group, *, has_head: bool) -> SafeString:
        head = format_html(HEAD, self.width + 5, group.team.name) if has_head else ""
        return format_html("<tbody>{}{}</tbody>", head, joined(map(self.row, group.people)))

    def row(self, person: Person) -> SafeString:
        return format_html(
            ROW,
            self.name(person),
            format_html(SMALL, person.job_title) if person.job_title else "",
            self.cells_of(person),
            "–" if person.target is None else person.target,
            self.level(person) if person.is_shown else self.unknown,
            self.mark(person) + self.earlier(person.earlier),
            self.gap(person.gap if person.is_determined else None),
            self.states[person.state],
        )

    def mark(self, person: Person) -> SafeString:
        """What is to be said beside the level."""
        if person.is_contested:
            return self.contested
        return self.provisional if person.is_provisional else SafeString("")

    def earlier(self, earlier: Earlier | None) -> SafeString:
        """The last validated level, of an earlier cycle and so marked."""
        if earlier is None:
            return SafeString("")
        level = level_text(earlier.level, settled=True, lowest=self.lowest)
        said = _("validated in %(cycle)s: %(level)s, %(date)s") % {
            "cycle": earlier.cycle,
            "level": level,
            "date": written_day(earlier.on),
        }
        return format_html(SMALL, said) + (self.contested if earlier.is_contested else SafeString(""))

    def name(self, person: Person) -> SafeString:
        if person.submission_id is None:
            return format_html("<bdi>{}</bdi>", person.name)
        return format_html(LINK, self.address.replace("/0/", f"/{person.submission_id}/"), person.name)

    def cells_of(self, person: Person) -> SafeString:
        """A cell per level; a sentence in their place where nothing was sent that may be read."""
        if person.is_shown:
            return joined(self.cell(cell, is_provisional=person.is_provisional) for cell in person.cells)
        said = {
            "": _("assessment not begun"),
            State.DRAFT: _("not sent yet"),
            State.WITHDRAWN: _("taken back"),
            State.NOT_REVIEWED: self.states[State.NOT_REVIEWED],
            State.REOPENED: self.states[State.REOPENED],
        }
        # Sent, and not this manager's to read: each leads a team of the other.
        text = said.get(person.state, _("not yours to review"))
        return format_html(NO_CELLS, self.width, text)

    def cell(self, cell: Cell, *, is_provisional: bool) -> SafeString:
        key = cell, is_provisional
        if key not in self.cells:
            self.cells[key] = _cell(cell, is_provisional=is_provisional)
        return self.cells[key]

    def level(self, person: Person) -> str:
        shown = person.level if person.is_determined else person.at_least
        return level_text(shown, settled=person.is_determined, lowest=self.lowest)

    def gap(self, gap: int | None) -> SafeString:
        if gap not in self.gaps:
            self.gaps[gap] = _gap(gap)
        return self.gaps[gap]


def _cell(cell: Cell, *, is_provisional: bool) -> SafeString:
    if cell.percent is None:
        return format_html(CELL, "implied" if cell.standing == "implied" else "na", STANDINGS[cell.standing])
    band = f"{band_of(cell.percent)} heat-provisional" if is_provisional else str(band_of(cell.percent))
    return format_html(CELL, band, cell.percent)


def band_of(percent: int) -> int:
    """0 %, 1–39, 40–59, 60–84, 85–99, 100: the number stands in the cell, the band only colours it."""
    return sum(percent >= edge for edge in (1, 40, 60, 85, 100))


def _gap(gap: int | None) -> SafeString:
    if gap is None:
        return format_html(PILL, "", _("not known yet"))
    if gap == 0:
        return format_html(REACHED, _("target reached"))
    text = ngettext("%(gap)d level to the target", "%(gap)d levels to the target", gap)
    return format_html(PILL, " pill-gap", text % {"gap": gap})
