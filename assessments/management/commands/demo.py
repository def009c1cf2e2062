"""``manage.py demo``: the demo company, in an empty database that is not anybody's production."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assessments.demo.company import PUBLISHED, Company
from people.clock import now
from people.models import User


class Command(BaseCommand):
    help = "Makes the demo company: thirty people of two sites, with assessments in every state."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError("The demo company is for the embedded database, or elsewhere with DEMO=1.")
        if User.objects.exists():
            raise CommandError("There are people in this database already.")
        Company(at=now()).make()
        if options["verbosity"]:
            self.stdout.write(f"The demo company is there; every password is {PUBLISHED}.")
