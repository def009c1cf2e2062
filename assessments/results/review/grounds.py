"""When a reviewer's rating has to say why it is not the supported one."""

from __future__ import annotations

from assessments.scoring import NA, Rating


def differs(rating: Rating | None, start: Rating | None) -> bool:
    """Whether a rating says something else than what it started from; nothing said counts 0."""
    return counted(rating) != counted(start)


def needs_grounds(rating: Rating | None, start: Rating | None, carried: int) -> bool:
    """Whether it needs a comment and a basis: it differs, and does not only go up to what evidence carries.

    ``carried`` is the support, 0–3. An employee's "not applicable" is overruled with grounds only.
    """
    if not differs(rating, start):
        return False
    begun, given = counted(start), counted(rating)
    if begun == NA or given == NA:
        return True
    return not int(begun) < int(given) <= carried


def counted(rating: Rating | None) -> Rating:
    return 0 if rating is None else rating
