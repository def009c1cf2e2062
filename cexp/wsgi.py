"""The door for WSGI servers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cexp.settings")


def checked_application() -> object:
    """The application, once it is known that it may serve: models exist only after it is made."""
    made = get_wsgi_application()
    from people.production import refuse_demo_accounts

    refuse_demo_accounts()
    return made


application = checked_application()
