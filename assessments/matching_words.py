"""Words of a text as the matching sees them: folded, stemmed, in pairs, and cut short against typing errors.

Pure: no Django, no database, no clock. Portuguese and Russian.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

STEMMERS = {"pt": "portuguese", "ru": "russian"}
LANGUAGES = tuple(STEMMERS)
# A text is read up to here; what a person writes about one piece of work is far shorter.
MOST_WORDS = 5000
# The beginning of a word stands for its whole family: implantei, implantação; внедрил, внедрение.
BEGINNING = 5
# Pieces of so many letters survive slips, and word forms that the stemmer keeps apart.
PIECE = 4

WORD = re.compile(r"[^\W\d_]+(?:\u0301[^\W\d_]*)*")
_PT = """
a o e de da do das dos em no na nos nas um uma uns umas por para pra com sem que se ao aos as os eu
meu minha meus nosso nossa nossos nossas ele ela eles elas isso esse essa este esta aquele como mais
muito ja foi era ser foram sao tem tinha ter ha ou mas nao entre ate sobre seu sua seus suas lhe me
pelo pela pelos pelas quando onde cada todo toda todos todas tudo so tambem tb vc q p c n pro pros
num numa depois antes hoje ainda qual quais quem dois duas tres quatro cinco seis sete oito nove dez
caiu subiu passou reduziu mil
"""
_RU = """
и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее мне было
вот от меня еще нет о из ему теперь когда даже ну ли если уже или ни быть был него до вас нибудь
опять уж вам ведь там потом себя ничего ей может они тут где есть надо ней для мы тебя их чем была
сам чтоб без будто чего раз тоже себе под будет ж тогда кто этот того потому этого какой ним здесь
этом один почти мой тем чтобы нее были куда зачем всех при об после над больше тот через эти нас про
всего них какая много две три четыре пять шесть семь восемь девять десять это стало стал вместо упал
снизилась снизился тыс тысяч
"""
STOPWORDS = {"pt": frozenset(_PT.split()), "ru": frozenset(_RU.split())}


@dataclass(frozen=True, slots=True)
class Word:
    """A word that carries meaning; ``written`` is as it stands in the text."""

    written: str
    stem: str
    # The stem and, where the word is long enough, its beginning and its pieces.
    features: tuple[str, ...]
    # A form of a word that says nothing (muitas, of muito), or two letters that are no name: none to show.
    is_common: bool = False


def fold(text: str) -> str:
    """In one case and without accents; ё is е, й stays й."""
    plain = text.casefold().replace("ё", "е").replace("й", "\0")
    decomposed = unicodedata.normalize("NFD", plain)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return bare.replace("\0", "й")


@lru_cache(maxsize=50_000)
def _word(language: str, written: str) -> Word | None:
    """None for a word that says nothing. A stemmer of its own per call: they keep state between steps."""
    folded = fold(written)
    if len(folded) < 2 or folded in STOPWORDS[language]:
        return None
    stem = _stem(language, written)
    features = (stem, *_beginning(folded), *_pieces(f"_{folded}_"))
    is_tiny = len(folded) < 3 and not written.isupper()
    return Word(written, stem, features, is_common=is_tiny or stem in _common_stems(language))


def _stem(language: str, written: str) -> str:
    lowered = unicodedata.normalize("NFC", written.casefold()).replace("ё", "е")
    return fold(snowballstemmer.stemmer(STEMMERS[language]).stemWord(lowered))


@lru_cache
def _common_stems(language: str) -> frozenset[str]:
    return frozenset(_stem(language, word) for word in STOPWORDS[language])


def _beginning(folded: str) -> tuple[str, ...]:
    return (f"{folded[:BEGINNING]}…",) if len(folded) > 3 else ()


def _pieces(edged: str) -> tuple[str, ...]:
    return tuple(f"-{edged[start : start + PIECE]}-" for start in range(len(edged) - PIECE + 1))


def is_piece(feature: str) -> bool:
    return feature.startswith("-")


def words(language: str, text: str) -> Iterator[Word]:
    """The words of a text that carry meaning, in its order. Raises KeyError for an unknown language."""
    for number, found in enumerate(WORD.finditer(text)):
        if number == MOST_WORDS:
            return
        word = _word(language, found[0])
        if word is not None:
            yield word


def features(read: tuple[Word, ...]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """What stands for a text, each with the places of the words that it comes from."""
    for place, word in enumerate(read):
        for feature in word.features:
            yield feature, (place,)
        if place:
            yield f"{read[place - 1].stem} {word.stem}", (place - 1, place)


@lru_cache(maxsize=4096)
def normal(language: str, text: str) -> str:
    """The text's words alone: two spellings of one text are equal."""
    return " ".join(word.stem for word in words(language, text))
