"""The gap report: the page, and the same as a file."""

from django.urls import path

from assessments.views import report

urlpatterns = [
    path("assessments/<int:pk>/report/", report.report, name="report"),
    path("assessments/<int:pk>/decision.pdf", report.decision_file, name="decision_record"),
    *(
        path(
            f"assessments/<int:pk>/report.{suffix}",
            report.report_file,
            {"suffix": suffix},
            name="report_file",
        )
        for suffix in report.WRITERS
    ),
]
