"""The review queue, and one submission under review."""

from django.urls import path

from assessments.views import (
    delegation,
    review,
    review_acts,
    review_beside,
    review_kept,
    review_take_back,
)

urlpatterns = [
    path("reviews/", review.reviews, name="reviews"),
    path("reviews/delegation/", delegation.delegation, name="delegation"),
    path("reviews/delegation/<int:pk>/end/", delegation.delegation_end, name="delegation_end"),
    path("reviews/<int:submission_id>/", review.review, name="review"),
    path(
        "reviews/<int:submission_id>/statements/<int:statement_id>/",
        review_acts.review_rate,
        name="review_rate",
    ),
    path("reviews/<int:submission_id>/accept/", review_acts.review_accept, name="review_accept"),
    path(
        "reviews/<int:submission_id>/links/<int:link_id>/", review_acts.review_verdict, name="review_verdict"
    ),
    path(
        "reviews/<int:submission_id>/evidence/<int:evidence_id>/confirm/",
        review_acts.review_confirm,
        name="review_confirm",
    ),
    path(
        "reviews/<int:submission_id>/evidence/<int:evidence_id>/link/",
        review_acts.review_open,
        name="review_open",
    ),
    path("reviews/<int:submission_id>/validate/", review.review_validate, name="review_validate"),
    path("reviews/<int:submission_id>/return/", review.review_return, name="review_return"),
    path("reviews/<int:submission_id>/essence/", review_beside.review_essence, name="review_essence"),
    path("reviews/<int:submission_id>/notes/", review_beside.review_notes, name="review_notes"),
    path("reviews/<int:submission_id>/statements/<int:statement_id>/kept/", review_kept.kept, name="kept"),
    path(
        "reviews/<int:submission_id>/statements/<int:statement_id>/kept/<int:comment_id>/use/",
        review_kept.kept_use,
        name="kept_use",
    ),
    path(
        "reviews/<int:submission_id>/statements/<int:statement_id>/kept/<int:comment_id>/remove/",
        review_kept.kept_remove,
        name="kept_remove",
    ),
    path(
        "reviews/<int:submission_id>/take-back/", review_take_back.review_take_back, name="review_take_back"
    ),
]
