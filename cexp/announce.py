"""What `make run` says once the pages are served: the address, and who can sign in to the demo company."""

import http.client
import time

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection

ANSWER_WITHIN = 60.0
# Each with what there is to see of it in the demo company.
ACCOUNTS = (
    ("ana@example.com", "employee, Portuguese: a draft, and a level validated last year"),
    ("irina@example.com", "employee, Russian: the same"),
    ("novo@example.com", "employee, Portuguese: nothing begun"),
    ("diego@example.com", "employee, Portuguese: a review in progress, and comments"),
    ("elisa@example.com", "employee, Portuguese: validated, one rating changed"),
    ("fabio@example.com", "employee, Portuguese: returned, statement by statement"),
    ("maxim@example.com", "employee, Russian: the same"),
    ("gabriela@example.com", "employee, Portuguese: a contest that was decided"),
    ("anna@example.com", "employee, Russian: a contest that waits"),
    ("marta@example.com", "manager, Portuguese: a review in progress, new ones, the team"),
    ("elena@example.com", "manager, Russian: the same, Sergei's reviews while he is away, a contest"),
    ("hr@example.com", "HR: reports, what is overdue, who decides on a contest"),
    ("admin@example.com", "administrator"),
)


def announce(port: int) -> None:
    """Wait for the first answer of the server, then print where it is."""
    deadline = time.monotonic() + ANSWER_WITHIN
    while not answers(port):
        if time.monotonic() > deadline:
            print(f"The server does not answer on port {port}; see its messages above.", flush=True)
            return
        time.sleep(0.1)
    print(text(port, with_demo=has_demo()), flush=True)


def answers(port: int) -> bool:
    server = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        server.request("GET", "/healthz")
        return server.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    except OSError:
        return False
    finally:
        server.close()


def has_demo() -> bool:
    """Whether the published accounts can sign in here."""
    try:
        everyone = get_user_model().objects
        return settings.DEMO_ALLOWED and everyone.filter(email=ACCOUNTS[0][0]).exists()
    finally:
        connection.close()


def text(port: int, *, with_demo: bool) -> str:
    lines = ["", f"The product is ready: http://127.0.0.1:{port}", ""]
    if with_demo:
        lines += ["Demo accounts, password cexp-demo-2026:"]
        lines += [f"  {email:<20} {who}" for email, who in ACCOUNTS]
        lines += [""]
    if not settings.EMAIL_HOST:
        lines += [f"Mails are not sent, they lie in {settings.EMAIL_FILE_PATH}", ""]
    return "\n".join([*lines, "Ctrl-C stops it."])
