"""The team's levels."""

from django.urls import path

from assessments.views import team

urlpatterns = [
    path("team/", team.team, name="team"),
]
