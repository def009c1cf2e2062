"""Reports of many people, as files."""

from django.urls import path

from assessments.views import exports

urlpatterns = [
    path("reports/", exports.reports, name="reports"),
    path("reports/levels/", exports.reports_levels, name="reports_levels"),
    path("reports/statements/", exports.reports_statements, name="reports_statements"),
]
