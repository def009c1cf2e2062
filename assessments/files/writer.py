"""What writers of one report have in common."""

from collections.abc import Callable

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from assessments.results.report.gap_report import GapReport

# The line that stands wherever the framework's text does.
CREDIT = _(
    "Contains information from the Skills Framework for the Information Age with the permission of the SFIA "
    "Foundation."
)

Writer = Callable[[GapReport], bytes]


def file_name(report: GapReport, suffix: str) -> str:
    """cexp-2026-ana-souza.pdf"""
    parts = f"{report.skill.code} {report.header.cycle} {report.header.employee}"
    return f"{slugify(parts, allow_unicode=True)[:100]}.{suffix}"
