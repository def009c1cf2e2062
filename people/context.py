"""What every template knows about the installation."""

from django.conf import settings
from django.http import HttpRequest


def product(request: HttpRequest) -> dict[str, object]:
    return {"product_name": settings.PRODUCT_NAME, "interface_languages": INTERFACE_LANGUAGES}


# Short names for the switch in the header; the long ones are its accessible names.
INTERFACE_LANGUAGES = (("pt-br", "PT", "Português"), ("ru", "RU", "Русский"), ("en", "EN", "English"))
