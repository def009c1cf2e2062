"""One assessment across its submissions, and across the cycles."""

from django.urls import path

from assessments.views import cycles

urlpatterns = [
    path("assessments/<int:pk>/returned/", cycles.returned, name="returned"),
    path("assessments/<int:pk>/sent/", cycles.sent, name="sent_last"),
    path("assessments/<int:pk>/sent/<int:number>/", cycles.sent, name="sent"),
    path("assessments/<int:pk>/compare/", cycles.compare, name="compare"),
    path("assessments/<int:pk>/ratings/<int:rating_id>/confirm/", cycles.confirm_last, name="confirm_last"),
    path("reviews/<int:submission_id>/changes/", cycles.review_changes, name="review_changes"),
]
