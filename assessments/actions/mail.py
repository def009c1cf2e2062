"""Sends what is due over one connection; what is claimed and lost on the way is never sent a second time."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.core.mail.backends.base import BaseEmailBackend

from assessments.actions.claims import Claim, confirm, give_back, has_due, next_claim
from assessments.results.letters import letter_about, letter_of_the_day

logger = logging.getLogger(__name__)


@dataclass(kw_only=True, slots=True)
class Outcome:
    """What became of the mails that were due."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0
    is_server_there: bool = True

    @property
    def is_well(self) -> bool:
        return self.is_server_there and not self.failed


@dataclass(kw_only=True, slots=True)
class Post:
    """One pass over what is due at a moment."""

    connection: BaseEmailBackend
    at: dt.datetime
    is_ending: Callable[[], bool] = bool
    outcome: Outcome = field(default_factory=Outcome)

    def send_all(self) -> Outcome:
        """The connection is open before each claim: without a mail server nothing is claimed."""
        try:
            while not self.is_ending() and has_due(self.at):
                self.connection.open()
                claim = next_claim(self.at)
                if claim is None:
                    break
                self.send(claim)
        except OSError as error:
            logger.warning("The mail server does not answer: %s.", said_by(error))
            self.outcome.is_server_there = False
        finally:
            self.connection.close()
        return self.outcome

    def send(self, claim: Claim) -> None:
        """Whatever goes wrong with one mail, the others are sent."""
        try:
            letter = letter_of_the_day(claim.notices) if claim.daily else letter_about(claim.notices[0])
            self.connection.send_messages([letter])
        except Exception as error:
            self.fail(claim, error)
            self.connection.close()
        else:
            confirm(claim, at=self.at)
            self.outcome.sent += 1

    def fail(self, claim: Claim, error: Exception) -> None:
        """What is logged names nobody: only numbers of notices, and what kind of trouble it is."""
        if is_busy(error):
            give_back(claim, at=self.at)
            self.outcome.postponed += 1
            logger.warning("The mail server will take notices %s later: %s.", claim.ids, said_by(error))
        else:
            self.outcome.failed += 1
            logger.error("Notices %s are not known to be sent: %s.", claim.ids, said_by(error))


def is_busy(error: Exception) -> bool:
    """Whether the mail server said "not now": then it has not accepted the mail."""
    return any(400 <= code < 500 for code in codes_of(error))


def codes_of(error: Exception) -> list[int]:
    """The mail server's answer in numbers; empty where it gave none."""
    if isinstance(error, SMTPRecipientsRefused):
        return [code for code, _said in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, SMTPResponseException) else []


def said_by(error: Exception) -> str:
    """The kind of trouble, without the address that a message of it may quote."""
    return " ".join([type(error).__name__, *map(str, codes_of(error))])
