"""A gap report for machines: one row per statement, the level's and the report's numbers on every row."""

from collections.abc import Sequence
from typing import Final

from assessments.files.cells import CellValue, csv_text
from assessments.results.report.gap_report import GapReport
from assessments.scoring import LevelResult, StatementResult

HEADERS: Final = (
    "assessment_id",
    "employee",
    "cycle",
    "framework",
    "skill",
    "state",
    "scored_on",
    "target_level",
    "role_target_level",
    "claimed_level",
    "supported_level",
    "validated_level",
    "contested",
    "level_of_record",
    "determined",
    "gap",
    "last_validated_level",
    "last_validated_on",
    "level",
    "level_standing",
    "level_outcome",
    "level_claimed_points",
    "level_supported_points",
    "level_validated_points",
    "level_points_of",
    "level_points_needed",
    "statement",
    "claimed",
    "support",
    "supported",
    "validated",
    "of_record",
    "reason",
    "raise_to",
    "evidence_items",
)


def report_csv(report: GapReport) -> bytes:
    return csv_text([HEADERS, *_rows(report)]).encode()


def _rows(report: GapReport) -> list[Sequence[CellValue]]:
    shared = _report_cells(report)
    raises = {step.statement: step.to for step in (*report.result.path, *report.result.next_path)}
    return [
        (
            *shared,
            *_level_cells(level, report),
            *_statement_cells(row, report),
            raises.get(row.id),
            report.evidence_of[row.id],
        )
        for level in report.result.levels
        for row in level.statements
    ]


def _report_cells(report: GapReport) -> tuple[CellValue, ...]:
    header, result, last = report.header, report.result, report.last_validated
    return (
        header.assessment_id,
        header.employee,
        header.cycle,
        report.skill.framework,
        report.skill.code,
        header.state,
        header.on,
        header.target,
        header.role_target,
        result.held.claimed,
        result.held.supported,
        result.held.validated,
        report.is_contested,
        None if report.is_unreviewed else result.of_record,
        None if report.is_unreviewed else result.determined,
        result.gap,
        last.level if last else None,
        last.on if last else None,
    )


def _level_cells(level: LevelResult, report: GapReport) -> tuple[CellValue, ...]:
    return (
        level.level,
        level.standing,
        None if report.is_unreviewed else level.of_record.outcome,
        level.claimed.points if level.is_answered else None,
        level.supported.points if level.is_answered else None,
        level.validated.points if level.validated and level.standing == "points" else None,
        level.of_record.of,
        level.needed,
    )


def _statement_cells(row: StatementResult, report: GapReport) -> tuple[CellValue, ...]:
    supported = None if row.claimed is None else row.supported
    is_said = row.claimed is not None or row.validated is not None
    of_record = row.of_record if is_said and not report.is_unreviewed else None
    return (row.id, row.claimed, row.support, supported, row.validated, of_record, row.reason)
