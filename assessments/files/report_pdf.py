"""A gap report on paper."""

from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from assessments.files.paper import pdf_of
from assessments.files.writer import CREDIT
from assessments.results.report.gap_report import GapReport
from assessments.results.report.ladder import Rung
from assessments.results.report.radar import Axis, Radar
from assessments.results.report.route import Route, Step
from assessments.results.report.tables import LevelTable, Mark, Row

KEPT_TOGETHER: Final = 1200


def report_pdf(report: GapReport) -> bytes:
    """A tagged PDF in the active language."""
    return pdf_of("report.typ", _data(report))


def _data(report: GapReport) -> dict[str, Any]:
    return {
        "title": report.heading,
        "subtitle": report.title,
        "product": str(settings.PRODUCT_NAME),
        "state": report.state,
        "verdict": report.verdict,
        "figures": [
            {"name": figure.name, "text": figure.text, "is_number": figure.is_number, "notes": figure.notes}
            for figure in report.figures
        ],
        "rungs": [_rung(rung, report) for rung in report.rungs],
        "routes": [_route(route) for route in report.routes],
        "no_route": report.no_route,
        "radar": _radar(report.radar),
        "levels": [_level(table) for table in report.levels],
        "notes": report.notes,
        "policy": report.policy,
        "credit": str(CREDIT),
        "words": _words(),
    }


def _words() -> dict[str, str]:
    return {
        "target": _("Target level"),
        "claimed": _("Claimed"),
        "supported": _("Supported by evidence"),
        "validated": _("Validated"),
        "activities": _("By activity"),
        "activity": _("Activity"),
        "statement": _("Statement"),
        "evidence": _("Evidence"),
        "gap": _("Gap"),
        "policy": _("How it is counted"),
        "notes": _("Notes"),
    }


def _rung(rung: Rung, report: GapReport) -> dict[str, Any]:
    return {
        "number": rung.number,
        "phrase": rung.phrase,
        "defined": rung.defined,
        "bars": [rung.claimed, rung.supported, rung.validated],
        "note": rung.note,
        "is_target": rung.number == report.header.target,
        "held": report.record_name if rung.number == report.held else "",
    }


def _route(route: Route) -> dict[str, Any]:
    return {
        "heading": route.heading,
        "groups": [
            {"heading": group.heading, "steps": [_step(step) for step in group.steps]}
            for group in route.groups
        ],
    }


def _step(step: Step) -> dict[str, Any]:
    statement = step.answer.statement
    return {
        "code": statement.short_code,
        "label": statement.label,
        "change": step.change,
        "reason": step.reason_words,
        "advice": step.advice,
        "comment": step.answer.given.review_comment,
    }


def _radar(radar: Radar) -> dict[str, Any]:
    polygons = {"claimed": radar.claimed, "supported": radar.supported, "validated": radar.validated}
    return {
        "label": radar.label,
        "rings": [_points(ring) for ring in radar.rings],
        "spokes": [[float(spoke.x), float(spoke.y)] for spoke in radar.spokes],
        "shapes": {name: _points(shape) for name, shape in polygons.items()},
        "axes": [_axis(axis) for axis in radar.axes],
    }


def _points(polygon: str) -> list[list[float]]:
    return [[float(part) for part in pair.split(",")] for pair in polygon.split()]


def _axis(axis: Axis) -> dict[str, Any]:
    return {
        "label": axis.label,
        "codes": axis.codes_text,
        "shares": [axis.claimed_text, axis.supported_text, axis.validated_text],
        "at": [float(axis.x), float(axis.y)],
        "anchor": axis.anchor,
    }


def _level(table: LevelTable) -> dict[str, Any]:
    return {"heading": table.heading, "outcome": table.outcome, "rows": [_row(row) for row in table.rows]}


def _row(row: Row) -> dict[str, Any]:
    statement = row.answer.statement
    evidence = [f"{chip.linked.evidence.title} ({chip.words})" for chip in row.chips]
    comments = [text for text in (row.answer.given.reason, row.answer.given.review_comment) if text]
    return {
        "code": statement.short_code,
        # Only what fits on a page is kept together on one.
        "is_long": sum(map(len, (statement.text, *evidence, *comments))) > KEPT_TOGETHER,
        "text": statement.text,
        "lang": statement.language,
        "marks": [_mark(mark) for mark in (row.claimed, row.supported, row.validated)],
        "evidence": evidence,
        "comments": comments,
        "pill": {"kind": row.pill.kind, "text": row.pill.text},
    }


def _mark(mark: Mark) -> dict[str, Any]:
    return {"value": mark.value if isinstance(mark.value, int) else None, "words": mark.words}
