"""Settings of every installation, read from the environment.

Two ways to run: by default on the embedded PostgreSQL of this folder, for trying and developing; with
``CEXP_ENV=production`` for people's real data, which then must be given its secret, hosts and database.
"""

import os
from pathlib import Path

import django_stubs_ext
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from cexp import database, env

# Makes ModelForm[User] and the like plain classes at run time.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent

ENVIRONMENT = env.text("CEXP_ENV", "development")
if ENVIRONMENT not in {"development", "production"}:
    raise ImproperlyConfigured(f"CEXP_ENV must be development or production, not {ENVIRONMENT!r}.")
IS_PRODUCTION = ENVIRONMENT == "production"

DEBUG = not IS_PRODUCTION and env.flag("DEBUG")
if IS_PRODUCTION:
    SECRET_KEY = env.required("SECRET_KEY", "production signs sessions and links with it.")
    env.required("DATABASE_URL", "production keeps people's data in a PostgreSQL of its own.")
    env.required("ALLOWED_HOSTS", "production answers only under its own names.")
    if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
        raise ImproperlyConfigured("SECRET_KEY is too weak: at least 50 characters, drawn at random.")
else:
    SECRET_KEY = env.text("SECRET_KEY", "development-only-" + "x" * 50)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or ["localhost", "127.0.0.1", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

# Demo accounts have a published password, so they exist only where nothing real does.
DEMO_ALLOWED = not IS_PRODUCTION and (env.flag("DEMO") or not env.text("DATABASE_URL"))

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    # Its runserver gives way to whitenoise, so that files are served as in production.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "pgtrigger",
    "template_partials",
    # Last, so that what others put into the admin site can be taken out of it.
    "skills",
    "people",
    "assessments",
]

MIDDLEWARE = [
    # First, so that the redirect to https carries the policy too.
    "cexp.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cexp.compression.PageCompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "people.middleware.PersonalMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "people.middleware.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "assessments.views.taken_back.TakenBackMiddleware",
]

ROOT_URLCONF = "cexp.urls"
WSGI_APPLICATION = "cexp.wsgi.application"
ASGI_APPLICATION = "cexp.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "people.context.product",
                "assessments.context.viewer",
            ],
            "builtins": ["template_partials.templatetags.partials", "people.templatetags.dates"],
        },
    }
]

# --- Database -----------------------------------------------------------------------------------------

DATABASES = database.databases(os.environ)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Sign-in limits are counted here: one count for all processes in production.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache"
        if IS_PRODUCTION
        else "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "cache",
    }
}

# --- Accounts -----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["people.backend.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# Administrators make the accounts, so an address is known to be its person's.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_PREVENT_ENUMERATION = True
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24 * 7
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# The addresses come from administrators, so nobody is asked to prove theirs first.
MFA_ALLOW_UNVERIFIED_EMAIL = True

# --- Languages and time -------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("pt-br", "Português"), ("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "cexp.formats"
USE_I18N = True
USE_TZ = True
# The organisation's zone: "today" for a draft's scoring, and the zone of people who chose none.
TIME_ZONE = env.text("TIME_ZONE", "America/Sao_Paulo")
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True

# The interface's own name, translated unless the organisation gives it one.
PRODUCT_NAME = env.text("PRODUCT_NAME") or _("Skill ladder")

# --- Files and mail -----------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / ".data" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Files of evidence: never among the static files, and read through a view alone. A bucket is configuration,
# for example FILES_BACKEND=storages.backends.s3.S3Storage and FILES_OPTIONS='{"bucket_name": "…"}'.
FILES_BACKEND = env.text("FILES_BACKEND")
FILES_IN_FOLDER = {
    "location": BASE_DIR / ".data" / "files",
    "file_permissions_mode": 0o600,
    "directory_permissions_mode": 0o700,
}
STORAGES = {
    "default": {
        "BACKEND": FILES_BACKEND or "django.core.files.storage.FileSystemStorage",
        "OPTIONS": env.options("FILES_OPTIONS") if FILES_BACKEND else FILES_IN_FOLDER,
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# A file waits on the disk, not in memory, and no more of it than can be taken.
FILE_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_HANDLERS = [
    "assessments.uploads.limits.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = int(env.text("EMAIL_PORT", "587"))
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "noreply@localhost")
# Without a mail server, invitation links are shown to the administrator instead; other mails lie in a folder,
# to be looked at while trying and developing.
EMAIL_FILE_PATH = BASE_DIR / ".data" / "mail"
if EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
elif IS_PRODUCTION:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
# What links in mails begin with: scheme and host. Mails are written where no request tells it.
SITE_ADDRESS = env.text(
    "SITE_ADDRESS",
    f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
    if IS_PRODUCTION
    else f"http://127.0.0.1:{env.text('PORT', '8000')}",
).rstrip("/")

# --- Safety -------------------------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "people.views.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_PRODUCTION
SECURE_SSL_REDIRECT = IS_PRODUCTION
# A load balancer asks without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_PRODUCTION
SECURE_HSTS_PRELOAD = IS_PRODUCTION
if env.flag("TLS_TERMINATED_BY_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
