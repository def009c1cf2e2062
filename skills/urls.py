from django.urls import path, register_converter

from skills import views


class SkillCode:
    regex = "[A-Z0-9]{2,8}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(SkillCode, "skill_code")

app_name = "skills"

urlpatterns = [
    path("", views.skill_list, name="list"),
    path("<skill_code:code>/", views.skill_detail, name="detail"),
]
