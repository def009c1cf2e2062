"""How a text becomes words."""

from __future__ import annotations

import pytest

from assessments.matching_words import MOST_WORDS, features, fold, normal, words


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ёлка", "елка"), ("AÇÃO", "acao"), ("Й", "й"), ("e\u0301", "é"), ("Straße", "STRASSE")],
)
def test_folding_makes_spellings_equal(one: str, other: str) -> None:
    """Case, accents and ё do not tell words apart."""
    assert fold(one) == fold(other)


def test_short_i_is_a_letter() -> None:
    """й is no и with an accent."""
    assert fold("мой") != fold("мои")


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("pt", "melhorias", "melhoria"),
        ("pt", "clientes", "cliente"),
        ("ru", "картами", "карты"),
        ("ru", "всё", "все"),
    ],
)
def test_forms_of_a_word_are_one(language: str, one: str, other: str) -> None:
    """Endings are cut."""
    assert normal(language, one) == normal(language, other)


def test_words_that_say_nothing_are_left_out() -> None:
    """Articles and single letters are no words; the others stay as written."""
    assert [word.written for word in words("pt", "O Mapa da x Jornada, 2024")] == ["Mapa", "Jornada"]


def test_a_feature_knows_its_words() -> None:
    """Single words, their beginnings, and pairs, each with the places that it comes from."""
    found = dict(features(tuple(words("pt", "mapa visual"))))
    assert set(found.values()) == {(0,), (1,), (0, 1)}
    assert "visua…" in found


def test_a_very_long_text_is_read_up_to_a_limit() -> None:
    """A pasted book costs no more than its beginning."""
    assert sum(1 for _ in words("pt", "mapa " * (MOST_WORDS + 50))) == MOST_WORDS
