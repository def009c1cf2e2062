"""Every address of the product, the same in every language."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.templatetags.static import static
from django.urls import include, path
from django.utils.functional import lazy
from django.views.generic import RedirectView

from assessments.views.home import home
from cexp.health import healthz
from people.views import admin_sign_in, set_language_choice

admin.site.site_header = admin.site.site_title = settings.PRODUCT_NAME

# Asked for when it is wanted: the collected files may not be there before.
ICON = lazy(static, str)("icon.svg")

urlpatterns = [
    path("", home, name="home"),
    path("healthz", healthz, name="healthz"),
    # For pages that name no icon: the admin site's.
    path("favicon.ico", login_not_required(RedirectView.as_view(url=ICON)), name="favicon"),
    path("language/", set_language_choice, name="set_language_choice"),
    # The e-mail is what one signs in with; administrators change it.
    path("accounts/email/", RedirectView.as_view(pattern_name="people:profile")),
    path("accounts/", include("allauth.urls")),
    path("skills/", include("skills.urls")),
    path("", include("people.urls")),
    path("", include("assessments.urls")),
    # The admin's own sign-in knows neither limits nor second factors.
    path("admin/login/", admin_sign_in),
    path("admin/", admin.site.urls),
]
