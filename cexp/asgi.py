"""The door for ASGI servers."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cexp.settings")


def checked_application() -> object:
    """The application, once it is known that it may serve: models exist only after it is made."""
    made = get_asgi_application()
    from people.production import refuse_demo_accounts

    refuse_demo_accounts()
    return made


application = checked_application()
