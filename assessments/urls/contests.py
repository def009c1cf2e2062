"""The employee's answer to a decision, and what is contested."""

from django.urls import path

from assessments.views import answer, contest_list, contests

urlpatterns = [
    path("assessments/<int:pk>/answer/", answer.answer, name="answer"),
    path("reviews/contests/", contest_list.contests, name="contests"),
    path("reviews/contests/<int:response_id>/", contests.contest, name="contest"),
    path("reviews/contests/<int:response_id>/assign/", contest_list.contest_assign, name="contest_assign"),
    path("reviews/contests/<int:response_id>/decide/", contests.contest_decide, name="contest_decide"),
    path(
        "reviews/contests/<int:response_id>/statements/<int:statement_id>/",
        contests.contest_rate,
        name="contest_rate",
    ),
]
