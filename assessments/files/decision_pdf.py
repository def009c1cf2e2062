"""The record of a decision on paper."""

from typing import Any, Final

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessments.files.paper import pdf_of
from assessments.files.writer import CREDIT
from assessments.results.contest.decision_record import DecisionRecord, RecordRow

KEPT_TOGETHER: Final = 1200


def decision_pdf(record: DecisionRecord) -> bytes:
    """A tagged PDF in the active language."""
    return pdf_of("decision.typ", _data(record))


def decision_file_name(record: DecisionRecord) -> str:
    """decision-cexp-2026-ana-souza.pdf"""
    header = record.sheet.header
    parts = f"decision {record.sheet.skill.code} {header.cycle} {header.employee}"
    return f"{slugify(parts, allow_unicode=True)[:100]}.pdf"


def _data(record: DecisionRecord) -> dict[str, Any]:
    return {
        "title": _("Decision record"),
        "subtitle": record.title,
        "product": str(settings.PRODUCT_NAME),
        "level": record.level,
        "contested": pgettext("assessment", "contested") if record.is_contested else "",
        "essence": str(record.essence.get_answer_display()),
        "essence_comment": record.essence.comment,
        "facts": [[fact.name, fact.value] for fact in record.facts],
        "answer": record.answer,
        "levels": [
            {"heading": level.heading, "rows": [_row(row) for row in level.rows]} for level in record.levels
        ],
        "policy": record.policy,
        "digest": record.digest,
        "credit": str(CREDIT),
        "words": _words(record),
    }


def _row(row: RecordRow) -> dict[str, Any]:
    return {
        "code": row.code,
        # Only what fits on a page is kept together on one.
        "is_long": sum(map(len, (row.text, *row.notes))) > KEPT_TOGETHER,
        "text": row.text,
        "lang": row.text.language,
        "values": [row.claimed, row.supported, row.validated],
        "basis": row.basis,
        "notes": row.notes,
    }


def _words(record: DecisionRecord) -> dict[str, str]:
    essence = _("Does the essence of level %(level)s describe how the person works?")
    return {
        "level": _("Validated level"),
        "essence": essence % {"level": record.essence.level},
        "answer": _("The employee’s answer"),
        "statement": _("Statement"),
        "claimed": _("Claimed"),
        "supported": _("Supported by evidence"),
        "validated": _("Validated"),
        "basis": _("Based on"),
        "policy": _("How it is counted"),
        "digest": _("Digest of the submission (SHA-256)"),
        "digest_help": _("It stands for every answer, text and piece of evidence exactly as it was sent."),
    }
