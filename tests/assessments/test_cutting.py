"""A pasted text is cut: nothing of it is lost, whatever it is, and nothing hostile takes long."""

from __future__ import annotations

import re
import time
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.cutting import LONGEST_FIELD, MOST_ITEMS, Cut, merged, split
from assessments.cutting_words import BULLET, HASHES, LABEL
from tests.assessments.cutting_cases import CV, PROFILE, RESUME, REVIEW, TODAY, YEAR_PT, YEAR_RU, made

PIECES = st.sampled_from(
    [
        *CV.splitlines(),
        *REVIEW.splitlines(),
        "",
        "• ",
        "12. ",
        "a) ",
        "# Projetos",
        "Resultado:",
        "Ação: fiz",
        "2022-2023",
        "jan – mar 2024",
        "UMA LINHA",
        *PROFILE.splitlines(),
        *RESUME.splitlines(),
        *YEAR_PT.splitlines(),
        *YEAR_RU.splitlines(),
        "palavra " * 60,
        "Frase curta. " * 40,
        "т. е. ",
        "x" * 6000,
        "\ufeff\u200b",
        "😀",
        "\x0b",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=400),
    st.lists(st.one_of(PIECES, st.text(max_size=60)), max_size=40).map("\n".join),
    st.lists(PIECES, max_size=40).map(" ".join),
)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w", text))


def without_marks(text: str) -> str:
    """The text without the list marks and labels that items are not to have."""
    lines = [
        re.sub(HASHES, "", re.sub(BULLET, "", line.strip(), count=1), count=1) for line in text.splitlines()
    ]
    return LABEL.sub(" ", "\n".join(lines))


def all_of(found: Cut) -> str:
    parts = [text for item in found.items for text in (item.title, item.situation, item.action, item.result)]
    return "\n".join([*parts, found.aside])


@given(TEXTS)
def test_no_letter_is_lost(text: str) -> None:
    """Whatever stood in the text stands in an item or is left aside."""
    assert words(without_marks(text)) - words(all_of(made(text))) == Counter()


@given(st.lists(st.from_regex(r"[A-Za-zа-яё]{1,12}[.,;:!]?", fullmatch=True), max_size=300), st.data())
def test_no_word_is_lost(words: list[str], data: st.DataObject) -> None:
    """Words are kept whole, whatever stands between them."""
    spaces = data.draw(
        st.lists(st.sampled_from([" ", "\n", "\n\n", "\n• "]), min_size=len(words), max_size=len(words))
    )
    text = "".join(f"{space}{word}" for space, word in zip(spaces, words, strict=True))
    kept = set(re.findall(r"\w+", all_of(made(text))))
    assert set(re.findall(r"\w+", without_marks(text))) - kept == set()


@given(TEXTS)
def test_every_item_can_be_saved(text: str) -> None:
    """There are at most sixty, each with a title, no field longer than it may be, and the days in order."""
    found = made(text)
    assert len(found.items) <= MOST_ITEMS
    for item in found.items:
        assert 0 < len(item.title) <= 100
        assert item.situation or item.action or item.result
        assert max(len(item.situation), len(item.action), len(item.result)) <= LONGEST_FIELD
        assert not item.ended_on or item.started_on <= item.ended_on <= TODAY.isoformat()


@given(TEXTS)
def test_the_same_text_gives_the_same_items(text: str) -> None:
    assert made(text) == made(text)


@given(TEXTS)
def test_splitting_and_merging_lose_nothing(text: str) -> None:
    """Neither the pieces of an item, nor two items as one, have fewer words than before."""
    items = made(text).items
    for item in items[:5]:
        assert words(item.action) - words("".join(piece.action for piece in split(item))) == Counter()
    for first, second in pairwise(items[:5]):
        both = merged(first, second)
        assert words(first.action + second.action) - words(both.action) == Counter()
        assert words(first.result + second.result) - words(both.result) == Counter()


HOSTILE = [
    "." * 20_000,
    ". " * 10_000,
    "a\n" * 10_000,
    "т. Е. " * 3_333,
    "x" * 20_000,
    "A B C\n" * 3_333,
    "- \n" * 6_666,
    "jan - " * 3_333,
    "2022-2023\n" * 2_000,
    "2022-" * 4_000,
    "a@" * 10_000,
    "a.b@" * 5_000,
    "Resultado:\n" * 1_818,
    "Ação: a\n" * 2_500,
    "(" * 20_000,
    " " * 19_999 + "a",
    '."' * 10_000,
    "+1 " * 6_666,
    "\n" * 20_000,
    "ação " * 4_000,
    "Projeto:\n" * 2_222,
    "É. Ok? " * 2_857,
    "Ana Souza\n" * 2_000,
    "Resultados de 2025\n" * 1_052,
    "Итоги " * 3_333,
    "2022-2023 | " * 1_666,
    "Ana" * 6_666,
    "Nome: " * 3_333,
]


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(text[:12]) for text in HOSTILE])
def test_hostile_texts_take_no_longer(text: str) -> None:
    """A text of the greatest length is cut in well under a second, and still no letter of it is lost."""
    begun = time.process_time()
    found = made(text)
    assert time.process_time() - begun < 1
    assert len(found.items) <= MOST_ITEMS
    assert words(without_marks(text)) - words(all_of(found)) == Counter()
