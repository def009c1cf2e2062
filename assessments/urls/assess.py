from django.urls import path

from assessments.views import assess, sending, starting

urlpatterns = [
    path("assessments/", starting.assessment_list, name="list"),
    path("assessments/start/<str:code>/", starting.start, name="start"),
    path("assessments/<int:pk>/", assess.detail, name="detail"),
    path("assessments/<int:pk>/levels/<int:level>/", assess.level, name="level"),
    path("assessments/<int:pk>/ratings/<int:rating_id>/", assess.rate, name="rate"),
    path("assessments/<int:pk>/target/", assess.change_target, name="target"),
    path("assessments/<int:pk>/abandon/", sending.abandon, name="abandon"),
    path("assessments/<int:pk>/submit/", sending.submit, name="submit"),
    path("assessments/<int:pk>/withdraw/", sending.withdraw, name="withdraw"),
]
