"""A form's answer is given once: repeated with the same token, it is given again and nothing is done."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

from django.db import transaction

from assessments.models import FormReceipt
from people.models import User


@transaction.atomic
def once(*, token: uuid.UUID | None, by: User, at: dt.datetime, do: Callable[[], str]) -> str:
    """The address that ``do`` gave the first time. Without a token it is simply done.

    Two requests at once meet on the receipt: the second waits for the first and reads its answer.
    """
    if token is None:
        return do()
    receipt, is_first = FormReceipt.objects.get_or_create(
        user=by, token=token, defaults={"location": "", "at": at}
    )
    if is_first:
        receipt.location = do()
        receipt.save(update_fields=["location"])
    return receipt.location
