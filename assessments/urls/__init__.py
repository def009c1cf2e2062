"""Addresses under which assessments, evidence, teams and reports are found."""

from assessments.urls import (
    assess,
    contests,
    cycles,
    evidence,
    exports,
    history,
    hr,
    mail,
    report,
    review,
    team,
)

app_name = "assessments"

urlpatterns = [
    *assess.urlpatterns,
    *cycles.urlpatterns,
    *evidence.urlpatterns,
    *history.urlpatterns,
    *report.urlpatterns,
    *team.urlpatterns,
    *contests.urlpatterns,
    *review.urlpatterns,
    *exports.urlpatterns,
    *hr.urlpatterns,
    *mail.urlpatterns,
]
