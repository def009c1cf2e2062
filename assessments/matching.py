"""Which statements a piece of evidence may speak for, and by which of its words.

Pure: imports nothing of the project, no Django, no database, no clock. A matcher is built by counting words,
in some hundredths of a second, and there is nothing to train: an example that is added counts at once.

A statement is known by its document: its text and help, its indicators, example texts. How likely whoever did
that work would use a word is read from four places, the nearest first: the statement, its level, all
statements, all texts. So words that tell a level apart, such as "helped" or "approved for the company", are
learned from every statement of that level. A text on other work is told by the texts on other kinds of work,
and by whether anybody is named whom the work of this skill is for. It only suggests: no rating changes.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assessments.matching_words import LANGUAGES, Word, features, is_piece, words

__all__ = ["LANGUAGES", "MOST_SUGGESTIONS", "Document", "Match", "Matcher"]

MOST_SUGGESTIONS = 3
MOST_TERMS = 6
# A word is shown that is at least so strong, beside the strongest one of the text.
LEAST_STRENGTH = 0.5
# What share of a statement's words is read from itself, its level, all statements, all texts.
OWN, LEVEL, ANY, ALL = 0.3, 0.1, 0.2, 0.4
# The same for texts on other kinds of work: from themselves, from all texts.
UNRELATED, UNRELATED_ALL = 0.9, 0.1
# How much better than other work a statement must explain the text, and what each word that names whom the
# work is for adds to it; no more than two count.
LEAST_MARGIN, AUDIENCE, MOST_AUDIENCE = 5.4, 2.0, 2
# The same for a skill of which only the statements are known, and nothing of other work.
LEAST_MARGIN_ALONE = 1.5
# What a piece of a word counts beside a whole one: it survives slips, and says less.
PIECE_COUNTS = 0.4
# A statement whose score is this much behind the best has a third of its score.
BEHIND = 2.0


@dataclass(frozen=True, kw_only=True)
class Document:
    """A statement with every text that stands for it in one language."""

    statement: str
    level: int
    texts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Match:
    """``score`` is in 0–1; ``terms`` are the words that matched, as written, the strongest first."""

    statement: str
    score: float
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Weights:
    """What one feature says: for each statement that has it, for each level, and for other kinds of work.

    ``counts`` is what it adds to the length of a text.
    """

    counts: float
    statements: dict[int, float]
    levels: dict[int, float]
    unrelated: float


class Matcher:
    """Statements of one language, ready to be compared with texts. The same text gives the same answer."""

    def __init__(
        self,
        language: str,
        documents: Sequence[Document],
        *,
        audience: Iterable[str] = (),
        unrelated: Iterable[str] = (),
    ) -> None:
        self.language = language
        self.documents = tuple(documents)
        self.audience = tuple(audience)
        self.unrelated = tuple(unrelated)
        self._least_margin = LEAST_MARGIN if self.unrelated else LEAST_MARGIN_ALONE
        self._audience = frozenset(self._phrase(phrase) for phrase in self.audience) - {""}
        self._count()

    def with_examples(self, examples: Iterable[tuple[str, str]]) -> Matcher:
        """The same with more example texts: pairs of statement and text. Unknown statements are left out."""
        more = defaultdict(list)
        for statement, text in examples:
            more[statement].append(text)
        documents = [
            Document(statement=each.statement, level=each.level, texts=(*each.texts, *more[each.statement]))
            for each in self.documents
        ]
        return Matcher(self.language, documents, audience=self.audience, unrelated=self.unrelated)

    def suggest(self, text: str) -> tuple[Match, ...]:
        """At most three, best first; none for a text on other work."""
        return self._matches(text, only_suggested=True)

    def rank(self, text: str) -> tuple[Match, ...]:
        """Every statement, best first, whether it would be suggested or not."""
        return self._matches(text, only_suggested=False)

    def _phrase(self, text: str) -> str:
        return " ".join(word.stem for word in words(self.language, text))

    def _features(self, text: str) -> Iterable[str]:
        return (feature for feature, _ in features(tuple(words(self.language, text))))

    def _count(self) -> None:
        self._own: dict[str, dict[int, int]] = defaultdict(dict)
        self._in_level: dict[str, Counter[int]] = defaultdict(Counter)
        self._own_total: list[int] = []
        self._level_total: Counter[int] = Counter()
        for place, document in enumerate(self.documents):
            read = [tuple(self._features(text)) for text in document.texts]
            counts = Counter(feature for found in read for feature in found)
            for feature, count in counts.items():
                self._own[feature][place] = count
            # In a level, a word counts once per text, so that no statement speaks for all of them.
            seen = Counter(feature for found in read for feature in set(found))
            for feature, count in seen.items():
                self._in_level[feature][document.level] += count
            self._own_total.append(counts.total())
            self._level_total[document.level] += seen.total()
        self._of_unrelated = Counter(feature for text in self.unrelated for feature in self._features(text))
        self._unrelated_total = self._of_unrelated.total()
        self._any_total = self._level_total.total()
        self._vocabulary = len(self._in_level.keys() | self._of_unrelated.keys())
        self._known: dict[str, _Weights] = {}

    def _weights(self, feature: str) -> _Weights:
        """Logarithms of how much likelier than in any text; a feature's are worked out when first met."""
        weights = self._known.get(feature)
        if weights is None:
            weights = self._known[feature] = self._weigh(feature)
        return weights

    def _weigh(self, feature: str) -> _Weights:
        in_level = self._in_level.get(feature, Counter())
        unrelated = self._of_unrelated[feature]
        in_any = sum(in_level.values())
        size = self._any_total + self._unrelated_total + 0.5 * self._vocabulary
        everywhere = (in_any + unrelated + 0.5) / size
        shared = ANY * in_any / self._any_total + ALL * everywhere
        levels = {
            level: shared + LEVEL * in_level.get(level, 0) / total
            for level, total in self._level_total.items()
        }
        own = {
            place: math.log1p(OWN * count / self._own_total[place] / levels[self.documents[place].level])
            for place, count in self._own.get(feature, {}).items()
        }
        other = UNRELATED_ALL + UNRELATED * unrelated / max(self._unrelated_total, 1) / everywhere
        counts = PIECE_COUNTS if is_piece(feature) else 1.0
        return _Weights(
            counts,
            {place: counts * weight for place, weight in own.items()},
            {level: counts * math.log(share / everywhere) for level, share in levels.items()},
            counts * math.log(other) if self._unrelated_total else 0.0,
        )

    def _matches(self, text: str, *, only_suggested: bool) -> tuple[Match, ...]:
        read = tuple(words(self.language, text))
        places: dict[str, tuple[int, ...]] = {}
        for feature, come_from in features(read):
            if feature in self._in_level or feature in self._of_unrelated:
                places.setdefault(feature, come_from)
        if not self.documents or (only_suggested and not places):
            return ()
        scores, unrelated = self._scores(places)
        best = max(scores)
        margin = best - unrelated + self._names_somebody(read)
        sure = 1 / (1 + math.exp(self._least_margin - margin))
        if only_suggested and sure < 0.5:
            return ()
        order = sorted(range(len(scores)), key=lambda place: (-scores[place], place))
        return tuple(
            Match(
                statement=self.documents[place].statement,
                score=round(sure * math.exp((scores[place] - best) / BEHIND), 4),
                terms=self._terms(place, read, places),
            )
            for place in (order[:MOST_SUGGESTIONS] if only_suggested else order)
        )

    def _scores(self, found: Iterable[str]) -> tuple[list[float], float]:
        """How well each statement explains the text, and how well other work does; length counts little."""
        scores = [0.0] * len(self.documents)
        levels: dict[int, float] = defaultdict(float)
        unrelated, length = 0.0, 1.0
        for feature in found:
            weights = self._weights(feature)
            length += weights.counts
            unrelated += weights.unrelated
            for level, weight in weights.levels.items():
                levels[level] += weight
            for place, weight in weights.statements.items():
                scores[place] += weight
        root = math.sqrt(length)
        for place, document in enumerate(self.documents):
            scores[place] = (scores[place] + levels[document.level]) / root
        return scores, unrelated / root

    def _names_somebody(self, read: Sequence[Word]) -> float:
        """What naming those whom the work is for adds: customers, patients, passengers, their complaints."""
        if not self._audience:
            return 0.0
        stems = {word.stem for word in read}
        stems |= {f"{first.stem} {second.stem}" for first, second in pairwise(read)}
        return AUDIENCE * min(len(stems & self._audience), MOST_AUDIENCE)

    def _terms(self, place: int, read: Sequence[Word], places: dict[str, tuple[int, ...]]) -> tuple[str, ...]:
        """The words that carried the match, strongest first; counted per feature, a long word having more."""
        level = self.documents[place].level
        strength: dict[str, float] = defaultdict(float)
        first: dict[str, Word] = {}
        for feature, come_from in places.items():
            weights = self._weights(feature)
            if place not in weights.statements:
                continue
            for word in (read[number] for number in come_from if not read[number].is_common):
                first.setdefault(word.stem, word)
                said = (weights.statements[place] + weights.levels[level]) / len(come_from)
                strength[word.stem] += said / _length(first[word.stem])
        least = LEAST_STRENGTH * max(strength.values(), default=0.0)
        strongest = sorted((-value, stem) for stem, value in strength.items() if value > max(least, 0.0))
        return tuple(first[stem].written for _, stem in strongest[:MOST_TERMS])


def _length(word: Word) -> float:
    return sum(PIECE_COUNTS if is_piece(feature) else 1.0 for feature in word.features)
