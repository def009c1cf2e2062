"""What every template knows about the installation."""

from django.conf import settings
from django.http import HttpRequest


def product(request: HttpRequest) -> dict[str, object]:
    return {"product_name": settings.PRODUCT_NAME}
