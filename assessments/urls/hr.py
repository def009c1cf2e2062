"""Reviews of the organisation, for HR."""

from django.urls import path

from assessments.views import hr

urlpatterns = [
    path("organisation/reviews/", hr.organisation, name="organisation"),
    path("organisation/reviews/<int:pk>/assign/", hr.assign, name="organisation_assign"),
    path("organisation/reviews/<int:pk>/close/", hr.close, name="organisation_close"),
    path("organisation/reviews/<int:pk>/reopen/", hr.reopen, name="organisation_reopen"),
    path("organisation/cycles/<int:pk>/close-reviews/", hr.close_all, name="organisation_close_all"),
]
