"""What must not be true where real people's data are."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from people.models import User

# Reserved for examples, so nobody's real address ends in it; every demo account does.
DEMO_DOMAIN = "@example.com"


def refuse_demo_accounts() -> None:
    """Stops a production start while an account with the published demo password can sign in."""
    if settings.IS_PRODUCTION and User.objects.active().with_address_in(DEMO_DOMAIN).exists():
        raise ImproperlyConfigured(
            "CEXP_ENV=production, but the database holds demo accounts (…@example.com), whose password is "
            "public. "
            "Use a database without the demo company, or deactivate those accounts."
        )
