"""What happened to an assessment, and what was written about its statements."""

from django.urls import path

from assessments.views import history

urlpatterns = [
    path("assessments/<int:pk>/history/", history.history, name="history"),
    path("assessments/<int:pk>/statements/<int:statement_id>/comments/", history.thread, name="thread"),
]
