"""Addresses under which assessments, evidence, teams and reports are found."""

from assessments.urls import assess, evidence, exports, report, review, team

app_name = "assessments"

urlpatterns = [
    *assess.urlpatterns,
    *evidence.urlpatterns,
    *report.urlpatterns,
    *team.urlpatterns,
    *review.urlpatterns,
    *exports.urlpatterns,
]
