"""Addresses of numbered things in templates."""

import pytest
from django.urls import NoReverseMatch, reverse

from people.templatetags.addresses import address


@pytest.mark.parametrize(
    ("name", "numbers"),
    [("assessments:level", (12, 4)), ("assessments:level", (1, 990_000_001)), ("assessments:submit", ("7",))],
)
def test_an_address_is_the_one_of_the_route(name: str, numbers: tuple[int | str, ...]) -> None:
    assert address(name, *numbers) == reverse(name, args=numbers)


def test_only_numbers_are_taken() -> None:
    with pytest.raises(ValueError, match="x"):
        address("assessments:submit", "x")


def test_an_unknown_route_is_an_error() -> None:
    with pytest.raises(NoReverseMatch):
        address("assessments:nowhere", 1)
