"""What the header shows of the signed-in person."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from assessments.models import Assessment
from people.clock import today
from people.models import User


@dataclass(frozen=True)
class Viewer:
    """The signed-in person's part in the company; the user comes with it from the session."""

    user: User
    # The part of the site that is open: the first word of the address.
    section: str
    # How many reviews wait, where the page has read them all the same.
    known_waiting: int | None = None

    @property
    def job_title(self) -> str:
        return self.user.job_title_today or ""

    @property
    def is_manager(self) -> bool:
        return self.user.leads_a_team

    @property
    def is_reviewer(self) -> bool:
        return self.user.may_review

    @cached_property
    def waiting_reviews(self) -> int:
        """How many submissions wait for this person's review; asks the database for reviewers alone."""
        if self.known_waiting is not None:
            return self.known_waiting
        if not self.is_reviewer:
            return 0
        return Assessment.objects.count_waiting_for(self.user, today())


def viewer(request: HttpRequest) -> dict[str, Viewer | None]:
    return {"viewer": viewer_of(request)}


def viewer_about(request: HttpRequest, employee_id: int) -> dict[str, Viewer | None]:
    """For a page about this person's assessment: somebody else's is read as a reviewer."""
    return {"viewer": viewer_of(request, section="" if employee_id == request.user.pk else "reviews")}


def viewer_of(request: HttpRequest, *, section: str = "", waiting: int | None = None) -> Viewer | None:
    """For a page that has read what waits: it hands on how many, in the context as ``viewer``."""
    user = request.user
    section = section or request.path.split("/", 2)[1]
    return Viewer(user, section, waiting) if isinstance(user, User) else None
