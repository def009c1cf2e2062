"""The shipped skill outlives the tests that empty the tables."""

import pytest

from skills.models import Framework, Skill, Statement
from tests import shipped


@pytest.mark.django_db(transaction=True)
def test_what_was_emptied_is_filled_again() -> None:
    """The rows come back as they were, with their numbers, and the framework counts no change."""
    before = list(Framework.objects.values()), list(Statement.objects.order_by("pk").values())
    with shipped.connection.cursor() as cursor:
        cursor.execute("TRUNCATE skills_framework CASCADE")
    assert not Skill.objects.exists()
    shipped._copy_back()
    assert (list(Framework.objects.values()), list(Statement.objects.order_by("pk").values())) == before
    assert len(before[1]) == 26
