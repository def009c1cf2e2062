"""What administrators do for people."""

from __future__ import annotations

import datetime as dt

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from people.dates import written_day
from people.models import User


class InactiveError(Exception):
    """A deactivated person is not invited."""


@transaction.atomic
def invite(*, person: User, site: str, by: User, at: dt.datetime) -> str:
    """The one-time address to set a password; also mailed, once committed, where there is a mail server.

    ``site`` is scheme and host, without the last slash. The address stops working once the password is set,
    and after PASSWORD_RESET_TIMEOUT.
    """
    if not person.is_active:
        raise InactiveError
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    address = site + reverse("account_reset_password_from_key", kwargs=key)
    if settings.EMAIL_HOST:
        transaction.on_commit(lambda: mail_invitation(person, address, at))
    return address


def mail_invitation(person: User, address: str, at: dt.datetime) -> None:
    """The invitation in the person's language."""
    until = at + dt.timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    with override(person.language):
        text = render_to_string(
            "people/mail/invitation.txt",
            {
                "product_name": settings.PRODUCT_NAME,
                "address": address,
                "until": written_day(until, "DATE_FORMAT"),
            },
        )
        subject = _("Your account on %(product)s") % {"product": settings.PRODUCT_NAME}
    send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [person.email])
