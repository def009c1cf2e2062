"""Every address of the product, the same in every language."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from assessments.views.home import home
from cexp.health import healthz
from people.views import set_language_choice

# The admin's own sign-in knows neither limits nor second factors.
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("language/", set_language_choice, name="set_language_choice"),
    path("accounts/", include("allauth.urls")),
    path("skills/", include("skills.urls")),
    path("", include("people.urls")),
    path("", include("assessments.urls")),
    path("admin/", admin.site.urls),
]
