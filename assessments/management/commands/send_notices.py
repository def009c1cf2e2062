"""``manage.py send_notices``: sends the mails that are due; with ``--forever`` as they become due."""

from __future__ import annotations

import datetime as dt
import logging
import os
import signal
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError, close_old_connections

from assessments.actions.mail import Outcome, Post
from assessments.models import Notice
from people.clock import now

LOOK_EVERY = 3.0
ENDS = {signal.SIGINT, signal.SIGTERM}
# A mail that is under way takes no longer.
UNDER_WAY = dt.timedelta(minutes=5)

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Sends the mails about assessments that are due, each at most once, however many of these run."
        " Without options once: says what it did, and ends with 1 where a mail may not have been sent."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--forever", action="store_true", help="go on until Ctrl-C or SIGTERM")
        parser.add_argument(
            "--with-parent",
            type=int,
            metavar="PID",
            help="with --forever: end with the process that started it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        require_a_way_out()
        if options["forever"]:
            go_on(options["with_parent"])
            return
        outcome = one_pass()
        self.stdout.write(
            f"Mails sent: {outcome.sent}. To be tried later: {outcome.postponed}. "
            f"Never confirmed, of all times: {Notice.objects.never_confirmed(now() - UNDER_WAY).count()}."
        )
        if not outcome.is_well:
            raise CommandError("Not every mail is known to be sent: see the log above.")


def require_a_way_out() -> None:
    """Mails of people who work with it neither go to a log nor lead to no site."""
    if settings.IS_PRODUCTION and not settings.EMAIL_HOST:
        raise CommandError("There is no mail server: set EMAIL_HOST.")
    if "*" in settings.SITE_ADDRESS:
        raise CommandError("Links in mails need SITE_ADDRESS, as in https://ladder.example.org.")


def one_pass() -> Outcome:
    return Post(connection=get_connection(), at=now(), is_ending=is_told_to_end).send_all()


def is_told_to_end() -> bool:
    """Whether a signal waits to be heard; where none is held back, one ends the program by itself."""
    return bool(signal.sigpending() & ENDS)


def go_on(parent: int | None) -> None:
    """Ends between two mails, so that none is cut off; SIGINT and SIGTERM wait until then."""
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)
    while parent in {None, os.getppid()}:
        try:
            outcome = one_pass()
            if outcome.sent:
                logger.info("Mails sent: %d.", outcome.sent)
        except (OperationalError, InterfaceError) as error:
            logger.warning("The database does not answer: %s", error)
        close_old_connections()
        if signal.sigtimedwait(ENDS, LOOK_EVERY) is not None:
            return
