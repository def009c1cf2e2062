from django.urls import path

from assessments.views import (
    evidence,
    evidence_files,
    evidence_links,
    from_text,
    level_evidence,
    portfolio,
    suggestions,
)

urlpatterns = [
    path("evidence/", portfolio.evidence, name="evidence"),
    path("evidence/new/", evidence.evidence_new, name="evidence_new"),
    path("evidence/from-text/", from_text.from_text, name="from_text"),
    path("evidence/suggest/", suggestions.evidence_suggest, name="evidence_suggest"),
    path(
        "evidence/<int:pk>/suggestions/<int:statement_id>/dismiss/",
        suggestions.evidence_dismiss,
        name="evidence_dismiss",
    ),
    path("evidence/<int:pk>/", evidence.evidence_edit, name="evidence_edit"),
    path("evidence/<int:pk>/duplicate/", evidence.evidence_duplicate, name="evidence_duplicate"),
    path("evidence/<int:pk>/delete/", evidence.evidence_delete, name="evidence_delete"),
    path("evidence/<int:pk>/files/", evidence_files.evidence_files, name="evidence_files"),
    path("evidence/<int:pk>/files/<int:file_id>/", evidence_files.evidence_file, name="evidence_file"),
    path(
        "evidence/<int:pk>/files/<int:file_id>/remove/",
        evidence_files.evidence_file_remove,
        name="evidence_file_remove",
    ),
    path(
        "assessments/<int:pk>/levels/<int:level>/evidence/",
        level_evidence.level_evidence,
        name="level_evidence",
    ),
    path(
        "assessments/<int:pk>/ratings/<int:rating_id>/evidence/",
        evidence_links.evidence_link,
        name="evidence_link",
    ),
    path(
        "assessments/<int:pk>/evidence/<int:link_id>/unlink/",
        evidence_links.evidence_unlink,
        name="evidence_unlink",
    ),
]
