"""What a manager can look at."""

import pytest

from assessments.results.team.choices import name_key, team_choice, team_tree
from assessments.views.heatmap import band_of
from people.models import Team
from skills.models import Framework, Skill
from tests.cast import Cast


@pytest.mark.parametrize(
    "names",
    [
        ["Ágata", "Álvaro", "Ana", "ana"],
        ["Çelik", "Cruz"],
        ["Евгений", "Ёлка", "Жанна"],
        ["Иван", "Ия", "Йод", "Кира"],
        ["Zoé", "Анна"],
    ],
)
def test_a_register_puts_accents_and_case_last(names: list[str]) -> None:
    """By letters first: Álvaro stands among the names in Al, ё with е, й after all in и."""
    backwards = names[::-1]
    assert sorted(backwards, key=name_key) == names


def test_the_tree_is_walked_from_the_teams_that_one_leads(cast: Cast) -> None:
    """Each team is followed by its own, by name, with its depth."""
    centre = Team.objects.get(name="Contact centre")
    Team.objects.create(name="Chat", parent=centre)
    Team.objects.create(name="VIP", parent=Team.objects.get(name="Night shift"))
    tree = team_tree(cast.marta)
    assert [(team.name, team.depth) for team in tree] == [
        ("Contact centre", 0),
        ("Chat", 1),
        ("Night shift", 1),
        ("VIP", 2),
    ]
    assert tree[0].inside == {team.id for team in tree}
    assert len(tree[2].inside) == 2


def test_two_teams_apart_are_both_roots(cast: Cast) -> None:
    """Led by one person, in different places of the tree."""
    Team.objects.filter(name__in=["Night shift", "Shop"]).update(manager=cast.bruno)
    assert [(team.name, team.depth) for team in team_tree(cast.bruno)] == [("Night shift", 0), ("Shop", 0)]


def test_an_older_edition_has_an_address_of_its_own(cast: Cast, cexp: Skill) -> None:
    """The newest edition of a skill has the plain code."""
    newer = Framework.objects.create(code="sfia-10", name="SFIA 10")
    skill = Skill.objects.create(framework=newer, code="CEXP", first_language="pt")
    choice = team_choice(cast.marta)
    assert {name: found.id for name, found in choice.skills.items()} == {
        "CEXP": skill.pk,
        "CEXP@sfia-9": cexp.pk,
    }
    chosen = choice.chosen(team="all", cycle="", skill="CEXP@sfia-9")
    assert chosen.skill == choice.skills["CEXP@sfia-9"]


@pytest.mark.parametrize(
    ("percent", "band"),
    [(0, 0), (1, 1), (39, 1), (40, 2), (59, 2), (60, 3), (84, 3), (85, 4), (99, 4), (100, 5)],
)
def test_bands_begin_where_the_look_says(percent: int, band: int) -> None:
    assert band_of(percent) == band
